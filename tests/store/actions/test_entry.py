from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from notifications.outbox import Outbox
from store.actions import case, entry, message, triage
from store.domain.case import CaseState, Outcome
from store.domain.entry import Entry
from store.domain.errors import NotAllowed, Refusal
from store.domain.event import Action
from store.domain.finding import Filter, Kind
from store.domain.reference import Restriction
from store.domain.report import ClosedReason, Identity, Source
from store.domain.staff import By, Role
from store.domain.suggestion import Suggestion, SuggestionKind
from store.queries import finding
from store.tables.report import ReportRow
from store.tables.resident import ResidentRow
from tests.support.deliveries import letters
from tests.support.triage_factory import ENTERED as ANSWERS
from tests.support.triage_factory import PHONED, PROFILE, Town

GROUP = -100
HIDDEN = Entry(
    Source.MEETING, Identity.ANONYMOUS, "en", None, None, False, ANSWERS | {"identity": "anonymous"}
)


def _kept(session: Session, reference: str) -> tuple[ReportRow, ResidentRow]:
    row = session.execute(
        select(ReportRow, ResidentRow)
        .join(ResidentRow, ResidentRow.id == ReportRow.reporter_id)
        .where(ReportRow.reference == reference)
    ).one()
    return row[0], row[1]


async def test_a_report_told_by_phone_waits_in_the_queue_like_any_other(town: Town) -> None:
    town.store.before_commit = Outbox(GROUP, "https://safety.example", lambda: PROFILE).publish
    cleo = await town.staff("Cleo")
    made = await town.write(entry.enter, cleo, PROFILE, PHONED)
    report, person = await town.read(_kept, made.reference)
    assert made.opens
    assert (report.source, report.entered_by, report.language) == ("phone", cleo.staff.id, "pl")
    assert report.target_at is not None
    assert (person.chat_id, person.relay, person.do_not_contact) == (None, False, False)
    assert (person.name, person.contact) == ("Ada Marsh", "01843 000000")
    [card] = await letters(town.store, "staff.card", GROUP)
    assert made.reference in card.text
    page = await town.write(triage.open_report, cleo, made.reference)
    assert (page.timeline[0].label, page.timeline[0].who) == ("Report received", "Cleo")
    assert (page.contact, page.has_chat) == ("01843 000000", False)
    wanted = Filter(Kind.REPORTS, text="music")
    found = await town.read(finding.found_reports, cleo.staff, PROFILE, wanted)
    assert [line.reference for line in found.lines] == [made.reference]


async def test_an_anonymous_one_is_a_relay_and_joined_to_nothing(town: Town) -> None:
    cleo = await town.staff("Cleo")
    *_, made = [await town.write(entry.enter, cleo, PROFILE, HIDDEN) for _ in range(3)]
    _, person = await town.read(_kept, made.reference)
    assert (person.relay, person.name, person.contact, person.do_not_contact) == (True, None, None, True)
    page = await town.write(triage.open_report, cleo, made.reference)
    assert page.reporter_name is None
    assert SuggestionKind.REPEAT_VICTIM not in {hint.kind for hint in page.hints}


async def test_a_concern_restricts_it_also_from_who_wrote_it(town: Town) -> None:
    cleo, hal = await town.staff("Cleo"), await town.staff("Hal", Role.OFFICER, Restriction.HATE)
    told = replace(PHONED, answers=ANSWERS | {"offer": "hate_crime"})
    made = await town.write(entry.enter, cleo, PROFILE, told)
    assert not made.opens
    assert (await town.write(entry.enter, hal, PROFILE, told)).opens
    report, _ = await town.read(_kept, made.reference)
    assert (report.restriction, report.priority, report.category) == ("hate", "P1", "noise.domestic")


async def test_only_those_who_work_reports_enter_one_and_only_of_a_known_category(town: Town) -> None:
    ann, cleo = await town.staff("Ann", Role.ANALYST), await town.staff("Cleo")
    with pytest.raises(NotAllowed):
        await town.write(entry.enter, ann, PROFILE, PHONED)
    with pytest.raises(Refusal) as refusal:
        await town.write(entry.enter, cleo, replace(PROFILE, categories=()), PHONED)
    assert refusal.value.key == "entry.needs_category"


@pytest.mark.parametrize("told", [PHONED, HIDDEN])
async def test_nothing_is_ever_sent_to_somebody_without_a_chat(town: Town, told: Entry) -> None:
    """A whole life of a report: every change tells reporters, and here there is nobody to tell."""
    town.store.before_commit = Outbox(0, "https://safety.example", lambda: PROFILE).publish
    cleo = await town.staff("Cleo")
    made, other = [await town.write(entry.enter, cleo, PROFILE, told) for _ in range(2)]
    await town.write(triage.take, cleo, made.reference)
    for say in (message.ask, message.reply):
        with pytest.raises(Refusal) as refusal:
            await town.write(say, cleo, made.reference, "Which nights?")
        assert refusal.value.key == "record.no_chat"
    await town.write(message.note, cleo, made.reference, "Rang her.", spoke=True)
    opened = await town.write(triage.open_case, cleo, made.reference)
    await town.write(case.move, cleo, opened.reference, CaseState.INVESTIGATING)
    await town.write(case.move, cleo, opened.reference, CaseState.ACTION_TAKEN)
    await town.write(case.close, cleo, opened.reference, Outcome.RESOLVED, "It has stopped.")
    await town.write(case.reopen, cleo, opened.reference, "It began again.")
    await town.write(triage.signpost, cleo, other.reference, ClosedReason.OTHER_SERVICE, "Ask Kent.")
    assert await letters(town.store) == []
    assert await town.how_often(Action.QUESTION_ASKED) == 0


async def test_somebody_who_calls_again_is_the_same_person(town: Town) -> None:
    cleo = await town.staff("Cleo")
    made = [await town.write(entry.enter, cleo, PROFILE, PHONED) for _ in range(2)]
    again = replace(PHONED, name="ada marsh", language="en", may_message=False)
    made.append(await town.write(entry.enter, cleo, PROFILE, again))
    reporters = [(await town.read(_kept, one.reference))[1] for one in made]
    assert {person.id for person in reporters} == {reporters[0].id}
    assert (reporters[2].language, reporters[2].do_not_contact) == ("en", True)
    page = await town.write(triage.open_report, cleo, made[0].reference)
    [repeated] = [hint for hint in page.hints if hint.kind is SuggestionKind.REPEAT_VICTIM]
    assert sorted(repeated.reports) == sorted(one.reference for one in made[1:])


@pytest.mark.parametrize("name", ["Adá  Märsh", "ADA MARSH"])
async def test_a_name_is_known_again_in_any_case_with_accents_and_doubled_spaces(
    town: Town, name: str
) -> None:
    cleo = await town.staff("Cleo")
    made = [await town.write(entry.enter, cleo, PROFILE, one) for one in (PHONED, replace(PHONED, name=name))]
    first, second = [(await town.read(_kept, one.reference))[1].id for one in made]
    assert first == second


async def _repeats(town: Town, by: By, *told: Entry) -> tuple[list[str], list[Suggestion], list[str]]:
    """Enter these; return their references, and what the last one's page and the queue say of a repeat."""
    made = [(await town.write(entry.enter, by, PROFILE, one)).reference for one in told]
    page = await town.write(triage.open_report, by, made[-1])
    hints = [hint for hint in page.hints if hint.kind is SuggestionKind.REPEAT_VICTIM]
    queue = await town.read(
        finding.found_reports, by.staff, PROFILE, Filter(Kind.REPORTS, states=("waiting",))
    )
    last = next(line for line in queue.lines if line.reference == made[-1])
    seen = queue.glances[last.id].reasons
    return made, hints, [said for kind, said in seen if kind is SuggestionKind.REPEAT_VICTIM]


AT_THE_COUNTER = replace(PHONED, source=Source.WALK_IN, contact=None)


async def test_the_same_name_from_the_same_ward_is_perhaps_the_same_person(town: Town) -> None:
    cleo = await town.staff("Cleo")
    told = (PHONED, replace(AT_THE_COUNTER, name="Adá MARSH"), AT_THE_COUNTER)
    made, [hint], seen = await _repeats(town, cleo, *told)
    assert set(hint.reports) == set(made[:2])
    assert hint.reason.endswith("Perhaps the same person: same name, same ward.")
    assert seen == ["Repeat victim? 3 in 3 months, perhaps the same person: same name"]


async def test_whoever_is_surely_the_same_person_needs_no_perhaps(town: Town) -> None:
    cleo = await town.staff("Cleo")
    made, [hint], seen = await _repeats(town, cleo, AT_THE_COUNTER, PHONED, PHONED, PHONED)
    assert set(hint.reports) == set(made[1:3])
    assert hint.reason.startswith("The same person sent 3 reports")
    assert seen == ["Repeat victim? 3 in 3 months"]


async def test_rows_of_before_with_the_same_name_and_contact_are_surely_the_same_person(town: Town) -> None:
    cleo = await town.staff("Cleo")
    before = [
        await town.write(entry.enter, cleo, PROFILE, replace(PHONED, contact=f"01843 00000{n}"))
        for n in (1, 2)
    ]
    await town.write(_give_contact, "01843 000000")
    made, [hint], seen = await _repeats(town, cleo, PHONED)
    assert set(hint.reports) == {one.reference for one in before}
    assert hint.reason.startswith("The same person sent 3 reports")
    assert made
    assert seen == ["Repeat victim? 3 in 3 months"]


def _give_contact(session: Session, contact: str) -> None:
    session.execute(update(ResidentRow).values(contact=contact))


async def test_many_others_of_that_name_do_not_hide_who_is_the_same_person(town: Town) -> None:
    cleo = await town.staff("Cleo")
    ours = [AT_THE_COUNTER, AT_THE_COUNTER]
    others = [replace(PHONED, contact=f"01843 1000{n:02}") for n in range(12)]
    made, [hint], _seen = await _repeats(town, cleo, *ours, *others, PHONED)
    assert set(hint.reports) == set(made[:2])


@pytest.mark.parametrize(
    "other",
    [
        {"name": "Eve Marsh"},
        {"contact": "01843 000001"},
        {"answers": ANSWERS | {"where": ANSWERS["where"] | {"ward": "eastcliff"}}},
        {
            "identity": Identity.ANONYMOUS,
            "answers": ANSWERS | {"identity": "anonymous"},
            "name": None,
            "contact": None,
        },
    ],
)
async def test_nobody_else_is_taken_for_the_same_person(town: Town, other: dict[str, Any]) -> None:
    cleo = await town.staff("Cleo")
    strange = replace(AT_THE_COUNTER, **other)
    told = (strange, strange, PHONED if "contact" in other else AT_THE_COUNTER)
    _made, hints, seen = await _repeats(town, cleo, *told)
    assert (hints, seen) == ([], [])


async def test_somebody_with_a_chat_is_nobodys_namesake(town: Town) -> None:
    cleo, ada = await town.staff("Cleo"), await town.resident("Ada Marsh")
    for _ in range(2):
        await town.report(ada)
    _made, hints, seen = await _repeats(town, cleo, AT_THE_COUNTER)
    assert (hints, seen) == ([], [])


@pytest.mark.parametrize("other", [{"name": "Eve Marsh"}, {"contact": "01843 000001"}, {"contact": None}])
async def test_somebody_else_at_the_same_number_is_another_person(town: Town, other: dict[str, Any]) -> None:
    cleo = await town.staff("Cleo")
    made = [await town.write(entry.enter, cleo, PROFILE, one) for one in (PHONED, replace(PHONED, **other))]
    first, second = [(await town.read(_kept, one.reference))[1].id for one in made]
    assert first != second


async def _known_numbers(town: Town, by: By, told: Entry) -> list[tuple[str, ...]]:
    """Enter this; return the reports that its page names for the same number under another name."""
    made = await town.write(entry.enter, by, PROFILE, told)
    town.pass_time(minutes=1)
    page = await town.write(triage.open_report, by, made.reference)
    return [hint.reports for hint in page.hints if hint.kind is SuggestionKind.KNOWN_CONTACT]


async def test_a_number_that_is_known_under_another_name_is_pointed_out(town: Town) -> None:
    cleo = await town.staff("Cleo")
    first = (await town.write(entry.enter, cleo, PROFILE, PHONED)).reference
    town.pass_time(days=200)
    other = replace(PHONED, name="Bea Marsh")
    assert await _known_numbers(town, cleo, PHONED) == []
    [[second, found]] = await _known_numbers(town, cleo, other)
    assert found == first != second
    assert len((await _known_numbers(town, cleo, replace(other, name=None)))[0]) == 3
    assert await _known_numbers(town, cleo, replace(other, contact="01843 000001")) == []
    hidden = replace(other, identity=Identity.ANONYMOUS, answers=ANSWERS | {"identity": "anonymous"})
    assert await _known_numbers(town, cleo, replace(hidden, name=None, contact=None)) == []


async def test_a_number_in_a_report_that_is_closed_to_somebody_is_not_pointed_out(town: Town) -> None:
    cleo, hal = await town.staff("Cleo"), await town.staff("Hal", Role.OFFICER, Restriction.HATE)
    secret = replace(PHONED, answers=ANSWERS | {"category": "street.hate"})
    kept = (await town.write(entry.enter, hal, PROFILE, secret)).reference
    other = replace(PHONED, name="Bea Marsh")
    assert await _known_numbers(town, cleo, other) == []
    assert await _known_numbers(town, hal, replace(PHONED, name="Cass")) != []
    assert kept in [one for hint in await _known_numbers(town, hal, other) for one in hint]
