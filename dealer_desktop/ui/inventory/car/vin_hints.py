"""What a VIN says of its car, in words: a suggestion and a hint, never a correction."""

from functools import cache

from babel import Locale

from dealer_desktop.core import formats, i18n
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.domain.vin import VinFacts

_SOLD_AS = {"AvtoVAZ": "LADA", "Avtovaz": "LADA", "VAZ": "LADA"}
"""Makers whose cars are sold under another name."""


_IN_RUSSIAN = {
    "AvtoVAZ": "АвтоВАЗ",
    "Avtovaz": "АвтоВАЗ",
    "VAZ": "ВАЗ",
    "GAZ": "ГАЗ",
    "UAZ": "УАЗ",
    "KAMAZ": "КАМАЗ",
    "Kamaz": "КАМАЗ",
    "Moskvitch": "Москвич",
    "Moskvich": "Москвич",
    "AvtoTOR": "Автотор",
    "Avtotor": "Автотор",
    "GM-AvtoVAZ": "GM-АвтоВАЗ",
    "IZh": "ИЖ",
    "ZAZ": "ЗАЗ",
    "ZIL": "ЗИЛ",
}
"""Makers that Russian papers write in Cyrillic letters."""


def decoded(facts: VinFacts) -> str:
    """``Kia, 2021, Russia``; empty where the number says nothing."""
    return ", ".join(filter(None, (_maker(facts.maker), str(facts.year or ""), country(facts.country))))


def _maker(name: str) -> str:
    return _IN_RUSSIAN.get(name, name) if i18n.language() == "ru" else name


def hint(vin: str, facts: VinFacts) -> str:
    """What there is to say about the check digit; empty where it fits or the number has none."""
    if facts.check_digit_ok is not False:
        return ""
    if facts.country == "Russia":
        return _("No check digit: usual for a Russian VIN.")
    if vin[:1] in "12345":
        return _("The check digit does not fit: compare the VIN with the car.")
    return _("No check digit: usual outside North America.")


def make(facts: VinFacts) -> str:
    """The make that a dealer would write; empty where the number says nothing."""
    maker = facts.maker.partition(" (")[0]
    return _SOLD_AS.get(maker, maker)


def country(name: str) -> str:
    """The country that vininfo names in English, in the language in use."""
    code = _codes().get(name.casefold(), "")
    return str(Locale.parse(formats.locale()).territories.get(code, name)) if name else ""


@cache
def _codes() -> dict[str, str]:
    return {str(name).casefold(): code for code, name in Locale("en").territories.items()}
