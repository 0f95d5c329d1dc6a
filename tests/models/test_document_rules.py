"""Documents in plain SQL: numbers without a gap, facts that stay, keys that are kept."""

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import psycopg
import pytest

from dealer_desktop.server.connect import connect
from tests.models.conftest import Shop


def _issue(shop: Any, **values: Any) -> int:
    told = {"kind": "contract", "language": "ru", "facts": '{"total": "1000.00"}'}
    if "order_id" not in values and "payment_id" not in values:
        values["order_id"] = shop.order()
    return int(shop.insert("documents", **{**told, **values}))


def _numbers(shop: Any, kind: str = "contract") -> list[int]:
    found = shop.run(
        "SELECT number FROM documents WHERE kind = %(kind)s AND year = extract(year FROM dealer_today())"
        " ORDER BY number",
        kind=kind,
    )
    return [row["number"] for row in found]


def test_a_document_gets_number_year_person_and_moment_from_the_database(shop: Any, logins: Any) -> None:
    anna = logins.person("salesperson")
    order = shop.order()
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        _issue(anna, order_id=order, number=7)
    document = shop.get("documents", _issue(anna, order_id=order))
    assert document["number"] == 1
    assert document["year"] == shop.one("SELECT extract(year FROM dealer_today())")
    assert document["issued_by"] == anna.id
    # What the owner gives is not taken either.
    second = shop.get("documents", _issue(shop, number=70, year=1999, issued_at="2001-01-01T00:00:00Z"))
    assert (second["number"], second["year"]) == (2, document["year"])
    assert second["issued_at"] > document["issued_at"]


def test_each_kind_counts_for_itself(shop: Any) -> None:
    order = shop.order()
    payment = shop.pay(order, 100)
    for values in ({"kind": "contract", "order_id": order}, {"kind": "handover_act", "order_id": order}):
        _issue(shop, **values)
    _issue(shop, kind="receipt", payment_id=payment)
    assert [_numbers(shop, kind) for kind in ("contract", "handover_act", "receipt")] == [[1], [1], [1]]


def test_a_document_is_about_its_record(shop: Any) -> None:
    order = shop.order()
    payment = shop.pay(order, 100)
    for values in (
        {"kind": "contract", "payment_id": payment},
        {"kind": "receipt", "order_id": order},
        {"kind": "receipt", "order_id": order, "payment_id": payment},
    ):
        with shop.refused("documents_about_its_record"):
            _issue(shop, **values)
    with shop.refused("documents_receipt_of_paid"):
        _issue(shop, kind="receipt", payment_id=shop.expect(order, 5))
    with shop.refused("documents_language_shape"):
        _issue(shop, language="Russian")
    with shop.refused("documents_facts_named"):
        _issue(shop, facts="[1]")
    assert _numbers(shop) == _numbers(shop, "receipt") == []
    assert _issue(shop)
    assert _numbers(shop) == [1]


def test_a_drawers_report_has_its_number_and_is_issued_once_it_is_closed(shop: Any) -> None:
    drawers = [shop.insert("drawers", name=f"Касса {n}", opening_amount=5) for n in range(2)]
    report = {"kind": "drawer_report", "language": "ru", "facts": "{}"}
    with shop.refused("documents_report_of_closed"):
        shop.insert("documents", **report, drawer_id=drawers[0])
    for drawer in reversed(drawers):
        shop.set("drawers", drawer, counted_amount=5)
    told = [shop.get("documents", shop.insert("documents", **report, drawer_id=drawer, number=9)) for drawer in drawers]
    assert [document["number"] for document in told] == [2, 1]
    with shop.refused("uq_documents_number"):
        shop.insert("documents", **report, drawer_id=drawers[0])
    for values in ({"order_id": shop.order()}, {}, {"drawer_id": drawers[0], "order_id": shop.order()}):
        with shop.refused("documents_about_its_record"):
            shop.insert("documents", **report, **values)
    assert shop.run("SELECT kind FROM counters WHERE kind = 'drawer_report'") == []


def test_what_was_issued_stays(shop: Any) -> None:
    document = _issue(shop)
    with shop.refused("documents_never_changed"):
        shop.set("documents", document, facts="{}")
    with shop.refused("documents_never_deleted"):
        shop.run("DELETE FROM documents")
    with shop.refused("documents_never_deleted"):
        shop.run("TRUNCATE documents")


def test_a_number_taken_by_a_rollback_is_given_again(shop: Any) -> None:
    _issue(shop)
    with pytest.raises(ZeroDivisionError), shop.transaction():
        _issue(shop)
        raise ZeroDivisionError
    _issue(shop)
    with shop.transaction():
        with pytest.raises(ZeroDivisionError), shop.transaction():  # a savepoint
            _issue(shop)
            raise ZeroDivisionError
        _issue(shop)
    assert _numbers(shop) == [1, 2, 3]


def test_a_number_that_nothing_uses_is_refused(shop: Any) -> None:
    first = _issue(shop)
    order = shop.order()
    with shop.refused("counters_number_used"):
        shop.run(
            "INSERT INTO documents (id, kind, order_id, language, facts)"
            " VALUES (%(id)s, 'contract', %(order)s, 'ru', '{}') ON CONFLICT DO NOTHING",
            id=first,
            order=order,
        )
    with shop.refused("counters_number_used"):
        shop.one("SELECT counter_next('contract', 2020)")
    assert shop.one("SELECT counter_next('anything else', 0)") == 1
    with shop.refused("counters_by_one"):
        shop.run("UPDATE counters SET last = last + 2")
    with shop.refused("counters_by_one"):
        shop.run("UPDATE counters SET last = last - 1")
    with shop.refused("counters_by_one"):
        shop.run("INSERT INTO counters VALUES ('receipt', 2026, 5)")
    with shop.refused("counters_never_deleted"):
        shop.run("DELETE FROM counters")
    with shop.refused("counters_never_deleted"):
        shop.run("TRUNCATE counters")
    with shop.refused("counters_kind_filled"):
        shop.run("INSERT INTO counters VALUES (' ', 0, 1)")
    with shop.refused("counters_text_length"):
        shop.run("INSERT INTO counters VALUES (repeat('x', 201), 0, 1)")
    # A number by hand, over the counter's head.
    with shop.refused("uq_documents_number"), shop.transaction():
        shop.run("ALTER TABLE documents DISABLE TRIGGER USER")
        shop.run(
            "INSERT INTO documents (kind, year, number, order_id, language, facts)"
            " SELECT kind, year, number, order_id, language, facts FROM documents"
        )


@pytest.mark.parametrize("level", ["READ COMMITTED", "REPEATABLE READ", "SERIALIZABLE"])
def test_numbers_have_no_gap_where_many_issue_and_some_change_their_mind(
    shop: Any, database_url: str, level: str
) -> None:
    people, each = 8, 6
    order = shop.order()
    gate = threading.Barrier(people)

    def one(person: int) -> int:
        done = 0
        with connect(database_url) as connection:
            clerk = Shop(connection)
            clerk.run(f"SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL {level}")
            gate.wait()
            for turn in range(each):
                while True:
                    try:
                        with clerk.transaction():
                            _issue(clerk, order_id=order)
                            if (person + turn) % 3 == 0:
                                raise ZeroDivisionError
                    except psycopg.errors.SerializationFailure:
                        continue
                    except ZeroDivisionError:
                        break
                    done += 1
                    break
        return done

    with ThreadPoolExecutor(people) as pool:
        issued = sum(pool.map(one, range(people)))
    assert 0 < issued < people * each
    assert _numbers(shop) == list(range(1, issued + 1))


def test_documents_are_the_staffs(shop: Any, stranger: Any) -> None:
    order = shop.order()
    other = stranger(
        "GRANT INSERT ON documents TO {}",
        "GRANT SELECT ON documents TO {}",
        "GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA public TO {}",
    )
    with other.refused("documents_by_staff"):
        _issue(other, order_id=order)
    for call in ("document_key()", "document_key_keep('HS256', 'x')"):
        with other.refused("secrets_by_staff"):
            other.run(f"SELECT {call}")
    with other.refused("secrets_renewed_by_admin"):
        other.run("SELECT document_key_renew()")


def test_a_key_is_made_once_and_kept_when_another_follows(shop: Any, logins: Any, database_url: str) -> None:
    def first(_number: int) -> str:
        with connect(database_url) as connection:
            return str(Shop(connection).one("SELECT document_key()"))

    with ThreadPoolExecutor(6) as pool:
        keys = set(pool.map(first, range(6)))
    assert len(keys) == 1
    old = keys.pop()
    assert len(old) == 64
    logins.person("admin").run("SELECT document_key_renew()")
    new = logins.person("salesperson").one("SELECT document_key()")
    assert new not in (old, "")
    for _ in range(2):
        shop.run("SELECT document_key_keep('HS256', 'from the settings')")
    told = [(row["name"], row["value"]) for row in shop.run("SELECT * FROM secrets ORDER BY since")]
    assert told == [("documents", old), ("documents", new), ("documents HS256", "from the settings")]
    with shop.refused("secrets_kept"):
        shop.run("UPDATE secrets SET value = 'x'")
    with shop.refused("secrets_kept"):
        shop.run("DELETE FROM secrets")
    with shop.refused("secrets_never_truncated"):
        shop.run("TRUNCATE secrets")
    with shop.refused("secrets_filled"):
        shop.run("SELECT document_key_keep('HS256', ' ')")
    with shop.refused("secrets_text_length"):
        shop.run("SELECT document_key_keep('HS256', repeat('x', 20001))")


def test_templates_have_one_row_a_kind(shop: Any) -> None:
    template = shop.insert("document_templates", kind="contract", source="<p></p>")
    with shop.refused("uq_document_templates_kind"):
        shop.insert("document_templates", kind=" contract", source="")
    with shop.refused("document_templates_kind_filled"):
        shop.insert("document_templates", kind=" ", source="")
    with shop.refused("document_templates_text_length"):
        shop.insert("document_templates", kind="receipt", source="x" * 200_001)
    with shop.refused("document_templates_keep_id"):
        shop.set("document_templates", template, id=99)
    with shop.refused("document_templates_never_truncated"):
        shop.run("TRUNCATE document_templates")
    was = shop.get("document_templates", template)["updated_at"]
    shop.set("document_templates", template, source="<b></b>")
    assert shop.get("document_templates", template)["updated_at"] > was


def test_the_history_tells_of_a_document_but_not_what_stands_on_it(shop: Any) -> None:
    document = _issue(shop, facts='{"passport": "4510 123456"}')
    row = shop.run("SELECT after::text AS told FROM audit_log WHERE table_name = 'documents'")
    assert f'"id": {document}' in row[0]["told"]
    assert "4510" not in row[0]["told"]
    _key = shop.one("SELECT document_key()")
    assert shop.one("SELECT count(*) FROM audit_log WHERE table_name IN ('secrets', 'counters')") == 0
