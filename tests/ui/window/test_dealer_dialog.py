"""An admin changes the dealership's details in the window: every PC goes by them, and nobody's change is lost."""

from pathlib import Path

import psycopg
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from dealer_desktop.server.connect import connect
from dealer_desktop.services import Connections, dealer
from dealer_desktop.ui.session.context import UiContext
from dealer_desktop.ui.widgets.picture_edit import PictureEdit
from tests.ui.desk import Desk


def row(url: str, columns: str) -> tuple[object, ...] | None:
    with connect(url) as connection:
        return connection.execute(f"SELECT {columns} FROM dealer").fetchone()


def test_every_field_is_saved_and_followed(
    qtbot: QtBot, desk: Desk, context: UiContext, database_url: str, tmp_path: Path
) -> None:
    form = desk.start("dealerAction", "dealerDialog")
    desk.put(form, name="Лада-Центр", legalName="ООО «Лада-Центр»", signedBy="Директор, устав", marginVat="22,5 %")
    desk.put(form, dayCost="350", taxId="1650000000", bankDetails="р/с 407")
    picture = QImage(400, 100, QImage.Format.Format_RGB32)
    picture.fill(QColor("red"))
    file = tmp_path / "logo.png"
    assert picture.save(str(file))
    logo = form.findChild(PictureEdit, "logo")
    logo.take(file)
    qtbot.waitUntil(lambda: logo.value() is not None, timeout=10_000)
    assert not form.findChild(QLabel, "logoPreview").pixmap().isNull()
    desk.press_save(form)
    saved = row(database_url, "name, legal_name, signed_by, margin_vat::text, day_cost::text, tax_id, bank_details")
    assert saved == ("Лада-Центр", "ООО «Лада-Центр»", "Директор, устав", "22.50", "350.00", "1650000000", "р/с 407")
    assert row(database_url, "substr(logo, 2, 3)") == (b"PNG",)
    qtbot.waitUntil(lambda: context.dealer.name == "Лада-Центр", timeout=10_000)


def test_another_pcs_change_is_followed_and_no_file_is_a_logo(
    qtbot: QtBot, desk: Desk, context: UiContext, database_url: str, tmp_path: Path
) -> None:
    with connect(database_url) as connection:
        connection.execute("UPDATE dealer SET currency = 'EUR', address = 'Kazan'")
    qtbot.waitUntil(lambda: context.dealer.currency == "EUR", timeout=10_000)
    assert "€" in context.currency_symbol
    form = desk.start("dealerAction", "dealerDialog")
    assert desk.text(form, "address") == "Kazan"
    (tmp_path / "logo.png").write_text("no picture")
    form.findChild(PictureEdit, "logo").take(tmp_path / "logo.png")
    desk.settle()
    assert "logo.png" in form.findChild(QLabel, "logoError").text()
    desk.put(form, marginVat="120")
    assert "0" in desk.refusal(form)


def test_two_admins_at_once_are_asked(desk: Desk, connections: Connections, database_url: str) -> None:
    form = desk.start("dealerAction", "dealerDialog")
    with psycopg.connect(database_url.replace("+psycopg", ""), autocommit=True) as other:
        other.execute("UPDATE dealer SET phone = '+79120000000', tax_id = '77'")
    desk.put(form, name="Лада", taxId="16")
    assert desk.refusal(form)
    assert form.findChild(QWidget, "conflictBox") is not None
    assert desk.text(form, "taxId") == "16"
    desk.press_save(form)
    assert desk.text(form, "errorLabel") == ""
    found = dealer.get(connections.reader)
    assert (found.tax_id, found.phone) == ("16", "+79120000000")
