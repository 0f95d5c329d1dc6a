"""The report of a drawer: once closed, kept once, and years later as it was."""

from typing import Any
from uuid import uuid4

import pytest

from dealer_desktop.core.errors import InvalidInput, NotFound
from dealer_desktop.documents import drawer_paper
from dealer_desktop.services import drawer_reports
from dealer_desktop.services.inputs.base import parse
from dealer_desktop.services.inputs.documents import IssueDrawerReport
from tests.documents.test_order_summary import words
from tests.services.test_drawers import close, move, open_one


def _wanted(drawer_id: int) -> IssueDrawerReport:
    return parse(IssueDrawerReport, request_id=uuid4(), drawer_id=drawer_id, language="ru")


def test_a_report_is_kept_as_it_was(shop: Any) -> None:
    shop.sql("UPDATE dealer SET uses_drawers = true, name = 'Моторы', timezone = 'Asia/Yekaterinburg'")
    drawer = open_one(shop, "Касса 1").drawer
    order = shop.order()
    payment = shop.pay(order.id, 500, method="cash").payment
    shop.refund(payment.id, "40.50")
    move(shop, drawer.id, 300, goes_in=False, reason="в <банк>")
    with pytest.raises(InvalidInput):
        drawer_reports.prepare(shop.reader, drawer.id)
    close(shop, drawer.id, 1000, note="сдача & мелочь")
    prepared = drawer_reports.prepare(shop.reader, drawer.id)
    first = drawer_reports.issue(shop.maker, _wanted(drawer.id))
    assert drawer_reports.facts_of(first) == prepared.facts and prepared.issued is None
    shop.sql("UPDATE dealer SET name = 'Другие', timezone = 'UTC'")
    # Another PC, and years later: there is one report, and it says what it said.
    again = drawer_reports.issue(shop.maker, _wanted(drawer.id))
    assert again == first == drawer_reports.prepare(shop.reader, drawer.id).issued
    assert (first.number, first.drawer_id, first.order_id) == (1, drawer.id, None)
    said = words(drawer_paper(first, "ru").html).replace("\u00a0", " ")
    for part in (
        "Отчёт за смену № 1", "Касса 1", "Моторы", "Принято наличными 500,00 ₽", "1 159,50 ₽", "-159,50 ₽",
        "в <банк>", "-300,00 ₽", f"{order.id} ", "-40,50 ₽", "сдача & мелочь",
    ):  # fmt: skip
        assert part in said, (part, said)
    with pytest.raises(NotFound):
        drawer_reports.issue(shop.maker, _wanted(999))
