"""A process that sells one car after another and says what was acknowledged; killed by ``test_killed_sales.py``.

Each line is JSON: ``{"intent": ...}`` before an action, ``{"done": ..., "id": ...}`` when the service has returned.
"""

import json
import sys
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from dealer_desktop.server import embedded
from dealer_desktop.services import SessionMaker, cars, open_connections, orders, payments
from dealer_desktop.services.inputs.base import parse
from dealer_desktop.services.inputs.cars import CarInput
from dealer_desktop.services.inputs.orders import NewOrder
from dealer_desktop.services.inputs.payments import PaymentInput

PRICE = Decimal("1500000.00")
DEPOSIT = Decimal("150000.00")


def say(**words: Any) -> None:
    print(json.dumps(words, default=str), flush=True)


def order(request_id: UUID, car_id: int) -> NewOrder:
    return parse(
        NewOrder,
        request_id=request_id,
        car_id=car_id,
        customer_name="Иван Петров",
        customer_phone="+79123456789",
    )


def payment(request_id: UUID, order_id: int, amount: Decimal) -> PaymentInput:
    return parse(PaymentInput, request_id=request_id, order_id=order_id, amount=amount)


def car(request_id: UUID) -> CarInput:
    return parse(
        CarInput,
        request_id=request_id,
        vin=f"TEST-{request_id.hex[:11].upper()}",
        make="Lada",
        model="Vesta",
        year=2024,
        mileage=10,
        price=PRICE,
        condition="new",
    )


def sell(folder: Path) -> None:
    server = embedded.ensure_running(folder, keep_alive=False)
    connections = open_connections(server.url)

    def do(name: str, about: int, action: Callable[[UUID], int]) -> int:
        request_id = uuid4()
        say(intent=name, request_id=request_id, about=about)
        made = action(request_id)
        say(done=name, request_id=request_id, about=about, id=made)
        return made

    while True:
        sell_one(connections.session_maker, do)


def sell_one(writes: SessionMaker, do: Callable[[str, int, Callable[[UUID], int]], int]) -> None:
    car_id = do("car", 0, lambda request: cars.add(writes, car(request)).id)
    order_id = do("order", car_id, lambda request: orders.make(writes, order(request, car_id)).order.id)
    do("deposit", order_id, lambda request: payments.take(writes, payment(request, order_id, DEPOSIT)).payment.id)
    balance = PRICE - DEPOSIT
    do("balance", order_id, lambda request: payments.take(writes, payment(request, order_id, balance)).payment.id)


if __name__ == "__main__":
    sell(Path(sys.argv[1]))
