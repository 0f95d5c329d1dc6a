"""Every field of a kind, in every input there is: what one money field takes, all take."""

import importlib
import pkgutil
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any, get_args
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from pydantic import create_model

from dealer_desktop.core.errors import InvalidInput
from dealer_desktop.services import inputs
from dealer_desktop.services.inputs import base
from dealer_desktop.services.inputs.base import Input, parse

for module in pkgutil.iter_modules(inputs.__path__):
    importlib.import_module(f"{inputs.__name__}.{module.name}")


def of_kind(*kinds: Any) -> list[Any]:
    """Every field that is declared as one of ``kinds``, with its input."""
    readers = {id(meta) for kind in kinds for meta in get_args(kind)[1:]}
    return [
        pytest.param(model, name, id=f"{model.__name__}.{name}")
        for model in Input.__subclasses__() + [deep for one in Input.__subclasses__() for deep in one.__subclasses__()]
        for name, field in model.model_fields.items()
        if any(id(meta) in readers for meta in field.metadata)
    ]


MONEY = of_kind(base.Amount, base.OptionalAmount, base.Price, base.OptionalPrice)
DISTANCES = of_kind(base.Mileage, base.OptionalMileage)
DAYS = of_kind(base.OptionalDay)
MOMENTS = of_kind(base.OptionalMoment)
PHONES = of_kind(base.OptionalPhone)
EMAILS = of_kind(base.Email, base.OptionalEmail)


def read(model: type[Input], name: str, typed: Any, **manner: Any) -> Any:
    """The field alone, as parse makes it; raises what is wrong with it."""

    kind = next(one.__annotations__[name] for one in model.__mro__ if name in getattr(one, "__annotations__", {}))
    alone: type[Input] = create_model("Alone", __base__=Input, **{name: (kind, ...)})  # type: ignore[call-overload]
    return getattr(parse(alone, request_id=uuid4(), **{name: typed}, **manner), name)


def refusal(model: type[Input], name: str, typed: Any, **manner: Any) -> str:
    with pytest.raises(InvalidInput) as told:
        read(model, name, typed, **manner)
    return str(told.value.fields[name])


def test_there_are_such_fields() -> None:
    assert len(MONEY) > 8 and len(DISTANCES) > 1 and len(DAYS) > 3 and len(MOMENTS) > 3 and PHONES and EMAILS


@pytest.mark.parametrize(("model", "name"), MONEY)
def test_a_unit_of_money_is_understood_or_refused_never_dropped(model: type[Input], name: str) -> None:
    for typed, amount in (
        ("50 тыс", 50_000), ("1,5 млн", 1_500_000), ("850к", 850_000), ("850 тыс ₽", 850_000), ("1.2M", 1_200_000),
        ("85k", 85_000), ("\u202a1 234 567,89\u202c", "1234567.89"), ("850 т.р.", 850_000),
    ):  # fmt: skip
        assert read(model, name, typed, currency="RUB") == Decimal(amount), typed
    assert "Convert it" in refusal(model, name, "12 500 $", currency="RUB")
    assert read(model, name, "12 500 $", currency="USD") == 12_500
    assert "попугаев" in refusal(model, name, "5 попугаев")


@pytest.mark.parametrize(("model", "name"), DISTANCES)
def test_a_distance_is_worked_out(model: type[Input], name: str) -> None:
    for typed, km in (
        ("85k", 85_000),
        ("85 тыс", 85_000),
        ("85 тыс. км", 85_000),
        ("10 miles", 16),
        ("120.000", 120_000),
    ):
        assert read(model, name, typed) == km, typed
    assert "часов" in refusal(model, name, "85 часов")


@pytest.mark.parametrize(("model", "name"), DAYS)
@pytest.mark.parametrize(
    "typed", ["30112026", "30,11,2026", "30.11.26", "30/11/2026", "2026-11-30", "30.11.2026\u200b", "30 ноября 2026 г."]
)
def test_a_day_is_read_as_people_type_it(model: type[Input], name: str, typed: str) -> None:
    assert read(model, name, typed).isoformat() == "2026-11-30"


@pytest.mark.parametrize(("model", "name"), MOMENTS)
def test_a_moment_without_a_zone_is_the_dealers(model: type[Input], name: str) -> None:
    for zone in ("Asia/Vladivostok", "America/New_York"):
        found = read(model, name, "2026-11-24 14:05", timezone=zone)
        assert found == datetime(2026, 11, 24, 14, 5, tzinfo=ZoneInfo(zone))
    there = read(model, name, "2026-11-24 14:05+00:00", timezone="Asia/Tokyo")
    assert there == datetime(2026, 11, 24, 14, 5, tzinfo=UTC)


@pytest.mark.parametrize(("model", "name"), PHONES)
@pytest.mark.parametrize(
    "typed",
    [
        "+7 912 345-67-03 доб. 12",
        "+7 912 345-67-03 ext 5",
        "8 912 345-67-03, 8 913 345-67-03",
        "+79123456703/+79133456703",
    ],
)
def test_what_a_phone_field_would_drop_is_told(model: type[Input], name: str, typed: str) -> None:
    assert refusal(model, name, typed)
    assert read(model, name, "\u202a+7 912 345-67-03\u202c") == "+79123456703"


@pytest.mark.parametrize(("model", "name"), EMAILS)
def test_an_email_is_taken_with_invisible_characters(model: type[Input], name: str) -> None:
    assert read(model, name, "anna@example.ru\u200b") == "anna@example.ru"


def test_a_car_cannot_arrive_tomorrow() -> None:
    from dealer_desktop.services.inputs.cars import CarInput

    tomorrow = datetime.now(ZoneInfo("Europe/Moscow")).date() + timedelta(days=1)
    assert refusal(CarInput, "arrived_on", tomorrow, timezone="Europe/Moscow") == "This day has not come yet."
    assert read(CarInput, "arrived_on", tomorrow - timedelta(days=1), timezone="Europe/Moscow")
    assert read(CarInput, "arrived_on", "24.11.99").year == 1999
    assert "Enter a year" in refusal(CarInput, "year", "99")
