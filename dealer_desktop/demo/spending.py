"""What the demo's cars cost: a list from the accountants, imported when the past is told."""

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

from dealer_desktop.demo.play import Play
from dealer_desktop.demo.stock import DemoCar
from dealer_desktop.domain.enums import CarCondition, CostKind
from dealer_desktop.services.cost_imports import CostLine, CostList

_WORK = (
    (CostKind.PREPARATION, 12_500, "Химчистка и полировка"),
    (CostKind.REPAIR, 38_000, "Тормозные диски и колодки"),
    (CostKind.TRANSPORT, 21_000, "Автовоз"),
    (CostKind.REPAIR, 64_500, "Передний бампер, окраска"),
)


def list_of_costs(play: Play, lot: list[DemoCar]) -> CostList:
    """A purchase for every car, and work on every third."""
    return CostList("затраты.xlsx", (), (), tuple(_lines(play, lot)), ())


def _lines(play: Play, lot: list[DemoCar]) -> Iterator[CostLine]:
    line = 2
    for number, car in enumerate(lot):
        price, is_new = Decimal(car.values["price"]), car.values["condition"] is CarCondition.NEW
        share = Decimal(93 if is_new else 82 + number % 9) / 100
        bought_for = (price * share / 1000).to_integral_value() * 1000
        spent: list[tuple[CostKind, Decimal, str | None]] = [(CostKind.PURCHASE, bought_for, None)]
        if number % 3 == 0 and not is_new:
            work, rubles, words = _WORK[number // 3 % len(_WORK)]
            spent.append((work, Decimal(rubles), words))
        arrived = play.today - timedelta(days=car.days)
        for kind, amount, note in spent:
            yield CostLine(
                line=line,
                vin=car.values["vin"],
                stock_number=None,
                kind=kind,
                amount=amount,
                incurred_on=arrived,
                note=note,
            )
            line += 1
