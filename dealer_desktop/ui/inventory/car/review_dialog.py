"""What a customer says of a car, written down by a salesperson."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.services import cars
from dealer_desktop.services.inputs.reports import ReviewInput
from dealer_desktop.services.rows import CarRow, ReviewRow
from dealer_desktop.ui.session.context import UiContext
from dealer_desktop.ui.widgets.car_head import show_car_head
from dealer_desktop.ui.widgets.fields import LineEdit, TextEdit
from dealer_desktop.ui.widgets.form_dialog import FormDialog
from dealer_desktop.ui.widgets.star_field import StarField


class ReviewDialog(FormDialog):
    input_type = ReviewInput

    def __init__(self, context: UiContext, car: CarRow, parent: QWidget | None = None) -> None:
        super().__init__(
            context,
            name="reviewDialog",
            title=_("Add a review"),
            save=_("Save the review"),
            draft=f"review/{car.id}",
            record=("cars", car.id),
            parent=parent,
        )
        self._car = car
        self.about = show_car_head(self.head, context, car)
        self.add_field("customer_name", _("Customer"), LineEdit(304, limit=200))
        self.add_field("rating", _("Rating"), StarField(), hint=_("Press 1 to 5, or the arrow keys"))
        self.add_field("comment", _("Comment"), TextEdit(5), hint=_("In the customer's own words"))
        self.finish()

    def prepare(self) -> Callable[[], ReviewRow]:
        """Overrides FormDialog."""
        review = self.read(ReviewInput, car_id=self._car.id)
        return lambda: cars.add_review(self.context.session_maker, review)

    def saved(self, result: ReviewRow) -> None:
        """Overrides FormDialog."""
        self.context.tell(_("The review by {customer} is saved.").format(customer=result.customer_name))
