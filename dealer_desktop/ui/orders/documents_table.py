"""What was handed out about an order: a row opens the document as it was, which says on paper that it is a copy."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from dealer_desktop.core import formats
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.services import documents
from dealer_desktop.services.documents import DocumentRow
from dealer_desktop.ui import jobs, printing
from dealer_desktop.ui.sales.numbered_documents import name_of, reprint
from dealer_desktop.ui.session.changes import ChangeLike, concerns
from dealer_desktop.ui.session.context import UiContext
from dealer_desktop.ui.theme.fonts import pixels

_MOST_IN_VIEW = 5


class DocumentsTable(QTableWidget):
    """``documentsTable``; hidden while nothing was handed out."""

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(0, 2, parent)
        self._context = context
        self._order_id: int | None = None
        self._rows: tuple[DocumentRow, ...] = ()
        self.setObjectName("documentsTable")
        self.setAccessibleName(_("Documents handed out"))
        self.setHorizontalHeaderLabels([_("Handed out"), _("Day")])
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(pixels(28))
        header = self.horizontalHeader()
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.activated.connect(lambda index: self.open_row(index.row()))
        self.hide()
        context.feed.changed.connect(self._follow)

    def tell_of(self, order_id: int) -> None:
        """Read what was handed out about the order; another order's goes at once."""
        if order_id != self._order_id:
            self._show(())
        self._order_id = order_id
        jobs.run(
            self,
            lambda: (order_id, documents.of_order(self._context.reader, order_id)),
            done=self._show_read,
            failed=lambda _error: None,
        )

    def open_row(self, row: int) -> None:
        """The document as it was."""
        shown = reprint(self._context, self._rows[row])
        printing.preview_of(self.window(), [shown], self._context.settings).open()

    def _follow(self, change: ChangeLike) -> None:
        if self._order_id is not None and concerns(change, "documents"):
            self.tell_of(self._order_id)

    def _show_read(self, found: tuple[int, tuple[DocumentRow, ...]]) -> None:
        if found[0] == self._order_id:
            self._show(found[1])

    def _show(self, rows: tuple[DocumentRow, ...]) -> None:
        self._rows = rows
        self.setRowCount(len(rows))
        for place, document in enumerate(rows):
            day = formats.day_of(document.issued_at, self._context.dealer.timezone)
            for column, words in enumerate((name_of(document), day)):
                item = QTableWidgetItem(words)
                item.setToolTip(_("Press Enter to open it as it was handed out"))
                self.setItem(place, column, item)
        in_view = min(len(rows), _MOST_IN_VIEW)
        self.setFixedHeight(self.horizontalHeader().sizeHint().height() + in_view * pixels(28) + 2)
        self.setVisible(bool(rows))
