"""The list of words that a field offers while typing, in the look of a combo box's list."""

from PySide6.QtWidgets import QCompleter, QStyledItemDelegate


def dress(completer: QCompleter) -> None:
    """Qt's own delegate there knows nothing of the stylesheet."""
    listed = completer.popup()
    assert listed is not None  # Qt makes it when it is asked for
    listed.setProperty("place", "offered")
    listed.setItemDelegate(QStyledItemDelegate(listed))
