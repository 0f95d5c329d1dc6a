"""Two small tables of an import: the first rows as they will be stored, and the rows that are refused."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from dealer_desktop.core import formats
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.services.car_imports import CAR_FIELDS, ImportPlan, RefusedRow
from dealer_desktop.ui import theme
from dealer_desktop.ui.inventory.car.field_words import field_name, value_words
from dealer_desktop.ui.theme.fonts import pixels
from dealer_desktop.ui.widgets import tooltips

_Index = QModelIndex | QPersistentModelIndex
_AIR = 16
_NUMBERS = ("line", "year", "mileage", "price")


class PlainTable(QTableView):
    """Rows to read, not to edit."""

    def __init__(self, name: str, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(words)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setItemDelegate(_Cells(self))
        self.setWordWrap(False)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(pixels(28))
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setFont(theme.font("small"))
        header.setFixedHeight(pixels(32))


class _Cells(QStyledItemDelegate):
    """As much air at both sides as the header has, and a hairline under each row."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Overrides QStyledItemDelegate."""
        colours = theme.tokens()
        area: QRect = option.rect
        painter.save()
        painter.setPen(QColor(colours.hairline))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        painter.setPen(index.data(Qt.ItemDataRole.ForegroundRole) or QColor(colours.text))
        font = index.data(Qt.ItemDataRole.FontRole) or theme.font("base")
        painter.setFont(font)
        inside = area.adjusted(_AIR, 0, -_AIR, 0)
        text = QFontMetrics(font).elidedText(
            index.data(Qt.ItemDataRole.DisplayRole), Qt.TextElideMode.ElideRight, inside.width()
        )
        painter.drawText(inside, int(index.data(Qt.ItemDataRole.TextAlignmentRole)), text)
        painter.restore()


class _Rows(QAbstractTableModel):
    """Texts in columns; ``line`` is the row's number in the file."""

    def __init__(self, keys: Sequence[str], titles: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        super().__init__()
        self._keys, self._titles, self._rows = keys, titles, rows

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        """Overrides QAbstractTableModel."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        """Overrides QAbstractTableModel."""
        return 0 if parent.isValid() else len(self._keys)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Overrides QAbstractTableModel."""
        key = self._keys[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self._rows[index.row()][index.column()]
        if role == Qt.ItemDataRole.ToolTipRole and key in ("reason", "description"):
            return tooltips.plain(self._rows[index.row()][index.column()])
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(key)
        if role == Qt.ItemDataRole.ForegroundRole and key == "line":
            return QColor(theme.tokens().second)
        if role == Qt.ItemDataRole.FontRole and key == "vin":
            return theme.font("mono")
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Overrides QAbstractTableModel."""
        if orientation == Qt.Orientation.Horizontal:
            if role == Qt.ItemDataRole.DisplayRole:
                return self._titles[section]
            if role == Qt.ItemDataRole.TextAlignmentRole:
                return _alignment(self._keys[section])
        return None


def _alignment(key: str) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if key in _NUMBERS else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter


def show_preview(table: PlainTable, plan: ImportPlan, currency: str) -> None:
    """The first rows of the file as they will be stored."""
    stored = {field for row in plan.preview for field in row.values} | set(filter(None, plan.fields))
    fields = [field for field in CAR_FIELDS if field in stored]
    refused = any(row.reason for row in plan.preview)
    keys = ["line", *fields, *(["reason"] if refused else [])]
    titles = [_("Line"), *map(field_name, fields), *([_("Why it is refused")] if refused else [])]
    rows = [
        [
            formats.number(row.line),
            *(value_words(field, row.values.get(field), currency) for field in fields),
            *([row.reason] if refused else []),
        ]
        for row in plan.preview
    ]
    _show(table, _Rows(keys, titles, rows), keys)


def show_refused(table: PlainTable, refused: Sequence[RefusedRow]) -> None:
    """The rows that are not taken, with their lines and reasons."""
    rows = [[formats.number(row.line), row.vin, row.reason] for row in refused]
    _show(table, _Rows(("line", "vin", "reason"), (_("Line"), _("VIN"), _("Why it is refused")), rows), ("line", "vin"))
    table.horizontalHeader().setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)


_WIDTHS = {"line": 80, "vin": 168, "year": 72, "mileage": 120, "price": 128, "description": 200, "reason": 320}


def _show(table: PlainTable, model: _Rows, keys: Sequence[str]) -> None:
    old = table.model()
    model.setParent(table)
    table.setModel(model)
    if old is not None:
        old.deleteLater()
    header = table.horizontalHeader()
    for number, key in enumerate(keys):
        wide = max(pixels(_WIDTHS.get(key, 112)), header.sectionSizeHint(number))
        table.setColumnWidth(number, wide)
