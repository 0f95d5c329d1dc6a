"""A filter that nobody sets by hand: another page leads here with it, and it is taken off again."""

from typing import Any

from dealer_desktop.ui.widgets.card import label
from dealer_desktop.ui.widgets.filter_groups import Group


class Given(Group):
    """Some texts of which any may match; in sight while it filters, and gone with its chip."""

    def __init__(self, title: str, name: str) -> None:
        super().__init__(title)
        self._texts: list[str] = []
        self._said = label("", wrap=True)
        self._said.setObjectName(name)
        self.body.addWidget(self._said)
        self.hide()

    def value(self) -> Any:
        """Overrides Group."""
        return self._texts or None

    def words(self) -> str:
        """Overrides Group."""
        return ", ".join(self._texts)

    def clear(self) -> None:
        """Overrides Group."""
        self.restore(None)

    def state(self) -> Any:
        """Overrides Group."""
        return list(self._texts)

    def restore(self, state: Any) -> None:
        """Overrides Group."""
        given = [state] if isinstance(state, str) else state if isinstance(state, list) else []
        # Without what no database takes: a zero, half a character.
        texts = (text.replace("\0", "").encode("utf-8", "ignore").decode() for text in given if isinstance(text, str))
        self._texts = [text for text in texts if text]
        self._said.setText(self.words())
        self.setVisible(bool(self._texts))
