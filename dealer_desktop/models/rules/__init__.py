"""The database's functions and triggers as SQL texts: one ``.sql`` file per subject, whole and readable.

``migrations/entities.py`` declares them to Alembic; a migration that brings a set of them reads its own frozen copies.
"""

import re
from pathlib import Path

import sqlalchemy as sa

FOLDER = Path(__file__).parent

# A function ends with a line of its own, a trigger with the first semicolon at a line's end.
_STATEMENT = re.compile(r"^create function .*?^\$\$;$|^create (?:constraint )?trigger .*?;$", re.MULTILINE | re.DOTALL)
_FUNCTION = re.compile(r"create function (public\.\w+\([^)]*\))")
_TRIGGER = re.compile(r"create (?:constraint )?trigger (\w+)\s.*?\son (public\.\w+)", re.DOTALL)


def statements(folder: Path = FOLDER) -> list[str]:
    """The ``create`` statements of a folder's ``.sql`` files: functions first, then triggers."""
    found: list[str] = []
    for file in sorted(folder.glob("*.sql")):
        found += _STATEMENT.findall(file.read_text(encoding="utf-8"))
    return sorted(found, key=lambda sql: not sql.startswith("create function"))


def drops(folder: Path = FOLDER) -> list[str]:
    """The statements that take a folder's triggers and functions away again."""
    dropped = []
    for sql in reversed(statements(folder)):
        if function := _FUNCTION.match(sql):
            dropped.append(f"DROP FUNCTION {function[1]}")
        elif trigger := _TRIGGER.match(sql):
            dropped.append(f"DROP TRIGGER {trigger[1]} ON {trigger[2]}")
    return dropped


def create(connection: sa.Connection, folder: Path) -> None:
    """Create what a folder's files hold."""
    for sql in statements(folder):
        connection.exec_driver_sql(sql, execution_options={"no_parameters": True})


def drop(connection: sa.Connection, folder: Path) -> None:
    """Drop what a folder's files hold."""
    for sql in drops(folder):
        connection.exec_driver_sql(sql, execution_options={"no_parameters": True})
