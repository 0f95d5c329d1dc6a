"""The head of a form about one car: small photo, name, VIN and price."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout

from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.services.rows import CarRow
from dealer_desktop.ui.session.context import UiContext
from dealer_desktop.ui.widgets.car_picture import CarPicture
from dealer_desktop.ui.widgets.card import label


def show_car_head(head: QVBoxLayout, context: UiContext, car: CarRow) -> str:
    """Fill a ``FormDialog.head``; what the form is about, for its ``about``."""
    picture = CarPicture(QSize(72, 48))
    picture.show_photo(car.main_photo)
    about = _("{car}, {year}").format(car=car.title, year=car.year)
    name = label(about, "title", wrap=True)
    name.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
    words = QVBoxLayout()
    words.setSpacing(2)
    words.addWidget(name)
    words.addWidget(label(car.vin, "mono", "second"))
    price = QVBoxLayout()
    price.setSpacing(2)
    price.addWidget(label(context.money(car.price, cents=car.price != car.price.to_integral_value()), "title"))
    price.addStretch(1)
    line = QHBoxLayout()
    line.setSpacing(12)
    line.addWidget(picture)
    line.addLayout(words, 1)
    line.addLayout(price)
    head.addLayout(line)
    return about
