"""``db init``: all of a shared server, from an empty one to its first admin, as often as one likes."""

import os
from typing import Annotated
from uuid import uuid4

import typer

from dealer_desktop.commands import signing_in
from dealer_desktop.commands.staff import ask_password
from dealer_desktop.core.errors import InvalidInput, NotFound
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.core.logging import keep_secret
from dealer_desktop.core.settings import APP_CONFIG, OWNER
from dealer_desktop.domain.enums import Role

SUPERUSER_PASSWORD = "DB_INIT_PASSWORD"  # noqa: S105
"""The environment's variable with the superuser's password: of this command alone, so no setting."""


def add_to(group: typer.Typer) -> None:
    def init(
        host: Annotated[str, typer.Option("--host", metavar="H", help=_("The server’s name or address."))],
        admin_email: Annotated[str, typer.Option("--admin-email", metavar="E", help=_("Of the first admin."))],
        admin_name: Annotated[str, typer.Option("--admin-name", metavar="N", help=_("First and last name."))],
        port: Annotated[int, typer.Option("--port", metavar="P", min=1, max=65535)] = 5432,
        name: Annotated[str, typer.Option("--name", metavar="N", help=_("The database’s name."))] = "dealer",
        superuser: Annotated[
            str, typer.Option("--superuser", metavar="S", help=_("A login that may make logins and databases."))
        ] = "postgres",
        password_stdin: Annotated[
            bool, typer.Option("--password-stdin", help=_("Read the first admin’s password as a line."))
        ] = False,
    ) -> None:
        from dealer_desktop.server import new_server
        from dealer_desktop.server import upgrade as schema
        from dealer_desktop.services import rights

        admin_password = ask_password(password_stdin, _("Password of {person}").format(person=admin_email))
        server = APP_CONFIG.db.model_copy(update={"host": host, "port": str(port), "name": "postgres"})
        url = server.url_as(superuser, _superuser_password(superuser))
        owner, owner_password = APP_CONFIG.db.owner or OWNER, APP_CONFIG.db.owner_password.get_secret_value()
        if not owner_password and signing_in.has_terminal() and new_server.has_login(url, owner):
            owner_password = signing_in.ask(_("Password of {person}").format(person=owner))
        made = new_server.make(url, name=name, owner=owner, owner_password=owner_password, tell=typer.echo)
        if made != owner_password:
            # Before what may still fail: nobody could be told it later.
            typer.echo(_("The password of {owner}, shown this once: {password}").format(owner=owner, password=made))
        theirs = server.model_copy(update={"name": name}).url_as(owner, made)
        schema.upgrade(theirs, typer.echo)
        rights.give(theirs)
        typer.echo(_first_admin(theirs, admin_email, admin_name, admin_password))
        typer.echo(
            _("Set on every PC: DB__HOST={host} DB__PORT={port} DB__NAME={name}").format(
                host=host, port=port, name=name
            )
        )

    group.command("init", help=_("Make all of a shared server: database, owner, rights, the first admin."))(init)


def superuser_url(superuser: str) -> str:
    """The server of the settings, with that login."""
    return APP_CONFIG.db.url_as(superuser, _superuser_password(superuser))


def _superuser_password(superuser: str) -> str:
    """Empty where none is needed, as over a socket of this PC."""
    given = os.environ.get(SUPERUSER_PASSWORD, "")
    if given:
        keep_secret(given)
    elif signing_in.has_terminal():
        given = signing_in.ask(_("Password of {person}").format(person=superuser))
    return given


def _first_admin(url: str, email: str, name: str, password: str) -> str:
    """Add the admin, or let who is there already sign in as one with this password. A sentence says which."""
    from dealer_desktop import services
    from dealer_desktop.services import dealer, staff
    from dealer_desktop.services.inputs.base import parse
    from dealer_desktop.services.inputs.people import NewStaff, StaffPassword, StaffStep

    connections = services.open_connections(url, APP_CONFIG.db)
    try:
        try:
            person = staff.by_email(connections.reader, email)
        except NotFound:
            new = parse(
                NewStaff,
                region=dealer.get(connections.reader).region,
                request_id=uuid4(),
                email=email,
                full_name=name,
                role=Role.ADMIN,
                phone=None,
                new_password=password,
            )
            return _("{name} can sign in now.").format(name=staff.add(connections.session_maker, new).full_name)
        if person.role is not Role.ADMIN:
            raise InvalidInput({"email": _("{email} is there already and is no admin.").format(email=email)})
        if not person.is_active:
            staff.activate(connections.session_maker, StaffStep(request_id=uuid4(), user_id=person.id))
        given = parse(StaffPassword, request_id=uuid4(), user_id=person.id, new_password=password)
        staff.set_password(connections.session_maker, given)
        return _("{name} signs in with the new password.").format(name=person.full_name)
    finally:
        connections.close()
