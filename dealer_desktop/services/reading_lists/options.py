"""What a person chooses before an import."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.dao import car_import

CAR_FIELDS = car_import.COLUMNS
"""What a file may fill, by the names of the table's columns."""
REQUIRED_FIELDS = ("vin", "make", "model", "year", "mileage", "price", "condition")


class MileageUnit(StrEnum):
    KM = "km"
    MI = "mi"


class OnExisting(StrEnum):
    """What happens to a car whose VIN is in stock already."""

    SKIP = "skip"
    UPDATE = "update"


class WrongOption(ValueError):
    """An option that no file could fit; ``str()`` says what is wrong. Wrong usage of the command line."""


@dataclass(frozen=True)
class ImportOptions:
    columns: Mapping[str, str] = field(default_factory=dict)
    """The file's column -> our field; an empty field leaves the column out. Other columns are recognised by name."""
    fixed: Mapping[str, str] = field(default_factory=dict)
    """Our field -> its value for every row, as typed; wins over a column."""
    mileage_unit: MileageUnit | None = None
    """None: as the column's name or the cells say, kilometres where they are silent."""
    on_existing: OnExisting = OnExisting.SKIP
    all_or_nothing: bool = False
    dry_run: bool = False
    answers: Mapping[str, str] = field(default_factory=dict)
    """The key of a question that the file leaves open -> the choice's value (``questions``)."""
    take_likely: bool = False
    """Whether an unanswered question is taken to be answered as is likelier: only where a person sees it."""
    currency: str = ""
    """The dealership's; amounts in another are asked about. Empty: as the database says, or not looked at."""
    rejects: Path | None = None
    """Where the rows that are not taken are written, with their reasons, to be mended and imported again."""

    @classmethod
    def from_arguments(
        cls,
        *,
        map: Iterable[str] = (),
        set: Iterable[str] = (),
        answer: Iterable[str] = (),
        mileage_unit: str | None = None,
        on_existing: str = "skip",
        all_or_nothing: bool = False,
        dry_run: bool = False,
        rejects: Path | None = None,
    ) -> "ImportOptions":
        """The options of ``import-cars`` as typed. Raises WrongOption."""
        return cls(
            columns=_pairs("--map", map, ours_right=True),
            fixed=_pairs("--set", set, ours_right=False),
            answers=_answers(answer),
            mileage_unit=MileageUnit(mileage_unit) if mileage_unit else None,
            on_existing=OnExisting(on_existing),
            all_or_nothing=all_or_nothing,
            dry_run=dry_run,
            rejects=rejects,
        )


def _pairs(option: str, texts: Iterable[str], *, ours_right: bool) -> dict[str, str]:
    found: dict[str, str] = {}
    for text in texts:
        left, equals, right = text.rpartition("=") if ours_right else text.partition("=")
        left, right = left.strip(), right.strip()
        if not equals or not left:
            raise WrongOption(
                _("{option} {text}: write it as {example}").format(
                    option=option, text=text, example="--map brand=make" if ours_right else "--set condition=used"
                )
            )
        ours = right if ours_right else left
        if ours not in CAR_FIELDS and not (ours_right and not ours):
            raise WrongOption(
                _("{option} {text}: there is no field “{field}”; the fields are {fields}").format(
                    option=option, text=text, field=ours, fields=", ".join(CAR_FIELDS)
                )
            )
        found[left] = right
    return found


def _answers(texts: Iterable[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for text in texts:
        key, equals, value = text.partition("=")
        if not equals or not key.strip() or not value.strip():
            raise WrongOption(
                _("{option} {text}: write it as {example}").format(
                    option="--answer", text=text, example="--answer status=take"
                )
            )
        found[key.strip()] = value.strip()
    return found
