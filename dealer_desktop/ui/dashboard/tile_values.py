"""What the tiles say: each number, how it changed against the time before, and where it leads."""

from dealer_desktop.core import formats
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.services.numbers import MOST_DAYS_AGO, Numbers
from dealer_desktop.ui.dashboard import links
from dealer_desktop.ui.dashboard.content import Money
from dealer_desktop.ui.dashboard.links import Link
from dealer_desktop.ui.dashboard.parts import Tiles
from dealer_desktop.ui.dashboard.tile import change

ACTIVE = ["pending", "paid", "processing", "in_delivery"]


def of_period(tiles: Tiles, found: Numbers, money: Money) -> None:
    """Beside the same length before."""
    figures, before, days = found.figures, found.before, found.figures.days
    tile = tiles.show_value
    sold, then = figures.sold, before.sold
    tile("sold", formats.number(sold.count), links.sold(days), below=change(sold.count, then.count))
    tile("sold_total", money(sold.total), links.sold(days), below=change(sold.total, then.total))
    tile("average", money(sold.average), links.sold(days), below=change(sold.average, then.average))
    discounted = links.sold(days, discounted=True)
    tile("discount", money(sold.discount), discounted, below=change(sold.discount, then.discount))
    taken, was = figures.takings.all.total, before.takings.all.total
    tile("taken", money(taken), links.taken(days), below=change(taken, was))
    made, canceled = figures.orders.made, figures.orders.canceled
    tile("made", formats.number(made), links.made(days), below=change(made, before.orders.made))
    words = change(canceled, before.orders.canceled)
    tile("canceled", formats.number(canceled), links.canceled(days), below=words)
    earned, earlier = figures.profit, before.profit
    if earned is not None and earlier is not None:
        words = change(earned.all.profit, earlier.all.profit)
        tile("profit", money(earned.all.profit), links.PROFIT, below=words)


def of_now(tiles: Tiles, found: Numbers, money: Money) -> None:
    """Beside when the days before ended, where that is told."""
    now, then, tile, number = found.now, found.then, tiles.show_value, formats.number

    def since(name: str) -> str:
        return "" if then is None else change(getattr(now, name), getattr(then, name))

    age = _("{days} days in stock on average").format(days=number(round(now.average_age)))
    if then is not None:
        told = _("{age}, {days} before").format(age=age, days=number(round(then.average_age)))
        age = f"{since('available')}\n{told}"
    tile("available", number(now.available), Link("cars", {"status": ["available"]}), below=age)
    tile("reserved", number(now.reserved), Link("cars", {"status": ["reserved"]}), below=since("reserved"))
    tile("stock_value", money(now.stock_total), links.stock(), below=since("stock_total"))
    active = Link("orders", {"status": ACTIVE})
    tile("active_orders", number(now.active_orders), active, below=since("active_orders"))
    # Money due is the only red number on a screen.
    tile("due", money(now.due), links.due(), tone="red" if now.due else "", below=since("due"))
    tile("give_back", money(now.give_back), Link("orders", {"to_give_back": True}), below=since("give_back"))
    tile("deliveries", number(now.deliveries), Link("deliveries", {"status": ["pending", "in_progress"]}))
    tile("overdue_deliveries", number(now.overdue_deliveries), Link("deliveries", {"overdue": True}))


def compared(found: Numbers) -> str:
    """With what the numbers of now are compared."""
    if found.then is None:
        return _("What began over {days} days ago is not compared with.").format(days=MOST_DAYS_AGO)
    day = formats.day(found.before.days.last)
    return _("Before: the end of {day}, as it was known then.").format(day=day)
