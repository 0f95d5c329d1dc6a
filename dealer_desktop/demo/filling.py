"""The demo's data, made once: begun on one day, carried on where it was interrupted, then left to who plays with it."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import partial
from pathlib import Path
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from dealer_desktop.demo import arrivals, cash, people, spending, stock, stories
from dealer_desktop.demo.play import Play, Story
from dealer_desktop.demo.sales import Sale
from dealer_desktop.demo.stock import DemoCar
from dealer_desktop.domain.enums import CustomerKind
from dealer_desktop.services import Connections, customers, dealer, tables, users
from dealer_desktop.services.inputs.customers import CustomerInput
from dealer_desktop.services.inputs.people import DealerInput, UserInput

SEED = 20_240_501
_STATE = "demo.json"
_HOLDS = (
    (3, "Для Сергея Волкова, ждёт одобрения банка", 3),
    (5, "Для Марины Гущиной, приедет в субботу", 4),
    (2, "Тест-драйв ООО «Вектор-Строй»", 1),
    (12, "Для постоянного клиента Чернова", -2),
    (8, "Фотосъёмка для каталога", None),
)


def fill(
    connections: Connections,
    folder: Path,
    progress: Callable[[int, int], None] | None = None,
    today: date | None = None,
) -> None:
    """Make the demo in an empty database; its photos go below ``folder``. Done already, it does nothing.

    ``progress`` gets steps done and steps in all. What was interrupted goes on where it stopped.
    """
    folder.mkdir(parents=True, exist_ok=True)
    state = _read_state(folder / _STATE)
    if not len(tables.ids(connections.reader, tables.TableQuery(kind="cars"))):
        state = None  # a new database, whatever is remembered of the one before
    if state is not None and state.done:
        return
    if state is None:
        here = today or datetime.now(ZoneInfo(people.DEALER["timezone"])).date()
        state = _State(here, done=False)
        _write_state(folder / _STATE, state)
    _play(connections, folder / "photos", state.begun_on, progress or (lambda done, total: None))
    _write_state(folder / _STATE, _State(state.begun_on, done=True))


def _play(connections: Connections, photos: Path, today: date, progress: Callable[[int, int], None]) -> None:
    play, random = Play(connections, today), Random(SEED)
    photos.mkdir(exist_ok=True)
    _introduce(play)
    staff = _staff(play)
    buyers = _buyers(play)
    lot = stock.cars(today, SEED)
    ids: dict[int, int] = {}
    paint = partial(_paint, photos)
    told: list[Story] = [
        arrivals.arrival(play, car, number, Random(SEED + number), paint, ids) for number, car in enumerate(lot)
    ]
    told += _tell_sales(play, lot, ids, staff, buyers, random)
    total = len(told) * 2
    play.tell(told, lambda done: progress(min(done, total), total))
    play.import_costs(spending.list_of_costs(play, lot))
    cash.keep(play)
    play.finish()
    progress(total, total)


def _introduce(play: Play) -> None:
    """The dealership's own name, wherever it was not given by the settings."""
    row = dealer.get(play.connections.reader)
    if row.name == people.DEALER["name"]:
        play.skip()
        return
    opened = {"logo": row.logo, **{name: getattr(row, name) for name in people.DEALER}}
    change = {**opened, **people.DEALER}
    play.do(play.moment(430, 0), dealer.edit, DealerInput, version=row.version, opened=opened, **change)


def _staff(play: Play) -> list[int]:
    """The ids of those who sell."""
    sellers = []
    when = play.moment(430, 0)
    for email, name, phone, role, is_active in people.STAFF:
        person = play.add(
            when, users.add, UserInput, email=email, full_name=name, phone=phone, role=role, is_active=is_active
        )
        play.dates.set("users", person.id, when, "created_at", "updated_at")
        if is_active and role.value in ("salesperson", "manager"):
            sellers.append(person.id)
    return sellers


def _tell_sales(
    play: Play, lot: list[DemoCar], ids: dict[int, int], staff: list[int], buyers: list[dict[str, Any]], random: Random
) -> Iterator[Story]:
    free = list(range(len(lot)))
    for number, (story, days) in enumerate(stories.plan(random)):
        chosen = _take_car(free, lot, days + 2, random)
        buyer = buyers[number % len(buyers)]
        sale = Sale(
            play=play,
            random=random,
            number=number,
            days=days,
            minutes=(number * 53) % 400,
            car_id=partial(ids.__getitem__, chosen),
            price=Decimal(lot[chosen].values["price"]),
            buyer=buyer,
            seller=partial(_seller, staff, number),
        )
        yield story(sale)
        if days > 24 and number % 2:
            rating, comment = people.COMMENTS[number % len(people.COMMENTS)]
            when = play.moment(days - 15, sale.minutes)
            yield arrivals.review(play, sale.car_id, when, buyer["customer_name"], rating, comment, buyer["user_id"])
    for days, note, until in _HOLDS:
        yield arrivals.held(play, _take_car(free, lot, days + 1, random), ids, days, note, until)
    for days in (21, 34, 48, 55):
        yield arrivals.sold_elsewhere(play, _take_car(free, lot, days + 1, random), ids, days)
    chosen = _take_car(free, lot, 62, random)
    values = lot[chosen].values
    yield arrivals.bought_back(play, chosen, ids, values["mileage"] + 2_350, int(values["price"] * 0.95 / 5000) * 5000)
    for number in range(12):
        chosen = random.choice(free)
        rating, comment = people.COMMENTS[(number * 5) % len(people.COMMENTS)]
        name = people.BUYERS[(number * 7) % len(people.BUYERS)][0]
        when = play.moment(max(1, lot[chosen].days - 1), 180 + number)
        yield arrivals.review(play, partial(ids.__getitem__, chosen), when, name, rating, comment)


def _take_car(free: list[int], lot: list[DemoCar], at_least: int, random: Random) -> int:
    """Some car that had been in stock for long enough; no longer free. Veterans stay."""
    fitting = [n for n in free if lot[n].days >= at_least and lot[n].values["year"] > 1990]
    chosen = random.choice(fitting)
    free.remove(chosen)
    return chosen


def _seller(staff: list[int], number: int) -> int:
    return staff[number * 3 % len(staff)]


def _buyers(play: Play) -> list[dict[str, Any]]:
    """Everyone can be reached, not everyone in both ways; every fourth and every company is known before they buy."""
    found: list[dict[str, Any]] = []
    for number, (name, mail) in enumerate(people.BUYERS):
        phone = f"+7 9{10 + number % 9:02d} {number * 37 % 900 + 100} {number * 17 % 90 + 10} {number * 29 % 90 + 10}"
        email = f"{mail}@example.{'com' if name.isascii() else 'ru'}"
        account = None
        if number % 4 == 0 or name in people.COMPANIES:
            when = play.moment(150 - number, number)
            values = {"email": email, "full_name": name, "phone": phone, **_company(name)}
            account = play.add(when, customers.add, CustomerInput, **values).id
            play.dates.set("users", account, when, "created_at", "updated_at")
        found.append(
            {
                "customer_name": name,
                "customer_phone": phone if number % 6 != 3 else None,
                "customer_email": email if number % 5 != 4 or number % 6 == 3 else None,
                "user_id": account,
            }
        )
    return found


def _company(name: str) -> dict[str, Any]:
    """What is known of a company; nothing of a person."""
    if name not in people.COMPANIES:
        return {}
    tax_id, signed_by, basis, address = people.COMPANIES[name]
    return {
        "kind": CustomerKind.COMPANY,
        "tax_id": tax_id,
        "signed_by": signed_by,
        "signed_on_basis": basis,
        "address": address,
    }


def _paint(folder: Path, body: str, color: str, view: str) -> Path:
    """The picture, drawn where it is not there yet; cars of one body and colour share theirs."""
    from dealer_desktop.ui.rehearsal import demo_photos

    file = folder / f"{body}-{color[1:].lower()}-{view}.jpg"
    if not file.is_file():
        half = file.with_suffix(".part.jpg")
        demo_photos.draw(body, color, half, view)
        half.replace(file)
    return file


@dataclass(frozen=True)
class _State:
    begun_on: date
    done: bool


def _read_state(file: Path) -> _State | None:
    try:
        read = json.loads(file.read_text("utf-8"))
        return _State(date.fromisoformat(read["begun_on"]), done=bool(read["done"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _write_state(file: Path, state: _State) -> None:
    half = file.with_suffix(".part")
    half.write_text(json.dumps({"begun_on": state.begun_on.isoformat(), "done": state.done}), "utf-8")
    half.replace(file)
