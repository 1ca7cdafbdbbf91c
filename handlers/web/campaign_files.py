"""The bytes of a campaign's picture or document, as they are given out: shown or kept, never run."""

from __future__ import annotations

from aiohttp import web

from handlers.web.kept import ALONE, content
from handlers.web.visit import Visit
from store.domain.campaign_file import CampaignFile, FileKind, file_name
from store.domain.errors import NotFound


async def given(visit: Visit, reference: str, file: CampaignFile) -> web.Response:
    """Answer with a file: a picture to be shown in a page. Refusal: `campaign_file.lost`."""
    how = "inline" if file.kind is FileKind.PICTURE else "attachment"
    headers = ALONE | {"Content-Disposition": f'{how}; filename="{file_name(reference, file.kind)}"'}
    body = await content(visit, file.key, NotFound("campaign_file.lost"))
    return web.Response(body=body, content_type=file.content.media_type, headers=headers)
