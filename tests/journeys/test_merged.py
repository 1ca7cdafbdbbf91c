"""Two cases of the same problem become one and two again: the desk finds its way, reporters hear nothing."""

from __future__ import annotations

from store.actions import case as cases
from store.actions import case_merge, message, triage
from tests.support.form import say
from tests.support.town import Town


async def test_a_merged_case_leads_on_in_chat_and_its_story_is_told_where_it_went(town: Town) -> None:
    first, second = [await town.report(person, group="other") for person in (town.ada, town.ben)]
    old = (await town.staff_does(triage.open_case, first)).reference
    new = (await town.staff_does(triage.open_case, second)).reference
    await town.staff_does(message.note, old, "The caretaker knows")
    for person in (town.ada, town.ben):
        await person.wait_for("has started work on it")
        person.mark()
    await town.staff_does(case_merge.merge, old, new)

    shown = await say(town.cleo, f"/open {old}")
    assert f"Merged into {new} on" in shown.text
    assert "by Cleo Example" in shown.text
    assert shown.labels == [f"Open {new}", "Undo the merge"]
    refused = await say(town.cleo, f"/close {old}")
    assert f"was merged into {new}" in refused.text
    town.cleo.tap(f"Open {new}", refused)
    there = await town.cleo.wait_for(f"Case {new} ")
    assert first in there.text
    page = await town.staff_does(cases.open_page, new)
    assert [line.from_case for line in page.timeline if line.detail == "The caretaker knows"] == [old]

    town.cleo.mark()
    town.cleo.tap("Undo the merge", shown)
    apart = await town.cleo.wait_for(f"Case {old} ")
    assert first in apart.text
    page = await town.staff_does(cases.open_page, new)
    assert all(line.from_case is None for line in page.timeline)
    assert town.ada.news == town.ben.news == []


async def test_a_closed_case_is_said_to_be_closed_before_anything_is_asked(town: Town) -> None:
    reference = await town.report(town.ada, group="other")
    case = (await town.staff_does(triage.open_case, reference)).reference
    await say(town.cleo, f"/close {case}")
    town.cleo.tap("1. Resolved")
    await town.cleo.wait_for("people who reported it be told")
    await say(town.cleo, "It has stopped.")
    assert (await say(town.cleo, f"/close {case}")).text == "This case is closed already."
