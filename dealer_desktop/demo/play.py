"""Playing the demo's past through the services, in the order of its time: each step once, and dated back at the end.

A story is a generator that yields the moment of its next step and, resumed, does it. All stories are told together, the
earliest step first, so that numbers and dates run the same way everywhere.
"""

import heapq
from collections.abc import Callable, Generator, Iterable
from datetime import date, datetime, time, timedelta
from typing import Any, TypeVar
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from dealer_desktop.demo.people import DEALER
from dealer_desktop.services import Connections, SessionMaker, backdating, cost_imports
from dealer_desktop.services.cost_imports import CostList, CostsTaken
from dealer_desktop.services.inputs.base import Input

M = TypeVar("M", bound=Input)
R = TypeVar("R")
Service = Callable[[SessionMaker, M], R]
Story = Generator[datetime, None, Any]

_NAMESPACE = UUID("6f3c0c6e-5f0e-4f43-8d1d-d7b2b8a2a0c1")


class Play:
    """``today`` is the day the demo was begun, at the dealer's: its moments count from there."""

    def __init__(self, connections: Connections, today: date) -> None:
        self.connections = connections
        self.today = today
        self.dates = backdating.Dates()
        self._session_maker = backdating.hurried(connections.session_maker)
        self._steps = 0

    def finish(self) -> None:
        """Write the dates, for good."""
        backdating.apply(self.connections.session_maker, self.dates)
        self._session_maker.kw["bind"].dispose()

    def moment(self, days_ago: int, minutes: int) -> datetime:
        """``minutes`` after nine o'clock that many days before ``today``, by the dealer's clock."""
        day = self.today - timedelta(days=days_ago)
        return datetime.combine(day, time(9), tzinfo=ZoneInfo(DEALER["timezone"])) + timedelta(minutes=minutes)

    def do(self, when: datetime, service: Service[M, R], model: type[M], /, **values: Any) -> R:
        """Call ``service`` as at ``when``; whatever it changes is dated so."""
        result = self.add(when, service, model, **values)
        self.dates.history_until(backdating.last_history_id(self._session_maker), when)
        return result

    def add(self, when: datetime, service: Service[M, R], model: type[M], /, **values: Any) -> R:
        """``do`` for what adds one row and changes none.

        The request id counts the steps, so that a second run repeats nothing.
        """
        self._steps += 1
        request_id = uuid5(_NAMESPACE, str(self._steps))
        return service(self._session_maker, model.model_validate({"request_id": request_id, **values}))

    def import_costs(self, found: CostList) -> CostsTaken:
        """All of a list, as of yesterday evening."""
        self._steps += 1
        taken = cost_imports.take(self._session_maker, uuid5(_NAMESPACE, str(self._steps)), found)
        self.dates.history_until(backdating.last_history_id(self._session_maker), self.moment(1, 540))
        return taken

    def skip(self) -> None:
        """A step that is not needed (any more) keeps its number."""
        self._steps += 1

    def tell(self, stories: Iterable[Story], progress: Callable[[int], None]) -> None:
        """All of ``stories`` together; ``progress`` gets how many steps are done."""
        waiting: list[tuple[datetime, int, Story]] = []
        for number, story in enumerate(stories):
            waiting.append((next(story), number, story))
        heapq.heapify(waiting)
        done = 0
        while waiting:
            _, number, story = heapq.heappop(waiting)
            following = next(story, None)
            if following is not None:
                heapq.heappush(waiting, (following, number, story))
            done += 1
            progress(done)
