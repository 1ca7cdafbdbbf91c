"""Queue what is to be said; lease it to the sender; write down what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Row, Table, Text, bindparam, func, literal_column, select, update
from sqlalchemy.orm import Session

from store.actions import bundle, campaign_hold, card, frequency_cap, resident, unsent
from store.domain.delivery import (
    BUNDLE,
    EXPIRY,
    MAY_HAVE_COME,
    PROTECTED,
    PROTECTED_FOR,
    REPEATABLE_LANES,
    STAFF_KIND,
    URGENT_KIND,
    Delivery,
    DeliveryState,
    Lane,
    Outgoing,
    Sent,
    packed,
)
from store.domain.subscription import QuietHours
from store.engine import now, unit
from store.engine.dialect import insert_many, inserts, is_sqlite
from store.tables.delivery import DeliveryRow
from store.tables.ids import rising_ids
from store.tables.subscriber import SubscriberRow

_TABLE = cast("Table", DeliveryRow.__table__)
_PLAIN = _TABLE.insert()
_KEYED = {
    sqlite: insert.on_conflict_do_nothing(index_elements=["key"]).returning(_TABLE.c.id)
    for sqlite, insert in inserts(_TABLE).items()
}
_FINISH = (
    update(_TABLE)
    .where(_TABLE.c.id == bindparam("delivery"))
    .values(
        state=unsent.NEW_STATE,
        params=None,
        message_id=bindparam("sent_message"),
        error=bindparam("trouble"),
        finished_at=bindparam("at"),
        tries=_TABLE.c.tries + 1,
    )
)
_PUT_BACK = (
    update(_TABLE)
    .where(_TABLE.c.id == bindparam("delivery"), _TABLE.c.state == DeliveryState.LEASED.value)
    .values(
        state=DeliveryState.QUEUED.value,
        due_at=bindparam("new_due"),
        tries=bindparam("new_tries"),
        method=bindparam("new_method"),
        chat_id=bindparam("new_chat"),
        params=bindparam("new_params"),
        error=func.coalesce(bindparam("doubt", type_=Text), _TABLE.c.error),
    )
)
_QUEUED = _TABLE.c.state == DeliveryState.QUEUED
_THEIRS = "(SELECT s.{} FROM subscribers s JOIN residents r ON r.id = s.resident_id WHERE {} LIMIT 1)"
_READER = "r.chat_id = deliveries.chat_id AND NOT r.relay"
"""Of the reader of a message; in words, as SQLAlchemy leaves out the tables' names in RETURNING."""
_QUIET = [
    literal_column(_THEIRS.format(name, _READER), SubscriberRow.quiet_from.type).label(name)
    for name in ("quiet_from", "quiet_to")
]
_NOT_NOW = (
    update(_TABLE)
    .where(_TABLE.c.id == bindparam("delivery"))
    .values(state=DeliveryState.QUEUED.value, due_at=bindparam("new_due"))
)
_LEASED = (_TABLE.c.id, _TABLE.c.lane, _TABLE.c.kind, _TABLE.c.chat_id, _TABLE.c.expires_at)
_LEASE = (
    update(_TABLE)
    .where(
        _TABLE.c.id.in_(bindparam("ids", expanding=True)),
        _QUEUED,
        _TABLE.c.due_at <= bindparam("now"),
        *unsent.WANTED,
    )
    .values(state=DeliveryState.LEASED.value)
    .returning(*_LEASED, *_QUIET, frequency_cap.LATELY)
)
_PROTECTED = select(_TABLE.c.id, _TABLE.c.chat_id).where(
    _TABLE.c.id.in_(bindparam("ids", expanding=True)), _TABLE.c.kind == PROTECTED
)


def queue(session: Session, things: Sequence[Outgoing]) -> None:
    """Queue these in order. One whose `key` is there already is left out: it was said."""
    at = now(session)
    rows = [_row(thing, at) for thing in things]
    plain = [row for row in rows if row["key"] is None]
    if plain:
        session.connection().execute(_PLAIN, plain)
    added = {row["id"] for row in plain}
    for row in rows:
        if row["key"] is not None:
            added.update(session.scalars(_KEYED[is_sqlite(session)], [row]))
    unit(session).outgoing.extend(
        _delivery(row, thing) for row, thing in zip(rows, things, strict=True) if row["id"] in added
    )


def queue_many(session: Session, things: Sequence[Outgoing]) -> list[int]:
    """Queue these for the sender to find when they are due, in one statement; return their ids.

    One whose `key` is there already is left out: it was said.
    """
    at = now(session)
    rows = [_row(thing, at) for thing in things]
    insert_many(session, _TABLE, "key", rows)
    return [row["id"] for row in rows]


def _row(thing: Outgoing, at: datetime) -> dict[str, Any]:
    return {
        "id": rising_ids.next(),
        "lane": int(thing.lane),
        "chat_id": thing.chat_id,
        "kind": thing.kind,
        "method": thing.method,
        "params": packed(thing.params),
        "key": thing.key,
        "state": DeliveryState.QUEUED.value,
        "tries": 0,
        "created_at": at,
        "due_at": thing.due_at or at,
        "expires_at": thing.expires_at,
    }


def _delivery(row: dict[str, Any], thing: Outgoing) -> Delivery:
    what = (row["id"], thing.lane, thing.chat_id, thing.kind, thing.method)
    return Delivery(*what, row["params"], 0, row["due_at"], thing.expires_at)


def lease(session: Session, ids: Sequence[int]) -> set[int]:
    """Lease these to the sender; return those that were still queued and may go.

    What must not reach a resident any more is taken back, and what is of a halted campaign kept back. In
    quiet hours what is for residents and not urgent is put off till they end: reminders, campaigns and
    alerts without danger to life by the hours that each person chose.
    """
    campaign_hold.keep_back_unsettled(session, ids)
    at = now(session)
    told = {"ids": list(ids), "now": at, "week_ago": frequency_cap.week_ago(session)}
    rows = session.connection().execute(_LEASE, told).all()
    night = [{"delivery": row.id, "new_due": due} for row in rows if (due := _quiet_until(row, at)) > at]
    if night:
        session.connection().execute(_NOT_NOW, night)
    taken = {row.id for row in rows}
    if len(taken) < len(ids):
        bundle.take_back_refused(session, [id_ for id_ in ids if id_ not in taken])
    taken -= {put_off["delivery"] for put_off in night}
    taken -= frequency_cap.over(session, [row for row in rows if row.lately and row.id in taken])
    bundles = taken & {row.id for row in rows if row.kind == BUNDLE}
    return taken - bundle.lease(session, bundles) if bundles else taken


def _quiet_until(row: Row[Any], at: datetime) -> datetime:
    """Return when this message may come: later than `at` in the quiet hours of whoever gets it."""
    for_all = row.kind == URGENT_KIND
    if (row.lane <= Lane.URGENT and not for_all) or row.kind.startswith(STAFF_KIND):
        return at
    chosen = (row.lane >= Lane.REMINDER or for_all) and row.quiet_from is not None
    return (QuietHours(row.quiet_from, row.quiet_to) if chosen else QuietHours()).until(at)


def finish(session: Session, results: Sequence[Sent]) -> None:
    """Write down what became of leased deliveries; their content is emptied with that.

    A chat that refuses us is blocked from then on: nothing that waits for it is sent.
    """
    at = now(session)
    done = [
        {
            "delivery": r.id,
            "new_state": r.state.value,
            "sent_message": r.message_id,
            "trouble": r.error,
            "at": at,
        }
        for r in results
    ]
    session.connection().execute(_FINISH, done)
    if bundles := [result for result in results if result.bundle]:
        bundle.finish(session, bundles)
    to_staff = [result for result in results if result.to_staff]
    if to_staff:
        _let_expire(session, to_staff)
        card.landed(session, to_staff)
    refused = [r.id for r in results if r.state is DeliveryState.BLOCKED]
    if refused:
        _stop_writing_to(session, refused)


def _stop_writing_to(session: Session, refused: Sequence[int]) -> None:
    chats = select(_TABLE.c.chat_id).where(_TABLE.c.id.in_(refused)).distinct()
    for chat_id in session.scalars(chats).all():
        resident.mark_blocked(session, chat_id, blocked=True)
        unsent.cancel_for_chat(session, chat_id, DeliveryState.BLOCKED)


def _let_expire(session: Session, results: Sequence[Sent]) -> None:
    """Queue the taking away of what was sent with words of a report in it."""
    sent = {r.id: r.message_id for r in results if r.message_id}
    if not sent:
        return
    due_at = now(session) + PROTECTED_FOR
    expiring = [
        Outgoing(
            Lane.CASE,
            row.chat_id,
            EXPIRY,
            "deleteMessage",
            {"chat_id": row.chat_id, "message_id": sent[row.id]},
            key=f"{row.id}:{EXPIRY}",
            due_at=due_at,
        )
        for row in session.execute(_PROTECTED, {"ids": list(sent)})
    ]
    if expiring:
        queue(session, expiring)


def recover(session: Session) -> int:
    """After a sender died: what it had leased is sent again where a repeat is better than silence.

    In the other lanes, and of an alert that was halted meanwhile, it becomes `uncertain`, for staff to see.
    Returns how many there were.
    """
    repeat = [int(lane) for lane in REPEATABLE_LANES]
    leased = _TABLE.c.state == DeliveryState.LEASED
    ids = session.scalars(select(_TABLE.c.id).where(leased, _TABLE.c.lane.in_(repeat))).all()
    again = session.execute(
        update(_TABLE)
        .where(leased, _TABLE.c.id.in_(set(ids) - campaign_hold.halted(session, ids).keys()))
        .values(state=DeliveryState.QUEUED.value, tries=_TABLE.c.tries + 1, error=MAY_HAVE_COME)
    )
    unsure = session.execute(
        update(_TABLE)
        .where(leased)
        .values(
            state=DeliveryState.UNCERTAIN.value,
            params=None,
            error="the sender stopped in between",
            finished_at=now(session),
        )
    )
    return int(again.rowcount + unsure.rowcount)  # type: ignore[attr-defined]


def put_back(session: Session, deliveries: Sequence[Delivery]) -> None:
    """Queue leased deliveries again as they are now: when due, how often tried, how and where to go.

    They are leased again before they go, so that wishes, quiet hours and age are looked at again.
    """
    rows = [
        {
            "delivery": d.id,
            "new_due": d.due_at,
            "new_tries": d.tries,
            "new_method": d.method,
            "new_chat": d.chat_id,
            "new_params": d.params,
            "doubt": MAY_HAVE_COME if d.may_have_come else None,
        }
        for d in deliveries
    ]
    within = bundle.on_its_way(session, [d.id for d in deliveries if d.kind == BUNDLE])
    halted = campaign_hold.halted(session, [*within, *(d.id for d in deliveries)])
    session.connection().execute(_PUT_BACK, rows)
    bundle.put_back(session, within)
    campaign_hold.keep_back(session, halted)


def give_back(session: Session, ids: Sequence[int]) -> None:
    """Queue again what was leased and certainly not sent."""
    within = bundle.on_its_way(session, ids)
    halted = campaign_hold.halted(session, [*within, *ids])
    session.execute(
        update(_TABLE)
        .where(_TABLE.c.id.in_([*within, *ids]), _TABLE.c.state == DeliveryState.LEASED)
        .values(state=DeliveryState.QUEUED.value)
    )
    campaign_hold.keep_back(session, halted)
