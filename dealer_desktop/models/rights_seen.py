"""What rights there are in the database now, as lines that can be compared and read: who may what on which thing."""

from typing import NamedTuple

import sqlalchemy as sa

_QUERIES = (
    # tables, sequences and functions, but those of extensions
    """
    SELECT relname, '', pg_get_userbyid(a.grantee), a.privilege_type
      FROM pg_class c, aclexplode(coalesce(
               relacl, acldefault(CASE relkind WHEN 'S' THEN 's' ELSE 'r' END::"char", relowner))) a
     WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v', 'S') AND a.grantee <> relowner
       AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')
    """,
    """
    SELECT proname || '()', '', pg_get_userbyid(a.grantee), a.privilege_type
      FROM pg_proc p, aclexplode(coalesce(proacl, acldefault('f', proowner))) a
     WHERE pronamespace = 'public'::regnamespace AND a.grantee <> proowner
       AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
    """,
    # columns
    """
    SELECT relname, attname, pg_get_userbyid(a.grantee), a.privilege_type
      FROM pg_class c JOIN pg_attribute ON attrelid = c.oid AND attacl IS NOT NULL, aclexplode(attacl) a
     WHERE relnamespace = 'public'::regnamespace AND a.grantee <> relowner
    """,
    # the schema and the database
    """
    SELECT 'the schema ' || nspname, '', pg_get_userbyid(a.grantee), a.privilege_type
      FROM pg_namespace, aclexplode(coalesce(nspacl, acldefault('n', nspowner))) a
     WHERE nspname = 'public' AND a.grantee <> nspowner
    """,
    """
    SELECT 'the database ' || datname, '', pg_get_userbyid(a.grantee), a.privilege_type
      FROM pg_database, aclexplode(coalesce(datacl, acldefault('d', datdba))) a
     WHERE datname = current_database() AND a.grantee <> datdba
    """,
    # row policies, and where they do not hold at all
    """
    SELECT relname, polname, array_to_string(ARRAY(SELECT pg_get_userbyid(r) FROM unnest(polroles) r), ', '),
           concat_ws(' ', polcmd, pg_get_expr(polqual, polrelid), pg_get_expr(polwithcheck, polrelid))
      FROM pg_policy JOIN pg_class c ON c.oid = polrelid WHERE relnamespace = 'public'::regnamespace
    """,
    """
    SELECT relname, '', 'everybody', 'see every row'
      FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND NOT relrowsecurity
    """,
    # the groups in each other
    """
    SELECT 'the group ' || grp.rolname, '', login.rolname, 'MEMBER'
      FROM pg_auth_members JOIN pg_roles grp ON grp.oid = roleid JOIN pg_roles login ON login.oid = member
     WHERE grp.rolname ~ '^dealer_(sales|manager|admin)$' AND login.rolname ~ '^dealer_(sales|manager|admin)$'
    """,
)
_PUBLIC = "unknown (OID=0)"
"""What PostgreSQL calls everybody where it looks for a login."""


class Right(NamedTuple):
    thing: str
    part: str
    """A column, or a row policy; else empty."""
    who: str
    what: str


def look(connection: sa.Connection) -> frozenset[Right]:
    """All of them but the owner's own."""
    found = (Right(*row) for query in _QUERIES for row in connection.exec_driver_sql(query))
    return frozenset(right._replace(who="PUBLIC") if right.who == _PUBLIC else right for right in found)
