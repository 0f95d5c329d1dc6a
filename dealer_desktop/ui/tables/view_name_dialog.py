"""A saved view's name; one that is there already is asked about."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from dealer_desktop.core.errors import InvalidInput
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.core.i18n import pgettext
from dealer_desktop.services.inputs import fields
from dealer_desktop.ui.tables.view_store import LONGEST_NAME, SavedView, ViewStore
from dealer_desktop.ui.widgets.fields import LineEdit
from dealer_desktop.ui.widgets.form_dialog import FormDialog

if TYPE_CHECKING:
    from dealer_desktop.ui.session.context import UiContext


class ViewNameDialog(FormDialog):
    named = Signal(str)
    """The name to save under; a view of that name is to be replaced."""

    def __init__(
        self,
        context: "UiContext",
        store: ViewStore,
        suggested: str,
        *,
        renamed: SavedView | None = None,
        parent: QWidget | None = None,
    ) -> None:
        self._save_as = _("Rename") if renamed is not None else _("Save the view")
        super().__init__(
            context,
            name="viewNameDialog",
            title=_("Rename the view") if renamed is not None else _("Save the view"),
            save=self._save_as,
            width=560,
            parent=parent,
        )
        self._store = store
        self._renamed = renamed
        self._agreed = ""
        """The name that the person knows will be replaced."""
        field = LineEdit(288, limit=LONGEST_NAME)
        field.setText(suggested)
        hint = _("For example: used diesel under 1.5 million")
        self.add_field("viewName", pgettext("view", "Name"), field, hint=hint)
        field.textChanged.connect(lambda _text: self._call_save(self._save_as))
        self.set_consequence("", detail=_("Search, filters, sorting and columns are kept under this name, for you."))
        self.finish()
        field.setFocus()
        field.selectAll()

    def prepare(self) -> Callable[[], str]:
        """Overrides FormDialog."""
        try:
            name = fields.text(self.field("viewName").text(), limit=LONGEST_NAME)
        except ValueError as error:
            raise InvalidInput({"viewName": str(error)}) from None
        if not name:
            raise InvalidInput({"viewName": _("Enter a name.")})
        self._store.refresh()
        there = self._store.find(name)
        is_itself = there is not None and self._renamed is not None and there.name == self._renamed.name
        if there is not None and not is_itself and self._agreed != name:
            self._agreed = name
            self._call_save(_("Replace"))
            words = _("There is a view “{view}” already. Replace it, or enter another name.").format(view=there.name)
            raise InvalidInput({"viewName": words})
        return lambda: name

    def _call_save(self, words: str) -> None:
        self._save_words = words
        self.save_button.setText(words)
        self.save_button.setAccessibleName(words)

    def saved(self, result: Any) -> None:
        """Overrides FormDialog."""
        self.named.emit(result)

    def open(self) -> None:
        """Overrides QDialog: once it is closed it is gone."""
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        super().open()
