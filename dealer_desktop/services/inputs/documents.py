"""What is handed to the services about documents with a number."""

from typing import Literal

from pydantic import Field

from dealer_desktop.domain.enums import DocumentKind
from dealer_desktop.services.inputs.base import Input, OptionalName, OptionalReason


class IssueDocument(Input):
    """A document that gets its number now, with what is true now. ``payment_id``: of a receipt, ``order_id`` else."""

    kind: DocumentKind
    order_id: int | None = None
    payment_id: int | None = None
    language: Literal["ru", "en"]
    keys: int | None = None
    second_wheels: bool | None = None
    documents: OptionalReason = None
    mileage: int | None = None
    fuel: OptionalName = None
    damage: OptionalReason = None


class IssueDrawerReport(Input):
    """The report of a closed drawer, kept as it is now."""

    drawer_id: int
    language: Literal["ru", "en"]


class TemplateInput(Input):
    """A template of the dealership's own; an empty ``source`` takes it away."""

    kind: str
    source: str = Field(max_length=200_000)
