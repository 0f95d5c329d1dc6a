"""``user list``, ``add``, ``role``, ``password``, ``deactivate``, ``activate``: the dealership's people and logins.

A password is asked for without an echo, or read as the first line of standard input; never an argument, which every
program of the PC can read in the list of processes.
"""

import sys
from typing import TYPE_CHECKING, Annotated, Any
from uuid import uuid4

import typer

from dealer_desktop.commands import connection
from dealer_desktop.core.errors import DealerError
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.core.logging import keep_secret
from dealer_desktop.domain import names
from dealer_desktop.domain.enums import Role

if TYPE_CHECKING:
    from dealer_desktop.services.rows import StaffRow

_ROLES = tuple(role.value for role in (Role.SALESPERSON, Role.MANAGER, Role.ADMIN))
_OF_EDIT = ("full_name", "email", "phone", "role")


class PasswordNotGiven(DealerError):
    """There is no terminal to ask at, and nothing was sent."""

    def sentence(self) -> str:
        return _("No password was given. Send it as a line with --password-stdin.")


class PasswordsDiffer(DealerError):
    def sentence(self) -> str:
        return _("The two passwords differ. Nothing was changed.")


Email = Annotated[str, typer.Argument(metavar="EMAIL")]
StdIn = Annotated[bool, typer.Option("--password-stdin")]


def add_to(app: typer.Typer) -> None:
    group = typer.Typer(help=_("The dealership’s people and their logins."), rich_markup_mode=None)
    group.command("list", help=_("List the people who work here."))(everybody)
    _add_add(group)
    group.command("role", help=_("Give somebody another role."))(role)
    group.command("password", help=_("Give somebody another password; a login that was lost is made again."))(password)
    group.command("deactivate", help=_("Take somebody’s login away; their open windows are signed out."))(deactivate)
    group.command("activate", help=_("Let somebody sign in again, with the password that they had."))(activate)
    app.add_typer(group, name="user")


def everybody(context: typer.Context) -> None:
    from dealer_desktop.services import staff

    with connection.connections(demo=bool(context.obj)) as connections:
        people = staff.everybody(connections.reader)
    for person in people:
        typer.echo("\t".join((person.email, person.full_name, person.role.value, person.phone or "", _state(person))))
    if not people:
        typer.echo(_("Nobody is entered yet."))


def _state(person: "StaffRow") -> str:
    if not person.is_active:
        return _("inactive")
    return _("active") if person.has_login else _("active, but without a login")


def _add_add(group: typer.Typer) -> None:
    def add(
        context: typer.Context,
        email: Email,
        name: Annotated[str, typer.Option("--name", metavar="NAME", help=_("First and last name."))],
        role: Annotated[str, typer.Option("--role", metavar="|".join(_ROLES))],
        phone: Annotated[str | None, typer.Option("--phone", metavar="PHONE")] = None,
        take_email: Annotated[
            bool, typer.Option("--take-email", help=_("Take the e-mail off the customer who has it."))
        ] = False,
        password_stdin: StdIn = False,
    ) -> None:
        from dealer_desktop.services import dealer, staff
        from dealer_desktop.services.inputs.base import parse
        from dealer_desktop.services.inputs.people import NewStaff

        wanted = _role(role)
        with connection.connections(demo=bool(context.obj)) as connections:
            new = parse(
                NewStaff,
                region=dealer.get(connections.reader).region,
                request_id=uuid4(),
                email=email,
                full_name=name,
                role=wanted,
                phone=phone,
                take_from_customer=take_email,
                new_password=ask_password(password_stdin),
            )
            person = staff.add(connections.session_maker, new)
        typer.echo(_("{name} can sign in now.").format(name=person.full_name))

    group.command("add", help=_("Add somebody, with a login and a first password."))(add)


def role(context: typer.Context, email: Email, role: Annotated[str, typer.Argument(metavar="|".join(_ROLES))]) -> None:
    from dealer_desktop.services import staff
    from dealer_desktop.services.inputs.people import EditStaff

    wanted = _role(role)
    with connection.connections(demo=bool(context.obj)) as connections:
        person = staff.by_email(connections.reader, email)
        opened: dict[str, Any] = {name: getattr(person, name) for name in _OF_EDIT}
        change = EditStaff(
            request_id=uuid4(),
            user_id=person.id,
            version=person.version,
            opened=opened,
            **{**opened, "role": wanted},
        )
        person = staff.edit(connections.session_maker, change)
    typer.echo(f"{person.full_name}: {names.role(person.role)}")


def password(context: typer.Context, email: Email, password_stdin: StdIn = False) -> None:
    from dealer_desktop.services import staff
    from dealer_desktop.services.inputs.base import parse
    from dealer_desktop.services.inputs.people import StaffPassword

    with connection.connections(demo=bool(context.obj)) as connections:
        person = staff.by_email(connections.reader, email)
        given = parse(StaffPassword, request_id=uuid4(), user_id=person.id, new_password=ask_password(password_stdin))
        staff.set_password(connections.session_maker, given)
    typer.echo(_("{name} signs in with the new password.").format(name=person.full_name))


def deactivate(context: typer.Context, email: Email) -> None:
    from dealer_desktop.services import staff
    from dealer_desktop.services.inputs.people import StaffStep

    with connection.connections(demo=bool(context.obj)) as connections:
        person = staff.by_email(connections.reader, email)
        staff.deactivate(connections.session_maker, StaffStep(request_id=uuid4(), user_id=person.id))
    typer.echo(_("{name} is signed out everywhere.").format(name=person.full_name))


def activate(context: typer.Context, email: Email) -> None:
    from dealer_desktop.services import staff
    from dealer_desktop.services.inputs.people import StaffStep

    with connection.connections(demo=bool(context.obj)) as connections:
        person = staff.by_email(connections.reader, email)
        staff.activate(connections.session_maker, StaffStep(request_id=uuid4(), user_id=person.id))
    typer.echo(_("{name} may sign in again.").format(name=person.full_name))


def _role(typed: str) -> Role:
    if typed.strip().lower() not in _ROLES:
        raise typer.BadParameter(_("choose one of {roles}").format(roles=", ".join(_ROLES)), param_hint="ROLE")
    return Role(typed.strip().lower())


def ask_password(from_stdin: bool, words: str = "") -> str:
    """A new password, from the terminal twice or from standard input. Raises PasswordNotGiven or PasswordsDiffer."""
    if from_stdin:
        given = sys.stdin.readline().rstrip("\r\n") if sys.stdin is not None else ""
    elif sys.stdin is not None and sys.stdin.isatty():
        given = typer.prompt(words or _("New password"), hide_input=True, default="", show_default=False, err=True)
        if given != typer.prompt(_("Once more"), hide_input=True, default="", show_default=False, err=True):
            raise PasswordsDiffer()
    else:
        given = ""
    if not given:
        raise PasswordNotGiven()
    keep_secret(given)
    return given
