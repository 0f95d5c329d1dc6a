"""Phone numbers: stored in E.164, shown as the country writes them (libphonenumber's metadata)."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from phonenumbers import PhoneNumber

# phonenumbers is imported where the first number is read: the window is on the screen long before.

_MOST_BEFORE = 6
"""Digits before a national number: an international prefix and a country's code."""


def normalise(text: str, region: str = "RU") -> str | None:
    """``text`` in E.164 (``+79123456789``), or None where it is no valid number of ``region`` or of its own country."""
    import phonenumbers

    try:
        parsed = phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(parsed) or _has_more(text, parsed):
        return None
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)


def has_more(text: str, region: str = "RU") -> bool:
    """Whether ``text`` is a valid number with an extension or a second number behind it, which have no place here."""
    import phonenumbers

    try:
        parsed = phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException:
        return False
    return phonenumbers.is_valid_number(parsed) and _has_more(text, parsed)


def _has_more(text: str, parsed: "PhoneNumber") -> bool:
    # Before the national number stand at most the country's code with what is dialled for abroad: 8 10 7.
    digits = sum(character.isdecimal() for character in text)
    return bool(parsed.extension) or digits - len(str(parsed.national_number)) > _MOST_BEFORE


def missing_digits(text: str, region: str = "RU") -> int:
    """How many digits ``text`` lacks to be as long as a number of ``region``; 0 where length is not what is wrong."""
    import phonenumbers

    digits = "".join(character for character in text if character.isdecimal())
    example = phonenumbers.example_number_for_type(region, phonenumbers.PhoneNumberType.MOBILE)
    if example is None or not digits:
        return 0
    wanted = len(str(example.national_number))
    prefixes = [str(example.country_code)] if text.strip().startswith("+") else [_trunk_prefix(region)]
    if region == "RU":
        prefixes.append("7")  # typed without its plus
    for prefix in prefixes:
        if prefix and digits.startswith(prefix):
            wanted += len(prefix)
            break
    return max(0, wanted - len(digits))


def _trunk_prefix(region: str) -> str:
    """What is dialled before a number within the country: 8 in Russia."""
    import phonenumbers

    return str(phonenumbers.ndd_prefix_for_region(region, strip_non_digits=True) or "")


def example(region: str = "RU") -> str:
    """A number of ``region`` as an example for a form, in international form."""
    import phonenumbers

    if region == "RU":
        return "+7 912 345-67-89"
    sample = phonenumbers.example_number_for_type(region, phonenumbers.PhoneNumberType.MOBILE)
    return (
        phonenumbers.format_number(sample, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
        if sample
        else "+1 201 555 0123"
    )


def display(stored: str) -> str:
    """``+79123456789`` as ``+7 912 345-67-89``; anything that is no number as it is."""
    import phonenumbers

    try:
        parsed = phonenumbers.parse(stored, None)
    except phonenumbers.NumberParseException:
        return stored
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
