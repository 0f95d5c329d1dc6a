"""The list of rules is the database's own, and each rule has a test that breaks it."""

import ast
import re
from pathlib import Path
from typing import Any

from dealer_desktop.core import paths
from dealer_desktop.models.rule_names import MANAGER_RULES, RULES, UNIQUE_RULES

# No plain SQL that the triggers let through can break these.
UNBREAKABLE = {"audit_log_action_known"}
EVERYTHING = RULES | MANAGER_RULES | UNIQUE_RULES
DOCUMENT = paths.product_root() / "docs" / "rules.md"
BEGIN, END = "<!-- rules: begin -->", "<!-- rules: end -->"


def test_the_list_is_the_databases_own(shop: Any) -> None:
    ours = "SELECT conname FROM pg_constraint WHERE contype = 'c' AND connamespace = 'public'::regnamespace"
    checks = {row["conname"] for row in shop.run(ours)}
    said: set[str] = set()
    managers: set[str] = set()
    for row in shop.run("SELECT prosrc FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND prolang <> 13"):
        said.update(re.findall(r"\brefuse\(\s*'(\w+)'", row["prosrc"]))
        managers.update(re.findall(r"\brequire_(?:staff|manager|admin|approval)\(\s*'(\w+)'", row["prosrc"]))
    triggers = "SELECT pg_get_triggerdef(oid) AS sql FROM pg_trigger WHERE NOT tgisinternal"
    for row in shop.run(triggers):
        said.update(re.findall(r"(?:never_\w+|append_only|keep_id|not_in_future)\('(\w+)'\)", row["sql"]))
    assert set(RULES) == checks | said
    assert set(MANAGER_RULES) == managers


def test_unique_rules_are_the_databases_own(shop: Any) -> None:
    found = shop.run(
        "SELECT indexrelid::regclass::text AS name FROM pg_index JOIN pg_class ON pg_class.oid = indrelid "
        "WHERE indisunique AND NOT indisprimary AND relnamespace = 'public'::regnamespace"
    )
    assert {row["name"] for row in found} == set(UNIQUE_RULES)


def test_each_rule_has_a_test_that_breaks_it_and_stands_in_the_documents() -> None:
    assert set(EVERYTHING) - set(_tests()) == UNBREAKABLE
    text = DOCUMENT.read_text("utf-8")
    assert text[text.index(BEGIN) : text.index(END)] == table(), "run: python -m tests.models.test_rule_names"


def _tests() -> dict[str, str]:
    """The first test that names each rule, as ``file::function``."""
    found: dict[str, str] = {}
    for file in [*sorted(Path(__file__).parent.glob("test_*_rules.py")), Path(__file__).parent / "test_history.py"]:
        for function in ast.parse(file.read_text("utf-8")).body:
            if isinstance(function, ast.FunctionDef) and function.name.startswith("test_"):
                for node in ast.walk(function):
                    if isinstance(node, ast.Constant) and node.value in EVERYTHING:
                        found.setdefault(str(node.value), f"{file.stem}::{function.name}")
    return found


def table() -> str:
    """The rules as docs/rules.md shows them."""
    tests = _tests()
    rows = [BEGIN, "", "| rule | says | its test in `tests/models/` |", "| --- | --- | --- |"]
    rows += [f"| `{rule}` | {says} | {_code(tests.get(rule))} |" for rule, says in EVERYTHING.items()]
    return "\n".join([*rows, "", ""])


def _code(test: str | None) -> str:
    return f"`{test}`" if test else "no statement that the triggers let through breaks it"


if __name__ == "__main__":
    old = DOCUMENT.read_text("utf-8")
    DOCUMENT.write_text(old[: old.index(BEGIN)] + table() + old[old.index(END) :], "utf-8")
