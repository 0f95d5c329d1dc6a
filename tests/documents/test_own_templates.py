"""A template of the dealership's own: it sees the order's facts and nothing else, and a broken one is not used."""

from collections.abc import Iterator

import pytest

from dealer_desktop.documents import issued_paper, own_templates
from dealer_desktop.domain.enums import DocumentKind
from tests.documents.test_numbered_paper import FACTS, SIGNER, issued


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
