"""Count what became of a campaign: one at a time does, and all others read what was counted last."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import cast

from sqlalchemy import Table, update
from sqlalchemy.orm import Session

from store.domain.campaign_results import Counted, rate
from store.engine import now
from store.engine.dialect import inserts, is_sqlite
from store.queries.campaign_results import LATER, view
from store.tables.campaign_results import CampaignResultsRow

CLAIMED_FOR = timedelta(minutes=1)
"""Whoever sets about counting and comes to no end in this time has died."""
_EMPTY = {
    "counts": {},
    "reasons": [],
    "per_second": 0.0,
    "took_ms": 0,
    "taps": {},
    "all_said": False,
}
_MADE = {
    sqlite: insert.on_conflict_do_nothing()
    for sqlite, insert in inserts(cast("Table", CampaignResultsRow.__table__)).items()
}


@dataclass(frozen=True, slots=True)
class Said:
    """What was told last of a campaign, and when (aware UTC); `all`: also how it ended."""

    text: str | None
    at: datetime | None
    all: bool


def begin(session: Session, campaign_id: str) -> None:
    """Follow a campaign from now on; again is harmless."""
    session.execute(_MADE[is_sqlite(session)], [_EMPTY | {"campaign_id": campaign_id}])


def claim(session: Session, campaign_id: str) -> datetime | None:
    """Set about counting; return when, for `keep`. None where somebody else is at it."""
    begin(session, campaign_id)
    row, at = _for_update(session, campaign_id), now(session)
    if row.claimed_at is not None and at - row.claimed_at < CLAIMED_FOR:
        return None
    row.claimed_at = at
    session.flush()
    return at


def keep(session: Session, campaign_id: str, claimed_at: datetime, found: Counted, took: timedelta) -> None:
    """Keep what was counted, unless that was overtaken meanwhile by what somebody did."""
    row, at = _for_update(session, campaign_id), now(session)
    if row.claimed_at != claimed_at:
        return
    row.per_second = rate(view(row), found.ended, at)
    row.counts = {state.value: count for state, count in found.counts.items()} | {LATER: found.later}
    row.reasons = [[one.state.value, one.error, one.count] for one in found.reasons]
    row.next_at, row.counted_at, row.claimed_at = found.next_at, at, None
    row.took_ms = round(took / timedelta(milliseconds=1))
    session.flush()


def count_anew(session: Session, campaign_id: str) -> None:
    """Let the next who asks count, and how it ends be told: much has changed at once."""
    session.execute(
        update(CampaignResultsRow)
        .where(CampaignResultsRow.campaign_id == campaign_id)
        .values(counted_at=None, claimed_at=None, all_said=False)
    )


def keep_taps(session: Session, campaign_id: str, counts: Mapping[str, int]) -> None:
    """Add these to what was tapped: who tapped it is being forgotten."""
    begin(session, campaign_id)
    row = _for_update(session, campaign_id)
    row.taps = dict(Counter(row.taps) + Counter(counts))
    session.flush()


def said_so_far(session: Session, campaign_id: str) -> Said:
    """Return what was told of it last; locked till the commit."""
    row = _for_update(session, campaign_id)
    return Said(row.said, row.said_at, row.all_said)


def say(session: Session, campaign_id: str, text: str, *, all_said: bool) -> None:
    """Write down that this is told."""
    row = _for_update(session, campaign_id)
    row.said, row.said_at, row.all_said = text, now(session), all_said
    session.flush()


def _for_update(session: Session, campaign_id: str) -> CampaignResultsRow:
    return session.get_one(CampaignResultsRow, campaign_id, with_for_update=True, populate_existing=True)
