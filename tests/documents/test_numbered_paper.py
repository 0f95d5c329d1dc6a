"""Contracts, handover acts and receipts: what stands on them, in both languages, and that names are only text."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from dealer_desktop.documents import code, draft_paper, empty_act, issued_paper
from dealer_desktop.domain.document_facts import (
    Buyer,
    CarFacts,
    Checklist,
    Facts,
    LineFacts,
    OrderFacts,
    PaymentFacts,
    Seller,
    to_json,
)
from dealer_desktop.domain.enums import (
    CarCondition,
    CustomerKind,
    DocumentKind,
    EngineType,
    OrderLineKind,
    OrderStatus,
    PaymentMeans,
    PaymentMethod,
    PaymentType,
    Transmission,
)
from dealer_desktop.services.document_codes import Claims, Signer
from dealer_desktop.services.documents import DocumentRow
from tests.documents.test_order_summary import words

AT = datetime(2026, 11, 24, 11, 5, tzinfo=UTC)
SIGNER = Signer("0123456789abcdef" * 4)
FACTS = Facts(
    seller=Seller(
        name="Автосалон «Уральские моторы»", currency="RUB", timezone="Asia/Yekaterinburg",
        legal_name="ООО «Уральские моторы»", address="620014, Екатеринбург, пр. Ленина, 24", phone="+73432001122",
        tax_id="6671000000", bank_details="р/с 40702810000000000001", signed_by="директора Петрова И. С.",
    ),
    buyer=Buyer(
        name="Константин Константинопольский", account_id=5, phone="+79123456789", document="паспорт 6510 123456",
        address="Екатеринбург, ул. Малышева, 5", birth_date=date(1985, 4, 1),
    ),
    car=CarFacts(
        id=7, vin="XTA21214072046351", make="LADA", model="Niva Legend", year=2021, mileage=48_500,
        condition=CarCondition.USED, color="тёмно-зелёный", engine_type=EngineType.GASOLINE,
        transmission=Transmission.MANUAL, title_number="16 ОА 123456",
    ),
    order=OrderFacts(
        id=1042, status=OrderStatus.PENDING, created_at=AT, payment_method=PaymentMethod.CASH,
        total=Decimal("1254567.00"), paid=Decimal("100000.00"), lines_total=Decimal("20000.00"),
    ),
    lines=(
        LineFacts(OrderLineKind.ACCESSORY, "Коврики", Decimal(1), Decimal(25_000)),
        LineFacts(OrderLineKind.DISCOUNT, "Скидка", Decimal(1), Decimal(-5_000)),
    ),
    payment=PaymentFacts(501, Decimal(100_000), PaymentMeans.CARD, PaymentType.DEPOSIT, AT, "T-88231"),
    checklist=Checklist(keys=2, second_wheels=True, documents="ПТС, СТС", mileage=48_510, fuel="1/2"),
)  # fmt: skip


def issued(kind: DocumentKind, facts: Facts = FACTS) -> DocumentRow:
    return DocumentRow(1, kind, 2026, 15, 1042, None, "ru", to_json(facts), "Анна", AT)


def text(kind: DocumentKind, facts: Facts = FACTS, language: str = "ru", **how: Any) -> str:
    return words(issued_paper(issued(kind, facts), language, signer=SIGNER, **how).html).replace("\u00a0", " ")


def test_a_contract_says_price_and_total_in_figures_and_words() -> None:
    paper = issued_paper(issued(DocumentKind.CONTRACT), "ru", signer=SIGNER)
    assert (paper.title, paper.author, paper.is_draft) == (
        "Договор купли-продажи № 2026-15", "Автосалон «Уральские моторы»", False,
    )  # fmt: skip
    said = text(DocumentKind.CONTRACT)
    for part in (
        "24 ноября 2026 г.", "ООО «Уральские моторы»", "в лице директора Петрова И. С.", "паспорт 6510 123456",
        "1 234 567,00 ₽ (Один миллион двести тридцать четыре тысячи пятьсот шестьдесят семь рублей 00 копеек)",
        "1 254 567,00 ₽ (Один миллион двести пятьдесят четыре тысячи", "остаётся оплатить: 1 154 567,00 ₽",
        "Коврики 1 25 000,00 ₽", "-5 000,00 ₽", "16 ОА 123456", "Дата рождения : 01.04.1985",
    ):  # fmt: skip
        assert part in said.replace("Дата рождения:", "Дата рождения :"), part
    assert "24 ноября" not in (english := text(DocumentKind.CONTRACT, language="en"))
    for part in ("November 24, 2026", "Sale contract No. 2026-15", "one million two hundred", "1,254,567.00 ₽"):
        assert part.lower() in english.lower(), part


def test_its_code_is_that_of_the_first_day_on_a_copy_too() -> None:
    token = SIGNER.sign(Claims("contract", 1042, FACTS.order.total, FACTS.order.paid, AT, "2026-15"))
    first = issued_paper(issued(DocumentKind.CONTRACT), "ru", signer=SIGNER)
    copy = issued_paper(issued(DocumentKind.CONTRACT), "ru", signer=SIGNER, copied=datetime(2031, 5, 6, tzinfo=UTC))
    assert code.square(token) in first.html and code.square(token) in copy.html
    assert "Копия от 06.05.2031" in words(copy.html) and "Копия" not in words(first.html)
    assert copy.title.endswith("копия") and "24 ноября 2026" in words(copy.html)


def test_a_company_buys_by_who_signs_for_it() -> None:
    company = Buyer(
        name="ООО «Ромашка»", kind=CustomerKind.COMPANY, tax_id="7701000000", signed_by="Ивановой А. А.",
        signed_on_basis="доверенность № 5",
    )  # fmt: skip
    said = text(DocumentKind.CONTRACT, replace(FACTS, buyer=company))
    assert "в лице Ивановой А. А., действующего на основании: доверенность № 5" in said
    assert "ИНН: 7701000000" in said and "удостоверяющий" not in said


def test_what_is_missing_is_a_line_and_told_before() -> None:
    bare = replace(FACTS, buyer=Buyer(name="Анна"), car=replace(FACTS.car, title_number=None))
    paper = draft_paper(DocumentKind.CONTRACT, bare, "ru", at=AT)
    assert paper.is_draft and "<img" not in paper.html
    assert paper.warnings == ("адрес покупателя", "паспорт покупателя", "номер ПТС") or len(paper.warnings) == 3
    assert "документ, удостоверяющий личность: ____" in words(paper.html).replace("  ", " ")
    assert "None" not in words(paper.html)


def test_an_act_has_its_checklist_and_an_empty_one_has_lines() -> None:
    said = text(DocumentKind.HANDOVER_ACT)
    for part in ("Ключи, шт. 2", "Второй комплект колёс да", "Документы ПТС, СТС", "48 510", "Топливо 1/2"):
        assert part in said, part
    assert "Видимые повреждения ____" in said
    empty = words(empty_act(FACTS, "ru", at=AT).html)
    for part in ("Константин", "XTA21214072046351", "48 510", "1/2", "2026"):
        assert part not in empty, part
    assert "да / нет" in empty and "Автосалон «Уральские моторы»" in empty


def test_a_receipt_and_a_refund() -> None:
    said = text(DocumentKind.RECEIPT)
    for part in (
        "Квитанция № 2026-15", "Получено от Константин", "100 000,00 ₽ Сто тысяч рублей 00 копеек", "№ 1042",
        "К доплате 1 154 567,00 ₽", "не является фискальным",
    ):  # fmt: skip
        assert part in said, part
    back = replace(FACTS, payment=replace(FACTS.payment, amount=Decimal("-40000")))
    said = text(DocumentKind.RECEIPT, back, "en")
    assert "Refund receipt No. 2026-15" in said and "Given back to" in said and "-40" not in said


HOSTILE = (
    "<b>жирный</b> <img src=file:///etc/passwd> <img src='http://x.ru/a.png'>",
    "{{ 7 * 7 }} {% raw %} {{ seller.__class__ }} {0} {seller} {}",
    "Tom & Co &lt;b&gt; \" ' </td></table>",
    "\u202eкод налево\u202c שלום עולם مرحبا",
    "Ж" * 10_000,
)


@pytest.mark.parametrize("name", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.parametrize("kind", [DocumentKind.CONTRACT, DocumentKind.HANDOVER_ACT, DocumentKind.RECEIPT])
def test_hostile_text_is_text(kind: DocumentKind, name: str) -> None:
    facts = replace(
        FACTS,
        buyer=replace(FACTS.buyer, name=name, address=name, document=name),
        seller=replace(FACTS.seller, signed_by=name, legal_name=name),
        car=replace(FACTS.car, title_number=name, color=name),
        lines=(LineFacts(OrderLineKind.SERVICE, name, Decimal("1.5"), Decimal(5)),),
        checklist=replace(FACTS.checklist, damage=name),
    )
    html = issued_paper(issued(kind, facts), "ru", signer=SIGNER).html
    assert html.count("<img") == 1  # the code
    assert "src=file" not in html.replace("&lt;img src=file", "") and "49" not in words(html)
    # As typed, once and for all: neither read as markup nor escaped twice.
    assert " ".join(name.split()) in words(html), words(html)[:500]


def test_years_later_the_facts_of_another_version_are_read() -> None:
    kept = to_json(FACTS)
    kept["order"].pop("salesperson")
    kept["car"].pop("registration_number")
    kept["car"]["something_new"] = 5
    document = DocumentRow(1, DocumentKind.CONTRACT, 2026, 15, 1042, None, "ru", kept, "Анна", AT)
    assert "LADA" in issued_paper(document, "ru", signer=SIGNER).html
