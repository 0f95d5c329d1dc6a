"""Staff are changed field by field: what somebody else changed meanwhile is a conflict, an e-mail names one person."""

from typing import Any
from uuid import uuid4

import pytest

from dealer_desktop.core.errors import Conflict, EmailTaken
from dealer_desktop.domain.enums import Role
from dealer_desktop.services import staff
from dealer_desktop.services.inputs.base import parse
from dealer_desktop.services.inputs.people import EditStaff
from tests.models.conftest import Logins, logins  # noqa: F401
from tests.services.conftest import Shop

FIELDS = ("email", "full_name", "phone", "role")


def test_two_admins_edit_one_person(shop: Shop, logins: Logins) -> None:  # noqa: F811
    anna = staff.by_email(shop.reader, logins.person("manager").login)
    other = logins.person("salesperson")
    opened = {name: getattr(anna, name) for name in FIELDS}

    def change(**changes: Any) -> Any:
        form = {"user_id": anna.id, "version": anna.version, "opened": opened, **opened, **changes}
        return staff.edit(shop.maker, parse(EditStaff, request_id=uuid4(), **form))

    assert change(full_name="Анна Ёлкина", phone="8 912 345-67-89").phone == "+79123456789"
    # Nobody else changed the role since this form was opened.
    assert change(role="admin").role is Role.ADMIN
    with pytest.raises(Conflict) as refused:
        change(role="salesperson")
    assert refused.value.facts["theirs"] == {"role": Role.ADMIN}
    with pytest.raises(EmailTaken):
        change(email=other.login)
