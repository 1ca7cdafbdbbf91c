from __future__ import annotations

import pytest

from store.actions import message, triage
from store.domain.errors import NotAllowed
from store.domain.reference import Restriction
from store.domain.report import ReportState
from store.domain.staff import Role
from store.domain.triage import Counts
from store.queries import reports
from tests.support.triage_factory import Town, counted


async def test_the_queue_shows_the_most_urgent_first_then_the_oldest_page_by_page(town: Town) -> None:
    cleo = await town.staff("Cleo")
    calm = [await town.report() for _ in range(3)]
    urgent = [await town.report(category="street.threats") for _ in range(2)]
    lines = await town.read(reports.queue, cleo.staff)
    assert [line.reference for line in lines] == urgent + calm
    seen: list[str] = []
    while page := await town.read(reports.queue, cleo.staff, 2, seen[-1] if seen else None):
        seen += [line.reference for line in page]
    assert seen == urgent + calm


async def test_a_line_tells_who_took_it_what_is_unread_and_which_case_it_is_in(town: Town) -> None:
    cleo, ada = await town.staff("Cleo"), await town.resident()
    reference = await town.report(ada, identity="confidential")
    await town.write(triage.take, cleo, reference)
    await town.write(message.add, ada, reference, "Still going.")
    (line,) = await town.read(reports.queue, cleo.staff)
    assert (line.taken_by_name, line.unread, line.case_reference) == ("Cleo", 1, None)
    assert (line.ward, line.area, line.identity) == ("central-harbour", "ramsgate", "confidential")
    opened = await town.write(triage.open_case, cleo, reference)
    assert await town.read(reports.queue, cleo.staff) == []
    (line,) = await town.read(reports.listing, cleo.staff, state=ReportState.IN_CASE)
    assert (line.case_reference, line.state) == (opened.reference, ReportState.IN_CASE)


async def test_the_list_goes_back_in_time_page_by_page(town: Town) -> None:
    cleo = await town.staff("Cleo")
    sent = [await town.report() for _ in range(3)]
    first = await town.read(reports.listing, cleo.staff, limit=2)
    assert [line.reference for line in first] == [sent[2], sent[1]]
    rest = await town.read(reports.listing, cleo.staff, limit=2, after=sent[1])
    assert [line.reference for line in rest] == [sent[0]]
    unknown = await town.read(reports.listing, cleo.staff, after="K7M-4XQ-9PC")
    assert len(unknown) == 3


async def test_a_page_after_a_report_that_is_not_theirs_to_see_is_the_first_one(town: Town) -> None:
    cleo, hal = await town.staff("Cleo"), await town.staff("Hal", Role.OFFICER, Restriction.HATE)
    urgent = await town.report(category="street.threats")
    hate, calm = await town.report(category="street.hate"), await town.report()
    for pages_of, first in ((reports.queue, [urgent, calm]), (reports.listing, [calm, urgent])):
        lines = await town.read(pages_of, cleo.staff, after=hate)
        assert [line.reference for line in lines] == first
    (line,) = await town.read(reports.queue, hal.staff, after=hate)
    assert line.reference == calm


async def test_restricted_reports_are_listed_and_counted_only_for_those_granted_them(town: Town) -> None:
    cleo, hal = await town.staff("Cleo"), await town.staff("Hal", Role.OFFICER, Restriction.HATE)
    plain, hate = await town.report(), await town.report(category="street.hate")
    assert [line.reference for line in await town.read(reports.queue, cleo.staff)] == [plain]
    assert [line.reference for line in await town.read(reports.queue, hal.staff)] == [hate, plain]
    assert (await town.read(reports.counts, cleo.staff)).waiting == 1
    assert (await town.read(reports.counts, hal.staff)).waiting == 2


async def test_people_who_do_not_work_reports_get_no_list(town: Town) -> None:
    ann = await town.staff("Ann", Role.ANALYST, Restriction.HATE)
    for ask in (reports.queue, reports.listing, reports.counts):
        with pytest.raises(NotAllowed):
            await town.read(ask, ann.staff)


async def test_counts_tell_what_waits_for_everybody_and_for_me(town: Town) -> None:
    cleo, dan, ada = await town.staff("Cleo"), await town.staff("Dan"), await town.resident()
    worked, urgent, taken = (
        await town.report(ada),
        await town.report(category="street.threats"),
        await town.report(ada),
    )
    await town.write(triage.open_case, cleo, worked)
    await town.write(triage.take, cleo, taken)
    for reference in (worked, taken):
        await town.write(message.add, ada, reference, "More.")
    assert await town.read(reports.counts, cleo.staff) == Counts(2, 1, 1, 1, 1, 2)
    assert await town.read(reports.counts, dan.staff) == Counts(2, 1, 0, 1, 0, 0)
    assert urgent == (await town.read(reports.queue, dan.staff))[0].reference


async def test_a_list_costs_at_most_three_statements_however_long(town: Town) -> None:
    cleo = await town.staff("Cleo")
    sent = [await town.report() for _ in range(8)]
    with counted() as queue:
        await town.read(reports.queue, cleo.staff, 5, sent[0])
    with counted() as listing:
        await town.read(reports.listing, cleo.staff, after=sent[-1])
    with counted() as counts:
        await town.read(reports.counts, cleo.staff)
    assert 1 <= len(queue) <= 3
    assert 1 <= len(listing) <= 3
    assert len(counts) == 1
