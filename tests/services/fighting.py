"""A process that fights others for cars, or to pay one order; started by ``test_processes.py``.

``python -m tests.services.fighting URL cars|order ID...``: says that it is ready, waits for a line, then says how each
attempt ended: ``made``, or the name of the refusal.
"""

import random
import sys
from decimal import Decimal
from uuid import uuid4

from dealer_desktop.core.errors import DealerError
from dealer_desktop.services import SessionMaker, open_connections, orders, payments
from dealer_desktop.services.inputs.base import parse
from dealer_desktop.services.inputs.orders import NewOrder
from dealer_desktop.services.inputs.payments import PaymentInput

PAYMENTS = 5
"""How often each process pays the order."""


def sell(session_maker: SessionMaker, car_id: int) -> None:
    typed = {"customer_name": "Иван Петров", "customer_phone": "+79123456789"}
    orders.make(session_maker, parse(NewOrder, request_id=uuid4(), car_id=car_id, **typed))


def pay(session_maker: SessionMaker, order_id: int) -> None:
    payments.take(session_maker, parse(PaymentInput, request_id=uuid4(), order_id=order_id, amount=Decimal("30000")))


def main(url: str, what: str, ids: list[int]) -> None:
    session_maker = open_connections(url).session_maker
    print("ready", flush=True)
    sys.stdin.readline()
    random.shuffle(ids)
    attempts = [(sell, car_id) for car_id in ids] if what == "cars" else [(pay, ids[0])] * PAYMENTS
    for attempt, about in attempts:
        try:
            attempt(session_maker, about)
        except DealerError as error:
            print(type(error).__name__, flush=True)
        else:
            print("made", flush=True)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], [int(each) for each in sys.argv[3:]])
