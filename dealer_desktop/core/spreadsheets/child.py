"""The process that reads one spreadsheet: ``child.py REQUEST``, a JSON file's path.

For every sheet it writes ``N.jsonl`` (a line per row: its number and its cells), then ``sheets.json``. It is started
without our environment, may use so much memory and no more, and is killed when it takes too long.
"""

import json
import sys
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any, TextIO

if __name__ == "__main__":
    # Started as a file, so that nothing in the working folder is imported instead of ours.
    sys.path.insert(0, str(Path(__file__).resolve().parents[3]))

from dealer_desktop.core.spreadsheets import look, markup
from dealer_desktop.core.spreadsheets.look import Refused

_MERGED = 200_000
"""Cells below a merged one that are filled in, in all."""


def main(request_file: str) -> int:
    """0 where ``sheets.json`` was written, whatever it says."""
    request = json.loads(Path(request_file).read_text("utf-8"))
    _limit(int(request["memory"]))
    folder = Path(request["folder"])
    answer: dict[str, Any]
    try:
        answer = {"sheets": _read(Path(request["file"]), request["kind"], request["encoding"], folder)}
    except Refused as refused:
        answer = {"error": refused.args[0]}
    except MemoryError:
        answer = {"error": "too_large"}
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException:  # the reader's panics arrive as a BaseException of their own
        answer = {"error": "damaged"}
    (folder / "sheets.part").write_text(json.dumps(answer), "utf-8")
    (folder / "sheets.part").replace(folder / "sheets.json")
    return 0


def _limit(memory: int) -> None:
    try:
        import resource
    except ImportError:  # Windows: whoever started us watches
        return
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _read(file: Path, kind: str, encoding: str, folder: Path) -> list[dict[str, Any]]:
    if kind == "html":
        return _write_all(markup.html(file, encoding), folder)
    if kind == "xml":
        return _write_all(markup.excel_2003(file), folder)
    if kind == "zip":
        names = look.refuse_bomb(file)
        if "content.xml" in names:
            return _write_all(markup.open_document(file), folder)
        if "xl/workbook.xml" not in names and "xl/workbook.bin" not in names:
            raise Refused("damaged")
        if "xl/workbook.xml" in names:
            return _xlsx(file, folder)
    return _others(file, folder)


def _write_all(sheets: list[markup.Sheet], folder: Path) -> list[dict[str, Any]]:
    found = []
    for number, sheet in enumerate(sheets):
        rows = _write(folder / f"{number}.jsonl", sheet.rows)
        strays = [str(sheet.strays)] if sheet.strays else []
        found.append(_about(sheet.name, sheet.visible, rows, sheet.hidden, strays))
        sheet.rows = []
    return found


def _xlsx(file: Path, folder: Path) -> list[dict[str, Any]]:
    import zipfile

    from python_calamine import CalamineWorkbook, SheetVisibleEnum

    with zipfile.ZipFile(file) as archive:
        parts = look.sheet_parts(archive)
        extents: dict[str, look.Extent | str] = {}
        for name, part in parts.items():
            try:
                extents[name] = look.extent(archive, part)
            except Refused as refused:
                extents[name] = refused.args[0]
            except KeyError:
                extents[name] = look.Extent()
    workbook = CalamineWorkbook.from_path(str(file))
    found = []
    for number, meta in enumerate(workbook.sheets_metadata):
        visible = meta.visible == SheetVisibleEnum.Visible
        extent = extents.get(meta.name, look.Extent())
        if isinstance(extent, str):
            found.append(_about(meta.name, visible, 0, [], [], refused=extent))
            continue
        book = workbook
        if extent.strays:
            book = CalamineWorkbook.from_path(
                str(look.without(file, parts[meta.name], extent.strays, folder / f"{number}.xlsx"))
            )
        rows = _sheet(book, number, folder)
        found.append(_about(meta.name, visible, rows, extent.hidden, extent.strays))
    return found


def _others(file: Path, folder: Path) -> list[dict[str, Any]]:
    """xls and xlsb: their own formats bound how far a sheet reaches."""
    from python_calamine import CalamineWorkbook, SheetVisibleEnum

    workbook = CalamineWorkbook.from_path(str(file))
    return [
        _about(meta.name, meta.visible == SheetVisibleEnum.Visible, _sheet(workbook, number, folder), [], [])
        for number, meta in enumerate(workbook.sheets_metadata)
    ]


def _sheet(workbook: Any, number: int, folder: Path) -> int:
    sheet = workbook.get_sheet_by_index(number)
    merged: dict[int, list[tuple[int, int]]] = {}
    """By the row below the first: column, and the row that holds the value."""
    left_over = _MERGED
    for (top, left), (bottom, _right) in sheet.merged_cell_ranges or []:
        bottom = min(bottom, sheet.total_height, top + left_over)
        left_over -= max(0, bottom - top)
        for row in range(top + 1, bottom + 1):
            merged.setdefault(row, []).append((left, top))
    tops = {top for places in merged.values() for _column, top in places}
    kept: dict[int, list[Any]] = {}

    # Rows are counted from the sheet's first, columns from the first that holds anything.
    before = [""] * (sheet.start[1] if sheet.start else 0)

    def rows() -> Any:
        for index, found in enumerate(sheet.iter_rows()):
            cells = [*before, *found]
            if index in tops:
                kept[index] = cells
            if index in merged and any(cell != "" for cell in cells):
                for column, top in merged[index]:
                    if column < len(cells) and cells[column] == "" and column < len(kept.get(top, ())):
                        cells[column] = kept[top][column]
            yield index + 1, cells

    return _write(folder / f"{number}.jsonl", rows())


def _write(target: Path, rows: Any) -> int:
    count = 0
    with target.open("w", encoding="utf-8", errors="surrogatepass") as out:
        for line, cells in rows:
            if any(cell not in ("", None) for cell in cells):
                count += 1
                _dump(out, line, cells)
    return count


def _dump(out: TextIO, line: int, cells: list[Any]) -> None:
    json.dump([line, [_plain(cell) for cell in cells]], out)
    out.write("\n")


def _plain(cell: Any) -> Any:
    match cell:
        case str() | bool() | int() | float() | None:
            return cell
        case datetime():
            return {"t": cell.isoformat()}
        case date():
            return {"d": cell.isoformat()}
        case time():
            return cell.isoformat()
        case timedelta():
            return str(cell)
    return str(cell)


def _about(
    name: str, visible: bool, rows: int, hidden: list[int], strays: list[str], refused: str = ""
) -> dict[str, Any]:
    return {"name": name, "visible": visible, "rows": rows, "hidden": hidden, "strays": strays, "refused": refused}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
