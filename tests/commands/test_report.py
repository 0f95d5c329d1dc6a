"""The numbers of some days from the command line: a PDF, tables, and what is refused."""

from collections.abc import Callable
from pathlib import Path

import pytest

from dealer_desktop.server.connect import connect
from tests.models.conftest import PASSWORD, Logins, Shop, logins  # noqa: F401
from tests.test_main import say, shared  # noqa: F401

Say = Callable[..., tuple[int, str, str]]


def test_a_pdf_and_tables(say: Say, shared: str, tmp_path: Path) -> None:  # noqa: F811
    with connect(shared) as connection:
        Shop(connection).completed_order()
    pdf, tables = tmp_path / "отчёт.pdf", tmp_path / "numbers.csv"
    code, out, err = say("report", "--period", "year", "--pdf", str(pdf), "--tables", str(tables), "--language", "ru")
    assert (code, err) == (0, "")
    assert out.splitlines() == [str(pdf), str(tables)]
    assert pdf.read_bytes().startswith(b"%PDF")
    assert "Продано автомобилей;1;0" in tables.read_text("utf-8-sig")
    code, out, _err = say("report", "--from", "2020-01-01", "--to", "31.01.2020", "--tables", str(tables))
    assert code == 0
    assert "Cars sold,0,0" in tables.read_text("utf-8-sig")


@pytest.mark.parametrize(
    "period", ["today", "yesterday", "week", "last-week", "month", "last-month", "quarter", "year"]
)
def test_every_period(say: Say, shared: str, tmp_path: Path, period: str) -> None:  # noqa: F811
    tables = tmp_path / "numbers.csv"
    assert say("report", "--period", period, "--tables", str(tables))[0] == 0
    assert "Cars sold,0,0" in tables.read_text("utf-8-sig")


def test_a_salesperson_has_the_own_row_alone(
    say: Say,  # noqa: F811
    shared: str,  # noqa: F811
    logins: Logins,  # noqa: F811
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    me, other = logins.person("salesperson"), logins.person("salesperson")
    for person, count in ((me, 2), (other, 3)):
        for _number in range(count):
            order = logins.owner.paid_order(salesperson_id=person.id)
            logins.owner.set("orders", order, status="completed")
    monkeypatch.setenv("DB__USER", me.login)
    monkeypatch.setenv("DB__PASSWORD", PASSWORD)
    pdf, tables = tmp_path / "a.pdf", tmp_path / "a.csv"
    code, _out, err = say("report", "--period", "year", "--pdf", str(pdf), "--tables", str(tables))
    assert (code, err) == (0, "")
    text = tables.read_text("utf-8-sig")
    assert "Cars sold,2,0" in text and "Profit" not in text
    assert pdf.read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize(
    "arguments",
    [
        ["--period", "month"],
        ["--period", "decade", "--pdf", "a.pdf"],
        ["--from", "yesterday", "--pdf", "a.pdf"],
        ["--from", "2026-02-01", "--to", "2026-01-01", "--pdf", "a.pdf"],
        ["--pdf", "a.pdf", "--language", "tlh"],
        ["--tables", "a.doc"],
    ],
)
def test_wrong_usage_is_one_line(say: Say, arguments: list[str]) -> None:  # noqa: F811
    code, out, err = say("report", *arguments)
    assert (code, out, err.count("\n")) == (2, "", 1)


def test_where_it_cannot_be_written(say: Say, shared: str, tmp_path: Path) -> None:  # noqa: F811
    code, out, err = say("report", "--pdf", str(tmp_path / "nowhere" / "a.pdf"))
    assert (code, out, err.count("\n")) == (1, "", 1)
