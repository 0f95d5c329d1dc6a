"""``python -m dealer_desktop`` does what the command ``dealer-desktop`` does."""

from dealer_desktop.main import run

if __name__ == "__main__":
    run()
