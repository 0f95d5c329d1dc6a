"""Backups, for admins: the whole database to a file and back beside the one in use, and those that this PC keeps."""

from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QTableWidget, QTableWidgetItem, QVBoxLayout, QWidget
from shiboken6 import isValid

from dealer_desktop.core import formats
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.core.i18n import pgettext
from dealer_desktop.services import backups
from dealer_desktop.services.backups import KeptBackup, Restored
from dealer_desktop.ui import jobs
from dealer_desktop.ui.errors import sentence_of
from dealer_desktop.ui.session.context import UiContext
from dealer_desktop.ui.widgets import plain_table, tooltips
from dealer_desktop.ui.widgets.banner import Banner
from dealer_desktop.ui.widgets.buttons import WordButton
from dealer_desktop.ui.widgets.card import label
from dealer_desktop.ui.widgets.dialog_frame import DialogFoot, DialogHead, fit_into_window, stack
from dealer_desktop.ui.widgets.fields import CheckBox
from dealer_desktop.ui.widgets.file_dialogs import ask_to_open, ask_to_save
from dealer_desktop.ui.window.backup_words import about, kept_words, size_words

_KINDS = "*.dealer-backup"


class BackupDialog(QDialog):
    def __init__(self, context: UiContext, parent: QWidget | None = None, *, own: str | None = None) -> None:
        """``own``: the bundled server's folder, where it is not the window's."""
        super().__init__(parent)
        self.setObjectName("backupDialog")
        self.setWindowTitle(_("Backups"))
        self.setAccessibleName(self.windowTitle())
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._context = context
        self._own = context.data_folder if own is None else own
        """The bundled server's folder; empty on a shared one."""
        self._kept: list[KeptBackup] = []
        self._restored = ""
        head = DialogHead(self.windowTitle())
        head.about.setWordWrap(True)
        head.about.setObjectName("backupAbout")
        self._about = head.about
        self._about.setText(about(bundled=bool(self._own)))
        self.banner = Banner(self, name="backupBanner")
        self.with_photos = self._box("withPhotos", _("With the photos of cars"))
        self.with_passwords = self._box("withStaff", _("With the passwords of the staff, as the server keeps them"))
        self.with_passwords.setVisible(bool(self._own))
        self.table = self._make_table()
        self.table.setVisible(bool(self._own))
        self.save_button = WordButton("saveButton", _("Save to a file…"), self._ask_where, "primary")
        self.keep_button = WordButton("keepNowButton", _("Make one now"), self._keep)
        self.keep_button.setVisible(bool(self._own))
        self.restore_button = WordButton("restoreButton", _("Restore from a file…"), self._ask_which)
        self.restore_kept_button = WordButton("restoreKeptButton", _("Restore this one"), self._restore_kept)
        self.restore_kept_button.setVisible(bool(self._own))
        close = WordButton("closeButton", _("Close"), self.reject)
        self._lay_out(head, close)
        if not self._own:
            why = _("On a shared server whoever owns the tables restores: “dealer-desktop restore FILE --into NAME”.")
            self.restore_button.setEnabled(False)
            self.restore_button.setToolTip(tooltips.plain(why))
        self._choose()
        self._read()
        self.save_button.setFocus()

    def _box(self, name: str, words: str) -> CheckBox:
        box = CheckBox(words)
        box.setObjectName(name)
        box.setAccessibleName(words)
        return box

    def _make_table(self) -> QTableWidget:
        table = QTableWidget(0, 2, self)
        table.setObjectName("keptTable")
        table.setAccessibleName(_("Backups that this PC keeps"))
        table.setHorizontalHeaderLabels([_("Made"), _("Size")])
        table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        plain_table.set_up(table, (0, 160), right=(1,))
        table.itemSelectionChanged.connect(self._choose)
        return table

    def _lay_out(self, head: DialogHead, close: WordButton) -> None:
        middle = QVBoxLayout()
        middle.setContentsMargins(24, 12, 24, 16)
        middle.setSpacing(8)
        middle.addWidget(self.with_photos)
        middle.addWidget(self.with_passwords)
        keeping = QHBoxLayout()
        keeping.setSpacing(8)
        self.kept_label = label("", "base", "second", wrap=True)
        self.kept_label.setObjectName("keptLabel")
        keeping.addWidget(self.kept_label, 1)
        keeping.addWidget(self.restore_kept_button)
        keeping.addWidget(self.keep_button)
        middle.addLayout(keeping)
        middle.addWidget(self.table, 1)
        if not self._own:
            middle.addStretch(1)
        foot = DialogFoot()
        foot.row.addWidget(self.restore_button)
        foot.row.addStretch(1)
        foot.row.addWidget(close)
        foot.row.addWidget(self.save_button)
        stack(self, head, self.banner, middle, foot)
        fit_into_window(self, 680, 560 if self._own else 280)

    # -- those that are kept ------------------------------------------------------------------------------------------

    def _read(self) -> None:
        if self._own:
            jobs.run(self, backups.kept, self._own, done=self.show_kept, failed=self._tell_failure)

    def show_kept(self, kept: list[KeptBackup], now: datetime | None = None) -> None:
        """These, the newest first; how old that one is ``now``."""
        self._kept = kept
        self.kept_label.setText(kept_words([each.made_at for each in kept], now or datetime.now(UTC)))
        self.table.setRowCount(len(kept))
        for row, each in enumerate(kept):
            made = QTableWidgetItem(formats.moment(each.made_at, self._context.dealer.timezone))
            size = QTableWidgetItem(size_words(each.size))
            size.setTextAlignment(plain_table.RIGHT)
            for column, item in enumerate((made, size)):
                item.setToolTip(tooltips.plain(str(each.file)))
                self.table.setItem(row, column, item)
        self._choose()

    def _chosen(self) -> KeptBackup | None:
        rows = {index.row() for index in self.table.selectedIndexes()}
        row = rows.pop() if rows else -1
        return self._kept[row] if 0 <= row < len(self._kept) else None

    def _choose(self) -> None:
        chosen = self._chosen()
        self.restore_kept_button.setEnabled(chosen is not None)
        why = "" if chosen is not None else _("Choose a backup in the table first.")
        self.restore_kept_button.setToolTip(tooltips.plain(why))

    def _keep(self) -> None:
        self.keep_button.setEnabled(False)
        jobs.run(
            self,
            backups.keep_now,
            self._own,
            name=_("Making a backup"),
            done=lambda _nothing: self._kept_now(),
            failed=self._not_kept,
        )

    def _kept_now(self) -> None:
        self.keep_button.setEnabled(True)
        self.banner.show_message(_("The backup is made, and was tried by restoring it."), "second")
        self._read()

    def _not_kept(self, error: Exception) -> None:
        self.keep_button.setEnabled(True)
        self._tell_failure(error)

    # -- to a file ----------------------------------------------------------------------------------------------------

    def _ask_where(self) -> QFileDialog:
        today = datetime.now(ZoneInfo(self._context.dealer.timezone)).date()
        name = pgettext("file", "dealership {day}").format(day=today)
        kinds = [(_("Backups"), _KINDS)]
        words = _("Back up the database")
        return ask_to_save(self, words, f"{name}.dealer-backup", kinds, self._save, self._context.settings)

    def _save(self, file: Path) -> None:
        context = self._context
        save = partial(
            backups.save,
            context.connections,
            file,
            data_folder=self._own,
            with_photos=self.with_photos.isChecked(),
            with_passwords=self.with_passwords.isChecked(),
        )

        def work(job: jobs.Job) -> int:
            return save(progress=job.report, canceled=job.is_canceled)

        def tell(lost: int) -> None:
            words = _("The database is saved to {file}.").format(file=file)
            context.tell(f"{words} {backups.lost_words(lost)}" if lost else words)

        # The window's, not the dialog's: it goes on when this is closed.
        jobs.run(
            context,
            work,
            name=_("Back up the database"),
            takes_job=True,
            done=tell,
            failed=partial(_failed, self.parentWidget()),
        )
        self.accept()

    # -- and back -----------------------------------------------------------------------------------------------------

    def _ask_which(self) -> QFileDialog:
        kinds = [(_("Backups"), _KINDS), (_("All files"), "*")]
        return ask_to_open(self, _("Restore a backup"), kinds, self._restore, self._context.settings)

    def _restore_kept(self) -> None:
        chosen = self._chosen()
        if chosen is not None:
            self._restore(chosen.file)

    def _restore(self, file: Path) -> None:
        name = backups.free_name(datetime.now(ZoneInfo(self._context.dealer.timezone)))
        self._set_busy(True)
        self.banner.show_message(_("Restoring into a new database. Nothing of the one in use is touched."), "second")
        jobs.run(
            self._context,
            backups.restore_beside_own,
            self._context.connections,
            file,
            self._own,
            name,
            name=_("Restoring a backup"),
            done=self._tell_restored,
            failed=self._tell_failure,
        )

    def _tell_restored(self, done: Restored) -> None:
        words = _("The backup is in the new database {name}; the one in use is as it was.").format(name=done.name)
        given = "; ".join(f"{one.email} {one.password or one.problem}" for one in done.passwords)
        if given:
            words += " " + _("Passwords for once: {given}").format(given=given)
        if not isValid(self):
            self._context.tell(words)
            return
        self._set_busy(False)
        self._restored = done.name
        self.banner.show_message(words, "second", ("useRestoredButton", _("Work with it"), self._use))

    def _use(self) -> None:
        jobs.run(self, backups.use, self._own, self._restored, done=lambda _n: self._used(), failed=self._tell_failure)

    def _used(self) -> None:
        words = _("Close every window of Dealer Desktop on this PC and start it again: it then works with {name}.")
        self.banner.show_message(words.format(name=self._restored), "amber")

    def _set_busy(self, busy: bool) -> None:
        self.restore_button.setEnabled(not busy)
        self.restore_kept_button.setEnabled(not busy and self._chosen() is not None)

    def _tell_failure(self, error: Exception) -> None:
        if not isValid(self):
            self._context.tell(sentence_of(error))
            return
        self._set_busy(False)
        self.banner.show_message(sentence_of(error), "red")


def _failed(window: QWidget | None, error: Exception) -> None:
    from dealer_desktop.ui.widgets import error_notice

    error_notice.show(window, error)
