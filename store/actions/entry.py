"""Write down a report for somebody who phoned, came or spoke up at a meeting."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from store.actions import target
from store.actions.report import new_row, record_sent
from store.domain import same_person
from store.domain.entry import Entry, category_of
from store.domain.errors import NotAllowed, Refusal
from store.domain.reference import Profile, Restriction
from store.domain.report import Identity
from store.domain.same_person import Caller, Sameness
from store.domain.staff import By, may_open, may_work_reports
from store.domain.target import rules_of
from store.engine import now
from store.tables.resident import ResidentRow


@dataclass(frozen=True, slots=True)
class Entered:
    """The report just written down. `opens`: its writer may open it, no concern restricts it from them."""

    reference: str
    opens: bool


def enter(session: Session, by: By, profile: Profile, entry: Entry) -> Entered:
    """Make a report of it that waits in triage; it counts as sent by `by`.

    Its reporter has no chat, so nothing is ever pushed to them; without consent to be messaged they
    are marked as not to be contacted. An anonymous one is a relay without name and contact.
    Refusals: `staff.not_allowed`, `entry.needs_category`.
    """
    if not may_work_reports(by.staff):
        raise NotAllowed("staff.not_allowed")
    category = category_of(profile, entry.answers["category"])
    if category is None:
        raise Refusal("entry.needs_category")
    row = new_row(session, category, entry.answers, profile)
    row.reporter_id = _reporter(session, entry)
    row.language, row.source = entry.language, entry.source.value
    row.entered_by = by.staff.id
    target.start(row, rules_of(profile))
    session.add(row)
    session.flush()
    record_sent(session, row, by.actor)
    restriction = Restriction(row.restriction) if row.restriction else None
    return Entered(row.reference, may_open(by.staff, restriction))


def _reporter(session: Session, entry: Entry) -> str:
    """Return who reports: somebody who is surely the one who told us before is the same person."""
    hidden = entry.identity is Identity.ANONYMOUS
    key = None if hidden else same_person.name_key(entry.name)
    known = _known(session, Caller(key, entry.contact)) if key and entry.contact else None
    if known is not None:
        known.language, known.do_not_contact = entry.language, not entry.may_message
        return known.id
    person = ResidentRow(
        relay=hidden,
        chat_id=None,
        name=entry.name,
        name_key=key,
        contact=entry.contact,
        language=entry.language,
        do_not_contact=not entry.may_message,
        created_at=now(session),
    )
    session.add(person)
    session.flush()
    return person.id


def _known(session: Session, caller: Caller) -> ResidentRow | None:
    rows = session.scalars(
        select(ResidentRow)
        .where(ResidentRow.name_key == caller.name_key)
        .order_by(ResidentRow.created_at, ResidentRow.id)
        .with_for_update()
    )
    return next(
        (
            row
            for row in rows
            if same_person.sameness(caller, Caller(row.name_key, row.contact)) is Sameness.SURE
        ),
        None,
    )
