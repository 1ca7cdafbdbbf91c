"""What a meeting chose: at most three priorities, each with who does it and later what came of it."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from store.actions import rewording
from store.actions.meeting import for_update, record
from store.actions.rows import check_version, touch
from store.domain.errors import Refusal
from store.domain.event import Action
from store.domain.meeting import MeetingPriority, MeetingState, checked_priorities
from store.domain.meeting_sharing import Kept, carried, same_words
from store.domain.staff import By
from store.engine import now
from store.queries.meeting_sharings import kept as priorities_of
from store.tables.meeting import PriorityRow

Told = tuple[MeetingPriority, ...]


def set_priorities(
    session: Session, by: By, reference: str, told: Sequence[MeetingPriority], version: int | None = None
) -> Told:
    """Let these be the priorities of a meeting, in this order; the same again is harmless.

    What was shared of each is kept; what waits to be told of them is worded anew. Refusals:
    `meeting.not_found`, `meeting.cancelled`, `record.changed`, those of `checked_priorities`.
    """
    row = for_update(session, by, reference)
    there = priorities_of(session, [row.id])[row.id]
    before = tuple(one.priority for one in there)
    kept = checked_priorities(told)
    if kept == before:
        return kept
    check_version(session, "meeting", row, version)
    if row.state == MeetingState.CANCELLED:
        raise Refusal("meeting.cancelled")
    after = carried(there, kept)
    _write(session, row.id, after)
    row.updated_at = now(session)
    touch(session, row)
    if not same_words(there, after):
        rewording.follow(session, row)
    told_before, told_after = _plain(before), _plain(kept)
    words = f"{_words(before)} → {_words(kept)}"
    changed = {"priorities_before": told_before, "priorities_after": told_after, "change": words}
    record(session, by.actor, row, Action.MEETING_PRIORITIES_SET, **changed)
    return kept


def _write(session: Session, meeting_id: str, kept: Sequence[Kept]) -> None:
    there = session.scalars(select(PriorityRow).where(PriorityRow.meeting_id == meeting_id)).all()
    since = {(one.text, one.result): one.result_at for one in there}
    session.execute(delete(PriorityRow).where(PriorityRow.meeting_id == meeting_id))
    for place, one in enumerate(kept):
        said = one.priority
        at = since.get((said.text, said.result), now(session)) if said.result else None
        session.add(
            PriorityRow(
                meeting_id=meeting_id,
                place=place,
                text=said.text,
                owner=said.owner,
                result=said.result,
                result_at=at,
                shared_in=one.shared_in,
                told_in=one.told_in,
                shared_result=one.shared_result,
            )
        )


def _plain(told: Told) -> list[dict[str, str | None]]:
    return [{"text": one.text, "owner": one.owner, "result": one.result} for one in told]


def _words(told: Told) -> str:
    said = (f"{one.text} ({one.owner}{f'; {one.result}' if one.result else ''})" for one in told)
    return ", ".join(said) or "none"
