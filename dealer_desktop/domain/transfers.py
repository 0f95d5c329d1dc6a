"""What names a bank transfer: the payer's account, the day and the number of the payment order, in one text.

People write "№ 17 от 24.11.2026", "п/п 17 от 24 ноября 2026, счёт 40702810900000012345", or paste a line of a bank
statement. The number alone repeats with every payer and every year; with the day and the account it is one transfer.
"""

import re
from dataclasses import dataclass
from datetime import date

from dealer_desktop.domain import days

_ACCOUNT = re.compile(
    r"(?<!\d)(?:\d[\s\u00a0]?){19}\d(?!\d)"
    r"|\b[A-Z]{2}\d{2}(?:\s?[A-Z0-9]{4}){2,7}(?:\s?[A-Z0-9]{1,3})?\b"
)
"""Of twenty digits, as in Russia, or an IBAN (ISO 13616)."""
_DAY = re.compile(
    r"(?<![\d.])(?:\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[./]\d{1,2}(?:[./](?:\d{4}|\d{2}))?|\d{1,2}\s+[^\W\d_]{3,}(?:\s+\d{4})?)"
    r"(?![\d])"
)
_NUMBER = re.compile(r"[0-9A-Za-zА-Яа-яЁё][0-9A-Za-zА-Яа-яЁё/-]*")
_WORDS = {
    *("n", "no", "nr", "of", "from", "dated", "number", "payment", "order", "transfer", "account", "acc", "iban"),
    *("от", "номер", "п/п", "пп", "пл", "пор", "платёжное", "платежное", "поручение", "платёжка", "платежка"),
    *("счёт", "счет", "сч", "р/с", "рс", "г", "год", "года"),
}
"""What stands beside the number and is none."""


@dataclass(frozen=True, slots=True)
class Transfer:
    number: str
    day: date
    account: str | None = None
    """The payer's, without spaces."""

    def __str__(self) -> str:
        return " ".join(filter(None, (self.account, f"{self.day:%d.%m.%Y}", f"№ {self.number}")))


def read(text: str, today: date | None = None) -> Transfer | None:
    """The transfer that ``text`` names, in any order of its parts; None where number or day is missing or unclear."""
    account = _ACCOUNT.search(text)
    rest = text[: account.start()] + " , " + text[account.end() :] if account else text
    found = [(match, day) for match in _DAY.finditer(rest) if (day := days.read(match[0], today)) is not None]
    if len(found) != 1:
        return None
    match, day = found[0]
    rest = rest[: match.start()] + " , " + rest[match.end() :]
    numbers = [word for word in _NUMBER.findall(rest) if word.lower().rstrip(".") not in _WORDS]
    if len(numbers) != 1 or not any(letter.isdigit() for letter in numbers[0]):
        return None
    return Transfer(numbers[0], day, re.sub(r"\s", "", account[0]) if account else None)


def tidy(text: str) -> str:
    """As it is kept, however it was typed; a text that names no transfer stays as it is."""
    found = read(text)
    return text if found is None else str(found)
