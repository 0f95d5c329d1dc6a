"""What dealers call a condition, an engine, a gearbox and a status, in six languages: to our words, or to none.

A word that nobody knows, or two that contradict each other, is no value: it is told, never guessed.
"""

import re
from enum import StrEnum
from functools import lru_cache

from dealer_desktop.domain import cleaning
from dealer_desktop.domain.enums import CarCondition, EngineType, Transmission
from dealer_desktop.services.reading_lists.headers import plain


class Availability(StrEnum):
    AVAILABLE = "available"
    RESERVED = "reserved"
    SOLD = "sold"
    ELSEWHERE = "elsewhere"
    """On its way, in repair, at the auction: not for sale now."""


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split("|"))


_NEW = _set(
    "new|brand new|новый|новая|новое|новые|нов|новый автомобиль|новая машина|new car|new vehicle|n|neu|neuwagen|neuf"
    "|neuve|nuevo|nueva|nowy|nowa|fabrycznie nowy|factory new|без пробега"
)
_USED = _set(
    "used|used car|used vehicle|pre owned|preowned|certified pre owned|certified|cpo|second hand|secondhand|u|б у|бу"
    "|с п"
    "|с пробегом|автомобиль с пробегом|а м с пробегом|подержанный|подержанная|подержанное|подержан"
    "|бывший в употреблении"
    "|бывшая в употреблении|gebraucht|gebrauchtwagen|gebrauchtfahrzeug|occasion|d occasion|usado|usada|ocasion"
    "|seminuevo"
    "|segunda mano|uzywany|uzywana|used cars|pre owned vehicle"
)
_QUALITY = _set(
    "like new|excellent|very good|good|fair|poor|salvage|mint|rough|отличное|хорошее|среднее|плохое|идеальное|как новый"
    "|как новая|как новое|битый|целый|на ходу|sehr gut|gut|gepflegt|bon|bon etat|tres bon|excelente|bueno|dobry"
)
_OTHER_FUELS = re.compile(
    r"\b(lpg|cng|lng|gpl|gnv|glp|gnc|autogas|erdgas|flex\w*|e ?85|ethanol|bioethanol|метан\w*|пропан\w*|газ|газов\w*"
    r"|гбо"
    r"|газобензин\w*|битоплив\w*|bi ?fuel|dual fuel|hydrogen|водород\w*|wasserstoff|fcev|natural|gaz|propane|methane"
    r"|gasol)\b"
)
_HYBRID = re.compile(
    r"\b(hybrid\w*|phev|hev|mhev|plug ?in|гибрид\w*|hybride|hybryda\w*|hibrid\w*|erev|range extender)\b"
)
_ELECTRIC = re.compile(
    r"\b(electric\w*|ev|bev|электр\w*|elektr\w*|electrique|electri[ck]\w*|battery|batterie|elettric\w*)\b"
)
_DIESEL = re.compile(r"\b(diesel\w*|дизел\w*|дт|tdi|dci|cdi|hdi|crdi|tdci|cdti|jtd|gazole|gasoil|gasoleo|diesl)\b")
_GASOLINE = re.compile(
    r"\b(gasoline|petrol|gas|benzin\w*|benzyn\w*|essence|gasolina|бензин\w*|бенз|аи ?\d\d|unleaded|sp ?9[58]"
    r"|super benzin)\b"
)
_CVT = re.compile(
    r"\b(cvt|e ?cvt|ecvt|вариатор\w*|бесступенчат\w*|variator|stufenlos\w*|x ?tronic|xtronic|lineartronic|ivt)\b"
)
_AUTOMATED = re.compile(r"\b(automated manual|automatisiert\w*|semi ?automati\w*|robot\w*|робот\w*|ркпп|ркп|рк|amt"
    r"|амт|dsg|dct"
                        r"|pdk|edc|s tronic|stronic|powershift|easytronic|dual clutch|преселектив\w*)\b")  # fmt: skip
_AUTOMATIC = re.compile(
    r"\b(automati\w*|automat|automatyczn\w*|автомат\w*|auto|a ?t|at|акпп|акп|ак|авт|ат|tip ?tronic|step ?tronic"
    r"|типтроник"
    r"|g tronic|hydramatic|shiftronic|geartronic|гидроавтомат\w*|гидромеханич\w*)\b"
)
_MANUAL = re.compile(
    r"\b(manual\w*|stick|m ?t|mt|мкпп|мкп|мех|механ\w*|мт|ручная|ручн|schaltgetriebe|schaltung|handschaltung|manuell\w*"
    r"|manuel\w*|mecanique|mecanica|reczna|manualna)\b"
)
_SPEEDS = re.compile(
    r"\b\d{1,2} ?(?:speed|spd|sp|gang|ступ\w*|ст|gear|gears|vit\w*|biegow\w*)\b|(?<![a-zа-я])\d{1,2}(?=[a-zа-я]|\b)"
)
_STATUS = {
    Availability.SOLD: re.compile(
        r"\b(sold|продан\w*|реализован\w*|delivered|выдан\w*|verkauft|vendu\w*|vendid[oa]|sprzedan\w*|closed"
        r"|закрыт\w*)\b"
    ),
    Availability.RESERVED: re.compile(
        r"\b(reserved|reserve|on hold|hold|held|pending|deposit|под задатком|задаток|резерв\w*|в резерве"
        r"|заброниров\w*|бронь"
        r"|брон\w*|reserviert|reserve|reservado|reservada|zarezerwowan\w*|rezerwacja|option|предоплата)\b"
    ),
    Availability.ELSEWHERE: re.compile(
        r"\b(transit|в пути|в дороге|под заказ|on order|ordered|ожида\w*|едет|wholesale|auction|inactive|removed"
        r"|deleted"
        r"|не в наличии|нет в наличии|unavailable|not available|out of stock|снят\w*|ремонт\w*|repair|recon"
        r"|reconditioning|inbound"
        r"|in production|в производстве|archiv\w*|архив\w*|unterwegs|bestellt|no longer|списан\w*|incoming|hidden"
        r"|draft)\b"
    ),
    Availability.AVAILABLE: re.compile(
        r"\b(available|in stock|instock|for sale|on sale|active|live|ready|frontline|front line|retail|в наличии"
        r"|в продаже"
        r"|на складе|доступ\w*|актив\w*|свобод\w*|готов\w*|есть|verfugbar|verfügbar|auf lager|vorratig|disponible\w*"
        r"|dispo"
        r"|en stock|dostepn\w*|on lot|published|на площадке)\b"
    ),
}
_YES = _set("yes|y|да|true|истина|1|1 0|x|х|v|ja|oui|si|tak|sold|продан|продано|reserved|в резерве|+|✓|✔")
_CYRILLIC = str.maketrans("ABCEHKMOPTXaceopxyk", "АВСЕНКМОРТХасеорхук")


@lru_cache(maxsize=8192)
def folded(text: str) -> str:
    """Plain words, with Cyrillic letters in words that mix two scripts: ``6MКПП`` with a Latin M is ``6мкпп``."""
    mended = [
        word.translate(_CYRILLIC) if re.search("[А-Яа-яЁё]", word) and re.search("[A-Za-z]", word) else word
        for word in re.split(r"(\s+)", cleaning.clean(text[:200]))
    ]
    return plain("".join(mended))


def condition(text: str) -> CarCondition | None:
    """Only words that say so whole: ``like new`` is not new, ``excellent`` is neither."""
    words = folded(text)
    if words in _NEW:
        return CarCondition.NEW
    return CarCondition.USED if words in _USED else None


def is_quality(text: str) -> bool:
    """Whether a condition says how good a car is: in such a column ``new`` is a mark, too."""
    return folded(text) in _QUALITY


def engine(text: str) -> EngineType | None:
    """None for gas and for two fuels, which the customer's model has no word for."""
    words = folded(text)
    if _HYBRID.search(words):
        return EngineType.HYBRID
    if _OTHER_FUELS.search(words):
        return None
    electric, diesel, gasoline = (bool(kind.search(words)) for kind in (_ELECTRIC, _DIESEL, _GASOLINE))
    if electric:
        return EngineType.HYBRID if diesel or gasoline else EngineType.ELECTRIC
    if diesel == gasoline:
        return None
    return EngineType.DIESEL if diesel else EngineType.GASOLINE


def transmission(text: str) -> Transmission | None:
    words = folded(text)
    # A robotised gearbox is driven like an automatic one; the customer's model has no third word.
    if words in ("a", "а"):
        return Transmission.AUTOMATIC
    if words in ("m", "м"):
        return Transmission.MANUAL
    words = " ".join(_SPEEDS.sub(" ", words).split())
    if _CVT.search(words):
        return None if _MANUAL.search(words) else Transmission.CVT
    if _AUTOMATED.search(words):
        return Transmission.AUTOMATIC
    automatic, manual = bool(_AUTOMATIC.search(words)), bool(_MANUAL.search(words))
    if automatic == manual:
        return None
    return Transmission.AUTOMATIC if automatic else Transmission.MANUAL


def availability(text: str) -> Availability | None:
    """What a status says of the car; None where nobody knows."""
    words = folded(text)
    # "not available" and "sale pending" say less than they seem to.
    for kind in (Availability.ELSEWHERE, Availability.SOLD, Availability.RESERVED, Availability.AVAILABLE):
        if _STATUS[kind].search(words):
            return kind
    return None


def is_yes(text: str) -> bool:
    return text.strip().casefold() in _YES or plain(text) in _YES
