"""Every value that stands on the report of a closed cash drawer, as it was when the report was issued.

Kept as JSON beside the other documents' facts; a field that came later has a default, one that is gone is passed over.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from pydantic import TypeAdapter

from dealer_desktop.domain.document_facts import Seller


@dataclass(frozen=True)
class CashFacts:
    """Cash that came (above 0) or went (below 0)."""

    at: datetime
    amount: Decimal
    by: str | None = None
    order_id: int | None = None
    """Of a payment or refund."""
    reason: str | None = None
    """Of what was put in or taken out."""


@dataclass(frozen=True)
class DrawerFacts:
    seller: Seller
    id: int
    name: str
    z_number: int
    opened_at: datetime
    opening_amount: Decimal
    closed_at: datetime
    counted_amount: Decimal
    expected_amount: Decimal
    received: Decimal
    given_back: Decimal
    """Above 0 where money was given back."""
    moved_in: Decimal
    moved_out: Decimal
    """Above 0 where cash was taken out."""
    opened_by: str | None = None
    closed_by: str | None = None
    note: str | None = None
    payments: tuple[CashFacts, ...] = ()
    moves: tuple[CashFacts, ...] = ()

    @property
    def difference(self) -> Decimal:
        """Below 0 where something is missing."""
        return self.counted_amount - self.expected_amount


_ADAPTER: TypeAdapter[DrawerFacts] = TypeAdapter(DrawerFacts)


def to_json(facts: DrawerFacts) -> dict[str, Any]:
    """As PostgreSQL's jsonb keeps it."""
    found: dict[str, Any] = _ADAPTER.dump_python(facts, mode="json")
    return found


def from_json(kept: Mapping[str, Any]) -> DrawerFacts:
    """Raises ValueError where it is none."""
    return _ADAPTER.validate_python(kept)
