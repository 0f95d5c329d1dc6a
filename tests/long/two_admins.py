"""Two admins take each other's rights away at the same moment, by the program's services: one stays, every time."""

import sys
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import uuid4


def main(rounds: int = 100) -> None:
    """Raises where both went, both stayed, or whoever went still signs in."""
    from dealer_desktop.core.errors import DealerError
    from dealer_desktop.domain.enums import Role
    from dealer_desktop.server import embedded, sign_in, upgrade
    from dealer_desktop.server.connect import connect
    from dealer_desktop.server.throwaway import remove
    from dealer_desktop.services import Connections, open_connections, rights, staff
    from dealer_desktop.services.inputs.base import parse
    from dealer_desktop.services.inputs.people import EditStaff, StaffStep
    from tests.models.conftest import PASSWORD, Logins

    folder = embedded.throwaway_folder()
    try:
        with embedded.ensure_running(folder, settings={"fsync": "off"}, keep_alive=False) as server:
            upgrade.upgrade(server.url)
            rights.give(server.url)
            people = Logins(server.url)
            pair = [people.person("admin"), people.person("admin")]
            refusals: dict[str, int] = {}
            for round_ in range(rounds):
                opened = [open_connections(sign_in.with_login(server.url, each.login, PASSWORD)) for each in pair]
                start = Barrier(2)

                def remove_other(mine: Connections, whom: int, demotes: bool, start: Barrier = start) -> str:
                    person = next(each for each in staff.everybody(mine.reader) if each.id == whom)
                    fields = {name: getattr(person, name) for name in ("email", "full_name", "phone", "role")}
                    change = parse(
                        EditStaff, request_id=uuid4(), user_id=whom, version=person.version, opened=fields,
                        **{**fields, "role": Role.MANAGER},
                    )  # fmt: skip
                    start.wait()
                    try:
                        if demotes:
                            staff.edit(mine.session_maker, change)
                        else:
                            staff.deactivate(mine.session_maker, StaffStep(request_id=uuid4(), user_id=whom))
                    except DealerError as error:
                        return type(error).__name__
                    return "done"

                with ThreadPoolExecutor(2) as pool:
                    # Both deactivate, both demote, or one does this and one that.
                    ways = (round_ % 3 == 1, round_ % 3 != 0)
                    ends = list(pool.map(remove_other, opened, (pair[1].id, pair[0].id), ways))
                for window in opened:
                    window.close()
                for end in ends:
                    refusals[end] = refusals.get(end, 0) + 1
                admins = people.owner.one("SELECT count(*) FROM users WHERE role = 'admin' AND is_active")
                assert (admins, ends.count("done")) == (1, 1), f"round {round_}: {admins} admins, {ends}"
                for each in pair:
                    people.owner.run("SELECT staff_on(%(who)s)", who=each.login)
                    people.owner.run("SELECT staff_role(%(who)s, 'admin')", who=each.login)
                with connect(sign_in.with_login(server.url, pair[round_ % 2].login, PASSWORD)) as connection:
                    assert connection.execute("SELECT dealer_role()::text").fetchone() == ("admin",)
            people.owner.connection.close()
            for each in pair:
                each.connection.close()
    finally:
        remove(folder)
    print(f"{rounds} times two admins removed each other, and one stayed: {refusals}")


if __name__ == "__main__":
    main(*(int(given) for given in sys.argv[1:]))
