"""What anybody may read of what came of meetings: only what was shared."""

from __future__ import annotations

from dataclasses import replace

import pytest

from store.actions import meeting_priority, meeting_sharing
from store.domain.staff import By
from tests.handlers.web.public.test_meetings import SITE, anybody
from tests.support.console import Visitor
from tests.support.meetings import LIGHTS, MENDED, PARKING, a_meeting, held, published
from tests.support.triage_factory import Town

__all__ = ["anybody"]

PATH = "/meetings/you-said"


@pytest.fixture
async def cleo(town: Town) -> By:
    return await town.staff("Cleo")


async def test_nothing_is_public_before_it_is_shared(town: Town, cleo: By, anybody: Visitor) -> None:
    over = await held(town, cleo, MENDED)
    paths = (f"/meetings/{over.reference}", PATH, f"{PATH}/ramsgate")
    for path in paths:
        assert "Lights" not in (await anybody.get(path)).text, path
    assert "Nothing is here yet." in (await anybody.get(PATH)).text
    await town.write(meeting_sharing.share, cleo, over.reference)
    for path in paths:
        text = (await anybody.get(path)).text
        for words in (
            "Lights in King Street",
            "Who does it: The council",
            "What was done: Twelve lamps are mended",
        ):
            assert words in text, path


async def test_a_correction_is_public_at_once_and_a_result_when_it_is_shared(
    town: Town, cleo: By, anybody: Visitor
) -> None:
    over = await held(town, cleo, LIGHTS, PARKING)
    await town.write(meeting_sharing.share, cleo, over.reference)
    told = [replace(MENDED, owner="Kent"), PARKING, replace(PARKING, text="Litter")]
    await town.write(meeting_priority.set_priorities, cleo, over.reference, told)
    text = (await anybody.get(f"/meetings/{over.reference}")).text
    assert "Who does it: Kent" in text
    assert text.count("Not done yet") == 2
    assert "Litter" not in text
    await town.write(meeting_sharing.share, cleo, over.reference)
    text = (await anybody.get(PATH)).text
    assert text.count("Not done yet") == 2
    assert "Twelve lamps are mended" in text
    assert "Litter" in text


async def test_an_area_has_its_own_page_with_the_newest_first(town: Town, cleo: By, anybody: Visitor) -> None:
    for title, area in (("Old", "ramsgate"), ("Margate's", "margate"), ("All", None), ("New", "ramsgate")):
        made = await held(town, cleo, LIGHTS, title=title, area=area)
        await town.write(meeting_sharing.share, cleo, made.reference)
    text = (await anybody.get(f"{PATH}/ramsgate")).text
    assert [title for title in ("New", "All", "Old") if f">{title}</a></h2>" in text] == ["New", "All", "Old"]
    assert text.index(">New<") < text.index(">All<") < text.index(">Old<")
    assert "Margate's" not in text.replace("&#39;", "'")
    assert f'<a href="{PATH}/margate">Margate</a>' in text
    assert f'<a href="{PATH}/ramsgate" aria-current="page">' in text
    assert f'href="{SITE}{PATH}/ramsgate"' in text
    assert (await anybody.get(f"{PATH}/nowhere")).status == 404
    assert f'href="{PATH}"' in (await anybody.get("/meetings")).text


async def test_a_meeting_for_wards_names_them_and_not_the_whole_district(
    town: Town, cleo: By, anybody: Visitor
) -> None:
    made = await held(town, cleo, LIGHTS, area=None, wards=("eastcliff", "margate-central"))
    await town.write(meeting_sharing.share, cleo, made.reference)
    for path in (PATH, f"/meetings/{made.reference}"):
        text = (await anybody.get(path)).text
        assert "Margate-Central, Eastcliff" in text
        assert "All of Smallmouth" not in text
        assert "margate-central" not in text


async def test_pages_follow_each_other_without_a_gap(
    town: Town, cleo: By, anybody: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("handlers.web.public.you_said.AT_ONCE", 2)
    for number in range(5):
        made = await held(town, cleo, LIGHTS, title=f"Meeting {number}")
        await town.write(meeting_sharing.share, cleo, made.reference)
    path, seen = PATH, []
    while path:
        text = (await anybody.get(path)).text
        seen += [part[0] for part in text.split(">Meeting ")[1:]]
        path = text.partition('">Older ones')[0].rpartition('href="')[2] if "Older ones" in text else ""
    assert seen == ["4", "3", "2", "1", "0"]
    assert (await anybody.get(f"{PATH}?after=nonsense")).status == 200


async def test_the_next_meeting_shows_what_came_of_the_last_one(
    town: Town, cleo: By, anybody: Visitor
) -> None:
    last = await held(town, cleo, MENDED)
    await town.write(meeting_sharing.share, cleo, last.reference)
    coming = await published(town, cleo)
    text = (await anybody.get(f"/meetings/{coming.reference}")).text
    before = text.partition(">Last time</h2>")[2].partition("</section>")[0]
    assert "Twelve lamps are mended" in before
    assert f'href="/meetings/{last.reference}"' in before
    town.clock.advance(coming.ends_at - town.clock.now())
    assert "Last time" not in (await anybody.get(f"/meetings/{coming.reference}")).text


async def test_the_pages_are_kept_for_a_while_and_not_sent_twice(
    town: Town, cleo: By, anybody: Visitor
) -> None:
    over = await held(town, cleo, LIGHTS)
    first = await anybody.get(PATH)
    assert first.headers["Cache-Control"] == "public, max-age=60"
    assert (await anybody.get(PATH, **{"If-None-Match": first.headers["ETag"]})).status == 304
    await town.write(meeting_sharing.share, cleo, over.reference)
    text = await anybody.get(PATH, **{"If-None-Match": first.headers["ETag"]})
    assert text.status == 200
    assert "<script" not in text.text


async def test_a_draft_with_priorities_is_nowhere(town: Town, cleo: By, anybody: Visitor) -> None:
    draft = await a_meeting(town, cleo)
    await town.write(meeting_priority.set_priorities, cleo, draft.reference, [MENDED])
    assert "Lights" not in (await anybody.get(PATH)).text
    assert (await anybody.get(f"/meetings/{draft.reference}")).status == 404
