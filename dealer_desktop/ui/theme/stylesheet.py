"""The stylesheet, made of the colours. Fonts are set by ``setFont``: sizes in QSS would not follow the person's."""

from dealer_desktop.core import paths
from dealer_desktop.ui.theme.fonts import pixels
from dealer_desktop.ui.theme.palette import Tokens


def stylesheet(t: Tokens, *, dark: bool) -> str:
    """All widgets of the program. A role is a property: ``kind``, ``tone``, ``place``, ``invalid``."""
    mode = "dark" if dark else "light"

    def picture(name: str) -> str:
        return f'url("{(paths.resources() / "icons" / f"{name}-{mode}.svg").as_posix()}")'

    tick = f'url("{(paths.resources() / "icons" / "tick.svg").as_posix()}")'
    field = pixels(30)
    return f"""
QMainWindow, QDialog, QWidget#startPage {{ background: {t.window}; }}
QToolTip {{ background: {t.surface}; color: {t.text}; border: 1px solid {t.border}; padding: 4px 8px; }}
QLabel, QCheckBox {{ background: transparent; color: {t.text}; }}
QLabel[tone="second"] {{ color: {t.second}; }}
QLabel[tone="green"] {{ color: {t.green}; }}
QLabel[tone="amber"] {{ color: {t.amber}; }}
QLabel[tone="grey"] {{ color: {t.grey}; }}
QLabel[tone="red"] {{ color: {t.red}; }}
QLabel[tone="accent"] {{ color: {t.accent}; }}

/* fields: 32 high with their border; the focused border is 2 px, so the padding gives one back */
QLineEdit, QComboBox, QDateEdit, QSpinBox, QPlainTextEdit {{
    background: {t.surface}; color: {t.text}; border: 1px solid {t.border}; border-radius: 6px;
    placeholder-text-color: {t.second}; selection-background-color: {t.accent_fill}; selection-color: {t.on_accent};
}}
QLineEdit {{ padding: 0 8px; min-height: {field}px; max-height: {field}px; }}
QComboBox, QDateEdit, QSpinBox {{ padding: 0 10px; min-height: {field}px; max-height: {field}px; }}
QPlainTextEdit {{ padding: 4px 6px; }}
QLineEdit:focus, QComboBox:focus, QDateEdit:focus, QSpinBox:focus, QPlainTextEdit:focus {{
    border: 2px solid {t.accent}; }}
QLineEdit:focus {{ padding: 0 7px; min-height: {field - 2}px; max-height: {field - 2}px; }}
QComboBox:focus, QDateEdit:focus, QSpinBox:focus {{ padding: 0 9px; min-height: {field - 2}px;
    max-height: {field - 2}px; }}
QPlainTextEdit:focus {{ padding: 3px 5px; }}
QLineEdit[invalid="true"], QComboBox[invalid="true"], QDateEdit[invalid="true"], QPlainTextEdit[invalid="true"] {{
    border-color: {t.red}; }}
QLineEdit:disabled, QComboBox:disabled, QDateEdit:disabled, QPlainTextEdit:disabled, QLineEdit:read-only {{
    background: {t.subtle}; color: {t.second}; }}
QLineEdit[place="narrow"] {{ padding: 0 3px; }}
QLineEdit[place="narrow"]:focus {{ padding: 0 2px; }}
QLineEdit[place="top"] {{ background: {t.subtle}; border-color: {t.subtle}; }}
QLineEdit[place="top"]:focus {{ background: {t.surface}; border-color: {t.accent}; }}
QLineEdit QToolButton {{ border: none; padding: 0; background: transparent; }}
QLineEdit#qt_spinbox_lineedit {{ border: none; padding: 0; min-height: 0; background: transparent; }}

QComboBox::drop-down, QDateEdit::drop-down {{ subcontrol-origin: padding; subcontrol-position: center right;
    width: 28px; border: none; }}
QComboBox {{ combobox-popup: 0; }}
QComboBox::down-arrow {{ image: {picture("caret-down")}; width: 16px; height: 16px; }}
QDateEdit::down-arrow {{ image: {picture("calendar")}; width: 16px; height: 16px; }}
QSpinBox::up-button, QSpinBox::down-button {{ width: 0; border: none; }}
QComboBox QAbstractItemView, QAbstractItemView[place="offered"] {{
    background: {t.surface}; color: {t.text}; border: 1px solid {t.border};
    padding: 4px; outline: none; selection-background-color: {t.selection}; selection-color: {t.text}; }}
QComboBox QAbstractItemView::item, QAbstractItemView[place="offered"]::item {{
    min-height: {pixels(28)}px; padding: 0 8px; border-radius: 4px; }}
QListWidget#customerMatches {{ border-radius: 6px; margin-left: {pixels(140)}px; }}
QListWidget#customerMatches:focus {{ border-color: {t.accent}; }}
QComboBox QAbstractItemView::item:selected, QComboBox QAbstractItemView::item:hover,
QAbstractItemView[place="offered"]::item:selected, QAbstractItemView[place="offered"]::item:hover {{
    background: {t.selection}; color: {t.text}; }}
QComboBox QAbstractItemView::indicator {{ width: 16px; height: 16px; border: 1px solid {t.grey}; border-radius: 4px;
    background: {t.surface}; }}
QComboBox QAbstractItemView::indicator:checked {{ background: {t.accent_fill}; border-color: {t.accent_fill};
    image: {tick}; }}

QCheckBox {{ spacing: 10px; min-height: {pixels(24)}px; }}
QCheckBox::indicator {{ width: 16px; height: 16px; border: 1px solid {t.grey}; border-radius: 4px;
    background: {t.surface}; }}
QCheckBox::indicator:checked {{ background: {t.accent_fill}; border-color: {t.accent_fill}; image: {tick}; }}
QCheckBox::indicator:focus {{ border: 2px solid {t.accent}; width: 14px; height: 14px; }}
QRadioButton {{ spacing: 8px; min-height: {pixels(24)}px; background: transparent; color: {t.text}; }}
QRadioButton::indicator {{ width: 14px; height: 14px; border: 1px solid {t.grey}; border-radius: 8px;
    background: {t.surface}; }}
QRadioButton::indicator:checked {{ width: 6px; height: 6px; border: 5px solid {t.accent_fill}; border-radius: 8px;
    background: {t.on_accent}; }}
QRadioButton::indicator:focus {{ border-color: {t.accent}; }}
QCheckBox::indicator:disabled {{ background: {t.subtle}; border-color: {t.border}; }}

/* buttons */
QPushButton {{ background: {t.surface}; color: {t.text}; border: 1px solid {t.border}; border-radius: 6px;
    padding: 0 14px; min-height: {field}px; max-height: {field}px; }}
QPushButton:hover {{ background: {t.hover}; }}
QPushButton:pressed {{ background: {t.subtle}; }}
QPushButton:focus {{ border: 2px solid {t.accent}; padding: 0 13px; min-height: {field - 2}px;
    max-height: {field - 2}px; }}
QPushButton:disabled {{ color: {t.second}; background: {t.window}; border-color: {t.hairline}; }}
QPushButton[kind="primary"] {{ background: {t.accent_fill}; color: {t.on_accent}; border-color: {t.accent_fill}; }}
QPushButton[kind="primary"]:hover {{ background: {t.accent_hover}; border-color: {t.accent_hover}; }}
QPushButton[kind="primary"]:pressed {{ background: {t.accent_pressed}; }}
QPushButton[kind="primary"]:focus {{ border: 2px solid {t.text}; }}
QPushButton[kind="primary"]:disabled {{ background: {t.subtle}; color: {t.second}; border-color: {t.subtle}; }}
QPushButton[kind="danger"] {{ color: {t.red}; }}
QPushButton[kind="link"] {{ background: transparent; border: 1px solid transparent; color: {t.second};
    padding: 0 6px; }}
QPushButton[kind="link"]:hover {{ color: {t.text}; }}
QPushButton[kind="link"]:focus {{ border: 2px solid {t.accent}; padding: 0 5px; }}
QPushButton[kind="link"][tone="accent"] {{ color: {t.accent}; }}
QPushButton[kind="link"][place="text"] {{ padding: 0; min-height: {pixels(22)}px; border-width: 0; }}
QPushButton[kind="flat"] {{ min-height: 0; padding: 0 6px; }}
QToolButton {{ background: transparent; border: 1px solid transparent; border-radius: 6px; color: {t.text};
    padding: 0; }}
QToolButton:hover {{ background: {t.hover}; }}
QToolButton:pressed, QToolButton:checked {{ background: {t.subtle}; }}
QToolButton:focus {{ border: 2px solid {t.accent}; }}
QToolButton::menu-indicator {{ image: none; width: 0; }}
QToolButton[kind="outlined"] {{ background: {t.surface}; border: 1px solid {t.border}; }}
QToolButton[kind="outlined"]:focus {{ border: 2px solid {t.accent}; }}
QToolButton[kind="outlined"]:hover {{ background: {t.hover}; }}
QFrame[place="choices"] {{ background: {t.surface}; border: 1px solid {t.border}; border-radius: 6px; padding: 1px; }}
QFrame[place="choices"]:focus {{ border: 2px solid {t.accent}; padding: 0; }}
QFrame[place="choices"][invalid="true"] {{ border-color: {t.red}; }}
QFrame[place="choices"]:disabled {{ background: {t.subtle}; }}
QToolButton[kind="choice"] {{ border-radius: 4px; color: {t.second}; padding: 0 8px; }}
QToolButton[kind="choice"][bare="true"] {{ padding: 0; }}
QToolButton[kind="choice"]:checked {{ background: {t.selection}; color: {t.text}; }}

QMenu {{ background: {t.surface}; color: {t.text}; border: 1px solid {t.border}; padding: 4px; }}
QMenu::item {{ padding: 6px 24px 6px 12px; border-radius: 4px; }}
QMenu::item:selected {{ background: {t.selection}; }}
QMenu::item:disabled {{ color: {t.second}; }}
QMenu::separator {{ height: 1px; background: {t.hairline}; margin: 4px 8px; }}
QMenu::icon {{ padding-left: 8px; }}
QMenu::indicator {{ width: 16px; height: 16px; margin-left: 8px; border: 1px solid {t.grey}; border-radius: 4px; }}
QMenu::indicator:checked {{ background: {t.accent_fill}; border-color: {t.accent_fill}; image: {tick}; }}

/* the window */
QTabWidget#mainTabs {{ background: {t.window}; }}
QTabWidget#mainTabs::pane {{ border: none; border-top: 1px solid {t.hairline}; background: {t.surface}; }}
QTabWidget#mainTabs::tab-bar {{ left: 6px; }}
QTabWidget#mainTabs > QTabBar {{ background: {t.window}; }}
QTabWidget#mainTabs > QTabBar::tab {{ background: transparent; color: {t.second}; padding: 0 2px; margin: 0 8px;
    min-height: {pixels(46)}px; border: none; border-bottom: 2px solid transparent; }}
QTabWidget#mainTabs > QTabBar::tab:selected {{ color: {t.text}; border-bottom: 2px solid {t.accent}; }}
QTabWidget#mainTabs > QTabBar:focus {{ outline: none; }}
QStatusBar {{ background: {t.window}; border-top: 1px solid {t.hairline}; }}
QStatusBar::item {{ border: none; }}
QWidget[place="surface"], QScrollArea[place="surface"] > QWidget > QWidget {{ background: {t.surface}; }}
QTextBrowser[place="guide"] {{ background: {t.surface}; color: {t.text}; border: none;
    selection-background-color: {t.accent_fill}; selection-color: {t.on_accent}; }}
QListWidget[place="contents"] {{ background: transparent; color: {t.text}; border: none; outline: none; }}
QListWidget[place="contents"]::item {{ min-height: {pixels(28)}px; padding: 0 8px; border-radius: 4px; }}
QListWidget[place="contents"]::item:selected {{ background: {t.selection}; color: {t.text}; }}
QListWidget[place="contents"]::item:hover {{ background: {t.hover}; }}
QListWidget[place="contents"]::item:selected:hover {{ background: {t.selection}; }}
QWidget[place="window"] {{ background: {t.window}; }}
QScrollArea {{ border: none; background: transparent; }}
QFrame[place="toolbar"] {{ background: {t.surface}; border: none; border-bottom: 1px solid {t.hairline}; }}
QFrame[place="filters"] {{ background: {t.window}; border: none; border-right: 1px solid {t.hairline}; }}
QFrame[place="card"] {{ background: {t.surface}; border: none; border-left: 1px solid {t.hairline}; }}
QFrame[place="cardActions"] {{ background: {t.surface}; border: none; border-top: 1px solid {t.hairline}; }}
QFrame[place="dialogHead"] {{ background: {t.surface}; border: none; border-bottom: 1px solid {t.hairline}; }}
QFrame[place="dialogFoot"] {{ background: {t.window}; border: none; border-top: 1px solid {t.hairline}; }}
QFrame[place="line"] {{ background: {t.hairline}; border: none; max-height: 1px; min-height: 1px; }}
QFrame[place="note"] {{ background: {t.subtle}; border: none; border-radius: 6px; }}
QFrame[place="tile"] {{ background: {t.surface}; border: 1px solid {t.hairline}; border-radius: 6px; }}
QFrame[place="tile"]:focus {{ border-color: {t.accent}; background: {t.hover}; }}
QFrame[place="chip"] {{ background: {t.subtle}; border: none; border-radius: 6px; }}
QFrame[place="banner"] {{ background: {t.subtle}; border: none; border-bottom: 1px solid {t.hairline}; }}
QFrame[place="banner"][tone="amber"] {{ background: {t.amber_ground}; }}
QFrame[place="banner"][tone="red"] {{ background: {t.red_ground}; }}
QFrame[place="chip"] QToolButton {{ border-radius: 4px; }}
QFrame[place="popup"] {{ background: {t.surface}; border: 1px solid {t.border}; }}
QFrame#foundPopup {{ background: {t.surface}; border: 1px solid {t.border}; border-radius: 6px; }}
QFrame#foundPopup QListWidget {{ background: {t.surface}; border: none; outline: none; }}
DayList {{ background: {t.surface}; color: {t.text}; border: 1px solid {t.hairline}; border-radius: 6px;
    outline: none; }}
DayList:focus {{ border-color: {t.accent}; }}
DayList::item {{ padding: 6px 8px; border-bottom: 1px solid {t.hairline}; }}
DayList::item:selected {{ background: {t.selection}; color: {t.text}; }}
QListWidget#columnsList {{ background: {t.surface}; color: {t.text}; border: 1px solid {t.border};
    border-radius: 6px; outline: none; padding: 4px; }}
QListWidget#columnsList:focus {{ border: 2px solid {t.accent}; padding: 3px; }}
QListWidget#columnsList::item {{ min-height: {pixels(28)}px; padding: 0 8px; border-radius: 4px; }}
QListWidget#columnsList::item:selected {{ background: {t.selection}; color: {t.text}; }}
QListWidget#columnsList::indicator {{ width: 16px; height: 16px; border: 1px solid {t.grey}; border-radius: 4px;
    background: {t.surface}; }}
QListWidget#columnsList::indicator:checked {{ background: {t.accent_fill}; border-color: {t.accent_fill};
    image: {tick}; }}
QSplitter::handle {{ background: {t.hairline}; }}
QTableView {{ background: {t.surface}; border: none; outline: none; gridline-color: transparent; }}
QTableView:focus {{ border: none; }}
QTableWidget::item {{ padding: 0 13px; border: none; border-bottom: 1px solid {t.hairline}; }}
QTableWidget::item:selected {{ background: {t.selection}; color: {t.text}; }}
QHeaderView {{ background: {t.surface}; border: none; }}
QHeaderView::section {{ background: {t.surface}; color: {t.second}; border: none; padding: 0 16px;
    border-bottom: 1px solid {t.hairline}; }}
QAbstractScrollArea::corner {{ background: {t.surface}; }}

QScrollBar:vertical {{ background: transparent; width: 12px; margin: 0; }}
QScrollBar:horizontal {{ background: transparent; height: 12px; margin: 0; }}
QScrollBar::handle {{ background: {t.scroll}; border-radius: 3px; }}
QScrollBar::handle:hover {{ background: {t.grey}; }}
QScrollBar::handle:vertical {{ min-height: 40px; margin: 2px 3px; }}
QScrollBar::handle:horizontal {{ min-width: 40px; margin: 3px 2px; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}

QCalendarWidget QWidget {{ background: {t.surface}; color: {t.text}; alternate-background-color: {t.surface}; }}
QCalendarWidget QAbstractItemView {{ selection-background-color: {t.accent_fill}; selection-color: {t.on_accent};
    outline: none; }}
QCalendarWidget QToolButton {{ padding: 4px 6px; color: {t.text}; }}
QCalendarWidget QToolButton#qt_calendar_yearbutton, QCalendarWidget QToolButton#qt_calendar_monthbutton {{
    font-weight: 600; }}
QProgressBar {{ background: {t.subtle}; border: none; border-radius: 2px; max-height: 4px; min-height: 4px; }}
QProgressBar::chunk {{ background: {t.accent_fill}; border-radius: 2px; }}
"""
