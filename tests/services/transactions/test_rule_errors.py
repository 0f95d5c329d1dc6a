"""The table from the database's rules to our errors knows only names that the database has."""

from dealer_desktop.models import Base
from dealer_desktop.models.rule_names import MANAGER_RULES, RULES, UNIQUE_RULES
from dealer_desktop.services.transactions import rule_errors


def test_every_name_is_the_databases_own() -> None:
    references = {str(key.name) for table in Base.metadata.tables.values() for key in table.foreign_key_constraints}
    assert rule_errors.known_rules() - {*RULES, *MANAGER_RULES, *UNIQUE_RULES, *references} == set()
