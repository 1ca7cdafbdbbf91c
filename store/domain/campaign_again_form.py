"""The questions when a campaign comes again, as staff answer them in chat: the rule, the hour, how sure."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time
from types import MappingProxyType
from typing import Any

from store.domain import questions as engine
from store.domain.campaign import CampaignFacts
from store.domain.campaign_form import ask_again
from store.domain.campaign_pattern import Plan, check_hour, may_be_sure
from store.domain.campaign_rule import CampaignRule, Kind, Occurrence, packed, unpacked
from store.domain.campaign_rule_words import parse
from store.domain.draft import Draft
from store.domain.errors import Refusal
from store.domain.questions import Form, Option, Question
from store.domain.recurrence import LAST, NTH, Frequency, Rule, local_of
from store.domain.reference import Profile
from store.domain.time_ahead import AT_NINE, time_of_day

RULE, AT, SURE, CONFIRM = "rule", "at", "sure", "confirm"
"""The questions. As they are kept the rule is a table (`packed`), the hour text (`HH:MM`)."""
ABOUT, OFFERED, HOURS, START, NOW = "about", "offered", "hours", "start", "now"
"""Answers that are none: what is said first, the rules (in words) and hours on offer, the day on which what
comes often begins, and the rule that it has, if it has one."""
NEXT = "next"
"""The answer that is none: the next days of the rule, in words."""
SAME, CERTAIN, UNSURE, YES = "same", "certain", "unsure", "yes"
EXAMPLES = (
    "every Monday and Thursday",
    "every 2 weeks on Friday, starting 4 December",
    "the second Tuesday of every month",
    "25 November to 10 December",
    "the last full week of June",
    "all of May",
    "the first 10 school days of each term",
    "date unknown, expected in March",
)
"""One for each kind of rule that somebody may want to write."""
_HOUR = "%H:%M"
Days = Callable[[CampaignRule, time], Sequence[Occurrence]]
_ASK_SURE = Question(
    SURE,
    engine.Kind.CHOICE,
    {"en": "Are these days certain, or does a person confirm them each time?"},
    (Option(CERTAIN, {"en": "They are certain"}), Option(UNSURE, {"en": "A person confirms them each time"})),
)


def _questions(agree: str, then: str = "") -> engine.Questions:
    """Return the questions of a form whose last one is agreed to with this button; `then` is said there."""

    def asked(_profile: Profile, answers: Mapping[str, Any]) -> list[Question]:
        rule = _kept_rule(answers)
        sure = [_ASK_SURE] if rule is not None and may_be_sure(rule) else []
        summary = f"{_summary(rule, answers)}{then}" if rule is not None else ""
        confirm = Question(CONFIRM, engine.Kind.CHOICE, {"en": summary}, (Option(YES, {"en": agree}),))
        return [_ask_rule(answers), _ask_hour(answers), *sure, confirm, *ask_again(answers)]

    return asked


def _ask_rule(answers: Mapping[str, Any]) -> Question:
    now = answers.get(NOW)
    same = [Option(SAME, {"en": f"As it is: {unpacked(now).words}"})] if now else []
    offered = [Option(str(at), {"en": _capital(said)}) for at, said in enumerate(answers[OFFERED])]
    examples = "\n".join(f"• {one}" for one in EXAMPLES)
    said = f"{answers[ABOUT]}\n\nWhen does it come again? Tap one, or write it, like these:\n{examples}"
    return Question(RULE, engine.Kind.CHOICE, {"en": said}, (*same, *offered), own_words=True)


def _ask_hour(answers: Mapping[str, Any]) -> Question:
    offered = tuple(Option(str(at), {"en": f"At {said}"}) for at, said in enumerate(answers[HOURS]))
    prompt = {"en": "At what time does it go out, on its first day? Tap one, or write it: “9:30”, “6pm”."}
    return Question(AT, engine.Kind.CHOICE, prompt, offered, own_words=True)


def _summary(rule: CampaignRule, answers: Mapping[str, Any]) -> str:
    """Return once more what was understood, and what that means."""
    days = "; ".join(answers.get(NEXT, ()))
    if not days:
        ahead = "No day of it is known: a person says when."
    elif _is_certain(rule, answers):
        ahead = f"Its next days: {days}."
    else:
        ahead = f"Its next days: {days}. A person confirms them each time."
    return f"So it comes again: {rule.words}. It goes out at {answers.get(AT)}.\n{ahead}"


def _is_certain(rule: CampaignRule, answers: Mapping[str, Any]) -> bool:
    return may_be_sure(rule) and answers.get(SURE) != UNSURE


def _capital(said: str) -> str:
    return said[:1].upper() + said[1:]


def _kept_rule(answers: Mapping[str, Any]) -> CampaignRule | None:
    """Return the rule once it was understood."""
    kept = answers.get(RULE)
    return unpacked(kept) if isinstance(kept, dict) and "kind" in kept else None


_FALLS: Mapping[str, tuple[str, ...]] = MappingProxyType({RULE: (SURE, CONFIRM), AT: (CONFIRM,)})
_THEN = (
    "\n\nWhat it says, whom it is for and its picture or document go with it. This draft is cancelled: each "
    "time it comes there is a draft of its own."
)
CAMPAIGN_AGAIN = Form("campaign_again", _questions("Yes, make it recurring", _THEN), _FALLS)
"""Makes a draft a recurring campaign. Set when it opens: what `opening` returns, `ABOUT`, and of which
campaign and version."""
PATTERN_AGAIN = Form("pattern_again", _questions("Yes, let it come so"), _FALLS)
"""Changes when a recurring campaign comes. Set when it opens: what `opening_of` returns, `ABOUT`, and of
which recurring campaign and version."""


def opening(facts: CampaignFacts, at: datetime) -> dict[str, Any]:
    """Return the answers with which to ask about a draft: it begins on its own day, at its own hour."""
    if facts.send_at is None or facts.send_at <= at:
        return _opening(local_of(at).date(), [])
    begins = local_of(facts.send_at)
    return _opening(begins.date(), [begins.time()])


def opening_of(plan: Plan, at: datetime) -> dict[str, Any]:
    """Return the answers with which to ask about a recurring campaign: as it is, or another way."""
    return _opening(local_of(at).date(), [plan.at]) | {NOW: packed(plan.rule)}


def _opening(day: date, own: Sequence[time]) -> dict[str, Any]:
    hours = dict.fromkeys(hour.strftime(_HOUR) for hour in (*own, AT_NINE))
    return {START: day.isoformat(), OFFERED: [one.words for one in _frequent(day)], HOURS: list(hours)}


def _frequent(day: date) -> list[CampaignRule]:
    """Return what staff often want of what comes first on this day."""
    number = (day.day - 1) // 7 + 1
    monthly = Rule(Frequency.MONTHLY, weekdays=(day.weekday(),), nth=number if number in NTH else LAST)
    weekly = Rule(Frequency.WEEKLY, weekdays=(day.weekday(),))
    often = [CampaignRule(Kind.OFTEN, rrule=rule.text, start=day) for rule in (weekly, monthly)]
    yearly = CampaignRule(Kind.DAYS, month=day.month, day=day.day)
    return [*often, yearly, CampaignRule(Kind.UNKNOWN), CampaignRule(Kind.REACTIVE)]


def settled(form: Form, draft: Draft, code: str, profile: Profile, days: Days) -> Draft:
    """Return the draft with the answer as it is kept, at the question that comes next with that.

    `days` gives the next days of a rule at an hour. Refusals: `pattern.rule_unreadable`, `pattern.bad_rule`,
    `meeting.bad_rule`, `pattern.time_unreadable`, `pattern.bad_hour`.
    """
    if code not in _KEPT:
        return draft
    answers = {**draft.answers, code: _KEPT[code](draft.answers)}
    if AT in answers:
        ahead = days(unpacked(answers[RULE]), time.fromisoformat(answers[AT]))
        answers[NEXT] = [one.words for one in ahead]
    return replace(draft, answers=answers, step=engine.first(form, profile, answers).code)


def _rule_said(answers: Mapping[str, Any]) -> dict[str, Any]:
    said = answers[RULE]
    if said == SAME:
        return dict(answers[NOW])
    words = said["words"] if isinstance(said, dict) else answers[OFFERED][int(said)]
    found = parse(words, date.fromisoformat(answers[START]))
    if found is None:
        raise Refusal("pattern.rule_unreadable")
    return packed(found)


def _hour_said(answers: Mapping[str, Any]) -> str:
    said = answers[AT]
    found = time_of_day(said["words"] if isinstance(said, dict) else answers[HOURS][int(said)])
    if found is None:
        raise Refusal("pattern.time_unreadable")
    check_hour(found)
    return found.strftime(_HOUR)


_KEPT: Mapping[str, Callable[[Mapping[str, Any]], Any]] = {RULE: _rule_said, AT: _hour_said}


def plan_with(facts: CampaignFacts, answers: Mapping[str, Any], *, sure: bool = True) -> Plan:
    """Return what the answers say of a campaign with these facts that comes again.

    `sure` is what is kept where it was not asked: of a guess, and of what has no days.
    """
    rule = unpacked(answers[RULE])
    said = answers[SURE] != UNSURE if SURE in answers else sure
    return Plan(facts, rule, time.fromisoformat(answers[AT]), said)
