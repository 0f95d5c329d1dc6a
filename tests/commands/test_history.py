"""Who changed what, on the command line: by record, person and day."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from dealer_desktop.server.connect import connect
from tests.models.conftest import PASSWORD, Logins, logins  # noqa: F401
from tests.test_main import say, shared, use_as_shared_server  # noqa: F401

Say = Callable[..., tuple[int, str, str]]
CAR = """INSERT INTO cars (vin, make, model, year, mileage, price, condition)
         SELECT 'XTA21099' || lpad(n::text, 9, '0'), 'Lada', 'Vesta', 2021, 5, 1000, 'used'
           FROM generate_series(1, %s) n"""


def test_changes_are_told_by_record_person_and_day(say: Say, shared: str) -> None:  # noqa: F811
    with connect(shared) as connection:
        connection.execute(CAR, [250])
        connection.execute("UPDATE cars SET price = 900, color = 'red' WHERE id = 7")
    code, out, err = say("history", "--table", "cars", "--id", "7")
    assert (code, err) == (0, "")
    newest, oldest = out.splitlines()
    assert "price: 1000.00 → 900.00" in newest
    assert "INSERT" in oldest
    assert len(say("history", "--table", "cars")[1].splitlines()) == 251
    login = newest.split("\t")[1]
    assert len(say("history", "--by", login, "--table", "cars")[1].splitlines()) == 251
    assert say("history", "--by", "nobody@dealer.ru") == (0, "Nothing was changed.\n", "")
    later = (datetime.now(UTC) + timedelta(days=3)).date()
    assert say("history", "--day", str(later))[1] == "Nothing was changed.\n"
    assert say("history", "--day", "31.01")[0] == 2


def test_the_whole_history_is_the_managers(say: Say, shared: str, logins: Logins, monkeypatch: object) -> None:  # noqa: F811
    import pytest

    from dealer_desktop.server.sign_in import with_login

    assert isinstance(monkeypatch, pytest.MonkeyPatch)
    person = logins.person("salesperson")
    use_as_shared_server(with_login(shared, person.login, PASSWORD), monkeypatch)
    code, out, err = say("history")
    assert (code, out) == (1, "")
    assert "manager" in err
