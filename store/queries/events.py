"""Read the append-only record, and check its chain."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from store.domain.actor import Actor, ActorKind, Channel
from store.domain.event import GENESIS, Event, chain_hash, digest
from store.domain.seal import UNSEALED_IS_TROUBLE_AFTER, Head
from store.engine import now
from store.tables.event import EventDetailRow, EventRow, SealRow

CHECKED_AT_ONCE = 1_000


def as_event(row: EventRow) -> Event:
    """Return the event that a row holds."""
    actor = Actor(ActorKind(row.actor_kind), row.actor_id, Channel(row.channel))
    return Event(row.id, row.at, actor, row.action, row.subject_kind, row.subject_id, row.digest)


def oldest_unsealed(session: Session) -> bool:
    """Tell whether an event has waited for its seal for too long."""
    limit = now(session) - UNSEALED_IS_TROUBLE_AFTER
    return bool(
        session.scalar(
            select(func.count())
            .select_from(EventRow)
            .outerjoin(SealRow, SealRow.event_id == EventRow.id)
            .where(SealRow.event_id.is_(None), EventRow.at < limit)
        )
    )


def verify(session: Session, known: Head | None = None) -> list[str]:
    """Check the whole chain; return what is wrong in sentences (empty: nothing).

    `known` is a head kept outside the database: its link must still be there, unchanged.
    """
    trouble: list[str] = []
    last = Head(0, GENESIS)
    for seal, row in _links(session):
        if seal.seq != last.seq + 1:
            trouble.append(f"link {last.seq + 1} is missing")
            return trouble
        if row is None:
            trouble.append(f"event {seal.event_id} of link {seal.seq} is missing")
            return trouble
        last = Head(seal.seq, chain_hash(last.hash, seal.seq, as_event(row)))
        if last.hash != seal.hash:
            trouble.append(f"link {seal.seq} does not fit: event {seal.event_id} was changed")
            return trouble
        if known and known.seq == last.seq and known.hash != last.hash:
            trouble.append(f"link {known.seq} is not the one that was kept outside")
    if known and known.seq > last.seq:
        trouble.append(f"the chain was cut: it ends at {last.seq}, but {known.seq} was sealed")
    if oldest_unsealed(session):
        trouble.append("there are events without a seal that are older than a minute")
    trouble.extend(_changed_details(session))
    return trouble


def _links(session: Session) -> Iterator[tuple[SealRow, EventRow | None]]:
    """Yield every link with its event; None where the event is gone."""
    after = 0
    while True:
        rows = session.execute(
            select(SealRow, EventRow)
            .outerjoin(EventRow, EventRow.id == SealRow.event_id)
            .where(SealRow.seq > after)
            .order_by(SealRow.seq)
            .limit(CHECKED_AT_ONCE)
        ).all()
        yield from ((row[0], row[1]) for row in rows)
        if len(rows) < CHECKED_AT_ONCE:
            return
        after = rows[-1][0].seq
        session.expunge_all()


def _changed_details(session: Session) -> list[str]:
    rows = session.execute(
        select(EventRow.id, EventRow.digest, EventDetailRow.salt, EventDetailRow.body)
        .join(EventDetailRow, EventDetailRow.event_id == EventRow.id)
        .order_by(EventRow.id)
    ).yield_per(CHECKED_AT_ONCE)
    return [
        f"the details of event {row.id} were changed"
        for row in rows
        if digest(row.salt, row.body) != row.digest
    ]
