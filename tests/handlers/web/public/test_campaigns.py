"""What anybody may read of campaigns: what goes out and what went out, and nothing of who wrote it."""

from __future__ import annotations

import obstore
import pytest

from handlers.web.site import SITE as OF_SITE
from store.actions import campaign, campaign_sending
from store.domain.rounds import Round
from store.domain.staff import By
from tests.handlers.web.public.test_meetings import SITE, anybody
from tests.support.campaign_files import SHOWS, attached
from tests.support.campaigns import a_draft, approved, send_it, sending, waiting
from tests.support.console import Visitor
from tests.support.papers import PAPER
from tests.support.pictures import jpeg
from tests.support.readers import hal
from tests.support.triage_factory import PROFILE, Town

__all__ = ["anybody", "hal"]

PATH = "/campaigns"


@pytest.fixture
async def sam(town: Town) -> By:
    return await town.staff("Sam")


async def test_only_what_goes_out_or_went_out_is_there(
    town: Town, sam: By, hal: By, anybody: Visitor
) -> None:
    assert "Nothing is here yet." in (await anybody.get(PATH)).text
    hidden = [await a_draft(town, sam), await waiting(town, sam), await approved(town, sam, hal)]
    hidden.append(await sending(town, sam, hal, public=False))
    for deed in (campaign.pause, campaign.cancel):
        hidden.append(await sending(town, sam, hal))
        await town.write(deed, sam, hidden[-1])
    await town.write(campaign.cancel, sam, hidden[2])
    sent = await sending(town, sam, hal, texts={"en": "Mind your bikes."})
    for state in ("going out", "sent"):
        text = (await anybody.get(PATH)).text
        assert ("Mind your bikes." in text, "Lock your shed" in text) == (True, False), state
        assert (await anybody.get(f"{PATH}/{sent}")).status == 200
        for reference in [*hidden, "K7M-4XQ-9PC", "nonsense"]:
            assert (await anybody.get(f"{PATH}/{reference}")).status == 404
            assert (await anybody.get(f"{PATH}/{reference}/file")).status == 404
        await town.write(campaign_sending.finish, Round())


async def test_it_is_there_in_all_its_languages_and_without_its_name_or_author(
    town: Town, sam: By, hal: By, anybody: Visitor
) -> None:
    sent = await sending(
        town,
        sam,
        hal,
        title="Internal name",
        link="https://safety.example/sheds",
        places=frozenset({"margate"}),
    )
    for path in (PATH, f"{PATH}/{sent}"):
        text = (await anybody.get(path)).text
        assert f'<div lang="en"><p class="words">Lock your shed. Ask {PROFILE.district.email}.</p>' in text
        assert '<div lang="pl"><p class="words">Zamknij szopę.</p>' in text
        assert '<a href="https://safety.example/sheds">Czytaj więcej</a>' in text
        assert "Safety campaigns, " in text
        assert "For: Margate" in text
        assert "Internal name" not in text
        assert "Sam" not in text
    assert f'href="{SITE}{PATH}"' in (await anybody.get(PATH)).text
    assert f'href="{PATH}"' in (await anybody.get("/meetings")).text


@pytest.mark.parametrize(
    ("codes", "said"),
    [
        ({"margate-central", "ramsgate"}, "Dla kogo: Ramsgate, Margate-Central<"),
        ({"gone-from-the-profile", "ramsgate"}, "Dla kogo: Ramsgate<"),
        ({"gone-from-the-profile"}, ""),
        (set(), "Dla kogo: Cały okręg Smallmouth<"),
    ],
)
async def test_everybody_reads_names_of_areas_and_wards_and_never_their_codes(
    town: Town, sam: By, hal: By, anybody: Visitor, codes: set[str], said: str
) -> None:
    sent = await sending(town, sam, hal, places=frozenset(codes))
    for path in (PATH, f"{PATH}/{sent}"):
        text = (await anybody.get(f"{path}?lang=pl")).text
        assert said in text
        assert ("Dla kogo" in text) == bool(said)
        assert not [code for code in codes if f"{code}<" in text or f"{code}," in text]


async def test_its_picture_and_its_document_are_given_once_it_goes_out(
    town: Town, sam: By, hal: By, anybody: Visitor
) -> None:
    media = anybody.desk.server.app[OF_SITE].media
    for body, told in ((jpeg(), f'alt="{SHOWS}"'), (PAPER, "The document that came with it (PDF, 1 kB)")):
        reference = await a_draft(town, sam)
        await obstore.put_async(media, await town.write(attached, sam, reference, body), body)
        assert (await anybody.get(f"{PATH}/{reference}/file")).status == 404
        await send_it(town, sam, hal, reference)
        assert told in (await anybody.get(PATH)).text
        assert told in (await anybody.get(f"{PATH}/{reference}")).text
        async with anybody.client.get(f"{PATH}/{reference}/file") as given:
            assert await given.read() == body
        assert given.headers["Cache-Control"] == "public, max-age=60"
        mark = {"If-None-Match": given.headers["ETag"]}
        assert (await anybody.get(f"{PATH}/{reference}/file", **mark)).status == 304
    plain = await sending(town, sam, hal)
    assert (await anybody.get(f"{PATH}/{plain}/file")).status == 404


async def test_the_newest_is_first_and_pages_follow_without_a_gap(
    town: Town, sam: By, hal: By, anybody: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("handlers.web.public.campaigns.AT_ONCE", 2)
    monkeypatch.setattr("store.queries.public_campaigns.READ_AT_ONCE", 2)
    for number in range(5):
        await sending(town, sam, hal, texts={"en": f"Message {number}"})
        await sending(town, sam, hal, texts={"en": "Message hidden"}, public=False)
        town.pass_time(minutes=number % 2)
    path, seen = PATH, []
    while path:
        text = (await anybody.get(path)).text
        seen += [part[0] for part in text.split('"words">Message ')[1:]]
        path = text.partition('">Older ones')[0].rpartition('href="')[2] if "Older ones" in text else ""
    assert sorted(seen, reverse=True) == ["4", "3", "2", "1", "0"]
    assert seen[0] in "43"
    assert seen[-1] in "01"
    first = await anybody.get(PATH)
    assert first.headers["Cache-Control"] == "public, max-age=60"
    assert (await anybody.get(PATH, **{"If-None-Match": first.headers["ETag"]})).status == 304
    assert (await anybody.get(f"{PATH}?after=nonsense")).status == 200
