"""Each time that a recurring campaign comes: what it became, and whether a person confirmed its days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import Session

from store.domain.campaign import TO_BE_CHANGED, CampaignState
from store.domain.campaign_rule import span_words
from store.tables.campaign import CampaignRow
from store.tables.campaign_pattern import CampaignOccurrenceRow, CampaignPatternRow
from store.tables.staff import StaffRow

LISTED = 60
_KEPT = CampaignOccurrenceRow


@dataclass(frozen=True, slots=True)
class Came:
    """One time that a recurring campaign comes. Without `campaign` it was missed before there was one.

    `unconfirmed` says that a person must say its days before it can be approved; `pattern` is the reference
    of what it is a time of, `title` what that is called.
    """

    pattern: str
    title: str
    first: date | None
    last: date | None
    unconfirmed: bool
    confirmed_by: str | None
    missed_at: datetime | None
    campaign: str | None
    state: CampaignState | None

    @property
    def words(self) -> str:
        """Its days, as far as they are known or guessed."""
        return span_words(self.first, self.last) if self.first and self.last else ""


def is_unconfirmed(session: Session, campaign_id: str) -> bool:
    """Tell whether this campaign is one of a recurring one whose days a person must confirm first."""
    wanted = select(_KEPT.guessed).where(_KEPT.campaign_id == campaign_id, _KEPT.confirmed_at.is_(None))
    return bool(session.scalar(wanted))


def unconfirmed(session: Session) -> frozenset[str]:
    """Return the ids of the campaigns that wait for a person to confirm their days."""
    open_ones = [state.value for state in TO_BE_CHANGED]
    wanted = (
        select(CampaignRow.id)
        .join(_KEPT, _KEPT.campaign_id == CampaignRow.id)
        .where(_KEPT.guessed, _KEPT.confirmed_at.is_(None), CampaignRow.state.in_(open_ones))
    )
    return frozenset(session.scalars(wanted))


def of_campaign(session: Session, campaign_id: str) -> Came | None:
    """Return which time of what this campaign is; None where it stands alone."""
    return next(iter(_read(session, _wanted(_KEPT.campaign_id == campaign_id))), None)


def of_pattern(session: Session, pattern_id: str) -> Sequence[Came]:
    """Return the times of a recurring campaign that came, the newest first."""
    newest = _wanted(_KEPT.pattern_id == pattern_id)
    return _read(session, newest.order_by(_KEPT.made_at.desc(), _KEPT.key.desc()).limit(LISTED))


def _wanted(
    condition: ColumnElement[bool],
) -> Select[CampaignOccurrenceRow, str, str, str | None, str | None, str | None]:
    return (
        select(
            _KEPT,
            CampaignPatternRow.reference,
            CampaignPatternRow.title,
            CampaignRow.reference,
            CampaignRow.state,
            StaffRow.name,
        )
        .join(CampaignPatternRow, CampaignPatternRow.id == _KEPT.pattern_id)
        .outerjoin(CampaignRow, CampaignRow.id == _KEPT.campaign_id)
        .outerjoin(StaffRow, StaffRow.id == _KEPT.confirmed_by)
        .where(condition)
    )


def _read(
    session: Session,
    wanted: Select[CampaignOccurrenceRow, str, str, str | None, str | None, str | None],
) -> list[Came]:
    return [
        Came(
            pattern,
            title,
            row.first_day,
            row.last_day,
            row.guessed and row.confirmed_at is None,
            name,
            row.missed_at,
            reference,
            CampaignState(state) if state else None,
        )
        for row, pattern, title, reference, state, name in session.execute(wanted)
    ]
