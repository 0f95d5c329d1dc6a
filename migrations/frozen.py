"""The functions and triggers as a revision found or left them: SQL files in folders of its own, run as they are.

A revision stands alone: nothing here looks at ``dealer_desktop``, whose rules have moved on since. A later revision
freezes only the files that it changes; ``Rules`` lays its folder over the earlier ones, file by file.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import sqlalchemy as sa

VERSIONS = Path(__file__).parent / "versions"

# A function ends with a line of its own, a trigger with the first semicolon at a line's end.
_STATEMENT = re.compile(r"^create function .*?^\$\$;$|^create (?:constraint )?trigger .*?;$", re.MULTILINE | re.DOTALL)
_FUNCTION = re.compile(r"create function (public\.\w+\([^)]*\)) returns ")
_TRIGGER = re.compile(r"create (?:constraint )?trigger (\w+)\s.*?\son (public\.\w+)", re.DOTALL)


def statements(text: str) -> list[str]:
    """The ``create`` statements of one file."""
    return _STATEMENT.findall(text)


class Rules:
    """What ``folders`` hold together; a file of a later folder stands for the one of its name in the earlier ones."""

    def __init__(self, *folders: str) -> None:
        self.files = {file.name: file for folder in folders for file in sorted((VERSIONS / folder).glob("*.sql"))}

    def statements(self) -> list[str]:
        """Functions first, then triggers, each in the order of the files' names."""
        found: list[str] = []
        for name in sorted(self.files):
            found += statements(self.files[name].read_text(encoding="utf-8"))
        return sorted(found, key=lambda sql: not sql.startswith("create function"))

    def create(self, connection: sa.Connection) -> None:
        """Create all of it."""
        for sql in self.statements():
            _run(connection, sql)

    def drop(self, connection: sa.Connection) -> None:
        """Drop all of it, the last first."""
        for sql in reversed(self.statements()):
            _run(connection, f"DROP {_named(sql)}")

    def replace(self, connection: sa.Connection, before: "Rules") -> None:
        """Make what is here of a database that holds ``before``; what both have alike stays untouched."""
        old, new = dict(_by_name(before)), dict(_by_name(self))
        gone = [name for name, sql in old.items() if new.get(name) != sql]
        for name in reversed(gone):
            if not _is_replaceable(name, new):
                _run(connection, f"DROP {name}")
        for name, sql in new.items():
            if name not in old or name in gone:
                replaceable = name in old and _is_replaceable(name, new)
                _run(
                    connection, sql.replace("create function", "create or replace function", 1) if replaceable else sql
                )


def _is_replaceable(name: str, new: dict[str, str]) -> bool:
    """Whether a function keeps its name, arguments and result, so that what rests on it may stay."""
    return name.startswith("FUNCTION") and name in new


def _by_name(rules: Rules) -> Iterator[tuple[str, str]]:
    for sql in rules.statements():
        yield _named(sql), sql


def _named(sql: str) -> str:
    """What DROP calls a statement's object: ``FUNCTION public.sort_key(value text)``."""
    if function := _FUNCTION.match(sql):
        return f"FUNCTION {function[1]}"
    trigger = _TRIGGER.match(sql)
    if not trigger:
        raise ValueError(sql)
    return f"TRIGGER {trigger[1]} ON {trigger[2]}"


def _run(connection: sa.Connection, sql: str) -> None:
    connection.exec_driver_sql(sql, execution_options={"no_parameters": True})
