"""Recurring campaigns: what comes again by a rule, what a person must say first, and when it is too late.

Each time that it comes it is a campaign of its own: a draft with the same words, made `AHEAD` of its first
day so that there is time to confirm its days and for a second person to agree. What comes every few days,
weeks or months may be approved once for all its times (for `GOOD_FOR`): it then goes out by itself.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from store.domain import campaign, campaign_rule
from store.domain.campaign import CampaignFacts
from store.domain.campaign_calendar import CalendarEntry
from store.domain.campaign_rule import GUESSED, CampaignRule, Kind, Occurrence
from store.domain.errors import Refusal
from store.domain.recurrence import instant_of, local_of
from store.domain.reference import District

AHEAD = timedelta(days=28)
"""Four weeks: who confirms and who approves may each be away for two."""
GOOD_FOR = timedelta(days=365)
"""Words grow old: an approval for all times ends after a year."""
LATE = timedelta(hours=6)
"""What goes out by itself is left out when nobody was there to send it for longer than this."""
BEGUN = timedelta(days=7)
"""A draft of days that have begun still makes sense for a week, while they are not over."""
LOOK_AGAIN = timedelta(days=7)
"""How often the dates of a rule are looked at anew: school terms become known, and change."""
ONE_O_CLOCK, TWO_O_CLOCK = time(1), time(2)
"""Between these an hour is missing in March and comes twice in October."""


class PatternState(StrEnum):
    """Whether it comes again."""

    ACTIVE = "active"
    PAUSED = "paused"
    ENDED = "ended"


STATE_LABELS: Mapping[PatternState, str] = MappingProxyType(
    {PatternState.ACTIVE: "Comes again", PatternState.PAUSED: "Paused", PatternState.ENDED: "Ended"}
)


@dataclass(frozen=True, slots=True)
class Plan:
    """What staff say of a recurring campaign.

    `facts` have no time of their own: it goes out on its first day `at` this time (London). `sure` says that
    the days of the rule are certain; else a person confirms them each time.
    """

    facts: CampaignFacts
    rule: CampaignRule
    at: time
    sure: bool = True

    @property
    def guesses(self) -> bool:
        """Tell whether a person confirms its days each time."""
        return self.rule.kind in GUESSED or (not self.sure and may_be_sure(self.rule))

    @property
    def may_go_alone(self) -> bool:
        """Tell whether it can be approved once for all its times."""
        return self.rule.kind is Kind.OFTEN and not self.guesses

    def sends_at(self, first: date) -> datetime:
        """Return when it goes out (aware UTC) whose first day is this."""
        return instant_of(datetime.combine(first, self.at))


@dataclass(frozen=True, slots=True)
class Pattern:
    """A recurring campaign as it is read. Times are aware UTC; who wrote and approved it are names.

    `code` is the entry of the profile's calendar that it was made of, `note` what that says of its days.
    """

    id: str
    reference: str
    state: PatternState
    plan: Plan
    version: int
    author_id: str
    author: str
    approver: str | None = None
    approved_at: datetime | None = None
    code: str | None = None
    note: str | None = None
    unreadable: bool = False
    """What is kept of it makes no sense: but for its name `plan` says nothing."""

    @property
    def approved_until(self) -> datetime | None:
        """Until when it goes out by itself; None where it does not."""
        return approved_until(self.plan, self.approved_at)


class Due(StrEnum):
    """What is to be done about one time that it comes."""

    LATER = "later"
    DRAFT = "draft"
    SEND = "send"
    MISSED = "missed"


def checked(plan: Plan, district: District) -> Plan:
    """Return the plan if a campaign can come again by it.

    Refusals: `pattern.bad_hour`, `pattern.bad_rule`, `meeting.bad_rule`, those of `campaign.checked`.
    """
    check_hour(plan.at)
    facts = campaign.checked(replace(plan.facts, send_at=None), district)
    return replace(plan, facts=facts, rule=campaign_rule.checked(plan.rule))


def may_be_sure(rule: CampaignRule) -> bool:
    """Tell whether staff say if its days are certain: of a guess they never are, and some has no days."""
    return rule.kind not in GUESSED and rule.kind is not Kind.REACTIVE


def check_hour(at: time) -> None:
    """Refuse (`pattern.bad_hour`) an hour that does not come once each day."""
    if ONE_O_CLOCK <= at < TWO_O_CLOCK:
        raise Refusal("pattern.bad_hour")


def proposed(entry: CalendarEntry) -> Plan:
    """Return what an entry of the calendar is as a recurring campaign."""
    good_for = timedelta(days=entry.days)
    facts = CampaignFacts(entry.title, entry.topic, entry.words.texts, good_for=good_for)
    return Plan(facts, entry.rule, time(entry.hour), entry.sure)


def approved_until(plan: Plan, approved_at: datetime | None) -> datetime | None:
    """Return until when it goes out by itself; None where it does not."""
    return approved_at + GOOD_FOR if approved_at is not None and plan.may_go_alone else None


def due(plan: Plan, one: Occurrence, now: datetime, alone_until: datetime | None = None) -> Due:
    """Return what is to be done now about one time that it comes; `alone_until` is `approved_until`.

    A draft of days that have just begun still makes sense; one of a day whose hour is past does not.
    """
    today, begins = local_of(now).date(), plan.sends_at(one.first)
    if alone_until is not None and begins < alone_until:
        if now < begins:
            return Due.LATER
        return Due.SEND if now - begins <= LATE else Due.MISSED
    over = one.last < today or one.first < today - BEGUN
    if over or (one.first == one.last and begins <= now):
        return Due.MISSED
    return Due.DRAFT if one.first - AHEAD <= today else Due.LATER


def to_do(
    plan: Plan,
    dates: Iterable[Occurrence],
    known: Collection[str],
    now: datetime,
    alone_until: datetime | None = None,
) -> tuple[list[tuple[Occurrence, Due]], datetime]:
    """Return what is to be done now about which of its times, and when to look again (aware UTC).

    `dates` are in order and may have no end; nothing is done about those `known`. Of drafts that are ahead
    there is one at a time.
    """
    found, ahead, look = list[tuple[Occurrence, Due]](), None, now + LOOK_AGAIN
    today = local_of(now).date()
    for one in dates:
        if one.key not in known:
            decision = due(plan, one, now, alone_until)
            if decision is Due.LATER:
                return found, min(look, looks_next(plan, one, alone_until))
            if decision is Due.DRAFT and ahead is not None:
                return found, min(look, ahead)
            found.append((one, decision))
        if one.first > today:
            ahead = plan.sends_at(one.first)
    return found, look


def looks_next(plan: Plan, one: Occurrence, alone_until: datetime | None = None) -> datetime:
    """Return from when on `due` says otherwise than LATER (aware UTC)."""
    begins = plan.sends_at(one.first)
    if alone_until is not None and begins < alone_until:
        return begins
    return instant_of(datetime.combine(one.first - AHEAD, time()))


def checked_days(first: date | None, last: date | None, today: date) -> tuple[date, date]:
    """Return the days that a person says; the last is the first where they say none.

    Refusals: `day.unreadable` without a first, `pattern.days_reversed`, `pattern.days_past`.
    """
    if first is None:
        raise Refusal("day.unreadable")
    last = last or first
    if last < first:
        raise Refusal("pattern.days_reversed")
    if last < today:
        raise Refusal("pattern.days_past")
    return first, last


def carried(own: CampaignFacts, before: CampaignFacts, after: CampaignFacts) -> CampaignFacts:
    """Return the facts of a draft whose pattern changed: what was said of it alone stays, and its time."""

    def one(name: str) -> Any:
        mine = getattr(own, name)
        return getattr(after, name) if mine == getattr(before, name) else mine

    kept = {field.name: one(field.name) for field in fields(own)}
    return CampaignFacts(**(kept | {"send_at": own.send_at}))
