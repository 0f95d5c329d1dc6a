"""What the stock's actions open. Each form is imported when it is first asked for: nobody waits for it at the start."""

from collections.abc import Sequence

from PySide6.QtWidgets import QDialog, QWidget

from dealer_desktop.services.rows import CarRow, ReportRow
from dealer_desktop.ui.session.context import UiContext
from dealer_desktop.ui.tables.view import TableView


def sale(context: UiContext, car: CarRow, parent: QWidget) -> QDialog:
    from dealer_desktop.ui.sales.new_order_dialog import NewOrderDialog

    return NewOrderDialog(context, car, parent=parent)


def car(context: UiContext, parent: QWidget, changed: CarRow | None = None) -> QDialog:
    """Of a new car, or of one that is ``changed``."""
    from dealer_desktop.ui.inventory.car.dialog import CarDialog

    return CarDialog(context, changed, parent=parent)


def prices(context: UiContext, chosen: Sequence[int], parent: QWidget) -> QDialog:
    from dealer_desktop.ui.inventory.prices_dialog import ChangePricesDialog

    return ChangePricesDialog(context, tuple(chosen), parent)


def costs(context: UiContext, car: CarRow, parent: QWidget) -> QDialog:
    from dealer_desktop.ui.inventory.costs.dialog import CostsDialog

    return CostsDialog(context, car, parent=parent)


def report(context: UiContext, car: CarRow, parent: QWidget) -> QDialog:
    from dealer_desktop.ui.inventory.reports.dialog import ReportDialog

    return ReportDialog(context, car, parent=parent)


def report_sheet(report: ReportRow, context: UiContext, car: CarRow | None, parent: QWidget) -> QDialog:
    from dealer_desktop.ui.inventory.reports.sheet import ReportSheet

    return ReportSheet(report, context, car, parent)


def review(context: UiContext, car: CarRow, parent: QWidget) -> QDialog:
    from dealer_desktop.ui.inventory.car.review_dialog import ReviewDialog

    return ReviewDialog(context, car, parent=parent)


def tags(context: UiContext, parent: QWidget, car: CarRow, chosen: Sequence[int]) -> QDialog:
    from dealer_desktop.ui.inventory.price_tags import price_tags

    return price_tags(context, parent, car, tuple(chosen))


def import_cars(parent: QWidget, context: UiContext) -> None:
    from dealer_desktop.ui.inventory.imports.dialog import import_cars

    import_cars(parent, context)


def import_costs(parent: QWidget, context: UiContext) -> None:
    from dealer_desktop.ui.inventory.costs.import_dialog import import_costs

    import_costs(parent, context)


def export_cars(table: TableView, context: UiContext) -> None:
    from dealer_desktop.ui.inventory.export import export_cars

    export_cars(table, context)
