"""Take back what waits to be sent and has become pointless, untrue or unwanted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from sqlalchemy import ColumnElement, String, Table, and_, bindparam, case, or_, select, update
from sqlalchemy.orm import Session

from store.domain.delivery import (
    MAY_HAVE_COME,
    STAFF_KIND,
    SUBSCRIBED_KIND,
    URGENT_KIND,
    DeliveryState,
    Lane,
)
from store.domain.subscription import Topic
from store.engine import now
from store.tables.delivery import IS_QUEUED, DeliveryRow
from store.tables.resident import ResidentRow
from store.tables.subscriber import SubscriberRow, SubscriberTopicRow

_TABLE = cast("Table", DeliveryRow.__table__)
_QUEUED = _TABLE.c.state == DeliveryState.QUEUED
FOR_RESIDENTS = and_(_QUEUED, _TABLE.c.kind.not_like(f"{STAFF_KIND}%"))
"""What waits and is not for staff."""

_SUBSCRIBES = (
    select(SubscriberRow.resident_id)
    .join(ResidentRow, ResidentRow.id == SubscriberRow.resident_id)
    .where(
        ResidentRow.chat_id == _TABLE.c.chat_id,
        SubscriberRow.stopped_at.is_(None),
        or_(SubscriberRow.paused_until.is_(None), SubscriberRow.paused_until <= bindparam("now")),
    )
    .exists()
)
_WANTS_ALERTS = (
    select(SubscriberTopicRow.resident_id)
    .join(ResidentRow, ResidentRow.id == SubscriberTopicRow.resident_id)
    .where(ResidentRow.chat_id == _TABLE.c.chat_id, SubscriberTopicRow.topic == Topic.URGENT.value)
    .exists()
)
_REFUSES = (
    select(ResidentRow.id)
    .where(
        ResidentRow.chat_id == _TABLE.c.chat_id,
        or_(ResidentRow.blocked_at.is_not(None), ResidentRow.do_not_contact),
    )
    .exists()
)
_FOR_SUBSCRIBERS = _TABLE.c.kind.like(f"{SUBSCRIBED_KIND}%")
_IS_ALERT = _TABLE.c.kind.like(f"{URGENT_KIND}%")
WANTED: tuple[ColumnElement[bool], ...] = (
    or_(_TABLE.c.expires_at.is_(None), _TABLE.c.expires_at > bindparam("now")),
    or_(~_FOR_SUBSCRIBERS, _SUBSCRIBES),
    or_(~_IS_ALERT, _WANTS_ALERTS),
    or_(_TABLE.c.kind.like(f"{STAFF_KIND}%"), _TABLE.c.lane == int(Lane.REPLY), ~_REFUSES),
)
"""What `take_back_unwanted` would leave; asks for `now`."""
_ending = bindparam("new_state", type_=String)
NEW_STATE = case(
    (
        and_(_TABLE.c.error == MAY_HAVE_COME, _ending == DeliveryState.FAILED.value),
        DeliveryState.UNCERTAIN.value,
    ),
    else_=_ending,
)
"""As what a message ends that was tried: in doubt, where it failed and may have come before."""


def ended_as(state: DeliveryState) -> ColumnElement[str]:
    """Return as what something ends that does not go once more: in doubt, where it may have come before."""
    return case((_TABLE.c.error == MAY_HAVE_COME, DeliveryState.UNCERTAIN.value), else_=state.value)


def cancel_for_chat(session: Session, chat_id: int, state: DeliveryState) -> None:
    """Take back everything that still waits for this chat (it blocked us, or opted out)."""
    session.execute(
        update(_TABLE)
        .where(_TABLE.c.chat_id == chat_id, IS_QUEUED)
        .values(state=ended_as(state), params=None, finished_at=now(session))
    )


def take_back(session: Session, chat_id: int, kind: str) -> None:
    """Cancel what waits for this chat and is of this kind: it has become pointless."""
    session.execute(
        update(_TABLE)
        .where(_TABLE.c.chat_id == chat_id, _TABLE.c.kind == kind, IS_QUEUED)
        .values(state=DeliveryState.CANCELLED.value, params=None, finished_at=now(session))
    )


def overtake(session: Session, prefix: str) -> None:
    """Take back what waits and whose key begins so: it is not true any more.

    What is in the sender's hand is not leased once more, should it not get away.
    """
    its = (_TABLE.c.key >= prefix, _TABLE.c.key < f"{prefix}\x7f")
    at = now(session)
    session.execute(
        update(_TABLE)
        .where(*its, _QUEUED)
        .values(state=DeliveryState.OVERTAKEN.value, params=None, finished_at=at)
    )
    session.execute(update(_TABLE).where(*its, _TABLE.c.state == DeliveryState.LEASED).values(expires_at=at))


def take_back_of_report(session: Session, chat_id: int, report_id: str, kinds: str) -> bool:
    """Cancel what waits for this chat of one report, of kinds that begin so; tell whether anything did."""
    of_it = _TABLE.c.key.like(f"%:{report_id}:{kinds}%")
    waiting = select(_TABLE.c.id).where(_TABLE.c.chat_id == chat_id, of_it, _QUEUED).with_for_update()
    ids = session.scalars(waiting).all()
    session.execute(
        update(_TABLE)
        .where(_TABLE.c.id.in_(ids))
        .values(state=DeliveryState.CANCELLED.value, params=None, finished_at=now(session))
    )
    return bool(ids)


def take_back_to_tell_anew(session: Session, prefix: str) -> None:
    """Take back what waits and whose key begins so; the keys are free for what takes its place."""
    session.execute(
        update(_TABLE)
        .where(_TABLE.c.key >= prefix, _TABLE.c.key < f"{prefix}\x7f", _QUEUED)
        .values(state=DeliveryState.OVERTAKEN.value, params=None, key=None, finished_at=now(session))
    )


def take_back_unwanted(session: Session, ids: Sequence[int]) -> None:
    """Cancel what comes too late, or would go to somebody who blocked us or must not be contacted."""
    session.execute(
        update(_TABLE)
        .where(_TABLE.c.id.in_(ids), _TABLE.c.expires_at <= now(session), _QUEUED)
        .values(state=ended_as(DeliveryState.EXPIRED), params=None, finished_at=now(session))
    )
    _cancel_unwanted(session, ids)
    to_them = _TABLE.c.chat_id == ResidentRow.chat_id
    for wish, state in (
        (ResidentRow.blocked_at.is_not(None), DeliveryState.BLOCKED),
        (ResidentRow.do_not_contact, DeliveryState.CANCELLED),
    ):
        session.execute(
            update(_TABLE)
            .where(
                _TABLE.c.id.in_(ids),
                FOR_RESIDENTS,
                _TABLE.c.lane > int(Lane.REPLY),
                select(ResidentRow.id).where(to_them, wish).exists(),
            )
            .values(state=ended_as(state), params=None, finished_at=now(session))
        )


def _cancel_unwanted(session: Session, ids: Sequence[int]) -> None:
    """Cancel what subscribers get who paused, stopped or left urgent alerts since it was queued."""
    unwanted = or_(and_(_FOR_SUBSCRIBERS, ~_SUBSCRIBES), and_(_IS_ALERT, ~_WANTS_ALERTS))
    session.execute(
        update(_TABLE)
        .where(_TABLE.c.id.in_(ids), _QUEUED, unwanted)
        .values(state=ended_as(DeliveryState.CANCELLED), params=None, finished_at=now(session)),
        {"now": now(session)},
    )
