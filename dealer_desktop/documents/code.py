"""The square that holds a code, for the corner of a page."""

_LONG = 60
"""Characters from which on a code is taken for a signed token, whose letters are as good as random."""
_MASK = 3
"""Any reads well over random bits; trying all eight (ISO/IEC 18004, 7.8.3) costs more than the rest of the page."""


def square(text: str) -> str:
    """``text`` as a QR code (ISO/IEC 18004), as a data URI for an ``<img>``. 15 % of it may be damaged."""
    import segno  # with what it rests on 30 modules that no start needs

    mask = _MASK if len(text) > _LONG else None
    return str(segno.make(text, error="m", mask=mask, micro=False).png_data_uri(scale=6, border=0, dark="#1a1b1f"))
