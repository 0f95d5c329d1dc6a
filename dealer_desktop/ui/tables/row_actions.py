"""What can be done with the selected row of a list: declared once, and the same on the card, in the menus and by keys.

    Action = RowAction[OrderRow, OrderDetails]                   # the list's row, and what its forms need besides

    class OrdersTab(ListTab):
        def __init__(self, context: UiContext) -> None:
            ...
            self.actions_ = RowActions(
                self.row_parts,                                  # ListTab's table, card, banner ...
                _actions(context, self),
                nothing_chosen=_("Choose an order first."),
                read=partial(_read, context),                    # row -> (the row as it is now, its details)
                offer=_offer,                                    # row -> which buttons the card shows
            )

        def show_row(self, row: OrderRow | None) -> None:
            self.actions_.show(row)

    def _actions(context: UiContext, parent: QWidget) -> Sequence[Action]:
        return (
            Action("takePaymentAction", _("Take payment"), "money", shortcut="Ctrl+T",
                   why_not=partial(why_not, Step.TAKE_PAYMENT),  # None, or one sentence: the tooltip of a disabled one
                   opens=lambda order, details: TakePaymentDialog(context, order, parent)),
            Action("startProcessingAction", _("Start processing"), "wrench",
                   sends=Send(orders.start_processing,           # service(session_maker, input), in one transaction
                              lambda order, request_id: parse(OrderStep, request_id=request_id, order_id=order.id),
                              told=lambda order, details: _("Order {number} is being processed.").format(...))),
            Action("showCarAction", _("Show the car"), "car", group="see",
                   does=lambda order: context.show("cars", order.car_id)),
        )

    def _offer(order: OrderRow | None) -> Offer:
        return Offer("takePaymentAction", "printOrderAction")    # the filled button, and quiet ones beside it

An action does one of three things. ``opens`` makes a form of the row as it is read at that moment, unless ``why_not``
then has a reason: the list may be a moment behind. ``sends`` is a step without a form, with a request id of its own:
where the answer is lost, Retry in the banner sends the same again, and nothing is done twice. ``does`` is done at once.

Menus hold the actions in their order, with a line where ``group`` changes. ``shown`` takes away what can never be meant
for a row, ``words_for`` names what changes from row to row. The key of a disabled action says why it is not possible.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar, cast
from uuid import UUID, uuid4

from PySide6.QtCore import QEvent, QKeyCombination, QObject, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QDialog, QTableView, QWidget

from dealer_desktop.core.errors import ConnectionLost
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.services.rows import AtWork
from dealer_desktop.services.transactions.connections import SessionMaker
from dealer_desktop.ui import jobs
from dealer_desktop.ui.errors import sentence_of
from dealer_desktop.ui.session.context import UiContext
from dealer_desktop.ui.widgets.approval_dialog import Need
from dealer_desktop.ui.widgets.banner import Banner
from dealer_desktop.ui.widgets.buttons import make_action, set_available
from dealer_desktop.ui.widgets.card import CardPane
from dealer_desktop.ui.widgets.form_manager import ManagersYes, is_refusal
from dealer_desktop.ui.widgets.row_menu import give_row_menu

R = TypeVar("R")
D = TypeVar("D")


@dataclass(frozen=True)
class Send(Generic[R]):
    """A step without a form: ``service(session_maker, input)``, then ``told(row, result)`` in the status bar.

    What cannot be taken back ``asks`` first: a dialog that calls what it is given when the person says yes.
    """

    service: Callable[[SessionMaker, Any], Any]
    input: Callable[[R, UUID], Any]
    told: Callable[[R, Any], str]
    asks: Callable[[R, Callable[[], None]], QDialog] | None = None
    noted: Callable[[R, Any], None] | None = None
    """Notes how it is taken back, from the row before and the result."""


@dataclass(frozen=True)
class RowAction(Generic[R, D]):
    """One QAction; ``short`` is what its button says, where that is shorter than ``words``."""

    name: str
    words: str
    icon: str
    short: str = ""
    shortcut: str = ""
    keyless: str = ""
    """Why it has no shortcut; every other action has one."""
    group: str = ""
    why_not: Callable[[R], str | None] = lambda _row: None
    shown: Callable[[R], bool] = lambda _row: True
    words_for: Callable[[R], str] | None = None
    for_whom: Callable[[AtWork], bool] = lambda _at_work: True
    """Who has it at all: what a person may never do is not there."""
    opens: Callable[[R, D], QDialog] | None = None
    sends: Send[R] | None = None
    does: Callable[[R], object] | None = None

    def __post_init__(self) -> None:
        if sum(each is not None for each in (self.opens, self.sends, self.does)) != 1:
            raise ValueError(f"{self.name} needs one of opens, sends, does")


class Offer:
    """What stands in sight on the card, by name: the filled button and quiet ones; the rest is behind "..."."""

    def __init__(self, primary: str, *others: str) -> None:
        self.primary = primary
        self.others = others


@dataclass(frozen=True)
class RowParts:
    """The parts of a list tab that its actions need."""

    context: UiContext
    owner: QWidget
    """Forms open over it, and keys work in it."""
    table: QTableView
    card: CardPane
    banner: Banner
    reload: Callable[[], None]
    enter: Callable[[QAction], None]
    """Takes what Enter and a double click on a row do."""
    of_list: Callable[[], Sequence[QAction]] = lambda: ()
    """What is done with the list, whatever row is chosen."""


class RowActions(Generic[R, D]):
    """Without ``read``, forms open at once, on the list's row and None.

    ``entered`` names what Enter and a double click do, where that is not the card's filled button.
    """

    def __init__(
        self,
        parts: RowParts,
        actions: Sequence[RowAction[R, D]],
        *,
        nothing_chosen: str,
        offer: Callable[[R | None], Offer],
        read: Callable[[R], tuple[R, D]] | None = None,
        entered: str = "",
    ) -> None:
        self._parts = parts
        at_work = parts.context.at_work
        self._declared = {action.name: action for action in actions if action.for_whom(at_work)}
        self._nothing_chosen = nothing_chosen
        self._read = read
        self._offer = offer
        self._entered = entered
        self._row: R | None = None
        self._is_reading = False
        self._saving: set[int] = set()
        """The ids of the rows with which a step is being saved."""
        self._in_sight: tuple[str, ...] = ()
        parts.card.focus_home = parts.table
        self._made = {name: self._make(action) for name, action in self._declared.items()}
        of_rows = [self._made[name] if name else None for name in self._with_lines(self._made)]
        give_row_menu(parts.table, of_rows, parts.of_list)
        self._keys = _RefusedKeys(tuple(self._made.values()), parts)

    @property
    def declared(self) -> Sequence[RowAction[R, D]]:
        """Those that the person has."""
        return tuple(self._declared.values())

    def get(self, name: str) -> QAction | None:
        """None where the person does not have it."""
        return self._made.get(name)

    def __getitem__(self, name: str) -> QAction:
        return self._made[name]

    def _make(self, action: RowAction[R, D]) -> QAction:
        return make_action(
            self._parts.owner,
            action.name,
            action.words,
            action.icon,
            lambda: self._act(action),
            shortcut=action.shortcut,
            short=action.short,
        )

    # -- what is shown ------------------------------------------------------------------------------------------------

    def show(self, row: R | None) -> None:
        """Another row is selected, none is, or it was read again: say what can be done with it."""
        self._row = row
        saving = row is not None and _id(row) in self._saving
        for name, action in self._declared.items():
            made = self._made[name]
            if row is not None:
                made.setVisible(action.shown(row))
                if action.words_for is not None:
                    made.setText(action.words_for(row))
            if row is None:
                reason: str | None = self._nothing_chosen
            elif saving and action.sends is not None:
                reason = _("The last step is still being saved.")
            else:
                reason = action.why_not(row)
            set_available(made, reason)
        self._show_buttons(self._offer(row))

    def _show_buttons(self, offer: Offer) -> None:
        in_sight = tuple(name for name in (offer.primary, *offer.others) if name in self._made)
        if not in_sight:
            in_sight = tuple(self._made)[:1]
        entered = self._entered if self._entered in self._made else next(iter(in_sight), "")
        if entered:
            self._parts.enter(self._made[entered])
        if in_sight == self._in_sight:
            return
        self._in_sight = in_sight
        behind = self._with_lines(name for name in self._declared if name not in in_sight)
        self._parts.card.set_actions(
            self._made[in_sight[0]] if in_sight else None,
            [self._made[name] for name in in_sight[1:]],
            [self._made[name] if name else None for name in behind],
        )

    def _with_lines(self, names: "Iterator[str] | dict[str, QAction]") -> list[str]:
        """``names`` with "" between two groups."""
        found: list[str] = []
        for name in names:
            if found and self._declared[name].group != self._declared[found[-1]].group:
                found.append("")
            found.append(name)
        return found

    # -- what is done -------------------------------------------------------------------------------------------------

    def _act(self, action: RowAction[R, D]) -> None:
        row = self._row
        if row is None:
            return
        if action.does is not None:
            action.does(row)
        elif action.sends is not None:
            self._send(action.sends, row)
        else:
            self._open(action, row)

    def _open(self, action: RowAction[R, D], row: R) -> None:
        """A second click while the row is read opens no second form."""
        opens = action.opens
        assert opens is not None
        if self._read is None:
            opens(row, cast(D, None)).open()
            return
        if self._is_reading:
            return
        self._is_reading = True
        self._parts.banner.clear()

        def found(result: tuple[R, D]) -> None:
            self._is_reading = False
            reason = action.why_not(result[0])
            if reason is None:
                opens(*result).open()
            else:
                self._parts.banner.show_message(reason)
                self._parts.reload()

        def failed(error: Exception) -> None:
            self._is_reading = False
            self._show_error(error)

        jobs.run(self._parts.owner, self._read, row, done=found, failed=failed)

    def _send(self, step: Send[R], row: R) -> None:
        if step.asks is not None:
            step.asks(row, lambda: self._save(step, row, step.input(row, uuid4()))).open()
        else:
            self._save(step, row, step.input(row, uuid4()))

    def _save(self, step: Send[R], row: R, entered: Any, yes: ManagersYes | None = None) -> None:
        self._saving.add(_id(row))
        self._parts.banner.clear()
        yes = yes or ManagersYes(self._parts.context, self._parts.owner, lambda: self._save(step, row, entered, yes))
        self.show(self._row)

        def ended() -> None:
            self._saving.discard(_id(row))
            self.show(self._row)

        def done(result: Any) -> None:
            ended()
            self._parts.context.tell(step.told(row, result))
            if step.noted is not None:
                step.noted(row, result)

        def failed(error: Exception) -> None:
            ended()
            if not isinstance(error, ConnectionLost):
                yes.forget()
            if is_refusal(error) and not self._parts.context.at_work.is_manager:
                yes.ask(Need(str(error)))
                return
            self._show_error(
                error, (lambda: self._save(step, row, entered, yes)) if isinstance(error, ConnectionLost) else None
            )

        def over(result: Any) -> None:
            yes.forget()
            done(result)

        context = self._parts.context
        work = yes.acting(lambda: step.service(context.session_maker, entered))
        jobs.run(self._parts.owner, work, done=over, failed=failed, writes=True)

    def _show_error(self, error: Exception, retry: Callable[[], None] | None = None) -> None:
        """What went wrong, above the table, with a way to try again where there is one."""
        buttons = [("retryButton", _("Retry"), retry)] if retry is not None else []
        self._parts.banner.show_message(sentence_of(error), "amber", *buttons)


def _id(row: Any) -> int:
    return int(row.id)


class _RefusedKeys(QObject):
    """The key of a disabled action says why it is not possible, and does nothing else: Qt would pass it on."""

    def __init__(self, actions: Sequence[QAction], parts: RowParts) -> None:
        super().__init__(parts.owner)
        self._actions = actions
        self._context = parts.context
        parts.table.installEventFilter(self)
        parts.owner.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Overrides QObject."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        pressed = _keys_of(event)
        for action in self._actions:
            if not action.isEnabled() and pressed in action.shortcuts():
                self._context.tell(action.toolTip())
                return True
        return False


def _keys_of(event: QKeyEvent) -> QKeySequence:
    """What was pressed; both Enter keys are Return."""
    key = Qt.Key.Key_Return if event.key() == Qt.Key.Key_Enter else Qt.Key(event.key())
    return QKeySequence(QKeyCombination(event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier, key))
