"""A customer's review, written down at the car."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from dealer_desktop.services.rows import CarRow
from dealer_desktop.ui import jobs
from dealer_desktop.ui.inventory.car.story import Story
from dealer_desktop.ui.inventory.tab import InventoryTab
from tests.services.conftest import Shop
from tests.ui.inventory.conftest import child, dialog, is_open


def chosen(qtbot: QtBot, inventory: InventoryTab, car: CarRow) -> Story:
    """The car's card with everything that is known of it."""
    inventory.table.select_id(car.id)
    story = inventory._card.story
    qtbot.waitUntil(lambda: not story.isHidden(), timeout=10_000)
    assert jobs.wait_for_all()
    return story


def told(story: Story) -> list[str]:
    return [label.text() for label in story.findChildren(QLabel) if not label.isHidden()]


def test_a_review_by_keys_and_its_average_on_the_card(
    qtbot: QtBot, inventory: InventoryTab, stock: tuple[CarRow, ...], shop: Shop
) -> None:
    story = chosen(qtbot, inventory, stock[0])
    assert "No customer has said anything yet." in told(story)
    qtbot.mouseClick(child(story, "addReviewButton"), Qt.MouseButton.LeftButton)
    form = dialog("reviewDialog")
    name = child(form, "customerName")
    assert form.focusWidget() is name
    qtbot.keyClicks(name, "Anna Petrova")
    qtbot.keyClick(name, Qt.Key.Key_Return)
    rating = form.focusWidget()
    assert rating is child(form, "rating").frame
    qtbot.keyClicks(rating, "4")
    qtbot.keyClick(rating, Qt.Key.Key_Tab)
    qtbot.keyClicks(form.focusWidget(), "Quiet and quick.")
    qtbot.keyClick(form.focusWidget(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: "4 of 5, 1 review" in told(story), timeout=10_000)
    assert not is_open("reviewDialog")
    assert shop.sql("SELECT customer_name, rating, comment, car_id FROM reviews") == [
        ("Anna Petrova", 4, "Quiet and quick.", stock[0].id)
    ]
    inventory.actions_["addReviewAction"].trigger()
    form = dialog("reviewDialog")
    child(form, "customerName").setText("Oleg")
    qtbot.mouseClick(child(form, "rating").buttons[4], Qt.MouseButton.LeftButton)
    qtbot.mouseClick(form.save_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "4.5 of 5, 2 reviews" in told(story), timeout=10_000)


def test_a_name_and_a_rating_are_needed_and_nothing_typed_is_lost(
    qtbot: QtBot, inventory: InventoryTab, stock: tuple[CarRow, ...], shop: Shop
) -> None:
    chosen(qtbot, inventory, stock[0])
    inventory.actions_["addReviewAction"].trigger()
    form = dialog("reviewDialog")
    qtbot.keyClicks(child(form, "comment"), "Fine")
    qtbot.mouseClick(form.save_button, Qt.MouseButton.LeftButton)
    assert child(form, "customerNameError").text() and child(form, "ratingError").text()
    assert form.error_label.text() and form.isVisible()
    assert shop.one("SELECT count(*) FROM reviews") == 0
    qtbot.keyClick(form, Qt.Key.Key_Escape)
    assert not is_open("reviewDialog")
    inventory.actions_["addReviewAction"].trigger()
    form = dialog("reviewDialog")
    assert child(form, "comment").toPlainText() == ""
    qtbot.mouseClick(child(form, "useDraftButton"), Qt.MouseButton.LeftButton)
    assert child(form, "comment").toPlainText() == "Fine"
    qtbot.keyClick(form, Qt.Key.Key_Escape)


def test_all_reviews_are_told_on_demand_and_long_words_stay_in_the_card(
    qtbot: QtBot, inventory: InventoryTab, stock: tuple[CarRow, ...], shop: Shop
) -> None:
    write = "INSERT INTO reviews (customer_name, car_id, rating, comment) VALUES (%s, %s, 5, %s) RETURNING id"
    for number in range(5):
        shop.sql(write, f"Customer {number}", stock[0].id, "ж" * 2_000)
    story = chosen(qtbot, inventory, stock[0])
    qtbot.waitUntil(lambda: "5 of 5, 5 reviews" in told(story), timeout=10_000)
    assert sum(text.startswith("Customer") for text in told(story)) == 3
    assert story.width() <= inventory.card.width()
    more = child(story, "allReviewsButton")
    assert more.text() == "Show all 5"
    inventory.window().activateWindow()
    qtbot.waitUntil(inventory.isActiveWindow)
    more.setFocus()
    qtbot.keyClick(more, Qt.Key.Key_Return)
    assert sum(text.startswith("Customer") for text in told(story)) == 5
    # What comes from another PC moves nobody away from where they are.
    child(story, "addReviewButton").setFocus()
    shop.sql(write, "Sixth", stock[0].id, None)
    qtbot.waitUntil(lambda: "Sixth" in told(story), timeout=10_000)
    assert child(story, "addReviewButton").hasFocus()
