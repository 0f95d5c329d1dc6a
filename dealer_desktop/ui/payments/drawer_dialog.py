"""Cash drawers: opened, filled and emptied, counted and closed; beside them all that were closed."""

from collections.abc import Callable
from decimal import Decimal
from functools import partial
from typing import Any, TypeVar
from uuid import UUID, uuid4

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from dealer_desktop.core.errors import ConnectionLost, InvalidInput
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.services import drawers
from dealer_desktop.services.drawers import DrawerReport, DrawerRow, Drawers
from dealer_desktop.services.inputs.base import Input, parse
from dealer_desktop.services.inputs.drawers import CloseDrawer, MoveCash, OpenDrawer
from dealer_desktop.ui import jobs
from dealer_desktop.ui.errors import sentence_of
from dealer_desktop.ui.payments.drawer_panes import ClosingPane, MovePane, OpeningPane
from dealer_desktop.ui.payments.drawer_report import preview_report
from dealer_desktop.ui.payments.drawers_table import DrawersTable
from dealer_desktop.ui.session.changes import ChangeLike, concerns
from dealer_desktop.ui.session.context import UiContext
from dealer_desktop.ui.theme.fonts import pixels
from dealer_desktop.ui.widgets.approval_dialog import Need
from dealer_desktop.ui.widgets.banner import Banner
from dealer_desktop.ui.widgets.buttons import WordButton
from dealer_desktop.ui.widgets.card import label
from dealer_desktop.ui.widgets.column_area import ColumnArea
from dealer_desktop.ui.widgets.dialog_frame import DialogFoot, DialogHead, fit_into_window, stack
from dealer_desktop.ui.widgets.fields import ComboBox
from dealer_desktop.ui.widgets.form_manager import ManagersYes, is_refusal

I = TypeVar("I", bound=Input)  # noqa: E741
_ANOTHER = -1
_PANE_WIDTH = 400


class DrawerDialog(QDialog):
    """Each act keeps its request id until it is known to be carried out or refused: Retry never does it twice."""

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._found = Drawers((), ())
        self._request_ids: dict[str, UUID] = {}
        self._again: Callable[[], None] = lambda: None
        self.managers_yes = ManagersYes(context, self, lambda: self._again())
        self.setObjectName("drawerDialog")
        self.setWindowTitle(_("Cash drawers"))
        self.setAccessibleName(self.windowTitle())
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._build()
        fit_into_window(self, 1240, 744)
        context.feed.changed.connect(self._follow)
        self._read()

    def _build(self) -> None:
        self.head = DialogHead(_("Cash drawers"))
        self.head.about.setText(_("None of this is a fiscal register; receipts for the tax office come from there."))
        self.head.about.setWordWrap(True)
        self.banner = Banner(self, name="drawerBanner")
        self.choice = ComboBox((), 320)
        self.choice.setObjectName("openDrawer")
        self.choice.setAccessibleName(_("Which drawer"))
        self.choice.currentIndexChanged.connect(lambda _index: self._show_pane())
        currency = self._context.dealer.currency
        self.opening = OpeningPane(currency, self._open)
        self.moving = MovePane(currency, self._move)
        self.closing = ClosingPane(self._context, self._close)
        self.error_label = label("", "base", "red", wrap=True)
        self.error_label.setObjectName("errorLabel")
        self.error_label.hide()
        panes = QWidget()
        column = QVBoxLayout(panes)
        column.setContentsMargins(24, 16, 16, 16)
        column.setSpacing(16)
        for widget in (self.choice, self.opening, self.closing.facts_part, self.moving, self.closing, self.error_label):
            column.addWidget(widget)
        column.addStretch(1)
        area = ColumnArea(panes)
        area.setFixedWidth(pixels(_PANE_WIDTH + 56))
        self.table = DrawersTable(self._context.dealer.timezone, self)
        self.table.itemSelectionChanged.connect(self._choose_row)
        self.print_button = WordButton("printReportButton", _("Print the report"), self._print)
        self.print_button.setEnabled(False)
        foot = DialogFoot()
        foot.row.addWidget(self.print_button)
        foot.row.addStretch(1)
        foot.row.addWidget(WordButton("closeButton", _("Close"), self.accept))
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(area)
        right = QVBoxLayout()
        right.setContentsMargins(8, 16, 24, 16)
        right.addWidget(self.table)
        middle.addLayout(right, 1)
        stack(self, self.head, self.banner, middle, foot)

    # -- what there is ------------------------------------------------------------------------------------------------

    def _read(self) -> None:
        jobs.run(self, drawers.overview, self._context.reader, done=self._show, failed=self._fail)

    def _follow(self, change: ChangeLike) -> None:
        if concerns(change, "drawers", "drawer_moves"):
            self._read()

    def _show(self, found: Drawers, chosen: int | None = None) -> None:
        """``chosen``: the drawer that the panes are about from now on; None: as before."""
        before = self.choice.value()
        is_first = before is None
        self._found = found
        self.table.show_drawers(found)
        self.choice.blockSignals(True)
        self.choice.clear()
        for row in found.open:
            self.choice.addItem(row.name if row.opened_by is None else f"{row.name}, {row.opened_by}", row.id)
        self.choice.addItem(_("Open another drawer"), _ANOTHER)
        user = self._context.at_work.user
        usual = drawers.chosen(found.open, user.id if user else None)
        self.choice.set_value(before)
        if chosen is not None:
            self.choice.set_value(chosen)
        elif is_first and usual is not None:
            self.choice.set_value(usual.id)
        self.choice.blockSignals(False)
        self.choice.setVisible(bool(found.open))
        self._show_pane()
        if is_first:
            (self.opening if self.drawer is None else self.moving).take_focus()

    @property
    def drawer(self) -> DrawerRow | None:
        """The open one that the panes are about; None where another is to be opened."""
        return next((row for row in self._found.open if row.id == self.choice.value()), None)

    def _show_pane(self) -> None:
        drawer = self.drawer
        self.opening.setVisible(drawer is None)
        self.moving.setVisible(drawer is not None)
        self.closing.setVisible(drawer is not None)
        self.closing.facts_part.setVisible(drawer is not None)
        if drawer is not None:
            self.closing.show_drawer(drawer)

    def _choose_row(self) -> None:
        row = self.table.chosen
        self.print_button.setEnabled(row is not None and not row.is_open)
        if row is not None and row.is_open:
            self.choice.set_value(row.id)

    # -- what is done -------------------------------------------------------------------------------------------------

    def _open(self) -> None:
        self._do("open", OpenDrawer, drawers.open_one, self.opening.typed(), self._opened)

    def _opened(self, report: DrawerReport) -> None:
        self.opening.clear()
        self._context.tell(_("The cash drawer {name} is open.").format(name=report.drawer.name))
        self.moving.take_focus()

    def _move(self) -> None:
        if self.drawer is not None:
            typed = {**self.moving.typed(), "drawer_id": self.drawer.id}
            self._do("move", MoveCash, drawers.move, typed, self._moved)

    def _moved(self, report: DrawerReport) -> None:
        self.moving.clear()
        amount = self._context.money(abs(report.moves[-1].amount))
        words = _("{amount} put into {name}.") if report.moves[-1].amount > 0 else _("{amount} taken out of {name}.")
        self._context.tell(words.format(amount=amount, name=report.drawer.name))

    def _close(self) -> None:
        if self.drawer is None:
            return
        doubt = self.closing.doubt()
        if doubt:
            self._say(doubt)
            return
        typed = {**self.closing.typed(), "drawer_id": self.drawer.id}
        self._do("close", CloseDrawer, drawers.close, typed, self._closed)

    def _closed(self, report: DrawerReport) -> None:
        drawer = report.drawer
        self.closing.clear()
        difference = drawer.difference or Decimal(0)
        words = _("{name} is closed, report no. {number}; the difference is {difference}.")
        self._context.tell(
            words.format(name=drawer.name, number=drawer.z_number, difference=self._context.money(difference))
        )
        self._after_reading = drawer.id

    def _do(
        self,
        act: str,
        model: type[I],
        service: Callable[[Any, I], DrawerReport],
        typed: dict[str, Any],
        done: Callable[[DrawerReport], None],
    ) -> None:
        """One act: what is wrong with what was typed is said at once, the rest off the GUI thread."""
        self._say("")
        self.banner.clear()
        dealer = self._context.dealer
        reading = {"region": dealer.region, "currency": dealer.currency, "timezone": dealer.timezone}
        request_id = self._request_ids.setdefault(act, uuid4())
        try:
            given = parse(model, request_id=request_id, **reading, **typed)
        except InvalidInput as error:
            self._say(_named(error))
            return
        self._again = partial(self._do, act, model, service, typed, done)
        self._lock(True)
        work = self.managers_yes.acting(lambda: service(self._context.session_maker, given))
        jobs.run(self, work, done=partial(self._done, act, done), failed=partial(self._refused, act), writes=True)

    def _done(self, act: str, told: Callable[[DrawerReport], None], report: DrawerReport) -> None:
        self._request_ids.pop(act, None)
        self.managers_yes.forget()
        self._lock(False)
        told(report)

        def show(found: Drawers) -> None:
            self._show(found, report.drawer.id)
            self._show_row(report.drawer.id)

        jobs.run(self, drawers.overview, self._context.reader, done=show, failed=self._fail)

    def _show_row(self, drawer_id: int) -> None:
        ids = [row.id for row in (*self._found.open, *self._found.closed)]
        if drawer_id in ids:
            self.table.selectRow(ids.index(drawer_id))

    def _refused(self, act: str, error: Exception) -> None:
        if isinstance(error, ConnectionLost):
            # What became of it is unknown: only the same request id may be sent again.
            self.banner.show_message(str(error), "amber", ("retryButton", _("Retry"), self._again))
            return
        self._request_ids.pop(act, None)
        self._lock(False)
        self.managers_yes.forget()
        self._say(sentence_of(error))
        if is_refusal(error) and not self._context.at_work.is_manager:
            self.managers_yes.ask(Need(str(error)))
        self._read()

    def _lock(self, locked: bool) -> None:
        for widget in (self.choice, self.opening, self.moving, self.closing):
            widget.setEnabled(not locked)

    def _say(self, words: str) -> None:
        self.error_label.setText(words)
        self.error_label.setVisible(bool(words))

    def _fail(self, error: Exception) -> None:
        self.banner.show_message(sentence_of(error), "amber", ("retryButton", _("Retry"), self._read))

    def _print(self) -> None:
        row = self.table.chosen
        if row is not None and not row.is_open:
            preview_report(self._context, self, row.id).open()


def _named(error: InvalidInput) -> str:
    """Each sentence with its field's name, since the words stand apart from the fields."""
    names = {
        "name": _("Name"),
        "opening_amount": _("Counted in it"),
        "amount": _("Amount"),
        "reason": _("Reason"),
        "counted_amount": _("Counted"),
        "note": _("Note"),
    }
    return " ".join(f"{names.get(field, field)}: {words}" for field, words in error.fields.items())
