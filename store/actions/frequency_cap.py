"""Let what is more than anybody gets in a week wait till it fits, at most till it comes too late.

What was sent to somebody lately is a few entries of an index, whatever the number of campaigns.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Table, bindparam, case, func, literal_column, select, text, update
from sqlalchemy.orm import Session

from store.domain.delivery import CAMPAIGN_KIND, DeliveryState, Lane
from store.domain.frequency_cap import CAPPED, MOST_A_WEEK, WEEK, fits_at, next_morning
from store.engine import now
from store.tables.delivery import IS_LEASED, SENT_CAMPAIGN, DeliveryRow
from store.tables.reference import ReferenceRow

_TABLE = cast("Table", DeliveryRow.__table__)
_SENT = _TABLE.alias("sent_before")
_RECENT = (
    select(func.count())
    .select_from(_SENT)
    .where(
        _SENT.c.chat_id == literal_column("deliveries.chat_id"),
        text(SENT_CAMPAIGN.format("sent_before")),
        _SENT.c.finished_at > bindparam("week_ago"),
    )
    .scalar_subquery()
)
LATELY = case(
    (literal_column("deliveries.lane = 4 AND deliveries.kind = 'subscribed.campaign'"), _RECENT), else_=0
).label("lately")
"""How many campaigns the reader of one got in the last week, nothing for all else; asks for `week_ago`."""
_LATELY = select(_TABLE.c.chat_id, _TABLE.c.finished_at).where(
    _TABLE.c.chat_id.in_(bindparam("chats", expanding=True)),
    text(SENT_CAMPAIGN.format("deliveries")),
    _TABLE.c.finished_at > bindparam("week_ago"),
)
_ON_ITS_WAY = (
    select(_TABLE.c.bundled_into, _TABLE.c.chat_id, func.count())
    .where(IS_LEASED, _TABLE.c.kind == CAMPAIGN_KIND, _TABLE.c.lane >= int(Lane.CAMPAIGN))
    .group_by(_TABLE.c.bundled_into, _TABLE.c.chat_id)
)
_PUT_OFF = (
    update(_TABLE)
    .where(_TABLE.c.id == bindparam("delivery"))
    .values(state=DeliveryState.QUEUED.value, due_at=bindparam("new_due"), error=CAPPED)
)
_REFERENCE = cast("Table", ReferenceRow.__table__)
_DISTRICT = select(_REFERENCE.c.body).where(
    _REFERENCE.c.kind == "district", _REFERENCE.c.retired_at.is_(None)
)
"""Read as it lies: all of it made into a `District` would cost more than a lease."""


def week_ago(session: Session) -> datetime:
    """Return since when what was sent counts."""
    return now(session) - WEEK


def most(session: Session) -> int:
    """Return how many campaigns anybody gets in a week at most."""
    body = session.connection().execute(_DISTRICT).scalar() or {}
    return max(1, int(body.get("campaigns_a_week", MOST_A_WEEK)))


def over(session: Session, leased: Sequence[Any]) -> set[int]:
    """Put off what of these campaigns, read with `LATELY`, is more than fits; return what that is."""
    if not leased:
        return set()
    at_most = most(session)
    return put_off(session, [row for row in leased if row.lately >= at_most], at_most)


def put_off(session: Session, campaigns: Sequence[Any], at_most: int) -> set[int]:
    """Queue again what of these messages is more than fits, for when it does, or ends; return what that is.

    They are taken in order, so that the first ones fit.
    """
    if not campaigns:
        return set()
    sent = _lately(session, {one.chat_id for one in campaigns})
    later = {}
    for one in campaigns:
        theirs = sent.setdefault(one.chat_id, [])
        at = fits_at(theirs, now(session), at_most)
        theirs.append(at)
        if at > now(session):
            due = next_morning(one.due_at, at) if one.lane == Lane.GATHERED else at
            later[one.id] = min(due, one.expires_at or due)
    if later:
        rows = [{"delivery": id_, "new_due": due} for id_, due in later.items()]
        session.connection().execute(_PUT_OFF, rows)
    return set(later)


def too_full(session: Session, bundles: Collection[int]) -> set[int]:
    """Return which of these digests, all leased, hold more campaigns than fit; the first ones do.

    What is on its way to the same people besides counts as sent.
    """
    theirs: list[tuple[int, int, int]] = []
    used: Counter[int] = Counter()
    for bundle_id, chat_id, count in session.connection().execute(_ON_ITS_WAY):
        if bundle_id in bundles:
            theirs.append((bundle_id, chat_id, count))
        else:
            used[chat_id] += count
    if not theirs:
        return set()
    used.update({chat_id: len(at) for chat_id, at in _lately(session, {one[1] for one in theirs}).items()})
    at_most, over = most(session), set[int]()
    for bundle_id, chat_id, count in sorted(theirs):
        if used[chat_id] + count > at_most:
            over.add(bundle_id)
        else:
            used[chat_id] += count
    return over


def _lately(session: Session, chats: Collection[int]) -> dict[int, list[datetime]]:
    found: dict[int, list[datetime]] = {}
    told = {"chats": sorted(chats), "week_ago": week_ago(session)}
    for chat_id, finished_at in session.connection().execute(_LATELY, told):
        found.setdefault(chat_id, []).append(finished_at)
    return found
