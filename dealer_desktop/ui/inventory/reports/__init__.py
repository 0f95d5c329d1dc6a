"""Reports about a car: entered, read, printed."""
