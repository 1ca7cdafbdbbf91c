"""What became of each message of a campaign: language, area, state, when and why, never who."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from store.domain.campaign import key_of
from store.domain.delivery import DeliveryState
from store.domain.errors import NotAllowed
from store.domain.staff import Staff, may_export_campaigns
from store.queries.campaign_results import its
from store.tables.campaign import CampaignRow
from store.tables.delivery import DeliveryRow
from store.tables.resident import ResidentRow
from store.tables.subscriber import SubscriberPlaceRow


@dataclass(frozen=True, slots=True)
class ExportedMessage:
    """One message: what its reader reads and from where they want news (none: everywhere), by now."""

    language: str | None
    places: tuple[str, ...]
    state: DeliveryState
    finished_at: datetime | None
    error: str | None


def rows(
    session: Session, staff: Staff, campaign_id: str, after: int, limit: int
) -> tuple[Sequence[ExportedMessage], int]:
    """Return messages in the order in which they were made out, from the one after `after` on.

    With them comes the last of them, for the next page; 0 at the end. Refusal: `staff.not_allowed`.
    """
    check_exporter(staff)
    first_id = session.scalar(select(CampaignRow.first_id).where(CampaignRow.id == campaign_id))
    person = func.substr(DeliveryRow.key, len(key_of(campaign_id)) + 1)
    found = session.execute(
        select(
            DeliveryRow.id,
            DeliveryRow.state,
            DeliveryRow.finished_at,
            DeliveryRow.error,
            ResidentRow.id.label("person"),
            ResidentRow.language,
        )
        .outerjoin(ResidentRow, ResidentRow.id == person)
        .where(DeliveryRow.id > max(after, first_id or 0), its(campaign_id))
        .order_by(DeliveryRow.id)
        .limit(limit)
    ).all()
    wanted = _places(session, [row.person for row in found if row.person is not None])
    told = [
        ExportedMessage(
            row.language,
            tuple(sorted(wanted.get(row.person, ()))),
            DeliveryState(row.state),
            row.finished_at,
            row.error,
        )
        for row in found
    ]
    return told, found[-1].id if len(found) == limit else 0


def check_exporter(staff: Staff) -> None:
    """Refuse (`staff.not_allowed`) whoever may not export what became of a campaign."""
    if not may_export_campaigns(staff):
        raise NotAllowed("staff.not_allowed")


def _places(session: Session, residents: Collection[str]) -> dict[str, list[str]]:
    rows = session.execute(
        select(SubscriberPlaceRow.resident_id, SubscriberPlaceRow.place).where(
            SubscriberPlaceRow.resident_id.in_(residents)
        )
    )
    found: dict[str, list[str]] = defaultdict(list)
    for resident_id, place in rows:
        found[resident_id].append(place)
    return found
