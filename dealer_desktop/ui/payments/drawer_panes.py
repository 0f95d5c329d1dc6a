"""What is done with a cash drawer, each act with its fields and its button: opening, cash in and out, closing."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from dealer_desktop.core import formats
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.core.i18n import pgettext
from dealer_desktop.services.drawers import DrawerRow
from dealer_desktop.ui import theme
from dealer_desktop.ui.payments.note_count import NoteCount
from dealer_desktop.ui.session.context import UiContext
from dealer_desktop.ui.widgets.buttons import WordButton
from dealer_desktop.ui.widgets.card import label
from dealer_desktop.ui.widgets.facts import Fact, Facts
from dealer_desktop.ui.widgets.field import Field
from dealer_desktop.ui.widgets.fields import ComboBox, LineEdit, MoneyEdit
from dealer_desktop.ui.widgets.form_row import FormRow


class _Pane(QWidget):
    """Rows under a heading, and the button that does it."""

    def __init__(self, heading: str) -> None:
        super().__init__()
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(8)
        self.column.addWidget(label(heading, "strong"))
        self.fields: dict[str, Field] = {}

    def add(self, name: str, words: str, field: Field, object_name: str) -> None:
        row = FormRow(name, words, field, "", field.problem, object_name)
        self.column.addWidget(row)
        self.fields[name] = field

    def add_button(self, button: WordButton) -> None:
        self.column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)

    def typed(self) -> dict[str, Any]:
        return {name: field.typed() for name, field in self.fields.items()}

    def clear(self) -> None:
        for field in self.fields.values():
            if not isinstance(field, ComboBox):
                field.set_value(None)

    def take_focus(self) -> None:
        first = next(iter(self.fields.values()))
        assert isinstance(first, QWidget)
        first.setFocus()


class OpeningPane(_Pane):
    def __init__(self, currency: str, does: Callable[[], None]) -> None:
        super().__init__(_("Open a drawer"))
        name = LineEdit(240, limit=200)
        name.set_value(_("Cash drawer"))
        self.add("opening_amount", _("Counted in it"), MoneyEdit(currency), "openingAmount")
        self.add("name", _("Name"), name, "drawerName")
        self.add_button(WordButton("openDrawerButton", _("Open the drawer"), does, "primary"))

    def clear(self) -> None:
        """Overrides _Pane: the name is offered again."""
        self.fields["opening_amount"].set_value(None)


class MovePane(_Pane):
    def __init__(self, currency: str, does: Callable[[], None]) -> None:
        super().__init__(_("Cash in or out"))
        ways = [(True, pgettext("cash", "Put in")), (False, pgettext("cash", "Take out"))]
        self.add("amount", _("Amount"), MoneyEdit(currency), "moveAmount")
        self.add("goes_in", _("Direction"), ComboBox(ways), "moveDirection")
        self.add("reason", _("Reason"), LineEdit(240, limit=2_000), "moveReason")
        self.add_button(WordButton("moveButton", _("Write down"), does))


class ClosingPane(_Pane):
    """The count comes first: what should be in the drawer is shown once it was counted, or to who asks before."""

    def __init__(self, context: UiContext, does: Callable[[], None]) -> None:
        super().__init__(_("Count and close"))
        self._context = context
        self._drawer: DrawerRow | None = None
        self._asked = ""
        self._is_standing_shown = False
        self.facts = Facts(label_width=128)
        self.stands_button = WordButton("standsButton", _("Show what should be in it"), self._show_standing, "link")
        self.facts_part = QWidget()
        facts = QVBoxLayout(self.facts_part)
        facts.setContentsMargins(0, 0, 0, 0)
        facts.addWidget(self.facts)
        facts.addWidget(self.stands_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.counted = MoneyEdit(context.dealer.currency)
        self.notes_button = WordButton("countNotesButton", _("Count the notes"), self._toggle_notes, "link")
        self.notes = NoteCount(context.dealer.currency)
        self.notes.hide()
        self.notes.counted.connect(self._take_count)
        self.result = label("", "base", wrap=True)
        self.result.setObjectName("drawerDifference")
        self.add("counted_amount", _("Counted"), self.counted, "countedAmount")
        self.add_button(self.notes_button)
        self.column.addWidget(self.notes)
        self.column.addWidget(self.result)
        self.add("note", _("Note"), LineEdit(240, limit=2_000), "note")
        self.close_button = WordButton("closeDrawerButton", _("Close the drawer"), does, "primary")
        self.add_button(self.close_button)
        self.counted.textEdited.connect(lambda _text: self._hide_standing())
        self.counted.left.connect(self._compare)

    # -- what stands in it --------------------------------------------------------------------------------------------

    def show_drawer(self, drawer: DrawerRow) -> None:
        """As it is now; another than before is not counted yet."""
        is_other = self._drawer is None or self._drawer.id != drawer.id
        self._drawer = drawer
        if is_other:
            self.clear()
        self._show_facts()
        if self.result.text():
            self._compare()

    def _show_facts(self) -> None:
        drawer, money = self._drawer, self._context.money
        assert drawer is not None
        facts = [
            Fact(pgettext("drawer", "Opened"), formats.moment(drawer.opened_at, self._context.dealer.timezone)),
            Fact(pgettext("drawer", "At the opening"), money(drawer.opening_amount)),
        ]
        if self._is_standing_shown:
            moved = drawer.moved_in - drawer.moved_out
            facts += [
                Fact(pgettext("drawer", "Cash taken"), money(drawer.received)),
                Fact(pgettext("drawer", "Given back"), money(drawer.given_back) if drawer.given_back else ""),
                Fact(pgettext("drawer", "Put in and taken out"), money(moved) if moved else ""),
                Fact(pgettext("drawer", "Should be in it"), money(drawer.standing), strong=True),
            ]
        self.facts.show_facts(*facts)
        self.stands_button.setVisible(not self._is_standing_shown)

    def _show_standing(self) -> None:
        self._is_standing_shown = True
        self._show_facts()

    def _hide_standing(self) -> None:
        """Who counts is not told what to find."""
        self._asked = ""
        self.result.setText("")
        if self._is_standing_shown and self._drawer is not None:
            self._is_standing_shown = False
            self._show_facts()

    # -- the count ----------------------------------------------------------------------------------------------------

    def _toggle_notes(self) -> None:
        self._hide_standing()
        self.notes.setVisible(self.notes.isHidden())
        if not self.notes.isHidden():
            next(iter(self.notes.pieces.values())).setFocus()

    def _take_count(self, counted: Decimal | None) -> None:
        self._hide_standing()
        if counted is None:
            self.counted.clear()
        else:
            self.counted.set_value(counted)

    def _compare(self) -> None:
        """It was counted: now the window says what was expected."""
        counted = self.counted.value() if self.counted.text().strip() else None
        if counted is None or self._drawer is None:
            self.result.setText("")
            return
        money, expected = self._context.money, self._drawer.standing
        if counted == expected:
            self.result.setText(_("It fits: {expected} were expected.").format(expected=money(expected)))
            theme.set_tone(self.result, "green")
            return
        words = _("{expected} were expected: {difference} too much.")
        if counted < expected:
            words = _("{expected} were expected: {difference} are missing.")
        self.result.setText(words.format(expected=money(expected), difference=money(abs(counted - expected))))
        theme.set_tone(self.result, "red" if counted < expected else "amber")

    def doubt(self) -> str:
        """What should be looked at before it is closed; said once, closing again goes on."""
        self._compare()
        counted = self.counted.value()
        if counted is None or self._drawer is None or counted == self._drawer.standing or self.fields["note"].typed():
            return ""
        words = _("{result} Count again, or say why in the note and close.").format(result=self.result.text())
        is_new, self._asked = words != self._asked, words
        return words if is_new else ""

    def clear(self) -> None:
        """Overrides _Pane."""
        super().clear()
        self.notes.clear()
        self.notes.hide()
        self.counted.clear()
        self.result.setText("")
        self._asked = ""
        self._is_standing_shown = False
