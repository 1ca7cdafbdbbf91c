"""The gettext catalogues: one per language, read when first used.

Message ids are keys (`report.what`); English is a catalogue like the others.
"""

from __future__ import annotations

import gettext
from functools import cache
from io import BytesIO
from pathlib import Path

from store.domain.reference import LANGUAGES, Text, words

FOLDER = Path(__file__).parent


@cache
def catalogue(language: str) -> gettext.GNUTranslations:
    """Return the catalogue of a language we speak; `FileNotFoundError` for others."""
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    compiled = BytesIO()
    with (FOLDER / f"{language}.po").open("rb") as file:
        write_mo(compiled, read_po(file))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


def known(language: str) -> str:
    """Return the language if we speak it, else English."""
    return language if language in LANGUAGES else "en"


def say(language: str, key: str, /, **values: object) -> str:
    """Return the sentence for `key`, filled with `values`; `KeyError` for an unknown key."""
    sentence = catalogue(known(language)).gettext(key)
    if sentence == key:
        raise KeyError(key)
    return sentence.format(**values) if values else sentence


def say_many(language: str, key: str, count: int, /, **values: object) -> str:
    """Return the sentence for `key` with the plural that `count` takes; `count` fills it too."""
    sentence = catalogue(known(language)).ngettext(key, key, count)
    if sentence == key:
        raise KeyError(key)
    return sentence.format(count=count, **values)


def translated(language: str, label: str | Text, /, **values: object) -> str:
    """Return a label that is either a wording key or words with their languages inside."""
    return say(language, label, **values) if isinstance(label, str) else words(label, language)


def load_all() -> None:
    """Read every catalogue now, so that nobody waits for it later."""
    for language in LANGUAGES:
        catalogue(language)
