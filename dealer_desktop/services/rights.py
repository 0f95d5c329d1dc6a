"""Giving everybody in the database what their role gives, and nothing else."""

from dataclasses import dataclass

import sqlalchemy as sa

from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.models import rights, rights_seen
from dealer_desktop.models.rights_seen import Right
from dealer_desktop.server.upgrade import VERSION_LOCK


def give(url: str) -> bool:
    """As ``models/rules/rights.sql`` says; False where this login is not the tables' owner, or may not make the groups.

    An upgrade does it by itself. This is for what belongs to a database and comes with no backup, and for a server
    whose owner was allowed to make groups only later.
    """
    engine = sa.create_engine(url, poolclass=sa.NullPool, connect_args={"connect_timeout": 10})
    with engine.begin() as connection:
        if not rights.may_be_given(connection):
            return False
        connection.exec_driver_sql(VERSION_LOCK)
        rights.give(connection)
    return True


@dataclass(frozen=True)
class ChangedRights:
    """What somebody gave or took by hand, other than ``rights.sql`` says."""

    given: tuple[Right, ...]
    taken: tuple[Right, ...]

    def __bool__(self) -> bool:
        return bool(self.given or self.taken)

    def in_words(self, most: int = 5) -> str:
        """The first ``most`` of them."""
        lines = [_("{who} may {what} on {thing}") for _each in self.given]
        lines += [_("{who} may not {what} on {thing}") for _each in self.taken]
        told = [words.format(**_named(right)) for words, right in zip(lines, (*self.given, *self.taken), strict=True)]
        more = len(told) - most
        return ", ".join(told[:most]) + (" " + _("and {count} more").format(count=more) if more > 0 else "")


def _named(right: Right) -> dict[str, str]:
    thing = f"{right.thing} ({right.part})" if right.part else right.thing
    return {"who": right.who, "what": right.what, "thing": thing}


def changed_by_hand(url: str) -> ChangedRights | None:
    """Compare the rights with what they should be; None where this login cannot tell: it is not the tables' owner, the
    schema is another revision's, or somebody uses the tables at this moment.

    The file itself is run and taken back, so that nothing is written down twice; nobody waits for it.
    """
    engine = sa.create_engine(url, poolclass=sa.NullPool, connect_args={"connect_timeout": 10})
    try:
        with engine.connect() as connection:  # which takes everything back at its end
            if not rights.may_be_given(connection):
                return None
            connection.exec_driver_sql("SET LOCAL lock_timeout = '500ms'")
            before = rights_seen.look(connection)
            rights.give(connection)
            should = rights_seen.look(connection)
    except sa.exc.DBAPIError:
        return None
    return ChangedRights(tuple(sorted(before - should)), tuple(sorted(should - before)))
