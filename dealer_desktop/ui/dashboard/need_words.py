"""What needs somebody, in words: the matter, and the one next step."""

from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.core.i18n import ngettext
from dealer_desktop.services.needs import OLD_CAR, Matter, Need


def in_words(need: Need) -> str:
    """How many of what."""
    count = need.count
    if need.matter is Matter.UNPAID_ORDERS:
        words = ngettext(
            "{count} order that nobody paid is older than {days} days",
            "{count} orders that nobody paid are older than {days} days",
            count,
        )
        return words.format(count=count, days=need.days)
    if need.matter is Matter.OLD_CARS:
        words = ngettext(
            "{count} car stands here for over {days} days", "{count} cars stand here for over {days} days", count
        )
        return words.format(count=count, days=OLD_CAR)
    if need.matter is Matter.BACKUPS:
        return _backups(need.days)
    return {
        Matter.OVERDUE_PAYMENTS: ngettext("{count} payment is overdue", "{count} payments are overdue", count),
        Matter.LATE_DELIVERIES: ngettext("{count} delivery is late", "{count} deliveries are late", count),
        Matter.OVERDUE_HOLDS: ngettext("{count} hold is over", "{count} holds are over", count),
        Matter.MONEY_TO_GIVE_BACK: ngettext(
            "{count} order has money to give back", "{count} orders have money to give back", count
        ),
        Matter.CARS_WITHOUT_PHOTO: ngettext("{count} car has no photo", "{count} cars have no photo", count),
        Matter.CARS_WITHOUT_PRICE: ngettext("{count} car has no price", "{count} cars have no price", count),
        Matter.COSTS_WITHOUT_SALE: ngettext(
            "{count} car that is gone has costs that no sale bears",
            "{count} cars that are gone have costs that no sale bears",
            count,
        ),
        Matter.OPEN_DRAWERS: ngettext(
            "{count} cash drawer was not closed", "{count} cash drawers were not closed", count
        ),
        Matter.APPROVALS: ngettext("{count} request waits for a yes", "{count} requests wait for a yes", count),
    }[need.matter].format(count=count)


def _backups(days: int) -> str:
    if days < 0:
        return _("There is no backup yet")
    return ngettext("The last backup is {days} day old", "The last backup is {days} days old", days).format(days=days)


def next_step(matter: Matter) -> str:
    """What the button says."""
    return {
        Matter.OVERDUE_PAYMENTS: _("Ask for the money"),
        Matter.LATE_DELIVERIES: _("Send them off"),
        Matter.OVERDUE_HOLDS: _("Free or extend"),
        Matter.UNPAID_ORDERS: _("Call or cancel"),
        Matter.MONEY_TO_GIVE_BACK: _("Give it back"),
        Matter.CARS_WITHOUT_PHOTO: _("Add photos"),
        Matter.CARS_WITHOUT_PRICE: _("Set prices"),
        Matter.OLD_CARS: _("Change prices"),
        Matter.COSTS_WITHOUT_SALE: _("Look at the costs"),
        Matter.OPEN_DRAWERS: _("Count and close"),
        Matter.APPROVALS: _("Decide"),
        Matter.BACKUPS: _("Make a backup"),
    }[matter]
