"""How a file of cars becomes cars: read, name the columns, read the cells, tell what does not fit, write."""
