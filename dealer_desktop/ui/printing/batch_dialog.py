"""Which of many papers, and where they go; it stays open until they are there, so that none is lost."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSettings, Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QDialog, QGridLayout, QProgressBar, QVBoxLayout, QWidget

from dealer_desktop.core import i18n
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.core.i18n import ngettext
from dealer_desktop.documents import own_templates
from dealer_desktop.ui import jobs
from dealer_desktop.ui.errors import sentence_of
from dealer_desktop.ui.printing import batch as work
from dealer_desktop.ui.printing.asking import ask_printer
from dealer_desktop.ui.printing.batch import Batch, Stopped
from dealer_desktop.ui.printing.pages import Size
from dealer_desktop.ui.printing.printer_memory import PrinterMemory, is_away
from dealer_desktop.ui.widgets.banner import Banner
from dealer_desktop.ui.widgets.buttons import WordButton
from dealer_desktop.ui.widgets.card import label
from dealer_desktop.ui.widgets.dialog_frame import DialogFoot, DialogHead, fit_into_window, stack
from dealer_desktop.ui.widgets.fields import ComboBox
from dealer_desktop.ui.widgets.file_dialogs import ask_to_save

TOGETHER, APART, PRINTER = "together", "apart", "printer"


class BatchDialog(QDialog):
    """``printManyDialog``: ``whichPapers``, ``howPrinted``, ``printLanguage``, ``printPaper``, ``progressBar``,
    ``printButton``, ``cancelButton``."""

    def __init__(
        self, batches: Sequence[Batch], tell: Callable[[str], object], settings: QSettings, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._batches, self._tell, self._settings = list(batches), tell, settings
        self._ids: list[Sequence[int]] = [()] * len(self._batches)
        self._job: jobs.Job | None = None
        self.setObjectName("printManyDialog")
        self.setWindowTitle(_("Print several"))
        self.setAccessibleName(_("Print several"))
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.which = ComboBox((), width=320)
        how = ((TOGETHER, _("All in one PDF")), (APART, _("A PDF for each")), (PRINTER, _("On a printer")))
        self.how = ComboBox(how, width=320)
        self.language = ComboBox([("ru", _("Russian")), ("en", _("English"))], width=320)
        self.language.setCurrentIndex(self.language.findData(i18n.language()))
        self.size_box = ComboBox([(size.value, size.value) for size in Size], width=320)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.hide()
        rows = QGridLayout()
        rows.setHorizontalSpacing(16)
        rows.setVerticalSpacing(12)
        for widget, name, words in (
            (self.which, "whichPapers", _("Papers")),
            (self.how, "howPrinted", _("Printed")),
            (self.language, "printLanguage", _("Language")),
            (self.size_box, "printPaper", _("Paper size")),
        ):
            widget.setObjectName(name)
            widget.setAccessibleName(words)
            line = rows.rowCount()
            rows.addWidget(label(words), line, 0)
            rows.addWidget(widget, line, 1)
        self.bar.setObjectName("progressBar")
        self.bar.setAccessibleName(_("Progress"))
        self.banner = Banner(self)
        self.print_button = WordButton("printButton", _("Print…"), self._start, "primary")
        self.print_button.setEnabled(False)
        self.cancel_button = WordButton("cancelButton", _("Cancel"), self.reject)
        foot = DialogFoot()
        foot.row.addStretch(1)
        foot.row.addWidget(self.cancel_button)
        foot.row.addWidget(self.print_button)
        body = QVBoxLayout()
        body.setContentsMargins(24, 16, 24, 16)
        body.setSpacing(12)
        body.addLayout(rows)
        body.addWidget(self.bar)
        body.addStretch(1)
        head = DialogHead(_("Print several"))
        head.about.setText(_("The papers are made one after the other; you can stop at any of them."))
        stack(self, head, self.banner, body, foot)
        fit_into_window(self, 540, 400)
        jobs.run(self, _counted, self._batches, done=self._offer, failed=self._fail)

    def _offer(self, counted: list[Sequence[int]]) -> None:
        """What is empty cannot be printed; the first that is not is chosen."""
        self._ids = counted
        for place, (each, ids) in enumerate(zip(self._batches, counted, strict=True)):
            if ids:
                self.which.addItem(each.words.format(count=len(ids)), place)
        self.which.currentIndexChanged.connect(self._remember)
        self._remember()
        if not self.which.count():
            self.banner.show_message(_("There is nothing to print."))

    def _remember(self) -> None:
        """With what was chosen last for such papers on this PC."""
        self.print_button.setEnabled(self.which.count() > 0)
        if self.which.count():
            self._memory = PrinterMemory(self._settings, self.batch.kind)
            self.size_box.set_value(self._memory.size.value)

    @property
    def batch(self) -> Batch:
        return self._batches[int(self.which.currentData())]

    @property
    def ids(self) -> Sequence[int]:
        return self._ids[int(self.which.currentData())]

    # -- doing --------------------------------------------------------------------------------------------------------

    def _start(self) -> None:
        self.banner.clear()
        if self.how.value() == PRINTER:
            self.choose_printer()
            return
        name = work.file_name(self.batch.words.format(count=len(self.ids)))
        write = work.write_apart if self.how.value() == APART else work.write_together
        words = _("The folder's name") if self.how.value() == APART else _("Save as PDF")
        ask_to_save(self, words, name, (("PDF", "*.pdf"),), partial(self._write, write), self._settings)

    def _write(self, write: Callable[..., int], file: Path) -> None:
        place = file.with_suffix("") if write is work.write_apart else file
        words = ngettext("{count} paper written to {file}.", "{count} papers written to {file}.", len(self.ids))
        self._run(write, file, lambda count: words.format(count=count, file=place))

    def choose_printer(self) -> None:
        """Ask which printer; without one, say so."""
        ask_printer(self, self._memory, self.banner, self.send_to)

    def send_to(self, printer: QPrinter) -> None:
        """Print on ``printer``; where it does not take them, the papers stay here to be printed again."""
        if is_away(printer):
            words = _("The printer {printer} is away or out of paper. The papers are kept here: print them again.")
            self.banner.show_message(words.format(printer=printer.printerName()), "red")
            return
        self._printer = printer
        words = ngettext("{count} paper sent to the printer.", "{count} papers sent to the printer.", len(self.ids))
        self._run(work.print_all, printer, lambda count: words.format(count=count))

    def _run(self, do: Callable[..., int], where: object, told: Callable[[int], str]) -> None:
        self._lock(True)
        self.bar.setRange(0, len(self.ids))
        self.bar.setValue(0)
        size = Size(str(self.size_box.value()))
        self._memory.size = size
        self._job = jobs.run(
            self, do, self.batch, self.ids, str(self.language.value()), size, where,
            takes_job=True, name=_("Printing several papers"), writes=True,
            done=partial(self._done, told, where), failed=self._fail,
        )  # fmt: skip
        self._job.progressed.connect(self._show_progress)
        self._job.finished.connect(self._unlock)

    def _show_progress(self, done: int, _total: int) -> None:
        self.bar.setValue(done)

    def _done(self, told: Callable[[int], str], where: object, count: int) -> None:
        if isinstance(where, QPrinter):
            self._memory.remember(where, Size(str(self.size_box.value())))
        self._tell(" ".join(filter(None, (told(count), own_templates.trouble_of(self.batch.kind)))))
        self._job = None
        self.accept()

    def _fail(self, error: Exception) -> None:
        if isinstance(error, Stopped):
            return
        if isinstance(error, OSError):
            self.banner.show_message(_("The printer did not take the document. Check it and print again."), "red")
        else:
            self.banner.show_message(sentence_of(error), "red")

    def _unlock(self) -> None:
        self._job = None
        self._lock(False)

    def _lock(self, locked: bool) -> None:
        for widget in (self.which, self.how, self.language, self.size_box, self.print_button):
            widget.setEnabled(not locked)
        self.bar.setVisible(locked)
        self.cancel_button.setText(_("Stop") if locked else _("Cancel"))

    def reject(self) -> None:
        """Overrides QDialog: stops what is on its way first; the dialog stays for another try."""
        if self._job is not None:
            self._job.cancel()
            self._job = None
            self.banner.show_message(_("Stopped. What was not printed can be printed again."))
            return
        super().reject()


def _counted(batches: Sequence[Batch]) -> list[Sequence[int]]:
    return [tuple(each.ids()) for each in batches]
