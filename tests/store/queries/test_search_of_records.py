"""A record is found by all that its page says, wherever it stands; single words and signs: test_search."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from store.actions import case_merge, case_person, entry, message, restriction, task, triage
from store.actions import search as keeping
from store.domain.case_file import PersonFacts, PersonRole
from store.domain.entry import Entry
from store.domain.finding import Filter, Kind
from store.domain.reference import Restriction
from store.domain.report import Identity, Source
from store.domain.search_words import Where
from store.domain.staff import By, Role
from store.queries import finding
from store.tables.report import ReportRow
from store.tables.search import CasePageRow, ReportTextRow
from tests.store.queries.test_search import found, pieces
from tests.support.triage_factory import ENTERED, PHONED, PROFILE, Town

EVE = PersonFacts(
    PersonRole.WITNESS, "Eve Hill", "07700 900123", "Saw it from her balcony", "Keeps a loud dog", False
)
NUMBERS = ("07700 900123", "07700900123", "+44 7700 900123")


async def shown(town: Town, by: By, text: str, kind: Kind) -> dict[str, list[tuple[Where, str]]]:
    query: Any = finding.found_reports if kind is Kind.REPORTS else finding.found_cases
    return pieces(await town.read(query, by.staff, PROFILE, Filter(kind, text=text)))


async def test_two_words_are_found_in_different_texts_of_one_report(town: Town) -> None:
    cleo, ada = await town.staff("Cleo"), await town.resident()
    told = await town.report(ada, what="A mattress in the lane")
    await town.report(what="A mattress on the beach")
    asked = await town.write(message.ask, cleo, told, "Which end?")
    await town.write(message.answer, ada, asked.id, "Behind the bakery")
    await town.write(message.note, cleo, told, "The landlord rang")
    for typed in ("mattress bakery", "landlord mattress", "mattress landlord harb"):
        assert await found(town, cleo, typed) == {told}, typed
    assert await shown(town, cleo, "mattress bakery landlord", Kind.REPORTS) == {
        told: [(Where.REPORT, "mattress"), (Where.MESSAGE, "bakery"), (Where.NOTE, "landlord")]
    }
    assert await found(town, cleo, '"lane which"') == set(), "no phrase goes from one text into the next"


async def test_a_postcode_is_found_with_and_without_its_gap(town: Town) -> None:
    cleo = await town.staff("Cleo")
    spaced, close = await town.report(what="Behind CT9 2AA"), await town.report(what="Behind CT92AA")
    for typed in ("ct92aa", "CT9 2AA", "ct9 2aa behind"):
        assert await found(town, cleo, typed) == {spaced, close}, typed
    assert await shown(town, cleo, "ct92aa", Kind.REPORTS) == {
        spaced: [(Where.REPORT, "CT9 2AA")],
        close: [(Where.REPORT, "CT92AA")],
    }


async def test_two_words_are_found_in_a_report_and_its_case(town: Town) -> None:
    cleo = await town.staff("Cleo")
    told, other = await town.report(what="A mattress in the lane"), await town.report(what="Smoke")
    opened = (await town.write(triage.open_case, cleo, told)).reference
    await town.write(message.note, cleo, opened, "The landlord rang")
    await town.write(triage.add_to_case, cleo, other, opened)
    for typed in ("mattress landlord", "smoke mattress", "smoke landlord"):
        assert await found(town, cleo, typed, Kind.CASES) == {opened}, typed
        assert await found(town, cleo, typed) == set()


async def test_people_and_tasks_of_a_case_are_found_while_they_are_there(town: Town) -> None:
    cleo = await town.staff("Cleo")
    opened = (await town.write(triage.open_case, cleo, await town.report())).reference
    person = await town.write(case_person.add, cleo, opened, EVE)
    await town.write(task.add, cleo, opened, "Ring the housing office", cleo.staff.id, None)
    for typed in ("eve hill", "balcony", "loud dog", *NUMBERS):
        assert await found(town, cleo, typed, Kind.CASES) == {opened}, typed
    assert await shown(town, cleo, "hill housing", Kind.CASES) == {
        opened: [(Where.PERSON, "Hill"), (Where.TASK, "housing")]
    }
    await town.write(case_person.change, cleo, opened, person, replace(EVE, name="Eve Dale"))
    assert await found(town, cleo, "hill", Kind.CASES) == set()
    assert await found(town, cleo, "dale music", Kind.CASES) == {opened}
    await town.write(case_person.take_off, cleo, opened, person)
    assert await found(town, cleo, "dale", Kind.CASES) == set()


@pytest.mark.parametrize("typed", [*NUMBERS, "marsh ada", "ada music", "+44 (0)7700 900 123"])
async def test_somebody_for_whom_staff_entered_a_report_is_found(town: Town, typed: str) -> None:
    cleo = await town.staff("Cleo")
    told = replace(PHONED, contact="07700 900123")
    made = await town.write(entry.enter, cleo, PROFILE, told)
    await town.write(entry.enter, cleo, PROFILE, replace(told, name="Ben", contact="07700 900124"))
    assert await found(town, cleo, typed) == {made.reference}
    where = {place for place, _hit in (await shown(town, cleo, typed, Kind.REPORTS))[made.reference]}
    assert Where.REPORTER in where


@pytest.mark.parametrize("kept", ["Ring me on 07700900123", "Ring me on +44 7700 900123.", "07700 900123"])
async def test_a_number_in_a_story_is_found_however_it_is_typed(town: Town, kept: str) -> None:
    cleo = await town.staff("Cleo")
    told = await town.report(what=kept)
    for typed in NUMBERS:
        assert await found(town, cleo, typed) == {told}


async def test_nobody_anonymous_is_found_by_who_they_are(town: Town) -> None:
    """Even were there a name beside an anonymous report, its page would not show it."""
    cleo, ada = await town.staff("Cleo"), await town.resident("Adelheid")
    await town.report(ada, identity="anonymous", what="Fog")
    await town.report(ada, what="Smoke")
    hidden = Entry(
        Source.PHONE, Identity.ANONYMOUS, "en", "Adelheid", "07700 900123", False, _anonymous("Hail")
    )
    await town.write(entry.enter, cleo, PROFILE, hidden)
    for typed in ("adelheid", "07700 900123", "fog smoke", "fog hail"):
        assert await found(town, cleo, typed) == set(), typed
    assert len(await found(town, cleo, "fog")) == len(await found(town, cleo, "hail")) == 1


def _anonymous(what: str) -> dict[str, Any]:
    return ENTERED | {"identity": "anonymous", "what": what}


async def test_a_name_is_found_only_by_those_who_may_open_its_report(town: Town) -> None:
    cleo, hal = await town.staff("Cleo"), await town.staff("Hal", Role.OFFICER, Restriction.HATE)
    secret = replace(PHONED, answers=ENTERED | {"category": "street.hate"})
    made = await town.write(entry.enter, hal, PROFILE, secret)
    opened = (await town.write(triage.open_case, hal, made.reference)).reference
    for typed in ("marsh", "01843000000"):
        assert await found(town, hal, typed) == {made.reference}
        assert await found(town, hal, typed, Kind.CASES) == {opened}
        assert await found(town, cleo, typed) == await found(town, cleo, typed, Kind.CASES) == set()


async def test_what_a_case_must_not_tell_is_not_in_what_it_is_found_by(town: Town) -> None:
    """A report under another restriction than its case leads there only who may open both."""
    cleo = await town.staff("Cleo")
    hal = await town.staff("Hal", Role.OFFICER, Restriction.HATE, Restriction.SAFEGUARDING)
    sam = await town.staff("Sam", Role.OFFICER, Restriction.SAFEGUARDING)
    hate = await town.report(category="street.hate", what="A secret symbol")
    opened = (await town.write(triage.open_case, hal, hate)).reference
    await town.write(message.note, hal, opened, "The caretaker knows")
    assert await found(town, hal, "symbol caretaker", Kind.CASES) == {opened}
    await town.write(restriction.restrict_case, hal, opened, None, "No longer")
    assert await found(town, cleo, "caretaker", Kind.CASES) == {opened}
    assert await found(town, cleo, "symbol", Kind.CASES) == set()
    assert await found(town, hal, "symbol", Kind.CASES) == {opened}
    harm = await town.report(category="street.safeguarding", what="A child alone")
    await town.write(triage.add_to_case, hal, harm, opened)
    assert await found(town, sam, "child caretaker", Kind.CASES) == {opened}
    assert await found(town, sam, "symbol", Kind.CASES) == set()
    assert await found(town, cleo, "caretaker", Kind.CASES) == set()


async def test_a_report_that_is_restricted_by_itself_takes_its_words_out_of_its_case(town: Town) -> None:
    cleo, dan = await town.staff("Cleo"), await town.staff("Dan")
    hal = await town.staff("Hal", Role.OFFICER, Restriction.HATE)
    report = await town.report(what="A secret symbol")
    opened = (await town.write(triage.open_case, cleo, report)).reference
    assert await found(town, dan, "symbol", Kind.CASES) == {opened}
    await town.write(restriction.restrict_report, cleo, report, Restriction.HATE, "Slurs")
    assert await found(town, dan, "symbol", Kind.CASES) == await found(town, dan, "symbol") == set()
    assert await found(town, hal, "symbol") == {report}


async def test_what_a_report_says_goes_with_it_to_another_case(town: Town) -> None:
    cleo = await town.staff("Cleo")
    told = [await town.report(what=what) for what in ("Purple bins", "Green bins", "Red bins")]
    first = (await town.write(triage.open_case, cleo, told[0])).reference
    await town.write(triage.add_to_case, cleo, told[1], first)
    second = (await town.write(triage.open_case, cleo, told[2])).reference
    await town.write(case_merge.move_report, cleo, told[1], second)
    assert await found(town, cleo, "green", Kind.CASES) == {second}
    await town.write(case_merge.merge, cleo, second, first)
    assert await found(town, cleo, "green purple red", Kind.CASES) == {first}
    await town.write(case_merge.unmerge, cleo, second)
    assert await found(town, cleo, "green red", Kind.CASES) == {second}
    apart = (await town.write(case_merge.split, cleo, second, [told[1]])).reference
    assert await found(town, cleo, "green", Kind.CASES) == {apart}


async def test_a_text_that_was_erased_is_no_longer_found(town: Town) -> None:
    cleo = await town.staff("Cleo")
    told = await town.report(what="Adelheid shouts")
    opened = (await town.write(triage.open_case, cleo, told)).reference
    await town.write(_erase, told)
    assert await found(town, cleo, "adelheid") == await found(town, cleo, "adelheid", Kind.CASES) == set()
    assert await found(town, cleo, "harbour", Kind.CASES) == {opened}


def _erase(session: Session, reference: str) -> None:
    session.execute(update(ReportRow).where(ReportRow.reference == reference).values(text=""))
    keeping.index_report(
        session, session.scalars(select(ReportRow.id).where(ReportRow.reference == reference)).one()
    )


async def test_a_record_has_one_document_whatever_happens_to_it(town: Town) -> None:
    cleo = await town.staff("Cleo")
    told = [await town.report() for _ in range(2)]
    opened = (await town.write(triage.open_case, cleo, told[0])).reference
    await town.write(triage.add_to_case, cleo, told[1], opened)
    for reference in (*told, opened):
        await town.write(message.note, cleo, reference, "Once more")
    assert await town.read(_documents) == (2, 1)


def _documents(session: Session) -> tuple[int, int]:
    reports, cases = (len(session.scalars(select(row.id)).all()) for row in (ReportTextRow, CasePageRow))
    return reports, cases


async def test_what_two_people_add_at_once_is_all_found(town: Town) -> None:
    cleo, dan = await town.staff("Cleo"), await town.staff("Dan")
    told = [await town.report() for _ in range(2)]
    opened = (await town.write(triage.open_case, cleo, told[0])).reference
    await town.write(triage.add_to_case, cleo, told[1], opened)
    words = [f"word{letter}" for letter in "abcdefgh"]
    places = (*told, opened)
    await asyncio.gather(
        *(
            town.write(message.note, (cleo, dan)[number % 2], places[number % 3], word)
            for number, word in enumerate(words)
        )
    )
    assert await found(town, cleo, f'"{words[0]}" {" ".join(words[1:])}', Kind.CASES) == {opened}
