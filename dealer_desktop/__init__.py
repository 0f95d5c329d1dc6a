"""Dealer Desktop: a desktop point of sale for car dealerships."""

__version__ = "0.2.0"
