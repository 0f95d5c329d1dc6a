"""Reading spreadsheets that nobody vouches for: in a process of its own, with limits of memory and time.

``child`` is that process; it imports neither Qt nor SQLAlchemy nor our settings. ``apart`` starts it and waits for it.
"""
