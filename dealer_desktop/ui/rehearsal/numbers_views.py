"""The manager's page as pictures: whole, in small and large windows, of one day, many years and of nothing."""

from collections.abc import Iterator, Mapping
from datetime import date

from PySide6.QtWidgets import QWidget

from dealer_desktop.domain.periods import Days, PeriodKind
from dealer_desktop.ui import jobs
from dealer_desktop.ui.dashboard.tab import DashboardTab
from dealer_desktop.ui.rehearsal.robot import Robot
from dealer_desktop.ui.window.main_window import MainWindow

SIZES = ((1280, 720), (2560, 1440))
TEN_YEARS = Days(date(date.today().year - 10, 1, 1), date.today())
Periods = Mapping[str, PeriodKind | Days | None]
"""By the picture's name; None: the last day of the period before it on which something was sold."""
FULL: Periods = {"month": PeriodKind.MONTH, "day": None}
LONG: Periods = {"ten-years": TEN_YEARS}
EMPTY: Periods = {"empty": PeriodKind.MONTH}


def views(window: MainWindow, periods: Periods) -> Iterator[tuple[str, QWidget]]:
    """Each picture's name and the whole page, below the window's end too, shown until the next is asked for."""
    robot = Robot(window)
    robot.show_tab("dashboardTab")
    tab = window.findChild(DashboardTab)
    assert tab is not None
    for width, height in SIZES:
        window.resize(width, height)
        for name, period in periods.items():
            if period is None:
                period = _last_day_with_a_sale(tab)
            if isinstance(period, Days):
                tab.period.use(period)
            else:
                robot.choose(tab.period.period, period.value)
            tab.refresh()
            for _round in range(3):
                jobs.wait_for_all()
                robot.pause(0.1)
            robot.wait(lambda: tab.page.is_whole, name)
            yield f"dashboard-{name}-{width}", tab.page


def _last_day_with_a_sale(tab: DashboardTab) -> Days | PeriodKind:
    sold = [point.day for point in tab.shown.points if point.sold] if tab.shown is not None else []
    return Days(sold[-1], sold[-1]) if sold else PeriodKind.TODAY
