"""What the machine points out about a new report, each with its reason. It decides nothing.

What joins reports to each other by their reporter or by their words looks at known reporters only:
an anonymous report has a relay of its own, and how somebody writes would join it to their others.
"""

from __future__ import annotations

import calendar
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType

from store.domain.clock import LONDON
from store.domain.folded import folded
from store.domain.reference import Restriction
from store.domain.report import ReportState, ReportView
from store.domain.understanding.danger import signs_of

DUPLICATE_DAYS = 7
DUPLICATE_OVERLAP = 0.6
DUPLICATE_LEAST_WORDS = 4
"""Two stories are much alike when this share of their words is the same, and there are so many."""
REPEAT_REPORTS = 3
REPEAT_MONTHS = 3
"""A repeat victim: three similar incidents in three months (the common training of officers)."""
HOT_SPOT_REPORTS = 5
HOT_SPOT_DAYS = 28
MOST_LIKE_IT = 50
"""A hot spot: so many reports within `NEAR_KM`, or of one category in one ward (a proposal of ours)."""
STORY_CHARACTERS = 120
"""So much of a story is shown in the queue, cut between words."""

NOT_COUNTED = (ReportState.WITHDRAWN.value, ReportState.REJECTED.value)
"""States of reports that make no hot spot and no repeat victim."""


class SuggestionKind(StrEnum):
    """What is pointed out."""

    RISK = "risk"
    DUPLICATE = "duplicate"
    SAME_CASE = "same_case"
    REPEAT_VICTIM = "repeat_victim"
    KNOWN_CONTACT = "known_contact"
    HOT_SPOT = "hot_spot"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One thing pointed out: why, and the records it is about (references of reports or cases)."""

    kind: SuggestionKind
    reason: str
    reports: tuple[str, ...] = ()
    cases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Glance:
    """A report in the queue: how its story begins (in `language`), how many files, what stands out.

    `like_it` of this category in its ward in `HOT_SPOT_DAYS`, `by_person` from the same known
    person in `REPEAT_MONTHS` (`same_name`: perhaps the same, by their name), the reference of an
    open case that it may belong to, those of reports that say nearly the same, and signs of risk in
    a few words. Zero and nothing where there is none.
    """

    like_it: int = 0
    by_person: int = 0
    same_name: bool = False
    case: str | None = None
    duplicates: tuple[str, ...] = ()
    risks: tuple[str, ...] = ()
    story: str = ""
    language: str = "en"
    files: int = 0

    @property
    def reasons(self) -> tuple[tuple[SuggestionKind, str], ...]:
        """What stands out in a few words, but for the case and the duplicates."""
        like_it = _number(self.like_it, MOST_LIKE_IT)
        told = (
            (SuggestionKind.RISK, self.risks, f"Risk: {', '.join(self.risks)}"),
            (
                SuggestionKind.REPEAT_VICTIM,
                self.by_person,
                f"Repeat victim? {self.by_person} in {REPEAT_MONTHS} months{self._likeness}",
            ),
            (SuggestionKind.HOT_SPOT, self.like_it, f"Hot spot? {like_it} like it in {HOT_SPOT_DAYS} days"),
        )
        return tuple((kind, text) for kind, there, text in told if there)

    @property
    def _likeness(self) -> str:
        return ", perhaps the same person: same name" if self.same_name else ""


@dataclass(frozen=True, slots=True)
class Told:
    """What of a report speaks of risk. `danger`: they said so; `safety_shown` cards by code."""

    text: str
    danger: bool
    restriction: Restriction | None
    safety_shown: Mapping[str, object]
    how_often: str | None


_CONCERNS: Mapping[Restriction, str] = MappingProxyType(
    {
        Restriction.SAFEGUARDING: "A concern for somebody's safety was raised with it.",
        Restriction.HATE: "It is told as hate: because of who somebody is.",
        Restriction.STAFF_THREAT: "It is a threat to staff.",
    }
)
_SIGNS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "emergency": ("an attack or a fire", "The words sound like a weapon, an attack or a fire."),
        "suicide_selfharm": (
            "suicide or self-harm",
            "The words sound like somebody may take their life or hurt themselves.",
        ),
        "domestic_abuse": ("violence at home", "The words sound like violence at home."),
        "missing_person": ("somebody missing", "The words sound like somebody is missing."),
    }
)
"""Signs in a few words, and as a sentence."""
_WORSE = (" worse ", " worsening ", " escalating ", " gorzej ", " mai rau ", " hur ", " horsie ", " гірше ")
"""Folded words for "it gets worse" in the six languages."""

_WEAPONS = (
    " knife ",
    " knive ",
    " machete ",
    " gun ",
    " sword ",
    " crossbow ",
    " noz ",
    " cutit ",
    " nuz ",
    " ніж ",
)
"""Folded words for weapons that nobody carries for work or play."""


def risks(report: ReportView) -> tuple[Suggestion, ...]:
    """Return what in a report speaks of risk, a plain reason each."""
    told = Told(report.text, report.danger, report.restriction, report.safety_shown, report.how_often)
    return tuple(Suggestion(SuggestionKind.RISK, reason) for _brief, reason in _signals(told))


def _signals(told: Told) -> list[tuple[str, str]]:
    """Return each sign in a few words (none for what a list shows as a mark of its own) and as a sentence."""
    signs, said = signs_of(told.text), folded(told.text)
    concern = _CONCERNS.get(told.restriction, "") if told.restriction else ""
    found = (
        (told.danger, "", "They said that somebody is in danger."),
        (bool(concern), "", concern),
        *((card in signs, brief, reason) for card, (brief, reason) in _SIGNS.items()),
        (any(word in said for word in _WEAPONS), "a weapon", "The words name a weapon."),
        (bool(told.safety_shown), "safety cards shown", _cards(told)),
        (told.how_often == "daily", "every day", "It happens every day."),
        (any(word in said for word in _WORSE), "gets worse", "They say that it gets worse."),
    )
    return [(brief, reason) for holds, brief, reason in found if holds]


def _cards(told: Told) -> str:
    return f"They were shown safety cards: {', '.join(code.replace('_', ' ') for code in told.safety_shown)}."


def words_of(text: str) -> frozenset[str]:
    """Return the words of a story, as they are compared."""
    return frozenset(folded(text).split())


def overlap(words: frozenset[str], others: frozenset[str]) -> float:
    """Return which share of the words of two stories they have in common; 0 where there are too few."""
    if min(len(words), len(others)) < DUPLICATE_LEAST_WORDS:
        return 0.0
    return len(words & others) / len(words | others)


def is_alike(words: frozenset[str], others: frozenset[str]) -> bool:
    """Tell whether two stories are much alike."""
    return overlap(words, others) >= DUPLICATE_OVERLAP


def repeat_since(at: datetime) -> datetime:
    """Return the same time of day as many calendar months earlier as make a repeat victim."""
    local = at.astimezone(LONDON)
    year, month = divmod(local.year * 12 + local.month - 1 - REPEAT_MONTHS, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return local.replace(year=year, month=month + 1, day=min(local.day, last))


def hot_spot_since(at: datetime) -> datetime:
    """Return from when on reports make a hot spot."""
    return at - timedelta(days=HOT_SPOT_DAYS)


def duplicate_since(at: datetime) -> datetime:
    """Return from when on a report can be a duplicate."""
    return at - timedelta(days=DUPLICATE_DAYS)


def same_case(reference: str, ward: str | None, reports: int) -> Suggestion:
    """Return that a case may be about the same: of its category, near, recent."""
    where = "near by" if ward else "near the point"
    many = f"{reports} report{'' if reports == 1 else 's'}"
    reason = f"This open case is about the same kind of thing, {where}, in the last 90 days ({many})."
    return Suggestion(SuggestionKind.SAME_CASE, reason, cases=(reference,))


def duplicates(references: tuple[str, ...]) -> tuple[Suggestion, ...]:
    """Return that these near reports of the last days say much the same; nothing for none."""
    if not references:
        return ()
    who = "This report says" if len(references) == 1 else "These reports say"
    reason = f"{who} nearly the same, near by, in the last {DUPLICATE_DAYS} days."
    return (Suggestion(SuggestionKind.DUPLICATE, reason, reports=references),)


def repeat_victim(others: tuple[str, ...], namesakes: tuple[str, ...] = ()) -> tuple[Suggestion, ...]:
    """Return that this known reporter told us three times in three months, if so; `others` beside this.

    `namesakes` may be theirs too: they count only where the others alone are too few.
    """
    if len(others) + 1 >= REPEAT_REPORTS:
        reason = f"The same person sent {len(others) + 1} reports in three months: perhaps a repeat victim."
        return (Suggestion(SuggestionKind.REPEAT_VICTIM, reason, reports=others),)
    together = (*others, *namesakes)
    if len(together) + 1 < REPEAT_REPORTS:
        return ()
    told = f"{len(together) + 1} reports in three months: perhaps a repeat victim."
    reason = f"{told} Perhaps the same person: same name, same ward."
    return (Suggestion(SuggestionKind.REPEAT_VICTIM, reason, reports=together),)


def known_contact(others: tuple[str, ...]) -> tuple[Suggestion, ...]:
    """Return that the number of whoever told us is known under another name, if so, by these reports."""
    reason = "The phone number or address of whoever told us is known under another name."
    return (Suggestion(SuggestionKind.KNOWN_CONTACT, reason, reports=others),) if others else ()


def hot_spot(near: int, in_ward: int, most: int) -> tuple[Suggestion, ...]:
    """Return that many reports came from here lately, if so; numbers of `most` mean at least so many."""
    found = []
    if near >= HOT_SPOT_REPORTS:
        found.append(f"{_number(near, most)} reports within 300 metres")
    if in_ward >= HOT_SPOT_REPORTS:
        found.append(f"{_number(in_ward, most)} of this category in this ward")
    if not found:
        return ()
    reason = f"{' and '.join(found)} in the last {HOT_SPOT_DAYS} days: perhaps a hot spot."
    return (Suggestion(SuggestionKind.HOT_SPOT, reason),)


def glance(told: Told, like_it: int, by_person: tuple[int, int], case: str | None, files: int) -> Glance:
    """Return what stands out of a report. Of a restricted one, nothing that its words say: it is opened.

    `by_person`: how many are from the same person, and how many perhaps, by their name.
    """
    hidden = told.restriction is not None
    sure, namesakes = by_person
    repeats = sure if sure >= REPEAT_REPORTS else sure + namesakes
    repeated = repeats >= REPEAT_REPORTS
    return Glance(
        like_it=like_it if like_it >= HOT_SPOT_REPORTS else 0,
        by_person=repeats if repeated else 0,
        same_name=repeated and sure < REPEAT_REPORTS,
        case=case,
        risks=() if hidden else tuple(brief for brief, _reason in _signals(told) if brief),
        story="" if hidden else _beginning(told.text),
        files=files,
    )


def _beginning(text: str) -> str:
    plain = " ".join(text.split())
    if len(plain) <= STORY_CHARACTERS:
        return plain
    whole = plain[: STORY_CHARACTERS + 1].rpartition(" ")[0]
    return f"{whole or plain[:STORY_CHARACTERS]} …"


def _number(count: int, most: int) -> str:
    return f"{count} or more" if count >= most else str(count)
