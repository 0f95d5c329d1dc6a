"""``python -m dealer_desktop`` does what the command ``dealer-desktop`` does; the packaged program begins here, too."""

import sys

if __name__ == "__main__":
    if len(sys.argv) == 3 and sys.argv[1] == "read-sheet":
        # The packaged program as the reader of one spreadsheet: nothing else of it is needed, or imported.
        from dealer_desktop.core.spreadsheets import child

        sys.exit(child.main(sys.argv[2]))
    from dealer_desktop.main import run

    run()
