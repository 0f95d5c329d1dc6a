"""How the days, ages, prices and people of the manager's numbers are called, in the language in use."""

from datetime import date

from dealer_desktop.core import formats
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.core.i18n import pgettext
from dealer_desktop.domain.periods import Days, Step
from dealer_desktop.services.numbers import Group, Person


def days_words(days: Days) -> str:
    """The day, or the first and the last."""
    return formats.day(days.first) if days.length == 1 else f"{formats.day(days.first)} – {formats.day(days.last)}"


def point_words(point: date, days: Days) -> str:
    """The day, the week's first and last day, or the month."""
    return formats.month(point) if days.step is Step.MONTH else days_words(days.within(point))


def point_label(point: date, days: Days) -> str:
    """The same in short, for under a bar."""
    return f"{point.month:02d}.{point.year}" if days.step is Step.MONTH else f"{point.day:02d}.{point.month:02d}"


def age_words(group: Group) -> str:
    if group.high is None:
        return _("over {days} days").format(days=(group.low or 1) - 1)
    return _("{low} to {high} days").format(low=group.low, high=group.high)


def price_words(group: Group) -> str:
    """From which price up to which, in short: ``1M – 1.5M``."""
    low, high = ("" if end is None else formats.short_number(end) for end in (group.low, group.high))
    if not low:
        return _("up to {sum}").format(sum=high)
    return f"{low} – {high}" if high else _("over {sum}").format(sum=low)


def seller_words(person: Person) -> str:
    return person.name or pgettext("salesperson", "Nobody")
