"""What lists of costs call their columns, and what was paid for."""

from dealer_desktop.domain.enums import CostKind
from dealer_desktop.services.reading_lists import headers

FIELDS = ("vin", "stock_number", "kind", "amount", "incurred_on", "note")
_COLUMNS = {
    "amount": "amount, sum, cost, costs, total, price, value, сумма, стоимость, цена, затраты, расход, расходы, итого",
    "kind": "kind, type, category, item, вид, вид затрат, вид расходов, статья, статья затрат, статья расходов, "
    "категория, тип",
    "incurred_on": "date, day, incurred on, paid on, дата, день, дата затрат, дата расхода, дата оплаты, когда",
    "note": "note, notes, comment, comments, description, details, примечание, примечания, комментарий, описание, "
    "назначение, за что",
}
_KINDS = {
    CostKind.PURCHASE: "purchase, bought, acquisition, покупка, закупка, выкуп, приобретение, закупочная цена",
    CostKind.TRANSPORT: "transport, delivery, shipping, транспорт, доставка, перевозка, эвакуатор, перегон, логистика",
    CostKind.REPAIR: "repair, repairs, service, parts, body, ремонт, сервис, запчасти, кузов, "
    "кузовной ремонт, покраска",
    CostKind.PREPARATION: "preparation, prep, detailing, cleaning, wash, подготовка, предпродажная подготовка, мойка, "
    "химчистка, детейлинг, полировка",
    CostKind.REGISTRATION: "registration, title, регистрация, оформление, постановка на учет, птс, эптс",
    CostKind.EXTRAS: "extras, accessories, equipment, допы, допоборудование, дополнительное оборудование, аксессуары",
    CostKind.FEE: "fee, fees, commission, duty, комиссия, сбор, пошлина, госпошлина, утильсбор, аукцион",
    CostKind.OTHER: "other, misc, miscellaneous, прочее, другое, иное, разное",
}
_FIELD_OF = {name.strip(): field for field, names in _COLUMNS.items() for name in names.split(",")}
_KIND_OF = {name.strip(): kind for kind, names in _KINDS.items() for name in names.split(",")}
NAMES = tuple(_FIELD_OF)
"""Every name of a column that is known."""


def field_of(header: str) -> str:
    """Which of FIELDS the column of this name holds; empty where it is none."""
    name = headers.plain(header)
    if name in _FIELD_OF:
        return _FIELD_OF[name]
    # "Сумма, руб." and "Дата оплаты счёта" begin with what they are.
    for known in sorted(_FIELD_OF, key=len, reverse=True):
        if name.startswith(f"{known} "):
            return _FIELD_OF[known]
    ours = headers.field_of(header)
    return ours if ours in ("vin", "stock_number") else ""


def kind_of(text: str) -> CostKind | None:
    """What was paid for, by its value or by what dealers call it."""
    name = headers.plain(text)
    return _KIND_OF.get(name) or next((kind for kind in CostKind if kind.value == name), None)
