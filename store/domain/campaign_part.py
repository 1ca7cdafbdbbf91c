"""The parts of a campaign that is there, each a small form in chat: asked and kept alone, in English."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any

from store.domain import spread
from store.domain.campaign import (
    LINK_MAX_CHARACTERS,
    MOST_DAYS,
    TEXT_MAX_CHARACTERS,
    CampaignFacts,
    filled,
)
from store.domain.campaign_button import CampaignButton
from store.domain.campaign_form import (
    ASK_TITLE,
    ASK_TOPIC,
    ENGLISH,
    PLACEHOLDERS,
    TEXT,
    TITLE,
    TOPIC,
    ask_again,
)
from store.domain.errors import Refusal
from store.domain.language import LANGUAGE_NAMES
from store.domain.questions import TICKED, Form, Kind, Option, Question
from store.domain.recurrence_form import number
from store.domain.reference import LANGUAGES, District, Profile
from store.domain.subscription import Topic
from store.domain.subscription_form import EVERYWHERE, WARDS, places_for_staff
from store.domain.time_ahead import time_ahead

PART = "part"
"""The answer that is none: which part is asked."""
WHERE, READS, LINK, WHEN = "where", "reads", "link", "when"
SPREAD, GOOD_FOR, PUBLIC = "spread", "good_for", "public"
BUTTONS, GROUP, PROBLEM = "buttons", "group", "problem"
_NOW = "now"
"""The answer that is none: what the part says now, in words; empty where it says nothing."""
_HAD = "had"
"""The answer that is none: the kind of problem at which its button opened the form before."""
AT_ONCE, NONE, ALL, ANY, SAME, YES, NO = "at_once", "none", "all", "any", "same", "yes", "no"
_AMOUNT = re.compile(r"(\d+) ?(?:h|hours?|days?)?", re.IGNORECASE)
_HOW_MANY: Mapping[str, tuple[int, int]] = MappingProxyType(
    {SPREAD: (0, spread.MOST_HOURS), GOOD_FOR: (1, MOST_DAYS)}
)
LABELS: Mapping[str, str] = MappingProxyType(
    {
        **{TEXT + code: LANGUAGE_NAMES[code] for code in LANGUAGES},
        BUTTONS: "Buttons",
        WHERE: "Areas",
        WHEN: "When",
        SPREAD: "Spread over hours",
        LINK: "Link",
        TITLE: "Name",
        TOPIC: "Topic",
        READS: "Languages read",
        GOOD_FOR: "Good for",
        PUBLIC: "Public page",
    }
)
"""What each part is called on its button."""
BUTTON_LABELS: Mapping[CampaignButton, str] = MappingProxyType(
    {
        CampaignButton.REPORT: "Report this",
        CampaignButton.MEETINGS: "Find a meeting",
        CampaignButton.MORE: "More like this",
        CampaignButton.LESS: "Less like this",
    }
)
_ASK_PUBLIC = Question(
    PUBLIC,
    Kind.CHOICE,
    {"en": "May everybody read it on the public page once it goes out?"},
    (Option(YES, {"en": "Yes, put it there"}), Option(NO, {"en": "No, keep it off"})),
)
_ASK_READS = Question(
    READS,
    Kind.TICKS,
    {"en": "Only for people who read certain languages? Tap all that you want, then Done."},
    (
        Option(ALL, {"en": "Whatever they read"}, alone=True),
        *(Option(code, {"en": LANGUAGE_NAMES[code]}) for code in LANGUAGES),
    ),
)
_ASK_BUTTONS = Question(
    BUTTONS,
    Kind.TICKS,
    {"en": "Which buttons stand under it, in the reader's language? Tap all that you want, then Done."},
    (
        Option(NONE, {"en": "None"}, alone=True),
        *(Option(one.value, {"en": label}) for one, label in BUTTON_LABELS.items()),
    ),
)
_ASK_WHEN = Question(
    WHEN,
    Kind.CHOICE,
    {
        "en": "When shall it go out? Tap the button, or write a day and a time: “Friday 9am”, “5 December "
        "14:30”, “tomorrow at 10”. A day alone means nine in the morning."
    },
    (Option(AT_ONCE, {"en": "As soon as it is approved"}),),
    own_words=True,
)
_ASK_SPREAD = Question(
    SPREAD,
    Kind.WORDS,
    {
        "en": "Over how many hours of the day shall it be spread, so that whoever answers the calls is not "
        f"flooded? Write a number from 1 to {spread.MOST_HOURS}, or 0: all at once."
    },
)
_ASK_GOOD_FOR = Question(
    GOOD_FOR,
    Kind.WORDS,
    {
        "en": "For how many days is it good? What did not get through by then is not sent any more. Write a "
        f"number from 1 to {MOST_DAYS}."
    },
)


def _text(language: str) -> Callable[[Profile, Mapping[str, Any]], list[Question]]:
    name, code = LANGUAGE_NAMES[language], TEXT + language
    prompt = f"Write what it says, in {name}. {PLACEHOLDERS}"
    missing = Option(NONE, {"en": f"Take the {name} words off"})

    def asked(_profile: Profile, answers: Mapping[str, Any]) -> list[Question]:
        return [_words(code, prompt, answers, TEXT_MAX_CHARACTERS, missing)]

    return asked


def _words(code: str, prompt: str, answers: Mapping[str, Any], longest: int, off: Option) -> Question:
    """Return the question for words that can be taken off where there are some, the English ones never."""
    now = f"It says now:\n{answers[_NOW]}\n\n" if answers.get(_NOW) else ""
    asked = Question(code, Kind.WORDS, {"en": now + prompt}, longest=longest)
    if not now or code == ENGLISH:
        return asked
    return replace(asked, kind=Kind.CHOICE, options=(off,), own_words=True)


def _link(_profile: Profile, answers: Mapping[str, Any]) -> list[Question]:
    prompt = "Write the link under it, to read more. It begins with https://"
    return [_words(LINK, prompt, answers, LINK_MAX_CHARACTERS, Option(NONE, {"en": "No link"}))]


def _where(profile: Profile, answers: Mapping[str, Any]) -> list[Question]:
    ticked = answers.get(TICKED, {}).get(WHERE, ())
    on_offer = {area.code for area in profile.areas} | set(answers.get(WARDS, ())) | set(ticked)
    places = [Option(code, {"en": name}) for code, name in places_for_staff(profile, on_offer - {EVERYWHERE})]
    prompt = "For people from where? Tap all that you want, then Done. You can also write the name of a ward."
    options = (Option(EVERYWHERE, {"en": "Everywhere"}, alone=True), *places)
    return [Question(WHERE, Kind.TICKS, {"en": prompt}, options)]


def _buttons(profile: Profile, answers: Mapping[str, Any]) -> list[Question]:
    """Ask which buttons, and of the one that reports at which kind of problem the form opens."""
    if CampaignButton.REPORT.value not in answers.get(BUTTONS, ()):
        return [_ASK_BUTTONS]
    had = next((one for one in profile.categories if one.code == answers.get(_HAD)), None)
    same = [Option(SAME, {"en": f"As it is: {had.label['en']}"})] if had else []
    named = {one.code: one.label["en"] for one in profile.groups}
    kinds = dict.fromkeys(one.group for one in profile.categories)
    groups = [Option(code, {"en": named.get(code, code)}) for code in kinds]
    prompt = {"en": "At which kind of problem does “Report this” open the form?"}
    anything = Option(ANY, {"en": "Any problem: they choose"})
    asked = [_ASK_BUTTONS, Question(GROUP, Kind.CHOICE, prompt, (*same, anything, *groups))]
    if answers.get(GROUP, ANY) in {ANY, SAME}:
        return asked
    those = [one for one in profile.categories if one.group == answers[GROUP]]
    options = tuple(Option(one.code, {"en": one.label["en"]}) for one in those)
    return [*asked, Question(PROBLEM, Kind.CHOICE, prompt, options)]


def _only(question: Question) -> Callable[[Profile, Mapping[str, Any]], list[Question]]:
    return lambda _profile, _answers: [question]


_ASKED: Mapping[str, Callable[[Profile, Mapping[str, Any]], list[Question]]] = MappingProxyType(
    {
        **{TEXT + code: _text(code) for code in LANGUAGES},
        TITLE: _only(ASK_TITLE),
        TOPIC: _only(ASK_TOPIC),
        WHERE: _where,
        READS: _only(_ASK_READS),
        LINK: _link,
        WHEN: _only(_ASK_WHEN),
        SPREAD: _only(_ASK_SPREAD),
        GOOD_FOR: _only(_ASK_GOOD_FOR),
        BUTTONS: _buttons,
        PUBLIC: _only(_ASK_PUBLIC),
    }
)


def _questions(profile: Profile, answers: Mapping[str, Any]) -> list[Question]:
    return [*_ASKED[answers[PART]](profile, answers), *ask_again(answers)]


CAMPAIGN_PART = Form("campaign_part", _questions, {BUTTONS: (GROUP, PROBLEM), GROUP: (PROBLEM,)})
"""Set when it opens: what `opening` returns, and of which campaign and version."""


def opening(facts: CampaignFacts, part: str, profile: Profile) -> dict[str, Any]:
    """Return the answers with which to ask a part: what the campaign says is shown, and ticked.

    Refusal: `form.old_button` for what is no part.
    """
    if part not in _ASKED:
        raise Refusal("form.old_button")
    wards = {ward.code for ward in profile.wards}
    ticks = {
        WHERE: sorted(facts.places) or [EVERYWHERE],
        READS: [code for code in LANGUAGES if code in facts.languages] or [ALL],
        BUTTONS: [one.value for one in CampaignButton if one in facts.buttons] or [NONE],
    }
    now = facts.link or "" if part == LINK else facts.texts.get(part.removeprefix(TEXT), "")
    return {PART: part, TICKED: ticks, WARDS: sorted(facts.places & wards), _NOW: now, _HAD: facts.category}


def checked_answer(code: str, answer: Any, district: District, at: datetime) -> Any:
    """Return the answer as it is kept: words alone, a number, of a time the instant, as text.

    Refusals: `campaign.bad_placeholder`, `campaign.bad_link`, `campaign.time_unreadable`,
    `campaign.in_past`, `meeting.bad_number` (`least`, `most`).
    """
    said = answer["words"] if isinstance(answer, dict) else answer
    if code == WHEN and said != AT_ONCE:
        return _instant(said, at).isoformat()
    if code in _HOW_MANY:
        return _number(code, said)
    if code.startswith(TEXT) and said != NONE:
        filled(said, district)
    if code == LINK and said != NONE and not said.startswith("https://"):
        raise Refusal("campaign.bad_link")
    return said


def _number(code: str, said: str) -> int:
    found = _AMOUNT.fullmatch(said.strip(" ."))
    return number({code: found[1] if found else said}, code, *_HOW_MANY[code])


def _instant(said: str, at: datetime) -> datetime:
    found = time_ahead(said, at)
    if found is None:
        raise Refusal("campaign.time_unreadable")
    if found <= at:
        raise Refusal("campaign.in_past")
    return found


def changed(facts: CampaignFacts, answers: Mapping[str, Any]) -> CampaignFacts:
    """Return what a campaign says with the answers to one of its parts in place of what it said."""
    part = answers[PART]
    if part.startswith(TEXT):
        language = part.removeprefix(TEXT)
        others = {code: text for code, text in facts.texts.items() if code != language}
        return replace(facts, texts=others | _said(answers[part], {language: answers[part]}))
    if part == BUTTONS:
        return replace(facts, buttons=_ticked(answers[BUTTONS]), category=_category(answers))
    return replace(facts, **{_FIELDS[part][0]: _FIELDS[part][1](answers[part])})


def _said(answer: str, otherwise: dict[str, str]) -> dict[str, str]:
    return {} if answer == NONE else otherwise


def _ticked(answer: list[str]) -> frozenset[CampaignButton]:
    return frozenset(map(CampaignButton, set(answer) - {NONE}))


def _category(answers: Mapping[str, Any]) -> str | None:
    found: str | None = {SAME: answers[_HAD], None: None}.get(answers.get(GROUP), answers.get(PROBLEM))
    return found


_FIELDS: Mapping[str, tuple[str, Callable[[Any], Any]]] = MappingProxyType(
    {
        TITLE: ("title", str),
        TOPIC: ("topic", Topic),
        WHERE: ("places", lambda codes: frozenset(codes) - {EVERYWHERE}),
        READS: ("languages", lambda codes: frozenset(codes) - {ALL}),
        LINK: ("link", lambda said: None if said == NONE else said),
        WHEN: ("send_at", lambda said: None if said == AT_ONCE else datetime.fromisoformat(said)),
        SPREAD: ("spread", int),
        GOOD_FOR: ("good_for", lambda days: timedelta(days=days)),
        PUBLIC: ("public", lambda said: said == YES),
    }
)
"""Of each other part what it is called, and how an answer becomes its value."""
