"""What the triggers promise, asked again of rows that a restore put in without them.

Whoever changes a backup writes its sums anew, so the sums prove nothing: the rows themselves must be such as the rules
leave. Keys, references and checks hold anyway; this is the rest, but for moments in the future: a server whose clock
was wrong for a day must not make its backups worthless. A question answers with the id of a row that breaks the rule,
under the name that the database refuses it with.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import psycopg

from dealer_desktop.server.table_copies import Table

Connection = psycopg.Connection[tuple[Any, ...]]

_ACTIVE = "('pending', 'paid', 'processing', 'in_delivery')"
_PAID = "(select coalesce(sum(amount), 0) from payments where order_id = o.id and status = 'paid')"
_AGREED = (
    "(select coalesce(sum(amount), 0) from payments"
    " where order_id = o.id and status = 'pending' and method::text = 'trade_in')"
)
_OPEN = "('pending', 'in_progress')"


@dataclass(frozen=True)
class Rule:
    name: str
    table: str
    """Where the offending row is."""
    offenders: str
    needs: frozenset[str] = frozenset()
    """Columns, as table.column, without which the rule was not there yet."""


def _rules() -> list[Rule]:
    orders, payments, deliveries, cars = "orders", "payments", "deliveries", "cars"
    found = [
        Rule("orders_paid_when_settled", orders, f"o.status = 'paid' and o.total_amount > {_PAID}"),
        Rule("orders_pending_when_due", orders, f"o.status = 'pending' and o.total_amount <= {_PAID}"),
        Rule("orders_completed_settled", orders, f"o.status = 'completed' and o.total_amount > {_PAID}"),
        Rule(
            "orders_stay_settled",
            orders,
            "o.status in ('processing', 'in_delivery') and o.payment_method in ('cash', 'card')"
            f" and o.total_amount > {_PAID} + {_AGREED}",
        ),
        Rule(
            "orders_in_delivery_by_delivery",
            orders,
            "o.status = 'in_delivery' and not exists"
            " (select from deliveries where order_id = o.id and status in ('in_progress', 'delivered'))",
        ),
        Rule(
            "cars_reserved_by_order",
            cars,
            f"exists (select from orders where car_id = o.id and status in {_ACTIVE})"
            " and (o.status <> 'reserved' or o.hold_note is not null)",
        ),
        Rule(
            "cars_held_for_whom",
            cars,
            "o.status = 'reserved' and o.hold_note is null"
            f" and not exists (select from orders where car_id = o.id and status in {_ACTIVE})",
        ),
        Rule(
            "deliveries_order_ready",
            deliveries,
            f"o.status in {_OPEN} and not exists (select from orders where id = o.order_id and status ="
            " case o.status when 'pending' then 'processing' else 'in_delivery' end::order_status)",
        ),
        Rule(
            "payments_canceled_takes_none",
            payments,
            "o.status = 'pending' and exists"
            " (select from orders where id = o.order_id and status in ('canceled', 'completed'))",
        ),
        Rule("payments_refund_born_paid", payments, "o.refund_of is not null and o.status <> 'paid'"),
        Rule(
            "payments_refund_of_paid",
            payments,
            "o.refund_of is not null and exists (select from payments where id = o.refund_of"
            " and (status <> 'paid' or refund_of is not null or order_id <> o.order_id))",
        ),
        Rule(
            "payments_refund_left",
            payments,
            "o.refund_of is null and o.amount <"
            " (select -coalesce(sum(amount), 0) from payments where refund_of = o.id)",
        ),
        Rule(
            "payments_replaces_paid",
            payments,
            "o.replaces is not null and (o.status <> 'paid' or exists"
            " (select from payments where id = o.replaces and status <> 'paid'))",
        ),
        Rule(
            "payments_moved_refunded",
            payments,
            "(select coalesce(sum(amount), 0) from payments where replaces = o.id and order_id <> o.order_id)"
            " > (select -coalesce(sum(amount), 0) from payments where refund_of = o.id)",
        ),
        Rule(
            "orders_salesperson_is_staff",
            orders,
            "exists (select from users where id = o.salesperson_id and role = 'customer')",
            frozenset({"orders.salesperson_id"}),
        ),
        Rule(
            "payments_taken_by_staff",
            payments,
            "exists (select from users where id = o.taken_by and role = 'customer')",
            frozenset({"payments.taken_by"}),
        ),
        Rule("orders_paid_total_kept", orders, f"o.paid_total <> {_PAID}", frozenset({"orders.paid_total"})),
        Rule(
            "orders_lines_total_kept",
            orders,
            "o.lines_total <> (select coalesce(sum(amount), 0) from order_lines where order_id = o.id)",
            frozenset({"orders.lines_total", "order_lines.amount"}),
        ),
        Rule(
            "orders_left_for_car_positive",
            orders,
            "o.total_amount - o.lines_total + (select coalesce(sum(amount), 0) from order_lines"
            " where order_id = o.id and kind = 'discount') <= 0",
            frozenset({"orders.lines_total", "order_lines.amount"}),
        ),
        Rule(
            "drawers_closed_final",
            "drawers",
            "o.expected_amount <> o.opening_amount"
            " + (select coalesce(sum(amount), 0) from payments where drawer_id = o.id)"
            " + (select coalesce(sum(amount), 0) from drawer_moves where drawer_id = o.id)",
            frozenset({"drawers.z_number"}),
        ),
    ]
    found += [
        Rule(
            "car_costs_keep_order",
            "car_costs",
            "o.order_id is not null and not exists"
            " (select from orders where id = o.order_id and car_id = o.car_id and status = 'completed')",
            frozenset({"car_costs.order_id"}),
        ),
        Rule(
            "counters_number_used",
            "documents",
            "o.kind <> 'drawer_report' and (o.number > coalesce((select last from counters"
            " where kind = o.kind::text and year = o.year), 0) or o.number > 1 and not exists (select from documents"
            " where kind = o.kind and year = o.year and number = o.number - 1))",
            frozenset({"documents.number", "counters.last"}),
        ),
        Rule(
            "documents_report_of_closed",
            "documents",
            "o.drawer_id is not null"
            " and o.number is distinct from (select z_number from drawers where id = o.drawer_id)",
            frozenset({"documents.drawer_id"}),
        ),
        Rule(
            "trade_ins_payment_by_trade_in",
            "trade_ins",
            "not exists (select from payments where id = o.payment_id and order_id = o.order_id and status = 'paid'"
            " and method::text = 'trade_in' and refund_of is null)",
            frozenset({"trade_ins.payment_id"}),
        ),
        Rule(
            "payments_trade_in_named",
            payments,
            "o.method::text = 'trade_in' and o.status = 'paid'"
            " and not exists (select from trade_ins where payment_id = o.id)",
            frozenset({"trade_ins.payment_id"}),
        ),
    ]
    # The history is append-only and written by the triggers alone: its last word on a row is what the row says.
    for table, columns in ((orders, ("status", "car_id")), (payments, ("status", "amount")), (deliveries, ("status",))):
        found += [Rule("audit_log_append_only", table, _differs_from_history(table, column)) for column in columns]
    line = frozenset({"order_lines.amount"})
    return [*found, Rule("audit_log_append_only", "order_lines", _differs_from_history("order_lines", "amount"), line)]


def _differs_from_history(table: str, column: str) -> str:
    last_word = (
        f"select after ->> '{column}' from audit_log"  # noqa: S608 - names of our own
        f" where table_name = '{table}' and row_id = o.id and after ? '{column}' order by id desc limit 1"
    )
    return f"o.{column}::text is distinct from ({last_word})"


def first_broken(connection: Connection, tables: Sequence[Table]) -> tuple[Rule, int] | None:
    """A rule that the rows break, with the row's id; None where all hold. The schema may be of an older revision."""
    present = {table.name for table in tables}
    columns = {f"{table.name}.{column}" for table in tables for column in table.columns}
    made = connection.execute("SELECT to_regproc('orders_before_insert') IS NOT NULL").fetchone()
    if not present >= {"orders", "payments", "deliveries", "audit_log"} or not (made and made[0]):
        return None  # a schema of before the rules
    for table in present & {
        "orders",
        "order_lines",
        "payments",
        "deliveries",
        "cars",
        "users",
        "audit_log",
        "documents",
    }:
        # Else the questions below are planned for tables without rows.
        connection.execute(f"ANALYZE {table}".encode())
    for rule in _rules():
        if rule.needs <= columns:
            question = f"SELECT o.id FROM {rule.table} o WHERE {rule.offenders} LIMIT 1"  # noqa: S608 - our own texts
            row = connection.execute(question.encode()).fetchone()
            if row:
                return rule, int(row[0])
    return None
