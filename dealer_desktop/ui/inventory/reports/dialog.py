"""A report about a car: a checklist with marks and notes, or somebody else's report pasted as JSON."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from dealer_desktop.core import formats
from dealer_desktop.core.errors import InvalidInput
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.core.i18n import pgettext
from dealer_desktop.domain import names, report_form, report_texts
from dealer_desktop.domain.enums import ReportType
from dealer_desktop.domain.report_form import POINTS, Mark, Verdict
from dealer_desktop.services import cars
from dealer_desktop.services.inputs import report_data, report_entry
from dealer_desktop.services.inputs.reports import ReportInput
from dealer_desktop.services.rows import CarRow, ReportRow
from dealer_desktop.ui import theme
from dealer_desktop.ui.inventory.reports.points import PointField
from dealer_desktop.ui.inventory.reports.sheet import ReportSheet
from dealer_desktop.ui.session.context import UiContext
from dealer_desktop.ui.theme.fonts import pixels
from dealer_desktop.ui.widgets.car_head import show_car_head
from dealer_desktop.ui.widgets.card import label
from dealer_desktop.ui.widgets.choice_bar import Choice, ChoiceBar
from dealer_desktop.ui.widgets.date_edit import DateEdit
from dealer_desktop.ui.widgets.fields import ComboBox, DistanceEdit, LineEdit, TextEdit
from dealer_desktop.ui.widgets.form_dialog import FormDialog

_WIDTH = 868
_INSPECTOR = "inventory/inspector"


class Entry(StrEnum):
    """How the report comes in."""

    FORM = "form"
    JSON = "json"


class ReportDialog(FormDialog):
    """``reportType`` and ``reportEntry`` choose which of the other fields are there."""

    def __init__(self, context: UiContext, car: CarRow, parent: QWidget | None = None) -> None:
        super().__init__(
            context,
            name="reportDialog",
            title=_("Add a report"),
            save=_("Save the report"),
            draft=f"report/{car.id}",
            record=("cars", car.id),
            width=_WIDTH,
            parent=parent,
        )
        self._car = car
        self._of_kind: dict[ReportType, list[QWidget]] = {kind: [] for kind in ReportType}
        self._of_form: list[QWidget] = []
        self._points: dict[ReportType, dict[str, PointField]] = {kind: {} for kind in ReportType}
        self.about = show_car_head(self.head, context, car)
        self._add_choices()
        self._add_facts()
        for kind in (ReportType.TECHNICAL_INSPECTION, ReportType.VIN_CHECK):
            self._add_checklist(kind)
        self._add_end()
        for widget, is_there in self._parts():
            if not is_there:
                widget.hide()  # what is new is not shown one by one: the dialog shows it
        self._show_counts()
        self.finish()
        for field in (self.kind_field, self.entry_field):
            field.changed.connect(self._show_parts)

    # -- the parts ----------------------------------------------------------------------------------------------------

    def _add_choices(self) -> None:
        kinds = (ReportType.TECHNICAL_INSPECTION, ReportType.VIN_CHECK)
        self.kind_field = ChoiceBar([Choice(kind, names.report_type(kind)) for kind in kinds])
        self.kind_field.set_value(kinds[0])
        self.entry_field = ChoiceBar([Choice(Entry.FORM, _("Checklist")), Choice(Entry.JSON, _("Pasted JSON"))])
        self.entry_field.set_value(Entry.FORM)
        self.add_field("report_type", _("Kind of report"), self.kind_field)
        self.add_field("report_entry", _("Entered as"), self.entry_field)

    def _add_facts(self) -> None:
        """Who, when, at which mileage, and what comes of it."""
        inspector = LineEdit(304, limit=200)
        inspector.setText(str(self.context.settings.value(_INSPECTOR, "")))
        self._of_kind[ReportType.TECHNICAL_INSPECTION].append(
            self.add_field("inspector", report_texts.author(ReportType.TECHNICAL_INSPECTION), inspector)
        )
        source = self.add_field(
            "source",
            report_texts.author(ReportType.VIN_CHECK),
            LineEdit(304, limit=200),
            hint=_("The service that was asked"),
        )
        self._of_kind[ReportType.VIN_CHECK].append(source)
        self.day_field = DateEdit()
        self.day_field.set_value(self._today())
        self._of_form.append(self.add_field("day", _("Day"), self.day_field, object_name="reportDate"))
        stood = _("In stock with {number} km").format(number=formats.number(self._car.mileage))
        self._of_kind[ReportType.TECHNICAL_INSPECTION].append(
            self.add_field("mileage", _("Mileage, km"), DistanceEdit(), hint=stood)
        )
        for kind in ReportType:
            entries = [(None, pgettext("verdict", "None yet"))]
            entries += [(which, report_texts.verdict(kind, which)) for which in Verdict]  # type: ignore[misc]
            self._of_kind[kind].append(self.add_field(_verdict(kind), _("Verdict"), ComboBox(entries, width=304)))

    def _add_checklist(self, kind: ReportType) -> None:
        headings = report_texts.groups()
        group = ""
        for point in POINTS[kind]:
            if point.group != group:
                heading = label(headings[point.group], "strong")
                heading.setContentsMargins(0, pixels(8), 0, 0)
                self._put(kind, self._with_button(heading) if not group else heading)
                group = point.group
            field = PointField(kind, point)
            name = report_entry.point_field(point.key)
            row = self.add_field(name, report_texts.point(point), field, check=field.problem, object_name=name)
            self._of_kind[kind].append(row)
            self._points[kind][point.key] = field
            field.stepped.connect(lambda step, field=field: self._step(field, step))
            field.changed.connect(self._show_counts)

    def _with_button(self, heading: QWidget) -> QWidget:
        """The first heading, with what saves a key for every point that is as it should be."""
        rest = QPushButton(_("Mark the rest as OK"))
        rest.setObjectName("restOkButton")
        rest.setProperty("kind", "link")
        rest.setProperty("tone", "accent")
        rest.setAutoDefault(False)
        rest.clicked.connect(self._mark_rest)
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(heading, 1)
        row.addWidget(rest)
        return line

    def _put(self, kind: ReportType, widget: QWidget) -> None:
        self.form.addWidget(widget)
        self._of_kind[kind].append(widget)

    def _add_end(self) -> None:
        self._of_form.append(self.add_field("comment", _("Comment"), TextEdit(3, limit=report_entry.COMMENT)))
        self.json_field = TextEdit(15, limit=report_data.MAX_BYTES)
        self.json_field.setFont(theme.font("mono"))
        hint = _("One object in braces, as the service or another program gave it; at most 200 kB")
        self._json_row = self.add_field(
            "data", _("JSON"), self.json_field, hint=hint, check=self._check_json, object_name="reportJson"
        )
        preview = QPushButton(_("Show as a sheet"))
        preview.setObjectName("previewReportButton")
        preview.setAutoDefault(False)
        preview.clicked.connect(self.preview)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(preview)
        self.form.addLayout(row)

    def _show_parts(self) -> None:
        """Only the fields of this kind of report, entered in this way."""
        for widget, is_there in self._parts():
            widget.setVisible(is_there)
        self.set_error("")
        self._show_counts()

    def _parts(self) -> Iterator[tuple[QWidget, bool]]:
        """What comes and goes, and whether it is there now."""
        pasted = self.entry_field.value() is Entry.JSON
        for kind, widgets in self._of_kind.items():
            yield from ((widget, not pasted and kind is self._kind()) for widget in widgets)
        yield from ((widget, not pasted) for widget in self._of_form)
        yield self._json_row, pasted

    def _show_counts(self) -> None:
        if self.entry_field.value() is Entry.JSON:
            self.set_consequence("")
            return
        kind = self._kind()
        entries = {key: report_form.Entry(field.mark.value()) for key, field in self._points[kind].items()}
        form = report_form.Form(kind, entries)
        self.set_consequence(_first_upper(report_texts.counts(form)), detail=report_texts.checked(form))

    # -- what is typed ------------------------------------------------------------------------------------------------

    def _kind(self) -> ReportType:
        kind: ReportType = self.kind_field.value()
        return kind

    def _today(self) -> date:
        return datetime.now(ZoneInfo(self.context.dealer.timezone)).date()

    def _check_json(self) -> str | None:
        if not self.json_field.toPlainText().strip():
            return None
        try:
            self._pasted()
        except ValueError as error:
            return str(error)
        return None

    def _mark_rest(self) -> None:
        for field in self._points[self._kind()].values():
            if field.mark.value() is Mark.NOT_CHECKED:
                field.mark.set_value(Mark.OK)

    def _step(self, field: PointField, step: int) -> None:
        """Up and Down: to the point beside."""
        fields = list(self._points[self._kind()].values())
        number = fields.index(field) + step
        if 0 <= number < len(fields):
            fields[number].take_focus(field)
            self.show_widget(fields[number])

    def _pasted(self) -> dict[str, Any]:
        """Raises ValueError in words."""
        data = report_data.readable_report(self.json_field.toPlainText())
        report_entry.refuse_other_form(self._kind(), data)
        return data

    def data(self) -> dict[str, Any]:
        """The report as it would be stored now. Raises InvalidInput, by the names of the fields."""
        if self.entry_field.value() is Entry.JSON:
            try:
                return self._pasted()
            except ValueError as error:
                raise InvalidInput({"data": str(error)}) from None
        kind = self._kind()
        author = report_form.AUTHOR[kind]
        typed = self.typed(author, "day", "mileage", "comment", _verdict(kind))
        inspected = kind is ReportType.TECHNICAL_INSPECTION
        try:
            return report_entry.filled_form(
                kind,
                {key: field.value() for key, field in self._points[kind].items()},
                today=self._today(),
                author=typed[author],
                day=typed["day"],
                mileage=typed["mileage"] if inspected else "",
                verdict=typed[_verdict(kind)],
                comment=typed["comment"],
            )
        except InvalidInput as error:
            rows = {"author": author, "verdict": _verdict(kind)}
            raise InvalidInput({rows.get(key, key): said for key, said in error.fields.items()}) from None

    def preview(self) -> None:
        """The sheet that would be saved, or what is wrong with it."""
        try:
            data = self.data()
        except InvalidInput as error:
            self.show_wrong_fields(error)
            return
        self.set_error("")
        report = ReportRow(0, 0, self._kind(), data, datetime.now(UTC))
        ReportSheet(report, self.context, self._car, self, saved=False).open()

    def prepare(self) -> Callable[[], ReportRow]:
        """Overrides FormDialog."""
        report = self.read(ReportInput, car_id=self._car.id, data=self.data())
        return lambda: cars.add_report(self.context.session_maker, report)

    def saved(self, result: ReportRow) -> None:
        """Overrides FormDialog."""
        if self.entry_field.value() is Entry.FORM and result.report_type is ReportType.TECHNICAL_INSPECTION:
            self.context.settings.setValue(_INSPECTOR, self.field("inspector").text())
        kind = names.report_type(result.report_type)
        self.context.tell(_("{report} of {car} is saved.").format(report=kind, car=self._car.title))


def _verdict(kind: ReportType) -> str:
    return "verdict" if kind is ReportType.TECHNICAL_INSPECTION else "vin_verdict"


def _first_upper(text: str) -> str:
    return text[:1].upper() + text[1:]
