"""What cars cost: entered, changed, borne by their sale, and read from a list."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import xlsxwriter

from dealer_desktop.core.errors import ColumnsDoNotFit, Conflict, InvalidInput, SoldByHand
from dealer_desktop.core.line_errors import NoSuchExtra
from dealer_desktop.domain.enums import CostKind
from dealer_desktop.services import cost_imports, costs, orders, profit
from dealer_desktop.services.inputs.base import parse
from dealer_desktop.services.inputs.costs import CostInput, CostStep, EditCost


def enter(shop: Any, car_id: int, amount: Any, **typed: Any) -> costs.CostRow:
    given = parse(CostInput, request_id=uuid4(), car_id=car_id, amount=amount, **{"kind": "repair", **typed})
    return costs.add(shop.maker, given)


def test_costs_run_up_and_go_to_the_sale(shop: Any) -> None:
    order = shop.paid_order()
    enter(shop, order.car_id, "100 000", kind="purchase", incurred_on="01.02.2026")
    enter(shop, order.car_id, "-5 000,50", incurred_on="03.02.2026", note="скидка")
    enter(shop, order.car_id, 70, incurred_on="02.02.2026")
    found = costs.of_car(shop.reader, order.car_id)
    assert [row.so_far for row in found.rows] == [100_000, 100_070, Decimal("95069.50")]
    assert found.total == Decimal("95069.50")
    shop.step(orders.complete, order.id)
    assert {row.order_id for row in costs.of_car(shop.reader, order.car_id).rows} == {order.id}
    assert enter(shop, order.car_id, 9).order_id == order.id  # the bill came late


def test_a_cost_of_an_extra_counts_to_the_profit_of_its_order(shop: Any) -> None:
    order = shop.order()
    shop.sql(
        "INSERT INTO order_lines (order_id, kind, title, amount) VALUES (%s, 'accessory', 'Коврики', 10)", order.id
    )
    shop.sql(
        "INSERT INTO order_lines (order_id, kind, title, amount, reason) VALUES (%s, 'discount', 'Скидка', -1, 'друг')",
        order.id,
    )
    (extra,) = costs.of_car(shop.reader, order.car_id).extras
    found = enter(shop, order.car_id, 4, kind="extras", line_id=extra.id)
    assert (found.line_id, found.line, found.order_id) == (extra.id, "Коврики", None)
    other = shop.order()
    with pytest.raises(NoSuchExtra):
        enter(shop, other.car_id, 4, line_id=extra.id)
    shop.pay(order.id, order.total_amount + 9)
    shop.step(orders.complete, order.id)
    assert enter(shop, order.car_id, 1, line_id=extra.id).order_id == order.id  # the bill came late
    (sale,) = profit.read(shop.reader, date(2000, 1, 1), date(2199, 1, 1)).sales
    assert sale.sums.costs == 5


def test_the_same_form_enters_once(shop: Any) -> None:
    car = shop.car()
    given = parse(CostInput, request_id=uuid4(), car_id=car.id, kind="fee", amount="10")
    assert costs.add(shop.maker, given) == costs.add(shop.maker, given)
    assert shop.one("SELECT count(*) FROM car_costs") == 1
    assert shop.one("SELECT result::text FROM requests WHERE action = 'costs.add'") == "1"


def test_a_wrong_cost_is_said_and_a_right_one_changed(shop: Any) -> None:
    car = shop.car()
    with pytest.raises(InvalidInput) as wrong:
        enter(shop, car.id, "0", incurred_on="01.01.2100", kind="")
    assert set(wrong.value.fields) == {"amount", "incurred_on", "kind"}
    shop.sql("UPDATE cars SET status = 'sold'")
    with pytest.raises(SoldByHand):
        enter(shop, car.id, 5)
    shop.sql("UPDATE cars SET status = 'available'")
    cost = enter(shop, car.id, 5)
    opened = {"kind": cost.kind, "amount": cost.amount, "incurred_on": cost.incurred_on, "note": cost.note}

    def change(**typed: Any) -> costs.CostRow:
        values = {"kind": "repair", "amount": "5", "incurred_on": cost.incurred_on, "note": None, **typed}
        return costs.change(
            shop.maker,
            parse(EditCost, request_id=uuid4(), cost_id=cost.id, version=cost.version, opened=opened, **values),
        )

    assert change(amount="6").amount == 6
    assert change(note="двери").amount == 6  # nobody else changed the note
    with pytest.raises(Conflict):
        change(amount="7")
    assert costs.remove(shop.maker, CostStep(request_id=uuid4(), cost_id=cost.id)) == car.id
    assert costs.of_car(shop.reader, car.id).rows == ()


LIST = """Затраты за февраль;;;;
VIN;Складской номер;Статья затрат;Сумма, руб.;Дата оплаты;Комментарий
{vin};;Ремонт;12 500,50;05.02.2026;двери
;A-17;перевозка;(300);06.02.2026;
{vin};;мойка;1 000;2026-02-07;
XTA00000000000000;;ремонт;5;05.02.2026;
{vin};;колдовство;5;05.02.2026;
;;ремонт;5;05.02.2026;
{vin};;ремонт;много;05.02.2026;
"""


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_list_of_costs_is_read_and_taken_once(shop: Any, tmp_path: Path, kind: str) -> None:
    car, other = shop.car(), shop.car(stock_number="A-17")
    file = tmp_path / f"затраты.{kind}"
    rows = [line.split(";") for line in LIST.format(vin=car.vin.lower()).splitlines()]
    if kind == "csv":
        file.write_text("\n".join(";".join(row) for row in rows), "windows-1251")
    else:
        with xlsxwriter.Workbook(str(file)) as book:
            sheet = book.add_worksheet()
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    found = cost_imports.read(file)
    assert found.fields == ("vin", "stock_number", "kind", "amount", "incurred_on", "note")
    assert [(line.kind.value, line.amount) for line in found.lines] == [
        ("repair", Decimal("12500.50")), ("transport", -300), ("preparation", 1000), ("repair", 5)
    ]  # fmt: skip
    request_id = uuid4()
    nothing = cost_imports.take(shop.maker, uuid4(), found, all_or_nothing=True)
    assert (nothing.taken, shop.one("SELECT count(*) FROM car_costs")) == (0, 0)
    taken = cost_imports.take(shop.maker, request_id, found)
    assert (taken.taken, taken.known) == (3, 0)
    assert [row.line for row in taken.refused] == [6, 7, 8, 9]
    assert cost_imports.take(shop.maker, request_id, found) == taken  # no answer came, and it was sent again
    again = cost_imports.take(shop.maker, uuid4(), found)  # somebody imports the list once more
    assert (again.taken, again.known) == (0, 3)
    assert costs.of_car(shop.reader, car.id).total == Decimal("13500.50")
    assert costs.of_car(shop.reader, other.id).total == -300


def test_a_list_without_cars_or_sums_is_refused_whole(tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_text("Дата,Примечание\n01.02.2026,двери\n", "utf-8")
    with pytest.raises(ColumnsDoNotFit) as told:
        cost_imports.read(file)
    assert len(told.value.problems) == 3
    file.write_text("VIN,Сумма\nXTA210990Y2000001,5\n", "utf-8")
    assert cost_imports.read(file, CostKind.FEE).lines[0].kind is CostKind.FEE
