from __future__ import annotations

from store.actions import bulk, message, triage
from store.actions import case as case_actions
from store.domain.bulk import Pick
from store.domain.reference import Restriction
from store.domain.staff import Role
from tests.support.deliveries import letters, link_chat
from tests.support.triage_factory import Town

KIND = "staff.colleague"


async def test_whoever_is_named_in_a_note_hears_of_it_without_its_words(town: Town) -> None:
    cleo, dan = await town.staff("Cleo"), await town.staff("Dan")
    await town.write(link_chat, dan.staff.id, 901)
    reference = await town.report()
    await town.twice(message.note, cleo, reference, "@dan a secret word")
    (told,) = await letters(town.store, KIND)
    assert (told.chat_id, told.text) == (901, f"Cleo named you in a note on report {reference}.")
    assert list(told.buttons) == ["Open the report"]


async def test_of_a_restricted_record_only_the_link_is_told_and_only_to_those_granted_it(town: Town) -> None:
    hal = await town.staff("Hal", Role.OFFICER, Restriction.HATE)
    hana = await town.staff("Hana", Role.OFFICER, Restriction.HATE)
    dan = await town.staff("Dan")
    for by, chat_id in ((hana, 902), (dan, 903)):
        await town.write(link_chat, by.staff.id, chat_id)
    reference = await town.report(category="street.hate")
    await town.write(message.note, hal, reference, "@hana and @dan")
    (told,) = await letters(town.store, KIND)
    assert told.chat_id == 902
    assert f"https://safety.example/console/reports/{reference}" in told.text
    assert told.buttons == {}


async def test_whoever_takes_a_case_is_not_told_of_it(town: Town) -> None:
    cleo, sue = await town.staff("Cleo"), await town.staff("Sue", Role.SUPERVISOR)
    for by, chat_id in ((cleo, 904), (sue, 905)):
        await town.write(link_chat, by.staff.id, chat_id)
    case = await town.write(triage.open_case, cleo, await town.report())
    await town.write(case_actions.take, sue, case.reference)
    assert await letters(town.store, KIND) == []


async def test_whoever_is_given_a_report_hears_of_it(town: Town) -> None:
    cleo, dan = await town.staff("Cleo"), await town.staff("Dan")
    await town.write(link_chat, dan.staff.id, 906)
    reference = await town.report()
    await town.write(bulk.each, cleo, [Pick(reference, 1)], bulk.assigning_reports(dan.staff.id))
    (told,) = await letters(town.store, KIND)
    assert (told.chat_id, told.text) == (906, f"Cleo gave you report {reference}.")
