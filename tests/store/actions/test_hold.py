from __future__ import annotations

import pytest

from store.actions import case, case_merge, retention, triage
from store.actions.hold import hold, lift_hold
from store.domain.case import Outcome
from store.domain.errors import NotAllowed, NotFound, Refusal
from store.domain.event import Action
from store.domain.evidence_file import original_key
from store.domain.reference import Restriction
from store.domain.staff import Role
from tests.support.case_file import a_case, another_report
from tests.support.evidence_factory import evidence_row, kept_file
from tests.support.triage_factory import Town


async def test_a_hold_is_set_with_a_reason_and_lifted_by_a_supervisor_only(town: Town) -> None:
    cleo, sue = await town.staff("Cleo"), await town.staff("Sue", Role.SUPERVISOR)
    reference = await a_case(town, cleo)
    with pytest.raises(Refusal) as no_reason:
        await town.write(hold, cleo, reference, " ")
    assert no_reason.value.key == "record.needs_reason"
    assert (await town.twice(hold, cleo, reference, "Court in May")).legal_hold == "Court in May"
    assert (await town.write(hold, sue, reference, "Court in June")).legal_hold == "Court in June"
    assert await town.how_often(Action.CASE_HELD) == 2
    with pytest.raises(NotAllowed) as refusal:
        await town.write(lift_hold, cleo, reference, "Over")
    assert refusal.value.key == "case.supervisor_only"
    with pytest.raises(Refusal):
        await town.write(lift_hold, sue, reference, "")
    assert (await town.twice(lift_hold, sue, reference, "The court is done")).legal_hold is None
    page = await town.write(case.open_page, cleo, reference)
    assert [(line.label, line.who, line.detail) for line in page.timeline[-3:]] == [
        ("Legal hold set", "Cleo", "Court in May"),
        ("Legal hold set", "Sue", "Court in June"),
        ("Legal hold lifted", "Sue", "The court is done"),
    ]


async def test_a_restricted_case_is_not_there_to_be_held(town: Town) -> None:
    hal = await town.staff("Hal", Role.OFFICER, Restriction.HATE)
    sue = await town.staff("Sue", Role.SUPERVISOR)
    reference = await a_case(town, hal, category="street.hate")
    for deed in (hold, lift_hold):
        with pytest.raises(NotFound):
            await town.write(deed, sue, reference, "Court")


async def test_nothing_of_a_held_case_is_deleted_until_the_hold_is_lifted(town: Town) -> None:
    cleo, sue = await town.staff("Cleo"), await town.staff("Sue", Role.SUPERVISOR)
    report, free = await town.report(), await town.report()
    held_file, free_file = await kept_file(town, report), await kept_file(town, free)
    reference = (await town.write(triage.open_case, cleo, report)).reference
    await a_case(town, cleo)
    await town.write(triage.open_case, cleo, free)
    await town.write(hold, cleo, reference, "Court in May")
    await town.write(case.close, cleo, reference, Outcome.RESOLVED, "Done.")
    town.pass_time(days=4000)
    assert (await town.write(retention.forget))["originals"] == 1
    assert (await town.read(evidence_row, held_file))["key"] == original_key(held_file)
    assert (await town.read(evidence_row, free_file))["key"] is None
    await town.write(lift_hold, sue, reference, "The court is done")
    assert (await town.write(retention.forget))["originals"] == 1


@pytest.mark.parametrize("way", ["merge", "split", "move"])
async def test_a_report_stays_held_wherever_it_goes(town: Town, way: str) -> None:
    cleo = await town.staff("Cleo")
    report = await town.report()
    file_id = await kept_file(town, report)
    reference = (await town.write(triage.open_case, cleo, report)).reference
    await another_report(town, cleo, reference)
    other = await a_case(town, cleo)
    await town.write(hold, cleo, reference, "Court in May")
    match way:
        case "merge":
            await town.write(case_merge.merge, cleo, reference, other)
        case "split":
            await town.write(case_merge.split, cleo, reference, [report])
        case _:
            await town.write(case_merge.move_report, cleo, report, other)
    town.pass_time(days=400)
    assert (await town.write(retention.forget))["originals"] == 0
    assert (await town.read(evidence_row, file_id))["key"] == original_key(file_id)
