"""A page of Markdown to read: headings, code and tables in the theme's fonts and colours, pictures as wide as there is
room. Qt alone gives headings no anchors and draws a picture as large as it is."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QPixmap,
    QResizeEvent,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFrameFormat,
    QTextLength,
    QTextTable,
)
from PySide6.QtWidgets import QFrame, QTextBrowser, QTextEdit, QWidget

from dealer_desktop.ui import theme
from dealer_desktop.ui.theme.fonts import pixels

_WIDEST = 760
"""Of text and pictures, in pixels at 100 %: longer lines read badly."""
_SIDE = 16
_MARGIN = 12
_INDENT = 24
_LINE_HEIGHT = 140.0
"""Per cent."""
_HEADINGS = {1: "price", 2: "title", 3: "strong", 4: "strong"}
_ABOVE = {1: 8, 2: 24, 3: 16, 4: 12}
_BELOW = 8


class GuideText(QTextBrowser):
    followed = Signal(str)
    """A link was clicked: its address as the page has it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._markdown = ""
        self._folder = Path()
        self._words: Sequence[str] = ()
        self._drawn_width = 0
        self._gone_to = (0, 0)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setOpenLinks(False)
        self.setProperty("place", "guide")
        self.setFont(theme.font("base"))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.anchorClicked.connect(self._follow)
        theme.changed().connect(self._show_again)

    def show_page(self, markdown: str, folder: Path) -> None:
        """``folder`` is where its pictures' addresses begin."""
        self._markdown, self._folder = markdown, folder
        self._gone_to = (0, 0)
        document = self.document()
        document.clear()
        document.setBaseUrl(QUrl.fromLocalFile(f"{folder}/"))
        self.setMarkdown(markdown)
        document.setDocumentMargin(pixels(_MARGIN))
        document.setIndentWidth(pixels(_INDENT))
        self._drawn_width = 0
        self._dress()
        self._fit()
        self.mark(self._words)

    def show_heading(self, number: int) -> None:
        """Scroll to the heading of that number, counted from 0; the first one is the page's beginning."""
        headings = self._headings()
        bar = self.verticalScrollBar()
        self.document().documentLayout().documentSize()  # lays out all of it, so that the bar knows its end
        if not 0 < number < len(headings):
            self._gone_to = (0, 0)
            bar.setValue(0)
            return
        top = self.document().documentLayout().blockBoundingRect(headings[number]).top()
        self._gone_to = (number, min(round(top) - pixels(12), bar.maximum()))
        bar.setValue(self._gone_to[1])

    def heading_in_view(self) -> int:
        """The number of the heading gone to, near the page's end too; else under which the top of the view is."""
        if self.is_at(self._gone_to[0]):
            return self._gone_to[0]
        top = self.verticalScrollBar().value() + pixels(16)
        layout = self.document().documentLayout()
        above = [block for block in self._headings() if layout.blockBoundingRect(block).top() <= top]
        return max(0, len(above) - 1)

    def is_at(self, number: int) -> bool:
        """Whether that heading was gone to and nobody has scrolled since."""
        return self._gone_to == (number, self.verticalScrollBar().value())

    def mark(self, words: Sequence[str]) -> None:
        """Show where these stand, in any case."""
        self._words = words
        ground = QTextCharFormat()
        ground.setBackground(QColor(theme.tokens().match))
        marks = []
        for word in words:
            found = self.document().find(word)
            while not found.isNull():
                selection = QTextEdit.ExtraSelection()
                selection.cursor = found
                selection.format = ground
                marks.append(selection)
                found = self.document().find(word, found)
        self.setExtraSelections(marks)

    # -- how it looks -------------------------------------------------------------------------------------------------

    def _show_again(self) -> None:
        """In the colours of now, where it was."""
        place = self.verticalScrollBar().value()
        self.show_page(self._markdown, self._folder)
        self.verticalScrollBar().setValue(place)

    def _dress(self) -> None:
        for block in self._blocks():
            self._dress_block(block)
            for cursor, letters in self._pieces(block):
                if letters.isAnchor():
                    letters.setForeground(QColor(theme.tokens().accent))
                    letters.setFontUnderline(False)
                    cursor.setCharFormat(letters)
                elif letters.fontFixedPitch() and not block.blockFormat().headingLevel():
                    cursor.setCharFormat(self._code(letters))
        for table in self.document().rootFrame().childFrames():
            if isinstance(table, QTextTable):
                self._dress_table(table)

    def _dress_block(self, block: QTextBlock) -> None:
        cursor = QTextCursor(block)
        shape = block.blockFormat()
        level = shape.headingLevel()
        shape.setLineHeight(_LINE_HEIGHT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        is_code = _is_code(block)
        goes_on = block.textList() is not None and block.next().textList() is not None
        shape.setTopMargin(pixels(_ABOVE.get(level, 0)))
        shape.setBottomMargin(0 if is_code and _is_code(block.next()) else pixels(2 if goes_on else _BELOW))
        if is_code:
            shape.setNonBreakableLines(False)
            shape.setBackground(QColor(theme.tokens().subtle))
        cursor.setBlockFormat(shape)
        if level:
            letters = QTextCharFormat()
            letters.setFont(theme.font(_HEADINGS[min(level, 4)]))
            cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
            cursor.setCharFormat(letters)

    def _code(self, letters: QTextCharFormat) -> QTextCharFormat:
        letters.setFont(theme.font("mono"), QTextCharFormat.FontPropertiesInheritanceBehavior.FontPropertiesAll)
        letters.setBackground(QColor(theme.tokens().subtle))
        return letters

    def _dress_table(self, table: QTextTable) -> None:
        shape = table.format()
        shape.setBorderCollapse(True)
        shape.setBorder(1)
        shape.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
        shape.setBorderBrush(QBrush(QColor(theme.tokens().hairline)))
        shape.setCellPadding(pixels(6))
        shape.setCellSpacing(0)
        shape.setTopMargin(pixels(4))
        shape.setBottomMargin(pixels(12))
        shape.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
        table.setFormat(shape)
        for row in range(table.rows()):
            for column in range(table.columns()):
                for block in self._blocks_of(table, row, column):
                    block_shape = block.blockFormat()
                    block_shape.setBottomMargin(0)
                    cursor = QTextCursor(block)
                    cursor.setBlockFormat(block_shape)
                    if row == 0:
                        cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
                        bold = QTextCharFormat()
                        bold.setFontWeight(QFont.Weight.DemiBold)
                        cursor.mergeCharFormat(bold)

    def _blocks_of(self, table: QTextTable, row: int, column: int) -> Iterator[QTextBlock]:
        cell = table.cellAt(row, column)
        block = cell.firstCursorPosition().block()
        last = cell.lastCursorPosition().block()
        while block.isValid():
            yield block
            if block == last:
                return
            block = block.next()

    # -- pictures -----------------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Overrides QTextBrowser: the column of text stays readable, its pictures fit into it."""
        number = self.heading_in_view()
        is_there = self.is_at(number)
        super().resizeEvent(event)
        self._fit()
        if is_there:
            self.show_heading(number)

    def _fit(self) -> None:
        whole = self.viewport().width() + self.viewportMargins().left() + self.viewportMargins().right()
        side = max(pixels(_SIDE), (whole - pixels(_WIDEST)) // 2)
        self.setViewportMargins(side, 0, side, 0)
        width = whole - 2 * side - 2 * pixels(_MARGIN)
        if width == self._drawn_width or width <= 0:
            return
        self._drawn_width = width
        for block in self._blocks():
            for cursor, letters in self._pieces(block):
                if letters.isImageFormat():
                    self._fit_picture(cursor, width)

    def _fit_picture(self, cursor: QTextCursor, width: int) -> None:
        shape = cursor.charFormat().toImageFormat()
        picture = QPixmap(str(self._folder / shape.name()))
        if picture.isNull():
            return
        ratio = self.devicePixelRatioF()
        shown = min(width, picture.width())
        if picture.width() > shown * ratio:
            picture = picture.scaledToWidth(round(shown * ratio), Qt.TransformationMode.SmoothTransformation)
        url = self.document().baseUrl().resolved(QUrl(shape.name()))
        self.document().addResource(QTextDocument.ResourceType.ImageResource.value, url, picture)
        shape.setWidth(shown)
        shape.setHeight(round(shown * picture.height() / picture.width()))
        cursor.setCharFormat(shape)

    # -- parts of the document ----------------------------------------------------------------------------------------

    def _follow(self, link: QUrl) -> None:
        self.followed.emit(link.toString())

    def _blocks(self) -> Iterator[QTextBlock]:
        block = self.document().begin()
        while block.isValid():
            yield block
            block = block.next()

    def _headings(self) -> list[QTextBlock]:
        return [block for block in self._blocks() if block.blockFormat().headingLevel()]

    def _pieces(self, block: QTextBlock) -> list[tuple[QTextCursor, QTextCharFormat]]:
        """Of one format each, with a cursor that selects them."""
        found = []
        each = block.begin()
        while not each.atEnd():
            piece = each.fragment()
            cursor = QTextCursor(self.document())
            cursor.setPosition(piece.position())
            cursor.setPosition(piece.position() + piece.length(), QTextCursor.MoveMode.KeepAnchor)
            found.append((cursor, piece.charFormat()))
            each += 1
        return found


def _is_code(block: QTextBlock) -> bool:
    """A line between fences, or an indented one."""
    properties = QTextBlockFormat.Property
    return block.isValid() and any(
        block.blockFormat().hasProperty(each.value)
        for each in (properties.BlockCodeLanguage, properties.BlockCodeFence)
    )
