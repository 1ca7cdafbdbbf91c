"""Campaigns as everybody may read them: what goes out and what went out, never who wrote it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, and_, or_, select
from sqlalchemy.orm import Session

from store.domain.campaign import SHOWN, CampaignFacts, CampaignState, shown, unpacked
from store.domain.campaign_file import CampaignFile
from store.domain.errors import NotFound, Unreadable
from store.queries import campaign_files
from store.tables.campaign import CampaignRow

_STATES = CampaignRow.state.in_(sorted(state.value for state in SHOWN))
_NEWEST = (CampaignRow.started_at.desc(), CampaignRow.id.desc())
READ_AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class PublicCampaign:
    """What was told, when it began to go out (aware UTC), and what goes with it."""

    reference: str
    facts: CampaignFacts
    started_at: datetime
    file: CampaignFile | None


def newest(session: Session, after: str = "", limit: int = 20) -> Sequence[PublicCampaign]:
    """Return campaigns, the newest first, from the one after that with the reference `after` on."""
    found: list[CampaignRow] = []
    last = _row(session, after) if after else None
    while len(found) < limit:
        rows = session.scalars(_older(last)).all()
        found += [row for row in rows if _is_shown(row)]
        if len(rows) < READ_AT_ONCE:
            break
        last = rows[-1]
    files = campaign_files.of_all(session, [row.id for row in found[:limit]])
    return [_view(row, files.get(row.id)) for row in found[:limit]]


def one(session: Session, reference: str) -> PublicCampaign:
    """Return one campaign. Refusal: `campaign.not_found`, also for one that nobody may read yet."""
    row = _row(session, reference)
    if row is None or not _is_shown(row):
        raise NotFound("campaign.not_found", reference=reference)
    return _view(row, campaign_files.of(session, row.id))


def references(session: Session, campaign_ids: Collection[str]) -> Mapping[str, str]:
    """Return the references of those of these campaigns that everybody may read, by their ids."""
    rows = session.scalars(select(CampaignRow).where(CampaignRow.id.in_(campaign_ids), _STATES))
    return {row.id: row.reference for row in rows if _is_shown(row)}


def file_of(session: Session, reference: str) -> CampaignFile:
    """Return the file of a campaign. Refusals: `campaign.not_found`, `campaign_file.not_found`."""
    found = one(session, reference).file
    if found is None:
        raise NotFound("campaign_file.not_found", reference=reference)
    return found


def _older(last: CampaignRow | None) -> Select[CampaignRow]:
    wanted = select(CampaignRow).where(_STATES).order_by(*_NEWEST).limit(READ_AT_ONCE)
    if last is None:
        return wanted
    same = and_(CampaignRow.started_at == last.started_at, CampaignRow.id < last.id)
    return wanted.where(or_(CampaignRow.started_at < last.started_at, same))


def _row(session: Session, reference: str) -> CampaignRow | None:
    return session.scalar(select(CampaignRow).where(CampaignRow.reference == reference, _STATES))


def _is_shown(row: CampaignRow) -> bool:
    """Tell whether everybody may read it; what cannot be read at all is left out."""
    try:
        return shown(CampaignState(row.state), unpacked(row.facts)) and row.started_at is not None
    except Unreadable:
        return False


def _view(row: CampaignRow, file: CampaignFile | None) -> PublicCampaign:
    return PublicCampaign(row.reference, unpacked(row.facts), row.started_at or row.created_at, file)
