"""What the dealership's words and rules are, without a database and without a window."""
