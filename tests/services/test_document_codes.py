"""The signed code: read back however it is typed, and never taken where a letter of it is another one."""

import string
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any
from uuid import uuid4

import jwt
import pytest

from dealer_desktop.core import settings
from dealer_desktop.domain import keyboard
from dealer_desktop.domain.enums import DocumentKind
from dealer_desktop.services import document_codes, documents
from dealer_desktop.services.document_codes import Claims, Signer, Verdict
from dealer_desktop.services.inputs.base import parse
from dealer_desktop.services.inputs.documents import IssueDocument

AT = datetime(2026, 11, 24, 11, 5, tzinfo=UTC)
KEY = "correct horse battery staple, twice"
TYPED_RUSSIAN = str.maketrans(
    keyboard.ENGLISH_KEYS + keyboard.ENGLISH_KEYS.upper(), keyboard.RUSSIAN_KEYS + keyboard.RUSSIAN_KEYS.upper()
)


def _claims(order: Any, **changes: Any) -> Claims:
    told = {"kind": "summary", "order": order.id, "total": order.total_amount, "paid": order.paid, "at": AT}
    return Claims(**{**told, **changes})


def _contract(shop: Any, order_id: int) -> documents.DocumentRow:
    return documents.issue(
        shop.maker, parse(IssueDocument, request_id=uuid4(), kind="contract", order_id=order_id, language="ru")
    )


def _code_of(shop: Any, document: documents.DocumentRow) -> str:
    facts = documents.facts_of(document)
    return document_codes.signer(shop.maker).sign(
        Claims(
            document.kind.value, facts.order.id, facts.order.total, facts.order.paid, document.issued_at,
            f"{document.year}-{document.number}",
        )
    )  # fmt: skip


def _check(shop: Any, text: str) -> document_codes.Reading:
    return document_codes.check(shop.reader, text)


def test_a_code_is_there_by_default_and_says_what_changed_since(shop: Any) -> None:
    order = shop.order()
    token = document_codes.signer(shop.maker).sign(_claims(order))
    assert len(token) < 170
    found = _check(shop, token)
    assert (found.verdict, found.is_known, found.changes, found.is_doubled) == (Verdict.OURS, True, (), False)
    assert found.claims == _claims(order)
    shop.pay(order.id, 1000)
    (change,) = _check(shop, token).changes
    assert (change.name, change.was, change.now) == ("order.paid", Decimal(0), Decimal(1000))


def test_a_contract_is_compared_in_every_field(shop: Any) -> None:
    order = shop.order(customer_name="Анна Ёлкина")
    document = _contract(shop, order.id)
    token = _code_of(shop, document)
    found = _check(shop, token)
    assert (found.verdict, found.is_known, found.changes, found.document) == (Verdict.OURS, True, (), document)
    shop.sql("UPDATE orders SET customer_name = 'Анна Берёзкина', delivery_address = 'Тверь' WHERE id = %s", order.id)
    shop.sql("UPDATE cars SET mileage = mileage + 5, color = 'red' WHERE id = %s", order.car_id)
    shop.sql("UPDATE dealer SET address = 'Москва'")
    names = [change.name for change in _check(shop, token).changes]
    assert names == ["seller.address", "buyer.name", "car.mileage", "car.color", "order.delivery_address"]


def test_who_has_the_key_makes_no_document(shop: Any) -> None:
    order = shop.order()
    document = _contract(shop, order.id)
    sign = document_codes.signer(shop.maker).sign
    number = f"{document.year}-{document.number}"
    unknown = _check(shop, sign(_claims(order, kind="contract", number=f"{document.year}-99")))
    assert (unknown.verdict, unknown.is_known, unknown.document) == (Verdict.OURS, False, None)
    other = _check(shop, sign(_claims(order, kind="contract", number=number, total=Decimal(5))))
    assert (other.verdict, other.is_known) == (Verdict.OURS, False)
    assert [(each.name, each.was) for each in other.contradictions] == [("order.total", Decimal(5))]
    assert not _check(shop, sign(replace(_claims(order), order=999_999))).is_known
    for number in ("x", "1-1-1", "99999-1", "2026-" + "9" * 30):
        assert not _check(shop, sign(_claims(order, kind="contract", number=number))).is_known


def test_it_is_read_as_a_scanner_types_it_and_as_a_person_pastes_it(shop: Any) -> None:
    token = _code_of(shop, _contract(shop, shop.order().id))
    russian = token.translate(TYPED_RUSSIAN)
    assert russian != token
    for typed in (
        token + "\r\n", russian, russian.swapcase(), token.swapcase(),
        f"  {token[:40]}\n{token[40:90]} \n{token[90:]} ",
        f"Код: «{token}»", "\u200b" + token,
    ):  # fmt: skip
        assert _check(shop, typed).verdict is Verdict.OURS, typed
    twice = _check(shop, token + token)
    assert (twice.verdict, twice.is_doubled) == (Verdict.OURS, True)


def test_no_letter_of_a_code_may_be_another_one(shop: Any) -> None:
    token = _code_of(shop, _contract(shop, shop.order().id))
    keys = [(document_codes.signer(shop.maker), True)]
    assert document_codes._verify(token, keys)[0] is Verdict.OURS
    for place, letter in enumerate(token):
        for other in string.ascii_letters + string.digits + "-_.=+/ \x00":
            if other != letter:
                altered = token[:place] + other + token[place + 1 :]
                assert not document_codes._verify(altered, keys)[0].is_ours, altered
    for place in range(len(token)):
        assert not document_codes._verify(token[:place] + token[place + 1 :], keys)[0].is_ours
    # And through the front door, where what is typed is cleaned first.
    for place in range(0, len(token), 7):
        assert not _check(
            shop, token[:place] + ("A" if token[place] != "A" else "B") + token[place + 1 :]
        ).verdict.is_ours


def test_what_is_wrong_with_a_code_is_told(shop: Any) -> None:
    order = shop.order()
    ours = document_codes.signer(shop.maker)
    token = ours.sign(_claims(order))
    header, payload, signature = token.split(".")
    said = {"k": "s", "o": order.id, "t": "1.00", "p": "0.00", "iat": 1}
    for text, verdict in {
        token[:-5]: Verdict.CUT,
        token[:-50]: Verdict.CUT,
        token[:30]: Verdict.CUT,
        token[6:]: Verdict.CUT,
        Signer(KEY).sign(_claims(order)): Verdict.FORGED,
        f"{header}.{payload}.{signature[::-1]}": Verdict.FORGED,
        jwt.encode(said, "", algorithm="none"): Verdict.FORGED,
        jwt.encode({"sub": "somebody", "iat": 1}, KEY): Verdict.FOREIGN,
        jwt.encode({"sub": "somebody"}, ours.key): Verdict.FOREIGN,
        jwt.encode({**said, "exp": 5}, ours.key): Verdict.EXPIRED,
        jwt.encode(said, ours.key * 2, algorithm="HS512"): Verdict.FORGED,
        jwt.encode({**said, "k": "x"}, ours.key): Verdict.FOREIGN,
        jwt.encode({**said, "k": "d", "n": "2026-1"}, ours.key): Verdict.FOREIGN,
        jwt.encode({**said, "t": "NaN"}, ours.key): Verdict.FOREIGN,
        "XTA21214072046351 A-1042": Verdict.UNREADABLE,
        "": Verdict.UNREADABLE,
        "eyJ" + "[" * 5000: Verdict.CUT,
        "eyJ.." + "x" * 5000: Verdict.FORGED,
    }.items():
        found = _check(shop, text)
        assert (found.verdict, found.is_known) == (verdict, False), text[:80]


def test_keys_that_change_are_known_later(shop: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    order = shop.order()
    first = document_codes.signer(shop.maker).sign(_claims(order))
    shop.one("SELECT document_key_renew()")
    second = document_codes.signer(shop.maker).sign(_claims(order))
    assert first != second
    assert _check(shop, first).verdict is Verdict.OLD_KEY and _check(shop, first).is_known
    assert _check(shop, second).verdict is Verdict.OURS
    monkeypatch.setenv("SECRET_KEY", KEY)
    settings.reload()
    third = document_codes.signer(shop.maker).sign(_claims(order))
    assert jwt.decode(third, KEY, algorithms=["HS256"], options={"verify_iat": False})["o"] == order.id
    assert _check(shop, third).verdict is Verdict.OURS
    assert _check(shop, second).verdict is Verdict.OLD_KEY
    monkeypatch.setenv("SECRET_KEY", KEY[::-1])
    settings.reload()
    assert _check(shop, third).verdict is Verdict.OLD_KEY
    monkeypatch.delenv("SECRET_KEY")
    settings.reload()
    assert _check(shop, third).verdict is Verdict.OLD_KEY
    assert shop.one("SELECT count(*) FROM secrets") == 3


@pytest.mark.parametrize(
    ("key", "algorithm"),
    [
        ("secret", "HS256"), ("k" * 64, "HS256"), (KEY, "HS512"),
        ("-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE\n-----END PUBLIC KEY-----", "HS256"),
        ("ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ", "HS256"),
    ],
)  # fmt: skip
def test_a_weak_key_or_one_of_another_kind_does_not_sign(
    shop: Any, monkeypatch: pytest.MonkeyPatch, key: str, algorithm: str
) -> None:
    monkeypatch.setenv("SECRET_KEY", key)
    monkeypatch.setenv("ALGORITHM", algorithm)
    settings.reload()
    signer = document_codes.signer(shop.maker)
    assert (signer.key == key, signer.algorithm) == (False, "HS256")
    if key.isalnum():  # the library itself refuses to sign with the others
        assert not _check(shop, Signer(key, algorithm).sign(_claims(shop.order()))).verdict.is_ours


def test_the_kinds_that_a_customer_takes_along_have_letters() -> None:
    kinds = {kind.value for kind in DocumentKind} - {"drawer_report"}
    assert kinds | {"summary"} == set(document_codes._LETTERS)
