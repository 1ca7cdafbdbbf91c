"""Campaigns as staff read them: the list, one with its story and results, and who would hear of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from sqlalchemy import Row, Select, or_, select
from sqlalchemy import case as when
from sqlalchemy.orm import Session, aliased

from store.domain.campaign import (
    LANGUAGE_OF_ALL,
    SHOWN,
    TO_BE_CHANGED,
    Campaign,
    CampaignFacts,
    CampaignState,
    key_of,
    unpacked,
)
from store.domain.campaign_file import CampaignFile
from store.domain.delivery import MAY_HAVE_GOT, DeliveryState, Lane
from store.domain.errors import NotFound, Unreadable
from store.domain.frequency_cap import Capped
from store.domain.staff import Staff
from store.domain.subscription import Topic
from store.domain.timeline import TimelineLine
from store.queries import campaign_files, campaign_occurrences, campaign_sample, frequency_cap, timeline
from store.queries.campaign_sample import Sample
from store.queries.visible import check_worker
from store.tables.campaign import CampaignRow
from store.tables.campaign_pattern import CampaignPatternRow
from store.tables.campaign_results import CampaignResultsRow
from store.tables.delivery import DeliveryRow
from store.tables.staff import StaffRow

LISTED = 200
_Row = TypeVar("_Row", CampaignRow, CampaignPatternRow)
_AUTHOR, _APPROVER = aliased(StaffRow), aliased(StaffRow)


@dataclass(frozen=True, slots=True)
class CampaignPage:
    """One campaign with what happened to it, and who would hear of it while it may still change.

    `unconfirmed`: a person must say its days before it can be sent for approval.
    """

    campaign: Campaign
    story: tuple[TimelineLine, ...]
    sample: Sample | None
    capped: Capped
    file: CampaignFile | None = None
    unconfirmed: bool = False

    @property
    def would_hear(self) -> int:
        """How many would hear of it now; 0 once it began to go out."""
        return self.sample.total if self.sample is not None else 0


@dataclass(frozen=True, slots=True)
class Tried:
    """A campaign that somebody tries in their own chat."""

    chat_id: int
    reference: str
    facts: CampaignFacts


@dataclass(frozen=True, slots=True)
class Got:
    """A campaign that somebody got from us, as they may read it again."""

    id: str
    reference: str
    facts: CampaignFacts


@dataclass(frozen=True, slots=True)
class Post:
    """A message that is edited as things go on: which it is by now, and whether something of it waits."""

    message_id: int | None
    waits: bool


def listing(session: Session, staff: Staff, lane: Lane = Lane.CAMPAIGN) -> Sequence[Campaign]:
    """Return the campaigns of a lane: those under way first, then what comes next, then what is over.

    Refusal: `staff.not_allowed`.
    """
    check_worker(staff)
    wanted = _WANTED.where(CampaignRow.lane == int(lane)).order_by(*_IN_TURN).limit(LISTED)
    return [_view(row) for row in session.execute(wanted)]


def page(session: Session, staff: Staff, reference: str, *, count: bool = True) -> CampaignPage:
    """Return one campaign whole; to `count` who would hear of it reads all who subscribed.

    Refusals: `staff.not_allowed`, `campaign.not_found`.
    """
    found = find(session, staff, reference)
    story = timeline.story(session, ("campaign", found.id))
    file = campaign_files.of(session, found.id)
    counts = count and found.state in TO_BE_CHANGED
    sample = campaign_sample.of(session, found.facts) if counts else None
    capped = frequency_cap.capped(session, key_of(found.id))
    unconfirmed = campaign_occurrences.is_unconfirmed(session, found.id)
    return CampaignPage(found, story, sample, capped, file, unconfirmed)


def waiting(session: Session, lane: Lane) -> Sequence[Campaign]:
    """Return the campaigns of a lane that wait for a second person, the oldest first."""
    wanted = _WANTED.where(CampaignRow.state == CampaignState.WAITING.value, CampaignRow.lane == int(lane))
    return [_view(row) for row in session.execute(wanted.order_by(CampaignRow.updated_at, CampaignRow.id))]


def find(session: Session, staff: Staff, reference: str, lane: Lane = Lane.CAMPAIGN) -> Campaign:
    """Return one campaign of a lane. Refusals: `staff.not_allowed`, `campaign.not_found`."""
    check_worker(staff)
    wanted = _WANTED.where(CampaignRow.reference == reference, CampaignRow.lane == int(lane))
    row = session.execute(wanted).one_or_none()
    if row is None:
        raise NotFound("campaign.not_found", reference=reference)
    return _view(row)


def one(session: Session, campaign_id: str) -> Campaign:
    """Return a campaign by its id, for the machine."""
    return _view(session.execute(_WANTED.where(CampaignRow.id == campaign_id)).one())


def followed(session: Session) -> Sequence[str]:
    """Return the ids of the campaigns whose author and approver are still to hear how they end."""
    return session.scalars(select(CampaignResultsRow.campaign_id).where(~CampaignResultsRow.all_said)).all()


def watchers(session: Session, campaign_id: str) -> Sequence[tuple[str, int]]:
    """Return who wrote and who approved a campaign and works here still, with their chats."""
    rows = session.execute(
        select(StaffRow.id, StaffRow.chat_id)
        .join(CampaignRow, or_(StaffRow.id == CampaignRow.author_id, StaffRow.id == CampaignRow.approved_by))
        .where(CampaignRow.id == campaign_id, StaffRow.chat_id.is_not(None), StaffRow.disabled_at.is_(None))
        .order_by(StaffRow.id)
    )
    return [(row.id, row.chat_id) for row in rows if row.chat_id is not None]


def post(session: Session, first: str) -> Post | None:
    """Return how the message stands whose keys begin so, and its edits'; None where there is none."""
    its = (DeliveryRow.key >= first, DeliveryRow.key < f"{first}\x7f")
    rows = session.execute(
        select(DeliveryRow.state, DeliveryRow.message_id).where(*its).order_by(DeliveryRow.id.desc())
    ).all()
    open_ones = {DeliveryState.QUEUED.value, DeliveryState.LEASED.value}
    message_id = next((row.message_id for row in rows if row.message_id is not None), None)
    return Post(message_id, any(row.state in open_ones for row in rows)) if rows else None


def is_unsettled(session: Session) -> bool:
    """Tell whether messages of some campaign still have to follow its pause, its going on or its end."""
    return (
        session.scalar(select(CampaignRow.id).where(CampaignRow.settled_to.is_not(None)).limit(1)) is not None
    )


def tried_by(session: Session, staff_id: str | None, campaign_id: str) -> Tried:
    """Return the chat of whoever tries a campaign, and what it says."""
    chat_id = session.scalar(select(StaffRow.chat_id).where(StaffRow.id == staff_id))
    row = session.get_one(CampaignRow, campaign_id)
    return Tried(chat_id or 0, row.reference, unpacked(row.facts))


def facts_of(session: Session, campaign_id: str) -> CampaignFacts | None:
    """Return what a campaign is about, for whoever tapped a button under it; None where that is not known."""
    row = session.get(CampaignRow, campaign_id)
    return _read(row) if row is not None else None


def got(
    session: Session, campaign_ids: Iterable[str], resident_id: str, since: datetime | None = None
) -> list[str]:
    """Return the ids of those of these campaigns that this person got, at all or since then."""
    keys = {f"{key_of(one)}{resident_id}": one for one in campaign_ids}
    if not keys:
        return []
    wanted = select(DeliveryRow.key).where(DeliveryRow.key.in_(keys), DeliveryRow.state.in_(MAY_HAVE_GOT))
    if since is not None:
        wanted = wanted.where(DeliveryRow.finished_at > since)
    return sorted(keys[key] for key in session.scalars(wanted) if key is not None)


def got_by(session: Session, campaign_id: str, resident_id: str) -> Got | None:
    """Return a campaign for somebody who got it, while it is not stopped; else None.

    Who got what is not known any more after the time for which messages are kept.
    """
    row = session.get(CampaignRow, campaign_id) if got(session, [campaign_id], resident_id) else None
    facts = _read(row) if row is not None and row.state in SHOWN else None
    return Got(row.id, row.reference, facts) if row is not None and facts is not None else None


_TURNS = {
    **dict.fromkeys((CampaignState.SENDING, CampaignState.PAUSED), 0),
    CampaignState.WAITING: 1,
    CampaignState.APPROVED: 2,
    CampaignState.DRAFT: 3,
}
_OVER = 4
_TURN = when({state.value: turn for state, turn in _TURNS.items()}, value=CampaignRow.state, else_=_OVER)
_IN_TURN = (
    _TURN,
    when((_TURN < _OVER, CampaignRow.send_at)).asc().nulls_last(),
    CampaignRow.created_at.desc(),
    CampaignRow.id,
)
"""Of what is not over the next first, of what is the newest."""


def with_names(table: type[_Row]) -> Select[_Row, str, str | None]:
    """Return campaigns or recurring ones, each with the names of who wrote and who approved it."""
    return (
        select(table, _AUTHOR.name, _APPROVER.name)
        .join(_AUTHOR, _AUTHOR.id == table.author_id)
        .outerjoin(_APPROVER, _APPROVER.id == table.approved_by)
    )


_WANTED = with_names(CampaignRow)


def _view(found: Row[CampaignRow, str, str | None]) -> Campaign:
    row, author, approver = found
    facts = _read(row)
    return Campaign(
        id=row.id,
        reference=row.reference,
        state=CampaignState(row.state),
        facts=facts or stand_in(row.title, Lane(row.lane)),
        version=row.version,
        author_id=row.author_id,
        author=author,
        approver=approver,
        approved_at=row.approved_at,
        started_at=row.started_at,
        finished_at=row.finished_at,
        all_told=row.all_told,
        danger_agreed=row.danger_agreed,
        unreadable=facts is None,
    )


def _read(row: CampaignRow) -> CampaignFacts | None:
    """Return what staff say of it; None where what is kept of that makes no sense."""
    try:
        return unpacked(row.facts)
    except Unreadable:
        return None


def stand_in(title: str, lane: Lane = Lane.CAMPAIGN) -> CampaignFacts:
    """Return what lists show of one that cannot be read."""
    topic = Topic.URGENT if lane is Lane.URGENT else Topic.CAMPAIGNS
    return CampaignFacts(title, topic, {LANGUAGE_OF_ALL: ""})
