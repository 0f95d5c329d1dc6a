"""Each page beside the picture of it that is stored, and each word beside the words."""

import shutil
import subprocess
from pathlib import Path

import numpy
import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from dealer_desktop.documents import Paper
from tests.ui.printing import stored_papers

pytestmark = pytest.mark.skipif(not shutil.which("pdftoppm"), reason="pdftoppm (poppler-utils) is not installed")
_SIDE = 12
"""Pixels of a square, about a word at 40 dpi."""
_MOST = 14
"""Of 255: how far a square's mean grey may be off. The stored greys are up to 7 off, a word that is gone is 20 off."""


def _greys(picture: QImage) -> "numpy.ndarray[tuple[int, int], numpy.dtype[numpy.float64]]":
    """The mean grey of each square of the page."""
    grey = picture.convertToFormat(QImage.Format.Format_Grayscale8)
    pixels = numpy.frombuffer(grey.constBits(), numpy.uint8).reshape(grey.height(), grey.bytesPerLine())
    high, wide = grey.height() // _SIDE, grey.width() // _SIDE
    squares = pixels[: high * _SIDE, : wide * _SIDE].reshape(high, _SIDE, wide, _SIDE)
    return squares.mean(axis=(1, 3))


def _difference(one: QImage, other: QImage) -> float:
    assert one.size() == other.size()
    return float(abs(_greys(one) - _greys(other)).max())


@pytest.mark.parametrize("name", stored_papers.PAPERS)
def test_a_paper_looks_and_reads_as_stored(qapp: QApplication, tmp_path: Path, name: str) -> None:
    pages, words = stored_papers.draw(name, tmp_path)
    assert words == (stored_papers.STORED / f"{name}.txt").read_text("utf-8")
    stored = sorted(stored_papers.STORED.glob(f"{name}-[0-9].png"))
    assert len(pages) == len(stored) > 0
    for page, picture in zip(pages, stored, strict=True):
        assert _difference(QImage(str(page)), QImage(str(picture))) < _MOST, picture.name

    _is_told_of(tmp_path / f"{name}.pdf", stored_papers.PAPERS[name](), len(pages))


def _is_told_of(file: Path, paper: Paper, pages: int) -> None:
    """What other programs show of the PDF: whose it is, what it is called, in which language; its faces are in it."""
    told = subprocess.run(["pdfinfo", file], capture_output=True, check=True).stdout.decode()
    assert f"Title:           {paper.title}" in told and f"Author:          {paper.author}" in told
    assert f"/Lang ({paper.language}-".encode() in file.read_bytes()
    faces = subprocess.run(["pdffonts", file], capture_output=True, check=True).stdout.decode().splitlines()[2:]
    assert faces and all("PTSans" in face and face.split()[-5] == "yes" for face in faces), faces
    words = subprocess.run(["pdftotext", file, "-"], capture_output=True, check=True).stdout.decode()
    of = "Страница {} из {}" if paper.language == "ru" else "Page {} of {}"
    assert all((of.format(page, pages) in words) is paper.numbered for page in range(1, pages + 1))


def test_a_word_that_is_gone_is_seen(qapp: QApplication) -> None:
    page = QImage(str(stored_papers.STORED / "contract-ru-1.png"))
    other = page.convertToFormat(QImage.Format.Format_RGB32)
    for x in range(28, 28 + 60):
        for y in range(64, 64 + 14):
            other.setPixel(x, y, 0xFFFFFFFF)
    assert _difference(page, other) > _MOST
