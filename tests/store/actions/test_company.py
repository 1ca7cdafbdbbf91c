from __future__ import annotations

from datetime import timedelta

import pytest

from store.actions import company, triage
from store.domain.company import HERE_FOR
from store.domain.errors import NotFound
from tests.support.triage_factory import MORNING, Town


async def test_two_who_open_the_same_report_see_each_other(town: Town) -> None:
    cleo, dan = await town.staff("Cleo"), await town.staff("Dan")
    reference = await town.report()
    _, first = await town.write(company.open_report, cleo, reference)
    _, second = await town.write(company.open_report, dan, reference)
    assert (first.others, [one.name for one in second.others]) == ((), ["Cleo"])
    again = await town.write(company.still_here, cleo, "report", reference)
    assert [(one.name, one.since) for one in again.others] == [("Dan", MORNING + timedelta(minutes=1))]


async def test_whoever_is_not_heard_of_is_gone_and_whoever_is_stays(town: Town) -> None:
    cleo, dan = await town.staff("Cleo"), await town.staff("Dan")
    case = await town.write(triage.open_case, cleo, await town.report())
    await town.write(company.open_case, cleo, case.reference)
    await town.write(company.open_case, dan, case.reference)
    town.clock.advance(HERE_FOR / 2)
    await town.write(company.still_here, dan, "case", case.reference)
    town.clock.advance(HERE_FOR / 2 + timedelta(seconds=1))
    _, seen = await town.write(company.open_case, cleo, case.reference)
    assert [one.name for one in seen.others] == ["Dan"]
    town.clock.advance(HERE_FOR)
    assert (await town.write(company.still_here, cleo, "case", case.reference)).others == ()


async def test_to_be_still_here_one_must_have_come_and_may_look(town: Town) -> None:
    cleo, dan = await town.staff("Cleo"), await town.staff("Dan")
    reference, hate = await town.report(), await town.report(category="street.hate")
    await town.write(company.still_here, cleo, "report", reference)
    _, seen = await town.write(company.open_report, dan, reference)
    assert seen.others == ()
    with pytest.raises(NotFound):
        await town.write(company.still_here, cleo, "report", hate)
