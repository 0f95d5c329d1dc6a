"""What stands on the order summary and the receipt, in both languages."""

import html
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import jwt
import pytest
from babel.messages.extract import extract

from dealer_desktop.core import i18n, paths, settings
from dealer_desktop.documents import code, order_summary
from dealer_desktop.domain.enums import OrderLineKind, OrderStatus, PaymentMeans, PaymentStatus
from dealer_desktop.services.document_codes import SUMMARY, Claims, Signer, signer_of_settings
from dealer_desktop.services.rows import OrderDetails, OrderLineRow

Make = Callable[..., OrderDetails]
AT = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
KEY = "a-key-that-is-long-enough-for-hs384-signatures-too"
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000001900000006408060000007fd8f1c80000000d4944415478da63fcffff3f0300"
    "06fe02fea7569e0a0000000049454e44ae426082"
)
"""The beginning of a PNG of 400 x 100."""


def words(text: str) -> str:
    """A document's text as a person reads it."""
    body = re.sub(r"<style>.*?</style>", "", text, flags=re.DOTALL)
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", body)))


def test_the_summary_in_russian(make_details: Make) -> None:
    paper = order_summary(make_details(), "ru", at=AT)
    assert paper.title == "Сводка заказа № 1042" and paper.language == "ru"
    text = words(paper.html)
    for part in (
        "Автосалон «Уральские моторы»", "ИНН 6671000000", "24.11.2026, 16:05", "Продавец : Анна Петрова",
        "Константин Константинопольский", "+7 912 345-67-89", "k.konst@example.ru", "LADA Niva Legend, 2021",
        "VIN XTA21214072046351", "48 500 км", "Задаток", "Карта", "T-88231", "до 10.12.2026", "ожидается",
        "Итого 1 234 567,00 ₽", "Оплачено 100 000,00 ₽", "К доплате 1 134 567,00 ₽", "планируется 1 декабря 2026 г.",
        "Продавец, подпись", "Покупатель, подпись", "Напечатано 24.11.2026, 17:00",
    ):  # fmt: skip
        assert part.replace(" : ", ": ") in text, part


def test_the_summary_names_the_car_that_was_agreed_to_be_taken(make_details: Make) -> None:
    details = make_details()
    pending = next(row for row in details.payments if row.status is PaymentStatus.PENDING)
    others = tuple(row for row in details.payments if row is not pending)

    def told(language: str, **said: str) -> str:
        coming = replace(pending, method=PaymentMeans.TRADE_IN, agreed_car=said)
        paper = order_summary(replace(details, payments=(*others, coming)), language, at=AT)
        return words(paper.html).replace("\xa0", " ")

    car = {"vin": "XTA21214072046352", "make": "Kia", "model": "<b>Rio</b>", "year": "2018", "allowed": "600000"}
    assert (
        "Будет принято в зачёт по договорённости : Kia <b>Rio</b>, 2018, VIN XTA21214072046352, оценка 600 000,00 ₽, "
        "выплата 150 000,00 ₽"
    ).replace(" :", ":") in told("ru", payoff="150000", **car)
    assert "Agreed to be taken in payment: allowed 600,000.00 ₽ " in told("en", allowed="600000")
    assert "Agreed to be taken" not in told("en")


def test_the_summary_in_english_while_the_window_is_russian(make_details: Make) -> None:
    i18n.set_language("ru")
    paper = order_summary(make_details(), "en", at=AT)
    assert paper.title == "Order summary No. 1042"
    text = words(paper.html)
    for part in ("Total 1,234,567.00 ₽", "Paid so far 100,000.00 ₽", "Balance due 1,134,567.00 ₽", "by 10 Dec 2026",
                 "planned for December 1, 2026"):  # fmt: skip
        assert part in text, part
    assert not re.search("[А-Яа-я]", re.sub("[^ ]*[А-ЯЁа-яё][^ ]*", "", text))
    assert i18n.gettext("Price") == "Цена"


def test_too_much_paid_is_to_give_back(make_details: Make) -> None:
    details = make_details(paid=Decimal("1300000"))
    assert "To give back 65,433.00 ₽" in words(order_summary(details, "en").html)
    assert "К возврату 65 433,00 ₽" in words(order_summary(details, "ru").html)


def test_a_canceled_order_says_why_and_owes_nothing(make_details: Make) -> None:
    canceled = make_details(status=OrderStatus.CANCELED, cancel_reason="Передумал", paid=Decimal(0), payments=())
    text = words(order_summary(canceled, "ru").html)
    assert "Отменён" in text and "Причина: Передумал" in text and "К доплате 0,00 ₽" in text


def test_without_an_address_the_car_is_handed_over_here(make_details: Make) -> None:
    details = make_details(delivery_address=None, delivery_date=None, deliveries=())
    assert "Выдача в салоне" in words(order_summary(details, "ru").html)


@pytest.mark.parametrize("name", ["<b>Bold</b> & Co", "שרה כהן", "Анна 🚗", '"><img src=x>', "{{ 7 * 7 }}", "${x} %s"])
def test_names_are_shown_as_typed(make_details: Make, name: str) -> None:
    text = order_summary(make_details(customer_name=name), "ru").html
    assert html.escape(name, quote=True).replace("&#x27;", "&#39;").replace("&quot;", "&#34;") in text
    assert name in words(text.replace(html.escape(name).replace("&quot;", "&#34;"), html.escape(name)))


def test_the_code_is_signed_and_says_what_the_paper_says(make_details: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", KEY)
    monkeypatch.setenv("ALGORITHM", "HS384")
    settings.reload()
    signer = signer_of_settings()
    assert signer is not None
    details = make_details()
    paper = order_summary(details, "ru", at=AT)
    claims = Claims(SUMMARY, 1042, details.order.total_amount, details.order.paid, AT)
    token = signer.sign(claims)
    assert code.square(token) in paper.html and KEY not in paper.html
    assert jwt.decode(token, KEY, algorithms=["HS384"], options={"verify_iat": False}) == {
        "k": "s", "o": 1042, "t": "1234567.00", "p": "100000.00", "iat": 1795521600,
    }  # fmt: skip
    with pytest.raises(jwt.InvalidSignatureError):
        jwt.decode(token, KEY + "!", algorithms=["HS384"])
    assert KEY not in repr(signer)


def test_without_a_key_there_is_no_code(make_details: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    details = make_details()
    assert signer_of_settings() is None
    assert "<img" not in order_summary(details, "ru").html
    # The dealership's own key, from the database.
    own = Signer("0123456789abcdef" * 4)
    assert code.square(own.sign(Claims(SUMMARY, 1042, details.order.total_amount, details.order.paid, AT))) in (
        order_summary(details, "ru", at=AT, signer=own).html
    )


def test_the_logo_keeps_its_shape_and_what_is_no_picture_is_left_out(make_details: Make) -> None:
    dealer = make_details().dealer
    with_logo = order_summary(make_details(dealer=replace(dealer, logo=PIXEL)), "ru").html
    assert 'width="224" height="56"' in with_logo
    for broken in (b"", b"GIF", PIXEL[:10], b"\xff\xd8\xff", b"\xff\xd8" + b"\xff\xc0" * 3):
        assert "<img" not in order_summary(make_details(dealer=replace(dealer, logo=broken)), "ru").html


def test_every_word_of_the_templates_is_translated() -> None:
    russian = i18n.translations("ru")
    missing = []
    for template in Path(paths.resources() / "templates").glob("*.html"):
        with template.open("rb") as source:
            found = extract(
                "jinja2.ext:babel_extract", source, keywords={"_": None, "pgettext": ((1, "c"), 2), "ngettext": (1, 2)}
            )
            for _line, message, _comments, context in found:
                assert isinstance(message, str)
                told = russian.pgettext(context, message) if context else russian.gettext(message)
                if told == message:
                    missing.append((template.name, context, message))
    assert not missing


def test_extras_discounts_and_a_transfer(make_details: Make) -> None:
    plain = make_details()
    lines = (
        OrderLineRow(1, 1, 1042, OrderLineKind.ACCESSORY, "Коврики <b>", Decimal(2), Decimal(12_500), None, AT),
        OrderLineRow(2, 1, 1042, OrderLineKind.DISCOUNT, "Скидка", Decimal(1), Decimal(-50_000), "по акции", AT),
    )
    order = replace(plain.order, lines_total=Decimal(-37_500), discounts=Decimal(-50_000))
    payments = tuple(replace(each, method=PaymentMeans.TRANSFER) for each in plain.payments)
    text = words(order_summary(replace(plain, order=order, lines=lines, payments=payments), "ru", at=AT).html)
    for part in (
        "За автомобиль 1 272 067,00 ₽", "Коврики <b> 2 12 500,00 ₽", "Скидка по акции -50 000,00 ₽",
        "Итого 1 234 567,00 ₽", "Перевод",
    ):  # fmt: skip
        assert part in text.replace("−", "-"), part
    assert "None" not in text
    assert "За автомобиль" not in words(order_summary(plain, "ru", at=AT).html)
