"""Meetings: made, changed, published at once or later, called off, made again for other areas."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from store.actions import meeting, meeting_due, meeting_priority, reference
from store.domain.errors import Changed, NotAllowed, NotFound, Refusal
from store.domain.event import Action
from store.domain.meeting import MeetingKind, MeetingPriority, MeetingState, Venue
from store.domain.recurrence import instant_of
from store.domain.staff import By, Role
from store.queries import meeting_desk, meetings, public_meetings
from tests.support.meetings import FACTS, HALL, TUESDAY, a_meeting, facts, published
from tests.support.triage_factory import PROFILE, Town

START = instant_of(TUESDAY)
DAY = timedelta(days=1)
LIGHTS = MeetingPriority("Lights on the seafront", "Thanet District Council")


@pytest.fixture
async def cleo(town: Town) -> By:
    return await town.staff("Cleo")


async def test_a_meeting_is_a_draft_that_nobody_else_knows_of_until_it_is_published(
    town: Town, cleo: By
) -> None:
    made = await a_meeting(town, cleo)
    assert (made.state, made.facts, made.starts_at) == (MeetingState.DRAFT, FACTS, START)
    assert await town.read(public_meetings.coming) == []
    with pytest.raises(NotFound):
        await town.read(meetings.public, made.reference)
    known = await town.twice(meeting.publish, cleo, made.reference)
    assert await town.read(meetings.public, made.reference) == known
    assert await town.how_often(Action.MEETING_PUBLISHED) == 1


async def test_a_change_of_a_published_meeting_says_before_and_after_and_counts(town: Town, cleo: By) -> None:
    made = await published(town, cleo)
    other = facts(venue=Venue("The Library", "Guildford Lawn"), chair="Dora")
    later = START + timedelta(minutes=30)
    moved = await town.twice(meeting.change, cleo, made.reference, later, other, made.version)
    assert (moved.starts_at, moved.facts, moved.sequence) == (later, other, made.sequence + 1)
    assert moved.fingerprint != made.fingerprint
    told = town.last(Action.MEETING_CHANGED)
    assert (
        "Start: Tue 1 Dec 2026, 6:30pm → Tue 1 Dec 2026, 7pm; Venue: St John's Hall → The Library"
        in (told["change"])
    )
    assert (told["tells"], told["fields_before"]["chair"], told["fields_after"]["chair"]) == (
        True,
        "",
        "Dora",
    )
    chaired = await town.write(meeting.change, cleo, made.reference, later, replace(other, chair="Bea"))
    assert chaired.sequence == moved.sequence
    assert town.last(Action.MEETING_CHANGED)["tells"] is False


async def test_a_change_names_areas_and_wards(town: Town, cleo: By) -> None:
    await town.write(reference.seed, PROFILE)
    made = await a_meeting(town, cleo)
    ward = next(one for one in PROFILE.wards if one.area == made.facts.area)
    there = facts(wards=(ward.code,))
    await town.write(meeting.change, cleo, made.reference, START, there)
    assert town.last(Action.MEETING_CHANGED)["change"] == f"Wards: none → {ward.name}"
    await town.write(meeting.change, cleo, made.reference, START, replace(there, area=None, wards=()))
    [area] = [one.name for one in PROFILE.areas if one.code == made.facts.area]
    assert town.last(Action.MEETING_CHANGED)["change"] == f"Area: {area} → none; Wards: {ward.name} → none"


async def test_a_change_of_a_draft_tells_nobody(town: Town, cleo: By) -> None:
    made = await a_meeting(town, cleo)
    moved = await town.write(meeting.change, cleo, made.reference, START + DAY, facts(venue=Venue()))
    assert (moved.sequence, town.last(Action.MEETING_CHANGED)["tells"]) == (0, False)
    with pytest.raises(Refusal, match=r"meeting\.needs_venue"):
        await town.write(meeting.publish, cleo, made.reference)


async def test_the_second_writer_is_told_who_changed_it(town: Town, cleo: By) -> None:
    dan = await town.staff("Dan")
    made = await published(town, cleo)
    await town.write(meeting.change, dan, made.reference, START + DAY, FACTS)
    deeds: list[tuple[Any, tuple[Any, ...]]] = [
        (meeting.change, (START, facts(chair="Bea"))),
        (meeting.cancel, ("The hall is closed",)),
        (meeting_priority.set_priorities, ([LIGHTS],)),
    ]
    for deed, given in deeds:
        with pytest.raises(Changed) as refused:
            await town.write(deed, cleo, made.reference, *given, version=made.version)
        assert refused.value.values["who"] == "Dan"


async def test_what_is_over_or_cancelled_is_changed_no_more(town: Town, cleo: By) -> None:
    made, other = await published(town, cleo), await published(town, cleo)
    await town.write(meeting.cancel, cleo, other.reference, "The hall is closed")
    with pytest.raises(Refusal, match=r"meeting\.cancelled"):
        await town.write(meeting.change, cleo, other.reference, START + DAY, FACTS)
    with pytest.raises(Refusal, match=r"meeting\.cancelled"):
        await town.write(meeting_priority.set_priorities, cleo, other.reference, [LIGHTS])
    with pytest.raises(Refusal, match=r"meeting\.cannot_move"):
        await town.write(meeting.publish, cleo, other.reference)
    with pytest.raises(Refusal, match=r"meeting\.in_past"):
        await town.write(meeting.change, cleo, made.reference, START - 30 * DAY, FACTS)
    town.pass_time(days=30)
    for deed, given in ((meeting.change, (START + 60 * DAY, FACTS)), (meeting.cancel, ("Too late",))):
        with pytest.raises(Refusal, match=r"meeting\.over"):
            await town.write(deed, cleo, made.reference, *given)


async def test_a_draft_whose_time_is_past_is_moved_or_dropped_and_never_published(
    town: Town, cleo: By
) -> None:
    made, other = await a_meeting(town, cleo), await a_meeting(town, cleo)
    town.pass_time(days=30)
    with pytest.raises(Refusal, match=r"meeting\.over"):
        await town.write(meeting.publish, cleo, made.reference)
    await town.write(meeting.change, cleo, made.reference, START + 60 * DAY, FACTS)
    assert (await town.write(meeting.publish, cleo, made.reference)).state is MeetingState.PUBLISHED
    dropped = await town.write(meeting.cancel, cleo, other.reference, "Never held")
    assert dropped.state is MeetingState.CANCELLED


async def test_a_meeting_is_called_off_with_a_reason(town: Town, cleo: By) -> None:
    made = await published(town, cleo)
    with pytest.raises(Refusal, match=r"meeting\.needs_reason"):
        await town.write(meeting.cancel, cleo, made.reference, " ")
    gone = await town.twice(meeting.cancel, cleo, made.reference, "The hall is closed")
    assert (gone.state, gone.cancel_reason, gone.sequence) == (
        MeetingState.CANCELLED,
        "The hall is closed",
        made.sequence + 1,
    )
    assert town.last(Action.MEETING_CANCELLED)["tells"] is True
    assert [one.reference for one in await town.read(public_meetings.coming)] == [made.reference]


async def test_a_draft_is_published_once_at_its_time(town: Town, cleo: By) -> None:
    made = await a_meeting(town, cleo)
    at = town.clock.now() + DAY
    waiting = await town.twice(meeting_due.publish_later, cleo, made.reference, at, made.version)
    assert waiting.publish_at == at
    assert await town.write(meeting_due.publish_due) == 0
    town.pass_time(days=1)
    assert [await town.write(meeting_due.publish_due) for _ in range(2)] == [1, 0]
    known = await town.read(meetings.public, made.reference)
    assert (known.state, known.publish_at) == (MeetingState.PUBLISHED, None)
    assert await town.how_often(Action.MEETING_PUBLISHED) == 1


async def test_what_has_begun_or_lacks_its_venue_stays_a_draft(town: Town, cleo: By) -> None:
    late, bare = await a_meeting(town, cleo), await a_meeting(town, cleo)
    for one in (late, bare):
        await town.write(meeting_due.publish_later, cleo, one.reference, START - timedelta(hours=1))
    town.pass_time(days=7)
    await town.write(meeting.change, cleo, bare.reference, START + DAY, facts(venue=Venue()))
    town.pass_time(days=1, hours=12)
    assert [await town.write(meeting_due.publish_due) for _ in range(2)] == [2, 0]
    for one in (late, bare):
        page = await town.read(meeting_desk.page, cleo.staff, one.reference)
        assert (page.meeting.state, page.meeting.publish_at) == (MeetingState.DRAFT, None)
        assert "stays a draft" in (page.story[-1].detail or "")


async def test_a_time_to_publish_lies_ahead_and_before_the_start(town: Town, cleo: By) -> None:
    made = await a_meeting(town, cleo)
    for at in (town.clock.now(), START):
        with pytest.raises(Refusal, match=r"meeting\.publish_when"):
            await town.write(meeting_due.publish_later, cleo, made.reference, at)
    await town.write(meeting_due.publish_later, cleo, made.reference, START - DAY)
    moved = await town.write(meeting.change, cleo, made.reference, START - 2 * DAY, FACTS)
    assert moved.publish_at is None
    await town.write(meeting_due.publish_later, cleo, made.reference, START - 3 * DAY)
    off = await town.write(meeting_due.publish_later, cleo, made.reference, None)
    assert off.publish_at is None
    await town.write(meeting.publish, cleo, made.reference)
    with pytest.raises(Refusal, match=r"meeting\.cannot_move"):
        await town.write(meeting_due.publish_later, cleo, made.reference, START - 3 * DAY)


async def test_the_same_meeting_is_made_for_other_areas_without_its_venue(town: Town, cleo: By) -> None:
    made = await published(town, cleo, wards=("central-harbour",))
    [copy] = await town.write(meeting.duplicate, cleo, PROFILE, made.reference, ["margate", "margate"])
    assert (copy.state, copy.starts_at) == (MeetingState.DRAFT, made.starts_at)
    assert copy.facts == facts(title="Margate neighbourhood meeting", area="margate", venue=Venue())
    for wrong in ([], ["nowhere"], ["ramsgate"]):
        with pytest.raises(Refusal, match=r"meeting\.choose_area"):
            await town.write(meeting.duplicate, cleo, PROFILE, made.reference, wrong)


async def test_a_meeting_chooses_at_most_three_priorities_and_says_later_what_came_of_them(
    town: Town, cleo: By
) -> None:
    made = await published(town, cleo)
    given = [LIGHTS, MeetingPriority(" ", ""), MeetingPriority("Bins", "Street cleansing")]
    kept = await town.twice(meeting_priority.set_priorities, cleo, made.reference, given)
    assert kept == (LIGHTS, MeetingPriority("Bins", "Street cleansing"))
    done = replace(LIGHTS, result="Twelve lamps since March")
    await town.write(meeting_priority.set_priorities, cleo, made.reference, [done, kept[1]])
    page = await town.read(meeting_desk.page, cleo.staff, made.reference)
    assert page.priorities == (done, kept[1])
    assert (
        "Lights on the seafront (Thanet District Council; Twelve"
        in town.last(Action.MEETING_PRIORITIES_SET)["change"]
    )
    assert page.meeting.sequence == made.sequence


async def test_only_those_who_work_reports_have_to_do_with_meetings(town: Town, cleo: By) -> None:
    made = await a_meeting(town, cleo)
    ann = await town.staff("Ann", Role.ANALYST)
    deeds: list[tuple[Any, tuple[Any, ...]]] = [
        (meeting.make, (START, FACTS)),
        (meeting.publish, (made.reference,)),
        (meeting.cancel, (made.reference, "x")),
        (meeting.change, (made.reference, START, FACTS)),
    ]
    for deed, given in deeds:
        with pytest.raises(NotAllowed):
            await town.write(deed, ann, *given)
    with pytest.raises(NotFound):
        await town.write(meeting.publish, cleo, "K7M-4XQ-9PC")


async def test_an_online_meeting_needs_no_venue(town: Town, cleo: By) -> None:
    online = facts(kind=MeetingKind.ONLINE, venue=Venue(), join_link="https://meet.example/1")
    made = await town.write(meeting.make, cleo, START, online)
    assert (await town.write(meeting.publish, cleo, made.reference)).state is MeetingState.PUBLISHED


async def test_a_point_is_kept_in_the_row(town: Town, cleo: By) -> None:
    made = await a_meeting(town, cleo, datetime(2026, 12, 2, 10))
    assert made.starts_at == datetime(2026, 12, 2, 10, tzinfo=UTC)
    assert (made.facts.venue.lat, made.facts.venue.lon) == (HALL.lat, HALL.lon)
