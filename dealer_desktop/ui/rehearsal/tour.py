"""A tour of every tab and dialog, each opened as a person opens it and shown while the caller looks at it."""

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QWidget

from dealer_desktop.core import formats
from dealer_desktop.services import cars
from dealer_desktop.services.rows import CarRow
from dealer_desktop.ui import jobs
from dealer_desktop.ui.inventory.imports.dialog import ImportDialog
from dealer_desktop.ui.rehearsal.moments import moments
from dealer_desktop.ui.rehearsal.refusals import refusals
from dealer_desktop.ui.rehearsal.robot import Robot
from dealer_desktop.ui.rehearsal.subjects import choose, inspections
from dealer_desktop.ui.rehearsal.upkeep import upkeep
from dealer_desktop.ui.section import Picture, Section
from dealer_desktop.ui.window import sections
from dealer_desktop.ui.window.main_window import MainWindow

View = tuple[str, QWidget]
"""A picture's name and what is on it, shown until the next one is asked for."""


class Tour:
    def __init__(self, window: MainWindow, pause: float = 0.1) -> None:
        """``pause``: seconds for what comes a moment later than its job, such as a marker that fades."""
        assert window.context is not None
        self._window = window
        self._pause = pause
        self._context = window.context
        self._robot = Robot(window)

    def everything(self, price_list: Path) -> Iterator[View]:
        """``price_list`` is a file of cars to import. Raises StepFailed."""
        subjects = choose(self._context.reader)
        yield from self.tabs(
            {
                "cars": subjects.car.id,
                "orders": subjects.due.id,
                "payments": subjects.refundable.id,
                "deliveries": subjects.on_its_way.id,
            }
        )
        yield from self._dialog("cars", subjects.pictured.id, Picture("photos", "photosAction", "photosDialog"))
        scheduling = Picture("schedule-delivery", "scheduleDeliveryAction", "deliveryDialog")
        yield from self._dialog("orders", subjects.paid.id, scheduling)
        planning = Picture("plan-payments", "planPaymentsAction", "paymentPlanDialog", lambda _order: {"parts": "4"})
        yield from self._dialog("orders", subjects.unplanned.id, planning)
        yield from self._takings()
        arrival = Picture("payment-arrived", "paymentArrivedAction", "paymentArrivedDialog")
        yield from self._dialog("payments", subjects.expected.id, arrival)
        self._robot.show_tab("inventoryTab")
        self._context.show("cars", subjects.pictured.id)
        self._settle()
        self._robot.click(self._robot.find(QWidget, "mainPhoto"))
        yield from self._while_open(self._robot.dialog("photoView"), "photo")
        yield from self._report(subjects.inspected)
        self._robot.act("newCarAction")
        yield from self._while_open(self._robot.dialog("carDialog"), "new-car")
        # Its action asks for the file first, in the system's own dialog.
        ImportDialog(self._context, price_list, self._window).open()
        yield from self._while_open(self._robot.dialog("importDialog"), "import")
        yield from refusals(self._robot, self._context, subjects, self._settle)
        yield from self._of_the_person()
        yield from upkeep(self._window, self._settle)
        yield from moments(self._window, self._robot, self._settle)

    def _of_the_person(self) -> Iterator[View]:
        """What an admin opens in the person's menu."""
        for name, action, dialog in (
            ("check-document", "checkDocumentAction", "checkDocumentDialog"),
            ("templates", "templatesAction", "templatesDialog"),
            ("dealership", "dealerAction", "dealerDialog"),
            ("history", "historyAction", "historyDialog"),
        ):
            self._robot.act(action)
            yield from self._while_open(self._robot.dialog(dialog), name)

    def _takings(self) -> Iterator[View]:
        """Of all days."""
        self._robot.show_tab("paymentsTab")
        self._robot.act("takingsAction")
        dialog = self._robot.dialog("takingsDialog")
        first = self._robot.find(QWidget, "firstDay", dialog)
        self._robot.type(first, formats.day(date(2020, 1, 1)))
        QTest.keyClick(first, Qt.Key.Key_Return)
        yield from self._while_open(dialog, "takings")

    def _report(self, car: CarRow) -> Iterator[View]:
        """A report of ``car`` as its card opens it."""
        self._context.show("cars", car.id)
        self._settle()
        for report in inspections(cars.details(self._context.reader, car.id))[:1]:
            self._robot.click(self._robot.find(QWidget, f"report{report.id}"))
            yield from self._while_open(self._robot.dialog("reportSheet"), "report")

    def tabs(self, chosen: Mapping[str, int]) -> Iterator[View]:
        """Every tab; of a list the card and the dialogs of a row: the one ``chosen`` for its kind, else its first."""
        for section in sections.SECTIONS:
            if section.is_drawn:
                yield from self._section(section, chosen.get(section.kind))

    def _section(self, section: Section, row_id: int | None) -> Iterator[View]:
        view = self.tab(section.name)
        shown = self._window.list_tab(section.kind)
        if row_id is None and shown is not None:
            row_id = shown.model.id_at(0)
        if row_id is not None:
            self._context.show(section.kind, row_id)
            self._settle()
        yield view
        if row_id is not None:
            for picture in section.pictures:
                yield from self._dialog(section.kind, row_id, picture)

    def tab(self, name: str) -> View:
        """The window with this tab in view."""
        self._robot.show_tab(f"{name}Tab")
        self._settle()
        return name, self._window

    def _dialog(self, kind: str, row_id: int, picture: Picture) -> Iterator[View]:
        """Opened on that record of the list of ``kind``."""
        shown = self._window.list_tab(kind)
        assert shown is not None
        self._robot.show_tab(shown.objectName())
        self._context.show(kind, row_id)
        self._settle()
        self._robot.act(picture.action)
        dialog = self._robot.dialog(picture.dialog)
        for field, text in picture.typed(shown.row).items():
            self._robot.type(self._robot.find(QWidget, field, dialog), text)
        yield from self._while_open(dialog, picture.name)

    def _while_open(self, dialog: QDialog, name: str) -> Iterator[View]:
        self._settle()
        yield name, dialog
        dialog.reject()
        self._settle()
        self._context.drafts.forget_all()

    def _settle(self) -> None:
        """Until everything that was asked for is there and painted."""
        for _round in range(2):
            jobs.wait_for_all()
            self._robot.pause(self._pause)
