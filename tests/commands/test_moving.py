"""``db move``: a PC's own database on a shared server, whole, or nothing changed."""

import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from dealer_desktop.core import paths
from dealer_desktop.domain.enums import Role
from dealer_desktop.server import upgrade
from dealer_desktop.server.connect import connect
from dealer_desktop.server.sign_in import sign_in
from dealer_desktop.services import open_connections, staff
from dealer_desktop.services.inputs.base import parse
from dealer_desktop.services.inputs.people import NewStaff
from tests.server.bare_servers import PASSWORD, BareServer, bare_server
from tests.server.conftest import one, start

OWNER_PASSWORD = "of the tables’ owner"
CARS = 300
# As root a PC's data is below /var/lib, whatever the home is; a test has its own.
_COMMAND = """
import sys
from pathlib import Path
from dealer_desktop.core import paths
paths.data_folder = lambda: Path(sys.argv[1])
from dealer_desktop import main
sys.exit(main.execute(["dealer-desktop", *sys.argv[2:]]))
"""
ROWS = """
SELECT count(*) || ' ' || md5(string_agg(concat_ws(',', id, vin, mileage, price, extract(epoch FROM created_at)), ';'
       ORDER BY id)) FROM cars
"""


@pytest.fixture(scope="module")
def server() -> Iterator[BareServer]:
    with bare_server() as one_server:
        yield one_server


class Pc:
    """A PC's home with its bundled database, and the commands there."""

    def __init__(self, home: Path, server: BareServer, name: str) -> None:
        self.home, self.server, self.name = home, server, name
        self.database = home / "data" / "dealer-desktop" / "database"
        self.photos = home / "data" / "dealer-desktop" / "photos"
        self.settings = home / "config" / "dealer-desktop" / "dealer.env"

    def environment(self, **more: str) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("DB_", "DEALER_", "PHOTOS"))}
        return kept | {
            "HOME": str(self.home),
            "XDG_CONFIG_HOME": str(self.home / "config"),
            "XDG_DATA_HOME": str(self.home / "data"),
            "UI__LANGUAGE": "en",
            "DB_INIT_PASSWORD": PASSWORD,
            "DB__OWNER": f"owner_of_{self.name}",
            "DB__OWNER_PASSWORD": OWNER_PASSWORD,
        } | more  # fmt: skip

    def begin(self, *arguments: str, **more: str) -> "subprocess.Popen[str]":
        return subprocess.Popen(
            [sys.executable, "-c", _COMMAND, str(self.database.parent), *arguments],
            cwd=paths.product_root(),
            env=self.environment(**more),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, *arguments: str, given: str = "", **more: str) -> tuple[int, str, str]:
        process = self.begin(*arguments, **more)
        out, errors = process.communicate(given, timeout=180)
        return process.returncode, out, errors

    def init_arguments(self) -> tuple[str, ...]:
        return (
            *("db", "init", "--host", "127.0.0.1", "--port", str(self.server.port), "--name", self.name),
            *("--admin-email", f"admin@{self.name}.example", "--admin-name", "Первый Админ", "--password-stdin"),
        )

    def init(self) -> None:
        code, _out, errors = self.run(*self.init_arguments(), given="the first admin's\n")
        assert code == 0, errors

    def move_arguments(self) -> tuple[str, ...]:
        return ("db", "move", "--to-host", "127.0.0.1", "--to-port", str(self.server.port), "--to-name", self.name)

    def fill(self) -> str:
        """Cars, a person who signs in, a photo's file; what the cars are."""
        with start(self.database) as bundled:
            upgrade.upgrade(bundled.url)
            with connect(bundled.url) as connection:
                connection.execute(
                    "INSERT INTO cars (vin, make, model, year, mileage, price, condition)"
                    " SELECT 'XTA217030C' || lpad(n::text, 7, '0'), 'LADA', 'Vesta', 2020, n, 1000000 + n, 'used'"
                    f" FROM generate_series(1, {CARS}) n"
                )
            connections = open_connections(bundled.url)
            new = parse(
                NewStaff,
                request_id=uuid4(),
                email=f"olga@{self.name}.example",
                full_name="Ольга",
                role=Role.SALESPERSON,
                new_password="Ольга знает",
            )
            staff.add(connections.session_maker, new)
            connections.close()
            cars = str(one(bundled.url, ROWS))
        (self.photos / "cars" / "1").mkdir(parents=True)
        (self.photos / "cars" / "1" / "a.jpg").write_bytes(b"a picture")
        return cars


@pytest.fixture
def pc(server: BareServer) -> Iterator[Pc]:
    from dealer_desktop.server.throwaway import remove, throwaway_folder

    home = throwaway_folder()
    home.chmod(0o755)
    yield Pc(home, server, f"move{uuid4().hex[:8]}")
    remove(home)


def test_everything_is_there_afterwards_and_this_pc_knows_it(pc: Pc, tmp_path: Path) -> None:
    cars = pc.fill()
    pc.init()
    share = tmp_path / "share"
    share.mkdir()
    pc.settings.parent.mkdir(parents=True)
    pc.settings.write_text("UI__THEME=dark\n")
    code, out, errors = pc.run(*pc.move_arguments(), PHOTOS__URL=str(share))
    assert code == 0, errors
    assert one(pc.server.url(name=pc.name), ROWS) == cars
    assert (share / "cars" / "1" / "a.jpg").read_bytes() == b"a picture"
    assert pc.settings.read_text().splitlines() == [
        "UI__THEME=dark",
        "DB__HOST=127.0.0.1",
        f"DB__PORT={pc.server.port}",
        f"DB__NAME={pc.name}",
    ]
    # The staff keep the passwords that they had; who made the server is not shut out.
    handed = dict(line.split("\t")[::2] for line in out.splitlines() if line.count("\t") == 2)
    assert set(handed) == {f"admin@{pc.name}.example"}
    url = pc.server.url(name=pc.name)
    assert sign_in(url, f"admin@{pc.name}.example", handed[f"admin@{pc.name}.example"]).role is Role.ADMIN
    olga = sign_in(url, f"olga@{pc.name}.example", "Ольга знает")
    assert (olga.role, olga.has_one_time) == (Role.SALESPERSON, False)
    # The next number is one that no car has.
    with connect(pc.server.url(name=pc.name)) as connection:
        row = connection.execute(
            "INSERT INTO cars (vin, make, model, year, mileage, price, condition)"
            " VALUES ('XTA217030D0000001', 'LADA', 'Vesta', 2020, 0, 1000000, 'used') RETURNING id"
        ).fetchone()
    assert row == (CARS + 1,)
    code, _out, errors = pc.run(*pc.move_arguments())
    assert code == 1
    assert "works on a shared server already" in errors


def test_a_server_that_is_in_use_is_left_alone(pc: Pc) -> None:
    cars = pc.fill()
    pc.init()
    with connect(pc.server.url(name=pc.name)) as connection:
        connection.execute(
            "INSERT INTO cars (vin, make, model, year, mileage, price, condition)"
            " VALUES ('XTA217030D0000001', 'LADA', 'Vesta', 2020, 0, 1000000, 'used')"
        )
    code, _out, errors = pc.run(*pc.move_arguments())
    assert code == 1
    assert "holds data" in errors
    assert not pc.settings.exists()
    with start(pc.database) as bundled:
        assert one(bundled.url, ROWS) == cars


def test_a_window_that_is_open_is_told_to_close_first(pc: Pc) -> None:
    """It would go on writing into the old database, where nobody looks any more."""
    with start(pc.database):
        code, _out, errors = pc.run(*pc.move_arguments())
    assert code == 1
    assert "Another window" in errors
    assert not pc.settings.exists()


def test_killed_anywhere_it_is_run_again(pc: Pc) -> None:
    cars = pc.fill()
    pc.init()
    for _round in range(3):
        process = pc.begin(*pc.move_arguments())
        time.sleep(random.uniform(0.5, 4.0))  # anywhere: what is killed is found out by the next run
        process.kill()
        process.communicate()
        if pc.settings.exists():
            break
        with start(pc.database) as bundled:
            assert one(bundled.url, ROWS) == cars
    if not pc.settings.exists():
        code, _out, errors = pc.run(*pc.move_arguments())
        assert code == 0, errors
    assert one(pc.server.url(name=pc.name), ROWS) == cars
