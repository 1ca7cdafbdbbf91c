"""What was told to those who subscribed, for everybody: the newest first, and a page for each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from aiohttp import web

from handlers.web import fresh
from handlers.web.campaign_files import given
from handlers.web.guards import Anyone, Route
from handlers.web.public.page import KEPT_SECONDS, answered
from handlers.web.reader import reader_of
from handlers.web.visit import Visit
from notifications.pieces import shortened
from notifications.wording import say
from store.domain import reference_number
from store.domain.campaign import LANGUAGE_OF_ALL, filled
from store.domain.deep_link import JoinLink, address, make
from store.domain.errors import NotFound
from store.domain.reference import LANGUAGES, District
from store.domain.subscription import Topic
from store.queries import public_campaigns
from store.queries.public_campaigns import PublicCampaign

PATH = "/campaigns"
AT_ONCE = 10
"""So many campaigns are on one page."""
HEAD_CHARACTERS = 70


@dataclass(frozen=True, slots=True)
class Words:
    """What a campaign says in one language; `name` and `more` are in that language too.

    `head` is how it begins: no name of it is public.
    """

    code: str
    name: str
    text: str
    more: str

    @property
    def head(self) -> str:
        """How it begins."""
        return shortened(self.text.partition("\n")[0], HEAD_CHARACTERS)


async def listing(visit: Visit) -> web.Response:
    """Show what was sent."""
    after, reader = visit.asked("after"), reader_of(visit.request)
    found = await visit.store.read(public_campaigns.newest, after, AT_ONCE + 1)
    return answered(
        visit,
        reader,
        "public/campaigns.html",
        PATH,
        found=[(one, words_of(visit, one, reader.language)) for one in found[:AT_ONCE]],
        later=found[AT_ONCE - 1].reference if len(found) > AT_ONCE else "",
        first=not after,
        all=PATH,
        chat=_chat(visit),
    )


async def show(visit: Visit) -> web.Response:
    """Show one of them."""
    one = await visit.store.read(public_campaigns.one, _reference_of(visit))
    reader = reader_of(visit.request)
    return answered(
        visit,
        reader,
        "public/campaign.html",
        f"{PATH}/{one.reference}",
        one=one,
        words=words_of(visit, one, reader.language),
        all=PATH,
        chat=_chat(visit),
    )


async def file(visit: Visit) -> web.Response:
    """Give the picture or document of one."""
    reference = _reference_of(visit)
    found = await visit.store.read(public_campaigns.file_of, reference)
    mark = fresh.mark_of(found.content.sha256)
    has_it = fresh.has_it(visit.request, mark, found.added_at)
    answer = web.Response(status=304) if has_it else await given(visit, reference, found)
    return fresh.marked(answer, mark, KEPT_SECONDS, found.added_at)


def words_of(visit: Visit, one: PublicCampaign, language: str) -> Sequence[Words]:
    """Return what a campaign says: in the reader's language first, in English, then in each other it has."""
    district, texts = visit.site.profile().district, one.facts.texts
    codes = sorted(
        (code for code in LANGUAGES if code in texts),
        key=lambda code: (code != language, code != LANGUAGE_OF_ALL),
    )
    return [_worded(district, code, texts[code]) for code in codes]


def _worded(district: District, code: str, text: str) -> Words:
    return Words(code, say(code, "language.name"), filled(text, district), say(code, "campaign.link"))


def _chat(visit: Visit) -> str:
    """Return the link with which somebody gets these by message; empty where the bot's name is not known."""
    bot = visit.site.config.bot_username
    return address(bot, make(JoinLink(Topic.CAMPAIGNS.value))) if bot else ""


def _reference_of(visit: Visit) -> str:
    typed = visit.part("reference")
    reference = reference_number.parse(typed)
    if reference is None:
        raise NotFound("campaign.not_found", reference=typed)
    return reference


ROUTES = (
    Route("GET", PATH, Anyone(), listing),
    Route("GET", PATH + "/{reference}", Anyone(), show),
    Route("GET", PATH + "/{reference}/file", Anyone(), file),
)
