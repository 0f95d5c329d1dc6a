"""The customer's document is kept (docs/customer.md), every line by something that is there; and the README's twins."""

import ast
import re
from pathlib import Path

import psycopg
import pytest
from alembic import command
from alembic.config import Config
from alembic.util import CommandError

from dealer_desktop import models
from dealer_desktop.core import paths
from dealer_desktop.domain import enums
from tests.migrations.conftest import alembic_config  # noqa: F401

ROOT = paths.product_root()
TABLE = (ROOT / "docs" / "customer.md").read_text("utf-8")
_OURS = {"README.md", "README.ru.md", "CONTRIBUTING.md", "CHANGELOG.md", "docs", "docker-compose.yml", "dist", "build"}
"""What every project has beside the customer's; the last two are PyInstaller's."""


def test_everything_that_shows_it_is_there() -> None:
    rows = [line.strip("| ").split(" | ") for line in TABLE.splitlines() if line.startswith("| ")]
    shown = [row[2] for row in rows if row[0] not in ("asked", "said there", "---")]
    assert len(shown) > 20
    for words in shown:
        named = re.findall(r"`([^`]+)`", words)
        assert named, words
        for each in named:
            file, _colons, test = each.partition("::")
            if not file.startswith(("tests/", ".ci/")):
                continue
            assert (ROOT / file).is_file(), each
            if test:
                functions = ast.walk(ast.parse((ROOT / file).read_text("utf-8")))
                assert test in {part.name for part in functions if isinstance(part, ast.FunctionDef)}, each


def test_the_top_level_is_the_customers() -> None:
    there = {entry.name for entry in ROOT.iterdir() if not entry.name.startswith((".", "__"))}
    customers = {"dealer_desktop", "migrations", "resources", "tests", "alembic.ini", "pyproject.toml", "build.spec"}
    assert customers <= there
    assert there - customers - _OURS - {each for each in there if each.endswith(".egg-info")} == set()


def test_the_packages_are_the_customers() -> None:
    package = ROOT / "dealer_desktop"
    assert all((package / name / "__init__.py").is_file() for name in ("core", "dao", "models"))
    assert all((package / name).is_file() for name in ("application.py", "main.py", "db.py"))


CUSTOMERS = {
    "users": "id email is_active full_name phone role created_at updated_at",
    "cars": "id vin make model year mileage price condition color engine_type transmission status description "
    "created_at updated_at",
    "car_photos": "id car_id url is_main",
    "car_reports": "id car_id report_type data created_at",
    "reviews": "id user_id customer_name car_id rating comment created_at",
    "orders": "id user_id customer_name customer_phone customer_email car_id status payment_method total_amount "
    "delivery_address delivery_date created_at updated_at",
    "deliveries": "id order_id status tracking_number delivered_at",
    "payments": "id order_id amount status payment_type transaction_id paid_at",
}


def test_the_tables_are_the_customers() -> None:
    tables = models.Base.metadata.tables
    for name, columns in CUSTOMERS.items():
        missing = set(columns.split()) - set(tables[name].columns.keys())
        assert missing == set(), name


def test_the_enums_are_the_customers() -> None:
    customers = {
        enums.CarCondition: "new used",
        enums.EngineType: "gasoline diesel hybrid electric",
        enums.Transmission: "manual automatic cvt",
        enums.CarStatus: "available reserved sold",
        enums.OrderStatus: "pending paid processing in_delivery completed canceled",
        enums.PaymentMethod: "cash card loan lease",
        enums.DeliveryStatus: "pending in_progress delivered failed",
        enums.PaymentStatus: "pending paid failed",
        enums.PaymentType: "full installment deposit",
        enums.ReportType: "vin_check technical_inspection",
    }
    for kind, values in customers.items():
        assert [member.value for member in kind] == values.split(), kind
    assert [role.value for role in enums.Role if role is not enums.Role.SALESPERSON] == ["customer", "manager", "admin"]


def test_alembics_file_is_the_customers() -> None:
    lines = (ROOT / "alembic.ini").read_text("utf-8").splitlines()
    assert [line for line in lines if line and not line.startswith("#")][:4] == [
        "[alembic]",
        "prepend_sys_path = .",
        "script_location = %(here)s/migrations",
        "sqlalchemy.url = %(DB_URL)s",
    ]


def test_every_model_is_imported() -> None:
    declared = set()
    for file in (ROOT / "dealer_desktop" / "models").glob("*.py"):
        declared |= set(re.findall(r'__tablename__ = "(\w+)"', file.read_text("utf-8")))
    assert declared == set(models.Base.metadata.tables)


def test_what_alembic_says_of_an_old_database(alembic_config: Config) -> None:  # noqa: F811
    with pytest.raises(CommandError, match="Target database is not up to date"):
        command.revision(alembic_config, "Too early", autogenerate=True)


def test_what_alembic_says_of_a_newer_database(alembic_config: Config) -> None:  # noqa: F811
    with psycopg.connect(alembic_config.attributes["url"].replace("+psycopg", "", 1)) as connection:
        connection.execute("CREATE TABLE alembic_version (version_num varchar(32) PRIMARY KEY)")
        connection.execute("INSERT INTO alembic_version VALUES ('9999')")
    with pytest.raises(CommandError, match="Can't locate revision identified by '9999'"):
        command.upgrade(alembic_config, "head")


# -- README.ru.md -----------------------------------------------------------------------------------------------------

_CODE = re.compile(r"```.*?```", re.DOTALL)
_LINK = re.compile(r"\]\(([^)]+)\)")


def _readme(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def test_the_readme_has_a_russian_twin() -> None:
    english, russian = _readme("README.md"), _readme("README.ru.md")
    assert "](README.ru.md)" in english.split("##")[0], "linked from the top"
    assert "](README.md)" in russian.split("##")[0]
    assert _CODE.findall(english) == _CODE.findall(russian), "one of them has other commands"
    short, kurz = (sorted(re.findall(r"`[^`\n]+`", _CODE.sub("", text))) for text in (english, russian))
    assert short == kurz
    shapes = [[line.split()[0] for line in _CODE.sub("", text).splitlines() if line.startswith(("#", "- ", "| ", "1"))]
              for text in (english, russian)]  # fmt: skip
    assert shapes[0] == shapes[1], "one of them has another heading, line or row"


@pytest.mark.parametrize("name", ["README.md", "README.ru.md", "docs/customer.md", "CONTRIBUTING.md"])
def test_links_lead_somewhere(name: str) -> None:
    folder = (ROOT / name).parent
    for link in _LINK.findall(_CODE.sub("", _readme(name))):
        file = folder / link.split("#")[0]
        assert "://" in link or file.exists(), f"{name}: {link}"
        twin = Path(str(file).removesuffix(".md") + ".ru.md")
        if name == "README.ru.md" and file.name != "README.md":
            assert not twin.exists(), f"{link} has a Russian twin"
