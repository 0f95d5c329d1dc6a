"""Cars from a file: the columns named, tried, written."""
