"""What an import is going to do, and what it did."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from dealer_desktop.services.reading_lists.questions import Question


@dataclass(frozen=True)
class RefusedRow:
    """A row that was not taken."""

    line: int
    """In the file, the first is 1 (a spreadsheet's row number)."""
    vin: str
    reason: str


@dataclass(frozen=True)
class PreviewRow:
    """One of the first rows, as it would be stored."""

    line: int
    values: Mapping[str, object]
    """Our field -> value; what could not be read is missing."""
    reason: str
    """Why the row would be refused; empty where it would be taken."""


@dataclass(frozen=True)
class ImportPlan:
    """What the columns of the file become."""

    headers: tuple[str, ...]
    fields: tuple[str, ...]
    """For each header our field, or empty where the column is left out."""
    problems: tuple[str, ...]
    """Sentences that stop the import, one a column: a needed field has no column, or a column cannot fit its field."""
    notes: tuple[str, ...]
    """Sentences worth knowing that stop nothing: columns left out, how ambiguous numbers were read."""
    preview: tuple[PreviewRow, ...]
    rows: int
    """How many rows below the headers."""
    questions: tuple[Question, ...] = ()
    """What the file leaves open, each with the likelier answer."""


@dataclass(frozen=True)
class ImportResult:
    taken: int
    """New cars."""
    updated: int
    skipped: int
    """Rows whose VIN is in stock already, left as they are."""
    refused: tuple[RefusedRow, ...]
    """By line."""
    notes: tuple[str, ...] = ()
    written: bool = True
    """False after a dry run, and where all or nothing was asked and a row was refused."""
    dry_run: bool = False
    far_amounts: int = 0
    """Of the refused rows those whose price or mileage is far from what it was; they may be taken all the same."""
    batch: UUID | None = None
    """What ``car_imports.undo`` takes; None where nothing was changed."""

    @property
    def failed(self) -> bool:
        """Whether the person got nothing of what they asked for."""
        if not self.dry_run and not self.written:
            return True
        return bool(self.refused) and not (self.taken or self.updated or self.skipped)
