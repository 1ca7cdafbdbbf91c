"""What is left of a case that went into another: its story is told there, and nothing is done to it."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from store.actions import bulk, case, case_link, case_merge, case_person, hold, message, task, triage
from store.actions.case_facts import reclassify
from store.actions.restriction import restrict_case
from store.domain.bulk import Pick
from store.domain.case import CaseState, Outcome
from store.domain.case_facts import Fact
from store.domain.case_file import PersonFacts, PersonRole
from store.domain.errors import NotFound, Refusal
from store.domain.event import Action
from store.domain.finding import Filter, Kind
from store.domain.reference import Restriction
from store.domain.staff import By, Role
from store.domain.triage import CasePage
from store.queries import finding, search
from store.tables.search import CasePageRow
from tests.support.case_file import a_case, another_report, case_row
from tests.support.triage_factory import PROFILE, Town


async def opened(town: Town, by: By, reference: str) -> CasePage:
    return await town.write(case.open_page, by, reference)


def told(page: CasePage) -> list[tuple[str, str | None]]:
    """Return the notes of a story, and the case in which each was written if not in this one."""
    notes = [line for line in page.timeline if line.label == "Note added"]
    return [(line.detail or "", line.from_case) for line in notes]


async def three(town: Town, by: By) -> list[str]:
    """Return three cases with a note each."""
    cases = [await a_case(town, by) for _ in range(3)]
    for number, reference in enumerate(cases, 1):
        await town.write(message.note, by, reference, f"Note {number}")
    return cases


async def test_the_story_of_a_merged_case_is_told_where_it_went_until_it_is_apart_again(town: Town) -> None:
    cleo = await town.staff("Cleo")
    first, second, last = await three(town, cleo)
    await town.write(case_merge.merge, cleo, first, second)
    town.pass_time(minutes=1)
    await town.write(case_merge.merge, cleo, second, last)
    page = await opened(town, cleo, last)
    assert told(page) == [("Note 1", first), ("Note 2", second), ("Note 3", None)]
    assert (page.timeline[0].label, page.timeline[0].from_case) == ("Report received", None)
    assert {line.from_case for line in page.timeline if line.label == "Case opened"} == {first, second, None}
    for reference, notes in ((first, ["Note 1"]), (second, ["Note 1", "Note 2"])):
        assert [note for note, _ in told(await opened(town, cleo, reference))] == notes
    await town.write(case_merge.unmerge, cleo, second)
    assert told(await opened(town, cleo, last)) == [("Note 3", None)]
    assert told(await opened(town, cleo, second)) == [("Note 1", first), ("Note 2", None)]
    await town.write(case_merge.unmerge, cleo, first)
    assert told(await opened(town, cleo, second)) == [("Note 2", None)]
    assert (await opened(town, cleo, second)).merged is None


async def test_what_somebody_may_not_open_is_not_told_by_way_of_the_case_it_went_into(town: Town) -> None:
    cleo, hal = await town.staff("Cleo"), await town.staff("Hal", Role.OFFICER, Restriction.HATE)
    first, hate, last = await three(town, hal)
    await town.write(restrict_case, hal, hate, Restriction.HATE, "Slurs")
    await town.write(case_merge.merge, hal, first, hate)
    await town.write(case_merge.merge, hal, hate, last)
    await town.write(restrict_case, hal, last, None, "Nothing of it is left here")
    page = await opened(town, cleo, last)
    assert told(page) == [("Note 3", None)]
    assert hate not in {line.from_case for line in page.timeline}
    assert told(await opened(town, hal, last)) == [("Note 1", first), ("Note 2", hate), ("Note 3", None)]
    for gone in (first, hate):
        with pytest.raises(NotFound):
            await opened(town, cleo, gone)


async def test_a_merged_case_says_where_it_went_and_who_may_undo_it(town: Town) -> None:
    cleo, hal = await town.staff("Cleo"), await town.staff("Hal", Role.OFFICER, Restriction.HATE)
    first, second, last = await three(town, cleo)
    await town.write(case_merge.merge, cleo, first, second)
    await town.write(case_merge.unmerge, cleo, first)
    town.pass_time(hours=1)
    await town.write(case_merge.merge, hal, first, second)
    merged = (await opened(town, cleo, first)).merged
    assert merged is not None
    assert (merged.into, merged.at, merged.by_name) == (second, town.clock.now(), "Hal")
    await town.write(case_merge.merge, cleo, second, last)
    await town.write(restrict_case, hal, last, Restriction.HATE, "Slurs")
    with pytest.raises(NotFound):
        await opened(town, cleo, first)
    merged = (await opened(town, hal, first)).merged
    assert merged is not None
    assert (merged.into, merged.may_undo) == (second, True)


async def found(town: Town, by: By, words: str) -> set[str]:
    page = await town.read(finding.found_cases, by.staff, PROFILE, Filter(Kind.CASES, text=words))
    return {line.reference for line in page.lines}


async def test_search_finds_what_went_along_and_the_old_reference(town: Town) -> None:
    cleo = await town.staff("Cleo")
    old, new = await a_case(town, cleo, what="The purple bins again"), await a_case(town, cleo)
    await town.write(message.note, cleo, old, "The caretaker knows")
    await town.write(case_merge.merge, cleo, old, new)
    assert await found(town, cleo, "purple") == await found(town, cleo, "caretaker") == {new}
    assert await town.read(search.where_is, cleo.staff, old) is Kind.CASES
    lines = (await town.read(finding.found_cases, cleo.staff, PROFILE, Filter(Kind.CASES))).lines
    assert {line.reference: line.merged for line in lines} == {old: True, new: False}
    await town.write(case_merge.unmerge, cleo, old)
    assert await found(town, cleo, "purple") == await found(town, cleo, "caretaker") == {old}


async def test_every_deed_on_a_merged_case_says_where_it_went_and_does_nothing(town: Town) -> None:
    sue = await town.staff("Sue", Role.SUPERVISOR, Restriction.HATE)
    report, waiting = await town.report(), await town.report()
    old = (await town.write(triage.open_case, sue, report)).reference
    new, other = await a_case(town, sue), await a_case(town, sue)
    await town.write(case_merge.merge, sue, old, new)
    before = await town.read(case_row, old)
    town.events.clear()
    witness = PersonFacts(PersonRole.WITNESS, "Ben")
    facts: dict[Fact, str | None] = {Fact.PRIORITY: "P1"}
    deeds: list[tuple[Any, ...]] = [
        (case.take, sue, old),
        (case.move, sue, old, CaseState.INVESTIGATING),
        (case.close, sue, old, Outcome.RESOLVED, "Done."),
        (case.reopen, sue, old, "Again"),
        (message.note, sue, old, "Mine"),
        (message.reply_to_all, sue, old, "Hello"),
        (reclassify, sue, old, PROFILE, (facts, "Worse")),
        (restrict_case, sue, old, Restriction.HATE, "Slurs"),
        (hold.hold, sue, old, "Court"),
        (hold.lift_hold, sue, old, "Over"),
        (case_person.add, sue, old, witness),
        (task.add, sue, old, "Ring", sue.staff.id, None),
        (case_link.link, sue, other, old),
        (case_link.unlink, sue, old, other),
        (case_merge.merge, sue, old, other),
        (case_merge.merge, sue, other, old),
        (case_merge.split, sue, old, [report]),
        (case_merge.move_report, sue, report, old),
        (triage.add_to_case, sue, waiting, old),
    ]
    for deed in deeds:
        with pytest.raises(Refusal) as refusal:
            await town.write(*deed)
        assert (refusal.value.key, refusal.value.values) == (
            "case.merged",
            {"reference": old, "into": new},
        ), deed
    for say in (message.ask, message.reply):
        with pytest.raises(Refusal) as refusal:
            await town.write(say, sue, report, "Which nights?", case_reference=old)
        assert refusal.value.values["into"] == new
    [done] = await town.write(bulk.each, sue, [Pick(old, 2)], bulk.tagging("x", on=True))
    assert done.refusal is not None
    assert done.refusal.key == "case.merged"
    assert town.events == []
    assert await town.read(case_row, old) == before


async def test_a_hold_put_on_the_whole_stays_on_both_when_they_are_apart_again(town: Town) -> None:
    cleo = await town.staff("Cleo")
    old, new = await a_case(town, cleo), await a_case(town, cleo)
    await town.write(case_merge.merge, cleo, old, new)
    await town.write(hold.hold, cleo, new, "Court in May")
    town.events.clear()
    await town.write(case_merge.unmerge, cleo, old)
    for one in (old, new):
        assert (await town.read(case_row, one))["legal_hold"] == "Court in May"
    held = town.last(Action.CASE_HELD)
    assert (held["case_reference"], held["reason"]) == (old, "Court in May")
    page = await opened(town, cleo, old)
    assert [line.detail for line in page.timeline if line.label == "Legal hold set"] == ["Court in May"]


async def test_why_a_restricted_case_is_held_is_not_told_on_one_of_another_kind(town: Town) -> None:
    eve = await town.staff("Eve", Role.OFFICER, Restriction.HATE, Restriction.SAFEGUARDING)
    hate = await a_case(town, eve, category="street.hate")
    leaving = await another_report(town, eve, hate, category="street.safeguarding")
    await town.write(hold.hold, eve, hate, "Trial of Max Mustermann")
    new = await town.write(case_merge.split, eve, hate, [leaving])
    row = await town.read(case_row, new.reference)
    kept = ("safeguarding", "Held with a case that it was part of.")
    assert (row["restriction"], row["legal_hold"]) == kept


def indexed(session: Session) -> set[str | None]:
    return set(session.scalars(select(CasePageRow.restriction)))


async def test_what_went_into_a_case_closes_with_it_and_stays_closed_apart_again(town: Town) -> None:
    cleo, hal = await town.staff("Cleo"), await town.staff("Hal", Role.OFFICER, Restriction.HATE)
    first, second, last = await three(town, cleo)
    await town.write(case_merge.merge, cleo, first, second)
    await town.write(case_merge.merge, cleo, second, last)
    await town.write(restrict_case, hal, last, Restriction.HATE, "Slurs")
    assert await town.read(indexed) == {Restriction.HATE}
    for gone in (first, second, last):
        with pytest.raises(NotFound):
            await opened(town, cleo, gone)
    await town.write(message.note, hal, last, "Written inside")
    await town.write(case_merge.unmerge, hal, second)
    await town.write(case_merge.unmerge, hal, first)
    for gone in (first, second):
        page = await opened(town, hal, gone)
        assert page.case.restriction is Restriction.HATE
        assert {report.restriction for report in page.reports} == {Restriction.HATE}


async def test_a_case_comes_back_restricted_from_the_restricted_one_it_went_into(town: Town) -> None:
    hal = await town.staff("Hal", Role.OFFICER, Restriction.HATE)
    plain, hate = await a_case(town, hal), await a_case(town, hal, category="street.hate")
    await town.write(case_merge.merge, hal, plain, hate)
    await town.write(case_merge.unmerge, hal, plain)
    page = await opened(town, hal, plain)
    assert page.case.restriction is Restriction.HATE
    assert [report.restriction for report in page.reports] == [Restriction.HATE]
