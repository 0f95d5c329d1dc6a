"""Saved views of one list: what the list shows, under names, in the person's settings."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import QSettings

from dealer_desktop.ui.session.person import read_json, text

LONGEST_NAME = 60


@dataclass(frozen=True)
class SavedView:
    name: str
    state: Mapping[str, Any]
    """As ``ListState.get`` gives it."""

    def shows(self, state: Mapping[str, Any]) -> bool:
        """Whether the list is as the view keeps it; a column dragged a little wider is no other view."""
        return _compared(self.state) == _compared(state)


def _compared(state: Mapping[str, Any]) -> tuple[Any, ...]:
    columns = state.get("columns")
    found = columns if isinstance(columns, dict) else {}
    parts = [state.get(name) for name in ("search", "filters", "sort", "descending")]
    return (*parts, found.get("order"), found.get("hidden"))


class ViewStore:
    """The views of ``kind``, by name; ``active`` is the name of the one that was chosen last, or empty.

    Another window of the same person may save views too: each change is made to what is on the disk now.
    """

    def __init__(self, settings: QSettings, kind: str) -> None:
        self._settings = settings
        self._key = f"tables/{kind}/views"
        self.views: list[SavedView] = []
        self.active = self._read()
        self._forget_missing()

    def find(self, name: str) -> SavedView | None:
        """Letter case does not matter."""
        return next((view for view in self.views if view.name.casefold() == name.casefold()), None)

    @property
    def active_view(self) -> SavedView | None:
        return self.find(self.active) if self.active else None

    def refresh(self) -> None:
        """Read what another window saved; the active view stays."""
        self._settings.sync()
        self._read()
        self._forget_missing()

    def put(self, view: SavedView) -> None:
        """Add it, in place of one of that name, and let it be the active one."""
        self.refresh()
        self._put(view)
        self._write(view.name)

    def rename(self, view: SavedView, name: str) -> None:
        self.refresh()
        now = self.find(view.name) or view
        self._take_out(view)
        self._put(replace(now, name=name))
        self._write(name)

    def remove(self, view: SavedView) -> None:
        active = self.active
        self.refresh()
        self._take_out(view)
        self._write("" if view.name == active else active)

    def activate(self, name: str) -> None:
        self.refresh()
        self._write(name)

    def _put(self, view: SavedView) -> None:
        self._take_out(view)
        self.views = sorted([*self.views, view], key=lambda each: each.name.casefold())

    def _take_out(self, view: SavedView) -> None:
        self.views = [other for other in self.views if other.name.casefold() != view.name.casefold()]

    def _forget_missing(self) -> None:
        if self.active and self.find(self.active) is None:
            self.active = ""

    def _write(self, active: str) -> None:
        self.active = active
        views = [{"name": view.name, "state": dict(view.state)} for view in self.views]
        stored = json.dumps({"active": self.active, "views": views}, ensure_ascii=False)
        self._settings.setValue(self._key, stored)
        self._settings.sync()

    def _read(self) -> str:
        """Take the views from the settings; the name that was the active one there."""
        self.views = []
        found = read_json(text(self._settings, self._key))
        if not isinstance(found, dict):
            return ""
        views = found.get("views")
        for each in views if isinstance(views, list) else []:
            name, state = (each.get("name"), each.get("state")) if isinstance(each, dict) else (None, None)
            if isinstance(name, str) and name.strip() and isinstance(state, dict) and self.find(name) is None:
                self.views.append(SavedView(name.strip()[:LONGEST_NAME], state))
        active = found.get("active")
        return active if isinstance(active, str) else ""
