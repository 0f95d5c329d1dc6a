"""The shared server of ``docker compose``: what its owner's script makes, and who reaches it."""

import re

from dealer_desktop.core import paths

COMPOSE = (paths.product_root() / "docker-compose.yml").read_text("utf-8")


def test_it_is_reached_from_this_machine_alone_until_told_otherwise() -> None:
    assert re.findall(r'- "(.*):5432"', COMPOSE) == ["${DB_BIND:-127.0.0.1}:15432"]


def test_images_are_named_to_their_last_number() -> None:
    images = re.findall(r"image: (\S+)", COMPOSE)
    assert len(images) == 2
    for image in images:
        assert re.search(r":\d+\.\d+(\.\d+)?-\w+", image), image


def test_the_programs_login_is_no_superuser() -> None:
    assert "POSTGRES_USER" not in COMPOSE
    script = COMPOSE.split("content: |", 1)[1].split("\nvolumes:", 1)[0]
    (made,) = re.findall(r"CREATE ROLE (.*);", script)
    assert made == "dealer LOGIN CREATEROLE PASSWORD :'password'"
    assert "GRANT pg_signal_backend TO dealer" in script
    assert "CREATE DATABASE dealer OWNER dealer" in script
    assert "ALTER ROLE postgres PASSWORD NULL" in script
