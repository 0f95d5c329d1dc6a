"""A tooltip shows a text as it was typed, whatever Qt guesses of it."""

import pytest
from PySide6.QtGui import Qt, QTextDocument

from dealer_desktop.ui.widgets import tooltips


@pytest.mark.parametrize("typed", ["A & B", "a < b", "<b>жирно</b>", "x<y>z</y>", "&lt;", "Лада\n<i>"])
def test_plain(typed: str) -> None:
    shown = tooltips.plain(typed)
    if Qt.mightBeRichText(shown):
        document = QTextDocument()
        document.setHtml(shown)
        shown = document.toPlainText()
    assert shown.split() == typed.split()
