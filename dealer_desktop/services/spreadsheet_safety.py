"""Texts that a spreadsheet would run are made harmless before they are written to a csv file."""


def defused(text: str) -> str:
    """``text``, behind an apostrophe where a spreadsheet would take it for a formula (OWASP, CSV Injection)."""
    return f"'{text}" if text.lstrip(" ")[:1] in ("=", "+", "-", "@", "\t", "\r") and text else text
