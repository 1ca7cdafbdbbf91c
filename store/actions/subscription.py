"""Subscribe to news, change what comes, pause it, stop it.

A subscription belongs to the person alone, never to a relay of an anonymous report.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from store.actions import campaign_hold, campaign_tap, event
from store.actions.resident import as_actor
from store.domain.event import Action
from store.domain.resident import Resident
from store.domain.subscription import Subscription, Topic, WhyStopped
from store.engine import now
from store.queries import subscriptions
from store.tables.subscriber import SubscriberPlaceRow, SubscriberRow, SubscriberTopicRow


@dataclass(frozen=True, slots=True)
class Consent:
    """What somebody agreed to: the words that they were shown, and their language."""

    words: str
    language: str


def subscribe(session: Session, resident: Resident, wish: Subscription, consent: Consent) -> Subscription:
    """Send this person what they wish from now on; what they agreed to is kept.

    Who subscribed before, even if they stopped, agrees anew.
    """
    row = _for_update(session, resident)
    if row is None:
        row = SubscriberRow(resident_id=resident.id, created_at=now(session))
        session.add(row)
    _agree(session, row, consent)
    _put(session, row, replace(wish, paused_until=None, stopped_at=None, why_stopped=None))
    _record(session, resident, Action.SUBSCRIBED)
    return subscriptions.of(session, resident.id) or wish


def change(
    session: Session, resident: Resident, wish: Subscription, consent: Consent | None = None
) -> Subscription | None:
    """Send this person what they wish from now on; None where they have no subscription that runs.

    What waits of campaigns about topics that they leave is taken back. `consent` is what they agreed to with
    it, where it is more than they had: it is kept. A pause goes on as it is: see `pause`.
    """
    row = _for_update(session, resident)
    had = _running(session, row)
    if row is None or had is None:
        return None
    wish = replace(wish, paused_until=had.paused_until, stopped_at=None, why_stopped=None)
    if wish != had:
        _agree(session, row, consent)
        changed = [name for name in ("topics", "places", "frequency", "quiet") if _differ(name, had, wish)]
        _put(session, row, wish)
        _record(session, resident, Action.SUBSCRIPTION_CHANGED, changed)
        campaign_hold.leave(session, resident.id, had.topics - wish.topics)
        campaign_tap.stopped(session, resident.id, had.topics - wish.topics)
    return wish


def pause(session: Session, resident: Resident, until: datetime | None) -> Subscription | None:
    """Send nothing before `until` (None: go on now); None where no subscription runs."""
    row = _for_update(session, resident)
    had = _running(session, row)
    if row is None or had is None:
        return None
    if had.paused_until != until:
        row.paused_until = until
        if until is None:
            _record(session, resident, Action.SUBSCRIPTION_CHANGED, ["paused_until"])
        else:
            _record(session, resident, Action.SUBSCRIPTION_PAUSED)
    return replace(had, paused_until=until)


def stop(session: Session, resident: Resident) -> bool:
    """Send nothing any more; tell whether anything was sent until now. Stopping again is harmless.

    What waits for them is looked at again before it is sent: see `store.actions.unsent`.
    """
    row = _for_update(session, resident)
    if row is None or row.stopped_at is not None:
        return False
    row.stopped_at, row.paused_until, row.why_stopped = now(session), None, None
    campaign_tap.stopped(session, resident.id, frozenset(Topic))
    _record(session, resident, Action.SUBSCRIPTION_STOPPED)
    return True


def say_why(session: Session, resident: Resident, why: WhyStopped) -> None:
    """Keep why somebody stopped; only the first reason counts, and only while they are stopped."""
    row = _for_update(session, resident)
    if row is not None and row.stopped_at is not None and row.why_stopped is None:
        row.why_stopped = why.value
        _record(session, resident, Action.SUBSCRIPTION_CHANGED, ["why_stopped"])


def _agree(session: Session, row: SubscriberRow, consent: Consent | None) -> None:
    if consent is not None:
        row.consent_at = now(session)
        row.consent_words, row.consent_language = consent.words, consent.language


def _for_update(session: Session, resident: Resident) -> SubscriberRow | None:
    return session.scalar(
        select(SubscriberRow)
        .where(SubscriberRow.resident_id == resident.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )


def _running(session: Session, row: SubscriberRow | None) -> Subscription | None:
    if row is None or row.stopped_at is not None:
        return None
    return subscriptions.of(session, row.resident_id)


def _differ(name: str, had: Subscription, wish: Subscription) -> bool:
    return bool(getattr(had, name) != getattr(wish, name))


def _put(session: Session, row: SubscriberRow, wish: Subscription) -> None:
    row.frequency = wish.frequency.value
    row.quiet_from, row.quiet_to = wish.quiet.start, wish.quiet.end
    row.everywhere = not wish.places
    row.paused_until, row.stopped_at, row.why_stopped = wish.paused_until, None, None
    session.flush()
    _replace(session, row.resident_id, SubscriberTopicRow, "topic", (topic.value for topic in wish.topics))
    _replace(session, row.resident_id, SubscriberPlaceRow, "place", wish.places)


def _replace(
    session: Session,
    resident_id: str,
    table: type[SubscriberTopicRow | SubscriberPlaceRow],
    column: str,
    codes: Iterable[str],
) -> None:
    session.execute(delete(table).where(table.resident_id == resident_id))
    rows = [{"resident_id": resident_id, column: code} for code in sorted(codes)]
    if rows:
        session.execute(insert(table), rows)


def _record(session: Session, resident: Resident, action: Action, changed: list[str] | None = None) -> None:
    """Write down that it was done, without what was chosen."""
    details = {"changed": changed} if changed else {}
    event.record(session, as_actor(resident), action, ("subscription", resident.id), details)
