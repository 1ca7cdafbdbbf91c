"""A town to be walked by somebody: records of every kind that are theirs, and others that are not."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from store.actions import (
    agenda,
    agenda_desk,
    alert,
    attendance,
    campaign,
    campaign_pattern,
    case,
    case_link,
    case_merge,
    hold,
    message,
    reference,
    saved_view,
    staff,
    triage,
)
from store.actions import task as tasks
from store.actions.restriction import restrict_case
from store.domain.actor import SYSTEM
from store.domain.alert import AlertKind
from store.domain.case import Outcome
from store.domain.finding import Kind as Listed
from store.domain.reference import Restriction
from store.domain.report import ClosedReason
from store.domain.staff import By, Role
from store.queries import agenda as agendas
from store.queries import campaign_patterns
from store.tables.case import CaseRow
from store.tables.case_file import CasePersonRow, TaskRow
from store.tables.report import ReportRow
from tests.support import urgent
from tests.support.campaign_files import attached as file_of_campaign
from tests.support.campaign_files import attached_to_pattern
from tests.support.campaign_patterns import FROST, TUESDAYS, a_pattern
from tests.support.campaigns import a_draft, partly_failed, sending, waiting
from tests.support.case_file import a_case, another_report, filled
from tests.support.cycle import come_round
from tests.support.evidence_factory import kept_file
from tests.support.meetings import LIGHTS, a_series, begun, published
from tests.support.papers import PAPER, attached
from tests.support.triage_factory import PROFILE, Town

SECRET = "zqhidden"
"""Stands in every record of the town that its walker may not open, and nowhere else."""
UNKNOWN_REFERENCE, UNKNOWN_ID = "K7M-4XQ-9PC", "0" * 32
CHRISTMAS_EVE = datetime(2026, 12, 24, 18, 30)
"""The day that the walk types everywhere, at the time of a meeting (naive London time)."""
THIS_MORNING = datetime(2026, 11, 23, 8, 30)
"""The start of a meeting that has begun and is not over (naive London time)."""
WALKERS_GRANT = Restriction.SAFEGUARDING


class Kind(StrEnum):
    """What an identifier can be of."""

    REPORT = "report"
    CASE = "case"
    PERSON = "person"
    TASK = "task"
    STAFF = "staff"
    VIEW = "view"
    FILE = "file"
    ALERT = "alert"
    MEETING = "meeting"
    AGENDA_ITEM = "agenda item"
    CAMPAIGN = "campaign"
    PATTERN = "recurring campaign"
    URGENT = "urgent alert"


class Why(StrEnum):
    """Why an identifier must lead nowhere."""

    RESTRICTED = "restricted"
    PRIVATE = "another's"
    UNKNOWN = "unknown"
    OF_ANOTHER_KIND = "of another kind"
    ELSEWHERE = "of another record"
    NOT_FOR_THEM = "of somebody to whom it is not open"
    CLOSED = "of a closed account"


@dataclass(frozen=True, slots=True)
class Known:
    """Identifiers by kind: `own` may be used, `foreign` not. `pages` are all that are to be looked at.

    `restricted` holds references and row ids that must show nowhere and be changed by nothing.
    """

    own: dict[Kind, str]
    foreign: dict[Kind, dict[Why, str]]
    pages: dict[Kind, list[str]]
    restricted: frozenset[str]


async def settle(town: Town, me: By, hal: By) -> Known:
    """Fill a town for `me`, who was granted one kind; `hal` was granted all and keeps the rest."""
    over = await begun(town, me, LIGHTS)
    reports = {"waiting": await town.report(), "taken": await town.report()}
    reports["urgent"] = await town.report(category="street.threats")
    await town.write(triage.take, me, reports["taken"])
    reports["rejected"] = await town.report()
    await town.write(triage.reject, me, reports["rejected"], ClosedReason.NOT_ASB, "")
    cases = await _cases(town, me, hal)
    own = {
        Kind.REPORT: reports["waiting"],
        Kind.CASE: cases["other"],
        Kind.STAFF: (await town.staff("Dora")).staff.id,
        Kind.VIEW: await town.write(saved_view.save, me, (Listed.REPORTS, ""), "Mine"),
        Kind.FILE: await kept_file(town, reports["waiting"]),
        Kind.ALERT: await town.write(
            alert.raise_alert, await town.resident(), AlertKind.SUICIDE_SELFHARM, "words"
        ),
        Kind.MEETING: (await a_series(town, me, start=CHRISTMAS_EVE))[0].reference,
    }
    others = await _campaigns(town, me, hal)
    own[Kind.CAMPAIGN] = others.pop()
    its_draft, own[Kind.PATTERN], *patterns = await _patterns(town, me, hal)
    alerts = await _alerts(town, me, hal)
    own[Kind.URGENT] = alerts.pop()
    with_questions, own[Kind.AGENDA_ITEM] = await _with_questions(town, me)
    foreign = await _foreign(town, hal, own, cases)
    await _cross(town, hal, foreign, cases)
    await town.write(come_round, "data_review", 2027)
    await town.write(come_round, "action_plan", 2026, hal)
    pages = {kind: [id_] for kind, id_ in own.items()}
    pages[Kind.CAMPAIGN] += [*others, its_draft]
    pages[Kind.PATTERN] += patterns
    pages[Kind.URGENT] += alerts
    pages[Kind.MEETING].append(with_questions)
    pages[Kind.REPORT] += [reports["taken"], reports["rejected"]]
    pages[Kind.REPORT].append(cases.pop("its_report"))
    await town.write(attached, me, own[Kind.MEETING])
    on_now = await published(town, me, THIS_MORNING)
    await town.write(attendance.arrive, await town.resident(), on_now.reference)
    pages[Kind.MEETING].append(on_now.reference)
    pages[Kind.CASE] = list(cases.values())
    pages[Kind.MEETING].append(over.reference)
    return Known(own, foreign, pages, await town.read(_restricted, foreign))


async def _campaigns(town: Town, me: By, hal: By) -> list[str]:
    """Return campaigns in every state that has a form of its own; the last is a draft."""
    gus = await town.staff("Gus", Role.SUPERVISOR)
    paused = await sending(town, hal, gus)
    await town.write(campaign.pause, hal, paused)
    failed = await partly_failed(town, hal, gus)
    draft = await a_draft(town, me)
    await town.write(file_of_campaign, me, draft, PAPER)
    return [await waiting(town, hal), failed, await sending(town, hal, gus), paused, draft]


async def _patterns(town: Town, me: By, hal: By) -> list[str]:
    """Return a draft of the first recurring campaign, and these in every state that has a form of its own."""
    await town.write(reference.seed, replace(PROFILE, calendar=(FROST,)))
    paused = await a_pattern(town, hal)
    await town.write(campaign_pattern.pause, hal, paused)
    first = await a_pattern(town, hal, TUESDAYS)
    await town.write(attached_to_pattern, hal, first, PAPER)
    its = (await town.read(campaign_patterns.page, me.staff, first)).came[0].campaign or ""
    return [its, first, paused, await a_pattern(town, me, sure=False)]


async def _alerts(town: Town, me: By, hal: By) -> list[str]:
    """Return urgent alerts in every state that has a form of its own; the last is a draft."""
    gus = await town.staff("Guy", Role.SUPERVISOR)
    gone = await urgent.going_out(town, hal, gus)
    await urgent.subscriber(town)
    failed = await urgent.partly_failed(town, hal, gus)
    return [await urgent.waiting(town, hal, danger=True), failed, gone, await urgent.a_draft(town, me)]


async def _with_questions(town: Town, me: By) -> tuple[str, str]:
    """Return a meeting with a question that waits and two on its agenda, and the one that waits."""
    there = await published(town, me, CHRISTMAS_EVE)
    for words in ("Lamps", "Dogs"):
        await town.write(agenda_desk.add, me, there.reference, words)
    await town.write(agenda.ask, await town.resident(), there.reference, "Noise at night")
    desk = await town.read(agendas.desk, me.staff, there.reference)
    return there.reference, desk.waiting[0].id


async def _cases(town: Town, me: By, hal: By) -> dict[str, str]:
    """Return cases in every state that has a form of its own; the first has one of everything."""
    cases = {"full": await filled(town, me, "everything"), "other": await filled(town, me, "another")}
    cases["its_report"] = await another_report(town, me, cases["full"])
    done = await town.write(tasks.add, me, cases["full"], "Done already", me.staff.id, None)
    await town.write(tasks.finish, me, cases["full"], done)
    for name in ("related", "merged", "closed", "held", "nobodys"):
        cases[name] = await a_case(town, me)
    await town.write(case_link.link, me, cases["full"], cases["related"])
    await town.write(case_merge.merge, me, cases["merged"], cases["related"])
    await town.write(case.close, me, cases["closed"], Outcome.RESOLVED, "It is over")
    await town.write(hold.hold, me, cases["held"], "The police asked")
    await town.write(_leave, cases["nobodys"])
    # Whoever was granted the kind opened it to everybody: its report stays restricted.
    cases["opened"] = await a_case(town, hal, category="street.hate", what=SECRET)
    await town.write(restrict_case, hal, cases["opened"], None, "Not hate after all")
    return cases


async def _foreign(
    town: Town, hal: By, own: dict[Kind, str], cases: dict[str, str]
) -> dict[Kind, dict[Why, str]]:
    report = await town.report(category="street.hate", what=SECRET)
    await town.write(message.note, hal, report, SECRET)
    restricted = await filled(town, hal, SECRET, category="street.hate", what=SECRET)
    raised = await town.write(alert.raise_alert, await town.resident(SECRET), AlertKind.STAFF_THREAT, SECRET)
    private = await town.write(saved_view.save, hal, (Listed.REPORTS, ""), SECRET)
    shared = await town.write(saved_view.save, hal, (Listed.CASES, ""), "For all", shared=True)
    hidden, elsewhere = await town.read(_parts, restricted), await town.read(_parts, cases["other"])
    gone = (await town.staff("Gone")).staff.id
    await town.write(staff.disable, SYSTEM, gone)
    analyst = (await town.staff("Ann", Role.ANALYST)).staff.id
    own[Kind.PERSON], own[Kind.TASK], _ = await town.read(_parts, cases["full"])
    return {
        Kind.REPORT: _lead_nowhere(report, own[Kind.CASE]) | {Why.ELSEWHERE: elsewhere[2]},
        Kind.CASE: _lead_nowhere(restricted, own[Kind.REPORT]),
        Kind.PERSON: _lead_nowhere(hidden[0], own[Kind.TASK]) | {Why.ELSEWHERE: elsewhere[0]},
        Kind.TASK: _lead_nowhere(hidden[1], own[Kind.PERSON]) | {Why.ELSEWHERE: elsewhere[1]},
        Kind.FILE: _lead_nowhere(await kept_file(town, report), own[Kind.ALERT]),
        Kind.ALERT: _lead_nowhere(raised, own[Kind.FILE]),
        Kind.VIEW: _lead_nowhere(private, own[Kind.FILE]) | {Why.PRIVATE: shared},
        Kind.MEETING: {Why.UNKNOWN: UNKNOWN_REFERENCE, Why.OF_ANOTHER_KIND: own[Kind.REPORT]},
        Kind.PATTERN: {Why.UNKNOWN: UNKNOWN_REFERENCE, Why.OF_ANOTHER_KIND: own[Kind.CAMPAIGN]},
        Kind.CAMPAIGN: {Why.UNKNOWN: UNKNOWN_REFERENCE, Why.OF_ANOTHER_KIND: own[Kind.URGENT]},
        Kind.URGENT: {Why.UNKNOWN: UNKNOWN_REFERENCE, Why.OF_ANOTHER_KIND: own[Kind.CAMPAIGN]},
        Kind.AGENDA_ITEM: {Why.UNKNOWN: UNKNOWN_ID, Why.OF_ANOTHER_KIND: own[Kind.VIEW]},
        Kind.STAFF: {
            Why.UNKNOWN: UNKNOWN_ID,
            Why.OF_ANOTHER_KIND: own[Kind.VIEW],
            Why.NOT_FOR_THEM: analyst,
            Why.CLOSED: gone,
        },
    }


def _lead_nowhere(hidden: str, of_another_kind: str) -> dict[Why, str]:
    """Return the ways in which an identifier is nothing for the walker."""
    unknown = UNKNOWN_REFERENCE if "-" in hidden else UNKNOWN_ID
    return {Why.RESTRICTED: hidden, Why.UNKNOWN: unknown, Why.OF_ANOTHER_KIND: of_another_kind}


async def _cross(
    town: Town,
    hal: By,
    foreign: dict[Kind, dict[Why, str]],
    cases: dict[str, str],
) -> None:
    """Tie what is restricted to what is not, as far as the actions let somebody who may open both."""
    restricted = foreign[Kind.CASE][Why.RESTRICTED]
    await town.write(case_link.link, hal, restricted, cases["full"])
    await another_report(town, hal, restricted)


def _leave(session: Session, reference: str) -> None:
    """Let a case be nobody's: no deed does that, but old data may hold it."""
    session.execute(update(CaseRow).where(CaseRow.reference == reference).values(officer_id=None))


def _parts(session: Session, reference: str) -> tuple[str, str, str]:
    """Return a person, an open task and a report of this case."""
    case_id = session.scalars(select(CaseRow.id).where(CaseRow.reference == reference)).one()
    wanted = (
        select(CasePersonRow.id).where(CasePersonRow.case_id == case_id),
        select(TaskRow.id).where(TaskRow.case_id == case_id, TaskRow.done_at.is_(None)),
        select(ReportRow.reference)
        .where(ReportRow.case_id == case_id)
        .order_by(ReportRow.created_at)
        .limit(1),
    )
    person, task, report = (session.scalars(one).one() for one in wanted)
    return person, task, report


def _restricted(session: Session, foreign: dict[Kind, dict[Why, str]]) -> frozenset[str]:
    found = {named[Why.RESTRICTED] for named in foreign.values() if Why.RESTRICTED in named}
    for table in (ReportRow, CaseRow):
        hidden = select(table.id, table.reference).where(table.restriction == Restriction.HATE.value)
        found |= {value for row in session.execute(hidden) for value in row}
    return frozenset(found)
