"""The menu of the person at work: who that is, another one instead, the locked window, language and theme."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSettings, QUrl
from PySide6.QtGui import QAction, QActionGroup, QDesktopServices, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from dealer_desktop.core import paths
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.ui import theme
from dealer_desktop.ui.session import appearance

if TYPE_CHECKING:
    from dealer_desktop.ui.session.context import UiContext

Keep = Callable[[QSettings, str], None]


class PersonMenu(QMenu):
    def __init__(self, context: "UiContext", of_window: Sequence[QAction], parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("personMenu")
        self._context = context
        if context.signed_in:
            self.addSection(context.at_work.name)
            self._act("switchPersonAction", _("Another person…"), "users", context.switch_asked.emit)
            self._act("lockAction", _("Lock the window"), "lock-simple", context.lock_asked.emit, "Ctrl+L")
            self._act("changePasswordAction", _("Change the password…"), "key", self._change_password)
            self.addSeparator()
        words = _("Check a document…")
        self._act("checkDocumentAction", words, "qr-code", context.check_asked.emit, "Ctrl+Shift+Q")
        from dealer_desktop.ui.sales.receipt_offer import want_receipts, wants_receipts

        receipts = self._act(
            "receiptAfterPaymentAction", _("Show the receipt after each payment"), "receipt", lambda: None
        )
        receipts.setCheckable(True)
        receipts.setChecked(wants_receipts(context))
        receipts.toggled.connect(partial(want_receipts, context))
        if context.at_work.is_manager:
            self._act("historyAction", _("History of changes…"), "clock-counter-clockwise", self._show_history)
        if context.at_work.is_admin:
            self._act("templatesAction", _("Templates of documents…"), "article", self._edit_templates)
            self._act("dealerAction", _("The dealership’s details…"), "storefront", self._edit_dealer)
            self._act("backupAction", _("Backups…"), "floppy-disk", self._show_backups)
            if context.can_move:
                self._act("moveAction", _("Move to a shared server…"), "hard-drives", self._move)
        self.addActions(of_window)
        self._choices(
            "languageMenu",
            _("Language"),
            {"auto": _("As the system"), "en": "English", "ru": "Русский"},
            appearance.language(context.settings),
            appearance.choose_language,
        )
        self._choices(
            "themeMenu",
            _("Appearance"),
            {"auto": _("As the system"), "light": _("Light"), "dark": _("Dark")},
            appearance.theme_of(context.settings),
            appearance.choose_theme,
        )
        self.addSeparator()
        self._act("doctorAction", _("Check this PC…"), "heartbeat", self._check_pc)
        if context.can_set_up:
            self._act("setupAction", _("Where the database is…"), "database", context.setup_asked.emit)
        self._act("supportAction", _("Write the file for support…"), "first-aid-kit", self._save_support)
        self._act("openLogAction", _("Open the log’s folder"), "folder-open", _open_log)

    def _act(self, name: str, words: str, icon: str, slot: Callable[[], object], shortcut: str = "") -> QAction:
        action = self.addAction(theme.icon(icon), words)
        action.setObjectName(name)
        if shortcut:
            action.setShortcut(QKeySequence(shortcut))
            # A menu that is closed hears no keys: the widget that stays does.
            parent = self.parentWidget()
            if parent is not None:
                parent.addAction(action)
        action.triggered.connect(lambda _checked=False: slot())
        return action

    def _choices(self, name: str, words: str, choices: dict[str, str], chosen: str, keep: Keep) -> None:
        menu = self.addMenu(words)
        menu.setObjectName(name)
        group = QActionGroup(menu)
        for value, says in choices.items():
            action = menu.addAction(says)
            action.setCheckable(True)
            action.setChecked(value == chosen)
            action.setData(value)
            group.addAction(action)
            action.triggered.connect(partial(self._choose, keep, value))

    def _choose(self, keep: Keep, value: str, _checked: bool = False) -> None:
        keep(self._context.settings, value)
        self._context.appearance_changed.emit()

    def _window(self) -> QWidget:
        """The main window: a menu is a window of its own, and dialogs would be made to fit it."""
        parent = self.parentWidget()
        assert parent is not None
        return parent.window()

    def _show_history(self) -> None:
        from dealer_desktop.ui.window.history_dialog import HistoryDialog

        HistoryDialog(self._context, self._window()).open()

    def _edit_templates(self) -> None:
        from dealer_desktop.ui.window.templates_dialog import TemplatesDialog

        TemplatesDialog(self._context, self._window()).open()

    def _edit_dealer(self) -> None:
        from dealer_desktop.ui.window.dealer_dialog import DealerDialog

        DealerDialog(self._context, self._window()).open()

    def _show_backups(self) -> None:
        from dealer_desktop.ui.window.backup_dialog import BackupDialog

        BackupDialog(self._context, self._window()).open()

    def _check_pc(self) -> None:
        from dealer_desktop.ui.window.doctor_dialog import DoctorDialog

        DoctorDialog(self._context, self._window()).open()

    def _save_support(self) -> None:
        from dealer_desktop.ui.window import upkeep

        upkeep.save_support(self._context, self._window())

    def _move(self) -> None:
        from dealer_desktop.ui.setup.move_dialog import MoveDialog

        MoveDialog(self._context, self._window()).open()

    def _change_password(self) -> None:
        from dealer_desktop.ui.window.password_dialog import PasswordDialog

        PasswordDialog(self._context, self._window()).open()


def _open_log() -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(paths.log_folder())))
