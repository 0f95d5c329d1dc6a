"""Programs are killed while they restore, upgrade, back up, make a server or move to it: nothing is lost, and the next
run heals. ``python -m tests.long.killed_upkeep 20`` kills each of the five so often.
"""

import contextlib
import multiprocessing
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from psycopg import sql

if TYPE_CHECKING:
    from dealer_desktop.server.embedded import BundledServer
    from tests.commands.test_moving import Pc

OLD = "0004"
"""The revision of the database that is upgraded, and of the backup that is restored."""
CARS = 2_000
FILL = """
INSERT INTO cars (vin, make, model, year, mileage, price, condition)
SELECT 'XTA217030C' || lpad(n::text, 7, '0'), 'LADA', 'Vesta', 2020, n, 1000000 + n, 'used'
  FROM generate_series(1, %s) n
"""
ORDERS = """
INSERT INTO orders (customer_name, customer_phone, car_id, payment_method)
SELECT 'Анна', '+7912' || lpad(id::text, 7, '0'), id, 'cash' FROM cars WHERE id <= 200
"""
PAID = """
INSERT INTO payments (order_id, amount, payment_type, method, status, paid_at)
SELECT id, 1000, 'deposit', 'cash', 'paid', now() FROM orders
"""
# What of each table comes with rows of its own making is left out: the history's times, numbers of transactions.
CONTENT = """
SELECT (SELECT md5(string_agg(concat_ws(',', id, vin, mileage, price, status), ';' ORDER BY id)) FROM cars),
       (SELECT md5(string_agg(concat_ws(',', id, customer_name, car_id, status, total_amount), ';' ORDER BY id))
          FROM orders),
       (SELECT md5(string_agg(concat_ws(',', id, order_id, amount, method, status), ';' ORDER BY id)) FROM payments),
       (SELECT count(*) FROM audit_log)
"""


class Killer:
    """Runs a function in a process that is killed at a random moment of what it takes, which is learnt."""

    def __init__(self, lasted: float, seed: int) -> None:
        self._forks, self._dice = multiprocessing.get_context("fork"), random.Random(seed)
        self._lasted = lasted
        self.in_time = self.late = 0

    def kill(self, work: Callable[..., object], *given: object) -> None:
        process = self._forks.Process(target=work, args=given)
        process.start()
        began = time.monotonic()
        process.join(self.moment())
        alive = process.is_alive()
        if alive:
            process.kill()
            process.join()
        self.came(alive=alive, after=time.monotonic() - began)

    def rounds(self, wanted: int) -> Iterator[int]:
        """Until so many were killed before they were over; twice as many are enough to tell."""
        for number in range(2 * wanted):
            if self.in_time >= wanted:
                return
            yield number

    def moment(self) -> float:
        return self._dice.uniform(0.02, 1.1) * self._lasted

    def came(self, *, alive: bool, after: float) -> None:
        """Learn from a kill that came in time, or from a run that was over."""
        if alive:
            self.in_time += 1
            self._lasted *= 1.03
        else:
            self.late += 1
            self._lasted = 0.5 * self._lasted + 0.5 * after


def timed(work: Callable[..., object], *given: object) -> float:
    """Do it undisturbed; how many seconds it takes."""
    began = time.monotonic()
    work(*given)
    return time.monotonic() - began


def quiet(url: str) -> None:
    """Wait until the killed program's sessions in this database are gone, with what they had begun."""
    from dealer_desktop.server.connect import connect

    busy = (
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() "
        "AND backend_type = 'client backend'"
    )
    with connect(url) as connection:
        while (connection.execute(busy).fetchone() or (0,))[0]:
            time.sleep(0.01)


def content(url: str) -> tuple[Any, ...]:
    from dealer_desktop.server.connect import connect

    with connect(url, statement_timeout=0) as connection:
        row = connection.execute(CONTENT).fetchone()
    assert row is not None
    return row


class Databases:
    """Databases of one bundled server, made and dropped."""

    def __init__(self, url: str) -> None:
        self._url = url

    def make(self, template: str = "template0") -> str:
        from dealer_desktop.server.connect import connect, in_database

        name = f"killed_{uuid4().hex[:8]}"
        with connect(self._url, statement_timeout=0) as connection:
            connection.execute(
                sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(template))
            )
        return in_database(self._url, name)

    def drop(self, url: str) -> None:
        from dealer_desktop.server.connect import connect, conninfo

        with connect(self._url) as connection:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(conninfo(url)["dbname"])))


def fill_old(url: str, cars: int = CARS) -> None:
    """A schema of before, with cars, orders and payments in it."""
    from dealer_desktop.server import upgrade
    from dealer_desktop.server.connect import connect

    upgrade.upgrade(url, revision=OLD)
    with connect(url, statement_timeout=0) as connection:
        connection.execute(FILL, [cars])
        connection.execute(ORDERS)
        connection.execute(PAID)


# -- what is killed ---------------------------------------------------------------------------------------------------


def upgrades(rounds: int, databases: Databases, old: str) -> str:
    """Each is at the old revision or at the new one, with the same rows; started again it is at the new one."""
    from dealer_desktop.server import upgrade
    from dealer_desktop.server.connect import conninfo

    template = conninfo(old)["dbname"]
    told = databases.make(template)
    killer, done = Killer(timed(upgrade.upgrade, told), 1), 0
    new, before = content(told), content(old)
    for _round in killer.rounds(rounds):
        url = databases.make(template)
        killer.kill(upgrade.upgrade, url)
        quiet(url)
        revision = upgrade.revision(url)
        assert revision in (OLD, upgrade.head()), revision
        done += revision != OLD
        assert content(url) == (before if revision == OLD else new)
        upgrade.upgrade(url)
        assert upgrade.status(url) is upgrade.SchemaStatus.CURRENT
        assert content(url) == new
        databases.drop(url)
    databases.drop(told)
    return f"{killer.in_time} upgrades killed, {done} were done all the same, the others not at all; then all were"


def restores(rounds: int, databases: Databases, old: str, file: Path) -> str:
    """Each holds nothing, or everything; done again, it holds everything."""
    from dealer_desktop.server import backup, upgrade
    from dealer_desktop.server.connect import connect

    told = databases.make()
    killer, full = Killer(timed(backup.restore, told, file), 2), 0
    whole, before = content(told), content(old)
    for _round in killer.rounds(rounds):
        url = databases.make()
        killer.kill(backup.restore, url, file)
        quiet(url)
        with connect(url) as connection:
            has = connection.execute("SELECT to_regclass('cars') IS NOT NULL").fetchone()
            rows = connection.execute("SELECT count(*) FROM cars").fetchone() if has and has[0] else (0,)
        if rows == (0,):
            backup.restore(url, file)
        else:
            full += 1
            assert content(url) in (before, whole)
            with contextlib.suppress(backup.DatabaseNotEmpty):
                backup.restore(url, file)
                raise AssertionError("a filled database was restored into")
            upgrade.upgrade(url)  # as the next start does
        assert content(url) == whole
        databases.drop(url)
    databases.drop(told)
    return f"{killer.in_time} restores killed, {full} had all rows, the others none; then all had"


def nightly(rounds: int, server: "BundledServer") -> str:
    """What was kept stays and comes back, the database is as it was; the next one is kept, and nothing lies about."""
    from dealer_desktop.server import archives, kept_backups
    from dealer_desktop.server.connect import connect

    before, folder = content(server.url), server.data_folder
    killer = Killer(timed(kept_backups.keep, server), 3)
    for round_ in killer.rounds(rounds):
        was = set(kept_backups.kept(folder))
        killer.kill(_keep, str(folder))
        now = kept_backups.kept(folder)
        assert was <= set(now) or len(now) == kept_backups.KEPT
        for file in now:
            with archives.opened(file) as archive:
                assert archive.tables["cars"].rows == CARS
        assert content(server.url) == before
        if round_ % 5 == 4 or killer.in_time == rounds:
            time.sleep(1)  # its name is the second
            assert kept_backups.keep(server) is not None
            assert not list(kept_backups.folder_of(folder).glob("*.untried"))
            assert not list(kept_backups.folder_of(folder).glob(".*.unfinished"))
            with connect(server.url) as connection:
                trials = "SELECT count(*) FROM pg_database WHERE datname LIKE 'dealer_trial%'"
                assert connection.execute(trials).fetchone() == (0,)
    return f"{killer.in_time} nightly backups killed: none that was kept was lost, each next one was whole"


def _keep(folder: str) -> None:
    from dealer_desktop.server import embedded, kept_backups

    with embedded.ensure_running(Path(folder), keep_alive=False) as server:
        kept_backups.keep(server)


def inits_and_moves(rounds: int, tell: Callable[[str], None]) -> str:
    """Run again, ``db init`` lets the admin in and ``db move`` moves everything; until then the PC's own is whole."""
    from dealer_desktop.domain.enums import Role
    from dealer_desktop.server.sign_in import sign_in
    from dealer_desktop.server.throwaway import remove, throwaway_folder
    from tests.commands.test_moving import ROWS, Pc
    from tests.server.bare_servers import bare_server
    from tests.server.conftest import one, start

    init, move = Killer(6.0, 4), Killer(6.0, 5)
    with bare_server() as server:
        for round_ in move.rounds(rounds):
            home = throwaway_folder()
            home.chmod(0o755)
            pc = Pc(home, server, f"killed{uuid4().hex[:8]}")
            try:
                cars = pc.fill()
                _kill(pc, init, "the first admin's\n", *pc.init_arguments())
                pc.init()
                url = server.url(name=pc.name)
                assert sign_in(url, f"admin@{pc.name}.example", "the first admin's").role is Role.ADMIN
                _kill(pc, move, "", *pc.move_arguments())
                if pc.settings.exists():
                    code, _out, errors = pc.run(*pc.move_arguments())
                    assert (code, "works on a shared server already" in errors) == (1, True)
                else:
                    with start(pc.database) as bundled:
                        assert one(bundled.url, ROWS) == cars
                    code, _out, errors = pc.run(*pc.move_arguments())
                    assert code == 0, errors
                assert one(url, ROWS) == cars
                assert pc.settings.exists()
            finally:
                remove(home)
            tell(f"init and move: round {round_ + 1}, {move.in_time} of {rounds} moves killed")
    return (
        f"{init.in_time} db init killed, each time the next one let the admin in; {move.in_time} db move killed, each "
        "time the PC's own database was whole and the next one moved everything"
    )


def _kill(pc: "Pc", killer: Killer, given: str, *arguments: str) -> None:
    process = pc.begin(*arguments)
    began = time.monotonic()
    assert process.stdin is not None
    process.stdin.write(given)
    process.stdin.close()
    process.stdin = None
    with contextlib.suppress(Exception):
        process.wait(killer.moment())
    alive = process.poll() is None
    process.kill()
    process.communicate()
    killer.came(alive=alive, after=time.monotonic() - began)


def main(rounds: int = 20, *, tell: Callable[[str], None] = print, moves: bool = True) -> None:
    """Raises where something was lost, or the next run did not heal."""
    from dealer_desktop.server import backup, embedded
    from dealer_desktop.server.throwaway import remove

    folder = embedded.throwaway_folder()
    try:
        with (
            tempfile.TemporaryDirectory(prefix="dealer-killed-") as place,
            embedded.ensure_running(folder, settings={"fsync": "off"}, keep_alive=False) as server,
        ):
            databases, file = Databases(server.url), Path(place) / "old.dealer-backup"
            old = databases.make()
            fill_old(old)
            backup.backup(old, file)
            tell(upgrades(rounds, databases, old))
            tell(restores(rounds, databases, old, file))
            backup.restore(server.url, file)
            tell(nightly(rounds, server))
    finally:
        remove(folder)
    if moves:
        tell(inits_and_moves(rounds, tell))


if __name__ == "__main__":
    main(*(int(each) for each in sys.argv[1:2]))
