"""Recurring campaigns as staff read them: the list, and one with its next days and the times it came."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import islice

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from store.domain import campaign_rule
from store.domain.campaign import unpacked
from store.domain.campaign_file import CampaignFile
from store.domain.campaign_pattern import Pattern, PatternState, Plan
from store.domain.campaign_rule import OF_SCHOOL, CampaignRule, Kind, Occurrence
from store.domain.errors import NotFound, Unreadable
from store.domain.recurrence import local_of
from store.domain.school import School, SchoolYear
from store.domain.staff import Staff
from store.domain.timeline import TimelineLine
from store.engine import now
from store.queries import campaign_files, campaign_occurrences, timeline
from store.queries.campaign_dates import coming, school
from store.queries.campaign_occurrences import Came
from store.queries.campaigns import stand_in, with_names
from store.queries.visible import check_worker
from store.tables.campaign_pattern import CampaignOccurrenceRow, CampaignPatternRow

LISTED = 200
SHOWN = 3
"""So many of the next days are shown."""


@dataclass(frozen=True, slots=True)
class PatternPage:
    """One recurring campaign with its next days, the times that it came, and what happened to it.

    `years` are the school years on which its days rest, if they do. `alone`: it goes out by itself by now.
    """

    pattern: Pattern
    next_days: Sequence[Occurrence]
    came: Sequence[Came]
    story: tuple[TimelineLine, ...]
    years: Sequence[SchoolYear] = ()
    file: CampaignFile | None = None
    alone: bool = False


def listing(session: Session, staff: Staff) -> Sequence[tuple[Pattern, Occurrence | None]]:
    """Return the recurring campaigns, each with its next days; what comes first stands first.

    Refusal: `staff.not_allowed`.
    """
    check_worker(staff)
    rows = session.execute(_WANTED.order_by(CampaignPatternRow.title, CampaignPatternRow.id).limit(LISTED))
    local, ours = local_of(now(session)), school(session)
    found = [_view(row) for row in rows]
    listed = [(one, next(_ahead(one.plan.rule, one.plan.at, local, ours), None)) for one in found]
    return sorted(listed, key=_soonest)


def _soonest(listed: tuple[Pattern, Occurrence | None]) -> tuple[bool, date]:
    pattern, following = listed
    return pattern.state is PatternState.ENDED, following.first if following else date.max


def find(session: Session, staff: Staff, reference: str) -> Pattern:
    """Return one alone. Refusals: `staff.not_allowed`, `pattern.not_found`."""
    check_worker(staff)
    row = session.execute(_WANTED.where(CampaignPatternRow.reference == reference)).one_or_none()
    if row is None:
        raise NotFound("pattern.not_found", reference=reference)
    return _view(row)


def page(session: Session, staff: Staff, reference: str) -> PatternPage:
    """Return one whole. Refusals: those of `find`."""
    found = find(session, staff, reference)
    return PatternPage(
        found,
        next_days(session, found.plan.rule, found.plan.at),
        campaign_occurrences.of_pattern(session, found.id),
        timeline.story(session, ("pattern", found.id)),
        school(session).years if found.plan.rule.kind in OF_SCHOOL else (),
        campaign_files.of_pattern(session, found.id),
        alone=found.approved_until is not None and now(session) < found.approved_until,
    )


def next_days(session: Session, rule: CampaignRule, at: time) -> list[Occurrence]:
    """Return when a rule comes next, if only by guess, that goes out `at` this time of its first day."""
    return list(islice(_ahead(rule, at, local_of(now(session)), school(session)), SHOWN))


def _ahead(rule: CampaignRule, at: time, local: datetime, ours: School) -> Iterator[Occurrence]:
    """Yield when it begins from today on, or tomorrow where it is of today alone and its hour is past.

    Without an end where it comes often.
    """
    over = local.date() if local.time() >= at else None
    ahead = (one for one in coming(rule, local.date(), ours) if one.first >= local.date())
    return (one for one in ahead if one.last != over)


def known_keys(session: Session, pattern_id: str) -> frozenset[str]:
    """Return the names of the times that came, or were missed."""
    wanted = select(CampaignOccurrenceRow.key).where(CampaignOccurrenceRow.pattern_id == pattern_id)
    return frozenset(session.scalars(wanted))


def plan_of(row: CampaignPatternRow) -> Plan:
    """Return what staff said of it. Refusal: `Unreadable("pattern.unreadable")`."""
    try:
        rule = campaign_rule.unpacked(row.rule)
        return Plan(unpacked(row.facts), rule, time.fromisoformat(row.at), sure=row.sure)
    except (Unreadable, KeyError, TypeError, ValueError, AttributeError) as trouble:
        raise Unreadable("pattern.unreadable") from trouble


_WANTED = with_names(CampaignPatternRow)


def _view(found: Row[CampaignPatternRow, str, str | None]) -> Pattern:
    row, author, approver = found
    plan = _read(row)
    return Pattern(
        id=row.id,
        reference=row.reference,
        state=PatternState(row.state),
        plan=plan or Plan(stand_in(row.title), CampaignRule(Kind.UNKNOWN), time()),
        version=row.version,
        author_id=row.author_id,
        author=author,
        approver=approver,
        approved_at=row.approved_at,
        code=row.code,
        note=row.note,
        unreadable=plan is None,
    )


def _read(row: CampaignPatternRow) -> Plan | None:
    try:
        return plan_of(row)
    except Unreadable:
        return None
