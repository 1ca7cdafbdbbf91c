"""When reporters are due word: set, met, carried into the case, put off while we wait for them.

Each report keeps the target of its own reporter until they heard from a person; while it waits in
triage it then has the next one, by when it is decided or they hear again. A case has the earliest
of its reports' targets, or its next update where that comes first. Where a reporter cannot be
written to (anonymous, or they asked us not to), the decision counts as the contact, and the case
is due its next word from then on: nothing of it waits unmissed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from store.actions.ending_news import Unsaid
from store.domain.case import CaseState
from store.domain.reference import Priority
from store.domain.report import Identity, ReportState
from store.domain.target import Rules, TargetKind, earliest, report_kind
from store.engine import now
from store.queries import recipients
from store.queries.targets import rules
from store.tables.case import CaseRow
from store.tables.report import ReportRow
from store.tables.resident import ResidentRow


def start(report: ReportRow, in_force: Rules) -> None:
    """Set by when the reporter of a new report is to hear from a person."""
    priority = Priority(report.priority)
    report.target_at = in_force.due(TargetKind.FIRST_CONTACT, priority, report.created_at)


def told(session: Session, report: ReportRow) -> None:
    """A person spoke or wrote to this reporter: set when they, or those of its case, hear next."""
    at, waits = now(session), report.state == ReportState.WAITING
    report.contacted_at, report.told_at = report.contacted_at or at, at
    next_word = rules(session).due(TargetKind.UPDATE, Priority(report.priority), at) if waits else None
    report.target_at, report.escalated_at = next_word, None
    if report.target_paused_at is not None:
        report.target_paused_at = at if next_word else None
    session.flush()
    if report.case_id is not None:
        case = session.get_one(CaseRow, report.case_id, with_for_update=True, populate_existing=True)
        case_told(session, case)


def case_told(session: Session, case: CaseRow) -> None:
    """A person spoke or wrote to a reporter of this case: set when they hear next."""
    case.contacted_at = now(session)
    if case.state == CaseState.CLOSED:
        return
    first = _first_of_reports(session, case)
    _set(session, case, (first, TargetKind.FIRST_CONTACT), (_update_due(session, case), TargetKind.UPDATE))
    if case.target_paused_at is not None:
        case.target_paused_at = now(session)


def asked(session: Session, report: ReportRow) -> None:
    """Let the clock of a waiting report stand: its reporter was asked, and the question reaches them."""
    stands = report.target_paused_at is not None or report.target_at is None
    if report.state == ReportState.WAITING and not stands and not cannot_be_told(session, report):
        report.target_paused_at = now(session)


def go_on(session: Session, report: ReportRow) -> None:
    """Let the clock of a report go on, if it stood: its reporter wrote, or it waits no more."""
    paused_at, report.target_paused_at = report.target_paused_at, None
    if paused_at is not None and report.target_at is not None:
        report.target_at = rules(session).resumed(report.target_at, paused_at, now(session))


def end(session: Session, report: ReportRow, *, said: bool) -> dict[str, str | None]:
    """A report ended: nothing is due any more. Words that were `said` with it count if they reach somebody.

    Returns when its reporter was told and first contacted before, for the event.
    """
    before = {"told_before": _written(report.told_at), "contacted_before": _written(report.contacted_at)}
    if said and _reached(session, [report.id]):
        report.told_at = now(session)
        report.contacted_at = report.contacted_at or report.told_at
    report.target_at = report.target_paused_at = None
    return before


def unsaid(report: ReportRow, ended_at: datetime, before: Mapping[str, Any]) -> None:
    """Take back that its reporter was told with the end of a report; `before`: what `end` returned."""
    earlier = (before.get("told_before"), before.get("contacted_before"))
    report.told_at, report.contacted_at = _heard_without(report.told_at, ended_at, earlier)


def case_unsaid(session: Session, case: CaseRow, end: Unsaid) -> None:
    """Take back that reporters of a case were told with its end; who never heard is to hear first."""
    heard = end.body.get("heard_before") or {}
    mine = select(ReportRow.id, ReportRow.told_at).where(ReportRow.id.in_(set(heard) & set(end.report_ids)))
    first = _due(session, case, TargetKind.FIRST_CONTACT, now(session))
    for id_, told_at in session.execute(mine.order_by(ReportRow.id).with_for_update()).all():
        told, contacted = _heard_without(told_at, end.at, heard[id_])
        changed = {"told_at": told, "contacted_at": contacted, "target_at": None if contacted else first}
        one = update(ReportRow).where(ReportRow.id == id_).values(changed)
        session.execute(one.execution_options(synchronize_session=False))
    if end.whole and case.contacted_at is not None and case.contacted_at <= end.at:
        case.contacted_at = _instant(end.body.get("case_heard_before"))


def _heard_without(
    told_at: datetime | None, ended_at: datetime, before: Sequence[str | None]
) -> tuple[datetime | None, datetime | None]:
    """Return when a reporter was told last and first, without the end; `before` it: last and first."""
    told, contacted = map(_instant, before)
    if told_at is not None and told_at > ended_at:
        return told_at, contacted or told_at
    return told, contacted


def _instant(written: str | None) -> datetime | None:
    return datetime.fromisoformat(written) if written else None


def _written(at: datetime | None) -> str | None:
    return at.isoformat() if at else None


def carry(session: Session, report: ReportRow, case: CaseRow) -> None:
    """Bring the target of a report that became part of a case into the case: the earliest holds."""
    go_on(session, report)
    kind = report_kind(report.contacted_at)
    decided_at = None
    if kind is TargetKind.FIRST_CONTACT and report.target_at and decision_counts(session, report):
        report.target_at, decided_at = None, now(session)
    brought = report.target_at
    if kind is TargetKind.UPDATE:  # what is due to those who heard is the case's from now on
        report.target_at = None
    case.contacted_at = case.contacted_at or report.told_at or decided_at
    at = case.target_at or (None if brought else _update_due(session, case))
    kept = TargetKind(case.target_kind) if case.target_kind else TargetKind.UPDATE
    _set(session, case, (brought, kind), (at, kept))


def cannot_be_told(session: Session, report: ReportRow) -> bool:
    """Tell whether no word of ours reaches this reporter: they asked us not to write, or blocked us."""
    reporter = session.get_one(ResidentRow, report.reporter_id)
    return reporter.do_not_contact or reporter.blocked_at is not None


def decision_counts(session: Session, report: ReportRow) -> bool:
    """Tell whether the decision stands for the first contact: nobody can tell this reporter anything."""
    if report.identity == Identity.ANONYMOUS:
        return True
    reporter = session.get_one(ResidentRow, report.reporter_id)
    if reporter.chat_id is None:  # a talk is the contact, whatever they said about messages
        return reporter.contact is None
    return cannot_be_told(session, report)


def moved(session: Session, case: CaseRow, before: CaseState) -> None:
    """Let the clock of a case stand while it waits for the reporter, and go on afterwards."""
    if case.state == CaseState.WAITING_REPORTER:
        case.target_paused_at = now(session)
    elif before is CaseState.WAITING_REPORTER:
        _resume(session, case)


def closed(session: Session, case: CaseRow) -> dict[str, Any]:
    """A case was closed: no target of it is left. Those of its reporters whom the words reach were told.

    Returns when these were told last and first before, by report, and when any was, for the event.
    """
    case.target_at = case.target_kind = case.target_paused_at = None
    with session.no_autoflush:
        ids = session.scalars(select(ReportRow.id).where(ReportRow.case_id == case.id)).all()
        reached = _reached(session, ids)
        told = select(ReportRow.id, ReportRow.told_at, ReportRow.contacted_at).where(
            ReportRow.id.in_(reached)
        )
        heard = {id_: [_written(last), _written(first)] for id_, last, first in session.execute(told)}
    before = {"heard_before": heard, "case_heard_before": _written(case.contacted_at)}
    if reached:
        case.contacted_at = now(session)
    first = func.coalesce(ReportRow.contacted_at, now(session))
    of_case = update(ReportRow).execution_options(synchronize_session=False)
    session.execute(of_case.where(ReportRow.case_id == case.id).values(target_at=None))
    said = of_case.where(ReportRow.id.in_(reached)).values(contacted_at=first, told_at=now(session))
    session.execute(said)
    return before


def report_reopened(session: Session, report: ReportRow) -> None:
    """Set anew when the reporter of a report that is back in the queue hears: counted from now."""
    kind = report_kind(report.contacted_at)
    report.target_at = rules(session).due(kind, Priority(report.priority), now(session))
    report.escalated_at = None


def reopened(session: Session, case: CaseRow) -> None:
    """Set anew when the reporters of a reopened case hear: counted from now, first those who never heard."""
    at = now(session)
    with session.no_autoflush:
        _due_first_again(session, case, at)
        first = _first_of_reports(session, case)
    update_due = _due(session, case, TargetKind.UPDATE, at)
    _set(session, case, (first, TargetKind.FIRST_CONTACT), (update_due, TargetKind.UPDATE))


def _due_first_again(session: Session, case: CaseRow, at: datetime) -> None:
    """Set anew when those hear first whom the closing words did not reach: they have a phone and no chat."""
    unheard = select(ReportRow).where(ReportRow.case_id == case.id, ReportRow.contacted_at.is_(None))
    rows = session.scalars(unheard.order_by(ReportRow.id).with_for_update()).all()
    ids = [report.id for report in rows if not decision_counts(session, report)]
    first = _due(session, case, TargetKind.FIRST_CONTACT, at)
    due_first = update(ReportRow).where(ReportRow.id.in_(ids)).values(target_at=first)
    session.execute(due_first.execution_options(synchronize_session=False))


def retarget(session: Session, case: CaseRow) -> None:
    """Work out anew what is due in a case whose priority changed; to be called after the change.

    The clocks count from where they began: the reports' coming in, the last word to a reporter.
    Waits for the reporter that are over are not taken off again.
    """
    if case.state == CaseState.CLOSED:
        return
    for report in _waiting_reports(session, case):
        report.target_at = _due(session, case, TargetKind.FIRST_CONTACT, report.created_at)
    session.flush()
    first = _first_of_reports(session, case)
    _set(session, case, (first, TargetKind.FIRST_CONTACT), (_update_due(session, case), TargetKind.UPDATE))


def _reached(session: Session, report_ids: Sequence[str]) -> list[str]:
    """Return those of these reports whose reporters words of ours reach.

    What is being changed is not written for that: it is one change, of one version.
    """
    with session.no_autoflush:
        return [one.report_id for one in recipients.reporters(session, report_ids)]


def _resume(session: Session, case: CaseRow) -> None:
    paused_at, case.target_paused_at = case.target_paused_at, None
    if paused_at is None:
        return
    in_force, at = rules(session), now(session)
    if case.target_at is not None:
        case.target_at = in_force.resumed(case.target_at, paused_at, at)
    for report in _waiting_reports(session, case):
        if report.target_at is not None:
            report.target_at = in_force.resumed(report.target_at, paused_at, at)


def _waiting_reports(session: Session, case: CaseRow) -> list[ReportRow]:
    """Return the reports of a case whose reporters are still to hear from a person."""
    wanted = select(ReportRow).where(ReportRow.case_id == case.id, ReportRow.target_at.is_not(None))
    return list(session.scalars(wanted.order_by(ReportRow.id).with_for_update()))


def _first_of_reports(session: Session, case: CaseRow) -> datetime | None:
    return session.scalar(select(func.min(ReportRow.target_at)).where(ReportRow.case_id == case.id))


def _update_due(session: Session, case: CaseRow) -> datetime | None:
    return _due(session, case, TargetKind.UPDATE, case.contacted_at) if case.contacted_at else None


def _due(session: Session, case: CaseRow, kind: TargetKind, since: datetime) -> datetime | None:
    return rules(session).due(kind, Priority(case.priority), since)


def _set(session: Session, case: CaseRow, *targets: tuple[datetime | None, TargetKind]) -> None:
    """Set the earliest of these; one that is new has not been escalated."""
    at, kind = earliest(*targets)
    if (at, kind) != (case.target_at, case.target_kind):
        case.escalated_at = None
    case.target_at, case.target_kind = at, kind.value if kind else None
    if at is None:
        case.target_paused_at = None
    elif case.state == CaseState.WAITING_REPORTER and case.target_paused_at is None:
        case.target_paused_at = now(session)
