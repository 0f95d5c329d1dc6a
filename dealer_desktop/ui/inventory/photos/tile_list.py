"""A car's photos as tiles in their order: chosen by mouse and keys, dragged to another place, dropped from outside."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QItemSelectionModel, QMimeData, QModelIndex, QPoint, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QDrag,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QListView, QWidget

from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.services.rows import PhotoRow
from dealer_desktop.ui import theme
from dealer_desktop.ui.inventory.photos.sources import PhotoSource, from_mime, holds_photos
from dealer_desktop.ui.inventory.photos.tile import PhotoTile, tile_size
from dealer_desktop.ui.theme.fonts import pixels
from dealer_desktop.ui.widgets import thumbnails

_OWN = "application/x-dealer-desktop-photos"
_ROOT = QModelIndex()


class PhotoModel(QAbstractListModel):
    """``UserRole`` is the PhotoRow; the tooltip says what is wrong with one that cannot be shown."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._photos: tuple[PhotoRow, ...] = ()

    @property
    def photos(self) -> tuple[PhotoRow, ...]:
        return self._photos

    def show_photos(self, photos: Sequence[PhotoRow]) -> None:
        self.beginResetModel()
        self._photos = tuple(photos)
        self.endResetModel()

    def row_of(self, photo_id: int) -> int:
        """-1 where it is not there."""
        return next((row for row, photo in enumerate(self._photos) if photo.id == photo_id), -1)

    def rowCount(self, parent: QModelIndex = _ROOT) -> int:  # type: ignore[override]
        """Overrides QAbstractListModel."""
        return 0 if parent.isValid() else len(self._photos)

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:  # type: ignore[override]
        """Overrides QAbstractListModel."""
        photo = self._photos[index.row()]
        if role == Qt.ItemDataRole.UserRole:
            return photo
        if role == Qt.ItemDataRole.AccessibleTextRole:
            words = _("Photo {number} of {total}").format(number=index.row() + 1, total=len(self._photos))
            return words + _(", main photo") if photo.is_main else words
        if role == Qt.ItemDataRole.ToolTipRole:
            return thumbnails.board().trouble(photo.url)
        return None

    def flags(self, index: QModelIndex) -> Qt.ItemFlag:  # type: ignore[override]
        """Overrides QAbstractListModel."""
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsDragEnabled


class PhotoList(QListView):
    """Tells what the person wants; who listens writes it and shows the photos anew with ``show_photos``."""

    moved = Signal(list, int)
    """Ids of photos, and the place before which they are to stand (as many as there are photos: at the end)."""
    dropped = Signal(list)
    """PhotoSources from another program."""
    opened = Signal(int)
    """The row that was double-clicked, or Enter was pressed on."""
    chosen = Signal()
    """Others are selected."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("photosList")
        self.setAccessibleName(_("Photos of the car"))
        self.photos = PhotoModel(self)
        self.setModel(self.photos)
        self.setItemDelegate(PhotoTile(self))
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setLayoutMode(QListView.LayoutMode.SinglePass)
        self.setGridSize(tile_size())
        self.setSpacing(0)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setProperty("place", "surface")
        self.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setDragEnabled(True)
        self.setAcceptDrops(True)
        self.setDragDropMode(QListView.DragDropMode.DragDrop)
        self.setDropIndicatorShown(False)
        self._place: int | None = None
        self._over = False
        self.activated.connect(lambda index: self.opened.emit(index.row()))
        self.selectionModel().selectionChanged.connect(lambda _new, _old: self.chosen.emit())
        thumbnails.board().arrived.connect(self._repaint)
        theme.changed().connect(self.viewport().update)

    # -- what is shown and chosen -------------------------------------------------------------------------------------

    def show_photos(self, photos: Sequence[PhotoRow]) -> None:
        """Show them in this order; what was chosen stays chosen, and what is in view stays in view."""
        if tuple(photos) == self.photos.photos:
            return
        chosen, row = self.chosen_ids(), self.currentIndex().row()
        current = self.photos.photos[row].id if row >= 0 else 0
        at = self.verticalScrollBar().value()
        self.photos.show_photos(photos)
        rows = [found for photo_id in chosen if (found := self.photos.row_of(photo_id)) >= 0]
        found = self.photos.row_of(current)
        if found < 0 and photos:
            found = min(max(row, 0), len(photos) - 1)
        self.choose(rows or ([found] if found >= 0 else []), found)
        self.doItemsLayout()
        self.verticalScrollBar().setValue(at)
        if found >= 0:
            self.scrollTo(self.photos.index(found))

    def choose(self, rows: Sequence[int], current: int = -1) -> None:
        """Select exactly these."""
        selection = self.selectionModel()
        selection.clearSelection()
        if current >= 0:
            selection.setCurrentIndex(self.photos.index(current), QItemSelectionModel.SelectionFlag.NoUpdate)
        for row in rows:
            selection.select(self.photos.index(row), QItemSelectionModel.SelectionFlag.Select)
        self.chosen.emit()

    def chosen_rows(self) -> list[int]:
        return sorted(index.row() for index in self.selectedIndexes())

    def chosen_ids(self) -> list[int]:
        """In the order in which they are shown."""
        return [self.photos.photos[row].id for row in self.chosen_rows()]

    def _repaint(self, url: str) -> None:
        if any(photo.url == url for photo in self.photos.photos):
            self.viewport().update()

    # -- dragging -----------------------------------------------------------------------------------------------------

    def startDrag(self, supported: Qt.DropAction) -> None:
        """Overrides QListView, which would take the dragged ones out of the model itself."""
        chosen = self.chosen_ids()
        if not chosen:
            return
        drag = QDrag(self)
        drag.setMimeData(dragged(chosen))
        tile = self.visualRect(self.photos.index(self.photos.row_of(chosen[0])))
        picture = self.viewport().grab(tile)
        drag.setPixmap(picture)
        drag.setHotSpot(QPoint(tile.width() // 2, tile.height() // 2))
        drag.exec(Qt.DropAction.MoveAction)
        self._show_place(None, over=False)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Overrides QListView."""
        self._consider(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Overrides QListView."""
        super().dragMoveEvent(event)  # scrolls at the edges
        self._consider(event)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Overrides QListView."""
        super().dragLeaveEvent(event)
        self._show_place(None, over=False)

    def dropEvent(self, event: QDropEvent) -> None:
        """Overrides QListView."""
        place = self.place_at(event.position().toPoint())
        mime = event.mimeData()
        self._show_place(None, over=False)
        self.stopAutoScroll()
        if mime.hasFormat(_OWN):
            event.setDropAction(Qt.DropAction.MoveAction)
            event.accept()
            self.moved.emit([int(part) for part in bytes(mime.data(_OWN).data()).split()], place)
        elif holds_photos(mime):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            sources: list[PhotoSource] = from_mime(mime)
            self.dropped.emit(sources)
        else:
            event.ignore()

    def _consider(self, event: QDragMoveEvent) -> None:
        mime = event.mimeData()
        if mime.hasFormat(_OWN):
            event.setDropAction(Qt.DropAction.MoveAction)
            event.accept()
            self._show_place(self.place_at(event.position().toPoint()), over=False)
        elif holds_photos(mime):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self._show_place(None, over=True)
        else:
            event.ignore()

    def place_at(self, point: QPoint) -> int:
        """Before which photo something dropped at ``point`` of the viewport would stand."""
        count = self.photos.rowCount()
        for row in range(count):
            tile = self.visualRect(self.photos.index(row))
            if point.y() < tile.bottom() and point.x() < tile.center().x():
                return row
            last_in_line = row + 1 == count or self.visualRect(self.photos.index(row + 1)).top() > tile.top()
            if point.y() < tile.bottom() and last_in_line:
                return row + 1
        return count

    def _show_place(self, place: int | None, *, over: bool) -> None:
        if (place, over) != (self._place, self._over):
            self._place, self._over = place, over
            self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Overrides QListView: where the dragged ones would go, and that files may be dropped."""
        super().paintEvent(event)
        if self._place is None and not self._over:
            return
        painter = QPainter(self.viewport())
        accent = QColor(theme.tokens().accent)
        if self._over:
            painter.setPen(accent)
            for inset in (0, 1):
                painter.drawRect(self.viewport().rect().adjusted(inset, inset, -inset - 1, -inset - 1))
        elif self._place is not None and self.photos.rowCount():
            last = self._place == self.photos.rowCount()
            tile = self.visualRect(self.photos.index(self._place - 1 if last else self._place))
            x = tile.right() - pixels(2) if last else tile.left()
            painter.fillRect(x, tile.top() + pixels(8), pixels(3), tile.height() - pixels(16), accent)

    def sizeHint(self) -> QSize:
        """Overrides QListView: four in a line."""
        tile = tile_size()
        return QSize(tile.width() * 4 + pixels(16), tile.height() * 2)


def dragged(photo_ids: Sequence[int]) -> QMimeData:
    """What carries photos to another place in the list."""
    mime = QMimeData()
    mime.setData(_OWN, " ".join(map(str, photo_ids)).encode())
    return mime


def with_moved(order: Sequence[int], moved: Sequence[int], place: int) -> list[int]:
    """``order`` with the ``moved`` ones, in the order they have, before what stands at ``place`` now."""
    going = [photo for photo in order if photo in moved]
    before = [photo for photo in order[:place] if photo not in moved]
    after = [photo for photo in order[place:] if photo not in moved]
    return before + going + after
