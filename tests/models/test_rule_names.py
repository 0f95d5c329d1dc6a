"""The list of rules is the database's own, and each rule has a test that breaks it."""

import re
from pathlib import Path
from typing import Any

from dealer_desktop.models.rule_names import MANAGER_RULES, RULES, UNIQUE_RULES

# No plain SQL that the triggers let through can break these.
UNBREAKABLE = {"audit_log_action_known"}


def test_the_list_is_the_databases_own(shop: Any) -> None:
    ours = "SELECT conname FROM pg_constraint WHERE contype = 'c' AND connamespace = 'public'::regnamespace"
    checks = {row["conname"] for row in shop.run(ours)}
    said: set[str] = set()
    managers: set[str] = set()
    for row in shop.run("SELECT prosrc FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND prolang <> 13"):
        said.update(re.findall(r"\brefuse\(\s*'(\w+)'", row["prosrc"]))
        managers.update(re.findall(r"\brequire_manager\(\s*'(\w+)'", row["prosrc"]))
    triggers = "SELECT pg_get_triggerdef(oid) AS sql FROM pg_trigger WHERE NOT tgisinternal"
    for row in shop.run(triggers):
        said.update(re.findall(r"(?:never_removed|append_only|keep_id)\('(\w+)'\)", row["sql"]))
    assert set(RULES) == checks | said
    assert set(MANAGER_RULES) == managers


def test_unique_rules_are_the_databases_own(shop: Any) -> None:
    found = shop.run(
        "SELECT indexrelid::regclass::text AS name FROM pg_index JOIN pg_class ON pg_class.oid = indrelid "
        "WHERE indisunique AND NOT indisprimary AND relnamespace = 'public'::regnamespace"
    )
    assert {row["name"] for row in found} == set(UNIQUE_RULES)


def test_each_rule_has_a_test_that_breaks_it() -> None:
    tests = "".join(file.read_text("utf-8") for file in Path(__file__).parent.glob("test_*.py"))
    broken = set(re.findall(r'refused\(\s*"(\w+)"', tests)) | set(re.findall(r'^ +"\w+": "(\w+)",$', tests, re.M))
    everything = set(RULES) | set(MANAGER_RULES) | set(UNIQUE_RULES)
    # One conditional expression names two.
    broken |= {"orders_move", "orders_final"}
    assert broken & everything == everything - UNBREAKABLE
