"""Finds every text that a person cannot read to its end: cut, clipped by a parent, or out of sight sideways.

``faults(widget)`` walks all visible widgets. What is shortened on purpose and tells the whole in a tooltip is fine.
"""

from collections.abc import Iterator

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QTextDocumentFragment
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QComboBox,
    QDateEdit,
    QDialog,
    QGroupBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QScrollArea,
    QStyle,
    QStyleOptionButton,
    QStyleOptionComboBox,
    QStyleOptionFrame,
    QTabBar,
    QToolButton,
    QWidget,
)

from dealer_desktop.ui.widgets.dialog_frame import room_for

_FREE_TEXT = 100
"""Fields that take more characters are for sentences, which no field shows whole."""
_SLACK = 1
"""Pixels that rounding may take."""


def faults(top: QWidget) -> list[str]:
    """What is wrong in ``top``, one line each: where it is, its words, what is missing."""
    found = [f"{path_of(top, top)}: {words}" for words in _window_faults(top)]
    for widget in (top, *top.findChildren(QWidget)):
        if widget is not top and (not widget.isVisible() or widget.window() is not top):
            continue
        found += [f"{path_of(widget, top)}: {words}" for words in _faults_of(widget)]
    return list(dict.fromkeys(found))


def path_of(widget: QWidget, top: QWidget) -> str:
    names: list[str] = []
    walk: QWidget | None = widget
    while walk is not None:
        names.append(walk.objectName() or type(walk).__name__)
        if walk is top:
            break
        walk = walk.parentWidget()
    return "/".join(reversed(names[:3]))


def _window_faults(top: QWidget) -> Iterator[str]:
    if isinstance(top, QMenu):
        return
    least, has = top.minimumSizeHint(), top.size()
    if least.width() > has.width() + _SLACK or least.height() > has.height() + _SLACK:
        yield f"wants at least {least.toTuple()}, has {has.toTuple()}"
    if isinstance(top, QDialog):
        room = room_for(top)
        if has.width() > room.width() or has.height() > room.height():
            yield f"is {has.toTuple()} large, beyond the screen of {room.toTuple()}"


def _faults_of(widget: QWidget) -> Iterator[str]:
    yield from _beyond_parent(widget)
    if isinstance(widget, QLabel):
        yield from _label(widget)
    elif isinstance(widget, QAbstractButton):
        yield from _button(widget)
    elif isinstance(widget, QDateEdit | QComboBox):
        yield from _box(widget)
    elif isinstance(widget, QLineEdit):
        yield from _line_edit(widget)
    elif isinstance(widget, QHeaderView):
        yield from _header(widget)
    elif isinstance(widget, QTabBar):
        yield from _tabs(widget)
    elif isinstance(widget, QGroupBox):
        yield from _narrow(widget.title(), widget.fontMetrics(), widget.width())
    elif isinstance(widget, QScrollArea):
        yield from _scrolls(widget)


def _narrow(words: str, metrics: QFontMetrics, room: int) -> Iterator[str]:
    wide = max((metrics.horizontalAdvance(line) for line in words.splitlines()), default=0)
    if wide > room + _SLACK:
        yield f"“{words}” needs {wide} px, has {room}"


def _beyond_parent(widget: QWidget) -> Iterator[str]:
    parent = widget.parentWidget()
    if parent is None or widget.isWindow() or isinstance(widget, QHeaderView):
        return
    if isinstance(parent.parentWidget(), QAbstractScrollArea) and parent is parent.parentWidget().viewport():
        return  # what scrolls is looked at by its area
    room = parent.rect()
    place = widget.geometry()
    if place.left() < -_SLACK or place.right() > room.right() + _SLACK:
        yield f"stands at {place.left()}..{place.right()} in a parent of {room.width()} px"
    if place.top() < -_SLACK or place.bottom() > room.bottom() + _SLACK:
        yield f"stands at height {place.top()}..{place.bottom()} in a parent of {room.height()} px"


def _label(label: QLabel) -> Iterator[str]:
    words = label.text()
    if not words or label.pixmap().width():
        return
    if label.textFormat() is Qt.TextFormat.RichText:
        words = QTextDocumentFragment.fromHtml(words).toPlainText()
    room = label.contentsRect().adjusted(label.margin(), label.margin(), -label.margin(), -label.margin())
    indent = max(0, label.indent())
    metrics = label.fontMetrics()
    if not label.wordWrap():
        yield from _narrow(words, metrics, room.width() - indent)
        if metrics.height() > room.height() + 2:
            yield f"“{words}” is {metrics.height()} px high, has {room.height()}"
        return
    needed = metrics.boundingRect(
        QRect(0, 0, room.width(), 100_000), Qt.TextFlag.TextWordWrap | label.alignment(), words
    )
    if needed.width() > room.width() + _SLACK:
        yield f"“{words}” has a word of {needed.width()} px, has {room.width()}"
    if needed.height() > room.height() + 3:
        yield f"“{words}” is {needed.height()} px high, has {room.height()}"


def _button(button: QAbstractButton) -> Iterator[str]:
    words = button.text().replace("&&", "\0").replace("&", "").replace("\0", "&")
    icon_only = isinstance(button, QToolButton) and button.toolButtonStyle() == Qt.ToolButtonStyle.ToolButtonIconOnly
    if icon_only and not button.icon().isNull():
        return
    if not words or ("…" in words and button.toolTip()):
        return
    metrics = button.fontMetrics()
    room = button.width()
    if isinstance(button, QPushButton):
        option = QStyleOptionButton()
        button.initStyleOption(option)
        room = button.style().subElementRect(QStyle.SubElement.SE_PushButtonContents, option, button).width()
    wide = max(metrics.horizontalAdvance(line) for line in words.splitlines())
    icon = 0
    if not button.icon().isNull():
        under = (
            isinstance(button, QToolButton) and button.toolButtonStyle() == Qt.ToolButtonStyle.ToolButtonTextUnderIcon
        )
        icon = 0 if under else button.iconSize().width() + 4
    if wide + icon > room + _SLACK:
        yield f"“{words}” needs {wide + icon} px, has {room}"
    elif button.sizeHint().width() > button.width() + _SLACK and button.metaObject().className() != "QToolButton":
        hint: QSize = button.sizeHint()
        yield f"“{words}” wants {hint.width()} px, has {button.width()}"
    if metrics.height() > button.height() + _SLACK:
        yield f"“{words}” is {metrics.height()} px high, has {button.height()}"


def _box(box: QWidget) -> Iterator[str]:
    if isinstance(box, QComboBox):
        if box.isEditable():
            return  # its line is looked at
        option = QStyleOptionComboBox()
        box.initStyleOption(option)
        room = box.style().subControlRect(
            QStyle.ComplexControl.CC_ComboBox, option, QStyle.SubControl.SC_ComboBoxEditField, box
        )
        words = box.currentText()
        icon = 0 if box.itemIcon(box.currentIndex()).isNull() else box.iconSize().width() + 4
        if not box.toolTip():
            yield from _narrow(words, box.fontMetrics(), room.width() - icon)


def _line_edit(edit: QLineEdit) -> Iterator[str]:
    words = edit.text() or edit.placeholderText()
    if words in edit.toolTip() or edit.maxLength() > _FREE_TEXT:
        return  # shortened by Qt; and what a person writes at length moves under the caret
    option = QStyleOptionFrame()
    edit.initStyleOption(option)
    room = edit.style().subElementRect(QStyle.SubElement.SE_LineEditContents, option, edit)
    margins = edit.textMargins()
    # Qt keeps 2 px at each side, and icons stand at the ends.
    icons = [child for child in edit.findChildren(QToolButton) if child.isVisible()]
    left = max((child.geometry().right() + 4 for child in icons if child.x() < edit.width() // 2), default=room.left())
    right = min((child.x() - 4 for child in icons if child.x() >= edit.width() // 2), default=room.right())
    yield from _narrow(words, edit.fontMetrics(), right - left + 1 - 4 - margins.left() - margins.right())


def _header(header: QHeaderView) -> Iterator[str]:
    model = header.model()
    if model is None or header.orientation() != Qt.Orientation.Horizontal:
        return
    role = Qt.ItemDataRole
    for section in range(header.count()):
        words = model.headerData(section, header.orientation(), role.DisplayRole)
        tip = model.headerData(section, header.orientation(), role.ToolTipRole)
        if not words or header.isSectionHidden(section) or tip:
            continue
        yield from _narrow(str(words), header.fontMetrics(), header.sectionSize(section) - 16)


def _tabs(bar: QTabBar) -> Iterator[str]:
    for number in range(bar.count()):
        place = bar.tabRect(number)
        if place.right() > bar.width() + _SLACK:
            yield f"tab “{bar.tabText(number)}” ends at {place.right()} of {bar.width()} px"
        yield from _narrow(bar.tabText(number), bar.fontMetrics(), place.width())
    widget = bar.parentWidget()
    corner = widget.cornerWidget() if widget is not None and hasattr(widget, "cornerWidget") else None
    if corner is not None and corner.isVisible() and bar.count():
        end = bar.mapTo(widget, QPoint(bar.tabRect(bar.count() - 1).right(), 0)).x()
        if end > corner.x() + _SLACK:
            yield f"tab “{bar.tabText(bar.count() - 1)}” ends at {end}, under the corner at {corner.x()}"


def _scrolls(area: QScrollArea) -> Iterator[str]:
    inner = area.widget()
    if inner is None:
        return
    wide = max(inner.width(), inner.minimumSizeHint().width() if inner.layout() is not None else 0)
    if wide > area.viewport().width() + _SLACK:
        yield f"scrolls sideways: {wide} px in {area.viewport().width()}"


def scrolling_tables(top: QWidget) -> list[str]:
    """Tables that scroll sideways, which look well only where a person asked for so many columns."""
    return [
        path_of(view, top)
        for view in top.findChildren(QAbstractItemView)
        if view.isVisible() and view.horizontalScrollBar().maximum() > 0 and view.horizontalScrollBar().isVisible()
    ]
