"""A list that the product does not have, test drives of cars: what somebody declares to add one, layer by layer.

``add(monkeypatch, execute)`` puts it in: the table with a line in ``models/rules/kept.py``, a line in ``dao/lists.py``,
a line in ``ui/window/sections.py``. Nothing else of the product knows of it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import pytest
import sqlalchemy as sa
from PySide6.QtWidgets import QWidget
from sqlalchemy.orm import DeclarativeBase, Mapped, Session

from dealer_desktop.dao import lists, window
from dealer_desktop.dao.window import Window, any_of, select_fields, sort_key, version_of
from dealer_desktop.models import Car
from dealer_desktop.models.columns import BigId, BigRef
from dealer_desktop.models.rules import kept
from dealer_desktop.services.inputs.base import Input
from dealer_desktop.services.transactions.connections import SessionMaker
from dealer_desktop.services.transactions.once import carry_out
from dealer_desktop.ui.section import Entry, Form, Found, MakeTab, Picture, Section
from dealer_desktop.ui.session.context import UiContext
from dealer_desktop.ui.tables import Column, EmptyState, ListTab, Offer, RowAction, RowActions
from dealer_desktop.ui.widgets.card import label
from dealer_desktop.ui.widgets.fields import LineEdit
from dealer_desktop.ui.widgets.form_dialog import FormDialog
from dealer_desktop.ui.window import sections

# -- models: a migration makes the table, and the triggers that keep its history and tell every window of a change ----

TABLE = """CREATE TABLE test_drives (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    car_id bigint NOT NULL REFERENCES cars (id),
    driver text NOT NULL
)"""
KEPT = kept.Kept("test_drives")


class _Base(DeclarativeBase):
    """Not the product's: its migrations shall not look for this table."""


class Drive(_Base):
    __tablename__ = "test_drives"

    id: Mapped[BigId]
    car_id: Mapped[BigRef]
    driver: Mapped[str]


# -- dao: the rows, and the window ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class DriveRow:
    id: int
    version: int
    car_id: int
    driver: str
    model: str


WINDOW = Window(
    kind="drives",
    row=DriveRow,
    id=Drive.id,
    source=(joined := sa.outerjoin(Drive, Car, Car.id == Drive.car_id)),
    select=select_fields(DriveRow, Drive, joined, version=version_of("test_drives"), model=Car.model),
    sorts={"id": [Drive.id], "driver": [sort_key(Drive.driver)]},
    filters={"car_id": any_of(Drive.car_id)},
    search=lambda text: Drive.driver.ilike(f"%{text}%"),
    values={},
    totals={},
)


# -- services: what is done with it -----------------------------------------------------------------------------------


class DriverInput(Input):
    drive_id: int
    driver: str


def name_driver(session_maker: SessionMaker, given: DriverInput) -> DriveRow:
    def work(session: Session) -> int:
        session.execute(sa.update(Drive).where(Drive.id == given.drive_id).values(driver=given.driver))
        return given.drive_id

    def read(session: Session, drive_id: Any) -> DriveRow:
        row = window.row(session, WINDOW, drive_id)
        assert row is not None
        return row

    return carry_out(session_maker, "drive.name", given, work, read)


# -- ui: the tab with its card, a form, and the section that the window is told of ------------------------------------


class DriveDialog(FormDialog):
    input_type = DriverInput

    def __init__(self, context: UiContext, drive: DriveRow, parent: QWidget | None = None) -> None:
        super().__init__(
            context, name="driveDialog", title="The driver", save="Save", draft=f"drive/{drive.id}",
            record=("drives", drive.id), parent=parent,
        )  # fmt: skip
        self.drive = drive
        self.add_field("driver", "Driver", LineEdit())
        self.finish()

    def prepare(self) -> Callable[[], DriveRow]:
        data = self.read(DriverInput, drive_id=self.drive.id)
        return lambda: name_driver(self.context.session_maker, data)


class DrivesTab(ListTab):
    def __init__(self, context: UiContext) -> None:
        super().__init__(
            context, kind="drives", name="drivesTab", search_hint="Driver", card_hint="Choose a test drive.",
            columns=(
                Column("driver", "Driver", lambda drive: drive.driver, sort="driver", searched=True),
                Column("model", "Car", lambda drive: drive.model, stretch=True),
            ),
        )  # fmt: skip
        self.actions_: RowActions[DriveRow, None] = RowActions(
            self.row_parts,
            [RowAction("nameDriverAction", "Name the driver", "user",
                       opens=lambda drive, _none: DriveDialog(context, drive, self))],
            nothing_chosen="Choose a test drive first.",
            offer=lambda _drive: Offer("nameDriverAction"),
        )  # fmt: skip
        self.words = label("", "title")
        self.card.body.addWidget(self.words)
        self.set_empty_state(EmptyState("No test drives yet."))
        self.start()

    def show_row(self, row: DriveRow | None) -> None:
        self.actions_.show(row)
        self.words.setText(f"{row.driver} drives {row.model}" if row is not None else "")


def _tab() -> MakeTab:
    return DrivesTab


def _forms() -> Mapping[str, Form]:
    return {"driveDialog": Form(DriveDialog)}


SECTION = Section(
    name="drives",
    words=lambda: "Test drives",
    tab=_tab,
    kind="drives",
    forms=_forms,
    found=Found(lambda: "All of these test drives", lambda drive: Entry(drive.driver, drive.model)),
    pictures=(Picture("name-driver", "nameDriverAction", "driveDialog", lambda _drive: {"driver": "Vera"}),),
)


def add(monkeypatch: pytest.MonkeyPatch, execute: Callable[[str], object]) -> None:
    """Until the test is over. ``execute`` runs a statement in the database that the window is opened on."""
    monkeypatch.setattr(kept, "TABLES", (*kept.TABLES, KEPT))
    execute(TABLE)
    for trigger in kept.triggers():
        if KEPT.table in trigger:
            execute(trigger)
    monkeypatch.setattr(lists, "WINDOWS", (*lists.WINDOWS, WINDOW))
    # Behind the deliveries.
    monkeypatch.setattr(sections, "SECTIONS", (*sections.SECTIONS[:4], SECTION, *sections.SECTIONS[4:]))
