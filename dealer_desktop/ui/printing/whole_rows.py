"""A row of a table stands on one page: one that a page's end would cut begins on the next page."""

from collections.abc import Iterator

from PySide6.QtGui import QTextDocument, QTextFormat, QTextFrame, QTextTable

_MOST = 2_000
"""Rows that are moved; nobody prints more pages than that."""
_PIXELS = 96
"""Per inch (``AA_Use96Dpi``)."""


def keep(document: QTextDocument) -> None:
    """Move rows of ``document``, whose page size is set. What is higher than a page is cut all the same."""
    if document.pageCount() < 2:
        return
    after = (0, 0)
    for _each in range(_MOST):
        found = _cut_row(document, after)
        if found is None:
            return
        number, table, row, space = found
        if row:
            # Below the row before: padding above a row that is cut sends Qt pages further.
            for column in range(table.columns()):
                cell = table.cellAt(row - 1, column)
                look = cell.format().toTableCellFormat()
                look.setBottomPadding(look.bottomPadding() + space)
                cell.setFormat(look)
        else:
            frame = table.format()
            frame.setPageBreakPolicy(QTextFormat.PageBreakFlag.PageBreak_AlwaysBefore)
            table.setFormat(frame)
        after = (number, row + 1)


def _cut_row(document: QTextDocument, after: tuple[int, int]) -> tuple[int, QTextTable, int, float] | None:
    """The first row from ``after`` on that a page's end cuts: its table, and the space before the next page."""
    height = document.pageSize().height()
    layout = document.documentLayout()
    for number, table in enumerate(_tables(document.rootFrame())):
        for row in range(after[1] if number == after[0] else 0, table.rows() if number >= after[0] else 0):
            top, bottom = float("inf"), 0.0
            for column in range(table.columns()):
                cell = table.cellAt(row, column)
                first = layout.blockBoundingRect(cell.firstCursorPosition().block())
                last = layout.blockBoundingRect(cell.lastCursorPosition().block())
                top = min(top, first.top() - cell.format().toTableCellFormat().topPadding())
                bottom = max(bottom, last.bottom())
            page_end = (top // height + 1) * height
            if bottom > page_end + 1 and bottom - top < height:
                # Qt counts paddings and margins in pixels of its own, not in the page's dots.
                return number, table, row, (page_end - top) * _PIXELS / layout.paintDevice().logicalDpiY()
    return None


def _tables(frame: QTextFrame) -> Iterator[QTextTable]:
    """The tables that stand in the text itself: one in another's cell goes with its row."""
    for child in frame.childFrames():
        if isinstance(child, QTextTable):
            yield child
        else:
            yield from _tables(child)
