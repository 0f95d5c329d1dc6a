"""The declarative base, and how an engine and its sessions are made."""

import time
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any
from weakref import WeakKeyDictionary

import sqlalchemy as sa
from psycopg.pq import Format
from sqlalchemy.orm import DeclarativeBase, Session, sessionmaker
from sqlalchemy.pool import ConnectionPoolEntry

from dealer_desktop.core import deadline, hosts
from dealer_desktop.core.deadline import Deadline
from dealer_desktop.core.settings import DbConfig
from dealer_desktop.domain import enums

# A check's name is the rule's name, as the services' table of rules knows it: cars_price_not_negative.
NAMING_CONVENTION = {
    "pk": "pk_%(table_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "ck": "%(table_name)s_%(constraint_name)s",
}


def _values(kind: type[StrEnum]) -> Sequence[str]:
    return [member.value for member in kind]


def _native(kind: type[StrEnum], name: str) -> sa.Enum:
    """A native enum type that keeps the values, not the Python names."""
    return sa.Enum(kind, name=name, values_callable=_values)


class Base(DeclarativeBase):
    """What every table's model derives from."""

    metadata = sa.MetaData(naming_convention=NAMING_CONVENTION)
    type_annotation_map = {
        str: sa.Text(),
        Decimal: sa.Numeric(12, 2),
        datetime: sa.DateTime(timezone=True),
        enums.Role: _native(enums.Role, "user_role"),
        enums.ApprovalAct: _native(enums.ApprovalAct, "approval_act"),
        enums.CustomerKind: _native(enums.CustomerKind, "customer_kind"),
        enums.CarCondition: _native(enums.CarCondition, "car_condition"),
        enums.CostKind: _native(enums.CostKind, "cost_kind"),
        enums.EngineType: _native(enums.EngineType, "engine_type"),
        enums.Transmission: _native(enums.Transmission, "transmission"),
        enums.CarStatus: _native(enums.CarStatus, "car_status"),
        enums.OrderStatus: _native(enums.OrderStatus, "order_status"),
        enums.PaymentMethod: _native(enums.PaymentMethod, "payment_method"),
        enums.PaymentMeans: _native(enums.PaymentMeans, "payment_means"),
        enums.OrderLineKind: _native(enums.OrderLineKind, "order_line_kind"),
        enums.PaymentStatus: _native(enums.PaymentStatus, "payment_status"),
        enums.PaymentType: _native(enums.PaymentType, "payment_type"),
        enums.DeliveryStatus: _native(enums.DeliveryStatus, "delivery_status"),
        enums.DocumentKind: _native(enums.DocumentKind, "document_kind"),
        enums.ReportType: _native(enums.ReportType, "report_type"),
    }


def connect_args(limits: DbConfig) -> dict[str, Any]:
    """libpq's parameters that let no connection wait without an end."""
    options = {
        "statement_timeout": limits.statement_timeout,
        "lock_timeout": limits.lock_timeout,
        "idle_in_transaction_session_timeout": limits.idle_in_transaction_timeout,
    }
    return {
        "connect_timeout": limits.connect_timeout,
        "application_name": "dealer-desktop",
        "options": " ".join(f"-c {name}={value}" for name, value in options.items()),
        "keepalives": 1,
        "keepalives_idle": 10,
        "keepalives_interval": 5,
        "keepalives_count": 3,
        "tcp_user_timeout": int(limits.answer_timeout * 1000),
    }


def make_engine(url: str, limits: DbConfig | None = None, **pool: Any) -> sa.Engine:
    """An engine on a ``postgresql+psycopg://`` URL with the time limits of ``limits``; ``pool`` goes to the pool."""
    limits = limits or DbConfig()
    engine = sa.create_engine(
        url,
        isolation_level="READ COMMITTED",
        connect_args=connect_args(limits),
        execution_options={ANSWER_TIMEOUT: limits.answer_timeout, READ_TIMEOUT: limits.read_timeout},
        **{"pool_timeout": limits.answer_timeout, **pool},
    )
    _let_deadlines_watch(engine)
    _begin_with_the_last_host(engine)
    _ping_what_lay_idle(engine)
    sa.event.listen(engine, "before_cursor_execute", _ask_for_binary)
    return engine


def _begin_with_the_last_host(engine: sa.Engine) -> None:
    def on_connect(_dialect: Any, record: ConnectionPoolEntry, _given: Any, parameters: dict[str, Any]) -> None:
        asked = str(parameters.get("host", "")), str(parameters.get("port", "5432"))
        record.info["asked"] = asked
        if "," in asked[0]:
            parameters["host"], parameters["port"] = hosts.in_order(*asked)

    def connected(connection: Any, record: ConnectionPoolEntry) -> None:
        asked: tuple[str, str] = record.info.pop("asked", ("", ""))
        if "," in asked[0]:
            hosts.note(*asked, connection.info.host, str(connection.info.port))

    sa.event.listen(engine, "do_connect", on_connect)
    sa.event.listen(engine, "connect", connected)


def drop_connections(engine: sa.Engine) -> None:
    """They lead to a server that is no longer the one: close those that lie idle, and the sockets of those in use."""
    engine.dispose()
    for watching in list(_watched_of.get(engine, {}).values()):
        watching.drop()


def use_password(engine: sa.Engine, password: str) -> None:
    """New connections of ``engine`` sign in with this password; those that are open stay."""

    def on_connect(_dialect: Any, _record: Any, _arguments: Any, parameters: dict[str, Any]) -> None:
        parameters["password"] = password

    sa.event.listen(engine, "do_connect", on_connect)


ANSWER_TIMEOUT = "answer_timeout"
"""The engine's execution option: seconds after which a write or a long read without an answer is given up."""
READ_TIMEOUT = "read_timeout"
"""The engine's execution option: seconds after which a page without an answer is asked for on another connection."""
_IDLE = 5.0
"""Seconds after which a pooled connection is asked whether it still lives."""
_PING_TIMEOUT = 2.0
"""Seconds that it may take to say so; a new one is made else, which costs little."""
_WATCHED_BY = "watched by"
_watched_of: "WeakKeyDictionary[sa.Engine, dict[int, Deadline]]" = WeakKeyDictionary()
"""Of each engine the deadlines of the connections that are in use, by these connections' ``id``."""


def _let_deadlines_watch(engine: sa.Engine) -> None:
    """Each connection is watched by the deadline of the thread that has it, as soon as it is there, and only then."""

    watched = _watched_of.setdefault(engine, {})

    def watch(connection: Any, record: ConnectionPoolEntry, *_proxy: Any) -> None:
        entered = deadline.current()
        if entered is not None:
            entered.watch(connection)
            record.info[_WATCHED_BY] = watched[id(connection)] = entered

    def let_go(connection: Any, record: ConnectionPoolEntry | None, *_error: Any) -> None:
        watching: Deadline | None = record.info.pop(_WATCHED_BY, None) if record is not None else None
        if watching is not None:
            watched.pop(id(connection), None)
            watching.let_go(connection)

    sa.event.listen(engine, "connect", watch)
    sa.event.listen(engine, "checkout", watch)
    # Before the next thread can have it, and before its socket's number can be another's.
    for gone in ("checkin", "invalidate", "close"):
        sa.event.listen(engine, gone, let_go)


def _ping_what_lay_idle(engine: sa.Engine) -> None:
    """As ``pool_pre_ping``, but only for connections that lay idle, and with a deadline.

    A pre-ping through a proxy that has gone silent would wait without an end.
    """

    def on_checkin(connection: Any, record: ConnectionPoolEntry) -> None:
        record.info["idle_since"] = time.monotonic()

    def on_checkout(connection: Any, record: ConnectionPoolEntry, proxy: Any) -> None:
        if time.monotonic() - record.info.get("idle_since", time.monotonic()) < _IDLE:
            return
        try:
            with Deadline(_PING_TIMEOUT) as ping:
                ping.watch(connection)
                engine.dialect.do_ping(connection)
        except Exception as error:
            # The pool then makes another. What lay idle beside it is not believed in either: each would cost a ping.
            raise sa.exc.InvalidatePoolError(str(error)) from error

    sa.event.listen(engine, "checkin", on_checkin)
    sa.event.listen(engine, "checkout", on_checkout)


BINARY_RESULTS = "binary_results"
"""A statement's execution option: its values come as PostgreSQL keeps them; 8 MB as text would be 16."""


def _ask_for_binary(_connection: Any, cursor: Any, _sql: str, _given: Any, context: Any, _many: bool) -> None:
    if context is not None and context.execution_options.get(BINARY_RESULTS):
        cursor.format = Format.BINARY


def make_session_maker(engine: sa.Engine) -> sessionmaker[Session]:
    """Sessions whose objects stay readable after a commit."""
    return sessionmaker(engine, expire_on_commit=False)
