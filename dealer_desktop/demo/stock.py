"""The demo's cars: who stands where, with which number, for how much and since when."""

import re
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Any

from dealer_desktop.demo import catalogue
from dealer_desktop.demo.catalogue import Model
from dealer_desktop.domain.enums import CarCondition, EngineType, Transmission
from dealer_desktop.domain.vin import check_digit

COUNT = 340
NEW_SHARE = 0.24
_YEARS = "ABCDEFGHJKLMNPRSTVWXY123456789"
"""Position 10 of a VIN: 2010 is A (ISO 3779, 49 CFR 565)."""
_PLAIN = "0123456789ABCDEFGHJKLMNPRSTUVWXYZ"


@dataclass(frozen=True)
class DemoCar:
    values: dict[str, Any]
    """The fields of a ``CarInput``."""
    body: str
    days: int
    """In stock."""


def cars(today: date, seed: int) -> list[DemoCar]:
    """``COUNT`` cars, the longest in stock first; the same for the same day and ``seed``."""
    random = Random(seed)
    models = [model for model in catalogue.models() if model.first <= today.year]
    weights = [catalogue.WANTED.get(model.make, 1) for model in models]
    found = [_car(random.choices(models, weights)[0], number, today, random) for number in range(COUNT - 3)]
    found += _veterans(today)
    return sorted(found, key=lambda car: -car.days)


def _car(model: Model, number: int, today: date, random: Random) -> DemoCar:
    is_new = model.last >= today.year and random.random() < NEW_SHARE * 2
    trim = random.randrange(len(model.trims))
    days = int(random.expovariate(1 / (35 if is_new else 55))) + random.randint(1, 4)
    days = min(days, 410)
    if is_new:
        year = today.year if random.random() < 0.85 else today.year - 1
        mileage = random.randint(4, 60)
    else:
        year = random.randint(model.first, max(model.first, min(model.last, today.year - 1)))
        mileage = _mileage(today.year - year, random)
    return DemoCar(
        values={
            "vin": vin(model, year, number, random),
            "make": model.make,
            "model": f"{model.name} {model.trims[trim]}",
            "year": year,
            "mileage": mileage,
            "price": _price(model, trim, today.year - year, mileage, is_new=is_new),
            "condition": CarCondition.NEW if is_new else CarCondition.USED,
            "color": random.choices(list(catalogue.COLORS), [weight for _, weight in catalogue.COLORS.values()])[0],
            "engine_type": EngineType.DIESEL if _says_diesel(model.trims[trim]) else model.engine,
            "transmission": model.gearbox,
            "description": _description(random, is_new=is_new),
            "stock_number": f"A-{1801 + number}",
            "location": catalogue.LOCATIONS[0] if is_new and random.random() < 0.5 else _place(random),
        },
        body=model.body,
        days=days,
    )


def _says_diesel(trim: str) -> bool:
    return bool(re.search(r"CRDi|TDI|dCi|\d\.\dD\b", trim))


def _place(random: Random) -> str:
    return random.choice(catalogue.LOCATIONS[1:])


def _mileage(age: int, random: Random) -> int:
    yearly = random.triangular(8_000, 28_000, 15_500)
    return max(3_200, int(yearly * (age + 0.5) / 50) * 50)


def _price(model: Model, trim: int, age: int, mileage: int, *, is_new: bool) -> int:
    """In roubles, rounded as price lists are."""
    price = model.price * (1 + 0.07 * trim)
    if not is_new:
        price *= 0.9 * 0.915**age * max(0.72, 1 - max(0, mileage - 15_000 * age) / 700_000)
    step = 5_000 if price < 3_000_000 else 10_000
    return round(price / step) * step


def _description(random: Random, *, is_new: bool) -> str | None:
    if is_new:
        return "Новый автомобиль, ПТС на руках, гарантия завода." if random.random() < 0.4 else None
    return " ".join(random.sample(catalogue.REMARKS, random.randint(0, 3))) or None


def vin(model: Model, year: int, number: int, random: Random) -> str:
    """A VIN as the maker would give it; a frame number for Japanese domestic cars."""
    serial = 4_000 + number * 137 + random.randint(0, 99)
    if model.vin.endswith("-"):
        return f"{model.vin}{300_000 + serial}"
    code = _YEARS[(year - 2010) % len(_YEARS)]
    plant = random.choice("0ABHKR")
    ninth = random.choice(_PLAIN)
    unchecked = f"{model.vin}{ninth}{code}{plant}{serial:06d}"
    return f"{model.vin}{check_digit(unchecked)}{unchecked[9:]}" if model.checked else unchecked


def _veterans(today: date) -> list[DemoCar]:
    """Three that never had a VIN of 17 characters."""
    rows = (
        ("2101-1254387", "ВАЗ", "2101 1.2", 1974, 68_400, 590_000, "Бежевый", 214),
        ("21-340921", "ГАЗ", "21Р «Волга» 2.4", 1966, 41_200, 1_850_000, "Голубой", 388),
        ("968M-0773120", "ЗАЗ", "968М 1.2", 1980, 93_700, 240_000, "Зелёный", 97),
    )
    return [
        DemoCar(
            values={
                "vin": number,
                "make": make,
                "model": model,
                "year": year,
                "mileage": mileage,
                "price": price,
                "condition": CarCondition.USED,
                "color": color,
                "engine_type": EngineType.GASOLINE,
                "transmission": Transmission.MANUAL,
                "description": "Коллекционный автомобиль на ходу. " + catalogue.REMARKS[10],
                "stock_number": f"R-{index}",
                "location": catalogue.LOCATIONS[0],
            },
            body="sedan",
            days=days,
        )
        for index, (number, make, model, year, mileage, price, color, days) in enumerate(rows, start=1)
    ]
