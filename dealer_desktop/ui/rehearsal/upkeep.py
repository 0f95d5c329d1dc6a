"""What an admin sees of backups, of this PC's check and of a newer package; nothing of it is stored or looked at."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

from PySide6.QtWidgets import QWidget

from dealer_desktop import __version__
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.core.newer_packages import EXECUTABLE, Package
from dealer_desktop.services.backups import KeptBackup
from dealer_desktop.services.checks import Check
from dealer_desktop.ui.window.backup_dialog import BackupDialog
from dealer_desktop.ui.window.doctor_dialog import DoctorDialog
from dealer_desktop.ui.window.main_window import MainWindow
from dealer_desktop.ui.window.newer_offer import NewerOffer

_NIGHT = time(3, 4)


def upkeep(window: MainWindow, settle: Callable[[], None]) -> Iterator[tuple[str, QWidget]]:
    """Each picture's name and what is on it, shown while it is taken."""
    assert window.context is not None
    tonight = datetime.combine(datetime.now(UTC).date(), _NIGHT, UTC)
    backups = BackupDialog(window.context, window, own=" ")
    backups.open()
    settle()
    kept = [KeptBackup(Path(), tonight - timedelta(days=day), 48_000_000 - 900_000 * day) for day in range(14)]
    backups.show_kept(kept, tonight + timedelta(hours=6))
    settle()
    yield "backups", backups
    backups.reject()
    doctor = DoctorDialog(window.context, window, look=lambda _connections: iter(_found()))
    doctor.open()
    settle()
    yield "doctor", doctor
    doctor.reject()
    settle()
    offer = NewerOffer(window, window.context)
    settle()
    offer.show_package(Package(f"{__version__}.1", Path("/srv/DealerDesktop") / EXECUTABLE))
    settle()
    yield "newer-package", window
    offer.banner.clear()
    settle()


def _found() -> Iterator[Check]:
    yield Check("Dealer Desktop", __version__)
    yield Check(_("System"), "Windows 11")
    yield Check(_("Fonts"), "Inter, PT Sans")
    yield Check(_("Printers"), _("{printer} (default)").format(printer="HP LaserJet M404"))
    yield Check(_("Photos"), r"\\server\photos")
    yield Check(_("Database"), "server:5432/dealer")
    yield Check("PostgreSQL", "18.1")
    yield Check(_("Login"), "ivanova@dealer.ru (admin)")
    yield Check(_("Russian search"), _("works"))
    yield Check(_("Encryption"), _("encrypted"))
    problem = _("This PC's clock and the server's differ by {seconds} s. Set this PC's clock by the network.")
    yield Check(_("Clocks"), _("{seconds} s apart").format(seconds=183), problem.format(seconds=183))
    yield Check(_("Rights"), _("as they should be"))
