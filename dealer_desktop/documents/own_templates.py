"""The dealership's own templates, run in a sandbox: no files, no network, no code; the built-in one where they fail."""

import logging
import traceback
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from jinja2 import BaseLoader, ChoiceLoader, DictLoader, TemplateError, TemplateSyntaxError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from dealer_desktop.core.i18n import gettext as _

_log = logging.getLogger(__name__)
_own: dict[str, str] = {}
_troubles: dict[str, str] = {}
_tried: ContextVar[tuple[str, str] | None] = ContextVar("tried", default=None)
LONGEST = 2_000_000
"""Characters of a page's HTML: a template that writes more is taken for broken."""


class Sandbox(ImmutableSandboxedEnvironment):
    """What is passed to a template may be read, never changed; nothing that begins with an underscore is seen."""

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Overrides SandboxedEnvironment: modules and classes lead to everything else."""
        return super().is_safe_attribute(obj, attr, value) and not isinstance(value, type(logging))


def use(sources: Mapping[str, str]) -> None:
    """From now on these are printed with, by kind; what was broken is tried again."""
    _own.clear()
    _own.update(sources)
    _troubles.clear()


def trouble_of(kind: str) -> str:
    """Why the dealership's own template of a kind is not used; empty where it is, or where there is none."""
    return _troubles.get(kind, "")


def forget_trouble(kind: str) -> None:
    """There is no template of a kind any more that could be broken."""
    _troubles.pop(kind, None)


def source_of(kind: str) -> str | None:
    tried = _tried.get()
    return tried[1] if tried is not None and tried[0] == kind else _own.get(kind)


@contextmanager
def trying(kind: str, source: str) -> Iterator[None]:
    """On this thread, print with a template that is not kept yet."""
    token = _tried.set((kind, source))
    try:
        yield
    finally:
        _tried.reset(token)


def broken_at(source: str, base: Sandbox) -> tuple[int, str] | None:
    """The line and the reason, where ``source`` is no template at all; what it makes of an order shows when printed."""
    try:
        base.compile(source)
    except TemplateSyntaxError as error:
        return error.lineno, error.message or type(error).__name__
    return None


def attempt(kind: str, source: str, base: Sandbox, built_in: BaseLoader, values: Mapping[str, Any]) -> str | None:
    """The page, or None where the template is broken: then ``trouble_of`` says where."""
    name = f"own/{kind}.html"
    environment = base.overlay(loader=ChoiceLoader([DictLoader({name: source}), built_in]))
    try:
        written: list[str] = []
        length = 0
        for part in environment.get_template(name).generate(values):
            length += len(part)
            if length > LONGEST:
                raise ValueError(_("it writes without end"))
            written.append(part)
    except Exception as error:
        line = getattr(error, "lineno", None) if isinstance(error, TemplateError) else None
        line = line or _line_of(error)
        _log.warning("the dealership's template %s is broken", kind, exc_info=True)
        words = _("The dealership’s own template is broken in line {line} ({reason}), so the built-in one is used.")
        _troubles[kind] = words.format(line=line, reason=str(error) or type(error).__name__)
        return None
    _troubles.pop(kind, None)
    return "".join(written)


def _line_of(error: Exception) -> int:
    """The template's line that was being written when something else went wrong."""
    lines = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == "<template>"]
    return (lines or [1])[-1] or 1
