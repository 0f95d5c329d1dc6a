"""Text as a person meant it: without the characters nobody sees, and when two numbers are one.

Pasted text brings invisible characters along: a zero-width space from a web page, direction marks from a messenger, a
soft hyphen from a document. ``clean`` takes them out, the same for fields, searches and imports. ``number_key`` says
when two transaction or document numbers are the same for a person.
"""

import re
import unicodedata

# Soft hyphen, grapheme joiner, Hangul and Mongolian fillers, zero-width spaces, marks of direction, invisible
# operators, the byte order mark, interlinear marks, a blank of Braille, tags.
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f"
    "\u2800\u3164\ufeff\uffa0\ufff9-\ufffb\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
# Joiners that some scripts (Persian, Hindi) and emoji need between their characters; nowhere else.
_JOINERS = re.compile("(?<![\u0590-\U0010ffff])[\u200c\u200d]+|[\u200c\u200d]+(?![\u0590-\U0010ffff])")
# What picks an emoji's look; alone, or behind a letter, it is nothing to see.
_SELECTORS = re.compile("(?<![\u00a9\u00ae\u2000-\U0010ffff])[\ufe00-\ufe0f]+(?!\u20e3)")

_ALIKE = ("АВЕКМНОРСТУХІЈЅ", "ABEKMHOPCTYXIJS")
_LATIN = str.maketrans(_ALIKE[0] + _ALIKE[0].lower(), _ALIKE[1] + _ALIKE[1].lower())
_SPACES = re.compile(r"\s+")


def clean(text: str) -> str:
    """``text`` without invisible characters, its letters composed (NFC): "й" typed on a Mac is one letter here too.

    Line breaks, tabs and control characters stay: whether they may be there is the field's question.
    """
    if text.isascii():
        return text
    text = _SELECTORS.sub("", _JOINERS.sub("", _INVISIBLE.sub("", text)))
    return unicodedata.normalize("NFC", text)


def latin(text: str) -> str:
    """Latin letters for the Cyrillic ones that look alike: what a number, not a word, was meant to be."""
    return text.translate(_LATIN)


def number_key(number: str) -> str:
    """Equal for numbers that a person takes for the same: "TX-1", " tx-1 ", Cyrillic "ТХ-1".

    Without invisible characters and white space, upper-case, Latin letters for Cyrillic look-alikes.
    """
    return latin(_SPACES.sub("", clean(number)).upper())
