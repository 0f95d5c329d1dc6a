"""A car's photos: shown, added, put in order, taken away."""
