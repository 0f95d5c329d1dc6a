"""The signed code on paper: made with the dealership's key, read back, and compared with the database.

A compact JSON Web Token (RFC 7519) of one line: kind, number, order, total, paid, time. ``SECRET_KEY`` signs where it
is set and fit to (RFC 7518, 3.2: as many bytes as the algorithm's hash), else the key that the database keeps. Whoever
holds the key can sign anything, so a reading always says both: who signed, and what the database knows.
"""

import base64
import binascii
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any

from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from dealer_desktop.core.settings import APP_CONFIG
from dealer_desktop.dao import documents as dao
from dealer_desktop.dao import orders
from dealer_desktop.dao.documents import DocumentRow
from dealer_desktop.domain import document_facts
from dealer_desktop.domain.enums import DocumentKind
from dealer_desktop.domain.scanned_codes import clean_code
from dealer_desktop.services.transactions import faults
from dealer_desktop.services.transactions.connections import Reader, SessionMaker

__all__ = ["Change", "Claims", "Reading", "Signer", "Verdict", "check", "is_fit", "signer"]

ALGORITHMS = {"HS256": 32, "HS384": 48, "HS512": 64}
"""Of a shared key, with the fewest bytes that it may have."""
OWN = "HS256"
"""What the database's own key signs with."""
SUMMARY = "summary"
_LETTERS = {SUMMARY: "s", "contract": "c", "handover_act": "h", "receipt": "r"}
"""Of the papers that a customer takes along; a drawer's report stays in the house and has no code."""
_KINDS = {letter: kind for kind, letter in _LETTERS.items()}
_FEWEST_LETTERS = 8
"""Different ones in a key: ``aaaa...`` is long and no secret."""


@dataclass(frozen=True)
class Claims:
    """What the paper says. ``number`` is ``2026-15``; a summary has none."""

    kind: str
    order: int
    total: Decimal
    paid: Decimal
    at: datetime
    number: str | None = None


class Verdict(StrEnum):
    OURS = "ours"
    OLD_KEY = "old key"
    EXPIRED = "expired"
    FORGED = "forged"
    CUT = "cut"
    FOREIGN = "foreign"
    UNREADABLE = "unreadable"

    @property
    def is_ours(self) -> bool:
        """Whether a key of the dealership signed it."""
        return self in (Verdict.OURS, Verdict.OLD_KEY)


@dataclass(frozen=True)
class Change:
    """A field that is another one now: ``order.total``."""

    name: str
    was: Any
    now: Any


@dataclass(frozen=True)
class Reading:
    verdict: Verdict
    claims: Claims | None = None
    is_doubled: bool = False
    """Read twice in one go."""
    is_known: bool = False
    """Whether the database has the order, and the document with that number, as the code says."""
    document: DocumentRow | None = None
    changes: tuple[Change, ...] = ()
    """Since it was printed."""
    contradictions: tuple[Change, ...] = field(default=())
    """Where the code and the document that the database keeps differ: ``was`` is the code's."""


def is_fit(key: str, algorithm: str) -> bool:
    """Whether ``key`` may sign with ``algorithm``: long enough, no repeated letters, no key of another kind."""
    if "-----BEGIN" in key or key.startswith(("ssh-", "ecdsa-")):
        return False  # a published half of a key pair, taken as a shared secret, signs for everybody
    return len(key.encode()) >= ALGORITHMS.get(algorithm, 1 << 30) and len(set(key)) >= _FEWEST_LETTERS


# -- signing ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Signer:
    key: str = field(repr=False)
    algorithm: str = OWN

    def sign(self, claims: Claims) -> str:
        """Short: every character makes the printed squares smaller."""
        said = {
            "k": _LETTERS[claims.kind],
            "n": claims.number,
            "o": claims.order,
            "t": f"{claims.total:.2f}",
            "p": f"{claims.paid:.2f}",
            "iat": int(claims.at.timestamp()),
        }
        payload = {name: value for name, value in said.items() if value is not None}
        import jwt  # with cryptography 60 modules that no start needs

        return jwt.encode(payload, self.key, algorithm=self.algorithm, headers={"typ": None})


def signer_of_settings() -> Signer | None:
    """``SECRET_KEY`` with ``ALGORITHM``; None where it is not set, or not fit to sign."""
    key = APP_CONFIG.secret_key.get_secret_value()
    return Signer(key, APP_CONFIG.algorithm) if is_fit(key, APP_CONFIG.algorithm) else None


def signer(session_maker: SessionMaker) -> Signer:
    """The one that signs from this PC. A key of the settings is kept, so that it is known after it has changed, too."""
    mine = signer_of_settings()
    try:
        with session_maker.begin() as session:
            if mine is None:
                return Signer(dao.signing_key(session))
            if (_name(mine.algorithm), mine.key) not in dao.keys(session):
                dao.keep_key(session, mine.algorithm, mine.key)
    except DBAPIError as error:
        raise faults.translate(error) from error
    return mine


def _name(algorithm: str) -> str:
    return f"documents {algorithm}"


# -- reading ----------------------------------------------------------------------------------------------------------

_NEARLY = re.compile(r"[\w-]+\.[\w-]+\.[\w-]+", re.ASCII)


def check(reader: Reader, text: str) -> Reading:
    """What the code says, who signed it, and what became of the order since."""
    return reader.run(None, lambda session: _check(session, text), snapshot=True)


def _check(session: Session, text: str) -> Reading:
    token = clean_code(text)
    half = token[: len(token) // 2]
    is_doubled = bool(half) and half * 2 == token
    verdict, said = _verify(half if is_doubled else token, list(_keys(session)))
    claims = _claims(said) if said is not None else None
    if not verdict.is_ours or claims is None:
        wrong = Verdict.FOREIGN if verdict.is_ours else verdict
        return Reading(wrong, claims, is_doubled)
    return _compared(session, Reading(verdict, claims, is_doubled))


def _keys(session: Session) -> Iterator[tuple[Signer, bool]]:
    """Every key that documents were signed with, and whether it signs today."""
    mine = signer_of_settings()
    if mine is not None:
        yield mine, True
    own_seen = False
    for name, value in dao.keys(session):
        if name == "documents":
            yield Signer(value), mine is None and not own_seen
            own_seen = True
        else:
            algorithm = name.partition(" ")[2]
            if is_fit(value, algorithm):
                yield Signer(value, algorithm), False


def _verify(token: str, keys: Iterable[tuple[Signer, bool]]) -> tuple[Verdict, dict[str, Any] | None]:
    import jwt

    parts = token.split(".")
    header, payload = (_json(part) for part in [*parts, ""][:2])
    if not token.startswith("eyJ"):
        return (Verdict.CUT if _NEARLY.fullmatch(token) else Verdict.UNREADABLE), None
    if len(parts) < 3:
        return Verdict.CUT, None
    algorithm = header.get("alg") if header else None
    size = {"HS256": 43, "HS384": 64, "HS512": 86}.get(str(algorithm), 1)
    if len(parts) == 3 and payload is not None and len(parts[2]) < size and algorithm in ALGORITHMS:
        return Verdict.CUT, payload
    # Base64 has several spellings of the same bytes: only the one that was printed is taken.
    if len(parts) == 3 and all(_is_canonical(part) for part in parts):
        for key, is_todays in keys:
            if algorithm != key.algorithm:
                continue  # the header never chooses: a key has one algorithm
            try:
                said = jwt.decode(token, key.key, algorithms=[key.algorithm], options={"verify_iat": False})
            except jwt.ExpiredSignatureError:
                return Verdict.EXPIRED, payload
            except jwt.PyJWTError:
                continue
            return (Verdict.OURS if is_todays else Verdict.OLD_KEY), said
    return (Verdict.FORGED if payload is None or _claims(payload) is not None else Verdict.FOREIGN), payload


def _json(part: str) -> dict[str, Any] | None:
    try:
        found = json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
    except (ValueError, binascii.Error, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _is_canonical(part: str) -> bool:
    try:
        data = base64.b64decode(part + "=" * (-len(part) % 4), altchars=b"-_", validate=True)
    except (ValueError, binascii.Error):
        return False
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode() == part


def _claims(said: dict[str, Any]) -> Claims | None:
    """None where the token speaks of something else than our documents."""
    try:
        if "k" in said:
            return Claims(
                kind=_KINDS[said["k"]],
                number=str(said["n"]) if "n" in said else None,
                order=int(said["o"]),
                total=_money(said["t"]),
                paid=_money(said["p"]),
                at=datetime.fromtimestamp(int(said["iat"]), UTC),
            )
        # As summaries were signed at first.
        return Claims(
            kind=SUMMARY,
            order=int(said["order"]),
            total=_money(said["total"]),
            paid=_money(said["paid"]),
            at=datetime.fromtimestamp(int(said["iat"]), UTC),
        )
    except (KeyError, ValueError, TypeError, OverflowError, OSError, InvalidOperation):
        return None


def _money(text: Any) -> Decimal:
    amount = Decimal(str(text))
    if not amount.is_finite():
        raise ValueError(text)
    return amount


def _compared(session: Session, reading: Reading) -> Reading:
    """With the document that the database keeps, and with the order as it is now."""
    claims = reading.claims
    assert claims is not None
    order = orders.read(session, claims.order)
    if order is None:
        return reading
    if claims.kind == SUMMARY:
        return Reading(
            reading.verdict,
            claims,
            reading.is_doubled,
            is_known=True,
            changes=tuple(_money_changes(claims, order.total_amount, order.paid)),
        )
    document = _document(session, claims)
    if document is None:
        return reading
    was = document_facts.from_json(document.facts)
    now = dao.facts(session, claims.order, document.payment_id)
    found = document_facts.differences(was, now) if now is not None else ()
    contradictions = tuple(_money_changes(claims, was.order.total, was.order.paid))
    if was.order.id != claims.order:
        contradictions = (Change("order.id", claims.order, was.order.id), *contradictions)
    return Reading(
        reading.verdict,
        claims,
        reading.is_doubled,
        is_known=not contradictions,
        document=document,
        changes=tuple(Change(*each) for each in found),
        contradictions=contradictions,
    )


def _money_changes(claims: Claims, total: Decimal, paid: Decimal) -> Iterator[Change]:
    if claims.total != total:
        yield Change("order.total", claims.total, total)
    if claims.paid != paid:
        yield Change("order.paid", claims.paid, paid)


def _document(session: Session, claims: Claims) -> DocumentRow | None:
    found = re.fullmatch(r"(\d{1,4})-(\d{1,18})", claims.number or "")
    if found is None:
        return None
    return dao.numbered(session, DocumentKind(claims.kind), int(found[1]), int(found[2]))
