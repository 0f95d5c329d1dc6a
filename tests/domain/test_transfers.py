"""A transfer's number, day and account are read however they are written, and kept in one way."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dealer_desktop.domain import transfers
from dealer_desktop.domain.transfers import Transfer

DAY = date(2026, 11, 24)
ACCOUNT = "40702810900000012345"


@pytest.mark.parametrize(
    "text",
    [
        "№ 17 от 24.11.2026",
        "№17 от 24.11.26",
        "17 от 24.11.2026 г.",
        "п/п 17 от 24 ноября 2026",
        "Платёжное поручение № 17 от 24.11.2026",
        "24.11.2026 № 17",
        "No. 17 of 2026-11-24",
        "payment order 17 dated 24/11/2026",
    ],
)
def test_number_and_day(text: str) -> None:
    assert transfers.read(text) == Transfer("17", DAY)
    assert transfers.tidy(text) == "24.11.2026 № 17"


@pytest.mark.parametrize(
    "text",
    [
        f"№ 17 от 24.11.2026, р/с {ACCOUNT}",
        f"{ACCOUNT} № 17 24.11.2026",
        "счёт 4070 2810 9000 0001 2345, № 17 от 24.11.2026",
        "40702 810 9 0000 0012345 24.11.2026 № 17",
    ],
)
def test_with_the_payers_account(text: str) -> None:
    assert transfers.tidy(text) == f"{ACCOUNT} 24.11.2026 № 17"


def test_an_iban_and_a_number_with_letters() -> None:
    found = transfers.read("DE89 3704 0044 0532 0130 00, № 17-А/2 от 24.11.2026")
    assert found == Transfer("17-А/2", DAY, "DE89370400440532013000")


def test_a_day_without_a_year_is_the_nearest() -> None:
    found = transfers.read("№ 17 от 24.11", date(2026, 11, 25))
    assert found == Transfer("17", DAY)


@pytest.mark.parametrize(
    "text", ["", "T-88231", "№ 17", "24.11.2026", "17 18 от 24.11.2026", "от 31.02.2026 № 17", "да"]
)
def test_what_names_no_transfer_stays_as_it_is(text: str) -> None:
    assert transfers.read(text) is None
    assert transfers.tidy(text) == text


@given(
    st.integers(1, 999_999),
    st.dates(date(2000, 1, 1), date(2099, 12, 31)),
    st.none() | st.integers(10**19, 10**20 - 1).map(str),
    st.sampled_from(["№ {n} от {d:%d.%m.%Y} {a}", "{a} п/п {n} {d:%d.%m.%Y}", "{d:%Y-%m-%d}, {a}, {n}"]),
)
def test_what_was_tidied_is_read_as_the_same(number: int, day: date, account: str | None, way: str) -> None:
    meant = Transfer(str(number), day, account)
    assert transfers.read(way.format(n=number, d=day, a=account or "")) == meant
    assert transfers.tidy(str(meant)) == str(meant)
