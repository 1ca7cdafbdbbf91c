"""Turn the events of a unit of work into deliveries, in the same transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

from notifications import (
    agenda,
    alerts,
    attendance,
    campaign_told,
    campaign_trouble,
    campaigns,
    cards,
    colleagues,
    cycle,
    digests,
    escalations,
    jobs,
    payloads,
    recipients,
    restrictions,
    urgent,
)
from notifications.quiet_hours import quiet_until
from store.actions import card as group_card
from store.actions import delivery, unsent
from store.domain.delivery import STAFF_KIND, DeliveryState, Lane, Outgoing
from store.domain.event import Action, Event
from store.domain.evidence import EvidenceState
from store.domain.reference import Profile, Restriction
from store.engine import Session, now, unit
from store.queries import recipients as known

Details = Mapping[str, Any]
CARD = STAFF_KIND + "card"
ALERT = STAFF_KIND + "alert"
GROUP = "group"
_MOVES_CARD = frozenset(
    {
        Action.REPORT_TAKEN,
        Action.REPORT_ASSIGNED,
        Action.REPORT_RELEASED,
        Action.REPORT_ASSIGNED,
        Action.REPORT_RESTRICTED,
        Action.REPORT_SIGNPOSTED,
        Action.REPORT_REJECTED,
        Action.REPORT_REOPENED,
        Action.REPORT_WITHDRAWN,
        Action.REPORT_ADDED_TO_CASE,
        Action.REPORT_PLACED,
        Action.CASE_OPENED,
        Action.CASE_RESTRICTED,
    }
)
_RESTRICTS = frozenset({Action.REPORT_RESTRICTED, Action.CASE_RESTRICTED})
_DID: Mapping[str, str] = {
    Action.ANSWER_RECEIVED: "wrote",
    Action.ADDITION_RECEIVED: "wrote",
    Action.EVIDENCE_ADDED: "sent a file",
    Action.REPORT_WITHDRAWN: "took it back",
}
"""What a reporter did that whoever answers for the report hears of; never what they said."""
_LOST: Mapping[str, str] = {
    EvidenceState.REFUSED: "sent a file that we do not keep",
    EvidenceState.FAILED: "sent a file that could not be fetched",
}
_TOLD_ONCE = frozenset({Action.REPORT_TAKEN, Action.EVIDENCE_WITHOUT_PLACE})
"""News that is told once per report, however often it happens."""
_FILES_ARE_ONE = "%Y%m%d%H%M"
"""An album comes as many messages: files within one minute are told once."""


class Outbox:
    """Says what events mean to others. `staff_chat_id` is the staff group (0: there is none)."""

    def __init__(self, staff_chat_id: int, public_url: str, profile: Callable[[], Profile]) -> None:
        self._staff_chat_id = staff_chat_id
        self._public_url = public_url
        self._profile = profile

    def publish(self, session: Session) -> None:
        """Queue what the events of this unit give to say: the store's `before_commit`."""
        things = [
            thing
            for event, details in unit(session).events
            for thing in (
                *self._for_staff(session, event, details),
                *_for_reporters(session, event, details),
                *_hushed(session, event, details),
                *restrictions.of(session, event, details, self._public_url),
                *attendance.of(session, event, details),
                *agenda.of(session, event, details),
                *campaigns.of(session, event),
                *campaign_told.of(session, event, details),
                *campaign_trouble.of(session, event, self._public_url),
                *urgent.of(session, event, self._staff_chat_id, self._public_url),
                *alerts.of(session, event, details, self._public_url),
                *colleagues.of(session, event, details, self._public_url),
                *escalations.of(session, event, details, self._profile(), self._public_url),
                *cycle.of(session, event, details, self._public_url),
                *jobs.of(session, event, details, self._public_url),
                *digests.of(session, event, self._staff_chat_id, self._public_url),
            )
        ]
        if things:
            delivery.queue(session, things)

    def _for_staff(self, session: Session, event: Event, details: Details) -> Iterable[Outgoing]:
        if event.action == Action.REPORT_SENT:
            yield from self._new_card(session, event)
        if event.action in _MOVES_CARD:
            yield from self._card_moved(session, event, details)
        if event.action in _DID:
            yield from self._reporter_did(session, event, details)
        if event.action == Action.EVIDENCE_REFUSED:
            yield from self._file_lost(session, details)

    def _new_card(self, session: Session, event: Event) -> Iterable[Outgoing]:
        card = known.card(session, event.subject_id) if self._staff_chat_id else None
        if card is not None:
            params = cards.card(self._staff_chat_id, card, self._profile())
            yield _to_staff(self._staff_chat_id, params, CARD, _card_key(event.subject_id))

    def _card_moved(self, session: Session, event: Event, details: Details) -> Iterable[Outgoing]:
        """Bring the group's cards up to date, wherever on their way they are."""
        if not self._staff_chat_id:
            return
        for report_id in details.get("report_ids", [event.subject_id]):
            yield from self._card_again(session, event, report_id)

    def _card_again(self, session: Session, event: Event, report_id: str) -> Iterable[Outgoing]:
        """Edit a card that was sent; one that still waits is taken back and told anew.

        Of a report that was restricted the card says no more than that, and says it once.
        """
        key, card = _card_key(report_id), known.card(session, report_id)
        if card is None and event.action not in _RESTRICTS:
            return
        params = (
            cards.card(self._staff_chat_id, card, self._profile())
            if card
            else cards.withdrawn(self._staff_chat_id)
        )
        edit_key = _key(event.id, report_id, CARD)
        match group_card.standing(session, key):
            case (_, int(message_id)):
                params |= {"message_id": message_id}
                yield _to_staff(self._staff_chat_id, params, CARD, edit_key, "editMessageText")
            case (DeliveryState.QUEUED, None):
                group_card.take_back(session, key)
                if card:
                    yield _to_staff(self._staff_chat_id, params, CARD, key)
            case (DeliveryState.LEASED, None):
                edit = _to_staff(self._staff_chat_id, params, CARD, edit_key, "editMessageText")
                yield group_card.once_sent(session, key, edit)
            case _:
                pass

    def _reporter_did(self, session: Session, event: Event, details: Details) -> Iterable[Outgoing]:
        if event.action == Action.REPORT_WITHDRAWN:
            details = {**details, **known.held(session, event.subject_id)}
        person = recipients.officer(session, details)
        if person is None or person.chat_id is None:
            return
        params = self._update(person.chat_id, details, _DID[event.action])
        about: object = event.id
        if event.action == Action.EVIDENCE_ADDED:
            about = _files_key(session, details)
        yield _to_staff(person.chat_id, params, ALERT, _key(about, person.id, ALERT))

    def _file_lost(self, session: Session, details: Details) -> Iterable[Outgoing]:
        """Tell whoever answers for the report that a file of it is not there, else the desk."""
        about, did = _files_key(session, details), _LOST[details["state"]]
        person = recipients.officer(session, details)
        if person is not None and person.chat_id is not None:
            chats = {person.id: person.chat_id}
        elif details.get("restriction"):
            granted = recipients.granted(session, Restriction(details["restriction"]))
            chats = {one.id: one.chat_id for one in granted if one.chat_id is not None}
        else:
            chats = {GROUP: self._staff_chat_id} if self._staff_chat_id else {}
        for who, chat_id in chats.items():
            params = self._update(chat_id, details, did)
            yield _to_staff(chat_id, params, ALERT, _key(f"{about}:{details['state']}", who, ALERT))

    def _update(self, chat_id: int, details: Details, did: str) -> dict[str, Any]:
        """Return the word of what a reporter did, as much as may be said of this report."""
        if details.get("restriction"):
            return cards.restricted_update(chat_id, details["reference"], self._public_url, did)
        return cards.update(chat_id, details["reference"], did)


def _to_staff(
    chat_id: int, params: dict[str, Any], kind: str, key: str, method: str = "sendMessage"
) -> Outgoing:
    return Outgoing(Lane.CASE, chat_id, kind, method, params, key)


def _for_reporters(session: Session, event: Event, details: Details) -> Iterable[Outgoing]:
    told = payloads.news(event.action, details)
    if told is None:
        return
    due_at = quiet_until(now(session))
    for reporter in recipients.reporters(session, event, details):
        key = _news_key(event, reporter.report_id, told.kind)
        yield from _messages(reporter, told, key, due_at)


def _hushed(session: Session, event: Event, details: Details) -> Iterable[Outgoing]:
    """Say no more than that there is news where what waits would say it on a phone that is guarded now."""
    if event.action not in _RESTRICTS:
        return
    told = payloads.News(payloads.QUIET)
    for reporter in recipients.reporters(session, event, details):
        if reporter.guarded and unsent.take_back_of_report(
            session, reporter.chat_id, reporter.report_id, payloads.NEWS_KIND
        ):
            key = _news_key(event, reporter.report_id, told.kind)
            yield from _messages(reporter, told, key, quiet_until(now(session)))


def _messages(
    reporter: known.Reporter, told: payloads.News, key: str, due_at: datetime | None
) -> Iterable[Outgoing]:
    for number, params in enumerate(payloads.message(reporter, told)):
        numbered = f"{key}:{number}" if number else key
        yield Outgoing(Lane.CASE, reporter.chat_id, told.kind, "sendMessage", params, numbered, due_at)


def _key(event: object, recipient: str, kind: str) -> str:
    return f"{event}:{recipient}:{kind}"


def _card_key(report_id: str) -> str:
    """Return the key of a report's card: one per report, so that it is found again."""
    return _key(report_id, GROUP, CARD)


def _files_key(session: Session, details: Details) -> str:
    """Return what files of one report have in common that are told as one."""
    return f"{details['report_id']}:{now(session).strftime(_FILES_ARE_ONE)}"


def _news_key(event: Event, report_id: str, kind: str) -> str:
    """Return what makes this news unique: the event, or the report where it is told only once."""
    about = report_id if event.action in _TOLD_ONCE else event.id
    return _key(about, report_id, kind)
