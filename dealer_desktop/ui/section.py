"""What the window is told of one of its tabs: each room declares its own, ``window/sections.py`` puts them in order.

    SECTION = Section(
        name="orders",
        words=lambda: _("Orders"),
        tab=_tab,
        kind="orders",
        forms=_forms,
        found=Found(lambda: _("All of these orders"), _entry),
    )

    def _tab() -> MakeTab:
        from dealer_desktop.ui.orders.tab import OrdersTab      # not at the top: it rests on SQLAlchemy

        return OrdersTab

    def _forms() -> Mapping[str, Form]:
        from dealer_desktop.ui.sales.take_payment_dialog import TakePaymentDialog

        return {"takePaymentDialog": Form(TakePaymentDialog)}

A declaration imports what it names where it is asked for: off the GUI thread, while a person waits for the database.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from dealer_desktop.services import Reader
    from dealer_desktop.services.rows import AtWork
    from dealer_desktop.ui.session.context import UiContext
    from dealer_desktop.ui.widgets.form_dialog import FormDialog
    from dealer_desktop.ui.widgets.signs import Sign

MakeTab: TypeAlias = "Callable[[UiContext], QWidget]"
OpenForm: TypeAlias = "Callable[[UiContext, Any, QWidget], FormDialog | None]"
"""``(context, record, parent)``: the form on its record as that is now; None where the record has gone past it."""
OpenNewForm: TypeAlias = "Callable[[UiContext, QWidget], FormDialog]"
"""``(context, parent)``: the form for a record that is not there yet."""


@dataclass(frozen=True)
class Form:
    """A form that is offered again after an interruption."""

    open: OpenForm
    read: "Callable[[Reader, int], Any] | None" = None
    """What it opens on, by its id, on a pool thread; without it, the list's row."""


@dataclass(frozen=True)
class Entry:
    """A record in the search for everything."""

    words: str
    detail: str = ""
    """In small letters at the line's end."""
    sign: "Sign | None" = None


@dataclass(frozen=True)
class Found:
    """How a list's records show in the search for everything."""

    everything: Callable[[], str]
    """What stands on the line that leads to the list, with the same words in its search box."""
    entry: Callable[[Any], Entry]
    """Of a row."""


@dataclass(frozen=True)
class Picture:
    """How a dialog is drawn: opened by its action on the record whose card is drawn, with something typed into it."""

    name: str
    """The picture's, without look and language."""
    action: str
    dialog: str
    """Both by objectName."""
    typed: Callable[[Any], Mapping[str, str]] = lambda _row: {}
    """What is typed, by the fields' objectNames, for the row."""


@dataclass(frozen=True)
class Section:
    """One tab of the window."""

    name: str
    """The tab's objectName without ``Tab``; its picture is called so too."""
    words: Callable[[], str]
    """What stands on the tab, in the language in use."""
    tab: Callable[[], MakeTab]
    kind: str = ""
    """Of the list in it (``services.tables``); empty where it holds none."""
    forms: Callable[[], Mapping[str, Form]] = dict
    """On a record of the list, by the dialog's objectName."""
    new_forms: Callable[[], Mapping[str, OpenNewForm]] = dict
    """The same for forms that are about no record yet."""
    found: Found | None = None
    """None: the search for everything does not look here."""
    for_whom: "Callable[[AtWork], bool]" = lambda _at_work: True
    """Who has the tab at all."""
    is_drawn: bool = True
    """Among the pictures of every tab and dialog."""
    pictures: tuple[Picture, ...] = ()
    """Of the dialogs that open on the list's record."""
