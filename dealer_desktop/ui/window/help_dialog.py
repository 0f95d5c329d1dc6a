"""The guides inside the window: contents with a search on the left, a page on the right, back and forward."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from dealer_desktop.core import guides, i18n
from dealer_desktop.core.guides import Section
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.ui import theme
from dealer_desktop.ui.theme.fonts import pixels
from dealer_desktop.ui.widgets import tooltips
from dealer_desktop.ui.widgets.buttons import IconButton, WordButton
from dealer_desktop.ui.widgets.dialog_frame import DialogFoot, stack
from dealer_desktop.ui.widgets.guide_text import GuideText
from dealer_desktop.ui.widgets.search_box import SearchBox

_CONTENTS_WIDTH = 280
_WIDE, _NARROW, _HIGH = 1120, 600, 800
"""Of the dialog in pixels at 100 %: over the window, beside a form."""
_LEVELS = 2
"""Of headings in the contents."""
_SECTION = Qt.ItemDataRole.UserRole


@dataclass(frozen=True)
class _Place:
    """Where one reads: the heading that was gone to, and how far down the page is scrolled, where that is elsewhere."""

    section: Section
    scrolled: int | None = None


class HelpDialog(QDialog):
    """Beside its parent, which can be worked with meanwhile."""

    def __init__(self, show_keys: Callable[[], object], parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("helpDialog")
        self.setWindowTitle(_("Help"))
        self.setAccessibleName(_("Help"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._language = i18n.language()
        self._history: list[_Place] = []
        self._at = -1
        self._page = ""
        self.search = SearchBox(_("Search in the help"), self)
        self.search.setObjectName("helpSearch")
        self.contents = QListWidget(self)
        self.contents.setObjectName("helpContents")
        self.contents.setAccessibleName(_("Contents"))
        self.contents.setProperty("place", "contents")
        self.contents.setFont(theme.font("base"))
        self.contents.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.contents.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.text = GuideText(self)
        self.text.setObjectName("helpText")
        self.text.setAccessibleName(_("Help"))
        self.back_button = self._way("helpBackButton", "arrow-left", _("Back"), self.go_back)
        self.forward_button = self._way("helpForwardButton", "arrow-right", _("Forward"), self.go_forward)
        self.contents_button = WordButton("helpContentsButton", _("Contents"), self._turn_contents)
        keys = WordButton("helpKeysButton", _("Keys"), show_keys)
        close = WordButton("closeButton", _("Close"), self.close, "primary")
        self._lay_out(keys, close)
        for shortcut, slot in (
            (QKeySequence.StandardKey.Back, self.go_back),
            (QKeySequence.StandardKey.Forward, self.go_forward),
            (QKeySequence.StandardKey.Find, self.search.setFocus),
            (QKeySequence("F1"), self.show_beginning),
        ):
            QShortcut(QKeySequence(shortcut), self, slot)
        QShortcut(QKeySequence("Ctrl+F1"), self, show_keys)
        self._list(guides.everything(self._language))
        self.search.searched.connect(self._search)
        self.search.left_downwards.connect(self._enter_contents)
        self.contents.itemClicked.connect(self._choose)
        self.contents.itemActivated.connect(self._choose)
        self.contents.currentItemChanged.connect(self._choose)
        self.text.followed.connect(self._follow)
        self.text.verticalScrollBar().valueChanged.connect(self._mark_place)

    # -- reading ------------------------------------------------------------------------------------------------------

    def show_about(self, *places: str) -> None:
        """The section about the first of the tabs or dialogs of which one tells; without one the beginning."""
        found = (guides.about(place, self._language) for place in places)
        self.show_section(next(filter(None, found), guides.everything(self._language)[0]))

    def show_beginning(self) -> None:
        self.show_section(guides.everything(self._language)[0])

    def show_section(self, section: Section) -> None:
        """Go there; Back leads to what is read now."""
        if self._at >= 0 and self._history[self._at].section == section:
            self._open(self._history[self._at].section, None)
            return
        self._keep_place()
        self._history = [*self._history[: self._at + 1], _Place(section)]
        self._at += 1
        self._open(section, None)

    def go_back(self) -> None:
        self._go(-1)

    def go_forward(self) -> None:
        self._go(1)

    @property
    def section(self) -> Section:
        """The one gone to."""
        return self._history[self._at].section

    def _go(self, step: int) -> None:
        if 0 <= self._at + step < len(self._history):
            self._keep_place()
            self._at += step
            place = self._history[self._at]
            self._open(place.section, place.scrolled)

    def _keep_place(self) -> None:
        if self._at >= 0:
            is_at = self.text.is_at(self.section.number)
            scrolled = None if is_at else self.text.verticalScrollBar().value()
            self._history[self._at] = replace(self._history[self._at], scrolled=scrolled)

    def _open(self, section: Section, scrolled: int | None) -> None:
        if self._page != section.guide:
            self._page = section.guide
            file = guides.file_of(section.guide, self._language)
            self.text.show_page(guides.page(section.guide, self._language), file.parent)
        if scrolled is None:
            self.text.show_heading(section.number)
        else:
            self.text.verticalScrollBar().setValue(scrolled)
        self.back_button.setEnabled(self._at > 0)
        self.forward_button.setEnabled(self._at < len(self._history) - 1)
        self._mark(section)

    def _follow(self, link: str) -> None:
        """A page of ours, a heading of this one, or something for the browser."""
        page, _hash, anchor = QUrl(link).toString(QUrl.ComponentFormattingOption.FullyDecoded).partition("#")
        guide = page.split(".")[0] if page.endswith(".md") else self._page
        if "://" in page or guide not in guides.GUIDES:
            QDesktopServices.openUrl(QUrl(link))
            return
        found = guides.sections(guide, self._language)
        self.show_section(next((section for section in found if section.anchor == anchor), found[0]))

    # -- contents -----------------------------------------------------------------------------------------------------

    def _list(self, found: tuple[Section, ...]) -> None:
        self.contents.blockSignals(True)
        self.contents.clear()
        for section in found:
            if section.level > _LEVELS:
                continue
            item = QListWidgetItem(section.title if section.level == 1 else f"   {section.title}", self.contents)
            item.setData(_SECTION, section)
            item.setToolTip(tooltips.plain(section.title))
            item.setData(Qt.ItemDataRole.AccessibleTextRole, section.title)
            if section.level == 1:
                item.setFont(theme.font("strong"))
        if not self.contents.count():
            QListWidgetItem(_("Nothing found. Try fewer letters."), self.contents).setFlags(Qt.ItemFlag.NoItemFlags)
        self.contents.blockSignals(False)

    def _search(self, words: str) -> None:
        """The sections that have all these words; those of a smaller heading belong to the one above."""
        everything = guides.everything(self._language)
        found = set(guides.containing(words, self._language))
        shown: list[Section] = []
        above = everything[0]
        for section in everything:
            above = section if section.level <= _LEVELS else above
            if section in found and above not in shown:
                shown.append(above)
        self._list(tuple(shown) if words else everything)
        self.text.mark(words.split())
        if self._at >= 0 and not words:
            self._mark(self.section)

    def _enter_contents(self) -> None:
        self.contents.setFocus()
        if self.contents.currentRow() < 0:
            self.contents.setCurrentRow(0)

    def _choose(self, item: QListWidgetItem | None) -> None:
        section = item.data(_SECTION) if item is not None else None
        if section is not None:
            self.show_section(section)

    def _mark_place(self) -> None:
        """The contents follow the reading."""
        if self._at >= 0:
            number = self.text.heading_in_view()
            self._mark(guides.sections(self._page, self._language)[number])

    def _mark(self, section: Section) -> None:
        rows = range(self.contents.count())
        listed = [(row, self.contents.item(row).data(_SECTION)) for row in rows]
        same = [(row, each) for row, each in listed if each is not None and each.guide == section.guide]
        above = [row for row, each in same if each.number <= section.number]
        self.contents.blockSignals(True)
        self.contents.setCurrentRow(above[-1] if above else -1)
        self.contents.blockSignals(False)

    # -- how it looks -------------------------------------------------------------------------------------------------

    def _way(self, name: str, icon: str, words: str, slot: Callable[[], None]) -> IconButton:
        button = IconButton(None, icon, words, "outlined", self)
        button.setObjectName(name)
        button.clicked.connect(slot)
        button.setEnabled(False)
        return button

    def _turn_contents(self) -> None:
        self._left.setVisible(not self._left.isVisible())
        if self._left.isVisible():
            self.search.setFocus()

    def stand_beside(self, place: QWidget) -> None:
        """Beside a form the page alone, which may be read while one types there; over the window all of it."""
        is_form = isinstance(place, QDialog)
        self._left.setVisible(not is_form)
        self.contents_button.setVisible(is_form)
        window, above = place, place.parentWidget()
        while above is not None:
            window, above = above.window(), above.window().parentWidget()
        room = place.screen().availableGeometry()
        wide = min(pixels(_NARROW if is_form else _WIDE), window.width(), room.width())
        self.resize(wide, min(pixels(_HIGH), window.height() - pixels(32), room.height()))
        if not is_form:
            return
        form = place.frameGeometry()
        beside = form.right() + pixels(8)
        if beside + wide > room.right():
            beside = form.left() - pixels(8) - wide
        if beside < room.left():
            beside = room.right() - wide
        self.move(beside, max(room.top(), min(form.top(), room.bottom() - self.height())))

    def _lay_out(self, keys: WordButton, close: WordButton) -> None:
        self._left = left = QFrame(self)
        left.setProperty("place", "filters")
        left.setFixedWidth(pixels(_CONTENTS_WIDTH))
        column = QVBoxLayout(left)
        column.setContentsMargins(12, 12, 12, 0)
        column.setSpacing(8)
        column.addWidget(self.search)
        column.addWidget(self.contents, 1)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(left)
        middle.addWidget(self.text, 1)
        foot = DialogFoot()
        foot.row.addWidget(self.back_button)
        foot.row.addWidget(self.forward_button)
        foot.row.addStretch(1)
        foot.row.addWidget(self.contents_button)
        foot.row.addWidget(keys)
        foot.row.addWidget(close)
        stack(self, middle, foot)
