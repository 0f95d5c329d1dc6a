"""Qt's own words are in the person's language too: menus of fields, questions, file dialogs."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QSettings
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QDialogButtonBox,
    QFileDialog,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from dealer_desktop.core import i18n
from dealer_desktop.ui.session import qt_words
from dealer_desktop.ui.widgets.file_dialogs import ask_to_save
from tests.ui.conftest import put_away

LATIN = re.compile(r"[A-Za-z]{3,}")


@pytest.fixture(autouse=True)
def russian(qapp: QApplication) -> Iterator[None]:
    i18n.set_language("ru")
    qt_words.speak(qapp)
    yield
    i18n.set_language("en")
    qt_words.speak(qapp)


def menu_of(field: QWidget) -> list[str]:
    """The words of the menu that the right button opens, without their keys."""
    field.show()
    target = field.viewport() if isinstance(field, QPlainTextEdit) else field
    place = QPoint(5, 5)
    QApplication.sendEvent(target, QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, field.mapToGlobal(place)))
    menu = next(found for found in QApplication.topLevelWidgets() if isinstance(found, QMenu) and found.isVisible())
    words = [action.text().split("\t")[0].replace("&", "") for action in menu.actions() if action.text()]
    put_away(menu)
    put_away(field)
    return words


@pytest.mark.parametrize("kind", [QLineEdit, QPlainTextEdit])
def test_the_menu_of_a_field_is_russian(kind: type[QLineEdit | QPlainTextEdit]) -> None:
    words = menu_of(kind("Иванов"))
    assert "Вставить" in words
    assert not list(filter(LATIN.search, words))


def test_the_menu_is_english_again(qapp: QApplication) -> None:
    i18n.set_language("en")
    qt_words.speak(qapp)
    assert "Paste" in menu_of(QLineEdit("Ivanov"))


def test_the_buttons_of_a_question_are_russian(qtbot: QtBot) -> None:
    kinds = QDialogButtonBox.StandardButton
    box = QDialogButtonBox(kinds.Yes | kinds.No | kinds.Cancel | kinds.Save | kinds.Close)
    qtbot.addWidget(box)
    assert not [button.text() for button in box.buttons() if LATIN.search(button.text())]


def test_a_file_dialog_is_russian(settings: QSettings) -> None:
    parent = QWidget()
    parent.show()
    ask_to_save(parent, "Сохранить", "файл.pdf", (("PDF", "*.pdf"),), lambda _file: None, settings)
    dialog = parent.findChild(QFileDialog)
    assert dialog is not None
    own = [label.text() for label in dialog.findChildren(QLabel)] + [
        button.text() for button in dialog.findChildren(QPushButton)
    ]
    header = [dialog.findChild(QComboBox, "lookInCombo") is not None]
    put_away(dialog)
    put_away(parent)
    assert header == [True]
    assert own
    assert not [words for words in own if LATIN.search(words)]


def test_the_catalogue_is_shipped_with_qt() -> None:
    import PySide6

    assert list(Path(PySide6.__file__).parent.rglob("qtbase_ru.qm"))
