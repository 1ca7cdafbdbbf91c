from __future__ import annotations

from dataclasses import replace
from typing import Any

from store.actions import entry, resident, triage
from store.domain.actor import Channel
from store.domain.event import Action
from store.domain.response_template import Purpose, ResponseTemplate
from store.domain.staff import By
from tests.handlers.web.console.test_reports import REPORTS, officer
from tests.support.case_file import another_report
from tests.support.console import Console, running_console
from tests.support.deliveries import hush
from tests.support.triage_factory import PHONED, PROFILE, Town


async def test_colleagues_who_have_the_page_open_are_named(console: Console, town: Town) -> None:
    cleo, dan = await officer(console), await officer(console, name="dan")
    path = f"{REPORTS}/{await town.report()}"
    assert "this page open too" not in (await cleo.get(path)).text
    assert "Cleo has this page open too" in (await dan.get(path)).text
    piece = await cleo.get(f"{path}/company", **{"X-Background": "1"})
    assert "Dan has this page open too" in piece.text
    assert "<html" not in piece.text


async def test_a_template_fills_a_form_in_the_reporters_language(town: Town) -> None:
    words = {
        "en": "{officer} looks at {reference} about {category}, {place}",
        "pl": "{officer} patrzy na {reference}",
    }
    template = ResponseTemplate("look", "We look", Purpose.REPLY, words)
    profile = replace(PROFILE, templates=(template,))
    async with running_console(town, profile=profile) as console:
        browser = await officer(console)
        polish = await town.write(resident.meet, 77, "Ola", "pl")
        for reporter, told in (
            (polish, "Cleo patrzy na {0}"),
            (None, "Cleo looks at {0} about Noise from a home, by the harbour"),
        ):
            reference = await town.report(reporter)
            path = f"{REPORTS}/{reference}"
            offered = f'value="reply look" formaction="{path}/draft#reply"'
            assert offered in (await browser.get(path)).text
            text = (await browser.post(f"{path}/draft", template="reply look")).text
            assert f"{told.format(reference)}</textarea>" in text
            assert ("In English it says" in text) is (reporter is polish)
            assert "There is a problem" not in text
            for unknown in ("note look", "look", ""):
                assert "Cleo looks" not in (await browser.post(f"{path}/draft", template=unknown)).text


async def test_a_template_for_several_reporters_names_none_of_their_reports(town: Town) -> None:
    template = ResponseTemplate("look", "We look", Purpose.REPLY, {"en": "About {reference}, {place}: soon."})
    async with running_console(town, profile=replace(PROFILE, templates=(template,))) as console:
        browser = await officer(console)
        cleo = await town.staff("Dora")
        first = await town.report()
        reference = (await town.write(triage.open_case, cleo, first)).reference
        path = f"/console/cases/{reference}/draft"
        await browser.get(f"/console/cases/{reference}")
        text = (await browser.post(path, template="reply look")).text
        assert f"About {first}, by the harbour: soon.</textarea>" in text
        await another_report(town, cleo, reference)
        text = (await browser.post(path, template="reply look")).text
        assert "About {reference}, : soon.</textarea>" in text


async def test_a_template_comes_beneath_what_was_typed_and_nothing_is_sent(town: Town) -> None:
    words = {"en": "The warden comes on Monday."}
    templates = (
        ResponseTemplate("warden", "The warden", Purpose.REPLY, words),
        ResponseTemplate("over", "It is over", Purpose.CLOSURE, {"en": "It is over."}, (), ("resolved",)),
    )
    async with running_console(town, profile=replace(PROFILE, templates=templates)) as console:
        browser, cleo = await officer(console), await town.staff("Dora")
        report = await town.report()
        case = (await town.write(triage.open_case, cleo, report)).reference
        for path in (f"{REPORTS}/{report}", f"/console/cases/{case}"):
            await browser.get(path)
            typed: dict[str, Any] = {"text": "Dear Ada, thank you. ", "report": report, "version": "1"}
            text = (await browser.post(f"{path}/draft", template="reply warden", **typed)).text
            both = "Dear Ada, thank you.\n\nThe warden comes on Monday."
            assert f"{both}</textarea>" in text
            again = (await browser.post(f"{path}/draft", template="reply warden", text=both)).text
            assert f"{both}</textarea>" in again
            gone = (await browser.post(f"{path}/draft", template="reply gone", text=both)).text
            assert f"{both}</textarea>" in gone
        chosen: dict[str, Any] = {"words": "All is quiet.", "outcome": "warning_given"}
        text = (await browser.post(f"/console/cases/{case}/draft", template="closure over", **chosen)).text
        assert "All is quiet.\n\nIt is over.</textarea>" in text
        assert 'value="warning_given" selected' in text
        text = (await browser.post(f"/console/cases/{case}/draft", template="closure over")).text
        assert 'value="resolved" selected' in text
        assert '<span class="hint">Resolved</span></li>' in text
        assert await town.how_often(Action.REPLY_SENT) == await town.how_often(Action.CASE_CLOSED) == 0


async def test_a_case_says_whom_not_to_write_to_and_how_to_reach_whom(console: Console, town: Town) -> None:
    browser, cleo = await officer(console), await town.staff("Dora")
    ada = await town.resident()
    await town.write(hush, ada.chat_id)
    reference = (await town.write(triage.open_case, cleo, await town.report(ada))).reference
    page = (await browser.get(f"/console/cases/{reference}")).text
    assert page.count("Do not contact") == 3  # on the report, and in both lists of whom to write to
    phoned = (await town.write(entry.enter, cleo, PROFILE, PHONED)).reference
    alone = (await town.write(triage.open_case, cleo, phoned)).reference
    page = (await browser.get(f"/console/cases/{alone}")).text
    assert "Reach them at 01843 000000" in page
    assert "Ask or reply" not in page
    answer = await browser.post(f"/console/cases/{alone}/note", text="She was glad", spoke="yes")
    assert answer.location == f"/console/cases/{alone}?done=noted"
    assert "She was glad" in (await browser.get(answer.location)).text


async def test_closing_says_who_will_read_the_words(console: Console, town: Town) -> None:
    cleo = await officer(console)
    by = By(await console.staff("dan"), Channel.WEB)
    told = (await town.write(triage.open_case, by, await town.report())).reference
    phoned = [(await town.write(entry.enter, by, PROFILE, PHONED)).reference for _ in range(2)]
    alone = (await town.write(triage.open_case, by, phoned[0])).reference
    mixed = (await town.write(triage.open_case, by, await town.report())).reference
    await town.write(triage.add_to_case, by, phoned[1], mixed)
    for reference, said in (
        (told, "Everybody who reported it reads this. Say what was done"),
        (alone, "Nothing can be sent: it is kept here, tell them yourself. Say what was done"),
        (mixed, "Those with a chat read this; tell the others yourself. Say what was done"),
    ):
        assert said in (await cleo.get(f"/console/cases/{reference}")).text
