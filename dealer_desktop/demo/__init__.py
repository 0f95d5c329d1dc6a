"""The demo: a dealership that has been at work for a while, made by the app's own services, the same every time."""

from dealer_desktop.demo.filling import fill

__all__ = ["fill"]
