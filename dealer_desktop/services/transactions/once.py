"""One transaction, carried out exactly once: what every write of the services goes through.

The form's request id is claimed first, in the same transaction as the work. Whoever repeats it, because no answer came
or because Save was pressed twice, waits for the first, finds its row and is given what the first did.
"""

import hashlib
import itertools
import logging
import random
import threading
import time
from collections.abc import Callable, Iterable
from typing import Any, TypeVar
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm import Session

from dealer_desktop.core.deadline import Deadline
from dealer_desktop.core.errors import AlreadySaved, Busy, ConnectionLost
from dealer_desktop.dao import requests
from dealer_desktop.db import ANSWER_TIMEOUT
from dealer_desktop.services.inputs.base import Input
from dealer_desktop.services.transactions import faults
from dealer_desktop.services.transactions.connections import Reader, SessionMaker

T = TypeVar("T")
_log = logging.getLogger(__name__)
_ATTEMPTS = 8
"""Of a transaction that the server gave up for another's sake (40001, 40P01)."""
_LONGEST_PAUSE = 0.5
"""Seconds between two attempts to reach a cluster that has no primary just now."""
_READ_ONLY = "25006"


def carry_out(
    session_maker: SessionMaker,
    action: str,
    given: Input,
    work: Callable[[Session], Any],
    read: Callable[[Session, Any], T],
) -> T:
    """Do ``work`` once for the request of ``given`` and return what ``read`` makes of its result.

    ``work`` returns what identifies the result (JSON: an id); ``read`` reads it back by a new SELECT, also on a repeat.

    Raises AlreadySaved (``result`` holds what was saved) where the same request was carried out with another input,
    ConnectionLost where no answer came within the engine's limit (then the same request may be sent again), Busy, and
    what ``work`` raises.
    """
    engine: sa.Engine = session_maker.kw["bind"]
    digest = input_hash(action, given)
    with Deadline(float(engine.get_execution_options().get(ANSWER_TIMEOUT, 20.0))) as deadline:
        for attempt in itertools.count(1):
            try:
                return _one_transaction(session_maker, action, given, digest, work, read)
            except PoolTimeout:
                raise Busy from None
            except DBAPIError as error:
                if not _is_worth_another(error, attempt, deadline, engine):
                    raise faults.translate(error, given) from error
                _log.info("%s is repeated: %s", action, faults.sqlstate(error) or "the connection was lost")
    raise AssertionError("the last attempt raises")


def _is_worth_another(error: DBAPIError, attempt: int, deadline: Deadline, engine: sa.Engine) -> bool:
    if deadline.passed.is_set():
        return False
    read_only = faults.sqlstate(error) == _READ_ONLY
    if len(engine.url.normalized_query.get("host", ())) > 1 and (read_only or faults.is_connection_lost(error)):
        # Of several servers another may be taking the place of this one: until the deadline passes.
        if read_only:
            engine.dispose()
        deadline.passed.wait(min(0.05 * 2**attempt, _LONGEST_PAUSE))
        return not deadline.passed.is_set()
    if attempt >= _ATTEMPTS:
        return False
    if faults.is_connection_lost(error):
        # The pool may have held a dead one; the request id makes the repeat harmless. A second loss is the person's.
        return attempt == 1
    if faults.sqlstate(error) in faults.RETRIED:
        time.sleep(random.uniform(0.001, 0.01) * attempt)
        return True
    return False


def _one_transaction(
    session_maker: SessionMaker,
    action: str,
    given: Input,
    digest: str,
    work: Callable[[Session], Any],
    read: Callable[[Session, Any], T],
) -> T:
    repeats.last = False
    with session_maker() as session, session.begin():
        if not requests.claim(session, given.request_id, action, digest):
            return _what_was_saved(session, given, action, digest, read)
        result = work(session)
        requests.keep_result(session, given.request_id, result)
        return read(session, result)


def _what_was_saved(session: Session, given: Input, action: str, digest: str, read: Callable[[Session, Any], T]) -> T:
    stored = requests.stored(session, given.request_id)
    if stored is None:
        # It was there a moment ago, and requests are never deleted: somebody else's clean-up.
        raise ConnectionLost
    stored_action, stored_digest, result = stored
    if stored_action != action:
        raise AlreadySaved(result=None)
    saved = read(session, result)
    if stored_digest != digest:
        raise AlreadySaved(result=saved)
    repeats.last = True
    # Where a standby must have everything before it counts as saved, what is repeated waits for it, too: the first
    # transaction may have been cut off while it waited, and be on the primary alone.
    requests.touch(session, given.request_id)
    return saved


class Repeats(threading.local):
    """Whether the last ``carry_out`` of this thread found its request carried out already, with the same input."""

    last = False


repeats = Repeats()


def carried_out(reader: Reader, request_ids: Iterable[UUID]) -> frozenset[UUID]:
    """Which of these requests have been carried out."""
    wanted = list(request_ids)
    return reader.run(None, lambda session: requests.known(session, wanted)) if wanted else frozenset()


def input_hash(action: str, given: Input) -> str:
    """SHA-256 of the input in its canonical form: equal values give equal hashes, however they were typed."""
    canonical = given.model_dump_json(exclude={"request_id"}, serialize_as_any=True)
    return hashlib.sha256(f"{action}:{canonical}".encode()).hexdigest()
