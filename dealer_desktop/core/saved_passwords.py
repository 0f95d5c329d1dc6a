"""A person's password in the system's own keyring, where they asked for it; nowhere else on this PC.

A PC without a keyring (a Linux without a secret service) keeps none: ``can_keep()`` is False there. Every call may take
a moment, since the keyring can ask the person to unlock it: never on the GUI thread.
"""

import logging
from types import ModuleType

_log = logging.getLogger(__name__)
_SERVICE = "Dealer Desktop"


def can_keep() -> bool:
    """Whether this PC has a keyring that is more than a file."""
    return _keyring() is not None


def read(place: str, login: str) -> str:
    """The kept password of ``login`` at ``place`` (``server:5432/dealer``); empty where none is kept."""
    keyring = _keyring()
    if keyring is None:
        return ""
    try:
        return keyring.get_password(f"{_SERVICE} {place}", login) or ""
    except Exception as error:
        _log.warning("the keyring gave no password: %s", type(error).__name__)
        return ""


def keep(place: str, login: str, password: str) -> bool:
    """Keep it; False where the keyring does not take it (locked, refused, none there)."""
    keyring = _keyring()
    if keyring is None:
        return False
    try:
        keyring.set_password(f"{_SERVICE} {place}", login, password)
    except Exception as error:
        _log.warning("the keyring did not take a password: %s", type(error).__name__)
        return False
    return True


def forget(place: str, login: str) -> None:
    """Keep it no longer; nothing happens where none is kept."""
    keyring = _keyring()
    if keyring is None:
        return
    try:
        if keyring.get_password(f"{_SERVICE} {place}", login) is not None:
            keyring.delete_password(f"{_SERVICE} {place}", login)
    except Exception as error:
        _log.warning("the keyring did not forget a password: %s", type(error).__name__)


def _keyring() -> ModuleType | None:
    # Imported at first need: finding the system's keyring takes a third of a second.
    try:
        import keyring
        from keyring.backends import fail, null

        chosen = keyring.get_keyring()
    except Exception as error:
        _log.warning("no keyring on this PC: %s", type(error).__name__)
        return None
    # A plain text file is no keyring, however it calls itself.
    is_none = isinstance(chosen, fail.Keyring | null.Keyring) or "plaintext" in type(chosen).__name__.lower()
    return None if is_none else keyring
