"""What holds of every password of a login."""

SHORTEST = 8
"""Characters."""
ONE_TIME = ("application_name", "one-time password")
"""A setting of a login and its value, by which a password is known that was given for once."""
