"""What landed stays as it was: the early revisions make, byte for byte, the database that they made then."""

import ast
import hashlib
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.config import Config

from dealer_desktop.core import paths
from dealer_desktop.server.connect import connect

# Each line whole: a type, a default, a condition, a body that differs is another database.
FACTS = {
    "functions": "SELECT pg_get_functiondef(p.oid) FROM pg_proc p WHERE pronamespace = 'public'::regnamespace "
    "AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')",
    "triggers": "SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal",
    "constraints": "SELECT conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid) FROM pg_constraint "
    "WHERE connamespace = 'public'::regnamespace AND conrelid <> 0",
    "indexes": "SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'",
    "columns": "SELECT concat_ws(' ', table_name, ordinal_position, column_name, udt_name, is_nullable, "
    "column_default, generation_expression, numeric_precision, numeric_scale) FROM information_schema.columns "
    "WHERE table_schema = 'public'",
    "enums": "SELECT enumtypid::regtype || ' ' || enumsortorder || ' ' || enumlabel FROM pg_enum",
}

LANDED = {
    "0001": {
        "functions": "a2207dfea6f0df24",
        "triggers": "e3b0c44298fc1c14",
        "constraints": "f37ef932aedaff8c",
        "indexes": "01e7e7a1768a8c02",
        "columns": "1f11b2f4bb85cce8",
        "enums": "26014c61873805a1",
    },
    "0004": {
        "functions": "444d585301de9bef",
        "triggers": "d53c76113e309723",
        "constraints": "fd119b17526f7f4e",
        "indexes": "91c1d63554cc917b",
        "columns": "676b45d2040eee60",
        "enums": "b0694ed46dbfb26a",
    },
}
"""As the code that made them first left the database, on PostgreSQL 18."""


def fingerprint(url: str) -> dict[str, str]:
    """Of each kind of thing in the database, how it stands there."""
    with connect(url) as connection:
        found = {kind: sorted(row[0] for row in connection.execute(sql.encode())) for kind, sql in FACTS.items()}
    return {kind: hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16] for kind, lines in found.items()}


@pytest.mark.parametrize("revision", LANDED)
def test_a_landed_revision_makes_the_same_database(
    alembic_config: Config, empty_database_url: str, revision: str
) -> None:
    command.upgrade(alembic_config, revision)
    assert fingerprint(empty_database_url) == LANDED[revision]


def test_a_revision_rests_on_no_rules_of_today() -> None:
    """Only settings and errors: what the dealership's row begins with."""
    allowed = {"dealer_desktop.core.errors", "dealer_desktop.core.settings"}
    for file in [*(paths.migrations() / "versions").glob("*.py"), paths.migrations() / "frozen.py"]:
        assert _imports(file) <= allowed, file.name


def _imports(file: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        modules: list[Any] = []
        if isinstance(node, ast.ImportFrom):
            modules = [node.module]
        elif isinstance(node, ast.Import):
            modules = [name.name for name in node.names]
        found |= {module for module in modules if module and module.startswith("dealer_desktop")}
    return found
