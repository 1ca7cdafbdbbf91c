"""Who is writing to us, and what they are in the middle of: one statement for a turn."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import cast

from sqlalchemy import Table, and_, bindparam, literal, not_, select
from sqlalchemy.orm import Session

from store.domain.draft import Draft, unpacked
from store.domain.reference import Restriction
from store.domain.resident import Resident
from store.domain.staff import Role, Staff
from store.tables.delivery import DeliveryRow
from store.tables.draft import DraftRow
from store.tables.ids import rising_ids, width
from store.tables.inbox import InboxRow
from store.tables.resident import ResidentRow
from store.tables.staff import StaffGrantRow, StaffRow

_RESIDENTS = cast("Table", ResidentRow.__table__)
_DRAFTS = cast("Table", DraftRow.__table__)
_STAFF = cast("Table", StaffRow.__table__)
_ONE = select(literal(1).label("one")).subquery()
_WHO = (
    select(
        _RESIDENTS.c.id,
        _RESIDENTS.c.name,
        _RESIDENTS.c.language,
        _RESIDENTS.c.language_asked,
        _RESIDENTS.c.do_not_contact,
        _RESIDENTS.c.blocked_at,
        _DRAFTS.c.form,
        _DRAFTS.c.step,
        _DRAFTS.c.version,
        _DRAFTS.c.answers,
        _STAFF.c.id.label("staff_id"),
        _STAFF.c.name.label("staff_name"),
        _STAFF.c.role,
    )
    .select_from(_ONE)
    .outerjoin(
        _RESIDENTS,
        and_(_RESIDENTS.c.chat_id == bindparam("user_id"), not_(_RESIDENTS.c.relay)),
    )
    .outerjoin(_DRAFTS, _DRAFTS.c.chat_id == bindparam("user_id"))
    .outerjoin(_STAFF, and_(_STAFF.c.chat_id == bindparam("user_id"), _STAFF.c.disabled_at.is_(None)))
)
_GRANTS = select(StaffGrantRow.restriction).where(StaffGrantRow.staff_id == bindparam("staff_id"))


TAKEN_AWAY_WITHIN = timedelta(hours=48)
"""The messenger lets a bot delete messages of a private chat for this long (deleteMessages)."""


def messages_of(session: Session, chat_id: int) -> list[int]:
    """Return the messenger's ids of every message of this chat, theirs and ours, that can be deleted."""
    since = rising_ids.next() - width(TAKEN_AWAY_WITHIN)
    ours = select(DeliveryRow.message_id).where(
        DeliveryRow.id > since, DeliveryRow.chat_id == chat_id, DeliveryRow.message_id.is_not(None)
    )
    theirs = select(InboxRow.message_id).where(
        InboxRow.id > since, InboxRow.chat_id == chat_id, InboxRow.message_id.is_not(None)
    )
    return sorted(number for number in session.scalars(ours.union(theirs)) if number is not None)


@dataclass(frozen=True, slots=True)
class Who:
    """The person at the other end: resident, staff, both or neither, and their open form."""

    resident: Resident | None
    staff: Staff | None
    draft: Draft | None


def who(session: Session, user_id: int) -> Who:
    """Return who this messenger account is to us. Only a turn for that account may ask."""
    row = session.connection().execute(_WHO, {"user_id": user_id}).one()
    resident = (
        Resident(
            row.id,
            user_id,
            row.name,
            row.language,
            row.do_not_contact,
            row.blocked_at,
            row.language_asked,
        )
        if row.id
        else None
    )
    draft = unpacked(row.form, row.step, row.version, row.answers) if row.form else None
    staff = None
    if row.staff_id:
        grants = session.scalars(_GRANTS, {"staff_id": row.staff_id})
        staff = Staff(
            row.staff_id,
            row.staff_name,
            Role(row.role),
            user_id,
            frozenset(Restriction(g) for g in grants),
        )
    return Who(resident, staff, draft)
