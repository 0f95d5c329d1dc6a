"""Printer, paper and tray, remembered on this PC for each kind of document."""

from PySide6.QtCore import QSettings
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from dealer_desktop.ui.printing.pages import Size


class PrinterMemory:
    """``kind``: of the paper, as ``contract``."""

    def __init__(self, settings: QSettings, kind: str) -> None:
        self._settings, self._place = settings, f"print/{kind}"

    @property
    def size(self) -> Size:
        return Size(self._read("size")) if self._read("size") in list(Size) else Size.A4

    @size.setter
    def size(self, size: Size) -> None:
        self._settings.setValue(f"{self._place}/size", size.value)

    def prepare(self, printer: QPrinter) -> None:
        """Choose what was used last, where it is still there."""
        name, tray = self._read("printer"), self._read("tray")
        if name in QPrinterInfo.availablePrinterNames():
            printer.setPrinterName(name)
        if tray.isdecimal():
            printer.setPaperSource(QPrinter.PaperSource(int(tray)))

    def remember(self, printer: QPrinter, size: Size) -> None:
        self._settings.setValue(f"{self._place}/printer", printer.printerName())
        self._settings.setValue(f"{self._place}/tray", str(printer.paperSource().value))
        self.size = size

    def _read(self, name: str) -> str:
        return str(self._settings.value(f"{self._place}/{name}", ""))


def is_away(printer: QPrinter) -> bool:
    """Whether the system says that it prints nothing now; what writes a PDF is always there."""
    is_real = printer.outputFormat() is QPrinter.OutputFormat.NativeFormat
    return is_real and QPrinterInfo(printer).state() is QPrinter.PrinterState.Error
