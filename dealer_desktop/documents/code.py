"""The signed code on printed documents: whoever holds the dealership's key can tell that the paper was not altered."""

from datetime import datetime

import jwt
import segno

from dealer_desktop.core.settings import APP_CONFIG
from dealer_desktop.services.rows import OrderDetails


def sign(details: OrderDetails, at: datetime) -> str | None:
    """A JSON Web Token (RFC 7519) of what the paper says, signed with ``SECRET_KEY``; None where none is set.

    Kept short, since every character makes the printed squares smaller: order, VIN, total, paid, time of printing.
    """
    key = APP_CONFIG.secret_key.get_secret_value()
    if not key:
        return None
    order = details.order
    claims = {
        "order": order.id,
        "vin": order.vin,
        "total": f"{order.total_amount:.2f}",
        "paid": f"{order.paid:.2f}",
        "iat": int(at.timestamp()),
    }
    return jwt.encode(claims, key, algorithm=APP_CONFIG.algorithm)


def square(text: str) -> str:
    """``text`` as a QR code (ISO/IEC 18004), as a data URI for an ``<img>``. 15 % of it may be damaged."""
    return str(segno.make(text, error="m", micro=False).png_data_uri(scale=6, border=0, dark="#1a1b1f"))
