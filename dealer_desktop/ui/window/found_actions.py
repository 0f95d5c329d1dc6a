"""The actions that a few words name, for the search for everything: in the window's language, in the other one, or by
another word that people use for them."""

from collections.abc import Callable, Iterator
from gettext import NullTranslations

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QTabWidget, QWidget

from dealer_desktop.core import i18n
from dealer_desktop.domain.keyboard import TO_RUSSIAN
from dealer_desktop.domain.known_names import plain

MOST = 5
"""Actions shown."""
_SHORTEST = 3
"""Letters that name an action."""
_END = "Action"

_russian: NullTranslations | None = None
"""None until they are read."""

_CALLED_TOO = {
    "importCarsAction": "импорт загрузка прайс excel csv import",
    "exportCarsAction": "экспорт выгрузка excel csv export",
    "exportOrdersAction": "экспорт выгрузка заказы excel csv export",
    "exportPaymentsAction": "экспорт выгрузка платежи excel csv export",
    "exportDeliveriesAction": "экспорт выгрузка доставки excel csv export",
    "exportCustomersAction": "экспорт выгрузка клиенты покупатели excel csv export",
    "exportUsersAction": "экспорт выгрузка сотрудники excel csv export",
    "takingsAction": "выручка касса отчет за день takings revenue report",
    "newOrderAction": "новый заказ продажа оформить продать new order sale",
    "newCarAction": "новая машина добавить авто new car",
    "newCustomerAction": "новый клиент покупатель new customer",
    "sellCarAction": "продажа продать sell sale",
    "takePaymentAction": "оплата платеж внести деньги задаток payment deposit",
    "refundPaymentAction": "возврат денег refund",
    "refundOrderAction": "возврат денег refund",
    "cancelOrderAction": "отмена отменить cancel",
    "printOrderAction": "печать распечатать договор print",
    "printPriceTagAction": "ценник печать price tag",
    "weekViewAction": "календарь расписание неделя week calendar",
    "historyAction": "история журнал изменения audit history log",
    "lockAction": "блокировка заблокировать lock",
    "switchPersonAction": "сменить пользователя выйти sign out switch",
    "dealerAction": "настройки реквизиты салон settings dealer",
    "refreshAction": "обновить refresh reload",
    "helpAction": "справка помощь инструкция руководство help guide manual",
    "keysAction": "клавиши горячие help shortcuts keys",
    "undoAction": "отменить вернуть назад undo",
}
"""What else an action is called, by its name."""


def find(window: QWidget, words: str) -> tuple[QAction, ...]:
    """Every word begins one of the action's; those that may be done now come first."""
    typed = plain(words).split()
    if not typed or max(map(len, typed)) < _SHORTEST:
        return ()
    found = [action for action in _all(window) if _fits(typed, _names(action))]
    return tuple(sorted(found, key=lambda action: not action.isEnabled())[:MOST])


def carry_out(tabs: QTabWidget, tell: Callable[[str], None], action: QAction) -> None:
    """Do it in the tab where it belongs, or ``tell`` why it is not possible there."""
    place = action.parent()
    while place is not None and not (isinstance(place, QWidget) and tabs.indexOf(place) >= 0):
        place = place.parent()
    if isinstance(place, QWidget):
        tabs.setCurrentWidget(place)
        place.setFocus()
    if action.isEnabled():
        action.trigger()
    else:
        tell(action.toolTip())


def _all(window: QWidget) -> Iterator[QAction]:
    """Each that has a name and is there for this person."""
    seen = set()
    for action in window.findChildren(QAction):
        name = action.objectName()
        if name.endswith(_END) and name not in seen and action.text() and action.isVisible():
            seen.add(name)
            yield action


def _fits(typed: list[str], names: list[str]) -> bool:
    def begins(word: str) -> bool:
        return any(each.startswith(word) for each in names)

    return all(begins(word) or begins(word.translate(TO_RUSSIAN)) for word in typed)


def _names(action: QAction) -> list[str]:
    said = plain(action.text().replace("&", ""))
    called = _CALLED_TOO.get(action.objectName(), "")
    return f"{said} {plain(_in_russian(said, action))} {called}".replace("…", " ").split()


def _in_russian(said: str, action: QAction) -> str:
    """What the action is called in Russian, where the window speaks English."""
    if i18n.language() == "ru" or _russian is None:
        return said
    return _russian.gettext(action.text().replace("&", ""))


def load() -> None:
    """Read the other language's words, on a pool thread: it takes half a second."""
    global _russian
    _russian = i18n.translations("ru")
