"""What became of each message of a campaign, as a file for spreadsheets: never who got it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count

from aiohttp import web

from handlers.web import labels
from handlers.web.console.address import reference_of
from handlers.web.console.campaign_results import NAMES, why
from handlers.web.console.campaigns import PATH
from handlers.web.console.export import AT_ONCE, download
from handlers.web.console.export_forms import csv_lines, london
from handlers.web.console.urgent import PATH as URGENT
from handlers.web.guards import SUPERVISORS, Route
from handlers.web.visit import Visit
from store.actions import campaign_export
from store.domain.delivery import Lane
from store.domain.reference import Profile
from store.queries import campaign_export as exported
from store.queries.campaign_export import ExportedMessage

HEAD = ("Number", "Language", "Areas", "State", "When", "Why")
EVERYWHERE = "Everywhere"


async def export(visit: Visit) -> web.StreamResponse:
    """Write what became of a campaign."""
    return await _written(visit, "campaign", Lane.CAMPAIGN)


async def export_alert(visit: Visit) -> web.StreamResponse:
    """Write what became of an urgent alert."""
    return await _written(visit, "alert", Lane.URGENT)


async def _written(visit: Visit, name: str, lane: Lane) -> web.StreamResponse:
    """Write it a page at a time, so that neither memory nor a transaction grows with it."""
    reference = reference_of(visit)
    campaign_id = await visit.store.write(campaign_export.begin, visit.by, reference, lane)
    response = await download(visit, f"{name}-{reference}", "csv", "text/csv")
    await response.write(("\ufeff" + csv_lines([list(HEAD)])).encode())
    profile, numbers, after = visit.site.profile(), count(1), 0
    while True:
        page, after = await visit.store.read(exported.rows, visit.staff, campaign_id, after, AT_ONCE)
        await response.write(csv_lines([[next(numbers), *cells(one, profile)] for one in page]).encode())
        if not after:
            break
    await response.write_eof()
    return response


def cells(one: ExportedMessage, profile: Profile) -> list[str | float | None]:
    """Return what is told of a message; of a reader's wards no more than their areas."""
    return [
        labels.LANGUAGES.get(one.language or "", one.language),
        ", ".join(areas(one.places, profile)) or EVERYWHERE,
        NAMES[one.state],
        london(one.finished_at),
        why(one.error) if one.error else None,
    ]


def areas(places: Sequence[str], profile: Profile) -> list[str]:
    """Return the names of the areas that these places are or lie in."""
    of_ward = {ward.code: ward.area for ward in profile.wards}
    return sorted({labels.area(profile, of_ward.get(place, place)) for place in places})


ROUTES = (
    Route("GET", f"{PATH}/{{reference}}/export.csv", SUPERVISORS, export),
    Route("GET", f"{URGENT}/{{reference}}/export.csv", SUPERVISORS, export_alert),
)
