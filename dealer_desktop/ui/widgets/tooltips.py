"""Tooltips guess whether they are rich text; names and paths are shown as they are written."""

import html

from PySide6.QtGui import Qt


def plain(text: str) -> str:
    """What to give to ``setToolTip`` so that ``text`` is read letter by letter."""
    if not Qt.mightBeRichText(text):
        return text
    return "<qt>{}</qt>".format(html.escape(text).replace("\n", "<br>"))
