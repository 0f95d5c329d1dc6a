"""A document before it is printed: the very pages, in the language of the customer."""

import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QSettings, Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QDialog, QPushButton, QVBoxLayout, QWidget

from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.documents import Paper, own_templates
from dealer_desktop.ui import jobs, theme
from dealer_desktop.ui.errors import sentence_of
from dealer_desktop.ui.printing import mail
from dealer_desktop.ui.printing.asking import ask_printer
from dealer_desktop.ui.printing.choices import PaperChoice
from dealer_desktop.ui.printing.missing_strip import MissingStrip
from dealer_desktop.ui.printing.pages import Pages, Size
from dealer_desktop.ui.printing.preview_bar import PreviewBar
from dealer_desktop.ui.printing.printer_memory import PrinterMemory, is_away
from dealer_desktop.ui.printing.view import PageArea, PaperView
from dealer_desktop.ui.theme.fonts import pixels
from dealer_desktop.ui.widgets.banner import Banner
from dealer_desktop.ui.widgets.dialog_frame import DialogFoot
from dealer_desktop.ui.widgets.file_dialogs import ask_to_save


class PaperPreview(QDialog):
    """``printDialog``: the pages, ``printLanguage``, ``savePdfButton``, ``printButton``, ``emailButton``.

    A draft gets its number as soon as it is printed, saved or sent; then the paper shown is the one handed out.
    """

    def __init__(
        self,
        choices: Sequence[PaperChoice] | Callable[[], Sequence[PaperChoice]],
        to_pdf: Callable[[Paper, Path, Size], None],
        print_on: Callable[[Paper, QPrinter, Size], None],
        settings: QSettings,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.paper: Paper | None = None
        self._choices: list[PaperChoice] = []
        self._to_pdf, self._print_on = to_pdf, print_on
        self._settings = settings
        self.setObjectName("printDialog")
        self.setWindowTitle(_("Print"))
        self.setAccessibleName(_("Print"))
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.finished.connect(self.deleteLater)
        room = self.screen().availableGeometry()
        self.resize(min(pixels(820), room.width() - 40), min(pixels(900), room.height() - 60))
        self._build()
        if callable(choices):
            jobs.run(self, choices, done=self._offer, failed=self._show_failure)
        else:
            self._offer(choices)

    def _build(self) -> None:
        self.bar = PreviewBar(self)
        self.language, self.size_box = self.bar.language, self.bar.size_box
        self.bar.language.currentIndexChanged.connect(self._render_chosen)
        self.bar.zoom.currentIndexChanged.connect(self._zoom)
        self.email_button = self._button("emailButton", _("E-mail"), self.send_by_mail)
        self.save_button = self._button("savePdfButton", _("Save as PDF…"), self.choose_file)
        self.print_button = self._button("printButton", _("Print…"), self.choose_printer)
        self.print_button.setProperty("kind", "primary")
        self.print_button.setDefault(True)
        self.banner = Banner(self)
        self.missing = MissingStrip(self)
        self.missing.left.connect(self.reject)
        self.view = PaperView(self)
        self._area = PageArea(self.view, self)
        self.bar.turned.connect(self._area.turn)
        self._area.page_changed.connect(self._show_page_number)
        foot = DialogFoot()
        foot.row.addWidget(self.bar.size_box)
        foot.row.addWidget(self.bar.copies_words)
        foot.row.addWidget(self.bar.copies)
        foot.row.addStretch(1)
        for button in (self.email_button, self.save_button, self.print_button):
            foot.row.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for part in (self.bar, self.banner, self.missing):
            layout.addWidget(part)
        layout.addWidget(self._area, 1)
        layout.addWidget(foot)

    def _button(self, name: str, words: str, slot: Callable[[], object]) -> QPushButton:
        button = QPushButton(words, self)
        button.setObjectName(name)
        button.setFont(theme.font("medium"))
        button.setAccessibleName(words)
        button.setEnabled(False)
        button.clicked.connect(slot)
        return button

    # -- showing ------------------------------------------------------------------------------------------------------

    @property
    def choice(self) -> PaperChoice:
        return self._choices[max(self.bar.document.currentIndex(), 0)]

    def _offer(self, choices: Sequence[PaperChoice]) -> None:
        self._choices = list(choices)
        self.bar.offer(choices)
        self.bar.document.currentIndexChanged.connect(self._choose)
        self._choose()

    def _choose(self) -> None:
        """Another of the papers: with what is remembered for its kind on this PC."""
        self._memory = PrinterMemory(self._settings, self.choice.kind)
        self.bar.offer_sizes(self.choice.sizes, self._memory.size)
        self._render_chosen()

    def _render_chosen(self) -> None:
        if not self._choices:
            return
        jobs.run(
            self,
            _rendered,
            self.choice,
            self.bar.language.currentData(),
            done=self._show_rendered,
            failed=self._show_failure,
        )

    def _show_rendered(self, made: tuple[PaperChoice, Paper]) -> None:
        choice, paper = made
        if paper.language != self.bar.language.currentData() or choice is not self.choice:
            return  # chosen anew meanwhile; that one is on its way
        self._show_paper(paper)

    def _show_paper(self, paper: Paper) -> None:
        self.paper = paper
        self.setWindowTitle(paper.title)
        if trouble := own_templates.trouble_of(self.choice.kind):
            self.banner.show_message(trouble)
        self.missing.show_facts(self.choice.missing if paper.is_draft else ())
        self.view.show_pages(Pages(paper))
        self._area.fit_view()
        for button in (self.email_button, self.save_button, self.print_button):
            button.setEnabled(True)

    def _show_failure(self, error: Exception) -> None:
        self.banner.show_message(sentence_of(error), "red")

    def _zoom(self) -> None:
        self.view.zoom = self.bar.zoom.currentData()
        self._area.fit_view()

    def _show_page_number(self, page: int) -> None:
        self.bar.show_page(page, len(self.view.pages) if self.view.pages else 1)

    # -- doing --------------------------------------------------------------------------------------------------------

    def _with_number(self, go_on: Callable[[], None]) -> None:
        """Give a draft its number first, once; then ``go_on`` with the paper that has it."""
        assert self.paper is not None
        choice = self.choice
        if not self.paper.is_draft or choice.issue is None:
            go_on()
            return
        self.setEnabled(False)

        def done(paper: Paper) -> None:
            self.setEnabled(True)
            self._show_paper(paper)
            go_on()

        def failed(error: Exception) -> None:
            self.setEnabled(True)
            self._show_failure(error)

        jobs.run(self, choice.issue, self.bar.language.currentData(), done=done, failed=failed, writes=True)

    def choose_file(self) -> None:
        """Ask where the PDF goes."""
        if self.paper is None:
            return
        name = f"{self.paper.title.replace('_', '').strip()}.pdf"
        ask_to_save(self, _("Save as PDF"), name, (("PDF", "*.pdf"),), self.save, self._settings)

    def save(self, file: Path) -> None:
        """Write the PDF, off the GUI thread."""
        saved = _("Saved as {file}.").format(file=file)
        self._with_number(lambda: self._write(file, lambda: self.banner.show_message(saved, "second")))

    def _write(self, file: Path, written: Callable[[], None]) -> None:
        self._memory.size = self.bar.sheet
        jobs.run(
            self,
            self._to_pdf,
            self.paper,
            file,
            self.bar.sheet,
            done=lambda _nothing: written(),
            failed=self._show_failure,
            writes=True,
        )

    def send_by_mail(self) -> None:
        """The PC's mail program opens with the PDF; where it takes no file, the folder is told."""

        def write() -> None:
            assert self.paper is not None
            name = self.paper.title.replace("/", "-")
            file = Path(tempfile.mkdtemp(prefix="dealer-desktop-")) / f"{name}.pdf"
            self._write(file, lambda: self._mail(file, name))

        self._with_number(write)

    def _mail(self, file: Path, subject: str) -> None:
        if mail.send(file, subject):
            self.banner.show_message(_("The mail program opens with the document attached."), "second")
        else:
            words = _("This PC's mail program takes no file from others. Attach {file} to your letter.")
            self.banner.show_message(words.format(file=file))

    def choose_printer(self) -> None:
        """Ask which printer; without one, say so."""
        ask_printer(self, self._memory, self.banner, self.send_to, copies=self.bar.copies.value())

    def send_to(self, printer: QPrinter) -> None:
        """Print on ``printer`` and close. Where it does not take the paper, that stays here to be printed again."""
        self._with_number(lambda: self._send(printer))

    def _send(self, printer: QPrinter) -> None:
        assert self.paper is not None
        if is_away(printer):
            words = _("The printer {printer} is away or out of paper. The document is kept here: print it again.")
            self.banner.show_message(words.format(printer=printer.printerName()), "red")
            return
        try:
            self._print_on(self.paper, printer, self.bar.sheet)
        except OSError:
            self.banner.show_message(_("The printer did not take the document. Check it and print again."), "red")
            return
        self._memory.remember(printer, self.bar.sheet)
        self.accept()


def _rendered(choice: PaperChoice, language: str) -> tuple[PaperChoice, Paper]:
    return choice, choice.render(language)
