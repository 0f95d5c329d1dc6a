"""How everything looks: colours, fonts, icons and the stylesheet, in light and dark.

from dealer_desktop.ui import theme
theme.install(application, "auto")       # once; follows the system's light and dark
theme.tokens().accent                    # a colour now; ask when painting, never keep it
theme.changed().connect(self.update)     # light became dark
label.setFont(theme.font("title"))       # small 12, base 13, strong 13, title 16, price 24, mono for VINs
theme.set_tone(label, "second")          # text colour by meaning: second, green, amber, red, accent
button.setIcon(theme.icon("printer"))    # Phosphor; repaints itself when the theme changes
"""

from dealer_desktop.ui.theme.fonts import font
from dealer_desktop.ui.theme.icons import icon, paint_icon
from dealer_desktop.ui.theme.look import changed, install, is_dark, refresh, set_tone, tokens
from dealer_desktop.ui.theme.palette import DARK, LIGHT, Tokens

__all__ = [
    "DARK",
    "LIGHT",
    "Tokens",
    "changed",
    "font",
    "icon",
    "install",
    "is_dark",
    "paint_icon",
    "refresh",
    "set_tone",
    "tokens",
]
