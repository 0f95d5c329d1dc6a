"""A code that somebody brings, checked on the command line."""

from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal

from dealer_desktop.server.connect import connect
from dealer_desktop.services.document_codes import Claims, Signer
from tests.models.conftest import Shop
from tests.test_main import say, shared, use_as_shared_server  # noqa: F401

Say = Callable[..., tuple[int, str, str]]


def test_a_code_is_genuine_forged_or_unknown(say: Say, shared: str) -> None:  # noqa: F811
    with connect(shared) as connection:
        shop = Shop(connection)
        order, key = shop.order(), shop.one("SELECT document_key()")
        shop.pay(order, 300)
    claims = Claims("summary", order, Decimal(1000), Decimal(0), datetime(2026, 11, 24, tzinfo=UTC))
    code, out, err = say("check-document", Signer(key).sign(claims))
    assert (code, err) == (0, "")
    first, said, database, changed = out.replace("\u00a0", " ").splitlines()
    assert first.startswith("Genuine") and f"Order summary of order {order}," in said
    assert "this changed" in database and changed == "Paid: was 0.00 ₽, now 300.00 ₽"
    code, out, err = say("check-document", Signer("0123456789abcdef" * 4).sign(claims))
    assert (code, out) == (1, "") and err.startswith("Forged")
    unknown = Claims("contract", order, Decimal(1000), Decimal(0), claims.at, "2026-7")
    code, out, err = say("check-document", Signer(key).sign(unknown))
    assert code == 1 and "does not have it" in out
    assert say("check-document", "XTA21099")[0] == 1
