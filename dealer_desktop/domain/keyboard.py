"""The same keys of a Russian and of an English keyboard: what was typed, had the other layout been on."""

RUSSIAN_KEYS = "йцукенгшщзхъфывапролджэячсмитьбюё"
ENGLISH_KEYS = "qwertyuiop[]asdfghjkl;'zxcvbnm,.`"
TO_RUSSIAN = str.maketrans(ENGLISH_KEYS + '{}:"<>~', RUSSIAN_KEYS + "хъжэбюё")
"""In lower case."""
TO_ENGLISH = str.maketrans(RUSSIAN_KEYS, ENGLISH_KEYS)
