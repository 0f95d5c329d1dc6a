"""A car as the stock shows it: its card, its forms, its story."""
