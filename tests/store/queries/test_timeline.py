"""What a case tells of another one is for whoever may open that one now."""

from __future__ import annotations

from store.actions import case, case_link, case_merge
from store.actions.restriction import restrict_case
from store.domain.reference import Restriction
from store.domain.staff import By, Role
from tests.support.case_file import a_case, another_report
from tests.support.triage_factory import Town, counted

HATE = Restriction.HATE


async def story(town: Town, by: By, reference: str) -> list[tuple[str, str | None]]:
    page = await town.write(case.open_page, by, reference)
    return [(line.label, line.detail) for line in page.timeline]


async def test_a_case_restricted_since_is_named_to_the_granted_alone(town: Town) -> None:
    cleo, hal = await town.staff("Cleo"), await town.staff("Hal", Role.OFFICER, HATE)
    here, linked, came = [await a_case(town, cleo) for _ in range(3)]
    leaving = await another_report(town, cleo, here)
    await town.write(case_link.link, cleo, here, linked)
    await town.write(case_link.unlink, cleo, here, linked)
    await town.write(case_merge.merge, cleo, came, here)
    await town.write(case_merge.unmerge, cleo, came)
    new = (await town.write(case_merge.split, cleo, here, [leaving])).reference
    told = [
        ("Linked to another case", linked),
        ("No longer linked to another case", linked),
        ("Cases merged", f"From {came}"),
        ("Merge undone", f"Without {came}"),
        ("Case split", f"Into {new}"),
    ]
    assert (await story(town, cleo, here))[-5:] == told
    for other in (linked, came, new):
        await town.write(restrict_case, cleo, other, HATE, "Slurs")
    assert (await story(town, cleo, here))[-5:] == [(label, None) for label, _ in told]
    assert (await story(town, hal, here))[-5:] == told
    await town.write(restrict_case, hal, linked, None, "It was none")
    assert (await story(town, cleo, here))[-5:] == [*told[:2], *((label, None) for label, _ in told[2:])]


async def test_a_report_that_moved_never_names_the_other_case(town: Town) -> None:
    cleo = await town.staff("Cleo")
    here, there = await a_case(town, cleo), await a_case(town, cleo)
    moved = await another_report(town, cleo, here)
    await town.write(case_merge.move_report, cleo, moved, there)
    await town.write(restrict_case, cleo, there, HATE, "Slurs")
    assert ("Report moved to another case", None) in await story(town, cleo, here)
    assert not any(there in (detail or "") for _, detail in await story(town, cleo, here))


async def test_other_cases_cost_one_statement_and_none_where_there_are_none(town: Town) -> None:
    cleo = await town.staff("Cleo")
    here, *others = [await a_case(town, cleo) for _ in range(4)]

    async def cost() -> int:
        with counted() as sent:
            await town.write(case.open_page, cleo, here)
        return len(sent)

    alone = await cost()
    for other in others:
        await town.write(case_link.link, cleo, here, other)
    assert await cost() == alone + 1
