"""The templates of ``resources/templates/``, with the words and formats of the language that is being spoken."""

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any, TypeVar

from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape

from dealer_desktop.core import formats, i18n, paths
from dealer_desktop.documents import own_templates
from dealer_desktop.domain import colors, names, phones

E = TypeVar("E", bound=Environment)


def _loader() -> FileSystemLoader:
    return FileSystemLoader(paths.resources() / "templates")


_HOW: dict[str, Any] = {
    "undefined": StrictUndefined,
    "trim_blocks": True,
    "lstrip_blocks": True,
}


@lru_cache
def _environment() -> Environment:
    """Everything is escaped: names and addresses are data, whatever they look like."""
    return _furnished(Environment(loader=_loader(), autoescape=True, **_HOW))


@lru_cache
def _sandbox() -> own_templates.Sandbox:
    return _furnished(own_templates.Sandbox(loader=_loader(), autoescape=True, finalize=_or_nothing, **_HOW))


def _or_nothing(value: Any) -> Any:
    """Who writes a template need not ask of each field whether it was filled in."""
    return "" if value is None else value


def _furnished(environment: E) -> E:
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
    """A template filled with ``values``, in the language in use: the dealership's own, if there is one that works."""
    kind = template.removesuffix(".html")
    own = own_templates.source_of(kind)
    if own is not None:
        page = own_templates.attempt(kind, own, _sandbox(), _loader(), values)
        if page is not None:
            return page
    else:
        own_templates.forget_trouble(kind)
    return _environment().get_template(template).render(values)


def broken_at(source: str) -> tuple[int, str] | None:
    """Where ``source`` is no template, and why; None where it is one."""
    return own_templates.broken_at(source, _sandbox())


def built_in(kind: str) -> str:
    """The source of a built-in template, to begin one's own with."""
    return (paths.resources() / "templates" / f"{kind}.html").read_text("utf-8")


def _spaced(write: Callable[[Any], str]) -> Callable[[Any], str]:
    """The paper's face has no narrow space: it would come from another one, or as a box."""
    return lambda value: "" if value is None else write(value).replace("\u202f", "\u00a0")


@pass_context
def _money(context: Context, amount: Decimal | None) -> str:
    return "" if amount is None else formats.money(amount, context["currency"]).replace("\u202f", "\u00a0")


@pass_context
def _moment(context: Context, at: datetime | None) -> str:
    return "" if at is None else formats.moment(at, context["timezone"]).replace("\u202f", "\u00a0")


@pass_context
def _date_of(context: Context, at: datetime | None) -> str:
    return "" if at is None else formats.day_of(at, context["timezone"]).replace("\u202f", "\u00a0")


def _color(name: str | None) -> str:
    """As the reader of the paper calls it."""
    return colors.color(name, i18n.language())


def _lines(text: str | None) -> Markup:
    """Text of several lines as it was typed."""
    return Markup("<br>").join(escape(line) for line in (text or "").splitlines())
