"""Words beside a number, in a cell or in a column's name: thousands and millions, currencies, miles and kilometres."""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

KM_PER_MILE = Decimal("1.609344")
"""The international mile."""


def _each(names: str) -> list[str]:
    return names.split()


_SCALES: dict[str, int] = {
    **dict.fromkeys(
        _each("тыс тысяч тысяча тысячи тыщ тр т k к thousand thousands ths tsd tys mille mil tausend"),
        1_000,
    ),
    **dict.fromkeys(
        _each("млн миллион миллиона миллионов мио mln mio million millions m м mn лям ляма"),
        1_000_000,
    ),
    **dict.fromkeys(_each("lakh lakhs lac lacs"), 100_000),
    **dict.fromkeys(_each("crore crores cr"), 10_000_000),
}
_CURRENCIES: dict[str, str] = {
    **dict.fromkeys(_each("руб р рублей рубля рубль rub rur rubles roubles rouble ruble ₽"), "RUB"),
    **dict.fromkeys(_each("$ usd us$ dollar dollars долл доллар доллара долларов бакс баксов"), "USD"),
    **dict.fromkeys(_each("€ eur euro euros евро"), "EUR"),
    **dict.fromkeys(_each("£ gbp pounds"), "GBP"),
    **dict.fromkeys(_each("₸ kzt тенге тг tenge"), "KZT"),
    **dict.fromkeys(_each("byn byr"), "BYN"),
    **dict.fromkeys(_each("₴ uah грн гривен"), "UAH"),
    **dict.fromkeys(_each("zł zl pln zlotych złotych"), "PLN"),
    **dict.fromkeys(_each("₹ inr rs rupees rupee"), "INR"),
    **dict.fromkeys(_each("cny rmb юань юаней yuan"), "CNY"),
    **dict.fromkeys(_each("jpy yen иен йен"), "JPY"),
    **dict.fromkeys(_each("chf sfr fr"), "CHF"),
    **dict.fromkeys(_each("kč czk"), "CZK"),
    **dict.fromkeys(_each("aed дирхам дирхамов dirham"), "AED"),
    **dict.fromkeys(_each("uzs сум"), "UZS"),
    **dict.fromkeys(_each("gel лари"), "GEL"),
    **dict.fromkeys(_each("amd драм драмов"), "AMD"),
    **dict.fromkeys(_each("₺ try tl"), "TRY"),
    **dict.fromkeys(_each("mxn"), "MXN"),
    **dict.fromkeys(_each("cad c$"), "CAD"),
    **dict.fromkeys(_each("aud a$"), "AUD"),
    **dict.fromkeys(_each("коп копеек копейки cents cent центов grosze grosz"), "?"),
    "¥": "?",
    "уе": "?",
}
"""``?``: some currency, but nobody knows which."""
_MILES = frozenset(_each("mi mls ml mile miles миль мили миля милях милей"))
_KILOMETRES = frozenset(_each("km kms км kilometer kilometers kilometre kilometres километров километры килом"))
_HARMLESS = frozenset(
    _each("ндс с incl including inkl vat mwst ttc brutto обо торг obo ono vb only fixed firm включая вкл в т ч тч фикс")
)
_WORDS = re.compile(r"us\$|[ca]\$|[^\W\d_]+|[₽$€£¥₸₴₹₺]", re.IGNORECASE)
_K = re.compile(r"[(,]\s*[kк]\b|\b[kк]\s?(?:km|км|mi|miles|rub|руб|usd|eur|[₽$€])")
"""``Price (k)``, ``k km``; ``Цена к оплате`` has another one."""
_ABBREVIATED = re.compile(r"(?i)\bт\s?\.\s?р\b\.?|\bу\s?\.\s?е\b\.?|\bт\s?\.\s?ч\b\.?")
_ALLOWED = re.compile(r"[\s.,:;=()\-–—\u00a0/]*")


@dataclass(frozen=True)
class Words:
    """What the words beside a number say."""

    scale: int = 1
    currency: str = ""
    distance: str = ""
    """``mi``, ``km`` or empty."""
    unknown: str = ""
    """A word or sign that nobody can say what it does to the number."""


@lru_cache(maxsize=4096)
def words_of(text: str) -> Words:
    """The words before and after a number, without the number."""
    small = _ABBREVIATED.sub(lambda found: re.sub(r"[\s.]", "", found[0]), text.casefold())
    scale, currency, distance = 1, "", ""
    scaled = False
    for word in _WORDS.findall(small):
        if word in _HARMLESS and not (word == "т" and not scaled):
            continue
        if word in ("тр",):
            scale, scaled, currency = 1_000, True, currency or "RUB"
        elif word in _SCALES and not scaled:
            scale, scaled = _SCALES[word], True
        elif word in _CURRENCIES and not (currency and currency != _CURRENCIES[word]):
            currency = _CURRENCIES[word]
        elif word in _MILES and not distance:
            distance = "mi"
        elif word in _KILOMETRES and not distance:
            distance = "km"
        else:
            return Words(unknown=word)
    rest = _WORDS.sub("", small)
    if not _ALLOWED.fullmatch(rest):
        # An old encoding has no rouble sign, and a question mark stands there.
        odd = _ALLOWED.sub("", rest)
        if odd != "?":
            return Words(unknown=odd[:10])
    return Words(scale, currency, distance)


@lru_cache(maxsize=4096)
def of_header(header: str) -> Words:
    """Unit, scale and currency that a column's name says; single letters say nothing there."""
    small = _ABBREVIATED.sub(lambda found: re.sub(r"[\s.]", "", found[0]), re.sub(r"(?<=[a-z])(?=[A-Z])", " ", header))
    small = small.casefold().replace("_", " ")
    scale, currency, distance = 1, "", ""
    for word in _WORDS.findall(small):
        if word == "тр":
            scale, currency = 1_000, currency or "RUB"
        elif word in _SCALES and (len(word) > 1 or _K.search(small)) and word not in ("mil", "mille"):
            scale = _SCALES[word]
        elif word in _CURRENCIES and word not in ("fr", "try"):
            currency = currency or _CURRENCIES[word]
        elif word in _MILES or word == "mls":
            distance = distance or "mi"
        elif word in _KILOMETRES:
            distance = distance or "km"
    if re.search(r"(?<![\d.,])[' ’]?000\b|\b1000\b|х\s?1000|x\s?1000", small):
        scale = 1_000
    return Words(scale, currency, distance)


def scale_words(text: str) -> list[str]:
    """The words of a title that multiply: ``тыс``, ``млн``."""
    return [word for word in _WORDS.findall(text.casefold()) if len(word) > 2 and word in _SCALES and word != "mil"]


def distance_in(header: str) -> str:
    """``mi`` or ``km`` where a column's name says so, else empty."""
    return of_header(header).distance


def without_units(name: str) -> str:
    """A plain name without the units, scales and currencies at its end or beginning."""
    words = name.split()
    known = (
        _SCALES.keys()
        | _CURRENCIES.keys()
        | _MILES
        | _KILOMETRES
        | {"number", "шт", "in", "в", "000", "1000", "т", "р"}
    )
    known -= {"с", "fr"}
    while len(words) > 1 and words[-1] in known:
        words.pop()
    while len(words) > 1 and words[0] in known - {"number", "km", "mil", "m", "k"}:
        words.pop(0)
    return " ".join(words)
