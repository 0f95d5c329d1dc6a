"""The one table from the name of a database rule to our error. A service has usually said it kindlier before."""

from collections.abc import Callable
from typing import Any

from dealer_desktop.core.errors import DealerError, EmailTaken, StockNumberTaken, TransactionIdTaken, VinTaken

_ERRORS: dict[str, Callable[[Any], DealerError]] = {
    "uq_cars_vin": lambda given: VinTaken(vin=getattr(given, "vin", "")),
    "uq_cars_stock_number": lambda given: StockNumberTaken(stock_number=getattr(given, "stock_number", "")),
    "uq_users_email": lambda given: EmailTaken(email=getattr(given, "email", "")),
    "uq_payments_transaction_id": lambda given: TransactionIdTaken(transaction_id=getattr(given, "transaction_id", "")),
}


def error_for(rule: str, given: object) -> DealerError | None:
    """The error of the rule named ``rule``, with the facts of the refused input; None where it has none of its own."""
    make = _ERRORS.get(rule)
    return make(given) if make else None
