"""What the fields of every table are called on screens, and their stored values in words: for the history, for
conflicts, for what is put back. ``telling.py`` is what others call; a new table's fields stand with their subject.
"""
