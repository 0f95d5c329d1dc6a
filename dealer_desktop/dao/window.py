"""Reading a table as a window: its ids in order as one value, and the rows of a page by their ids.

Ids come as one ``string_agg(int8send(id) ...)``, so that a million of them are one value of 8 MB, not a million
rows. A page is fetched with ``id = ANY(...)``, so that the last one costs what the first one does.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, fields
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cached_property
from typing import Any, Generic, TypeAlias, TypeVar

import sqlalchemy as sa
from sqlalchemy import ColumnElement, FromClause, Select, SQLColumnExpression
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.orm import DeclarativeBase, Session
from sqlalchemy.sql import visitors

from dealer_desktop.dao.ids import Ids
from dealer_desktop.db import BINARY_RESULTS
from dealer_desktop.models import Dealer

R = TypeVar("R")
_IDS = sa.ARRAY(sa.BigInteger)
_INTEGER = 2**31 - 1
"""The highest of PostgreSQL's ``integer``."""
TableKind: TypeAlias = str
"""What a list is called everywhere: one of those in ``dao/lists.py``."""
Bound: TypeAlias = int | Decimal | date
"""An end of a range; moments are dates too."""


@dataclass(frozen=True)
class Range:
    """A filter's value from ``low`` to ``high``, both included; None leaves that end open."""

    low: Bound | None = None
    high: Bound | None = None


Value: TypeAlias = str | int | bool | Decimal | date | None
"""What a column holds; enums are texts, None is an empty column."""
FilterValue: TypeAlias = Value | Sequence[Value] | AbstractSet[Value] | Range
Filter: TypeAlias = Callable[[FilterValue], ColumnElement[bool]]


@dataclass(frozen=True)
class TableQuery:
    """What a table shows, and in which order.

    ``filters`` maps a column to a value, to several of which any may match (list, tuple, set), or to a Range (or a
    pair); None filters nothing. Which columns, and what they take, says the list's window: ``any_of`` one or several
    values, ``between`` and ``in_days`` a Range (days are the dealer's), ``flag`` True or False.
    """

    kind: TableKind
    search: str = ""
    sort: str = "id"
    descending: bool = False
    filters: Mapping[str, FilterValue] = field(default_factory=dict)


@dataclass(frozen=True)
class Groups:
    """Few rows of another table that many of a list belong to: each gives a page of its own, and the first of these
    are the page. Walking its index instead would fetch whole groups."""

    heads: Select[Any]
    """The ids that ``member`` names, and what these are sorted by."""
    member: SQLColumnExpression[Any]


@dataclass(frozen=True)
class Window(Generic[R]):
    """One kind of table: what its rows are made of, and what it can be sorted, filtered and searched by."""

    kind: TableKind
    row: type[R]
    """A frozen dataclass whose first field is the id."""
    id: SQLColumnExpression[int]
    source: FromClause
    """The table with what sorts and filters need; joined by LEFT JOIN, so that PostgreSQL leaves out what is unused."""
    select: Select[Any]
    """Every field of ``row``, in its order."""
    sorts: Mapping[str, Sequence[SQLColumnExpression[Any]]]
    filters: Mapping[str, Filter]
    search: Callable[[str], ColumnElement[bool]]
    values: Mapping[str, SQLColumnExpression[Any]]
    """The columns whose values can be counted."""
    totals: Mapping[str, SQLColumnExpression[Any]]
    empty_last: frozenset[str] = frozenset()
    """Sorts whose empty values come last in both directions (the others follow their index)."""
    filled: Mapping[str, ColumnElement[bool]] = field(default_factory=dict)
    """Of sorts whose empty values come last: which rows have a value, where that needs no working out."""
    leading: Mapping[str, ColumnElement[bool]] = field(default_factory=dict)
    """Sorts that begin with a few rows of which this holds, before the others by their ids, the newest first."""
    walks: Mapping[str, FromClause] = field(default_factory=dict)
    """Sorts by another table's column: the source as inner joins that begin there, so that its index gives the first
    page and the rest is never touched. The sort names the ids on the way, which the index has too."""
    groups: Mapping[str, Groups] = field(default_factory=dict)
    """Sorts by a column of another table that has few rows."""
    turned: frozenset[str] = frozenset()
    """Sorts that grow as their column falls: more days in stock is an earlier arrival."""

    @cached_property
    def table(self) -> str:
        """The table whose ids its rows have."""
        return str(sa.inspect(self.id).class_.__table__.name)

    @cached_property
    def of_ids(self) -> Select[Any]:
        """Its rows by ``ids``. Made once: SQLAlchemy knows a statement again by all of its parts, which takes longer
        than PostgreSQL needs for the answer."""
        return self.select.where(self.id == sa.any_(sa.bindparam("ids", type_=_IDS)), *_belonging(self))

    only: ColumnElement[bool] | None = None
    """Which rows of the table are in the list at all; None: every one."""

    @cached_property
    def shown_tables(self) -> frozenset[str]:
        """All tables that its rows tell of: an order's row names its car and sums its payments."""
        return frozenset(part.name for part in visitors.iterate(self.select) if isinstance(part, sa.Table))


def select_fields(
    row: type[Any],
    model: type[DeclarativeBase],
    source: FromClause | None = None,
    /,
    **others: SQLColumnExpression[Any],
) -> Select[Any]:
    """A SELECT of exactly the fields of the dataclass ``row``, in their order: from ``others``, else from ``model``."""
    columns = [others[part.name] if part.name in others else getattr(model, part.name) for part in fields(row)]
    return sa.select(*columns).select_from(model if source is None else source)


def version_of(table: str) -> ColumnElement[int]:
    """The row's ``xmin`` as a number."""
    return sa.cast(sa.cast(sa.literal_column(f"{table}.xmin"), sa.Text), sa.BigInteger)


# -- asking -----------------------------------------------------------------------------------------------------------


def first_page(session: Session, window: Window[R], query: TableQuery, limit: int) -> list[R]:
    """One question: the ids are chosen before anything is joined to them."""
    order = _order(window, query)
    found, *others = (_array(part.limit(limit)) for part in _parts(window, query, limit))
    for other in others:
        found = _filled_up(found, other, limit)
    # As an array, which PostgreSQL works out first and whole, whatever it guesses of the table.
    make = window.row
    shown = window.select.where(window.id == sa.any_(found)).order_by(*order).limit(limit)
    return [make(*row) for row in session.execute(shown)]


def _array(ids: Select[Any]) -> Any:
    return sa.func.array(ids.correlate(None).scalar_subquery(), type_=_IDS)


def _filled_up(some: Any, others: Any, limit: int) -> Any:
    """What ``some`` lacks of ``limit`` ids comes from ``others``, which are not asked for otherwise."""
    known = sa.select(some.label("ids")).cte("known").prefix_with("MATERIALIZED").c.ids
    more = sa.func.array_cat(known, others, type_=_IDS)[1:limit]
    whole = sa.select(sa.case((sa.func.cardinality(known) < limit, more), else_=known)).scalar_subquery()
    return sa.cast(whole, _IDS)  # ANY of a bare subquery would be of its rows


def _parts(window: Window[Any], query: TableQuery, limit: int) -> Iterator[Select[Any]]:
    """The ids in order: as one question, or as several that follow each other, each of which an index answers."""
    source = window.walks.get(query.sort, window.source)
    chosen: Select[Any] = sa.select(window.id).select_from(source).where(*_conditions(window, query))
    first, *others = columns = _columns(window, query)
    if query.sort in window.leading and not query.descending:
        leads = window.leading[query.sort]
        yield chosen.where(leads).order_by(*columns)
        yield chosen.where(sa.not_(sa.func.coalesce(leads, sa.false()))).order_by(window.id.desc())
    elif query.sort in window.groups:
        groups, last = window.groups[query.sort], _turned(columns[-1:], query)
        heads = groups.heads.cte("heads").prefix_with("MATERIALIZED")
        of_one = chosen.where(groups.member == heads.c[0]).order_by(*last).limit(limit).lateral("of_one")
        keys = _turned([heads.c[1], heads.c[0], of_one.c.id], query)
        yield sa.select(of_one.c.id).select_from(heads.join(of_one, sa.true())).order_by(*keys)
        yield chosen.where(groups.member.is_(None)).order_by(*last)
    elif query.sort in window.empty_last:
        # An index that is read backwards has the empty ones first, or has none of them at all.
        filled = window.filled.get(query.sort, first.is_not(None))
        yield chosen.where(filled).order_by(*_turned(columns, query))
        yield chosen.where(sa.not_(filled)).order_by(*_turned(others, query))
    else:
        yield chosen.order_by(*_order(window, query))


def ids(session: Session, window: Window[Any], query: TableQuery) -> Ids:
    order: Any = aggregate_order_by(sa.literal_column("''::bytea"), *_order(window, query))
    packed = sa.func.string_agg(sa.func.int8send(window.id), order, type_=sa.LargeBinary)
    source = window.walks.get(query.sort, window.source)
    asked = sa.select(packed).select_from(source).where(*_conditions(window, query))
    return Ids(bytes(session.scalar(asked, execution_options={BINARY_RESULTS: True}) or b""))


def rows(session: Session, window: Window[R], ids: Sequence[int]) -> dict[int, R]:
    if not ids:
        return {}
    make = window.row
    return {found[0]: make(*found) for found in session.execute(window.of_ids, {"ids": list(ids)})}


def row(session: Session, window: Window[R], id: int) -> R | None:
    return rows(session, window, [id]).get(id)


def counts(session: Session, window: Window[Any], query: TableQuery, column: str) -> dict[Any, int]:
    value = window.values[column]
    others = {key: wanted for key, wanted in query.filters.items() if key != column}
    number = sa.func.count()
    grouped = (
        sa.select(value, number)
        .select_from(window.source)
        .where(*_conditions(window, query, others))
        .group_by(value)
        .order_by(number.desc(), value)
    )
    return {found[0]: found[1] for found in session.execute(grouped)}


def count(session: Session, window: Window[Any]) -> int:
    """How many rows there are, whatever a query finds of them."""
    return session.scalar(sa.select(sa.func.count()).select_from(window.source).where(*_belonging(window))) or 0


def count_each(session: Session, asked: Sequence[tuple[Window[Any], TableQuery]]) -> tuple[int, ...]:
    """How many rows each of the queries finds, by one question."""
    each = [
        sa.select(sa.func.count())
        .select_from(window.source)
        .where(*_conditions(window, query))
        .correlate(None)
        .scalar_subquery()
        for window, query in asked
    ]
    return tuple(session.execute(sa.select(*each)).one())


def matching(session: Session, window: Window[Any], query: TableQuery) -> int:
    """How many rows a query finds."""
    return int(count_each(session, [(window, query)])[0])


def stream(
    session: Session, window: Window[R], query: TableQuery, ids: Sequence[int] = (), batch: int = 500
) -> Iterator[list[R]]:
    """All rows that a query finds, or of these the ones with ``ids``, in order, by a cursor on the server."""
    asked = window.select.where(*_conditions(window, query)).order_by(*_order(window, query))
    if ids:
        asked = asked.where(window.id == sa.any_(sa.bindparam("chosen", list(ids), sa.ARRAY(sa.BigInteger))))
    make = window.row
    options = {"stream_results": True, "max_row_buffer": batch}
    for page in session.execute(asked, execution_options=options).partitions(batch):
        yield [make(*found) for found in page]


def totals(
    session: Session, window: Window[Any], query: TableQuery, names: Sequence[str] | None = None
) -> dict[str, Decimal]:
    """All of them, or those named."""
    wanted = list(window.totals if names is None else names)
    sums = [sa.func.coalesce(sa.func.sum(window.totals[name]), Decimal(0)) for name in wanted]
    found = session.execute(sa.select(*sums).select_from(window.source).where(*_conditions(window, query))).one()
    return dict(zip(wanted, found, strict=True))


def _belonging(window: Window[Any]) -> tuple[ColumnElement[bool], ...]:
    return () if window.only is None else (window.only,)


def _conditions(
    window: Window[Any], query: TableQuery, filters: Mapping[str, FilterValue] | None = None
) -> Iterable[ColumnElement[bool]]:
    chosen = query.filters if filters is None else filters
    yield from _belonging(window)
    for column, value in chosen.items():
        if value is not None:
            yield window.filters[column](value)
    if query.search.strip():
        yield window.search(query.search)


def _columns(window: Window[Any], query: TableQuery) -> Sequence[SQLColumnExpression[Any]]:
    return [*window.sorts[query.sort], *([] if query.sort == "id" else [window.id])]


def _order(window: Window[Any], query: TableQuery) -> Sequence[SQLColumnExpression[Any]]:
    columns = _columns(window, query)
    if query.descending == (query.sort in window.turned):
        return columns
    turned = [column.desc() for column in columns]
    return [column.nulls_last() for column in turned] if query.sort in window.empty_last else turned


def _turned(columns: Sequence[SQLColumnExpression[Any]], query: TableQuery) -> list[Any]:
    """As a list that grows, or falls, with its index."""
    return [column.desc() if query.descending else column for column in columns]


# -- filters ----------------------------------------------------------------------------------------------------------


def any_of(column: Any) -> Filter:
    """One value, or several of which any may match; None among them stands for an empty column."""

    def condition(value: FilterValue) -> ColumnElement[bool]:
        wanted = [value] if isinstance(value, str) or not isinstance(value, Sequence | AbstractSet) else list(value)
        given = [one for one in wanted if one is not None]
        parts = [column.in_(given)] if given or len(given) == len(wanted) else []
        if len(given) < len(wanted):
            parts.append(column.is_(None))
        return sa.or_(*parts)

    return condition


def between(column: Any) -> Filter:
    """A Range, both ends included."""

    def condition(value: FilterValue) -> ColumnElement[bool]:
        low, high = (_within(column, end) for end in _ends(value))
        return sa.and_(
            sa.true(),
            *([column >= low] if low is not None else []),
            *([column <= high] if high is not None else []),
        )

    return condition


def in_days(column: Any) -> Filter:
    """A Range of the dealer's days, or of moments, over a column of moments."""

    def condition(value: FilterValue) -> ColumnElement[bool]:
        low, high = map(_day, _ends(value))
        parts: list[ColumnElement[bool]] = [sa.true()]
        if low is not None:
            parts.append(column >= _beginning(low))
        if isinstance(high, datetime):
            parts.append(column <= high)
        elif high is not None:
            parts.append(column < _beginning(high + timedelta(days=1)))
        return sa.and_(*parts)

    return condition


def flag(condition: ColumnElement[bool]) -> Filter:
    """True: the condition holds; False: it does not."""
    return lambda value: condition if value else sa.not_(sa.func.coalesce(condition, sa.false()))


def _within(column: Any, end: Any) -> Any:
    """An end that is beyond what the column can hold bounds nothing, or everything; PostgreSQL would refuse it."""
    if isinstance(end, int) and isinstance(column.type, sa.Integer) and not isinstance(column.type, sa.BigInteger):
        return max(-_INTEGER, min(end, _INTEGER))
    return end


def _ends(value: FilterValue) -> tuple[Bound | None, Bound | None]:
    low, high = (value.low, value.high) if isinstance(value, Range) else _pair(value)
    return low, high


def _pair(value: FilterValue) -> tuple[Any, Any]:
    if not isinstance(value, tuple | list) or len(value) != 2:
        raise TypeError(f"{value!r} is no Range")
    return value[0], value[1]


def _day(end: Bound | None) -> date | None:
    if end is not None and not isinstance(end, date):
        raise TypeError(f"{end!r} is no day")
    return end


def _beginning(day: date) -> ColumnElement[datetime]:
    """When ``day`` begins at the dealer's."""
    if isinstance(day, datetime):
        return sa.literal(day, sa.DateTime(timezone=True))
    zone = sa.select(Dealer.timezone).where(Dealer.id == 1).scalar_subquery()
    return sa.func.timezone(zone, sa.cast(sa.literal(day, sa.Date), sa.DateTime), type_=sa.DateTime(timezone=True))


def today() -> ColumnElement[date]:
    # Asked once a query, not for each of its rows.
    return sa.select(sa.func.dealer_today(type_=sa.Date)).scalar_subquery()


def sort_key(column: Any) -> ColumnElement[str]:
    """Text in the order of its letters whatever their case, Ё as Е; the database's own function, which indexes use."""
    return sa.func.sort_key(column, type_=sa.Text)
