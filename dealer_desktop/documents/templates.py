"""The templates of ``resources/templates/``, with the words and formats of the language that is being spoken."""

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape

from dealer_desktop.core import formats, i18n, paths
from dealer_desktop.domain import colors, names, phones


@lru_cache
def _environment() -> Environment:
    """Everything is escaped: names and addresses are data, whatever they look like."""
    environment = Environment(
        loader=FileSystemLoader(paths.resources() / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(_=i18n.gettext, ngettext=i18n.ngettext, pgettext=i18n.pgettext, names=names)
    environment.filters.update(
        money=_money,
        moment=_moment,
        date_of=_date_of,
        number=_spaced(formats.number),
        day=_spaced(formats.day),
        long_day=_spaced(formats.long_day),
        phone=_spaced(phones.display),
        lines=_lines,
        color=_color,
    )
    return environment


def render(template: str, **values: Any) -> str:
    """A template filled with ``values``, in the language in use."""
    return _environment().get_template(template).render(values)


def _spaced(write: Callable[[Any], str]) -> Callable[[Any], str]:
    """The paper's face has no narrow space: it would come from another one, or as a box."""
    return lambda value: write(value).replace("\u202f", "\u00a0")


@pass_context
def _money(context: Context, amount: Decimal) -> str:
    return formats.money(amount, context["currency"]).replace("\u202f", "\u00a0")


@pass_context
def _moment(context: Context, at: datetime) -> str:
    return formats.moment(at, context["timezone"]).replace("\u202f", "\u00a0")


@pass_context
def _date_of(context: Context, at: datetime) -> str:
    return formats.day_of(at, context["timezone"]).replace("\u202f", "\u00a0")


def _color(name: str | None) -> str:
    """As the reader of the paper calls it."""
    return colors.color(name, i18n.language())


def _lines(text: str) -> Markup:
    """Text of several lines as it was typed."""
    return Markup("<br>").join(escape(line) for line in text.splitlines())
