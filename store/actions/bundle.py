"""Digests: many things for one person in one message, each still a delivery of its own.

What waits for a digest lies in the outbox like all else, but in a lane that the sender does not read.
Once due, one message is made of all that is due for a person; the rows name it in `bundled_into` and stay
queued, so that whatever takes back a message takes these back too. The moment before it goes, all of them
are leased with it; where one is not there any more, the message is dissolved and made anew.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Table, and_, bindparam, case, delete, func, or_, select, update
from sqlalchemy.orm import Session, aliased

from store.actions import frequency_cap, unsent
from store.domain.delivery import BUNDLE, CAMPAIGN_KIND, DeliveryState, Lane, Sent
from store.engine import now
from store.tables.delivery import IS_GATHERED, DeliveryRow
from store.tables.resident import ResidentRow

AT_ONCE = 250
"""So many things begin one unit of work, with all others of the same people."""
_KEPT_WITH = frozenset({DeliveryState.SENT, DeliveryState.UNCERTAIN})
"""Only so much is known to have gone, or perhaps gone, with its digest."""
_TABLE = cast("Table", DeliveryRow.__table__)
_QUEUED = _TABLE.c.state == DeliveryState.QUEUED.value
_LEASED = _TABLE.c.state == DeliveryState.LEASED.value
_FINISH = (
    update(_TABLE)
    .where(_TABLE.c.bundled_into == bindparam("bundle"), _LEASED)
    .values(
        state=bindparam("new_state"),
        params=None,
        message_id=bindparam("sent_message"),
        error=bindparam("trouble"),
        finished_at=bindparam("at"),
        tries=_TABLE.c.tries + 1,
        bundled_into=bindparam("new_bundle"),
    )
)
_LET_GO = (
    update(_TABLE)
    .where(_TABLE.c.id == bindparam("delivery"))
    .values(lane=bindparam("new_lane"), params=bindparam("new_params"))
)
_PUT_INTO = (
    update(_TABLE).where(_TABLE.c.id == bindparam("delivery")).values(bundled_into=bindparam("bundle"))
)


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing that is due for somebody. `params` is the JSON text that it would be sent with alone.

    `campaign` is the id of the campaign that it is of, None for all else.
    """

    id: int
    kind: str
    params: str
    expires_at: datetime | None
    campaign: str | None = None


@dataclass(frozen=True, slots=True)
class Gathered:
    """All that is due for one person with their digest, the oldest first."""

    chat_id: int
    language: str
    things: Sequence[Thing]


def next_due(session: Session) -> list[Gathered] | None:
    """Return for whom a digest is to be made next, and of what; None when nothing is due.

    What is not wanted any more, or comes too late, is taken back on the way; what is more than anybody gets
    in a week waits.
    """
    first = (
        select(_TABLE.c.chat_id)
        .where(IS_GATHERED, _TABLE.c.due_at <= now(session))
        .order_by(_TABLE.c.due_at, _TABLE.c.id)
        .limit(AT_ONCE)
    )
    chats = sorted(set(session.scalars(first)))
    if not chats:
        return None
    theirs = (_TABLE.c.chat_id.in_(chats), IS_GATHERED, _TABLE.c.due_at <= now(session))
    ids = session.scalars(select(_TABLE.c.id).where(*theirs).order_by(_TABLE.c.id).with_for_update()).all()
    unsent.take_back_unwanted(session, ids)
    languages = _languages(session, chats)
    rows = session.execute(select(_TABLE).where(*theirs).order_by(_TABLE.c.id)).all()
    told = [row for row in rows if row.kind == CAMPAIGN_KIND]
    over = frequency_cap.put_off(session, told, frequency_cap.most(session)) if told else set()
    found: dict[int, list[Thing]] = {}
    for row in (row for row in rows if row.id not in over):
        thing = Thing(row.id, row.kind, row.params or "{}", row.expires_at, _campaign_of(row))
        found.setdefault(row.chat_id, []).append(thing)
    return [Gathered(chat_id, languages[chat_id], things) for chat_id, things in found.items()]


def _campaign_of(row: Any) -> str | None:
    """Return the id of the campaign that this is of: its key begins with `key_of` that."""
    return row.key.split(":")[1] if row.kind == CAMPAIGN_KIND and row.key else None


def _languages(session: Session, chats: Collection[int]) -> Mapping[int, str]:
    wanted = select(ResidentRow.chat_id, ResidentRow.language)
    rows = session.execute(wanted.where(ResidentRow.chat_id.in_(chats), ~ResidentRow.relay))
    return {chat_id: language for chat_id, language in rows if chat_id is not None}


def let_go(session: Session, things: Sequence[tuple[Thing, str]]) -> None:
    """Let these go by themselves, with these params: nothing else is due for whom they are for."""
    if things:
        rows = [
            {"delivery": thing.id, "new_lane": int(_own_lane(thing)), "new_params": params}
            for thing, params in things
        ]
        session.connection().execute(_LET_GO, rows)


def _own_lane(thing: Thing) -> Lane:
    return Lane.CAMPAIGN if thing.kind == CAMPAIGN_KIND else Lane.REMINDER


def put_into(session: Session, bundles: Mapping[int, Sequence[Thing]]) -> None:
    """Write down which digest these go out with."""
    rows = [{"delivery": thing.id, "bundle": id_} for id_, things in bundles.items() for thing in things]
    if rows:
        session.connection().execute(_PUT_INTO, rows)


def lease(session: Session, bundles: Collection[int]) -> set[int]:
    """Lease all that is in these digests; return those that are gone.

    These are not true any more, or hold more campaigns than fit by now, as another digest went meanwhile.
    """
    within = _TABLE.c.bundled_into.in_(bundles)
    counted = select(_TABLE.c.bundled_into, func.count()).where(within).group_by(_TABLE.c.bundled_into)
    all_of = {bundled: count for bundled, count in session.execute(counted) if bundled is not None}
    good = or_(_TABLE.c.expires_at.is_(None), _TABLE.c.expires_at > now(session))
    leasing = update(_TABLE).where(within, _QUEUED, good).values(state=DeliveryState.LEASED.value)
    leased = Counter(session.scalars(leasing.returning(_TABLE.c.bundled_into)))
    untrue = {id_ for id_ in bundles if leased[id_] == 0 or leased[id_] != all_of.get(id_)}
    if untrue:
        dissolve(session, untrue)
    over = frequency_cap.too_full(session, set(bundles) - untrue)
    if over:
        dissolve(session, over)
    return untrue | over


def take_back_refused(session: Session, ids: Sequence[int]) -> None:
    """Take back what may not go; a digest is dissolved, and what is in it is looked at one by one."""
    may_not = and_(_TABLE.c.id.in_(ids), _TABLE.c.kind == BUNDLE, _QUEUED, _TABLE.c.due_at <= now(session))
    refused = session.scalars(select(_TABLE.c.id).where(may_not).with_for_update()).all()
    if refused:
        dissolve(session, refused)
    unsent.take_back_unwanted(session, ids)


def dissolve(session: Session, bundles: Collection[int]) -> None:
    """Let what is in these digests, and was not taken back, wait for another one."""
    again = case((_LEASED, DeliveryState.QUEUED.value), else_=_TABLE.c.state)
    within = _TABLE.c.bundled_into.in_(bundles)
    session.execute(update(_TABLE).where(within).values(bundled_into=None, state=again))
    session.execute(delete(_TABLE).where(_TABLE.c.id.in_(bundles)))


def finish(session: Session, results: Sequence[Sent]) -> None:
    """Let what went with these digests end as they did."""
    done: list[dict[str, Any]] = [
        {
            "bundle": r.id,
            "new_state": r.state.value,
            "sent_message": r.message_id,
            "trouble": r.error,
            "at": now(session),
            "new_bundle": r.id if r.state in _KEPT_WITH else None,
        }
        for r in results
    ]
    session.connection().execute(_FINISH, done)


def on_its_way(session: Session, bundles: Collection[int]) -> Sequence[int]:
    """Return what is leased with these digests."""
    if not bundles:
        return []
    return session.scalars(select(_TABLE.c.id).where(_TABLE.c.bundled_into.in_(bundles), _LEASED)).all()


def put_back(session: Session, ids: Sequence[int]) -> None:
    """Queue again what was leased with a digest that was not sent."""
    if ids:
        again = {"state": DeliveryState.QUEUED.value}
        session.execute(update(_TABLE).where(_TABLE.c.id.in_(ids), _LEASED).values(**again))


def gather_again(session: Session, its: Sequence[Any]) -> None:
    """Let these wait for another digest where theirs ended without them while they were held."""
    other = aliased(DeliveryRow)
    open_ones = (DeliveryState.QUEUED.value, DeliveryState.LEASED.value)
    there = select(other.id).where(other.id == _TABLE.c.bundled_into, other.state.in_(open_ones))
    session.execute(
        update(_TABLE)
        .where(*its, _QUEUED, _TABLE.c.bundled_into.is_not(None), ~there.exists())
        .values(bundled_into=None)
    )
