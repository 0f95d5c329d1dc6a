"""Errors carry facts, say themselves in both languages, and travel between processes."""

import copy
import pickle
from typing import Any

import pytest

from dealer_desktop.core import errors, i18n
from dealer_desktop.core.errors import DealerError, InvalidInput

MADE_OF_FACTS = (InvalidInput, errors.BundledDatabaseFailed, errors.UnexpectedRule, errors.ColumnsDoNotFit)
"""Their sentences come with them, in words already."""


def kinds() -> list[type[DealerError]]:
    found = [DealerError]
    for kind in found:
        found += [each for each in kind.__subclasses__() if each.__module__ == errors.__name__ and each not in found]
    return found


class Facts(dict[str, Any]):
    """Every fact that a sentence may ask for."""

    def __missing__(self, name: str) -> str:
        return f"<{name}>"


def made(kind: type[DealerError]) -> DealerError:
    if kind is InvalidInput:
        return InvalidInput({"price": "Type a price.", "vin": "Type a VIN."})
    made = kind(order_id=5, by="Иван {x} %s <b>", status="reserved")
    # A fact that the sentence names and this test does not give is a name of its own.
    object.__setattr__(made, "facts", Facts(made.facts))
    return made


@pytest.mark.parametrize("kind", kinds())
@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_every_kind_says_itself_in_one_sentence(kind: type[DealerError], language: str) -> None:
    i18n.set_language(language)
    words = str(made(kind))
    assert words
    assert "{" not in words.replace("{x}", "")
    if language == "ru" and kind not in MADE_OF_FACTS:
        assert any("а" <= letter <= "я" for letter in words), words


@pytest.mark.parametrize("kind", kinds())
def test_every_kind_survives_pickling_and_copying(kind: type[DealerError]) -> None:
    original = InvalidInput({"price": "x"}) if kind is InvalidInput else kind(order_id=5, by="Ivan", reason="r")
    for twin in (pickle.loads(pickle.dumps(original)), copy.copy(original), copy.deepcopy(original)):
        assert type(twin) is kind
        assert twin.facts == original.facts


def test_facts_are_attributes_and_what_is_no_fact_is_an_attribute_error() -> None:
    error = errors.VinTaken(vin="XTA")
    assert error.vin == "XTA"
    with pytest.raises(AttributeError):
        _ = error.price
    assert not hasattr(errors.VinTaken.__new__(errors.VinTaken), "vin")


def test_invalid_input_tells_each_field_once() -> None:
    error = InvalidInput({"price": "Type a number.", "mileage": "Type a number.", "vin": "Type a VIN."})
    assert str(error) == "Type a number. Type a VIN."
    assert error.fields == {"price": "Type a number.", "mileage": "Type a number.", "vin": "Type a VIN."}
