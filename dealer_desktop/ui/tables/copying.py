"""The chosen rows as they are shown, for a spreadsheet or a letter: as text with tabs, and as an HTML table."""

import re
from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication

from dealer_desktop.core import formats
from dealer_desktop.core.i18n import ngettext
from dealer_desktop.services import tables
from dealer_desktop.services.spreadsheet_safety import defused
from dealer_desktop.ui import jobs
from dealer_desktop.ui.tables.columns import RIGHT, Column

if TYPE_CHECKING:
    from dealer_desktop.ui.session.context import UiContext
    from dealer_desktop.ui.tables.view import TableView

_BREAKS = re.compile(r"[\t\r\n]+")
_GROUPS = re.compile("(?<=\\d)[\u00a0\u2009\u202f](?=\\d)")
_PLAIN_NUMBER = re.compile(r"[-+\d\s().,/]*")


def copy_chosen(table: "TableView", context: "UiContext") -> None:
    """Put the chosen rows on the clipboard, in the list's order; what is not read yet is read first."""
    model = table.table_model()
    ids = sorted((row_id for row_id in table.marks.chosen if model.position(row_id) >= 0), key=model.position)
    columns = [model.columns[number] for number in table.columns_in_view()]
    known = {row_id: row for row_id in ids if (row := model.row_of(row_id)) is not None}

    def put(found: dict[int, Any]) -> None:
        rows = [each for row_id in ids if (each := known.get(row_id) or found.get(row_id)) is not None]
        QGuiApplication.clipboard().setMimeData(mime_data(columns, rows))
        if len(rows) > 1:
            words = ngettext("{count} row copied.", "{count} rows copied.", len(rows))
            context.tell(words.format(count=formats.number(len(rows))))

    missing = [row_id for row_id in ids if row_id not in known]
    if missing:
        jobs.run(table, tables.rows, context.reader, model.kind, missing, done=put)
    elif ids:
        put({})


def mime_data(columns: Sequence[Column], rows: Sequence[Any]) -> QMimeData:
    """Under their headings where there are several: a single row goes into a sentence or beside others."""
    texts = [[_BREAKS.sub(" ", column.text(row)) for column in columns] for row in rows]
    lines = ["\t".join(map(_pasted, columns, cells)) for cells in texts]
    if len(rows) > 1:
        lines.insert(0, "\t".join(column.title for column in columns))
    data = QMimeData()
    data.setText("\n".join(lines))
    data.setHtml(_html(columns, texts))
    return data


def _pasted(column: Column, text: str) -> str:
    """Numbers without spaces between their figures, which a spreadsheet takes for text; and nothing that would run."""
    if column.align == RIGHT:
        return _GROUPS.sub("", text)
    return text if _PLAIN_NUMBER.fullmatch(text) else defused(text)


def _html(columns: Sequence[Column], texts: Sequence[Sequence[str]]) -> str:
    head = "".join(f"<th>{escape(column.title)}</th>" for column in columns)
    body = "".join(
        "<tr>"
        + "".join(
            f'<td align="{"right" if column.align == RIGHT else "left"}">{escape(_pasted(column, text))}</td>'
            for column, text in zip(columns, cells, strict=True)
        )
        + "</tr>"
        for cells in texts
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
