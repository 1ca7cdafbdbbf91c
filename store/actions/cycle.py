"""Tell supervisors what the plan asks for at this time of the year, once each; write down that it is done."""

from __future__ import annotations

from typing import cast

from sqlalchemy import Table, insert
from sqlalchemy.orm import Session

from store.actions import event
from store.domain.actor import SYSTEM
from store.domain.cycle import CycleTask, Round, key_of, may_be_told, parsed
from store.domain.errors import NotAllowed, NotFound
from store.domain.event import Action
from store.domain.staff import By, may_keep_the_plan
from store.domain.working_days import london_date
from store.engine import now
from store.engine.dialect import inserts, is_sqlite
from store.queries import cycle, recipients
from store.queries.targets import rules
from store.tables.cycle import CycleRoundRow, CycleToldRow

SUBJECT = "cycle"
_OPEN = {
    sqlite: one.on_conflict_do_nothing(index_elements=["code", "year"])
    for sqlite, one in inserts(cast("Table", CycleRoundRow.__table__)).items()
}


def tell(session: Session) -> int:
    """Tell each supervisor with a chat of the rounds that they have not heard of; return how many tellings.

    Nobody is told outside office hours, nor of what is done. A round is on their desks from its first
    telling on, also where nobody has a chat.
    """
    if not may_be_told(now(session), rules(session).holidays):
        return 0
    day = london_date(now(session))
    found = [(task, task.at(day)) for task in cycle.tasks(session)]
    return sum(_tell(session, task, one) for task, one in found if one is not None)


def _tell(session: Session, task: CycleTask, one: Round) -> int:
    row = _opened(session, one)
    if row.done_at is not None:
        return 0
    heard = cycle.told(session, one.code, one.year)
    people = [person.id for person in recipients.supervisors(session, None) if person.id not in heard]
    if people:
        at = now(session)
        rows = [{"code": one.code, "year": one.year, "staff_id": id_, "told_at": at} for id_ in people]
        session.execute(insert(CycleToldRow), rows)
        details = {
            "name": task.name,
            "what": task.what,
            "begins": one.begins.isoformat(),
            "ends": one.ends.isoformat(),
            "staff_ids": people,
        }
        event.record(session, SYSTEM, Action.CYCLE_TOLD, (SUBJECT, key_of(one.code, one.year)), details)
    return len(people)


def _opened(session: Session, one: Round) -> CycleRoundRow:
    """Return the row of a round, locked; a new one where it comes round now."""
    values = {"code": one.code, "year": one.year, "opened_at": now(session)}
    session.execute(_OPEN[is_sqlite(session)], values)
    key = (one.code, one.year)
    return session.get_one(CycleRoundRow, key, with_for_update=True, populate_existing=True)


def finish(session: Session, by: By, key: str) -> None:
    """Write down that a round is done; whoever said so first did it.

    `NotAllowed("staff.not_allowed")` for anybody but a supervisor, `NotFound("cycle.not_found")` where
    it has not come round.
    """
    row = _for_update(session, by, key)
    if row.done_at is None:
        row.done_at, row.done_by = now(session), by.staff.id
        event.record(session, by.actor, Action.CYCLE_DONE, (SUBJECT, key))


def reopen(session: Session, by: By, key: str) -> None:
    """Take back that a round is done, which was a mistake. Whoever heard of it does not hear again.

    Refuses as `finish` does.
    """
    row = _for_update(session, by, key)
    if row.done_at is not None:
        row.done_at = row.done_by = None
        event.record(session, by.actor, Action.CYCLE_REOPENED, (SUBJECT, key))


def _for_update(session: Session, by: By, key: str) -> CycleRoundRow:
    if not may_keep_the_plan(by.staff):
        raise NotAllowed("staff.not_allowed")
    row = session.get(CycleRoundRow, parsed(key), with_for_update=True, populate_existing=True)
    if row is None:
        raise NotFound("cycle.not_found")
    return row
