"""The square that holds a code, for the corner of a page."""


def square(text: str) -> str:
    """``text`` as a QR code (ISO/IEC 18004), as a data URI for an ``<img>``. 15 % of it may be damaged."""
    import segno  # with what it rests on 30 modules that no start needs

    return str(segno.make(text, error="m", micro=False).png_data_uri(scale=6, border=0, dark="#1a1b1f"))
