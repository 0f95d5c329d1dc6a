"""What a scanner typed, as the code that is printed: a JSON Web Token in one line."""

import re

from dealer_desktop.domain import keyboard

_RUSSIAN = str.maketrans(
    keyboard.RUSSIAN_KEYS + keyboard.RUSSIAN_KEYS.upper(), keyboard.ENGLISH_KEYS + keyboard.ENGLISH_KEYS.upper()
)
_TOKEN = re.compile(r"eyJ[\w-]*(?:\.[\w-]*)*", re.ASCII)


def clean_code(text: str) -> str:
    """What a scanner typed under whatever layout, or somebody pasted with line breaks, as the code that was meant."""
    packed = "".join(character for character in text if character.isprintable() and not character.isspace())
    for reading in (packed, packed.translate(_RUSSIAN)):
        for candidate in (reading, reading.swapcase()):  # with Caps Lock on
            found = _TOKEN.search(candidate)
            if found:
                return found[0]
    return packed
