"""What a template of each kind of paper may write: every field by its name, for whoever edits one."""

from collections.abc import Iterator
from dataclasses import is_dataclass
from datetime import date, datetime
from decimal import Decimal
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

from dealer_desktop.domain import enums
from dealer_desktop.domain.document_facts import (
    Buyer,
    CarFacts,
    Checklist,
    LineFacts,
    OrderFacts,
    PaymentFacts,
    Seller,
)
from dealer_desktop.domain.drawer_facts import CashFacts, DrawerFacts
from dealer_desktop.services.rows import (
    CarRow,
    DealerRow,
    DeliveryRow,
    OrderLineRow,
    OrderRow,
    PaymentRow,
    TradeInRow,
)
from dealer_desktop.services.takings import Sums, Takings

_EVERYWHERE = ("title", "at", "currency", "timezone", "logo", "square")
_ORDER_PAPERS: dict[str, type | None] = {
    **dict.fromkeys(("number", "issued_on", "issued_at", "copied", "is_company", "is_refund", "is_empty")),
    "seller": Seller,
    "buyer": Buyer,
    "car": CarFacts,
    "order": OrderFacts,
    "payment": PaymentFacts,
    "checklist": Checklist,
}
_ONE: dict[str, dict[str, type | None]] = {
    "order_summary": {"canceled": None, "order": OrderRow, "car": CarRow, "dealer": DealerRow, "delivery": DeliveryRow},
    "contract": _ORDER_PAPERS,
    "handover_act": _ORDER_PAPERS,
    "receipt": _ORDER_PAPERS,
    "price_tag": {
        **dict.fromkeys(("price", "price_size", "name_size", "color_size", "number_size", "crowded")),
        "car": CarRow,
        "dealer": DealerRow,
    },
    "takings": {"days": None, "takings": Takings, "dealer": DealerRow},
    "delivery_list": {"dealer": DealerRow},
    "drawer_report": {"copied": None, "drawer": DrawerFacts, "dealer": Seller},
}
"""Of each kind, by the name of its built-in template: what stands there once; None is a value without parts."""
_MANY: dict[str, dict[str, tuple[str, type]]] = {
    "order_summary": {
        "payments": ("payment", PaymentRow),
        "expected": ("payment", PaymentRow),
        "contents": ("line", OrderLineRow),
        "taken": ("car", TradeInRow),
    },
    "contract": {"lines": ("line", LineFacts)},
    "handover_act": {"lines": ("line", LineFacts)},
    "receipt": {"lines": ("line", LineFacts)},
    "takings": {"people": ("name, sums", Sums)},
    "delivery_list": {"deliveries": ("delivery", DeliveryRow)},
    "drawer_report": {"payments": ("payment", CashFacts), "moves": ("move", CashFacts)},
}
"""What stands there once a row: the name of all, that of one, and what it is."""
_NOT_TO_PRINT = {
    *("logo", "logo_bytes", "version", "main_photo", "region", "uses_drawers"),
    *("costs", "margin_vat", "margin_vat_from", "day_cost"),
}
"""What no customer is to read, or nobody can."""
_NAMED = {
    enums.OrderStatus: "order_status",
    enums.PaymentMethod: "payment_method",
    enums.PaymentMeans: "payment_means",
    enums.PaymentType: "payment_type",
    enums.CarCondition: "condition",
    enums.EngineType: "engine_type",
    enums.Transmission: "transmission",
    enums.DeliveryStatus: "delivery_status",
}
"""What says them in words, of ``names``."""

KINDS = tuple(_ONE)


def fields_of(kind: str) -> list[str]:
    """Each as a template writes it: ``{{ order.total | money }}``; a loop before what stands there row by row."""
    return list(dict.fromkeys(_fields_of(kind)))


def names_of(kind: str) -> set[str]:
    """What is passed to the template of a kind."""
    return {*_EVERYWHERE, *_ONE[kind], *_MANY.get(kind, {})}


def _fields_of(kind: str) -> Iterator[str]:
    for name, parts in _ONE[kind].items():
        yield from (_printed(name),) if parts is None else _parts(name, parts)
    if _ONE[kind].get("payment") is PaymentFacts:
        yield "{{ words(order.total) }}"
    for rows, (row, of) in _MANY.get(kind, {}).items():
        yield f"{{% for {row} in {rows} %}}{{% endfor %}}"
        yield from _parts(row.rpartition(" ")[2], of)
    yield from ("{{ title }}", "{{ at | moment }}", "{{ currency }}", "{{ timezone }}")
    yield ('{% if logo %}<img src="{{ logo.uri }}" width="{{ logo.width }}" height="{{ logo.height }}">{% endif %}')
    yield '{% if square %}<img src="{{ square }}" width="98" height="98">{% endif %}'


def _parts(name: str, of: type) -> Iterator[str]:
    """The fields of a row and what is worked out from them."""
    kinds: dict[str, Any] = get_type_hints(of)
    for worked_out, value in vars(of).items():
        if isinstance(value, property):
            kinds[worked_out] = get_type_hints(value.fget).get("return")
    for part, kind in kinds.items():
        if part in _NOT_TO_PRINT or part.startswith("_") or get_origin(kind) not in (None, UnionType):
            continue
        whole = f"{name}.{part}"
        told = set(get_args(kind)) or {kind}
        named = next((words for enum, words in _NAMED.items() if enum in told), None)
        if named is not None:
            yield _printed(f'names.{named}({whole}) if {whole} else ""')
        elif isinstance(kind, type) and is_dataclass(kind):
            yield from _parts(whole, kind)
        else:
            yield _printed(whole + _written(part, told))


def _printed(expression: str) -> str:
    return f"{{{{ {expression} }}}}"


def _written(part: str, kinds: set[Any]) -> str:
    """The filter that writes it as people do."""
    if Decimal in kinds:
        return " | number" if part == "quantity" else " | money"
    if datetime in kinds:
        return " | moment"
    if date in kinds:
        return " | day"
    return " | phone" if part.endswith("phone") else ""
