"""The demo's cash drawer: yesterday's was counted with a small difference, the next is open. The past had none."""

from decimal import Decimal

from dealer_desktop.demo.play import Play
from dealer_desktop.services import dealer, drawers
from dealer_desktop.services.inputs.drawers import CloseDrawer, MoveCash, OpenDrawer
from dealer_desktop.services.inputs.people import DealerInput

_NAME = "Касса в зале"
_ROW = tuple(name for name in DealerInput.model_fields if name not in ("request_id", "version", "opened"))


def keep(play: Play) -> None:
    """From now on cash belongs to a drawer."""
    row = dealer.get(play.connections.reader)
    if row.uses_drawers:
        play.skip()
    else:
        opened = {name: getattr(row, name) for name in _ROW}
        change = {**opened, "uses_drawers": True}
        play.do(play.moment(1, -30), dealer.edit, DealerInput, version=row.version, opened=opened, **change)
    morning, noon, evening = (play.moment(1, minutes) for minutes in (-20, 240, 610))
    first = play.do(morning, drawers.open_one, OpenDrawer, name=_NAME, opening_amount=Decimal(30_000)).drawer
    taken = {"drawer_id": first.id, "amount": Decimal(20_000), "goes_in": False, "reason": "Инкассация"}
    moved = play.do(noon, drawers.move, MoveCash, **taken).moves[-1]
    counted = {"counted_amount": Decimal(9_950), "note": "Не хватает 50 ₽: размен"}
    play.do(evening, drawers.close, CloseDrawer, drawer_id=first.id, **counted)
    play.dates.set("drawers", first.id, morning, "opened_at")
    play.dates.set("drawers", first.id, evening, "closed_at")
    play.dates.set("drawer_moves", moved.id, noon)
    late = play.moment(1, 615)
    second = play.do(late, drawers.open_one, OpenDrawer, name=_NAME, opening_amount=Decimal(9_950)).drawer
    play.dates.set("drawers", second.id, late, "opened_at")
