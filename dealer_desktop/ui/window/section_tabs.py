"""The window's tabs. The one in front is made at once, the others when they are looked at or asked for, at the latest
when the first one's rows have come: all together they take a third of the time between the window and its rows.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QDialog, QTableView, QTabWidget, QWidget

from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.ui import jobs, theme
from dealer_desktop.ui.section import Section
from dealer_desktop.ui.session.context import UiContext
from dealer_desktop.ui.window import ahead

if TYPE_CHECKING:
    from dealer_desktop.ui.tables import ListTab

_PATIENCE_MS = 1000
"""After which the other tabs are made although the first one's rows have not come."""


class SectionTabs(QTabWidget):
    """A tab for each of ``sections``; ``widget`` and ``currentWidget`` never give one that is not made yet."""

    first_stands = Signal()
    """The first tab's rows have come, or were waited for long enough: what is not seen yet may be fetched."""

    def __init__(self, context: UiContext, sections: Sequence[Section], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("mainTabs")
        self.setAccessibleName(_("Sections"))
        bar = self.tabBar()
        bar.setDrawBase(False)
        bar.setExpanding(False)
        bar.setUsesScrollButtons(True)  # for letters of twice the size on a small screen
        bar.setElideMode(Qt.TextElideMode.ElideNone)
        bar.setFont(theme.font("base"))
        bar.setAccessibleName(_("Sections"))
        self._context = context
        self._sections = tuple(sections)
        self._made: dict[int, QWidget] = {}
        for section in self._sections:
            self.addTab(QWidget(), section.words())
        self._make(0)
        self.currentChanged.connect(self._make)
        self._later = QTimer(self, singleShot=True, interval=_PATIENCE_MS)
        self._later.timeout.connect(self.first_stands)
        self.first_stands.connect(self._fetch_rest)
        self._later.start()
        model = getattr(self._made[0], "model", None)
        if model is not None:
            model.loaded.connect(self._hurry)

    @property
    def made(self) -> tuple[QWidget, ...]:
        """The tabs that are there already."""
        return tuple(self._made.values())

    def make_another(self) -> bool:
        """Whether there was still one to make."""
        index = next(self._unmade(), None)
        return index is not None and self._make(index) is not None

    def wait_to_be_asked(self) -> None:
        """No tab is made by itself any more; for whoever needs few of them."""
        self.first_stands.disconnect(self._fetch_rest)

    def stop_making(self) -> None:
        """The person leaves: what is not there now is not needed any more."""
        self._later.stop()
        self._sections = ()

    def list_tab(self, kind: str) -> "ListTab | None":
        """The tab whose table shows ``kind``."""
        for index, section in enumerate(self._sections):
            if kind and section.kind == kind:
                return cast("ListTab", self._make(index))
        return None

    def widget(self, index: int) -> QWidget | None:
        """Overrides QTabWidget: made, if it was not."""
        self._make(index)
        return super().widget(index)

    def _make(self, index: int) -> QWidget | None:
        if index in self._made or not 0 <= index < len(self._sections):
            return self._made.get(index)
        section = self._sections[index]
        words = section.words()
        page = self._made[index] = section.tab()(self._context)
        page.setAccessibleName(words)
        for table in page.findChildren(QTableView):
            table.setAccessibleName(table.accessibleName() or words)
        current, place = self.currentIndex(), super().widget(index)
        focused = QApplication.focusWidget()
        had_focus = focused is not None and place is not None and (focused is place or place.isAncestorOf(focused))
        self.blockSignals(True)
        self.removeTab(index)
        self.insertTab(index, page, words)
        self.setCurrentIndex(current)
        self.blockSignals(False)
        if place is not None:
            place.deleteLater()
        if had_focus:
            page.setFocus()
        return page

    def findChild(self, *wanted: Any, **how: Any) -> Any:
        """Overrides QObject: what is in a tab that nobody opened yet is found too."""
        return self.first_found(super().findChild, *wanted, **how)

    def findChildren(self, *wanted: Any, **how: Any) -> Any:
        """Overrides QObject, as ``findChild``."""
        return self.all_found(super().findChildren, *wanted, **how)

    def first_found(self, search: Callable[..., Any], *wanted: Any, **how: Any) -> Any:
        """What ``search`` finds; tabs are made one after another as long as it finds nothing."""
        found = search(*wanted, **how)
        while found is None and not _are_dialogs(wanted) and self.make_another():
            found = search(*wanted, **how)
        return found

    def all_found(self, search: Callable[..., Any], *wanted: Any, **how: Any) -> Any:
        """What ``search`` finds when every tab is there."""
        while not _are_dialogs(wanted) and self.make_another():
            pass
        return search(*wanted, **how)

    # -- those behind the first one -----------------------------------------------------------------------------------

    def _hurry(self) -> None:
        if self._later.isActive():
            self._later.start(0)

    def _fetch_rest(self) -> None:
        jobs.run(self, ahead.load_rest, done=self._make_next, failed=self._make_next)

    def _make_next(self, _loaded: object = None) -> None:
        """One in each turn of the event loop: between two of them keys and clicks are heard."""
        if self.make_another():
            QTimer.singleShot(0, self, self._make_next)
        elif self._sections:
            ahead.settle("every tab")

    def _unmade(self) -> Iterator[int]:
        return (index for index in range(len(self._sections)) if index not in self._made)


def _are_dialogs(wanted: Sequence[Any]) -> bool:
    """Those open over the tabs, and are never in one."""
    return bool(wanted) and isinstance(wanted[0], type) and issubclass(wanted[0], QDialog)
