"""Closing numbers of cash drawers have no gap, and each counted what the rows say.

20 processes open, fill and close drawers, roll back and die, 100 times, in the middle of it.
"""

import random
import subprocess
import sys
import time

import psycopg

PROCESSES = 20
PAY = (
    "INSERT INTO payments (order_id, amount, status, payment_type, method, paid_at, drawer_id)"
    " VALUES (%s, 0.01, 'paid', 'installment', 'cash', now(), %s)"
)
WRONG = """
    SELECT count(*) FROM drawers d
    WHERE z_number IS NOT NULL AND expected_amount <> opening_amount
        + (SELECT coalesce(sum(amount), 0) FROM payments WHERE drawer_id = d.id)
        + (SELECT coalesce(sum(amount), 0) FROM drawer_moves WHERE drawer_id = d.id)
"""


def work(url: str, order: int) -> None:
    """What each process does until it is killed. Cash goes to any drawer that is open, also to one that just closes."""
    with psycopg.connect(url, autocommit=True) as connection:
        while True:
            try:
                with connection.transaction():
                    act(connection, order)
                    time.sleep(random.random() / 200)
                    if random.random() < 0.2:
                        raise psycopg.Rollback
            except (psycopg.errors.CheckViolation, psycopg.errors.UniqueViolation, psycopg.errors.DeadlockDetected):
                continue
            except psycopg.OperationalError:
                return


def act(connection: psycopg.Connection[tuple[int, ...]], order: int) -> None:
    found = connection.execute("SELECT id FROM drawers WHERE closed_at IS NULL ORDER BY random() LIMIT 1").fetchone()
    if found is None or random.random() < 0.2:
        name = str(random.randrange(6))
        connection.execute("INSERT INTO drawers (name, opening_amount) VALUES (%s, %s)", [name, random.randrange(99)])
    elif random.random() < 0.3:
        connection.execute("UPDATE drawers SET counted_amount = 5 WHERE id = %s", found)
    elif random.random() < 0.3:
        connection.execute("INSERT INTO drawer_moves (drawer_id, amount, reason) VALUES (%s, 1, 'change')", found)
    else:
        connection.execute(PAY, [order, found[0]])


def main(kills: int = 100) -> None:
    """Raises where a number is missing or there twice, or where a closing counted wrongly."""
    from dealer_desktop.server import embedded, upgrade
    from dealer_desktop.server.connect import connect, conninfo
    from tests.models.conftest import Shop

    folder = embedded.throwaway_folder()
    with embedded.ensure_running(folder, keep_alive=False) as server:
        upgrade.upgrade(server.url)
        with connect(server.url) as connection:
            shop = Shop(connection)
            shop.set("dealer", 1, uses_drawers=True)
            orders = [shop.order() for _ in range(4)]
            where = psycopg.conninfo.make_conninfo(**conninfo(server.url))
            command = [sys.executable, "-m", "tests.long.drawer_numbers", where]
            start = lambda: subprocess.Popen([*command, str(random.choice(orders))], stdout=subprocess.DEVNULL)  # noqa: E731
            people = [start() for _ in range(PROCESSES)]
            try:
                while shop.one("SELECT count(z_number) FROM drawers") < PROCESSES:
                    time.sleep(0.1)
                for round_ in range(kills):
                    time.sleep(random.uniform(0.05, 0.3))
                    if round_ % 2:
                        # The process dies; the server notices when it reads or writes next.
                        chosen = random.randrange(PROCESSES)
                        people[chosen].kill()
                        people[chosen].wait()
                    else:
                        shop.run(
                            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                            " WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'"
                            " AND datname = current_database() ORDER BY random() LIMIT 1"
                        )
                    for number, each in enumerate(people):
                        if each.poll() is not None:
                            people[number] = start()
            finally:
                for each in people:
                    each.kill()
                    each.wait()
            while shop.one("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()") > 1:
                time.sleep(0.1)
            count, last, given = next(
                iter(
                    connection.execute(
                        "SELECT count(z_number), max(z_number), (SELECT last FROM counters WHERE kind = 'drawer')"
                        " FROM drawers"
                    )
                )
            )
            assert count == last == given, (count, last, given)
            assert shop.one(WRONG) == 0
            cash = shop.one("SELECT count(drawer_id) FROM payments")
            print(f"{count} drawers were closed and {cash} payments taken by {PROCESSES} processes, {kills} killed")


if __name__ == "__main__":
    if len(sys.argv) > 2:
        work(sys.argv[1], int(sys.argv[2]))
    else:
        main(*map(int, sys.argv[1:]))
