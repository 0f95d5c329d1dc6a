"""Imports that do not read every module's source.

PySide looks through the source of each module that is imported after it for its own name, so that ``__feature__`` (its
snake_case and properties) works there. Nothing here uses that, in the packaged program there is no source, and a start
imports 900 modules.
"""

import sys


def set_up() -> None:
    """From now on every module counts as one without features, as in the packaged program."""
    feature = sys.modules.get("shibokensupport.feature")
    if hasattr(feature, "_mod_uses_pyside"):
        setattr(feature, "_mod_uses_pyside", lambda _module: False)  # noqa: B010
