"""What people type where yes or no is asked: "yes he is", "yeah", "tak jest", "not sure", in six languages.

A doubt counts as yes: it is asked where danger is meant.
"""

from __future__ import annotations

import re

from store.domain.understanding.danger import signs_of
from store.domain.understanding.text import folded

MOST_WORDS_OF_NO = 4
"""A longer "no ..." says more than no."""
_YES = frozenset(folded("yes yeah yep yup yea aye ye yh definitely tak da ano hej jo áno так ага да").split())
_NO = frozenset(folded("no nope nah nie nu ne ні нет").split())
_DOUBT = tuple(
    folded(said)
    for said in (
        *(
            "not sure",
            "unsure",
            "maybe",
            "perhaps",
            "idk",
            "dont know",
            "i dont know",
            "i think so",
            "possibly",
        ),
        *("nie wiem", "chyba", "moze", "nu stiu", "poate", "cred ca da", "nevim", "mozna", "asi"),
        *("neviem", "mozno", "не знаю", "може", "мабуть", "напевно"),
    )
)
_WORDS = re.compile(r"[^\W\d_]+")


def yes_or_no(text: str) -> bool | None:
    """Return True for yes or a doubt, False for no, None for anything else."""
    words = _WORDS.findall(folded(text))
    if not words:
        return None
    said = " ".join(words) + " "
    if words[0] in _YES or any(said.startswith(f"{doubt} ") for doubt in _DOUBT):
        return True
    if words[0] in _NO and len(words) <= MOST_WORDS_OF_NO and not signs_of(text):
        return False
    return None
