"""The price tag: one A4 sheet behind the windscreen, to be read from two metres."""

from datetime import UTC, datetime

from dealer_desktop.core import formats, i18n
from dealer_desktop.core.i18n import pgettext
from dealer_desktop.documents import code
from dealer_desktop.documents.paper import LOGO, Paper
from dealer_desktop.documents.pictures import fitted
from dealer_desktop.documents.templates import render
from dealer_desktop.domain import colors
from dealer_desktop.services.rows import CarRow, DealerRow

_WIDTH = 480
"""Points: the 174 mm of a page's text, less a little for faces that run wider than they should."""
_PRICE_SIZES = (88, 80, 72, 64, 56, 48, 40)
_NAME_SIZES = ((56, 1), (48, 1), (40, 2), (32, 2), (24, 3), (18, 5), (13, 99))
"""Points, and how many lines of that size there is room for."""
_TEXT_SIZES = ((30, 36), (20, 80), (11, 1_000))
"""Points, and the characters of a colour or a stock number that have room in that size."""
_CROWDED = 150
"""Characters of name and colour, from which on everything else stands smaller and closer."""
_EM = {" ": 0.26, "\u00a0": 0.26, ",": 0.26, ".": 0.26}
_WIDEST = 0.6
"""Widths in PT Sans Bold, in its own size: digits, signs of currencies and the letters of a word on average."""


def price_tag(car: CarRow, dealer: DealerRow, language: str, *, at: datetime | None = None) -> Paper:
    """The price tag of ``car`` in ``ru`` or ``en``; ``at`` is the moment of printing, now where it is not given.

    Its code holds the VIN and the stock number as plain text: read into the search box, they find the car.
    """
    with i18n.speaking(language):
        title = pgettext("paper", "Price tag {car} {vin}").format(car=car.title, vin=car.vin)
        price = _price(car, dealer)
        color = colors.color(car.color, language)
        html = render(
            "price_tag.html",
            currency=dealer.currency,
            timezone=dealer.timezone,
            title=title,
            car=car,
            dealer=dealer,
            logo=fitted(dealer.logo, width=LOGO[0], height=LOGO[1]),
            square=code.square(" ".join(filter(None, (car.vin, car.stock_number)))),
            name_size=_name_size(car.title),
            price=price,
            price_size=_price_size(price),
            crowded=len(car.title) + len(color) > _CROWDED,
            color_size=_text_size(color),
            number_size=_text_size(car.stock_number, at_most=20),
            at=at or datetime.now(UTC),
        )
    return Paper(
        title=title, html=html, language=language, footer="", author=dealer.name, numbered=False, large_print=True
    )


def _price(car: CarRow, dealer: DealerRow) -> str:
    """In the dealer's currency, kopecks only where there are some; a car that has no price yet is on request."""
    if not car.price:
        return pgettext("paper", "Price on request")
    written = formats.money(car.price, dealer.currency, cents=car.price != car.price.to_integral_value())
    return written.replace("\u202f", "\u00a0")


def _price_size(price: str) -> int:
    """The largest size in which the price stands in one line."""
    return next((size for size in _PRICE_SIZES if _width(price) * size <= _WIDTH), _PRICE_SIZES[-1])


def _name_size(name: str) -> int:
    """The largest size in which the name's lines have room, none of its words broken."""
    for size, lines in _NAME_SIZES:
        if all(_width(word) * size <= _WIDTH for word in name.split()) and _lines(name, size) <= lines:
            return size
    return _NAME_SIZES[-1][0]


def _text_size(text: str | None, at_most: int = 99) -> int:
    return min(at_most, next(size for size, length in _TEXT_SIZES if len(text or "") <= length))


def _lines(name: str, size: int) -> int:
    count, room = 1, float(_WIDTH)
    for word in name.split():
        wide = _width(word + " ") * size
        if wide > room:
            count, room = count + 1, float(_WIDTH)
        room -= wide
    return count


def _width(text: str) -> float:
    return sum(_EM.get(character, _WIDEST) for character in text)
