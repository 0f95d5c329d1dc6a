"""Asking for a file without stopping the program's events; the folder of the last one is remembered per purpose."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QDir, QSettings, Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.ui.session.person import text


def ask_to_open(
    parent: QWidget,
    title: str,
    patterns: Sequence[tuple[str, str]],
    chosen: Callable[[Path], None],
    settings: QSettings,
) -> QFileDialog:
    """Let the person choose a file that exists; ``patterns`` are (words, ``*.csv *.tsv``). Returned for tests."""
    dialog = _dialog(parent, title, "openFileDialog", patterns, settings, chosen)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.open()
    return dialog


def ask_to_open_several(
    parent: QWidget,
    title: str,
    patterns: Sequence[tuple[str, str]],
    chosen: Callable[[Sequence[Path]], None],
    settings: QSettings,
) -> QFileDialog:
    """Let the person choose files that exist, one or more. Returned for tests."""
    dialog = _dialog(parent, title, "openFileDialog", patterns, settings, lambda _file: None)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)

    def take(files: list[str]) -> None:
        if files:
            settings.setValue(_folder_key(parent, dialog), str(Path(files[0]).parent))
            chosen([Path(file) for file in files])

    dialog.filesSelected.connect(take)
    dialog.open()
    return dialog


def ask_to_save(
    parent: QWidget,
    title: str,
    name: str,
    patterns: Sequence[tuple[str, str]],
    chosen: Callable[[Path], None],
    settings: QSettings,
) -> QFileDialog:
    """Let the person choose where to write; ``name`` is proposed, and its ending is given to names that have none."""
    suffixes = {pattern.rpartition("*.")[2] for _words, pattern in patterns}

    def complete(file: Path) -> None:
        chosen(
            file if file.suffix.lower().lstrip(".") in suffixes else file.with_name(f"{file.name}.{_suffix(dialog)}")
        )

    dialog = _dialog(parent, title, "saveFileDialog", patterns, settings, complete)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(patterns[0][1].rpartition("*.")[2])
    dialog.filterSelected.connect(lambda chosen_filter: dialog.setDefaultSuffix(_suffix(dialog, chosen_filter)))
    dialog.selectFile(name)
    dialog.open()
    return dialog


def _suffix(dialog: QFileDialog, chosen_filter: str = "") -> str:
    """The ending of the kind of file that is chosen in the dialog."""
    return (chosen_filter or dialog.selectedNameFilter()).rpartition("*.")[2].rstrip(")")


def _folder_key(parent: QWidget, dialog: QFileDialog) -> str:
    """What the last folder is remembered by."""
    return f"folders/{parent.objectName() or dialog.objectName()}"


def _dialog(
    parent: QWidget,
    title: str,
    name: str,
    patterns: Sequence[tuple[str, str]],
    settings: QSettings,
    chosen: Callable[[Path], None],
) -> QFileDialog:
    dialog = QFileDialog(parent, title)
    dialog.setObjectName(name)
    # Two that Qt's own catalogues lack in Russian.
    dialog.setLabelText(QFileDialog.DialogLabel.LookIn, _("Folder:"))
    dialog.setLabelText(QFileDialog.DialogLabel.FileType, _("Kind of file:"))
    key = _folder_key(parent, dialog)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setNameFilters([f"{words} ({pattern})" for words, pattern in patterns])
    folder = text(settings, key)
    dialog.setDirectory(folder if folder and QDir(folder).exists() else QDir.homePath())

    def take(file: str) -> None:
        path = Path(file)
        settings.setValue(key, str(path.parent))
        chosen(path)

    dialog.fileSelected.connect(take)
    return dialog
