"""What a person types, and what the form answers."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dealer_desktop.core import i18n
from dealer_desktop.core.errors import InvalidInput
from dealer_desktop.domain.enums import PaymentMethod
from dealer_desktop.services.inputs import fields
from dealer_desktop.services.inputs.base import parse
from dealer_desktop.services.inputs.cars import CarInput, HoldCar
from dealer_desktop.services.inputs.deliveries import DeliveryStep
from dealer_desktop.services.inputs.orders import CancelOrder, NewOrder
from dealer_desktop.services.inputs.payments import PaymentInput
from dealer_desktop.services.inputs.people import NewStaff, UserInput
from dealer_desktop.services.inputs.photos import PhotoInput
from dealer_desktop.services.inputs.reports import ReportInput

CAR = {
    "vin": "XTA210990Y2752501",
    "make": "Lada",
    "model": "Vesta",
    "year": 2020,
    "mileage": 0,
    "price": 1,
    "condition": "new",
}


def wrong(model: Any, /, **typed: Any) -> dict[str, str]:
    with pytest.raises(InvalidInput) as refused:
        parse(model, request_id=uuid4(), **typed)
    return dict(refused.value.fields)


def order(**typed: Any) -> NewOrder:
    return parse(
        NewOrder, request_id=uuid4(), car_id=1, **{"customer_name": "Anna", "customer_email": "a@b.ru", **typed}
    )


def test_a_name_and_a_phone_are_enough() -> None:
    found = parse(NewOrder, request_id=uuid4(), car_id=1, customer_name=" Анна ", customer_phone="8 (912) 345-67-89")
    assert found.customer_name == "Анна"
    assert found.customer_phone == "+79123456789"
    assert found.payment_method is PaymentMethod.CASH
    assert found.total_amount is None


def test_neither_phone_nor_email_marks_both() -> None:
    found = wrong(NewOrder, car_id=1, customer_name="Anna", customer_phone=" ", customer_email="")
    assert set(found) == {"customer_phone", "customer_email"}


def test_every_wrong_field_is_told_at_once() -> None:
    found = wrong(
        NewOrder, car_id=1, customer_name="", customer_phone="8 912 345", customer_email="anna@", total_amount="12-"
    )
    assert set(found) == {"customer_name", "customer_phone", "customer_email", "total_amount"}
    assert found["customer_phone"] == "4 digits are missing. Example: +7 912 345-67-89."


def test_a_phone_says_how_many_digits_are_missing_in_russian() -> None:
    i18n.set_language("ru")
    assert (
        "Не хватает 1 цифры"
        in wrong(NewOrder, car_id=1, customer_name="Anna", customer_phone="8912345678")["customer_phone"]
    )


def test_a_phone_of_another_country_keeps_its_code() -> None:
    assert order(customer_phone="+44 20 7946 0958").customer_phone == "+442079460958"
    assert (
        parse(
            NewOrder, region="US", request_id=uuid4(), car_id=1, customer_name="A", customer_phone="(202) 555-0143"
        ).customer_phone
        == "+12025550143"
    )


@pytest.mark.parametrize("name", ["<b>Анна</b>", "שרה כהן", "Anna 🚗", "O'Brien; DROP TABLE cars", "🧑‍🧑‍🧒"])
def test_a_name_is_kept_as_typed(name: str) -> None:
    assert order(customer_name=name).customer_name == name


@pytest.mark.parametrize("name", ["A\x00nna", "An\x1bna", "An\nna", "A\ud800"])
def test_control_characters_are_refused(name: str) -> None:
    assert (
        "control characters" in wrong(NewOrder, car_id=1, customer_name=name, customer_email="a@b.ru")["customer_name"]
    )


def test_a_paste_of_ten_megabytes_is_refused_at_each_text() -> None:
    paste = "x" * 10_000_000
    found = wrong(CarInput, **{**CAR, "make": paste, "vin": paste, "description": paste, "price": paste, "year": paste})
    assert set(found) == {"make", "vin", "description", "price", "year"}
    assert all(len(words) < 200 for words in found.values())


def test_a_description_has_lines() -> None:
    found = parse(CarInput, request_id=uuid4(), **CAR, description="one\r\ntwo\tthree\n")
    assert found.description == "one\ntwo\tthree"


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("1 234 567,50 ₽", "1234567.50"),
        ("1.234,56", "1234.56"),
        ("1 234", "1234.00"),
        (1234, "1234.00"),
        (Decimal("0.01"), "0.01"),
    ],
)
def test_amounts_however_typed(typed: Any, value: str) -> None:
    found = parse(PaymentInput, request_id=uuid4(), order_id=1, amount=typed)
    assert found.amount == Decimal(value)
    assert str(found.amount) == value


@pytest.mark.parametrize("typed", ["", "0", "-5", "12 руб 50", "1e5", 0.1, "NaN", Decimal("Infinity"), "0.001", True])
def test_what_is_no_amount(typed: Any) -> None:
    assert set(wrong(PaymentInput, order_id=1, amount=typed)) == {"amount"}


def test_a_price_may_be_zero_and_not_below() -> None:
    assert parse(CarInput, request_id=uuid4(), **{**CAR, "price": "0"}).price == 0
    assert "below zero" in wrong(CarInput, **{**CAR, "price": "-1"})["price"]


@pytest.mark.parametrize("typed", ["xta210990y2752501", " XTA 210990 Y2752501", "ХТА210990У2752501"])
def test_a_vin_however_typed(typed: str) -> None:
    assert parse(CarInput, request_id=uuid4(), **{**CAR, "vin": typed}).vin == "XTA210990Y2752501"


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", "Fill in"),
        ("XTA210990Y275250", ""),
        ("XTA21099OY2752501", "I, O and Q"),
        ("ЖTA210990Y2752501", "Latin"),
        ("XTA210990Y27525011", "this has 18"),
        ("AB1", "this has 3"),
    ],
)
def test_a_wrong_vin_says_what_is_wrong(typed: str, words: str) -> None:
    if not words:  # 16 characters: an old or Japanese domestic car's
        assert parse(CarInput, request_id=uuid4(), **{**CAR, "vin": typed})
    else:
        assert words in wrong(CarInput, **{**CAR, "vin": typed})["vin"]


def test_a_wrong_check_digit_is_no_error() -> None:
    assert parse(CarInput, request_id=uuid4(), **{**CAR, "vin": "WBA3A5C50CF256985"}).vin == "WBA3A5C50CF256985"


@pytest.mark.parametrize(("typed", "ok"), [("1886", True), ("1885", False), ("abcd", False), ("20 20", True)])
def test_years(typed: str, ok: bool) -> None:
    if ok:
        parse(CarInput, request_id=uuid4(), **{**CAR, "year": typed})
    else:
        next_year = date.today().year + 1
        assert wrong(CarInput, **{**CAR, "year": typed})["year"] == f"Enter a year from 1886 to {next_year}."


def test_next_year_is_the_last() -> None:
    next_year = date.today().year + 1
    parse(CarInput, request_id=uuid4(), **{**CAR, "year": next_year})
    assert wrong(CarInput, **{**CAR, "year": next_year + 1})


def test_dates_as_typed() -> None:
    assert order(delivery_date="24.11.2026").delivery_date == date(2026, 11, 24)
    assert order(delivery_date="2026-11-24").delivery_date == date(2026, 11, 24)
    assert set(wrong(NewOrder, car_id=1, customer_name="A", customer_email="a@b.ru", delivery_date="31.02.2026")) == {
        "delivery_date"
    }


def test_moments_have_a_time_zone() -> None:
    found = parse(PaymentInput, request_id=uuid4(), order_id=1, amount=1, paid_at=datetime(2026, 1, 2, 3, 4))
    assert found.paid_at is not None and found.paid_at.tzinfo is not None
    moment = datetime(2026, 1, 2, tzinfo=UTC)
    assert parse(PaymentInput, request_id=uuid4(), order_id=1, amount=1, paid_at=moment).paid_at == moment


def test_reasons_are_asked_for() -> None:
    assert wrong(CancelOrder, order_id=1, reason="  ") == {"reason": "Say why."}
    assert wrong(DeliveryStep, delivery_id=1, status="failed") == {"reason": "Say why."}
    assert wrong(HoldCar, car_id=1, hold_note="") == {"hold_note": "Say for whom the car is held."}


def test_staff_emails_name_a_login() -> None:
    long = "я" * 30 + "@example.ru"
    parse(UserInput, request_id=uuid4(), email=long, full_name="Y", role="customer")
    for email in (long, "pg_monitor@example.ru"):
        given = {"email": email, "full_name": "Y", "role": "manager"}
        assert wrong(UserInput, **given) == wrong(NewStaff, **given, new_password="long enough")
        assert set(wrong(UserInput, **given)) == {"email"}


@pytest.mark.parametrize(
    "data", ["[1]", "{", '{"a": NaN}', '{"a":' * 9 + "1" + "}" * 9, "x" * 300_000, '{"a": "\\u0000"}']
)
def test_reports_that_are_no_report(data: str) -> None:
    assert set(wrong(ReportInput, car_id=1, report_type="vin_check", data=data)) == {"data"}


def test_a_photo_says_no_password() -> None:
    assert set(wrong(PhotoInput, car_id=1, url="ftp://user:secret@host/a.jpg")) == {"url"}


@given(st.text(max_size=80))
def test_no_text_makes_a_field_fail_otherwise_than_in_words(typed: str) -> None:
    for read in (
        lambda value: fields.text(value, limit=40),
        fields.email,
        fields.phone,
        fields.money,
        fields.mileage,
        fields.year,
        fields.vin,
        fields.day,
        fields.moment,
        fields.url,
        fields.choice(PaymentMethod),
    ):
        try:
            read(typed)
        except ValueError as error:
            assert str(error)
            assert len(str(error)) < 300
