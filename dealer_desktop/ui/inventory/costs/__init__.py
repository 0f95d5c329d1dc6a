"""What a car cost: its costs, one of them, and a list of many cars' costs."""
