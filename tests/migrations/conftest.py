"""Alembic on a database of the test's own."""

import pytest
import sqlalchemy as sa
from alembic.config import Config

from dealer_desktop.core import paths


@pytest.fixture
def alembic_config(empty_database_url: str) -> Config:
    """Alembic on an empty database, as ``server.upgrade`` and the command line use it."""
    config = Config(str(paths.alembic_ini()))
    config.attributes["url"] = empty_database_url
    return config


@pytest.fixture
def alembic_engine(empty_database_url: str) -> sa.Engine:
    """What pytest-alembic's own tests connect through."""
    return sa.create_engine(empty_database_url, poolclass=sa.NullPool)
