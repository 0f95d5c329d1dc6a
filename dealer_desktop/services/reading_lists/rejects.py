"""The rows that were not taken, as a file that can be mended and imported again."""

import csv
from collections.abc import Sequence
from pathlib import Path

from dealer_desktop.core.errors import FileNotWritten
from dealer_desktop.core.file_faults import reason_of, take_place
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.services.reading_lists.values import as_text
from dealer_desktop.services.spreadsheet_safety import defused


def write(file: Path, headers: Sequence[str], rows: Sequence[tuple[int, list[object], str]]) -> None:
    """Write ``rows`` (line, cells, reason) under the file's own names, as UTF-8 csv. Raises FileNotWritten."""
    temporary = file.with_name(f".{file.name}.part")
    try:
        with temporary.open("w", encoding="utf-8-sig", newline="") as target:
            writer = csv.writer(target)
            writer.writerow([*headers, _("Line in the file"), _("Reason")])
            for line, cells, reason in rows:
                texts = [defused(as_text(cell)) for cell in cells[: len(headers)]]
                texts += [""] * (len(headers) - len(texts))
                writer.writerow([*texts, line, defused(reason)])
        take_place(temporary, file)
    except (OSError, UnicodeError, ValueError) as error:
        temporary.unlink(missing_ok=True)
        raise FileNotWritten(file=file.name, reason=reason_of(error)) from None
