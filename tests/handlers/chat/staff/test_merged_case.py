"""A case that went into another, in chat: where it went, the way there and back, nothing else."""

from __future__ import annotations

import pytest

from store.actions import case, case_merge, triage
from store.domain.case import Outcome
from store.domain.event import Action
from tests.handlers.chat.staff.conftest import Office
from tests.support.case_file import a_case


async def merged(office: Office) -> tuple[str, str]:
    old, new = await a_case(office.town, office.cleo), await a_case(office.town, office.cleo)
    await office.town.write(case_merge.merge, office.cleo, old, new)
    return old, new


async def test_it_says_where_it_went_and_leads_there_and_back(office: Office) -> None:
    old, new = await merged(office)
    await office.phone.say(f"/open {old}")
    assert f"Merged into {new} on Monday 23 November by Cleo" in office.phone.text
    assert "none open to you" not in office.phone.text
    assert office.phone.labels == [f"Open {new}", "Undo the merge"]
    await office.phone.tap(f"Open {new}")
    assert office.phone.text.startswith(f"Case {new}")
    await office.phone.say(f"/open {old}")
    await office.phone.tap("Undo the merge")
    assert await office.town.how_often(Action.CASE_UNMERGED) == 2
    assert "Open\n" in office.phone.text
    assert "Note" in office.phone.labels


@pytest.mark.parametrize("command", ["take", "note", "close"])
async def test_a_command_about_it_leads_on(office: Office, command: str) -> None:
    old, new = await merged(office)
    for words in ("", " Some words"):
        await office.phone.say(f"/{command} {old}{words}")
        assert office.phone.text == f"Case {old} was merged into {new}, so it is not worked any more."
        assert office.phone.labels == [f"Open {new}"]


async def test_a_button_from_before_leads_on_too(office: Office) -> None:
    old, new = await a_case(office.town, office.cleo), await a_case(office.town, office.cleo)
    await office.phone.say(f"/open {old}")
    await office.phone.tap("Note")
    await office.town.write(case_merge.merge, office.cleo, old, new)
    await office.phone.say("The words that the form asked for")
    assert "Nothing was done." in office.phone.text
    assert office.phone.labels == [f"Open {new}"]
    await office.phone.tap_data(f"s:close:{old}:")
    assert office.phone.text == f"Case {old} was merged into {new}, so it is not worked any more."
    assert office.phone.labels == [f"Open {new}"]


async def test_a_case_that_is_closed_already_is_said_so_before_anything_is_asked(office: Office) -> None:
    closed = (await office.town.write(triage.open_case, office.cleo, await office.town.report())).reference
    await office.town.write(case.close, office.cleo, closed, Outcome.RESOLVED, "Done.")
    await office.phone.say(f"/close {closed}")
    assert office.phone.text == "This case is closed already."
    await office.phone.tap_data(f"s:close:{closed}:")
    assert office.phone.toast == "This case is closed already."
    await office.town.write(case.reopen, office.cleo, closed, "Again")
    await office.phone.tap_data(f"s:reopen:{closed}:")
    assert office.phone.toast == "This case is not closed."
