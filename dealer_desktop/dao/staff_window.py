"""The dealership's people as a window; customers have one of their own."""

import sqlalchemy as sa

from dealer_desktop.dao.rows import StaffRow
from dealer_desktop.dao.search_terms import fold
from dealer_desktop.dao.window import Window, any_of, select_fields, sort_key, version_of
from dealer_desktop.domain.enums import Role
from dealer_desktop.domain.readings import spellings
from dealer_desktop.models import User

_HAS_LOGIN: sa.ColumnElement[bool] = sa.literal_column(
    "EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = lower(users.email) AND rolcanlogin)", sa.Boolean
)


def _matching(search: str) -> sa.ColumnElement[bool]:
    """Every word is a part of the name, the e-mail or the phone."""
    parts: list[sa.ColumnElement[bool]] = [sa.true()]
    for word in fold(search).split():
        digits = "".join(letter for letter in word if letter.isdigit())
        written = (word, *spellings(word))
        parts.append(
            sa.or_(
                *(sort_key(User.full_name).contains(each, autoescape=True) for each in written),
                *(sort_key(User.email).contains(each, autoescape=True) for each in written),
                User.phone.contains(digits, autoescape=True) if digits else sa.false(),
            )
        )
    return sa.and_(*parts)


WINDOW = Window(
    kind="users",
    row=StaffRow,
    id=User.id,
    source=User.__table__,
    select=select_fields(StaffRow, User, version=version_of("users"), has_login=_HAS_LOGIN),
    only=User.role != Role.CUSTOMER,
    sorts={
        "id": [User.id],
        "full_name": [sort_key(User.full_name)],
        "role": [User.role],
        "email": [sort_key(User.email)],
        "is_active": [User.is_active],
        "created_at": [User.created_at],
    },
    filters={"id": any_of(User.id), "role": any_of(User.role), "is_active": any_of(User.is_active)},
    search=_matching,
    values={"role": User.role, "is_active": User.is_active},
    totals={},
)
