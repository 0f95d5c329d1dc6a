"""A program that ends in the middle: ``python -m tests.ui.interrupted_child URL SETTINGS CAR_ID WHEN``.

It sells the car through the real dialog, and is killed while the person types (``typing``; by the test), or by its own
hand right before its COMMIT leaves (``before_commit``), or right after it reached the database and before any answer
comes back to the window (``after_commit``).
"""

import os
import signal
import sys
from pathlib import Path

from PySide6.QtWidgets import QAbstractButton, QWidget
from sqlalchemy import event

from dealer_desktop import application
from dealer_desktop.application import Place
from dealer_desktop.ui.rehearsal.robot import Robot


def main(url: str, settings: str, car_id: int, end: str) -> None:
    window = application.start(["dealer-desktop"], Place(url=url, settings=Path(settings)))
    robot = Robot(window)
    tab = robot.wait(lambda: window.context and window.list_tab("cars"), "the tabs are there")
    robot.wait(lambda: tab.model.is_exact, "the cars are there")
    window.show_record("cars", car_id)
    robot.wait(lambda: tab.row is not None and tab.row.id == car_id, "the car is selected")
    robot.act("sellCarAction")
    dialog = robot.dialog("newOrderDialog")
    robot.type(robot.find(QWidget, "customerName", dialog), "Сергей Волков")
    robot.type(robot.find(QWidget, "customerPhone", dialog), "8 912 345-67-89")
    if end != "typing":
        assert window.context is not None
        event.listen(window.context.session_maker, end, lambda _session: os.kill(os.getpid(), signal.SIGKILL))
        robot.click(robot.find(QAbstractButton, "saveButton", dialog))
    print("typed", flush=True)
    robot.pause(120)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4])
