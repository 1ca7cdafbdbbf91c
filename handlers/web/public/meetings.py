"""The meetings that come up, area by area, and a page for each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from aiohttp import web

from handlers.web import fresh
from handlers.web.drawing import Ground, Label, around
from handlers.web.guards import Anyone, Route
from handlers.web.public.page import KEPT_SECONDS, answered
from handlers.web.reader import Reader, reader_of, told
from handlers.web.site import Site
from handlers.web.visit import Visit
from notifications import calendar, meeting_card
from store.domain import reference_number
from store.domain.agenda import open_for_questions
from store.domain.deep_link import address, make, to_meeting
from store.domain.errors import NotFound
from store.domain.meeting import LINK_SHOWN_BEFORE, Meeting, MeetingKind, link_shown
from store.domain.reference import Profile
from store.queries import agenda, meeting_documents, meeting_sharings, meetings, public_meetings

PATH = "/meetings"
MAP_KM = 0.7
CHAT = "https://t.me/"


@dataclass(frozen=True, slots=True)
class Section:
    """The meetings of one area; `code` is empty for those of the whole district."""

    code: str
    name: str
    meetings: Sequence[Meeting]


async def listing(visit: Visit) -> web.Response:
    """List what comes up: for the whole district, then area by area, the next first."""
    coming, reader = await visit.store.read(public_meetings.coming), reader_of(visit.request)
    return answered(
        visit,
        reader,
        "public/meetings.html",
        PATH,
        sections=list(_sections(visit.site.profile(), coming, reader)),
        chat=_chat(visit.site),
        feeds=visit.site.config.public_url.rstrip("/") + "/feeds",
    )


async def show(visit: Visit) -> web.Response:
    """Show one meeting, also one that is over or cancelled."""
    meeting = await visit.store.read(meetings.public, reference_of(visit))
    papers = await visit.store.read(meeting_documents.shown_of, [meeting])
    shared, before = await visit.store.read(meeting_sharings.around, meeting)
    now, reader = visit.store.clock.now(), reader_of(visit.request)
    return answered(
        visit,
        reader,
        "public/meeting.html",
        f"{PATH}/{meeting.reference}",
        meeting=meeting,
        over=meeting.ends_at <= now,
        shared=shared,
        before=before,
        link=meeting.facts.join_link if link_shown(meeting, now) else None,
        link_from=meeting.starts_at - LINK_SHOWN_BEFORE,
        moved=meeting_card.moved(meeting, reader.language),
        agenda=await visit.store.read(agenda.listed, meeting.id),
        asks=open_for_questions(meeting, now),
        picture=_picture(visit.site, meeting),
        chat=_chat(visit.site, meeting.reference),
        papers=papers[meeting.id],
    )


async def file(visit: Visit) -> web.Response:
    """Give the file of one meeting for a calendar.

    Whoever knows no marks is sent it again: when it changed does not say in which language they have it.
    """
    entry, reader = (
        await visit.store.read(public_meetings.entry, reference_of(visit)),
        reader_of(visit.request),
    )
    body = calendar.file_of(entry, visit.site.config.public_url, reader.language)
    name = calendar.file_name(entry.meeting)
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    answer = web.Response(body=body, content_type=calendar.MEDIA_TYPE, charset="utf-8", headers=headers)
    return told(fresh.kept(visit, answer, KEPT_SECONDS), reader)


def _sections(profile: Profile, coming: Sequence[Meeting], reader: Reader) -> Iterator[Section]:
    """Sort meetings into the areas that there are, all others first."""
    areas = {area.code: area.name for area in profile.areas}
    everywhere = [one for one in coming if one.facts.area not in areas]
    if everywhere:
        yield Section("", reader.say("site.all_of", district=profile.district.name), everywhere)
    for code, name in areas.items():
        yield Section(code, name, [one for one in coming if one.facts.area == code])


def reference_of(visit: Visit) -> str:
    """Return the reference in the path. Refusal: `meeting.not_found`."""
    typed = visit.part("reference")
    reference = reference_number.parse(typed)
    if reference is None:
        raise NotFound("meeting.not_found", reference=typed)
    return reference


def _picture(site: Site, meeting: Meeting) -> tuple[Ground, Label] | None:
    venue = meeting.facts.venue
    if venue.lat is None or venue.lon is None or meeting.facts.kind is MeetingKind.ONLINE:
        return None
    return around(site, venue.name, (venue.lat, venue.lon), MAP_KM)


def _chat(site: Site, reference: str = "") -> str:
    """Return the link into the chat, at this meeting; empty where the bot's name is not known."""
    bot = site.config.bot_username
    if not bot:
        return ""
    return address(bot, make(to_meeting(reference))) if reference else CHAT + bot


ROUTES = (
    Route("GET", PATH, Anyone(), listing),
    Route("GET", PATH + "/{reference}", Anyone(), show),
    Route("GET", PATH + "/{reference}/calendar.ics", Anyone(), file),
)
