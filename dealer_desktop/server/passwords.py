"""Passwords of logins: never sent, only as the verifier that PostgreSQL keeps, made on this PC."""

from typing import Any

import psycopg

from dealer_desktop.core.errors import InvalidInput
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.core.logging import keep_secret
from dealer_desktop.domain.passwords import SHORTEST


def verifier(connection: psycopg.Connection[Any], password: str, field: str = "newPassword") -> str:
    """The SCRAM-SHA-256 verifier of ``password``, for the ``staff_*`` functions and ``ALTER ROLE``.

    Raises InvalidInput, at ``field``, where it is shorter than SHORTEST.
    """
    keep_secret(password)
    if len(password) < SHORTEST:
        raise InvalidInput({field: _("A password has at least {count} characters.").format(count=SHORTEST)})
    return connection.pgconn.encrypt_password(password.encode(), b"", b"scram-sha-256").decode("ascii")
