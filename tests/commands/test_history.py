"""Who changed what, on the command line: by record, person and day."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from dealer_desktop.server.connect import connect
from dealer_desktop.server.sign_in import with_login
from tests.models.conftest import PASSWORD, Logins, logins  # noqa: F401
from tests.test_main import say, shared, use_as_shared_server  # noqa: F401

Say = Callable[..., tuple[int, str, str]]
CAR = """INSERT INTO cars (vin, make, model, year, mileage, price, condition)
         SELECT 'XTA21099' || lpad(n::text, 9, '0'), 'Lada', 'Vesta', 2021, 5, 1000, 'used'
           FROM generate_series(1, %s) n"""


def test_changes_are_told_by_record_person_and_day(
    say: Say,  # noqa: F811
    shared: str,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with connect(shared) as connection:
        connection.execute(CAR, [250])
        connection.execute("UPDATE cars SET price = 900, color = 'red' WHERE id = 7")
    code, out, err = say("history", "--table", "cars", "--id", "7")
    assert (code, err) == (0, "")
    newest, oldest = out.splitlines()
    assert newest.endswith("\tCar 7, Lada Vesta\tPrice: 1,000\u00a0₽ → 900\u00a0₽; Color: – → red")
    assert "\tAdded: VIN: XTA21099000000007; Make: Lada; " in oldest
    assert "Condition: Used" in oldest
    assert "created_at" not in oldest
    assert len(say("history", "--table", "cars")[1].splitlines()) == 251
    login = newest.split("\t")[1]
    assert len(say("history", "--by", login, "--table", "cars")[1].splitlines()) == 251
    assert say("history", "--by", "nobody@dealer.ru") == (0, "Nothing was changed.\n", "")
    later = (datetime.now(UTC) + timedelta(days=3)).date()
    assert say("history", "--day", str(later))[1] == "Nothing was changed.\n"
    assert say("history", "--day", "31.01")[0] == 2
    code, _out, err = say("history", "--table", "alembic_version")
    assert code == 2
    assert "choose one of cars, " in err
    monkeypatch.setenv("UI__LANGUAGE", "ru")
    told = say("history", "--table", "cars", "--id", "7")[1].splitlines()[0]
    assert told.endswith("\tАвтомобиль 7, Lada Vesta\tЦена: 1\u202f000\u00a0₽ → 900\u00a0₽; Цвет: – → red")


def test_a_part_of_a_name_finds_the_person(say: Say, shared: str, logins: Logins) -> None:  # noqa: F811
    anna = logins.person("manager", full_name="Анна Ёлкина")
    anna.insert("cars", vin="XTA21099000000001", make="Lada", model="Vesta", year=2021, mileage=5, price=1,
                condition="used")  # fmt: skip
    for by in (anna.login.upper(), "елкин", " АННА "):
        told = say("history", "--by", by)[1]
        assert "Анна Ёлкина\tCar 1, Lada Vesta\tAdded: " in told
        assert len(told.splitlines()) == 1
    assert say("history", "--by", "Olga")[1] == "Nothing was changed.\n"


def test_the_whole_history_is_the_managers(
    say: Say,  # noqa: F811
    shared: str,  # noqa: F811
    logins: Logins,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    person = logins.person("salesperson")
    use_as_shared_server(with_login(shared, person.login, PASSWORD), monkeypatch)
    code, out, err = say("history")
    assert (code, out) == (1, "")
    assert "manager" in err
