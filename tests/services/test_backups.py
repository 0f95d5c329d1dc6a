"""Backups with photos and passwords, restored on a server where nobody is known, and beside a database in use."""

import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from dealer_desktop import main
from dealer_desktop.core.errors import UnreadableFile
from dealer_desktop.core.person_errors import DatabaseMissing
from dealer_desktop.core.settings import reload
from dealer_desktop.domain.enums import Role
from dealer_desktop.server import backup, beside, embedded, in_use, role_passwords, upgrade
from dealer_desktop.server.connect import connect, conninfo, in_database
from dealer_desktop.server.sign_in import sign_in
from dealer_desktop.server.throwaway import remove
from dealer_desktop.services import backups, open_connections, photo_files, staff
from dealer_desktop.services.inputs.base import parse
from dealer_desktop.services.inputs.people import NewStaff

FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
OWN_PASSWORD = "Ольга знает"
PHOTO = photo_files.new_url(1, uuid4())
CAR = (
    "INSERT INTO cars (vin, make, model, year, mileage, price, condition)"
    " VALUES ('XTA217030C0000001', 'LADA', 'Vesta', 2020, 0, 1000000, 'used')"
)


@pytest.fixture
def own_server(tmp_path: Path) -> Iterator[Callable[[], embedded.BundledServer]]:
    """PCs with bundled servers of their own."""
    folders = []

    def one() -> embedded.BundledServer:
        folders.append(embedded.throwaway_folder())
        return embedded.ensure_running(folders[-1], settings=FAST, keep_alive=False)

    photo_files.keep_in(tmp_path / "photos")
    yield one
    photo_files.keep_in(None)
    for folder in folders:
        remove(folder)


def count(url: str, what: str) -> int:
    with connect(url) as connection:
        row = connection.execute(f"SELECT count(*) FROM {what}".encode()).fetchone()
    assert row is not None
    return int(row[0])


def test_photos_and_passwords_come_back_on_a_new_pc_and_beside_what_is_there(
    own_server: Callable[[], embedded.BundledServer], tmp_path: Path
) -> None:
    old = own_server()
    upgrade.upgrade(old.url)
    with connect(old.url) as connection:
        connection.execute(CAR)
        connection.execute("INSERT INTO car_photos (car_id, url, is_main) VALUES (1, %s, true)", [PHOTO])
        lost = photo_files.new_url(1, uuid4())
        connection.execute("INSERT INTO car_photos (car_id, url, is_main) VALUES (1, %s, false)", [lost])
    opened = open_connections(old.url)
    email = "olga@backups.example"
    given = parse(
        NewStaff, request_id=uuid4(), email=email, full_name="Ольга", role=Role.ADMIN, new_password=OWN_PASSWORD
    )
    staff.add(opened.session_maker, given)
    photo_files.write(PHOTO, b"a picture")
    file, told = tmp_path / "all.dealer-backup", list[str]()
    backups.save(
        opened, file, data_folder=str(old.data_folder), with_photos=True, with_passwords=True, tell=told.append
    )
    opened.close()
    assert "1 photo’s file is lost." in told
    plain = tmp_path / "plain.dealer-backup"
    backup.backup(old.url, plain)
    with zipfile.ZipFile(plain) as archive:
        assert b"SCRAM" not in archive.read("manifest.json")
        assert not any(name.startswith("photos/") for name in archive.namelist())

    # On another PC, where nobody is known: the same passwords, the same photos.
    photo_files.remove(PHOTO)
    new = own_server()
    done = backups.restore_beside(new.url, file, "второй")
    assert done.passwords == ()
    theirs = in_database(new.url, "второй")
    assert sign_in(theirs, email, OWN_PASSWORD).role is Role.ADMIN
    assert photo_files.read(PHOTO) == b"a picture"
    assert (count(theirs, "cars"), upgrade.revision(new.url)) == (1, None)

    # What was restored beside is worked with from the next start on.
    with pytest.raises(beside.NoSuchDatabase, match="dealer, второй"):
        backups.use(str(new.data_folder), "third")
    backups.use(str(new.data_folder), "второй")
    assert conninfo(new.url)["dbname"] == "dealer"
    folder = new.data_folder
    new.release()
    with embedded.ensure_running(folder, settings=FAST, keep_alive=False) as again:
        assert conninfo(again.url)["dbname"] == "второй"
        assert in_use.read(folder) == "второй"
        # The first one is there as it was, and a filled one is never restored into.
        assert upgrade.revision(in_database(again.url, "dealer")) is None
        with pytest.raises(backup.DatabaseNotEmpty, match="--into NAME"):
            backups.restore_beside(again.url, file, "второй")
        with connect(in_database(again.url, "postgres")) as connection:
            connection.execute('DROP DATABASE "второй" WITH (FORCE)')
        with pytest.raises(DatabaseMissing, match="db use"):
            upgrade.status(again.url)
        assert beside.names(again.url) == ["dealer"]
    old.release()


def test_a_data_folder_of_before_learns_to_save_passwords(
    own_server: Callable[[], embedded.BundledServer],
) -> None:
    server = own_server()
    folder = server.data_folder
    (folder / "passwords-may-be-saved").unlink()
    with connect(in_database(server.url, "postgres")) as connection:
        connection.execute("SELECT FROM pg_authid")
    server.release()
    with embedded.ensure_running(folder, settings=FAST, keep_alive=False) as again:
        assert (folder / "passwords-may-be-saved").exists()
        assert "dealer" in role_passwords.read(again.url)


def test_a_photo_that_is_not_ours_is_in_no_backup(own_server: Callable[[], object], tmp_path: Path) -> None:
    file = tmp_path / "made"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("manifest.json", '{"format": 1, "revision": "0004", "tables": {}, "logins": [], "photos": 1}')
        archive.writestr("photos/../../evil.jpg", b"x")
    with pytest.raises(UnreadableFile, match="photos are not those"):
        backups.restore_beside("postgresql+psycopg://nobody@127.0.0.1:1/none", file, "x")


def test_by_command_beside_a_filled_database(
    database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from tests.test_main import use_as_shared_server

    use_as_shared_server(database_url, monkeypatch)
    file, name = tmp_path / "f.dealer-backup", f"beside_{uuid4().hex[:8]}"
    with connect(database_url) as connection:
        connection.execute(CAR)

    def run(*arguments: str) -> tuple[int, str]:
        reload()
        code = main.execute(["dealer-desktop", *arguments])
        captured = capsys.readouterr()
        return code, captured.out + captured.err

    assert run("backup", str(file))[0] == 0
    code, said = run("restore", str(file))
    assert (code, "restore FILE --into NAME" in said) == (1, True)
    code, said = run("restore", str(file), "--into", name)
    assert (code, f"restored into the database {name}" in said, f"DB__NAME={name}" in said) == (0, True, True), said
    assert count(in_database(database_url, name), "cars") == 1
    code, said = run("restore", str(file), "--into", "a b")
    assert (code, "cannot be a database’s name" in said) == (1, True)
    code, said = run("db", "use", name)
    assert (code, "set DB__NAME" in said) == (1, True)
    with connect(in_database(database_url, "postgres")) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())
