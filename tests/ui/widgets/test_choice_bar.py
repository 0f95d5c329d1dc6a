"""Choices side by side: by mouse, by number, by arrows; and the stars."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from dealer_desktop.ui.widgets.choice_bar import Choice, ChoiceBar
from dealer_desktop.ui.widgets.star_field import StarField


def press(qtbot: QtBot, key: Qt.Key | str) -> None:
    """Into whatever has the focus, as a keyboard does."""
    focus = QApplication.focusWidget()
    assert focus is not None
    qtbot.keyClicks(focus, key) if isinstance(key, str) else qtbot.keyClick(focus, key)


def shown(qtbot: QtBot, bar: ChoiceBar) -> ChoiceBar:
    qtbot.addWidget(bar)
    bar.show()
    bar.activateWindow()
    qtbot.waitUntil(bar.isActiveWindow)
    bar.setFocus()
    return bar


def test_numbers_arrows_and_clicks_choose(qtbot: QtBot) -> None:
    bar = shown(qtbot, ChoiceBar([Choice("a", "Alpha"), Choice("b", "Beta"), Choice("c", "Gamma", "printer")]))
    bar.setAccessibleName("Letter")
    heard: list[object] = []
    bar.changed.connect(lambda: heard.append(bar.value()))
    assert bar.value() is None and not any(button.isChecked() for button in bar.buttons)
    press(qtbot, "2")
    assert bar.value() == "b" and bar.buttons[1].isChecked()
    assert bar.frame.accessibleName() == "Letter: Beta"
    press(qtbot, Qt.Key.Key_Right)
    press(qtbot, Qt.Key.Key_Right)
    assert bar.value() == "a"
    press(qtbot, Qt.Key.Key_Left)
    assert bar.value() == "c"
    press(qtbot, "4")
    assert bar.value() == "c"
    qtbot.mouseClick(bar.buttons[0], Qt.MouseButton.LeftButton)
    qtbot.mouseClick(bar.buttons[0], Qt.MouseButton.LeftButton)
    assert bar.value() == "a" and bar.buttons[0].isChecked()
    assert heard == ["b", "c", "a", "c", "a"]
    assert bar.buttons[2].toolTip() == "Gamma" and not bar.buttons[2].text()


def test_up_and_down_are_told(qtbot: QtBot) -> None:
    bar = shown(qtbot, ChoiceBar([Choice(1, "One")]))
    steps: list[int] = []
    bar.stepped.connect(steps.append)
    press(qtbot, Qt.Key.Key_Down)
    press(qtbot, Qt.Key.Key_Up)
    assert steps == [1, -1] and bar.value() is None


def test_it_is_a_field_like_the_others(qtbot: QtBot) -> None:
    bar = shown(qtbot, ChoiceBar([Choice(1, "One"), Choice(2, "Two")]))
    assert bar.to_draft() == ""
    bar.set_value(2)
    assert (bar.typed(), bar.to_draft()) == (2, "2")
    bar.from_draft("1")
    assert bar.typed() == 1
    for strange in ("", "3", "[]"):
        bar.from_draft(strange)
        assert bar.typed() is None


def test_stars_are_given_and_taken(qtbot: QtBot) -> None:
    stars = shown(qtbot, StarField())
    assert stars.value() is None
    press(qtbot, "4")
    assert stars.value() == 4 and stars.words() == "4 of 5"
    press(qtbot, Qt.Key.Key_Right)
    press(qtbot, Qt.Key.Key_Right)
    assert stars.value() == 5
    for _step in range(6):
        press(qtbot, Qt.Key.Key_Left)
    assert stars.value() == 1
    qtbot.mouseClick(stars.buttons[2], Qt.MouseButton.LeftButton)
    assert stars.value() == 3
    assert not stars.grab().isNull()
