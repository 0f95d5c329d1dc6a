"""Everything Qt."""

import PySide6.QtCore  # noqa: F401  (brings what is quickened)

from dealer_desktop.ui import quick_imports

quick_imports.set_up()
