"""Numbers of documents have no gap while 20 processes issue them and die, 100 times, in the middle of it."""

import random
import subprocess
import sys
import time

import psycopg

PROCESSES = 20
ISSUE = "INSERT INTO documents (kind, order_id, language, facts) VALUES (%s, %s, 'ru', '{}') RETURNING number"


def issue(url: str, order: int) -> None:
    """What each process does until it is killed."""
    # Nothing but the driver: a process that starts slowly would be killed before it begins.
    with psycopg.connect(url, autocommit=True) as connection:
        while True:
            kind = random.choice(("contract", "handover_act"))
            try:
                with connection.transaction():
                    connection.execute(ISSUE, [kind, order]).fetchone()
                    time.sleep(random.random() / 200)
                    if random.random() < 0.2:
                        raise psycopg.Rollback
            except (psycopg.OperationalError, psycopg.Rollback):  # killed in the middle, or while rolling back
                return


def main(kills: int = 100) -> None:
    """Raises where a number is missing or there twice."""
    from dealer_desktop.server import embedded, upgrade
    from dealer_desktop.server.connect import connect, conninfo
    from tests.models.conftest import Shop

    folder = embedded.throwaway_folder()
    with embedded.ensure_running(folder, keep_alive=False) as server:
        upgrade.upgrade(server.url)
        with connect(server.url) as connection:
            shop = Shop(connection)
            order = shop.order()
            where = psycopg.conninfo.make_conninfo(**conninfo(server.url))
            command = [sys.executable, "-m", "tests.long.document_numbers", where, str(order)]
            start = lambda: subprocess.Popen(command, stdout=subprocess.DEVNULL)  # noqa: E731
            clerks = [start() for _ in range(PROCESSES)]
            try:
                while shop.one("SELECT count(*) FROM documents") < 10 * PROCESSES:
                    time.sleep(0.1)
                for round_ in range(kills):
                    time.sleep(random.uniform(0.05, 0.3))
                    if round_ % 2:
                        # The process dies; the server notices when it reads or writes next.
                        chosen = random.randrange(PROCESSES)
                        clerks[chosen].kill()
                        clerks[chosen].wait()
                    else:
                        shop.run(
                            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                            " WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'"
                            " AND datname = current_database() ORDER BY random() LIMIT 1"
                        )
                    clerks = [clerk if clerk.poll() is None else start() for clerk in clerks]
            finally:
                for clerk in clerks:
                    clerk.kill()
                for clerk in clerks:
                    clerk.wait()
            while shop.one(
                "SELECT count(*) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
                " AND backend_type = 'client backend' AND datname = current_database()"
            ):
                time.sleep(0.05)
            found = shop.run(
                "SELECT d.kind, count(*) AS n, count(DISTINCT number) AS different, min(number) AS first,"
                " max(number) AS highest, max(c.last) AS last"
                " FROM documents d JOIN counters c ON c.kind = d.kind::text AND c.year = d.year GROUP BY d.kind"
            )
            assert len(found) == 2, found
            for row in found:
                assert row["first"] == 1, row
                assert row["n"] == row["different"] == row["highest"] == row["last"], row
            total = sum(row["n"] for row in found)
            assert total > kills, found
    print(f"{total} documents by {PROCESSES} processes through {kills} kills: no number missing or twice")


if __name__ == "__main__":
    if len(sys.argv) == 3:
        issue(sys.argv[1], int(sys.argv[2]))
    else:
        main(*map(int, sys.argv[1:]))
