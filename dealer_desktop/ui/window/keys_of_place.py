"""Which keys there are where one is, and which work everywhere."""

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.core.i18n import pgettext
from dealer_desktop.ui.tables.list_tab import ListTab
from dealer_desktop.ui.widgets.keys_sheet import Part, lines_of, of_form


def parts(window: QWidget, place: QWidget | None, title: str) -> list[Part]:
    """What ``place``, a tab called ``title``, and ``window`` have."""
    found = []
    if place is not None:
        found.append(Part(title, lines_of(_actions_in(place))))
    if isinstance(place, ListTab):
        found.append(Part(pgettext("keys", "In the list"), _of_table()))
    found.append(Part(pgettext("keys", "Everywhere"), lines_of(_actions_of_window(window))))
    found.append(of_form())
    return [part for part in found if part.lines]


def _actions_in(place: QWidget) -> list[QAction]:
    """Those of the place and of what is in it, the tab's own order first."""
    widgets = [place, *place.findChildren(QWidget)]
    return list(dict.fromkeys(action for widget in widgets for action in widget.actions()))


def _actions_of_window(window: QWidget) -> list[QAction]:
    corner = window.findChild(QWidget, "topCorner")
    return [*window.actions(), *(_actions_in(corner) if corner is not None else [])]


def _of_table() -> list[tuple[str, str]]:
    enter, escape, shift = _("Enter"), _("Esc"), _("Shift+↑ ↓")
    return [
        (enter, _("Open the row")),
        (shift, _("Choose several rows in a line")),
        (_("Ctrl+click"), _("Choose one row more, or less")),
        (_("Home, End"), _("The first row, the last row")),
        (_("A letter"), _("Search in this list")),
        (escape, _("Clear the search")),
    ]
