"""Texts that a spreadsheet would run are made harmless before they are written to a csv file."""

import unicodedata

_STARTS = frozenset("=+-@")


def defused(text: str) -> str:
    """``text``, behind an apostrophe where a spreadsheet would take it for a formula (OWASP, CSV Injection).

    Full-width and small forms count as the signs they stand for, and spaces, line ends and characters that nobody sees
    do not hide one. A cell that begins with a tab or a line end is harmless behind the apostrophe too.
    """
    first = next((character for character in text if not _is_unseen(character)), "")
    if text[:1] in ("\t", "\r", "\n") or (first and unicodedata.normalize("NFKC", first) in _STARTS):
        return f"'{text}"
    return text


def as_written(cell: str) -> str:
    """What ``defused`` was given: our own files are read back as they were meant."""
    return cell[1:] if cell[:1] == "'" and defused(cell[1:]) == cell else cell


def _is_unseen(character: str) -> bool:
    return character.isspace() or unicodedata.category(character) in ("Cc", "Cf")
