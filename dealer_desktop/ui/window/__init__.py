"""The window around the tabs: what it shows before, beside and after them."""
