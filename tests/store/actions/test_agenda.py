from __future__ import annotations

import asyncio
from itertools import count
from typing import Any

import pytest

from store.actions import agenda, agenda_desk, meeting
from store.domain.agenda import AgendaItem, AgendaState, Step
from store.domain.errors import Changed, NotAllowed, NotFound, Refusal
from store.domain.event import Action
from store.domain.meeting import Meeting
from store.domain.resident import Resident
from store.domain.staff import By, Role
from store.queries import agenda as read
from tests.support.meetings import a_meeting, published
from tests.support.triage_factory import Town

_numbers = count(1)
NOBODY = "0" * 32
LAMP, DOGS, NOISE = "Why is the lamp in the alley out?", "Dogs on the beach", "Noise at night"


@pytest.fixture
async def sam(town: Town) -> By:
    return await town.staff("Sam")


@pytest.fixture
async def at(town: Town, sam: By) -> Meeting:
    return await published(town, sam)


@pytest.fixture
async def ada(town: Town) -> Resident:
    return await town.resident()


async def asked(town: Town, at: Meeting, words: str = LAMP, by: Resident | None = None) -> AgendaItem:
    await town.write(agenda.ask, by or await town.resident(), at.reference, words)
    return (await desk(town, at))[words]


async def desk(town: Town, at: Meeting) -> dict[str, AgendaItem]:
    """Return all questions for a meeting by the words they were asked in."""
    found = await town.read(read.desk, (await colleague(town)).staff, at.reference)
    return {one.words: one for one in (*found.listed, *found.waiting, *found.rest)}


async def colleague(town: Town) -> By:
    return await town.staff(f"Colleague{next(_numbers)}")


async def listed(town: Town, at: Meeting, words: str = LAMP, by: Resident | None = None) -> AgendaItem:
    item = await asked(town, at, words, by)
    await do(town, agenda_desk.put_on, at, item, words)
    return (await desk(town, at))[words]


async def do(town: Town, deed: Any, at: Meeting, item: AgendaItem, *more: Any) -> None:
    await town.write(deed, await colleague(town), at.reference, item.id, *more)


async def test_a_question_waits_for_a_look_and_is_public_only_once_it_is_listed(
    town: Town, at: Meeting, ada: Resident
) -> None:
    item = await asked(town, at, by=ada)
    assert (item.state, item.supporters, item.listed_words) == (AgendaState.WAITING, 1, None)
    assert await town.read(read.listed, at.id) == ()
    await do(town, agenda_desk.put_on, at, item, "The lamp in the alley")
    (public,) = await town.read(read.listed, at.id)
    assert (public.words, public.supporters, public.answer) == ("The lamp in the alley", 1, None)
    mine = await town.read(read.of, ada, at.reference)
    assert [(one.words, one.state) for one in mine.own] == [(LAMP, AgendaState.LISTED)]
    assert mine.supported == {item.id}


async def test_the_same_question_twice_is_one_and_five_are_enough(
    town: Town, at: Meeting, ada: Resident
) -> None:
    for _ in range(2):
        await town.write(agenda.ask, ada, at.reference, LAMP)
    for number in range(4):
        await town.write(agenda.ask, ada, at.reference, f"Question {number}")
    assert len(await desk(town, at)) == 5
    with pytest.raises(Refusal, match=r"agenda\.enough"):
        await town.write(agenda.ask, ada, at.reference, "One more")
    assert await town.how_often(Action.AGENDA_ASKED) == 5


async def test_five_at_once_do_not_jump_the_limit(town: Town, at: Meeting, ada: Resident) -> None:
    each = [town.write(agenda.ask, ada, at.reference, f"Question {number}") for number in range(8)]
    told = await asyncio.gather(*each, return_exceptions=True)
    assert sum(isinstance(one, Refusal) for one in told) == 3
    assert len(await desk(town, at)) == 5


async def test_questions_are_sent_before_the_meeting_begins_and_to_one_that_takes_place(
    town: Town, sam: By, at: Meeting, ada: Resident
) -> None:
    item = await listed(town, at)
    draft = await a_meeting(town, sam)
    with pytest.raises(NotFound, match=r"meeting\.not_found"):
        await town.write(agenda.ask, ada, draft.reference, LAMP)
    with pytest.raises(NotFound, match=r"meeting\.not_found"):
        await town.write(agenda.ask, ada, "M-NONE", LAMP)
    town.pass_time(seconds=(at.starts_at - town.clock.now()).total_seconds())
    with pytest.raises(Refusal, match=r"agenda\.closed"):
        await town.write(agenda.ask, ada, at.reference, LAMP)
    for deed in (agenda.support, agenda.support_no_more):
        with pytest.raises(Refusal, match=r"agenda\.closed"):
            await town.write(deed, ada, item.id)


async def test_each_supports_a_question_once_and_may_change_their_mind(
    town: Town, at: Meeting, ada: Resident
) -> None:
    ben = await town.resident()
    item = await listed(town, at, by=ada)
    for _ in range(2):
        assert await town.write(agenda.support, ben, item.id) == at.reference
    await town.write(agenda.support_no_more, ada, item.id)
    assert (await town.read(read.listed, at.id))[0].supporters == 2
    for _ in range(2):
        assert await town.write(agenda.support_no_more, ben, item.id) == at.reference
    assert (await town.read(read.listed, at.id))[0].supporters == 1
    assert await town.how_often(Action.AGENDA_SUPPORTED) == 1
    assert await town.how_often(Action.AGENDA_SUPPORTED_NO_MORE) == 1


async def test_nobody_supports_what_is_not_on_the_agenda(town: Town, at: Meeting, ada: Resident) -> None:
    item = await asked(town, at)
    for item_id in (item.id, NOBODY):
        with pytest.raises(Refusal, match=r"agenda\.gone"):
            await town.write(agenda.support, ada, item_id)


async def test_whoever_asked_takes_it_back_while_nobody_has_decided(
    town: Town, at: Meeting, ada: Resident
) -> None:
    item = await asked(town, at, by=ada)
    with pytest.raises(Refusal, match=r"agenda\.gone"):
        await town.write(agenda.withdraw, await town.resident(), item.id)
    for _ in range(2):
        assert await town.write(agenda.withdraw, ada, item.id) == at.reference
    assert await town.how_often(Action.AGENDA_WITHDRAWN) == 1
    assert (await town.read(read.of, ada, at.reference)).own == ()
    decided = await listed(town, at, DOGS, ada)
    with pytest.raises(Refusal, match=r"agenda\.cannot_move"):
        await town.write(agenda.withdraw, ada, decided.id)


async def test_a_question_becomes_a_report_where_whoever_asked_wants_that(
    town: Town, at: Meeting, ada: Resident
) -> None:
    item = await asked(town, at, by=ada)
    await do(town, agenda_desk.offer_report, at, item)
    await do(town, agenda_desk.offer_report, at, item)
    assert await town.how_often(Action.AGENDA_REPORT_OFFERED) == 1
    assert await town.write(agenda.report_instead, ada, item.id) == LAMP
    assert (await desk(town, at))[LAMP].state is AgendaState.REPORTED
    with pytest.raises(Refusal, match=r"agenda\.already_reported"):
        await town.write(agenda.report_instead, ada, item.id)


async def test_staff_put_points_of_their_own_on_the_agenda(town: Town, sam: By, at: Meeting) -> None:
    await town.write(agenda_desk.add, sam, at.reference, "What came of last time")
    item = (await desk(town, at))["What came of last time"]
    assert (item.state, item.asked_by, item.has_asker, item.supporters) == (
        AgendaState.LISTED,
        "Sam",
        False,
        0,
    )
    await do(town, agenda_desk.decline, at, item, "Not now")
    with pytest.raises(Refusal, match=r"agenda\.no_asker"):
        await do(town, agenda_desk.offer_report, at, item)


async def test_the_agenda_has_an_order(town: Town, at: Meeting) -> None:
    for words in (LAMP, DOGS, NOISE):
        await listed(town, at, words)
    noise = (await desk(town, at))[NOISE]
    await do(town, agenda_desk.move, at, noise, Step.UP)
    assert [one.words for one in await town.read(read.listed, at.id)] == [LAMP, NOISE, DOGS]
    await do(town, agenda_desk.move, at, (await desk(town, at))[LAMP], Step.UP)
    await do(town, agenda_desk.move, at, (await desk(town, at))[LAMP], Step.DOWN)
    assert [one.words for one in await town.read(read.listed, at.id)] == [NOISE, LAMP, DOGS]
    assert await town.how_often(Action.AGENDA_MOVED) == 2


async def test_merging_brings_supporters_along_and_is_undone_by_listing(
    town: Town, at: Meeting, ada: Resident
) -> None:
    ben = await town.resident()
    lamp, dark = await listed(town, at, by=ada), await listed(town, at, "It is dark there", ben)
    await town.write(agenda.support, ada, dark.id)
    part = await asked(town, at, "Dark!")
    await do(town, agenda_desk.merge, at, part, dark.id)
    await do(town, agenda_desk.merge, at, dark, lamp.id)
    found = await desk(town, at)
    assert found["It is dark there"].state is AgendaState.MERGED
    assert {found["Dark!"].merged_into, found["It is dark there"].merged_into} == {lamp.id}
    assert found[LAMP].supporters == 3
    await do(town, agenda_desk.merge, at, dark, lamp.id)
    assert await town.how_often(Action.AGENDA_MERGED) == 2
    await do(town, agenda_desk.put_on, at, dark, "It is dark there")
    assert [one.words for one in await town.read(read.listed, at.id)] == [LAMP, "It is dark there"]


async def test_what_was_part_of_a_question_that_leaves_the_agenda_waits_again(
    town: Town, at: Meeting
) -> None:
    lamp, part = await listed(town, at), await asked(town, at, "Dark!")
    await do(town, agenda_desk.merge, at, part, lamp.id)
    await do(town, agenda_desk.decline, at, lamp, "It is lit again")
    found = await desk(town, at)
    assert (found["Dark!"].state, found["Dark!"].merged_into) == (AgendaState.WAITING, None)
    assert (found[LAMP].state, found[LAMP].reason) == (AgendaState.DECLINED, "It is lit again")


async def test_a_question_goes_only_into_another_of_the_same_agenda(town: Town, sam: By, at: Meeting) -> None:
    lamp, waits = await listed(town, at), await asked(town, at, DOGS)
    elsewhere = await listed(town, await published(town, sam), NOISE)
    for other, key in (
        (lamp.id, "agenda.choose_other"),
        (waits.id, "agenda.choose_other"),
        (elsewhere.id, "agenda.not_found"),
        (NOBODY, "agenda.not_found"),
        ("", "agenda.not_found"),
    ):
        with pytest.raises(Refusal) as refused:
            await do(town, agenda_desk.merge, at, lamp, other)
        assert refused.value.key == key


async def test_an_answer_is_given_corrected_and_public(town: Town, at: Meeting) -> None:
    item = await asked(town, at)
    with pytest.raises(Refusal, match=r"agenda\.not_listed"):
        await do(town, agenda_desk.answer, at, item, "Soon")
    with pytest.raises(Refusal, match=r"agenda\.not_listed"):
        await do(town, agenda_desk.move, at, item, Step.UP)
    await do(town, agenda_desk.put_on, at, item, LAMP)
    for words in ("Soon", "Soon", "On Friday"):
        await do(town, agenda_desk.answer, at, item, words)
    assert (await town.read(read.listed, at.id))[0].answer == "On Friday"
    assert await town.how_often(Action.AGENDA_ANSWERED) == 2


async def test_words_on_the_agenda_can_be_changed_and_the_same_again_is_harmless(
    town: Town, at: Meeting
) -> None:
    item = await listed(town, at)
    for words in (LAMP, "The lamp", "The lamp"):
        await do(town, agenda_desk.put_on, at, item, words)
    assert (await town.read(read.listed, at.id))[0].words == "The lamp"
    assert await town.how_often(Action.AGENDA_REWORDED) == 1


async def test_the_second_writer_is_told_who_was_first(town: Town, sam: By, at: Meeting) -> None:
    item = await asked(town, at)
    await town.write(agenda_desk.put_on, sam, at.reference, item.id, LAMP, item.version)
    for deed, said in (
        (agenda_desk.put_on, "Other words"),
        (agenda_desk.decline, "No"),
        (agenda_desk.answer, "Yes"),
        (agenda_desk.merge, NOBODY),
        (agenda_desk.move, Step.UP),
    ):
        with pytest.raises(Changed) as stale:
            await do(town, deed, at, item, said, item.version)
        assert stale.value.values["who"] == "Sam"
    with pytest.raises(Changed):
        await do(town, agenda_desk.offer_report, at, item, item.version)
    story = await town.read(read.story, sam.staff, item.id)
    assert [line.label for line in story] == ["Question sent", "Put on the agenda"]


async def test_declining_twice_is_harmless_and_a_declined_question_can_be_taken_after_all(
    town: Town, at: Meeting
) -> None:
    item = await asked(town, at)
    for reason in ("No", "Never"):
        await do(town, agenda_desk.decline, at, item, reason)
    found = (await desk(town, at))[LAMP]
    assert (found.state, found.reason) == (AgendaState.DECLINED, "No")
    await do(town, agenda_desk.put_on, at, item, LAMP)
    found = (await desk(town, at))[LAMP]
    assert (found.state, found.reason) == (AgendaState.LISTED, None)


async def test_nothing_comes_onto_the_agenda_of_a_cancelled_meeting(town: Town, sam: By, at: Meeting) -> None:
    item = await asked(town, at)
    await town.write(meeting.cancel, sam, at.reference, "Snow")
    with pytest.raises(Refusal, match=r"meeting\.cancelled"):
        await do(town, agenda_desk.put_on, at, item, LAMP)
    with pytest.raises(Refusal, match=r"meeting\.cancelled"):
        await town.write(agenda_desk.add, sam, at.reference, LAMP)


async def test_the_desk_is_for_those_who_work_reports(town: Town, sam: By, at: Meeting) -> None:
    item, ann = await asked(town, at), await town.staff("Ann", Role.ANALYST)
    with pytest.raises(NotAllowed):
        await town.read(read.desk, ann.staff, at.reference)
    with pytest.raises(NotAllowed):
        await town.read(read.story, ann.staff, item.id)
    with pytest.raises(NotAllowed):
        await town.write(agenda_desk.put_on, ann, at.reference, item.id, LAMP)
    with pytest.raises(NotFound, match=r"agenda\.not_found"):
        await town.write(agenda_desk.put_on, sam, at.reference, NOBODY, LAMP)
    elsewhere = await published(town, sam)
    with pytest.raises(NotFound, match=r"agenda\.not_found"):
        await town.write(agenda_desk.put_on, sam, elsewhere.reference, item.id, LAMP)
