"""What only a manager does, by the rules' names: in words, since the form then asks for one."""

from dealer_desktop.core.i18n import gettext as _


def sentence(rule: str) -> str | None:
    """Why a manager is needed; None where the rule is about something else."""
    return {
        "orders_below_price_by_manager": _("Only a manager may sell below the price."),
        "orders_held_car_by_manager": _("Only a manager may sell a car that is held."),
        "order_lines_discount_by_manager": _("Only a manager gives a discount, changes it or takes it back."),
        "orders_lower_total_by_manager": _("Only a manager may lower the total."),
        "orders_cancel_with_money_by_manager": _("Only a manager may cancel an order once money was paid."),
        "orders_put_back_by_manager": _("Only a manager may put an order back."),
        "orders_processing_by_manager": _("Only a manager may start processing before the money is there."),
        "orders_salesperson_by_manager": _("Only a manager may make it another person’s sale."),
        "payments_refund_by_manager": _("Only a manager may give money back."),
        "payments_replace_by_manager": _("Only a manager may correct or move a payment."),
        "payments_taken_by_manager": _("Only a manager may enter a payment that somebody else took."),
        "car_costs_by_manager": _("Only a manager enters costs."),
        "drawers_close_by_manager": _("Only a manager may close another person’s cash drawer."),
        "trade_ins_by_manager": _("Only a manager may take a car in payment."),
        "users_merge_by_manager": _("Only a manager may merge customers."),
        "approvals_decided_by_manager": _("Only a manager decides a request."),
    }.get(rule)
