"""Let a campaign go out that is due: page by page, each person once, and to its end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Table, select, update
from sqlalchemy.orm import Session

from store.actions import event
from store.actions.campaign_results import begin, count_anew
from store.domain import campaign, spread
from store.domain.actor import SYSTEM
from store.domain.campaign import CampaignFacts, CampaignState, key_of, unpacked
from store.domain.delivery import Lane
from store.domain.event import Action
from store.domain.rounds import Round
from store.engine import now
from store.queries import campaign_audience, campaign_results
from store.queries.audience import Hearer
from store.tables.campaign import CampaignRow
from store.tables.ids import CLOCKS_DIFFER, rising_ids, width

_CAMPAIGNS = cast("Table", CampaignRow.__table__)
AT_ONCE = 1_000
"""So many people are made out to in one unit of work."""


@dataclass(frozen=True, slots=True)
class Going:
    """The next people to whom a campaign is made out; `cursor` is the last of them, None at the end.

    It began at `begins` for `reach` people; `before` are those on the pages before. `danger`: both who let
    it go out marked danger to life.
    """

    id: str
    reference: str
    facts: CampaignFacts
    people: Sequence[Hearer]
    expires_at: datetime
    cursor: str | None
    begins: datetime
    before: int = 0
    reach: int = 0
    danger: bool = False

    def due_at(self, number: int) -> datetime:
        """Return when the message to the person with this number (from 0) on this page is due."""
        if not self.reach:
            return self.begins
        return spread.moment(self.begins, self.facts.spread, self.before + number, self.reach)

    def key_of(self, person: Hearer) -> str:
        """Return what makes this unique: nobody is told twice."""
        return f"{key_of(self.id)}{person.resident_id}"


def next_due(session: Session, its: Round, last: Lane = Lane.CAMPAIGN) -> Going | None:
    """Return to whom a campaign goes next; None when none is due. One that is due begins.

    Urgent alerts first; no lane after the `last` one is looked at, and nothing that failed in this round.
    """
    row = session.scalar(
        select(CampaignRow)
        .where(
            CampaignRow.lane <= int(last),
            CampaignRow.id.not_in(its.failed),
            (CampaignRow.state == CampaignState.SENDING.value) & ~CampaignRow.all_told
            | (CampaignRow.state == CampaignState.APPROVED.value)
            & (CampaignRow.send_at.is_(None) | (CampaignRow.send_at <= now(session))),
        )
        .order_by(CampaignRow.lane, CampaignRow.send_at, CampaignRow.id)
        .limit(1)
        .with_for_update(skip_locked=True, key_share=True)
        .execution_options(populate_existing=True)
    )
    if row is None:
        return None
    its.at = row.id
    if row.state == CampaignState.APPROVED:
        _begin(session, row)
    facts = unpacked(row.facts)
    people = campaign_audience.page(session, facts, row.told_to or "", AT_ONCE)
    cursor = people[-1].resident_id if len(people) == AT_ONCE else None
    readers = [one for one in people if facts.reaches(one.language)]
    begins = row.started_at or now(session)
    return Going(
        row.id,
        row.reference,
        facts,
        readers,
        campaign.ends_at(facts, begins),
        cursor,
        begins,
        row.reached or 0,
        row.reach or 0,
        danger=campaign.at_any_hour(facts, danger_agreed=row.danger_agreed),
    )


def _begin(session: Session, row: CampaignRow) -> None:
    """Let an approved one go out from now on."""
    begin(session, row.id)
    _becomes(
        session,
        row,
        (CampaignState.SENDING, Action.CAMPAIGN_STARTED),
        started_at=now(session),
        reach=_reach(session, row),
        reached=0,
        first_id=rising_ids.next() - width(CLOCKS_DIFFER),
    )


def _reach(session: Session, row: CampaignRow) -> int | None:
    """Return for how many people it is spread over its hours; nothing for one that goes out at once."""
    facts = unpacked(row.facts)
    return campaign_audience.count(session, facts) if facts.spread else None


def told(session: Session, going: Going) -> None:
    """Write down that these people's messages are queued."""
    reached = going.before + len(going.people)
    come_to(session, going.id, told_to=going.cursor, all_told=going.cursor is None, reached=reached)


def come_to(session: Session, campaign_id: str, **values: Any) -> None:
    """Write down how far a campaign, whose row the caller locked, has come by itself.

    Nobody changed it, so its version stays: whoever opened its page before can still stop it.
    """
    its = _CAMPAIGNS.c.id == campaign_id
    session.execute(update(_CAMPAIGNS).where(its).values(updated_at=now(session), **values))


def _becomes(session: Session, row: CampaignRow, said: tuple[CampaignState, Action], **values: Any) -> None:
    campaign.check_may(CampaignState(row.state), said[0])
    come_to(session, row.id, state=said[0].value, **values)
    session.refresh(row)
    event.record(session, SYSTEM, said[1], ("campaign", row.id), {"reference": row.reference})


def finish(session: Session, its: Round) -> int | None:
    """Let end what has nothing left to go out; return how many campaigns that were, None when it is all done.

    Of each only its own messages are looked at, a page in a unit of work, and none again that has ended.
    What failed in this round is left out, and what was found to wait for a message that has not ended.
    """
    rows = session.scalars(
        select(CampaignRow)
        .where(
            CampaignRow.state == CampaignState.SENDING.value,
            CampaignRow.all_told,
            CampaignRow.retried_to.is_(None),
            CampaignRow.settled_to.is_(None),
            CampaignRow.id.not_in(its.failed.keys() | its.waiting),
        )
        .with_for_update(skip_locked=True, key_share=True)
    ).all()
    count, more = 0, False
    for row in rows:
        its.at = row.id
        found = campaign_results.ended_to(session, row.id, row.told_to)
        if found.person != row.told_to:
            come_to(session, row.id, told_to=found.person)
        if found.last and not found.stuck:
            count_anew(session, row.id)
            _becomes(session, row, (CampaignState.SENT, Action.CAMPAIGN_FINISHED), finished_at=now(session))
            count += 1
        if found.stuck:
            its.waiting.add(row.id)
        more |= not found.last and not found.stuck
    return count if count or more else None
