"""What the database holds besides tables: functions and triggers, whole, in ``dealer_desktop/models/rules/*.sql``.

Alembic compares the database with ``declared()``, so a changed rule is found by ``alembic check`` and
``alembic revision --autogenerate`` writes its migration. A new table and its triggers need two revisions: the triggers
can be generated only once the table is there.
"""

from copy import copy
from functools import cache

from alembic_utils.pg_extension import PGExtension
from alembic_utils.pg_function import PGFunction
from alembic_utils.pg_trigger import PGTrigger
from alembic_utils.replaceable_entity import ReplaceableEntity

from dealer_desktop.models import rules


def _as_it_reads(self: PGFunction, omit_definition: bool = False) -> str:
    """A revision shows a function line by line, so that the next one's diff can be reviewed."""
    body = "" if omit_definition else self.definition.replace("\\", "\\\\").replace('"""', '\\"""')
    return (
        f'{self.to_variable_name()} = {type(self).__name__}(\n    schema="{self.schema}",\n'
        f'    signature="{self.signature}",\n    definition="""{body}""",\n)\n'
    )


setattr(PGFunction, "render_self_for_migration", _as_it_reads)  # noqa: B010  (a method is replaced on purpose)


def _read_once(kind: type[ReplaceableEntity]) -> None:
    """A comparison reads every function and trigger of the database again for each of them: a minute of parsing, of the
    same texts each time.
    """
    read = cache(kind.from_sql)
    setattr(kind, "from_sql", staticmethod(lambda sql: copy(read(sql))))  # noqa: B010


for each in (PGFunction, PGTrigger):
    _read_once(each)


def declared() -> list[ReplaceableEntity]:
    """The entities as the code wants them."""
    wanted: list[ReplaceableEntity] = [PGExtension(schema="public", signature="pg_trgm")]
    for sql in rules.statements():
        kind = PGFunction if sql.startswith("create function") else PGTrigger
        wanted.append(kind.from_sql(sql.rstrip(";")))
    return wanted
