"""Programs are killed while they take a car in payment: each trade-in is whole or absent, and sent again it is one."""

import multiprocessing
import random
import sys
import time
from uuid import UUID, uuid4

WHOLE = """
SELECT o.id,
       (SELECT count(*) FROM payments p WHERE p.order_id = o.id AND p.method = 'trade_in' AND p.status = 'paid'),
       (SELECT count(*) FROM trade_ins t WHERE t.order_id = o.id),
       (SELECT count(*) FROM trade_ins t JOIN car_costs c ON c.car_id = t.car_id AND c.stay = t.stay
         WHERE t.order_id = o.id AND c.kind = 'purchase' AND c.amount = 600000),
       (SELECT count(*) FROM cars c WHERE c.vin = 'T-' || lpad(o.id::text, 9, '0') AND c.status = 'available'),
       o.paid_total
  FROM orders o WHERE o.id = ANY (%s)
"""


def take(url: str, order_id: int, request_id: str) -> None:
    """What the killed process was about: one trade-in, half of them of a car that was sold here."""
    from dealer_desktop.services import open_connections, trade_ins
    from dealer_desktop.services.inputs.base import parse
    from dealer_desktop.services.inputs.trade_ins import TradeInInput

    opened = open_connections(url)
    try:
        given = parse(
            TradeInInput,
            request_id=UUID(request_id),
            order_id=order_id,
            vin=f"T-{order_id:09d}",
            make="Kia",
            model="K5",
            year=2018,
            mileage=85_000,
            price="700 000",
            allowed="600 000",
            payoff="150 000",
        )
        trade_ins.take(opened.session_maker, given)
    finally:
        opened.close()


def main(rounds: int = 500) -> None:
    """Raises where a part of a trade-in was left, or it was there twice."""
    from dealer_desktop.server import embedded, upgrade
    from dealer_desktop.server.connect import connect
    from dealer_desktop.server.throwaway import remove
    from dealer_desktop.services import open_connections, trade_ins  # noqa: F401 - a forked process has it then
    from tests.models.conftest import Shop

    folder, forks, dice = embedded.throwaway_folder(), multiprocessing.get_context("fork"), random.Random(17)
    absent, whole = 0, 0
    lasted = 0.2
    """Seconds that a trade-in takes, process and all; learnt, so that kills fall all over it."""
    try:
        with embedded.ensure_running(folder, keep_alive=False) as server:
            upgrade.upgrade(server.url)
            with connect(server.url) as connection:
                shop = Shop(connection)
                for round_ in range(rounds):
                    order = shop.order(car_id=shop.car(price=1_000_000))
                    if round_ % 2:
                        sold = shop.car(vin=f"T-{order:09d}", price=900)
                        shop.completed_order(car_id=sold)
                    request = str(uuid4())
                    process = forks.Process(target=take, args=(server.url, order, request))
                    process.start()
                    began = time.monotonic()
                    process.join(None if round_ < 5 else dice.uniform(0.1, 1.1) * lasted)
                    if process.is_alive():
                        process.kill()
                        process.join()
                        lasted *= 1.03
                    else:
                        lasted = 0.8 * lasted + 0.2 * (time.monotonic() - began)
                    _wait_for_the_server(shop)
                    found = connection.execute(WHOLE, [[order]]).fetchone()
                    assert found is not None
                    if found[1:4] == (0, 0, 0) and found[5] == 0 and found[4] == 0:
                        absent += 1
                    else:
                        assert found[1:] == (1, 1, 1, 1, 450_000), f"round {round_}: {found}"
                        whole += 1
                    if round_ % 5 == 0:
                        take(server.url, order, request)  # the person presses Save again
                        again = connection.execute(WHOLE, [[order]]).fetchone()
                        assert again is not None
                        assert again[1:] == (1, 1, 1, 1, 450_000), f"round {round_}, again: {again}"
    finally:
        remove(folder)
    assert absent and whole, "every kill came too late, or too early"
    print(
        f"{rounds} kills around a trade-in: {whole} were whole, {absent} absent, none in parts; sent again each was one"
    )


def _wait_for_the_server(shop: "object") -> None:
    """Until the killed program's session is gone, with what it had begun."""
    while shop.one(  # type: ignore[attr-defined]
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() "
        "AND backend_type = 'client backend'"
    ):
        time.sleep(0.005)


if __name__ == "__main__":
    main(*(int(each) for each in sys.argv[1:2]))
