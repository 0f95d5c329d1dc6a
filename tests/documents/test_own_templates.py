"""A template of the dealership's own: it sees the order's facts and nothing else, and a broken one is not used."""

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from dealer_desktop.documents import (
    Paper,
    delivery_list,
    drawer_draft,
    issued_paper,
    order_summary,
    own_templates,
    price_tag,
    takings_paper,
    template_fields,
)
from dealer_desktop.domain.drawer_facts import CashFacts, DrawerFacts
from dealer_desktop.domain.enums import DocumentKind
from dealer_desktop.services.rows import OrderDetails
from dealer_desktop.services.takings import Takings
from tests.documents.conftest import CAR, DEALER, DELIVERY, EXPECTED, ORDER, PAYMENT
from tests.documents.test_numbered_paper import AT, FACTS, SIGNER, issued
from tests.documents.test_takings_paper import LINES

DRAWER = DrawerFacts(
    seller=FACTS.seller, id=1, name="Касса 1", z_number=12, opened_at=AT, opening_amount=Decimal(5000), closed_at=AT,
    counted_amount=Decimal("154999.50"), expected_amount=Decimal(155_000), received=Decimal(200_000),
    given_back=Decimal(50_000), moved_in=Decimal(500), moved_out=Decimal(500), opened_by="Анна Петрова",
    closed_by="Иван Иванов", note="сдача",
    payments=tuple(CashFacts(AT, Decimal(50_000), "Анна Петрова", 1042 + number) for number in range(4)),
    moves=(CashFacts(AT, Decimal(-500), "Анна Петрова", reason="в банк"),),
)  # fmt: skip


@pytest.fixture(autouse=True)
def _built_in_again() -> Iterator[None]:
    yield
    own_templates.use({})


def page(source: str) -> str:
    own_templates.use({"receipt": source})
    return issued_paper(issued(DocumentKind.RECEIPT, FACTS), "ru", signer=SIGNER).html


def test_it_is_printed_with_the_facts_and_escaped() -> None:
    html = page('{% extends "base.html" %}{% block content %}Чек {{ number }} {{ buyer.name }} '
                "{{ order.total | money }} {{ words(payment.amount) }} {{ '<b>' }}{% endblock %}")  # fmt: skip
    assert "Чек 2026-15 Константин Константинопольский" in html and "Сто тысяч рублей 00 копеек &lt;b&gt;" in html
    assert own_templates.trouble_of("receipt") == ""


@pytest.mark.parametrize(
    ("source", "line"),
    [
        ("ok\n{% if %}", 2),
        ("\n\n{{ nothing_of_this_name }}", 3),
        ("{{ 1 / 0 }}", 1),
        ("{{ ''.__class__.__mro__ }}", 1),
        ("{{ words.__globals__ }}", 1),
        ("{{ names.pgettext.__globals__['__builtins__'] }}", 1),
        ("{{ seller.__init__.__globals__ }}", 1),
        ("{% include '/etc/passwd' %}", 1),
        ("{% include '../../pyproject.toml' %}", 1),
        ("{% import 'os' as os %}", 1),
        ("{% for a in range(99999999999) %}x{% endfor %}", 1),
        ("{% for a in range(90000) %}{% for b in range(90000) %}xxxxxxxxxx{% endfor %}{% endfor %}", 1),
    ],
)
def test_a_broken_or_hostile_one_is_named_with_its_line_and_the_built_in_one_is_used(source: str, line: int) -> None:
    html = page(source)
    assert "Получено от" in html
    assert f"line {line} " in own_templates.trouble_of("receipt") or f"строке {line} " in own_templates.trouble_of(
        "receipt"
    )


def _papers() -> dict[str, Callable[[], Paper]]:
    details = OrderDetails(order=ORDER, car=CAR, payments=(PAYMENT, EXPECTED), deliveries=(DELIVERY,), dealer=DEALER)
    day = date(2026, 11, 24)
    return {
        "order_summary": lambda: order_summary(details, "ru", signer=SIGNER),
        "contract": lambda: issued_paper(issued(DocumentKind.CONTRACT, FACTS), "ru", signer=SIGNER),
        "handover_act": lambda: issued_paper(issued(DocumentKind.HANDOVER_ACT, FACTS), "ru", signer=SIGNER),
        "receipt": lambda: issued_paper(issued(DocumentKind.RECEIPT, FACTS), "ru", signer=SIGNER),
        "price_tag": lambda: price_tag(CAR, DEALER, "ru"),
        "takings": lambda: takings_paper(Takings(day, day, LINES), DEALER, "ru"),
        "delivery_list": lambda: delivery_list(day, (DELIVERY,), DEALER, "ru"),
        "drawer_report": lambda: drawer_draft(DRAWER, "ru"),
    }


@pytest.mark.parametrize("kind", template_fields.KINDS)
def test_every_field_that_is_listed_can_be_printed_and_none_is_left_out(
    kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    passed: set[str] = set()
    attempt = own_templates.attempt

    def listen(*given: Any) -> str | None:
        passed.update(given[-1])
        return attempt(*given)

    monkeypatch.setattr(own_templates, "attempt", listen)
    once, *rows = "\n".join(template_fields.fields_of(kind)).split("{% for ")
    # What stands row by row is written in its row; what is the paper's comes after the last of them.
    loops = ["{% for " + row.replace("{% endfor %}", "").partition("\n{{ title }}")[0] + "{% endfor %}" for row in rows]
    own_templates.use({kind: once + "\n".join(loops)})
    html = _papers()[kind]().html
    assert own_templates.trouble_of(kind) == "" and "None" not in html
    passed.discard("words")
    passed -= {"dealer"} if "seller" in passed else set()  # the same under another name
    assert passed <= template_fields.names_of(kind)


def test_who_writes_a_template_need_not_ask_what_was_filled_in() -> None:
    assert page("{{ car.stock_number }}|{{ order.delivery_date | day }}|{{ order.delivery_address | lines }}") == "||"
