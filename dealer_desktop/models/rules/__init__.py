"""The database's functions and triggers as SQL texts: one ``.sql`` file per subject, whole and readable.

Two triggers that nearly every table has, its history's and its notification's, come from the one list in ``kept.py``.
``migrations/entities.py`` declares all of it to Alembic; revisions run frozen copies of their own.
"""

import re
from pathlib import Path

from dealer_desktop.models.rules import kept

FOLDER = Path(__file__).parent

# A function ends with a line of its own, a trigger with the first semicolon at a line's end.
_STATEMENT = re.compile(r"^create function .*?^\$\$;$|^create (?:constraint )?trigger .*?;$", re.MULTILINE | re.DOTALL)


def files() -> list[Path]:
    """The files of functions and triggers; who may what is in rights.sql, run by itself (``models/rights.py``)."""
    return sorted(file for file in FOLDER.glob("*.sql") if file.name != "rights.sql")


def statements() -> list[str]:
    """The ``create`` statements: functions first, then triggers."""
    found: list[str] = []
    for file in files():
        found += _STATEMENT.findall(file.read_text(encoding="utf-8"))
    return sorted([*found, *kept.triggers()], key=lambda sql: not sql.startswith("create function"))
