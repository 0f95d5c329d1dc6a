"""What can be wrong with a cash drawer, as kinds of DealerError (see ``core/errors.py``)."""

from dealer_desktop.core.errors import DealerError
from dealer_desktop.core.i18n import gettext as _


class DrawerNeeded(DealerError):
    """Cash is taken or given back, and no open drawer is named, nor is one the only one."""

    def sentence(self) -> str:
        return _("Cash goes to an open cash drawer. Open one first, or choose which.")


class DrawerClosed(DealerError):
    def sentence(self) -> str:
        return _("This cash drawer was closed meanwhile; nothing is added to it any more. Choose an open one.")


class DrawerNameTaken(DealerError):
    def sentence(self) -> str:
        return _("A cash drawer called {name} is open already. Close it first, or choose another name.").format(
            name=self.name
        )


class DrawerHoldsLess(DealerError):
    """``standing`` is what should be in it, as formatted money."""

    def sentence(self) -> str:
        return _("There is only {standing} in this cash drawer. Take out at most that.").format(standing=self.standing)


class DrawersUnused(DealerError):
    def sentence(self) -> str:
        return _("The dealership uses no cash drawers. An admin switches them on in the dealership’s form.")
