"""When something happened, as people say it: one of the form's own answers, from words of six languages.

What goes on every night or every weekend is no time: it is asked. A clock time alone says nothing
of the day, but belongs to the words of a day next to it.
"""

from __future__ import annotations

import re
from functools import lru_cache

from store.domain.understanding.text import folded, folded_pattern
from store.domain.understood import Found

_CLOCK = (
    r"(?:\s+(?:about|around|at|okolo|kolem|o|v|la|pe la|близько|о))?\s+\d{1,2}(?:[:.]\d\d)?\s?(?:am|pm|ish)?"
)
_SAID: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "last_night",
        (
            r"last nite?(?:ght)?|last night|wczoraj (?:w nocy|wieczorem|pozno)|ubieglej nocy|zeszlej nocy",
            r"aseara|noaptea trecuta|azi noapte|ieri seara|vcera (?:v noci|vecer)|minulu noc|minulou noc",
            r"dnes v noci|учора (?:вночі|ввечері|увечері)|вчора (?:вночі|ввечері|увечері)|минулої ночі",
        ),
    ),
    (
        "now",
        (
            r"right now|just now|rn|at the moment|atm|as we speak|happening now|teraz|w tej chwili",
            r"wlasnie teraz|acum|chiar acum|in momentul asta|ted|prave ted|zrovna|prave teraz|зараз",
            r"прямо зараз|щойно|тільки що",
        ),
    ),
    (
        "today",
        (
            r"today|2day|this (?:morning|mornin|afternoon|evening)|tonight|2nite|earlier on|dzisiaj|dzis",
            r"dzis rano|azi|astazi|azi dimineata|dnes(?:ka)?(?: rano| vecer| odpoledne)?",
            r"сьогодні(?: вранці| ввечері)?|цього ранку|an hour ago",
            r"(?:\d+|two|three|few|couple of) hours ago",
        ),
    ),
    (
        "this_week",
        (
            r"yesterday|yday",
            (
                r"(?:last |on )?(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday)"
                r"(?: night| evening| morning)?"
            ),
            r"(?:on )?(?:mon|tues?|weds?|thurs?|fri|sat)(?= |$)|this week|(?:at|over) the weekend",
            r"last weekend|(?:two|three|2|3|4|few|couple of) days ago|the other (?:day|night)|wczoraj",
            r"przedwczoraj|w tym tygodniu|w (?:poniedzialek|wtorek|srode|czwartek|piatek|sobote|niedziele)",
            r"ieri|alaltaieri|saptamana asta|vcera(?:j)?|predevcirem|predvcerom|tento tyden|tento tyzden",
            r"v (?:pondeli|pondelok|utery|utorok|stredu|ctvrtek|stvrtok|patek|piatok|sobotu|nedeli|nedelu)",
            r"учора|вчора|позавчора|цього тижня",
            r"у (?:понеділок|вівторок|середу|четвер|пятницю|суботу|неділю)",
            r"в (?:понеділок|вівторок|середу|четвер|пятницю|суботу|неділю)",
        ),
    ),
    (
        "longer_ago",
        (
            r"last (?:week|month|year|summer|winter)",
            r"(?:\d+|two|three|few|couple of|several) (?:weeks|months|years) ago|a (?:week|month|year) ago",
            r"w zeszlym (?:tygodniu|miesiacu|roku)|(?:tydzien|miesiac|rok) temu|saptamana trecuta",
            r"luna trecuta|anul trecut|acum (?:o saptamana|o luna|un an)|minuly (?:tyden|tyzden|mesiac)",
            r"minuly mesic|pred (?:tydnem|tyzdnom|mesicem|mesiacom|rokem|rokom)",
            r"минулого (?:тижня|місяця|року)|(?:тиждень|місяць|рік) тому",
        ),
    ),
)
_SHAPES = tuple((code, folded_pattern(said, f"(?:{_CLOCK}(?![^\\W_]))?")) for code, said in _SAID)
_REGULAR = re.compile(
    r"(?<![^\W_])(?:every|evry|each|kazd\w+|co|fiecare|each|all|кожн\w+|щ\w+|most|usually|always|until|till|do|pana)\s+$"
)


def find_time(text: str) -> Found | None:
    """Return the words that say when, as written, and the form's answer they mean; None without any."""
    seen, places = _folded_with_places(text)
    for code, shape in _SHAPES:
        for match in shape.finditer(seen):
            if not _REGULAR.search(seen[: match.start()]):
                start, end = places[match.start()], places[match.end() - 1] + 1
                return Found(text[start:end], code)
    return None


@lru_cache(maxsize=512)
def _folded_character(character: str) -> str:
    return folded(character)


def _folded_with_places(text: str) -> tuple[str, list[int]]:
    """Return the folded text, with the place in the original of each of its characters."""
    said: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        for one in _folded_character(character):
            said.append(one)
            places.append(place)
    return "".join(said), places
