"""Meetings in the console: lists, one and all that can be done about it, series with their dates first."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest

from store.actions import meeting
from store.domain.event import Action
from store.domain.meeting import Access, Meeting, MeetingState, Venue
from store.domain.meeting_desk import Wanted, When
from store.domain.recurrence import local_of
from store.domain.staff import By
from store.queries import meeting_desk, public_meetings
from tests.support.console import Visitor
from tests.support.meetings import FACTS, TUESDAY, a_meeting, a_series, facts, published
from tests.support.page_forms import form_of
from tests.support.triage_factory import Town

PATH = "/console/meetings"
NEW: dict[str, Any] = {
    "title": "Ramsgate meeting",
    "area": "ramsgate",
    "how": "hybrid",
    "day": "2026-12-15",
    "at": "18:30",
    "minutes": "90",
    "doors": "15",
    "venue": "St John's Hall",
    "address": "Victoria Road, CT11 9ZZ",
    "access-step_free": "yes",
    "link": "https://meet.example/1",
    "capacity": "40",
    "chair": "Dora",
    "about": "Lights\non the seafront",
    "ward-eastcliff": "yes",
}


async def every(town: Town, by: By) -> list[Meeting]:
    return list(await town.read(meeting_desk.listing, by.staff, Wanted(when=When.ALL), 100))


async def test_a_meeting_is_made_from_what_is_typed(browser: Visitor, town: Town, cleo: By) -> None:
    await browser.get(f"{PATH}/new")
    made = await browser.post(f"{PATH}/new", **NEW)
    assert (made.status, made.location.endswith("?done=meeting-made")) == (303, True)
    [one] = await every(town, cleo)
    told = one.facts
    assert f"{local_of(one.starts_at)}" == "2026-12-15 18:30:00"
    assert (told.venue.name, told.venue.access) == ("St John's Hall", frozenset({Access.STEP_FREE}))
    assert (told.capacity, told.chair, told.about) == (40, "Dora", "Lights\non the seafront")
    page = (await browser.get(made.location)).text
    for said in ("is a draft", "Step-free", "15 December 2026, 6:30pm", "15 minutes before", "40", "Dora"):
        assert said in page


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"title": ""}, "Give the meeting a title."),
        ({"day": "soon"}, "Give the day as a date"),
        ({"at": "late"}, "Give the time as hours and minutes"),
        ({"minutes": "0"}, "Give a whole number from 1 to 1440."),
        ({"capacity": "many"}, "Give a whole number from 1"),
        ({"venue": ""}, "the name of the venue"),
        ({"link": "javascript:alert(1)"}, "A joining link begins with"),
        ({"area": "nowhere"}, "Choose an area."),
        ({"how": ""}, "Choose how people take part."),
    ],
)
async def test_what_is_wrong_comes_back_with_all_that_was_typed(
    browser: Visitor, town: Town, cleo: By, wrong: dict[str, str], said: str
) -> None:
    await browser.get(f"{PATH}/new")
    refused = await browser.post(f"{PATH}/new", **NEW | wrong)
    assert (refused.status, said in refused.text) == (422, True)
    kept = form_of(refused.text, f"{PATH}/new")
    right = {name: value for name, value in (NEW | wrong).items() if value and name not in wrong}
    assert kept.items() >= {name: value for name, value in right.items() if name != "ward-eastcliff"}.items()
    assert await every(town, cleo) == []


async def test_the_point_is_that_of_the_postcode_and_shows_on_a_map(
    browser: Visitor, town: Town, cleo: By
) -> None:
    await browser.get(f"{PATH}/new")
    made = await browser.post(f"{PATH}/new", **NEW | {"address": "The Library, CT9 1AA"})
    [one] = await every(town, cleo)
    assert one.facts.venue.lat is not None
    page = (await browser.get(made.location)).text
    assert 'class="ground"' in page
    form = form_of(page, f"{made.location.partition('?')[0]}/change")
    await browser.post(f"{made.location.partition('?')[0]}/change", **form | {"address": "nowhere known"})
    [one] = await every(town, cleo)
    assert one.facts.venue.lat is None
    assert "No point is known of the venue" in (await browser.get(made.location)).text


async def test_a_list_is_filtered_by_area_state_and_time(browser: Visitor, town: Town, cleo: By) -> None:
    await published(town, cleo)
    await a_meeting(town, cleo, TUESDAY.replace(hour=19), title="Margate draft", area="margate")
    await a_meeting(town, cleo, TUESDAY.replace(hour=20), title="For everybody", area=None)
    dropped = await a_meeting(town, cleo, title="Dropped")
    await town.write(meeting.cancel, cleo, dropped.reference, "A mistake")

    async def listed(query: str) -> list[str]:
        return re.findall(
            r'<a href="/console/meetings/[^"]{11}">([^<]+)', (await browser.get(PATH + query)).text
        )

    assert await listed("") == [FACTS.title, "Margate draft", "For everybody"]
    assert await listed("?area=margate") == ["Margate draft"]
    assert await listed("?area=-") == ["For everybody"]
    assert await listed("?state=published") == [FACTS.title]
    assert await listed("?state=cancelled") == ["Dropped"]
    assert await listed("?area=nowhere&state=odd&when=never") == await listed("")
    assert await listed("?when=past") == []
    town.pass_time(days=30)
    await browser.sign_in(cleo.staff)
    assert await listed("") == []
    assert len(await listed("?when=past")) == len(await listed("?when=all")) == 3
    assert "No meetings here." in (await browser.get(PATH)).text


async def test_a_month_shows_its_meetings_on_their_days(browser: Visitor, town: Town, cleo: By) -> None:
    await published(town, cleo)
    page = (await browser.get(f"{PATH}/calendar?month=2026-12")).text
    assert "December 2026" in page
    assert "6:30pm Ramsgate neighbourhood meeting" in page
    assert "month=2026-11" in page
    assert "month=2027-01" in page
    assert (
        "No meetings in this month."
        in (await browser.get(f"{PATH}/calendar?area=margate&month=2026-12")).text
    )
    for month in ("", "2026-13", "9999-12", "0001-01", "x"):
        assert (await browser.get(f"{PATH}/calendar?month={month}")).status == 200, month


async def test_the_year_is_held_against_the_plan(browser: Visitor, town: Town, cleo: By) -> None:
    await published(town, cleo)
    town.pass_time(days=20)
    await browser.sign_in(cleo.staff)
    await published(town, cleo, TUESDAY.replace(year=2027, month=2))
    page = (await browser.get(f"{PATH}/year")).text
    assert "April 2026 to March 2027" in page
    assert "<strong>2 of 8</strong>" in page
    assert "2 missing" in page
    assert "4 missing" in page
    later = (await browser.get(f"{PATH}/year?from=2027")).text
    assert "<strong>0 of 8</strong>" in later
    assert (await browser.get(f"{PATH}/year?from=99999")).status == 200


async def test_a_meeting_is_published_changed_and_cancelled_on_its_page(
    browser: Visitor, town: Town, cleo: By
) -> None:
    path = f"{PATH}/{(await a_meeting(town, cleo)).reference}"

    async def send(deed: str, **typed: str) -> str:
        form = form_of((await browser.get(path)).text, f"{path}/{deed}")
        return (await browser.post(f"{path}/{deed}", **form | typed)).location

    assert await send("publication") == f"{path}?done=meeting-published"
    assert await send("change", at="19:00") == f"{path}?done=meeting-changed"
    page = (await browser.get(path)).text
    assert "Start: Tue 1 Dec 2026, 6:30pm → Tue 1 Dec 2026, 7pm" in page
    chosen = {"text-1": "Lights", "owner-1": "The council", "result-1": "Twelve lamps"}
    assert await send("priorities", **chosen) == f"{path}?done=priorities-kept"
    assert "What came of it: Twelve lamps" in (await browser.get(path)).text
    empty = await browser.post(f"{path}/cancellation", reason=" ")
    assert (empty.status, "Write why it does not take place." in empty.text) == (422, True)
    assert await send("cancellation", reason="The hall is closed") == f"{path}?done=meeting-cancelled"
    page = (await browser.get(path)).text
    assert "It does not take place" in page
    assert f"{path}/change" not in page


async def test_its_page_leads_to_the_public_one_once_there_is_one(
    browser: Visitor, town: Town, cleo: By
) -> None:
    draft, there = await a_meeting(town, cleo), await published(town, cleo)
    for made, shown in ((draft, False), (there, True)):
        link = f'<a href="/meetings/{made.reference}">'
        assert (link in (await browser.get(f"{PATH}/{made.reference}")).text) is shown
    await town.write(meeting.cancel, cleo, there.reference, "The hall is flooded")
    assert f'<a href="/meetings/{there.reference}">' in (await browser.get(f"{PATH}/{there.reference}")).text


async def test_a_draft_is_published_later_or_no_longer_so(browser: Visitor, town: Town, cleo: By) -> None:
    path = f"{PATH}/{(await a_meeting(town, cleo)).reference}"
    await browser.get(path)
    sent = await browser.post(f"{path}/publication-time", day="2026-11-30", at="09:00")
    assert sent.location == f"{path}?done=meeting-timed"
    assert "To be published" in (await browser.get(path)).text
    assert "To be published Mon 30 Nov 2026, 9am" in (await browser.get(PATH)).text
    late = await browser.post(f"{path}/publication-time", day="2027-11-30", at="09:00")
    assert (late.status, "Choose a time to come" in late.text) == (422, True)
    await browser.post(f"{path}/publication-time", day="", at="09:00")
    assert "<dt>To be published</dt>" not in (await browser.get(path)).text


async def test_the_same_is_made_for_other_areas(browser: Visitor, town: Town, cleo: By) -> None:
    path = f"{PATH}/{(await published(town, cleo)).reference}"
    await browser.get(path)
    none = await browser.post(f"{path}/copies")
    assert (none.status, "Choose an area." in none.text) == (422, True)
    ticked: dict[str, Any] = {"area-margate": "yes"}
    sent = await browser.post(f"{path}/copies", **ticked)
    assert sent.location == f"{PATH}?state=draft&done=meeting-copied"
    copy = next(one for one in await every(town, cleo) if one.state is MeetingState.DRAFT)
    assert (copy.facts.title, copy.facts.venue) == ("Margate neighbourhood meeting", Venue())
    assert "No venue yet" in (await browser.get(sent.location)).text
    refused = await browser.post(f"{PATH}/{copy.reference}/publication")
    assert (refused.status, "the name of the venue" in refused.text) == (422, True)


SERIES: dict[str, Any] = NEW | {
    "repeat": "monthly_weekday",
    "every": "3",
    "nth": "2",
    "weekday": "2",
    "ends": "never",
}


async def test_the_dates_of_a_series_are_shown_before_anything_is_written(
    browser: Visitor, town: Town, cleo: By
) -> None:
    await browser.get(f"{PATH}/series/new")
    unseen = await browser.post(f"{PATH}/series/new", **SERIES)
    assert (unseen.status, "These are the dates." in unseen.text) == (422, True)
    shown = await browser.post(f"{PATH}/series/draft", **SERIES)
    assert "every 3 months on the second Wednesday" in shown.text
    for day in ("Wed 13 Jan 2027, 18:30", "Wed 14 Apr 2027, 18:30", "Wed 14 Jul 2027, 18:30"):
        assert day in shown.text
    assert await every(town, cleo) == []
    form = form_of(shown.text, f"{PATH}/series/new")
    others = await browser.post(f"{PATH}/series/new", **form | {"every": "1"})
    assert (others.status, "every month on the second Wednesday" in others.text) == (422, True)
    made = await browser.post(f"{PATH}/series/new", **form | {"title": "Another"})
    assert made.location.endswith("?done=series-made")
    found = await every(town, cleo)
    assert {one.facts.title for one in found} == {"Another"}
    assert [f"{local_of(one.starts_at):%d %b %H:%M}" for one in found][:2] == ["13 Jan 18:30", "14 Apr 18:30"]
    page = (await browser.get(made.location)).text
    assert "Every 3 months on the second Wednesday." in page
    assert f"{PATH}/{found[1].reference}" in page


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"repeat": ""}, "Choose how often it comes back."),
        ({"every": "0"}, "Give a whole number from 1 to 52."),
        ({"ends": "until", "until": ""}, "Give the day as a date"),
        ({"day": ""}, "Give the day as a date"),
    ],
)
async def test_a_series_that_means_no_dates_says_why(
    browser: Visitor, wrong: dict[str, str], said: str
) -> None:
    await browser.get(f"{PATH}/series/new")
    for deed in ("draft", "new"):
        refused = await browser.post(f"{PATH}/series/{deed}", **SERIES | wrong)
        assert (refused.status, said in refused.text) == (422, True)
    over = await browser.post(f"{PATH}/series/draft", **SERIES | {"ends": "until", "until": "2020-01-01"})
    assert "There is no date like that." in over.text


async def test_one_or_the_rest_of_a_series_is_changed(browser: Visitor, town: Town, cleo: By) -> None:
    found = await a_series(town, cleo, "FREQ=WEEKLY;COUNT=6")
    path = f"{PATH}/{found[2].reference}"
    page = (await browser.get(path)).text
    assert "Change this and all later ones (4)" in page
    form = form_of(page, f"{path}/rest")
    assert (form["repeat"], form["ends"], form["count"], form["at"]) == ("weekly", "count", "4", "18:30")
    shown = await browser.post(f"{path}/draft", **form | {"at": "19:00"})
    assert "Tue 15 Dec 2026, 19:00" in shown.text
    assert "No longer a meeting on" not in shown.text
    others = await browser.post(f"{path}/draft", **form | {"day": "2026-12-23", "every": "2"})
    assert "Tue 15 Dec 2026, 6:30pm (draft); Tue 22 Dec 2026, 6:30pm (draft)" in others.text
    assert await town.how_often(Action.MEETING_CHANGED) == 0
    wrong = await browser.post(f"{path}/draft", **form | {"at": "x"})
    assert (wrong.status, "Give the time as hours" in wrong.text) == (422, True)
    unseen = await browser.post(f"{path}/rest", **form | {"at": "20:00"})
    assert (unseen.status, "These are the dates." in unseen.text) == (422, True)
    sent = await browser.post(f"{path}/rest", **form_of(shown.text, f"{path}/rest"))
    assert sent.location == f"{path}?done=series-changed"
    times = [f"{local_of(one.starts_at):%H:%M}" for one in await every(town, cleo)]
    assert times == ["18:30"] * 2 + ["19:00"] * 4


async def test_a_series_is_published_and_ended_from_one_of_its_meetings(
    browser: Visitor, town: Town, cleo: By
) -> None:
    found = await a_series(town, cleo, "FREQ=WEEKLY;COUNT=4")
    path = f"{PATH}/{found[2].reference}"
    form = form_of((await browser.get(path)).text, f"{path}/series-publication")
    assert (await browser.post(f"{path}/series-publication", **form)).location.endswith("series-published")
    assert len(await town.read(public_meetings.coming)) == 4
    form = form_of((await browser.get(path)).text, f"{path}/series-end")
    sent = await browser.post(f"{path}/series-end", **form | {"reason": "Nobody came"})
    assert sent.location == f"{path}?done=series-ended"
    states = [one.state for one in await town.read(public_meetings.coming)]
    assert states == [MeetingState.PUBLISHED] * 2 + [MeetingState.CANCELLED] * 2
    assert "It has ended." in (await browser.get(path)).text


async def test_a_rule_without_fields_of_its_own_can_stay(browser: Visitor, town: Town, cleo: By) -> None:
    found = await a_series(town, cleo, "FREQ=WEEKLY;BYDAY=TU,TH;COUNT=4")
    path = f"{PATH}/{found[0].reference}"
    page = (await browser.get(path)).text
    assert "As now: every week on Tuesday and Thursday, 4 times" in page
    form = form_of(page, f"{path}/rest")
    assert form["repeat"] == "same"
    assert (await browser.post(f"{path}/rest", **form | {"chair": "Dora"})).status == 303
    assert {one.facts for one in await every(town, cleo)} == {replace(facts(), chair="Dora")}


async def test_there_is_no_page_of_an_unknown_meeting(browser: Visitor) -> None:
    assert (await browser.get(f"{PATH}/K7M-4XQ-9PC")).status == 404
    assert (await browser.post(f"{PATH}/K7M-4XQ-9PC/publication")).status == 404
