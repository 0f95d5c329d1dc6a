"""The one table from the name of a database rule to our error. A service has usually said it kindlier before.

Rules with facts or a fate of their own have an error class, the others a sentence. What is in neither, such as the
check that a price is not negative, the forms already refuse; if it comes nevertheless, the database's own sentence
is shown.
"""

from collections.abc import Callable
from typing import Any

from dealer_desktop.core.drawer_errors import DrawerClosed, DrawerNameTaken, DrawerNeeded, DrawersUnused
from dealer_desktop.core.errors import (
    BelowPrice,
    CarHasHistory,
    CarNotAvailable,
    DealerError,
    DeliveryOpen,
    EmailTaken,
    FinalRecord,
    MustStaySettled,
    NeedsDelivery,
    NotFound,
    OtherCustomer,
    ReasonMissing,
    StockNumberTaken,
    TotalRaised,
    TransactionIdTaken,
    UnexpectedRule,
    VinTaken,
)
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.core.line_errors import NoSuchExtra, NothingLeftForCar

_ERRORS: dict[str, Callable[[Any], DealerError]] = {
    # duplicates
    "uq_cars_vin": lambda given: VinTaken(vin=getattr(given, "vin", ""), car_id=None),
    "uq_cars_stock_number": lambda given: StockNumberTaken(
        stock_number=getattr(given, "stock_number", ""), car_id=None
    ),
    "uq_users_email": lambda given: EmailTaken(email=getattr(given, "email", "")),
    "uq_payments_transaction_id": lambda given: TransactionIdTaken(transaction_id=getattr(given, "transaction_id", "")),
    "uq_orders_active_car": lambda given: CarNotAvailable(status="reserved", order_id=None, by=None),
    "uq_deliveries_open": lambda given: DeliveryOpen(),
    # references
    "fk_orders_car_id": lambda given: NotFound(),
    "fk_orders_user_id": lambda given: NotFound(),
    "fk_orders_salesperson_id": lambda given: NotFound(),
    "fk_payments_order_id": lambda given: NotFound(),
    "fk_payments_refund_of": lambda given: NotFound(),
    "fk_payments_replaces": lambda given: NotFound(),
    "fk_deliveries_order_id": lambda given: NotFound(),
    "fk_car_costs_line_id": lambda given: NoSuchExtra(),
    "car_costs_line_of_car": lambda given: NoSuchExtra(),
    "fk_car_costs_car_id": lambda given: NotFound() if hasattr(given, "kind") else CarHasHistory(),
    "fk_car_photos_car_id": lambda given: NotFound(),
    "fk_car_reports_car_id": lambda given: NotFound(),
    "fk_reviews_car_id": lambda given: CarHasHistory() if hasattr(given, "car_id") else NotFound(),
    "fk_reviews_user_id": lambda given: NotFound(),
    # orders
    "orders_car_available": lambda given: CarNotAvailable(status="reserved", order_id=None, by=None),
    "orders_below_price_by_manager": lambda given: BelowPrice(),
    "orders_final": lambda given: FinalRecord(),
    "orders_total_never_raised": lambda given: TotalRaised(),
    "orders_put_back_without_delivery": lambda given: DeliveryOpen(),
    "orders_completed_no_open_delivery": lambda given: DeliveryOpen(),
    "orders_handover_without_address": lambda given: NeedsDelivery(),
    "orders_stay_settled": lambda given: MustStaySettled(),
    "orders_cancel_reason_when_canceled": lambda given: ReasonMissing(),
    # what an order holds
    "orders_left_for_car_positive": lambda given: NothingLeftForCar(left=""),
    "fk_order_lines_order_id": lambda given: NotFound(),
    # cash drawers
    "uq_drawers_open_name": lambda given: DrawerNameTaken(name=getattr(given, "name", "")),
    "drawers_closed_final": lambda given: DrawerClosed(),
    "drawer_moves_into_open": lambda given: DrawerClosed(),
    "payments_cash_needs_drawer": lambda given: (
        DrawerNeeded() if getattr(given, "drawer_id", None) is None else DrawerClosed()
    ),
    "payments_drawer_where_used": lambda given: DrawersUnused(),
    "fk_payments_drawer_id": lambda given: NotFound(),
    "fk_drawer_moves_drawer_id": lambda given: NotFound(),
    # payments and deliveries
    "payments_final": lambda given: FinalRecord(),
    "payments_canceled_takes_none": lambda given: FinalRecord(),
    "payments_moved_same_customer": lambda given: OtherCustomer(),
    "deliveries_final": lambda given: FinalRecord(),
    "deliveries_failure_reason_when_failed": lambda given: ReasonMissing(),
}


def _sentences() -> dict[str, str]:
    """Made when one is needed: in the language in use."""
    wrong_way = _("This step is not possible in the order's present status.")
    not_paid = _("The order is not paid in full.")
    return {
        "orders_move": wrong_way,
        "orders_born_pending": wrong_way,
        "orders_paid_when_settled": not_paid,
        "orders_pending_when_due": wrong_way,
        "orders_processing_on_credit": not_paid,
        "orders_in_delivery_by_delivery": wrong_way,
        "orders_back_by_failed_delivery": wrong_way,
        "orders_completed_settled": not_paid,
        "orders_completed_delivered": _("The car is not delivered yet."),
        "orders_keep_car": _("An order keeps its car. Cancel the order and make a new one."),
        "orders_method_fixed": _("The way of paying changes only while the order is pending or paid."),
        "orders_address_fixed": _("The car is on its way, so the address stays."),
        "order_lines_while_open": _(
            "Extras and discounts change only before the car is made ready. Put the order back first."
        ),
        "payments_above_balance": _("The amount is above the balance due."),
        "payments_above_expected": _("With what else is expected, the amount is above the balance due."),
        "payments_refund_left": _("More than is left of this payment cannot be given back."),
        "payments_refund_of_paid": _("Only a paid payment that is itself no refund is given back."),
        "payments_correction_on_canceled": _("On a canceled order a correction is not above what it corrects."),
        "payments_correction_refunds_whole": _("This payment was corrected or given back meanwhile."),
        "payments_moved_refunded": _("This payment was corrected or given back meanwhile."),
        "payments_replaces_refund_left": _("This refund was already taken back."),
        "payments_replaces_refund_when_canceled": _("Only on a canceled order is a refund taken back this way."),
        "deliveries_order_ready": _("A delivery is scheduled while its order is paid or processing."),
        "deliveries_start_from_processing": wrong_way,
        "deliveries_finish_in_delivery": wrong_way,
        "deliveries_move": wrong_way,
        "cars_reserved_by_order": _("An active order has this car, so it stays reserved."),
        "cars_held_without_order": _("An active order has this car, so it cannot be held."),
        "cars_held_for_whom": _("Say for whom the car is held."),
        "car_costs_order_completed": _("The order is not completed, so the cost belongs to the car."),
        "car_costs_order_of_car": _("A cost is borne by a sale of its own car."),
        "car_costs_sold_names_order": _("The car was sold meanwhile. Open its costs again."),
        "payments_trade_in_named": _("A payment by trade-in comes with its car. Take the car in payment instead."),
        "payments_trade_in_back_names_method": _("Say by which way the money for the car is given back."),
        "payments_refund_not_by_trade_in": _("Money is given back in money, not in a car."),
        "trade_ins_another_car": _("This is the car that is being sold; it cannot pay for itself."),
        **dict.fromkeys(
            ("trade_ins_car_came_in", "trade_ins_once"),
            _("This car is in stock already, so it cannot be taken in payment."),
        ),
        "trade_ins_car_available": _(
            "The car that was taken in payment is reserved or sold already, so what was allowed for it stays."
        ),
        "users_last_admin": _("The last active admin stays. Make somebody else an admin first."),
        "users_staff_known": _("Nobody of the staff has this e-mail."),
        "users_staff_login_ours": _(
            "The server has a login of this name that is not the dealership's. Choose another e-mail."
        ),
        "users_staff_email_login": _("A staff member signs in with an e-mail that does not begin with pg_."),
        "users_staff_email_length": _("A staff e-mail names a login and has at most 63 bytes."),
        "users_rename_by_another": _("Another admin changes the e-mail that you sign in with."),
        "users_keep_kind": _("A customer never becomes staff, nor staff a customer. Add another person."),
        "users_staff_by_function": _("Staff are added and changed in the list of people, by an admin."),
        "users_reachable": _("Give a phone or an e-mail."),
        "orders_salesperson_is_staff": _("A sale is made by somebody of the staff."),
        "payments_taken_by_staff": _("A payment is taken by somebody of the staff."),
        **dict.fromkeys(
            [f"{table}_not_in_future" for table in ("users", "cars", "car_reports", "reviews", "orders")]
            + ["payments_not_in_future", "deliveries_not_in_future"],
            _("What happened did not happen in the future."),
        ),
        "approvals_decided_once": _("This request is decided already."),
        "approvals_decided_by_another": _("Nobody approves what they asked for themselves."),
        "dealer_timezone_known": _("The database server does not know this time zone."),
    }


def error_for(rule: str, given: object) -> DealerError | None:
    """The error of the rule named ``rule``, with the facts of the refused input; None where it has none of its own."""
    make = _ERRORS.get(rule)
    if make is not None:
        return make(given)
    sentence = _sentences().get(rule)
    return None if sentence is None else UnexpectedRule(rule=rule, message=sentence)


def known_rules() -> frozenset[str]:
    """Every rule that has words of its own here."""
    return frozenset(_ERRORS) | frozenset(_sentences())
