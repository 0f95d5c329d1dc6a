"""Which printer: the system's own dialog, beginning with what was used last for such papers on this PC."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QDialog

from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.ui.printing.printer_memory import PrinterMemory
from dealer_desktop.ui.widgets.banner import Banner


def ask_printer(
    parent: QDialog, memory: PrinterMemory, banner: Banner, send: Callable[[QPrinter], object], *, copies: int = 1
) -> None:
    """``send`` gets the printer that is chosen; where this PC has none, ``banner`` says so."""
    if not QPrinterInfo.availablePrinterNames():
        banner.show_message(_("This PC has no printer. Save the document as a PDF instead."))
        return
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    memory.prepare(printer)
    printer.setCopyCount(copies)
    dialog = QPrintDialog(printer, parent)
    dialog.accepted.connect(lambda: send(printer))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    QDialog.open(dialog)  # its own open() wants a receiver
