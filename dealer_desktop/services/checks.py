"""What ``doctor`` looks at, one finding a line, the cheap ones first; for the command, the window and the support."""

import os
import platform
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

from dealer_desktop import __version__
from dealer_desktop.core import formats, i18n, logging, paths, qt_libraries, settings_files
from dealer_desktop.core.errors import DealerError
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.core.settings import APP_CONFIG
from dealer_desktop.services import document_codes, pc_checks
from dealer_desktop.services.pc_checks import Check

if TYPE_CHECKING:
    from dealer_desktop.server.probing import Probe
    from dealer_desktop.services.rights import ChangedRights
    from dealer_desktop.services.transactions.connections import Connections

__all__ = ["Check", "Reach", "of_window", "run"]

Reach = Callable[[], AbstractContextManager[str]]
"""Makes the database run for a while; its URL."""


def of_window(connections: "Connections") -> Iterator[Check]:
    """Of the database that a window has open."""
    from dealer_desktop.server.connect import is_of_settings

    url = connections.url
    return run(lambda: nullcontext(url), shared=is_of_settings(url), folder=paths.data_folder())


def run(reach: Reach, *, shared: bool, folder: Path) -> Iterator[Check]:
    """``shared``: the database is the server's that the settings name; ``folder`` is where a bundled one is."""
    yield Check("Dealer Desktop", __version__)
    if (newer := pc_checks.of_newer()) is not None:
        yield newer
    yield Check(_("System"), f"{platform.platform()}, Python {platform.python_version()}")
    yield _qt()
    yield _languages()
    yield pc_checks.of_locale()
    yield pc_checks.of_fonts()
    yield pc_checks.of_printers()
    yield from _settings()
    yield _writable(_("Log"), logging.log_file(APP_CONFIG.log.dir).parent)
    yield _writable(_("Data"), folder)
    yield pc_checks.of_space(folder)
    yield _photos(shared=shared)
    yield from _database(reach, shared=shared)
    if not shared and folder == paths.data_folder():
        yield _backups()


def _photos(*, shared: bool) -> Check:
    from dealer_desktop.services import photo_files

    name = _("Photos")
    if not APP_CONFIG.photos.url:
        problem = _(
            "The database is shared, but new photos are kept on this PC, where nobody else sees them. Set PHOTOS__URL."
        )
        here = _("on this PC, {place}").format(place=photo_files.folder())
        return Check(name, here, problem if shared else None)
    try:
        return Check(name, photo_files.try_out())
    except DealerError as fault:
        return Check(name, _("cannot be written"), str(fault))


def _qt() -> Check:
    # Set back: the database's checks must not learn from this one where windows are drawn.
    before = os.environ.get("QT_QPA_PLATFORM")
    try:
        qt_libraries.require(display=qt_libraries.has_display())
    except DealerError as missing:
        return Check("Qt", _("cannot start"), str(missing))
    finally:
        if before is None:
            os.environ.pop("QT_QPA_PLATFORM", None)
    version = metadata.version("PySide6-Essentials") if not getattr(sys, "frozen", False) else ""
    display = _("with a display") if qt_libraries.has_display() else _("no display here")
    return Check("Qt", ", ".join(filter(None, (version, display))))


def _languages() -> Check:
    name = _("Language")
    missing = [
        language
        for language in i18n.LANGUAGES
        if language != "en" and not any((paths.resources() / "locale" / language).glob("*.po"))
    ]
    if missing or not paths.alembic_ini().is_file():
        problem = _("Parts of the program are missing in {folder}. Install it again.")
        return Check(name, i18n.language(), problem.format(folder=paths.product_root()))
    return Check(name, i18n.language())


def _settings() -> Iterator[Check]:
    yield Check(_("Settings folders"), ", ".join(map(str, settings_files.folders())))
    yield Check(_("Settings files"), ", ".join(map(str, settings_files.files())) or _("none"))
    for file, why in settings_files.left_out().items():
        problem = _("The settings file {file} is not read: {reason}. Make it your own, or delete it.")
        yield Check(_("Settings files"), _("left out"), problem.format(file=file, reason=why))
    secret = APP_CONFIG.secret_key.get_secret_value()
    if secret and not document_codes.is_fit(secret, APP_CONFIG.algorithm):
        needed = document_codes.ALGORITHMS[APP_CONFIG.algorithm]
        problem = _(
            "SECRET_KEY is too weak for {algorithm}, so the database’s own key signs documents. Set {bytes} random"
            " bytes or more, or leave it empty."
        )
        yield Check(_("Secret key"), _("not used"), problem.format(algorithm=APP_CONFIG.algorithm, bytes=needed))


def _writable(name: str, folder: Path) -> Check:
    existing = next((parent for parent in (folder, *folder.parents) if parent.is_dir()), folder)
    try:
        with tempfile.TemporaryFile(dir=existing):
            return Check(name, str(folder))
    except OSError as error:
        problem = _("The folder {folder} cannot be written ({reason}). Give yourself the right to write there.")
        return Check(name, str(folder), problem.format(folder=folder, reason=error.strerror or str(error)))


def _database(reach: Reach, *, shared: bool) -> Iterator[Check]:
    name = _("Database")
    config = APP_CONFIG.db
    place = f"{config.host}:{config.port}/{config.name}" if shared else _("bundled with this program")
    from dealer_desktop.server import probing
    from dealer_desktop.server.upgrade import SchemaStatus
    from dealer_desktop.services import rights

    changed = None
    try:
        with reach() as url:
            probe = probing.look(url, person=shared and not config.user, shared=shared)
            found = probe.health
            if found is not None and found.schema is SchemaStatus.CURRENT:
                changed = rights.changed_by_hand(_as_owner(url) if shared else url)
    except DealerError as fault:
        # What keeps everybody out tells more than that nobody signed in.
        probe = probing.look(config.sqlalchemy_db_uri) if shared else probing.Probe(())
        if not any(each.problem for each in probe.findings):
            yield Check(name, place, str(fault))
            return
        found = None
    yield Check(name, place)
    if found is None:
        yield from (Check(each.name, each.words, each.problem) for each in probe.findings)
        return
    yield from _findings(probe, shared=shared)
    if changed is not None:
        yield _rights(changed)
    elif found.schema is SchemaStatus.CURRENT and found.keeps_roles:
        yield Check(_("Rights"), _("only the tables’ owner can compare them (DB__OWNER, DB__OWNER_PASSWORD)"))


def _as_owner(url: str) -> str:
    """As the tables' owner where the settings say how: others cannot tell what rights there should be."""
    from dealer_desktop.server.sign_in import with_login

    owner, password = APP_CONFIG.db.owner, APP_CONFIG.db.owner_password.get_secret_value()
    return with_login(url, owner, password) if owner and password else url


def _rights(changed: "ChangedRights") -> Check:
    if not changed:
        return Check(_("Rights"), _("as they should be"))
    problem = _("Rights were changed by hand: {changes}. Run “dealer-desktop db upgrade”, which puts them right.")
    return Check(_("Rights"), _("changed by hand"), problem.format(changes=changed.in_words()))


def _backups() -> Check:
    """Of the bundled database, which keeps its own."""
    from dealer_desktop.server import embedded, kept_backups

    folder = embedded.default_folder()
    kept = kept_backups.kept(folder)
    old = kept_backups.age(folder)
    words = f"{len(kept)} ({kept_backups.folder_of(folder)})"
    if old is not None:
        newest = formats.moment(kept_backups.made_at(kept[0]))
        words = f"{len(kept)}, {newest}, {kept_backups.age_words(old)} ({kept_backups.folder_of(folder)})"
    return Check(_("Backups"), words, kept_backups.warning(folder) or None)


def _findings(probe: "Probe", *, shared: bool) -> Iterator[Check]:
    from dealer_desktop.server.upgrade import SchemaStatus

    found = probe.health
    assert found is not None
    if found.schema is not SchemaStatus.EMPTY:
        yield from _ignored()
    for finding in probe.findings:
        problem = finding.problem
        if finding.problem and not shared and found.schema in (SchemaStatus.EMPTY, SchemaStatus.BEHIND):
            # The bundled database is brought up to date by whatever opens it next.
            problem = None if finding.words == (found.revision or _("none yet")) else problem
        yield Check(finding.name, finding.words, problem)


def _ignored() -> Iterator[Check]:
    """Settings that only fill a new database, and of which somebody may expect more."""
    given = sorted(f"DEALER__{name.upper()}" for name in APP_CONFIG.dealer.model_fields_set)
    if given:
        words = _("{names}: no longer read, the dealership's details are in the database")
        yield Check(_("Dealership"), words.format(names=", ".join(given)))
