"""Write down what people do about a campaign that they got: each thing once for each person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from datetime import datetime
from typing import cast

from sqlalchemy import Table, delete, or_, select, tuple_
from sqlalchemy.orm import Session

from store.actions.campaign_results import keep_taps
from store.domain.campaign_results import STOPPED, STOPPED_WITHIN
from store.domain.subscription import Topic
from store.engine import now
from store.engine.dialect import inserts, is_sqlite
from store.queries.campaigns import got
from store.tables.campaign import CampaignRow
from store.tables.campaign_tap import CampaignTapRow

_TAPS = cast("Table", CampaignTapRow.__table__)
_KEY = tuple(_TAPS.primary_key)
_ONCE = {sqlite: insert.on_conflict_do_nothing() for sqlite, insert in inserts(_TAPS).items()}


def tapped(session: Session, campaign_id: str, button: str, resident_id: str) -> None:
    """Count a tap on a button of a campaign, if this person got it from us; again is harmless."""
    if got(session, [campaign_id], resident_id):
        _count(session, [campaign_id], button, resident_id)


def stopped(session: Session, resident_id: str, topics: Collection[Topic]) -> None:
    """Count that somebody wants to hear of these topics no more, for each campaign they just got."""
    if not topics:
        return
    since = now(session) - STOPPED_WITHIN
    of_these = session.scalars(
        select(CampaignRow.id).where(
            CampaignRow.started_at.is_not(None),
            or_(CampaignRow.finished_at.is_(None), CampaignRow.finished_at > since),
            CampaignRow.facts["topic"].as_string().in_([topic.value for topic in topics]),
        )
    )
    _count(session, got(session, of_these, resident_id, since), STOPPED, resident_id)


def forget(session: Session, before: datetime, at_most: int) -> int:
    """Delete who did what about a campaign before then, the oldest first; the numbers are kept.

    Returns how many.
    """
    oldest = select(*_KEY).where(_TAPS.c.at < before).order_by(_TAPS.c.at).limit(at_most)
    doomed = delete(_TAPS).where(tuple_(*_KEY).in_(oldest))
    rows = session.execute(doomed.returning(_TAPS.c.campaign_id, _TAPS.c.what)).all()
    numbers: dict[str, Counter[str]] = {}
    for campaign_id, what in rows:
        numbers.setdefault(campaign_id, Counter())[what] += 1
    for campaign_id, counts in sorted(numbers.items()):
        keep_taps(session, campaign_id, counts)
    return len(rows)


def _count(session: Session, campaign_ids: Collection[str], what: str, resident_id: str) -> None:
    common = {"what": what, "resident_id": resident_id, "at": now(session)}
    rows = [{"campaign_id": one, **common} for one in campaign_ids]
    if rows:
        session.connection().execute(_ONCE[is_sqlite(session)], rows)
