from __future__ import annotations

from datetime import timedelta

from store.actions import case, case_person, entry, hold, message, staff, task, triage
from store.domain.actor import SYSTEM
from store.domain.case import CaseState, Outcome
from store.domain.case_file import PersonFacts, PersonRole
from store.domain.event import Action
from store.domain.reference import Restriction
from store.domain.staff import By, Role
from tests.handlers.chat.staff.conftest import Office
from tests.support.deliveries import letters
from tests.support.triage_factory import MORNING, PHONED, PROFILE


async def state_of(office: Office, by: By, reference: str) -> CaseState:
    return (await office.town.write(case.open_page, by, reference)).case.state


async def news(office: Office) -> str:
    return (await letters(office.town.store, "news."))[-1].text


async def test_a_question_and_a_reply_reach_the_reporter_and_a_note_does_not(office: Office) -> None:
    reference = await office.town.report()
    phone = office.phone
    await phone.say(f"/open {reference}")
    asked = await phone.tap("Ask")
    assert asked[0].method == "sendMessage"
    assert phone.text == f"What do you want to ask the reporter of {reference}?"
    await phone.say("Which nights?")
    assert phone.text == "Your question is on its way."
    assert "Which nights?" in await news(office)
    await phone.tap(f"Open {reference}")
    assert "Cleo asked" in phone.text
    await phone.tap("Reply")
    await phone.say("We will look.")
    assert "We will look." in await news(office)
    before = len(await letters(office.town.store, "news."))
    await phone.tap_data(f"s:note:{reference}:")
    await phone.say("He is known to us.")
    assert phone.text == "Noted."
    assert len(await letters(office.town.store, "news.")) == before


async def test_what_came_in_while_a_reply_was_typed_is_read_before_it_goes_out(office: Office) -> None:
    ada = await office.town.resident()
    reference = await office.town.report(ada)
    phone = office.phone
    for deed, ended in (("reply", Action.REPLY_SENT), ("reject", Action.REPORT_REJECTED)):
        await phone.tap_data(f"s:{deed}:{reference}:")
        if deed == "reject":
            await phone.say("Not a report")
        await office.town.write(message.add, ada, reference, f"A knife, before {deed}")
        await phone.say("We will look.")
        told = "Reporter changed this report meanwhile. Open it again, then decide. Nothing was done."
        assert phone.text == told
        assert await office.town.how_often(ended) == 0
        await phone.tap(f"Open {reference}")
        assert f"A knife, before {deed}" in phone.text
        await phone.tap_data(f"s:{deed}:{reference}:")
        if deed == "reject":
            await phone.say("Not a report")
        await phone.say("We will look.")
        assert await office.town.how_often(ended) == 1


async def test_a_report_is_signposted_with_words_or_rejected_without(office: Office) -> None:
    one, other = await office.town.report(), await office.town.report()
    phone = office.phone
    await phone.tap_data(f"s:signpost:{one}:")
    await phone.tap("For another service")
    await phone.say("Ring the council.")
    assert phone.text.startswith(
        "The report is signposted. A reporter with a chat is told; tell anybody else yourself."
    )
    assert (await news(office)).endswith("Ring the council.")
    await phone.tap_data(f"s:reject:{other}:")
    await phone.say("Not a report")
    await phone.tap("Skip")
    assert "rejected" in phone.text
    assert await office.town.how_often(Action.REPORT_REJECTED) == 1
    await phone.tap_data(f"s:open:{other}:")
    assert "Not a report" in phone.text


async def test_at_night_it_waits_for_the_morning_where_somebody_is_told(office: Office) -> None:
    phone, waits = office.phone, "Quiet hours: it goes out at 8am."
    phoned = (await office.town.write(entry.enter, office.cleo, PROFILE, PHONED)).reference
    told = await office.town.report()
    office.town.pass_time(hours=13)
    for reference, said in ((phoned, ""), (told, waits)):
        await phone.tap_data(f"s:reject:{reference}:")
        await phone.say("Not a report")
        await phone.tap("Skip")
        assert phone.text.endswith(f"tell anybody else yourself. {said}".strip())


async def test_a_report_is_added_to_a_suggested_case_or_to_one_that_is_typed(office: Office) -> None:
    first, near, far = [await office.town.report() for _ in range(3)]
    opened = await office.town.write(triage.open_case, office.cleo, first)
    phone = office.phone
    await phone.say(f"/open {near}")
    await phone.tap("Add to a case")
    assert "Tap one" in phone.text
    await phone.tap(opened.reference)
    assert phone.text == f"The report is in case {opened.reference} now."
    await phone.tap_data(f"s:add:{far}:")
    await phone.say("the one from yesterday")
    assert phone.text == "We cannot find that reference. References look like K7M-4XQ-9PC. Nothing was done."
    await phone.tap_data(f"s:add:{far}:")
    await phone.say(f"case {opened.reference.lower()}")
    assert phone.text == f"The report is in case {opened.reference} now."
    await phone.tap(f"Open {far}")
    assert f"{opened.reference}, Open" in phone.text
    await phone.tap("Case")
    assert phone.text.count("-") >= 8
    assert first in phone.text


async def test_a_case_is_moved_closed_with_words_and_opened_again(office: Office) -> None:
    reference = await office.town.report()
    opened = await office.town.write(triage.open_case, office.cleo, reference)
    phone = office.phone
    await phone.say(f"/open {opened.reference}")
    await phone.tap("Investigating")
    assert await state_of(office, office.cleo, opened.reference) is CaseState.INVESTIGATING
    await phone.tap("Close")
    await phone.tap("5. Passed")
    await phone.say("They moved out.")
    assert phone.text.startswith("The case is closed. Those who reported it in chat are told")
    assert "They moved out." in await news(office)
    await phone.tap_data(f"s:close:{opened.reference}:")
    assert phone.toast == "This case is closed already."
    await phone.say(f"/open {opened.reference}")
    assert "Closed (Passed to a partner)" in phone.text
    await phone.tap("Note")
    await phone.say("Check in May")
    await phone.tap(f"Open {opened.reference}")
    assert "Check in May" in phone.text
    await phone.tap("Open it again")
    await phone.say("It began again")
    assert await state_of(office, office.cleo, opened.reference) is CaseState.REOPENED


async def test_a_case_warns_of_people_first_and_says_what_is_to_do(office: Office) -> None:
    town, cleo = office.town, office.cleo
    told = await town.report()
    reference = (await town.write(triage.open_case, cleo, told)).reference
    for name, warning in (("Kev", "Has a dog. Do not go alone."), ("Bea", None)):
        facts = PersonFacts(PersonRole.SUBJECT, name, warning=warning)
        await town.write(case_person.add, cleo, reference, facts)
    day = (MORNING + timedelta(days=2)).date()
    await town.write(task.add, cleo, reference, "Knock at number 4", cleo.staff.id, day)
    done = await town.write(task.add, cleo, reference, "Ring the landlord", cleo.staff.id, None)
    await town.write(task.finish, cleo, reference, done)
    await town.write(hold.hold, cleo, reference, "The police ask for it")
    await office.phone.say(f"/open {reference}")
    assert office.phone.text.startswith("Contact warning, Kev: Has a dog. Do not go alone.\n\nCase ")
    assert "Legal hold: The police ask for it" in office.phone.text
    assert "To do: Knock at number 4 (Cleo, by 25 November)" in office.phone.text
    assert not any(words in office.phone.text for words in ("Bea", "Ring the landlord"))
    await office.phone.say(f"/open {told}")
    assert office.phone.text.startswith("Contact warning, Kev: Has a dog. Do not go alone.\n\nReport ")


async def test_a_case_that_was_closed_while_the_words_were_written_is_said_so(office: Office) -> None:
    opened = await office.town.write(triage.open_case, office.cleo, await office.town.report())
    await office.phone.tap_data(f"s:close:{opened.reference}:")
    await office.phone.say("1")
    sue, _ = await office.colleague("Sue", Role.SUPERVISOR)
    await office.town.write(case.close, sue, opened.reference, Outcome.RESOLVED, "Done.")
    await office.phone.say("Again")
    told = "Sue changed this case meanwhile. Open it again, then decide. Nothing was done."
    assert office.phone.text == told
    await office.phone.tap(f"Open {opened.reference}")
    assert "Closed (Resolved)" in office.phone.text


async def test_a_move_that_does_not_follow_is_refused(office: Office) -> None:
    opened = await office.town.write(triage.open_case, office.cleo, await office.town.report())
    for to in ("monitoring", "nowhere"):
        await office.phone.tap_data(f"s:move:{opened.reference}:{to}")
        assert office.phone.toast == "A case cannot go there from where it is now."


async def test_a_supervisor_takes_over_a_case(office: Office) -> None:
    opened = await office.town.write(triage.open_case, office.cleo, await office.town.report())
    _, sue = await office.colleague("Sue", Role.SUPERVISOR)
    _, ben = await office.colleague("Ben")
    await ben.tap_data(f"s:take_case:{opened.reference}:")
    assert ben.toast == "Cleo works on this case."
    await sue.say(f"/open {opened.reference}")
    await sue.tap("Take it")
    assert "Officer: Sue" in sue.text


async def test_a_restricted_case_never_opens_in_chat(office: Office) -> None:
    dee, phone = await office.colleague("Dee", Role.OFFICER, Restriction.HATE)
    report = await office.town.report(category="street.hate", what="Secret words")
    opened = await office.town.write(triage.open_case, dee, report)
    await phone.say("/mine")
    await phone.tap(opened.reference)
    assert f"/console/cases/{opened.reference}" in phone.text
    assert "Secret" not in phone.text
    for verb in ("note", "close", "reopen"):
        await phone.tap_data(f"s:{verb}:{opened.reference}:")
        assert phone.toast == "There is no such case, or it is not open to you."
    await office.phone.tap_data(f"s:case:{opened.reference}:")
    assert office.phone.toast == "There is no such case, or it is not open to you."


async def test_my_tasks_that_are_due_stand_among_what_is_mine(office: Office) -> None:
    dan, phone = await office.colleague("Dan")
    today = MORNING.date()
    opened = await office.town.write(triage.open_case, office.cleo, await office.town.report())
    for words, due_on in (
        ("Ring the school", today),
        ("Ask the landlord", today - timedelta(days=3)),
        ("Look again", today + timedelta(days=1)),
        ("Some day", None),
    ):
        await office.town.write(task.add, office.cleo, opened.reference, words, dan.staff.id, due_on)
    await phone.say("/mine")
    assert phone.text == "Your tasks due: 2\nReports you have taken: 0\nYour open cases: 0"
    assert phone.labels[:2] == [
        f"{opened.reference} · Task late since 20 November",
        f"{opened.reference} · Task due today",
    ]
    await phone.tap(f"{opened.reference} · Task due today")
    assert opened.reference in phone.text


async def test_an_own_report_half_filled_in_waits_while_staff_work(office: Office) -> None:
    reference = await office.town.report()
    phone = office.phone
    await phone.say("/report")
    await phone.tap("No")
    for words in ("Noted once", "Noted twice"):
        await phone.tap_data(f"s:note:{reference}:")
        await phone.tap_data(f"s:note:{reference}:")
        await phone.say(words)
        assert "Noted." in phone.text
        assert "Let us carry on." in phone.text
        assert "What is it about?" in phone.text


async def test_an_account_closed_in_the_middle_of_a_form_does_nothing_more(office: Office) -> None:
    reference = await office.town.report()
    await office.phone.tap_data(f"s:note:{reference}:")
    await office.town.write(staff.disable, SYSTEM, office.cleo.staff.id)
    await office.phone.say("One more thing")
    assert "do not know that command" in office.phone.text
    assert await office.town.how_often(Action.NOTE_ADDED) == 0
