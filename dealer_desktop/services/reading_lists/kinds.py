"""What a single value can be, whatever stands above its column."""

from itertools import pairwise

from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.domain import vin as vins
from dealer_desktop.services.reading_lists import headers, makes, words


def is_vin(text: str) -> bool:
    number = vins.normalise(text)
    return len(number) == 17 and vins.is_valid(number) and any(map(str.isdigit, number))


def is_year(text: str) -> bool:
    digits = text.removesuffix(".0")
    return len(digits) == 4 and digits.isdigit() and 1950 <= int(digits) <= 2049


def is_condition(text: str) -> bool:
    return words.condition(text) is not None


def is_condition_word(text: str) -> bool:
    return len(text) > 1 and words.condition(text) is not None


def is_engine(text: str) -> bool:
    return words.engine(text) is not None


def is_amount(text: str) -> bool:
    return text.replace(".", "", 1).replace(",", "").replace(" ", "").isdigit()


def has_cents(text: str) -> bool:
    return len(text.replace(",", ".").rpartition(".")[2]) < 3 and "." in text.replace(",", ".")


def is_make_and_model(text: str) -> bool:
    return makes.split(text) is not None


def rises(texts: list[str]) -> bool:
    """Whether whole numbers only rise from row to row, by little."""
    numbers = [int(text) for text in texts if text.isdigit()]
    steps = [later - earlier for earlier, later in pairwise(numbers)]
    return len(numbers) == len(texts) > 2 and all(0 < step <= 10 for step in steps)


_COLORS = headers.name_set(
    "black|white|red|blue|gray|grey|silver|green|brown|gold|yellow|orange|beige|purple|maroon|tan|bronze|burgundy|charcoal"
    "|черный|белый|красный|синий|серый|серебристый|зеленый|коричневый|золотистый|желтый|оранжевый|бежевый|голубой"
    "|вишневый|фиолетовый|schwarz|weiss|rot|blau|grau|silber|grun|braun|noir|blanc|rouge|bleu|gris|argent|vert|negro"
    "|blanco|rojo|azul|plata|czarny|bialy|czerwony|niebieski|szary|srebrny|zielony"
)


def is_color(text: str) -> bool:
    return any(word in _COLORS for word in headers.plain(text).split())


_YES = headers.name_set("yes|y|true|1|да|истина")
_NO = headers.name_set("no|n|false|0|нет|ложь")


def is_yes_or_no(text: str) -> bool:
    return text.strip().casefold() in _YES | _NO


def new_or_used(text: str) -> str:
    """What a yes or no to "is it new" says, in a word that a column of conditions has."""
    said = text.strip().casefold()
    return "new" if said in _YES else "used" if said in _NO else text


def make_of(text: str) -> str:
    return parted(text)[0]


def model_of(text: str) -> str:
    return parted(text)[1]


def parted(text: str) -> tuple[str, str]:
    if not text.strip():
        return "", ""
    found = makes.split(text)
    if found is None:
        raise ValueError(_("No make that is known begins this text, so make and model cannot be told apart."))
    return found
