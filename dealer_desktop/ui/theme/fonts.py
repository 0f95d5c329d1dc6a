"""One family in four sizes; the whole scale follows the size that the person set for the system."""

import logging
import sys
from functools import cache
from importlib import resources

from PySide6.QtGui import QFont, QFontDatabase, QFontInfo, QGuiApplication

log = logging.getLogger(__name__)

_SIZES = {"small": 12, "smallNumber": 12, "smallStrong": 12, "title": 16, "price": 24}
"""In px; everything else is 13."""
_WEIGHTS = {
    "strong": QFont.Weight.DemiBold,
    "title": QFont.Weight.DemiBold,
    "price": QFont.Weight.DemiBold,
    "smallStrong": QFont.Weight.DemiBold,
    "numberStrong": QFont.Weight.DemiBold,
    "medium": QFont.Weight.Medium,
}
# Digits of one width; with them come a hyphen and a point as wide as a digit, which names such as CX-5 do not want.
_TABULAR = ("number", "price", "smallNumber", "numberStrong")
# What a fresh system sets, in points: a person who reads badly sets more.
_SYSTEM_SIZE = {"win32": 9.0, "darwin": 13.0}.get(sys.platform, 10.0)
_MONO = ("JetBrains Mono", "SF Mono", "Cascadia Mono", "Menlo", "Consolas", "Noto Sans Mono", "DejaVu Sans Mono")


@cache
def load() -> str:
    """Make Inter known to Qt and return its family's name; the system's family where it does not load."""
    family = ""
    for file in resources.files("fontpkg_inter").joinpath("files").iterdir():
        if not file.name.endswith(".ttf") or "Italic" in file.name:
            continue
        number = QFontDatabase.addApplicationFontFromData(file.read_bytes())
        families = QFontDatabase.applicationFontFamilies(number)
        family = families[0] if families else ""
    if not family:
        log.warning("Inter did not load; the system's font is used")
        family = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont).family()
    return family


_chosen_scale: float | None = None


def set_scale(chosen: float | None) -> None:
    """Draw at this scale from now on, whatever the system says; None: follow the system again.

    For pictures and tests: without a screen the system's size is not known. ``theme.install`` puts it on the
    application; what is made before keeps its sizes.
    """
    global _chosen_scale
    _chosen_scale = chosen
    scale.cache_clear()
    _font.cache_clear()


@cache
def scale() -> float:
    """How much larger than usual the person's system font is, between 0.9 and 2."""
    if _chosen_scale is not None:
        return _chosen_scale
    if QGuiApplication.platformName() in ("offscreen", "minimal"):
        return 1.0
    size = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont).pointSizeF()
    return min(2.0, max(0.9, size / _SYSTEM_SIZE)) if size > 0 else 1.0


@cache
def mono_family() -> str:
    known = set(QFontDatabase.families())
    for family in _MONO:
        if family in known:
            return family
    return QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont).family()


@cache
def _font(role: str) -> QFont:
    made = QFont(mono_family() if role == "mono" else load())
    made.setPixelSize(round(_SIZES.get(role, 13) * scale()))
    made.setWeight(_WEIGHTS.get(role, QFont.Weight.Normal))
    if role == "mono":
        # Monospaced faces are cut larger than Inter: match the height of the letters beside them.
        info = QFontInfo(made)
        made.setPixelSize(round((13 if info.family() == "JetBrains Mono" else 12) * scale()))
        made.setStyleHint(QFont.StyleHint.Monospace)
    elif role in _TABULAR:
        made.setFeature(QFont.Tag("tnum"), 1)
    # Inter would draw the x of "F7x 2.0" as a multiplication sign: names are shown as they were typed.
    made.setFeature(QFont.Tag("calt"), 0)
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return made


def font(role: str = "base") -> QFont:
    """``small``, ``smallStrong``, ``smallNumber``, ``base``, ``medium``, ``strong``, ``title``, ``price``, ``mono``.

    ``number`` and ``numberStrong`` are ``base`` and ``strong`` with digits of one width, for what stands in columns.
    """
    return QFont(_font(role))


def pixels(length: float) -> int:
    """A length at the person's text size: what holds a line of text grows with it."""
    return round(length * scale())
