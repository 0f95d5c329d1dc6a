"""Whether the server's logins and the staff's rows say the same, as far as any login can see it: for ``doctor``."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import psycopg

from dealer_desktop.core.i18n import gettext as _

Connection = psycopg.Connection[tuple[Any, ...]]

_MAY_LOOK = "SELECT coalesce(has_table_privilege(to_regclass('users'), 'SELECT'), false)"

# Every login that is in one of the groups, and everybody of the staff, side by side.
_SIDE_BY_SIDE = """
WITH groups AS (SELECT oid, rolname FROM pg_roles WHERE rolname IN ('dealer_sales', 'dealer_manager', 'dealer_admin')),
     members AS (
         SELECT login.rolname AS name, login.rolcanlogin, array_agg(groups.rolname::text) AS groups
           FROM pg_auth_members JOIN groups ON groups.oid = roleid JOIN pg_roles login ON login.oid = member
          WHERE login.rolname NOT IN (SELECT rolname FROM groups) AND NOT login.rolcreaterole AND NOT login.rolsuper
          GROUP BY login.rolname, login.rolcanlogin),
     staff AS (
         SELECT lower(email) AS name, is_active,
             CASE role WHEN 'salesperson' THEN 'dealer_sales' WHEN 'manager' THEN 'dealer_manager'
                 WHEN 'admin' THEN 'dealer_admin' END AS its_group
           FROM public.users WHERE role <> 'customer')
SELECT coalesce(staff.name, members.name), is_active, its_group, groups,
    EXISTS (SELECT FROM pg_roles WHERE rolname = staff.name AND rolcanlogin)
  FROM staff FULL JOIN members ON members.name = staff.name ORDER BY 1
"""

# The groups are the server's, the staff a database's: with two dealerships on one server each has strangers.
_IS_ALONE = """
SELECT count(*) = 1 AND bool_or(datname = current_database()) FROM pg_database, aclexplode(datacl) a
 WHERE a.grantee = to_regrole('dealer_sales') AND a.privilege_type = 'CONNECT'
"""


@dataclass(frozen=True)
class StaffLogins:
    lost: tuple[str, ...] = ()
    """Active people of the staff whom the server has no login for, where others have one."""
    strangers: tuple[str, ...] = ()
    """Logins in one of the groups that are nobody's of the staff."""
    left: tuple[str, ...] = ()
    """Who is inactive and has a login or a group."""
    misplaced: tuple[str, ...] = ()
    """Active people whose login is in another group than their role's, or in none."""

    @property
    def problems(self) -> Iterator[tuple[str, str]]:
        """Whom it is about, and what is wrong with the command that mends it."""
        for people, words in (
            (
                self.lost,
                _(
                    "{people} cannot sign in: the server has no login for them. Run “dealer-desktop user password "
                    "EMAIL”, which makes it again, or “dealer-desktop user deactivate EMAIL”."
                ),
            ),
            (
                self.strangers,
                _(
                    "{people} may sign in to the server in a dealership’s group, but nobody of the staff has this "
                    "e-mail. Run “dealer-desktop user add EMAIL”, or let the owner of the tables drop the login."
                ),
            ),
            (
                self.left,
                _("{people} should not sign in any more, but can. Run “dealer-desktop user deactivate EMAIL” again."),
            ),
            (
                self.misplaced,
                _("{people} may not do what their role says. Run “dealer-desktop user activate EMAIL”."),
            ),
        ):
            if people:
                named = ", ".join(people)
                yield named, words.format(people=named)


def look(connection: Connection) -> StaffLogins:
    """On an autocommit connection of any login; nothing is found where it may not see the staff."""
    if not _one(connection, _MAY_LOOK):
        return StaffLogins()
    rows = connection.execute(_SIDE_BY_SIDE.encode()).fetchall()
    # On a PC's own database nobody signs in until the first has a login.
    people_sign_in = any(is_active and has_login for _name, is_active, _group, _groups, has_login in rows)
    lost, strangers, left, misplaced = [], [], [], []
    for name, is_active, its_group, groups, has_login in rows:
        if is_active is None:
            strangers.append(name)
        elif not is_active:
            left += [name] if has_login or groups else []
        elif not has_login:
            lost += [name] if people_sign_in else []
        elif groups != [its_group]:
            misplaced.append(name)
    is_alone = bool(strangers) and _one(connection, _IS_ALONE) is True
    return StaffLogins(tuple(lost), tuple(strangers) if is_alone else (), tuple(left), tuple(misplaced))


def _one(connection: Connection, query: str) -> Any:
    row = connection.execute(query.encode()).fetchone()
    return row[0] if row else None
