"""The sealer: chains committed events by hash, so that no change of the past stays unseen."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from store.domain.event import GENESIS, chain_hash
from store.domain.seal import Head
from store.queries.events import as_event
from store.tables.event import EventRow, SealRow
from store.tables.ids import width

SEAL_AT_ONCE = 500
LATE = timedelta(hours=1)


def head(session: Session) -> Head:
    """Return the last link of the chain (number 0 before the first)."""
    row = session.execute(
        select(SealRow.seq, SealRow.hash).order_by(SealRow.seq.desc()).limit(1)
    ).one_or_none()
    return Head(row.seq, row.hash) if row else Head(0, GENESIS)


def seal(session: Session, *, recent: bool = False) -> tuple[Head, int]:
    """Chain the next unsealed events; return the new head and how many were sealed.

    Only one sealer may run against a database at a time. With `recent`, events are looked for
    from `LATE` before the last sealed one on: no commit takes longer, and the cost does not grow.
    """
    last = head(session)
    unsealed = (
        select(EventRow)
        .outerjoin(SealRow, SealRow.event_id == EventRow.id)
        .where(SealRow.event_id.is_(None))
        .order_by(EventRow.id)
        .limit(SEAL_AT_ONCE)
    )
    if recent and last.seq:
        sealed: int = session.scalars(select(SealRow.event_id).where(SealRow.seq == last.seq)).one()
        unsealed = unsealed.where(EventRow.id > sealed - width(LATE))
    links = []
    for row in session.scalars(unsealed).all():
        last = Head(last.seq + 1, chain_hash(last.hash, last.seq + 1, as_event(row)))
        links.append({"seq": last.seq, "event_id": row.id, "hash": last.hash})
    if links:
        session.execute(insert(SealRow), links)
    return last, len(links)
