"""Make a campaign, let a second person agree, and let it go out: each to one person once."""

from __future__ import annotations

from sqlalchemy.orm import Session

from store.actions import campaign_settle, event
from store.actions.campaign_fit import check_fit
from store.actions.rows import check_version, worked_for_update
from store.domain import campaign, reference_number
from store.domain.actor import Actor
from store.domain.campaign import TO_BE_CHANGED, CampaignFacts, CampaignState, packed, unpacked
from store.domain.campaign_file import check_captions
from store.domain.delivery import Lane
from store.domain.errors import Refusal
from store.domain.event import Action
from store.domain.message import checked_text
from store.domain.reference import District
from store.domain.staff import By
from store.engine import now
from store.queries import campaign_occurrences
from store.queries.visible import check_worker
from store.tables.campaign import CampaignRow


def make(session: Session, by: By, facts: CampaignFacts, district: District) -> str:
    """Make a campaign, as a draft; return its reference.

    Refusals: `staff.not_allowed`, those of `checked`.
    """
    check_worker(by.staff)
    return new(session, by.actor, by.staff.id, campaign.checked(facts, district)).reference


def new(
    session: Session, actor: Actor, author_id: str, facts: CampaignFacts, file_key: str | None = None
) -> CampaignRow:
    """Keep a new draft with facts that were checked, and a file that is there if one goes with it."""
    row = CampaignRow(
        reference=reference_number.new(),
        state=CampaignState.DRAFT.value,
        author_id=author_id,
        file_key=file_key,
        all_told=False,
        created_at=now(session),
    )
    put(session, row, facts)
    session.add(row)
    session.flush()
    _record(session, actor, row, Action.CAMPAIGN_MADE)
    return row


def change(
    session: Session,
    by: By,
    reference: str,
    facts: CampaignFacts,
    district: District,
    version: int | None = None,
) -> None:
    """Change a campaign that has not begun to go out; an approval is gone with that.

    Whoever changes it is its author from then on. What it is already is harmless. Refusals:
    `campaign.not_found` also where it would become an urgent alert, or no longer be one,
    `campaign.cannot_move`, `record.changed`, those of `checked`, and with a file those of `check_captions`.
    """
    row = for_update(session, by, reference, facts.lane)
    kept = campaign.checked(facts, district)
    if unpacked(row.facts) == kept:
        return
    check_change(session, row, version)
    if row.file_key is not None:
        check_captions(kept, district)
    rewrite(session, by, row, kept)


def check_change(session: Session, row: CampaignRow, version: int | None) -> None:
    """Refuse (`campaign.cannot_move`, `record.changed`) to change what began to go out, or became another."""
    _check(session, row, version)
    if CampaignState(row.state) not in TO_BE_CHANGED:
        campaign.check_may(CampaignState(row.state), CampaignState.DRAFT)


def take_back_approval(session: Session, by: By, row: CampaignRow, action: Action, **more: str) -> None:
    """Write down a change of what is told: whoever changed it is its author, and nobody agreed to it yet."""
    row.author_id, row.approved_by, row.approved_at = by.staff.id, None, None
    become(session, by.actor, row, CampaignState.DRAFT, action, **more)


def submit(
    session: Session, by: By, reference: str, version: int | None = None, *, lane: Lane = Lane.CAMPAIGN
) -> None:
    """Ask a second person to agree. Again is harmless.

    Refusals: `campaign.not_found`, `campaign.cannot_move`, `campaign.in_past`, `record.changed`,
    `campaign.date_unconfirmed`, those of `check_fit`.
    """
    row = for_update(session, by, reference, lane)
    if row.state == CampaignState.WAITING:
        return
    _check(session, row, version)
    _check_ready(session, row)
    move(session, by.actor, row, CampaignState.WAITING, Action.CAMPAIGN_SUBMITTED)


def send_back(
    session: Session,
    by: By,
    reference: str,
    reason: str,
    version: int | None = None,
    *,
    lane: Lane = Lane.CAMPAIGN,
) -> None:
    """Not agree, with a reason; its author may change it.

    Refusals: `campaign.not_found`, `campaign.supervisor_only`, `campaign.cannot_move`, `record.changed`,
    those of `checked_text`.
    """
    row = for_update(session, by, reference, lane)
    _check(session, row, version)
    campaign.check_approver(by.staff, "")
    campaign.check_may(CampaignState(row.state), CampaignState.DRAFT)
    why = checked_text(reason)
    row.approved_by = row.approved_at = None
    become(session, by.actor, row, CampaignState.DRAFT, Action.CAMPAIGN_SENT_BACK, text=why)


def approve(
    session: Session,
    by: By,
    reference: str,
    version: int | None = None,
    *,
    danger: bool = False,
    lane: Lane = Lane.CAMPAIGN,
) -> None:
    """Let it go out at its time, or now; never by its author. Again is harmless.

    `danger`: they mark danger to life, which counts for an urgent alert.

    Refusals: `campaign.not_found`, `campaign.supervisor_only`, `campaign.own`, `campaign.cannot_move`,
    `campaign.in_past`, `campaign.date_unconfirmed`, `record.changed`, those of `check_fit`.
    """
    row = for_update(session, by, reference, lane)
    if row.state == CampaignState.APPROVED:
        return
    _check(session, row, version)
    campaign.check_approver(by.staff, row.author_id)
    _check_ready(session, row)
    campaign.check_may(CampaignState(row.state), CampaignState.APPROVED)
    row.approved_by, row.approved_at, row.danger_agreed = by.staff.id, now(session), danger
    become(session, by.actor, row, CampaignState.APPROVED, Action.CAMPAIGN_APPROVED)


def try_out(session: Session, by: By, reference: str, *, lane: Lane = Lane.CAMPAIGN) -> None:
    """Send it to oneself alone. Refusals: `campaign.not_found`, `campaign.no_chat`, those of `unpacked`."""
    row = for_update(session, by, reference, lane)
    if by.staff.chat_id is None:
        raise Refusal("campaign.no_chat")
    unpacked(row.facts)
    _record(session, by.actor, row, Action.CAMPAIGN_TESTED)


def pause(
    session: Session, by: By, reference: str, version: int | None = None, *, lane: Lane = Lane.CAMPAIGN
) -> None:
    """Let nothing more of it go out for now. Again is harmless.

    Refusals: `campaign.not_found`, `campaign.cannot_move`, `record.changed`.
    """
    row = for_update(session, by, reference, lane)
    if row.state == CampaignState.PAUSED:
        return
    _check(session, row, version)
    move(session, by.actor, row, CampaignState.PAUSED, Action.CAMPAIGN_PAUSED)
    campaign_settle.begin(session, row.id, CampaignState.PAUSED)


def resume(
    session: Session, by: By, reference: str, version: int | None = None, *, lane: Lane = Lane.CAMPAIGN
) -> None:
    """Let it go on. Again is harmless.

    Refusals: `campaign.not_found`, `campaign.cannot_move`, `record.changed`.
    """
    row = for_update(session, by, reference, lane)
    if row.state == CampaignState.SENDING:
        return
    _check(session, row, version)
    if row.state != CampaignState.PAUSED:
        campaign.check_may(CampaignState(row.state), CampaignState.PAUSED)
    move(session, by.actor, row, CampaignState.SENDING, Action.CAMPAIGN_RESUMED)
    campaign_settle.begin(session, row.id, CampaignState.SENDING)


def cancel(
    session: Session, by: By, reference: str, version: int | None = None, *, lane: Lane = Lane.CAMPAIGN
) -> None:
    """Let nothing more of it go out, for good. Again is harmless.

    Refusals: `campaign.not_found`, `campaign.cannot_move`, `record.changed`.
    """
    row = for_update(session, by, reference, lane)
    if row.state == CampaignState.CANCELLED:
        return
    _check(session, row, version)
    take_off(session, by.actor, row)
    campaign_settle.begin(session, row.id, CampaignState.CANCELLED)


def rewrite(session: Session, by: By, row: CampaignRow, facts: CampaignFacts) -> None:
    """Let what has not begun to go out say these facts, which were checked; an approval is gone with that."""
    put(session, row, facts)
    take_back_approval(session, by, row, Action.CAMPAIGN_CHANGED)


def take_off(session: Session, actor: Actor, row: CampaignRow, **more: str) -> None:
    """Cancel what has not begun to go out. Refusal: `campaign.cannot_move`."""
    campaign.check_may(CampaignState(row.state), CampaignState.CANCELLED)
    row.finished_at = now(session)
    become(session, actor, row, CampaignState.CANCELLED, Action.CAMPAIGN_CANCELLED, **more)


def put(session: Session, row: CampaignRow, facts: CampaignFacts) -> None:
    """Let the row say these facts."""
    row.title, row.facts, row.send_at = facts.title, packed(facts), facts.send_at
    row.lane = int(facts.lane)
    row.updated_at = now(session)


def _check(session: Session, row: CampaignRow, version: int | None) -> None:
    check_version(session, "campaign", row, version)


def _check_ready(session: Session, row: CampaignRow) -> None:
    if campaign_occurrences.is_unconfirmed(session, row.id):
        raise Refusal("campaign.date_unconfirmed")
    if row.send_at is not None and row.send_at <= now(session):
        raise Refusal("campaign.in_past")
    check_fit(session, unpacked(row.facts), row.file_key)


def move(
    session: Session, actor: Actor, row: CampaignRow, to: CampaignState, action: Action, **more: str
) -> None:
    """Let it go to another state, and write that down. Refusal: `campaign.cannot_move`."""
    campaign.check_may(CampaignState(row.state), to)
    become(session, actor, row, to, action, **more)


def become(
    session: Session, actor: Actor, row: CampaignRow, to: CampaignState, action: Action, **more: str
) -> None:
    """Let it be in a state, whatever it was in, and write that down."""
    row.state, row.updated_at = to.value, now(session)
    session.flush()
    _record(session, actor, row, action, **more)


def _record(session: Session, actor: Actor, row: CampaignRow, action: Action, **more: str) -> None:
    event.record(session, actor, action, ("campaign", row.id), {"reference": row.reference} | more)


def for_update(session: Session, by: By, reference: str, lane: Lane = Lane.CAMPAIGN) -> CampaignRow:
    """Return the row of a campaign of this lane, locked; nothing is done to an urgent alert by mistake.

    Refusals: `staff.not_allowed`, `campaign.not_found`.
    """
    its = CampaignRow.lane == int(lane)
    return worked_for_update(session, by, CampaignRow, "campaign.not_found", reference, its)
