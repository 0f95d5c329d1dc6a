"""Documents that are issued: their numbers, and their facts years later."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest

from dealer_desktop.core.errors import InvalidInput, NotFound
from dealer_desktop.domain.enums import CustomerKind, DocumentKind
from dealer_desktop.services import documents
from dealer_desktop.services.inputs.base import parse
from dealer_desktop.services.inputs.documents import IssueDocument


def _wanted(kind: str = "contract", **values: Any) -> IssueDocument:
    return parse(IssueDocument, **{"request_id": uuid4(), "kind": kind, "language": "ru", **values})


def test_what_was_issued_stays_when_everything_changes(shop: Any) -> None:
    order = shop.order(customer_name="Анна Ёлкина")
    shop.sql(
        "INSERT INTO customer_details (user_id, kind, document, birth_date) VALUES (%s, 'person', '4510 123456', "
        "'1990-05-01')",
        order.user_id,
    )
    document = documents.issue(shop.maker, _wanted(order_id=order.id))
    shop.sql("UPDATE orders SET customer_name = 'Другая' WHERE id = %s", order.id)
    shop.sql("UPDATE customer_details SET document = 'нет'")
    shop.sql("UPDATE cars SET color = 'синий', price = 5 WHERE id = %s", order.car_id)
    again = documents.read(shop.reader, document.id)
    facts = documents.facts_of(again)
    assert again == document
    assert (facts.buyer.name, facts.buyer.document, facts.buyer.birth_date, facts.order.total) == (
        "Анна Ёлкина", "4510 123456", date(1990, 5, 1), order.total_amount,
    )  # fmt: skip
    prepared = documents.prepare(shop.reader, DocumentKind.CONTRACT, order_id=order.id)
    assert (prepared.issued, prepared.is_as_issued) == (document, False)


def test_a_form_sent_twice_gives_one_document(shop: Any) -> None:
    wanted = _wanted(order_id=shop.order().id)
    assert documents.issue(shop.maker, wanted) == documents.issue(shop.maker, wanted)
    assert shop.one("SELECT count(*) FROM documents") == 1


def test_a_receipt_is_of_a_payment_and_listed_with_the_order(shop: Any) -> None:
    order = shop.order()
    payment = shop.pay(order.id, 1000).payment
    contract = documents.issue(shop.maker, _wanted(order_id=order.id))
    receipt = documents.issue(shop.maker, _wanted("receipt", payment_id=payment.id))
    act = documents.issue(shop.maker, _wanted("handover_act", order_id=order.id, keys=2, fuel="1/2", mileage=45_010))
    assert [each.id for each in documents.of_order(shop.reader, order.id)] == [act.id, receipt.id, contract.id]
    assert documents.facts_of(receipt).payment.amount == Decimal(1000)
    assert documents.facts_of(act).checklist.fuel == "1/2"
    assert {receipt.number, act.number, contract.number} == {1}


def test_what_is_not_there_is_told(shop: Any) -> None:
    with pytest.raises(NotFound):
        documents.issue(shop.maker, _wanted(order_id=999))
    with pytest.raises(NotFound):
        documents.prepare(shop.reader, DocumentKind.RECEIPT, payment_id=999)
    with pytest.raises(NotFound):
        documents.read(shop.reader, 999)
    order = shop.order()
    expected = shop.expect(order.id, 5)
    with pytest.raises(InvalidInput):
        documents.issue(shop.maker, _wanted("receipt", payment_id=expected.payment.id))
    assert shop.one("SELECT count(*) FROM counters") == 0


def test_what_a_contract_lacks_is_listed_with_the_field_it_belongs_to(shop: Any) -> None:
    order = shop.order()
    facts = documents.prepare(shop.reader, DocumentKind.CONTRACT, order_id=order.id).facts
    lacking = {(each.record, each.id, each.field) for each in documents.missing(facts)}
    buyer = {("customers", order.user_id, "document"), ("customers", order.user_id, "address")}
    assert buyer | {("dealer", 1, "signedBy"), ("cars", order.car_id, "titleNumber")} <= lacking
    shop.sql("INSERT INTO customer_details (user_id, kind, address) VALUES (%s, 'company', 'Тверь')", order.user_id)
    facts = documents.prepare(shop.reader, DocumentKind.CONTRACT, order_id=order.id).facts
    assert facts.buyer.kind is CustomerKind.COMPANY
    fields = {each.field for each in documents.missing(facts) if each.record == "customers"}
    assert fields == {"taxId", "signedBy", "signedOnBasis"}
