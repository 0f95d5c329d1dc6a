"""The database's errors as ours, in one place: by SQLSTATE, and for broken rules by the rule's name."""

from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError

from dealer_desktop.core.errors import (
    Busy,
    ConnectionLost,
    DealerError,
    LoginRefused,
    NotAllowed,
    SchemaChanged,
    UnexpectedRule,
)
from dealer_desktop.core.person_errors import ManagerNeeded
from dealer_desktop.server.connect import trouble_of
from dealer_desktop.services.transactions import manager_rules, rule_errors

RETRIED = ("40001", "40P01")
"""Serialization failure and deadlock: the same transaction may well succeed the next time."""
_BUSY = ("55P03", "57014")
"""lock_not_available, query_canceled (a statement's limit)."""
_RULES = ("23514", "23505", "23503", "23502", "23P01", "22001", "22003")
_LOGIN = ("28P01", "28000")
_MISSING = ("42P01", "42703", "42883")


def sqlstate(error: DBAPIError) -> str:
    """The five characters of PostgreSQL's answer; empty where the server did not answer."""
    return str(getattr(error.orig, "sqlstate", None) or "")


def is_connection_lost(error: DBAPIError) -> bool:
    """Whether the connection is gone, so that nobody knows what the server did."""
    state = sqlstate(error)
    if state.startswith(("08", "57P")) or error.connection_invalidated:
        return True
    # The driver's own words for a dead socket come without a state.
    return not state and isinstance(error, OperationalError | InterfaceError)


def translate(error: DBAPIError, given: object = None) -> Exception:
    """``error`` as a DealerError where the person can do something; as it is where it is our fault.

    ``given`` is the input that was refused, for the facts in the sentence.
    """
    state = sqlstate(error)
    trouble = trouble_of(error.orig)
    if trouble is not None:
        return trouble
    if is_connection_lost(error):
        return ConnectionLost()
    if state in _BUSY or state in RETRIED:
        return Busy()
    if state in _LOGIN:
        return LoginRefused(user="")
    if state == "42501":
        # A rule about roles carries its name as the others do.
        return rule_errors.error_for(_rule(error), given) or _no_right(_rule(error))
    if state in _MISSING:
        return SchemaChanged()
    if state in _RULES:
        return _broken_rule(error, given)
    return error


def _no_right(rule: str) -> DealerError:
    words = manager_rules.sentence(rule)
    return NotAllowed() if words is None else ManagerNeeded(message=words)


def _broken_rule(error: DBAPIError, given: object) -> DealerError:
    name = _rule(error)
    message = str(getattr(_diagnostics(error), "message_primary", None) or error.orig)
    return rule_errors.error_for(name, given) or UnexpectedRule(rule=name, message=message)


def _rule(error: DBAPIError) -> str:
    return str(getattr(_diagnostics(error), "constraint_name", None) or "")


def _diagnostics(error: DBAPIError) -> object:
    return getattr(error.orig, "diag", None)
