"""Where this PC's database is: asked once at the first start, changed from the menu, and moved to a shared server.

Nothing here is imported at an ordinary start.
"""
