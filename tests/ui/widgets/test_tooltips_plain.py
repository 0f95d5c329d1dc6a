"""No tooltip reads what a customer's name or a file's name says as HTML."""

import ast
import re
from pathlib import Path

import pytest
from PySide6.QtGui import Qt, QTextDocument
from pytestqt.qtbot import QtBot

from dealer_desktop.core import paths
from dealer_desktop.ui.widgets import tooltips

HOSTILE = (
    "<img src=file:///etc/passwd>",
    "<b>x</b>",
    "<qt><b>x</b></qt>",
    "a < b\n<i>c</i>",
    "<a href=x>y</a>",
    "</qt><b>",
)


@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_is_read_letter_by_letter(name: str, qtbot: QtBot) -> None:
    shown = tooltips.plain(name)
    if not Qt.mightBeRichText(shown):
        assert shown == name
        return
    document = QTextDocument()
    document.setHtml(shown)
    assert document.toPlainText() == name
    assert "￼" not in document.toPlainText(), "a picture was asked for"


def sources() -> list[Path]:
    return sorted((paths.product_root() / "dealer_desktop" / "ui").rglob("*.py"))


@pytest.mark.parametrize("source", sources(), ids=lambda file: str(file.name))
def test_every_tooltip_is_plain_or_of_our_own_words(source: Path) -> None:
    """What is given to setToolTip is made plain there, or holds nothing but the program's own words."""
    told = []
    for node in ast.walk(ast.parse(source.read_text("utf-8"))):
        is_tooltip = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
        if not (is_tooltip and node.func.attr in ("setToolTip", "showText") and node.args):  # type: ignore[attr-defined]
            continue
        given = ast.unparse(node.args[0] if node.func.attr == "setToolTip" else node.args[1])  # type: ignore[attr-defined]
        if given.startswith("tooltips.plain(") or re.fullmatch(r"_\('[^']*'\)|''|\"\"", given):
            continue
        if given in OWN.get(source.name, ()):
            continue
        told.append(f"{source.name}:{node.lineno}: {given}")
    assert told == []


OWN = {
    "buttons.py": ("self._action.toolTip()", "action.toolTip()"),  # made plain where the action got it
    "calendar.py": ("words",),
    "delegate.py": ("str(index.data(Qt.ItemDataRole.ToolTipRole))",),  # made plain by the list's model
}
