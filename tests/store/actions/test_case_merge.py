from __future__ import annotations

import asyncio
from typing import Any

import pytest

from store.actions import case, case_link, case_merge, hold, reference
from store.actions.restriction import restrict_case
from store.domain.case import CaseState, Outcome
from store.domain.errors import Changed, NotFound, Refusal
from store.domain.event import Action
from store.domain.reference import Priority, Restriction
from store.domain.staff import Role
from tests.support.case_file import a_case, case_row, file_of, filled
from tests.support.triage_factory import PROFILE, Town


async def refused(town: Town, *args: Any) -> str:
    with pytest.raises(Refusal) as refusal:
        await town.write(*args)
    return refusal.value.key


async def test_everything_of_a_case_goes_along_and_its_reporters_hear_nothing(town: Town) -> None:
    cleo = await town.staff("Cleo")
    old, new = await filled(town, cleo, "old"), await filled(town, cleo, "new")
    [report] = (await town.read(file_of, old)).reports
    town.events.clear()
    other = await town.twice(case_merge.merge, cleo, old, new, 1)
    assert other.reference == new
    left, full = await town.read(file_of, old), await town.read(file_of, new)
    assert (left.state, left.merged) == ("closed", True)
    assert left.reports == left.people == left.tasks == left.notes == []
    assert not left.searched & {"old", "music"}
    assert report in full.reports
    assert len(full.reports) == 2
    assert full.people == full.tasks == full.notes == ["new", "old"]
    assert full.tags == ["both", "new", "old"]
    assert full.searched >= {"new", "old", "music"}
    assert {action for action, _ in town.events} == {Action.CASE_MERGED}
    assert [told["words"] for _, told in town.events] == [f"Into {new}", f"From {old}"]
    row = await town.read(case_row, old)
    assert (row["outcome"], row["closing_words"], row["closed_at"]) == (None, None, town.clock.now())


async def test_an_undone_merge_leaves_both_cases_as_they_were(town: Town) -> None:
    cleo = await town.staff("Cleo")
    old, new = await filled(town, cleo, "old"), await filled(town, cleo, "new")
    await town.write(case.move, cleo, old, CaseState.INVESTIGATING)
    before = [await town.read(file_of, one) for one in (old, new)]
    await town.write(case_merge.merge, cleo, old, new)
    again = await town.write(case_merge.unmerge, cleo, old)
    assert (again.state, again.closed_at, again.merged) == (CaseState.INVESTIGATING, None, False)
    assert [await town.read(file_of, one) for one in (old, new)] == before
    assert (await town.write(case_merge.unmerge, cleo, old)) == again
    assert await town.how_often(Action.CASE_UNMERGED) == 2
    town.pass_time(minutes=2)
    assert await refused(town, case_merge.unmerge, cleo, old) == "case.not_merged"
    assert await refused(town, case_merge.unmerge, cleo, new) == "case.not_merged"


async def test_what_has_left_the_other_case_meanwhile_does_not_come_back(town: Town) -> None:
    cleo = await town.staff("Cleo")
    old, new, third = [await filled(town, cleo, name) for name in ("old", "new", "third")]
    [report] = (await town.read(file_of, old)).reports
    await town.write(case_merge.merge, cleo, old, new)
    await town.twice(case_merge.move_report, cleo, report, third)
    await town.write(case_merge.unmerge, cleo, old)
    assert (await town.read(file_of, old)).reports == []
    assert report in (await town.read(file_of, third)).reports
    assert not (await town.read(file_of, third)).searched & {"old", "new"}


async def test_a_merge_is_undone_through_the_case_that_its_case_went_into(town: Town) -> None:
    cleo = await town.staff("Cleo")
    old, new, last = [await filled(town, cleo, name) for name in ("old", "new", "last")]
    before = [await town.read(file_of, one) for one in (old, new)]
    await town.write(case_merge.merge, cleo, old, new)
    await town.write(case_merge.merge, cleo, new, last)
    await town.write(case_merge.unmerge, cleo, old)
    await town.write(case_merge.unmerge, cleo, new)
    assert [await town.read(file_of, one) for one in (old, new)] == before


async def test_merges_that_make_no_sense_are_refused(town: Town) -> None:
    cleo, dan = await town.staff("Cleo"), await town.staff("Dan")
    one, two, closed, merged = [await a_case(town, cleo) for _ in range(4)]
    await town.write(case.close, cleo, closed, Outcome.RESOLVED, "Done.")
    await town.write(case_merge.merge, cleo, merged, two)
    for pair, key in {
        (one, one): "case.merge_itself",
        (one, closed): "case.other_closed",
        (one, merged): "case.merged",
        (closed, one): "case.already_closed",
        (merged, one): "case.merged",
        (one, "K7M-4XQ-9PC"): "case.other_not_found",
        ("K7M-4XQ-9PC", one): "case.not_found",
    }.items():
        assert await refused(town, case_merge.merge, cleo, *pair) == key, pair
    assert await refused(town, case.reopen, cleo, merged, "Again") == "case.merged"
    await town.write(case.move, dan, one, CaseState.INVESTIGATING)
    with pytest.raises(Changed) as changed:
        await town.write(case_merge.merge, cleo, one, two, 1)
    assert changed.value.values["who"] == "Dan"


async def test_restricted_cases_go_nowhere_where_others_would_see_them(town: Town) -> None:
    hal = await town.staff("Hal", Role.OFFICER, Restriction.HATE, Restriction.SAFEGUARDING)
    cleo = await town.staff("Cleo")
    hate, child = (
        await a_case(town, hal, category="street.hate"),
        await a_case(town, hal, category="street.safeguarding"),
    )
    plain = await a_case(town, cleo)
    assert await refused(town, case_merge.merge, cleo, plain, hate) == "case.other_not_found"
    assert await refused(town, case_merge.merge, hal, hate, child) == "case.kinds_differ"
    wide = await town.write(case_merge.merge, hal, hate, plain)
    assert (wide.restriction, wide.priority, wide.officer_id) == (
        Restriction.HATE,
        Priority.P2,
        hal.staff.id,
    )
    assert await refused(town, case_merge.unmerge, cleo, hate) == "case.not_found"


async def test_a_case_closes_with_the_restricted_one_that_it_went_into(town: Town) -> None:
    hal, cleo = await town.staff("Hal", Role.OFFICER, Restriction.HATE), await town.staff("Cleo")
    hate, plain = await a_case(town, hal, category="street.hate"), await a_case(town, cleo)
    await town.write(case_merge.merge, hal, plain, hate)
    assert await refused(town, case.open_page, cleo, plain) == "case.not_found"
    assert await refused(town, case_merge.unmerge, cleo, plain) == "case.not_found"


async def test_a_restriction_set_on_the_whole_stays_on_the_part(town: Town) -> None:
    hal, cleo = await town.staff("Hal", Role.OFFICER, Restriction.HATE), await town.staff("Cleo")
    old, new = await a_case(town, cleo), await a_case(town, cleo)
    await town.write(case_merge.merge, cleo, old, new)
    await town.write(restrict_case, hal, new, Restriction.HATE, "Slurs on the wall")
    again = await town.write(case_merge.unmerge, hal, old)
    assert (again.restriction, again.officer_id) == (Restriction.HATE, hal.staff.id)


async def test_a_legal_hold_goes_along(town: Town) -> None:
    cleo = await town.staff("Cleo")
    old, new = await a_case(town, cleo), await a_case(town, cleo)
    await town.write(hold.hold, cleo, old, "Court in May")
    wide = await town.write(case_merge.merge, cleo, old, new)
    assert wide.legal_hold == "Court in May"
    assert await town.how_often(Action.CASE_HELD) == 2
    with pytest.raises(NotFound):
        await town.write(case_merge.merge, cleo, "K7M-4XQ-9PC", "K7M-4XQ-9PD")


async def test_a_merged_case_has_no_target_until_it_is_a_case_again(town: Town) -> None:
    cleo = await town.staff("Cleo")
    await town.write(reference.seed, PROFILE)
    old, new = await a_case(town, cleo), await a_case(town, cleo)
    targets = [(await town.read(case_row, one))["target_at"] for one in (old, new)]
    await town.write(case_merge.merge, cleo, old, new)
    assert (await town.read(case_row, old))["target_at"] is None
    assert (await town.read(case_row, new))["target_at"] == min(targets)
    await town.write(case_merge.unmerge, cleo, old)
    assert [(await town.read(case_row, one))["target_at"] for one in (old, new)] == targets


async def test_two_people_who_merge_at_once_do_not_lose_both_cases(town: Town) -> None:
    cleo, dan = await town.staff("Cleo"), await town.staff("Dan")
    old, new = await filled(town, cleo, "old"), await filled(town, dan, "new")
    ends = await asyncio.gather(
        town.write(case_merge.merge, cleo, old, new),
        town.write(case_merge.merge, dan, new, old),
        return_exceptions=True,
    )
    assert sorted(isinstance(end, Refusal) for end in ends) == [False, True], ends
    files = [await town.read(file_of, one) for one in (old, new)]
    assert sorted(len(found.reports) for found in files) == [0, 2]
    assert sorted(len(found.notes) for found in files) == [0, 2]


async def test_the_links_of_a_case_go_along_and_come_back(town: Town) -> None:
    cleo = await town.staff("Cleo")
    old, new, far, both = [await a_case(town, cleo) for _ in range(4)]
    for one, another in ((old, far), (old, both), (new, both), (old, new)):
        await town.write(case_link.link, cleo, one, another)

    async def links() -> list[list[str]]:
        return [(await town.read(file_of, one)).links for one in (old, new, far, both)]

    before = await links()
    await town.write(case_merge.merge, cleo, old, new)
    ids = {one: (await town.read(case_row, one))["id"] for one in (old, new, far, both)}
    assert (await links())[1] == sorted([ids[old], ids[far], ids[both]])
    assert (await links())[2] == [ids[new]]
    await town.write(case_merge.unmerge, cleo, old)
    assert await links() == before
