"""Spans of days that people ask for by a word."""

from datetime import date, timedelta

from dealer_desktop.core.i18n import pgettext

OTHER = "other"
"""The days are typed."""


def periods(*wanted: str) -> dict[str, str]:
    """These, and typed days, with their words."""
    words = {
        "today": pgettext("takings", "Today"),
        "yesterday": pgettext("takings", "Yesterday"),
        "week": pgettext("takings", "This week"),
        "month": pgettext("takings", "This month"),
        "last_month": pgettext("takings", "Last month"),
        "year": pgettext("takings", "This year"),
        OTHER: pgettext("takings", "Other days"),
    }
    return {name: words[name] for name in (*wanted, OTHER)}


def days_of(period: str, today: date) -> tuple[date, date] | None:
    """The first and the last day; None where they are typed."""
    if period == "yesterday":
        today -= timedelta(days=1)
    elif period == "week":
        return today - timedelta(days=today.weekday()), today
    elif period == "month":
        return today.replace(day=1), today
    elif period == "year":
        return today.replace(month=1, day=1), today
    elif period == "last_month":
        last = today.replace(day=1) - timedelta(days=1)
        return last.replace(day=1), last
    elif period == OTHER:
        return None
    return today, today
