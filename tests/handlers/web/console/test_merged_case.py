"""The page of a case that went into another: where it went, what happened until then, and the way back."""

from __future__ import annotations

from typing import Any

from store.actions import case_merge, message
from store.actions.restriction import restrict_case
from store.domain.reference import Restriction
from store.domain.staff import Role
from tests.handlers.web.console.test_case_records import CASES, at_work
from tests.support.case_file import a_case, case_row
from tests.support.console import Console
from tests.support.triage_factory import Town

FORMS = ("/note", "/closure", "/merge", "/hold", "/person", "/task", "/review", "/link", "/restriction")


async def test_a_merged_case_is_read_left_and_taken_back_and_nothing_else(
    console: Console, town: Town
) -> None:
    browser, cleo = await at_work(console, "cleo", Role.OFFICER, Restriction.HATE)
    old, new = await a_case(town, cleo), await a_case(town, cleo)
    await town.write(message.note, cleo, old, "The caretaker knows")
    await town.write(case_merge.merge, cleo, old, new)
    text = (await browser.get(f"{CASES}/{old}")).text
    assert f'Merged into <a class="ref" href="{CASES}/{new}">{new}</a> on <time' in text
    assert "by Cleo.</strong>" in text
    assert "The caretaker knows" in text
    assert f'action="{CASES}/{old}/unmerging"' in text
    for form in FORMS:
        assert f'action="{CASES}/{old}{form}"' not in text, form
    there = (await browser.get(f"{CASES}/{new}")).text
    assert "The caretaker knows" in there
    assert f'in case <a class="ref" href="{CASES}/{old}">{old}</a>' in there
    assert "Merged into another case" in (await browser.get(CASES)).text
    answer = await browser.post(f"{CASES}/{old}/unmerging")
    assert answer.location == f"{CASES}/{old}?done=case-unmerged"
    assert f'action="{CASES}/{old}/note"' in (await browser.get(f"{CASES}/{old}")).text
    assert "in case <a" not in (await browser.get(f"{CASES}/{new}")).text


async def test_a_deed_on_a_merged_case_is_refused_with_the_way_on_and_keeps_what_was_typed(
    console: Console, town: Town
) -> None:
    browser, cleo = await at_work(console)
    old, new = await a_case(town, cleo), await a_case(town, cleo)
    await browser.get(f"{CASES}/{old}")
    await town.write(case_merge.merge, cleo, old, new)
    before = await town.read(case_row, old)
    sent: dict[str, Any] = {
        "text": "A long <note>",
        "words": "Done.",
        "reason": "Court",
        "name": "Ben",
        "role": "witness",
        "outcome": "resolved",
        "assignee": cleo.staff.id,
    }
    for form in ("note", "closure", "taking", "hold", "reopening", "person", "task"):
        answer = await browser.post(f"{CASES}/{old}/{form}", **sent)
        assert answer.status == 422, form
        assert (
            f'<a href="{CASES}/{new}">Case {old} was merged into {new}, so it is not worked any more.</a>'
            in answer.text
        )
        assert "A long &lt;note&gt;" in answer.text
    assert await town.read(case_row, old) == before


async def test_who_may_not_open_where_a_case_went_does_not_open_it_either(
    console: Console, town: Town
) -> None:
    browser, cleo = await at_work(console)
    hal = await town.staff("Hal", Role.OFFICER, Restriction.HATE)
    old, new = await a_case(town, cleo), await a_case(town, cleo)
    await town.write(case_merge.merge, hal, old, new)
    await town.write(restrict_case, hal, new, Restriction.HATE, "Slurs")
    for gone in (old, new):
        answer = await browser.get(f"{CASES}/{gone}")
        assert answer.status == 404
        assert "Slurs" not in answer.text
    lines = (await browser.get(f"{CASES}?state=all")).text
    assert old not in lines
    assert (await browser.post(f"{CASES}/{old}/note", text="Mine")).status == 404
