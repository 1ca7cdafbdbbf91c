"""The questions of a subscription: all of them the first time, later the one that is to change.

Where news shall come from is ticked: everything, areas, and wards that were named or shared as a place
(`WARDS` keeps those on offer).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import time
from types import MappingProxyType
from typing import Any

from store.domain.questions import TICKED, Form, Kind, Option, Question
from store.domain.reference import Profile
from store.domain.subscription import Frequency, QuietHours, Subscription, Topic

TOPICS, WHERE, OFTEN, QUIET, PAUSE = "topics", "where", "often", "quiet", "pause"
SETTING = "setting"
"""The answer that is none: the code of the question that is to change."""
WARDS = "wards"
EVERYWHERE = "everywhere"
WEEK, MONTH = "week", "month"
PAUSE_DAYS: Mapping[str, int] = MappingProxyType({WEEK: 7, MONTH: 30})
NEVER = "never"
QUIET_CHOICES: Mapping[str, QuietHours] = MappingProxyType(
    {
        "21-8": QuietHours(),
        "20-9": QuietHours(time(20), time(9)),
        "22-7": QuietHours(time(22), time(7)),
        NEVER: QuietHours(time(), time()),
    }
)


def hours_shown(hours: QuietHours) -> str:
    """Return quiet hours as digits, the same in every language."""
    return f"{hours.start:%H:%M} – {hours.end:%H:%M}"


def _quiet_label(code: str, hours: QuietHours) -> Option:
    return Option(code, "subscribe.never_quiet" if code == NEVER else {"en": hours_shown(hours)})


_TOPICS = tuple(Option(topic.value, f"subscribe.topic.{topic.value}") for topic in Topic)
_OFTEN = tuple(Option(often.value, f"subscribe.often.{often.value}") for often in Frequency)
_QUIET = tuple(_quiet_label(code, hours) for code, hours in QUIET_CHOICES.items())
_PAUSE = tuple(Option(code, f"subscribe.pause.{code}") for code in PAUSE_DAYS)
_ASKED: Mapping[str, Question] = MappingProxyType(
    {
        TOPICS: Question(TOPICS, Kind.TICKS, "subscribe.topics", _TOPICS),
        WHERE: Question(WHERE, Kind.TICKS, "subscribe.where", own_words=True),
        OFTEN: Question(OFTEN, Kind.CHOICE, "subscribe.often", _OFTEN),
        QUIET: Question(QUIET, Kind.CHOICE, "subscribe.quiet", _QUIET),
        PAUSE: Question(PAUSE, Kind.CHOICE, "subscribe.pause", _PAUSE, own_words=True),
    }
)
SETTINGS = tuple(_ASKED)


def places_named(profile: Profile, codes: Iterable[str]) -> list[tuple[str, str]]:
    """Return code and name of these areas and wards, areas first, each once."""
    wanted = set(codes)
    named = [(area.code, area.name) for area in profile.areas] + [(w.code, w.name) for w in profile.wards]
    return list({code: name for code, name in named if code in wanted}.items())


def place_names(profile: Profile, codes: Collection[str]) -> list[str]:
    """Return the names of these areas and wards for staff, areas first, then what is not there any more."""
    return [name for _, name in places_for_staff(profile, codes)]


def places_for_staff(profile: Profile, codes: Collection[str]) -> list[tuple[str, str]]:
    """Return code and name of these places as `place_names` names them."""
    named = places_named(profile, codes)
    gone = sorted(set(codes) - dict(named).keys())
    return [*named, *((code, f"{code} (no longer in the profile)") for code in gone)]


def _asked(profile: Profile, answers: Mapping[str, Any], code: str) -> Question:
    question = _ASKED[code]
    if code != WHERE:
        return question
    on_offer = [*(area.code for area in profile.areas), *answers.get(WARDS, ())]
    named = [Option(place, {"en": name}) for place, name in places_named(profile, on_offer)]
    return replace(question, options=(Option(EVERYWHERE, "subscribe.everywhere", alone=True), *named))


def _first(profile: Profile, answers: Mapping[str, Any]) -> list[Question]:
    asked = [_asked(profile, answers, code) for code in (TOPICS, WHERE, OFTEN)]
    return [*asked, Question("review", Kind.REVIEW, "subscribe.review")]


def _one(profile: Profile, answers: Mapping[str, Any]) -> list[Question]:
    return [_asked(profile, answers, answers[SETTING])]


SUBSCRIBE = Form("subscribe", _first)
CHANGE = Form("subscription", _one)
"""Set when it opens: what `to_change` returns."""


def to_change(profile: Profile, had: Subscription, setting: str) -> dict[str, Any]:
    """Return the answers with which to change this setting of a subscription: what is chosen is ticked."""
    wards = {ward.code for ward in profile.wards}
    ticked = {
        TOPICS: [topic.value for topic in Topic if topic in had.topics],
        WHERE: sorted(had.places) or [EVERYWHERE],
    }
    return {SETTING: setting, TICKED: ticked, WARDS: sorted(had.places & wards)}


def wished(had: Subscription, answers: Mapping[str, Any]) -> Subscription:
    """Return the subscription with what was answered in place of what it had."""
    wish = had
    if TOPICS in answers:
        wish = replace(wish, topics=frozenset(map(Topic, answers[TOPICS])))
    if WHERE in answers:
        wish = replace(wish, places=frozenset(answers[WHERE]) - {EVERYWHERE})
    if OFTEN in answers:
        wish = replace(wish, frequency=Frequency(answers[OFTEN]))
    if QUIET in answers:
        wish = replace(wish, quiet=QUIET_CHOICES[answers[QUIET]])
    return wish


NOTHING_YET = Subscription(frozenset())
