from __future__ import annotations

import html
import re
from dataclasses import replace
from typing import Any

import pytest

from store.actions import message, triage
from store.domain.actor import Channel
from store.domain.event import Action
from store.domain.reference import Restriction
from store.domain.staff import By, Role
from tests.support.console import Console, Visitor
from tests.support.triage_factory import Town, counted

REPORTS = "/console/reports"


async def officer(console: Console, *grants: Restriction, name: str = "cleo") -> Visitor:
    browser = console.visitor()
    await browser.sign_in(await console.staff(name, Role.OFFICER, *grants))
    return browser


async def test_the_queue_shows_reference_place_priority_and_target(console: Console, town: Town) -> None:
    browser = await officer(console)
    reference = await town.report()
    text = (await browser.get(REPORTS)).text
    assert reference in text
    assert "Central-Harbour" in text
    assert "Noise from a home" in text
    assert "Due Mon 30 Nov, 5pm" in text
    assert "Nobody has it" in text


async def test_lists_go_by_state_a_page_at_a_time(console: Console, town: Town) -> None:
    browser = await officer(console)
    references = [await town.report() for _ in range(23)]
    first = (await browser.get(REPORTS)).text
    assert first.count("Nobody has it") == 20
    assert "23 reports" in first
    path = re.search(r'rel="next" href="([^"]+)"', first)
    assert path
    second = (await browser.get(html.unescape(path.group(1)))).text
    assert second.count("Nobody has it") == 3
    assert all(reference in second for reference in references[20:])
    assert "23 reports" in second
    assert "Next page" not in second
    assert "hx-trigger" in first
    assert "hx-trigger" not in second
    assert (await browser.get(f"{REPORTS}?view=all")).text.count("Nobody has it") == 20
    assert "No reports here." in (await browser.get(f"{REPORTS}?view=rejected")).text
    assert (await browser.get(f"{REPORTS}?view=nonsense")).text.count("Nobody has it") == 20


async def test_a_report_shows_every_answer_and_that_it_was_opened_is_recorded(
    console: Console, town: Town
) -> None:
    browser = await officer(console)
    answers: dict[str, Any] = {
        "when": "last_night",
        "still": "yes",
        "often": "weekly",
        "extra.odd": "<b>bold</b>",
    }
    reference = await town.report(what="It began\nat nine", **answers)
    text = (await browser.get(f"{REPORTS}/{reference.lower()}")).text
    for shown in (
        "It began\nat nine",
        "by the harbour",
        "51.33430, 1.41220",
        "Last night",
        "Every week",
    ):
        assert shown in text
    assert "&lt;b&gt;bold&lt;/b&gt;" in text
    assert "<b>" not in text
    assert await town.how_often(Action.REPORT_OPENED) == 1


async def test_words_in_another_language_are_marked_as_such(console: Console, town: Town) -> None:
    browser = await officer(console)
    reporter = replace(await town.resident(), language="pl")
    reference = await town.report(reporter, what="Hałas", when={"words": "wczoraj"})
    text = (await browser.get(f"{REPORTS}/{reference}")).text
    for words in ("Hałas", "wczoraj", "by the harbour"):
        assert f'<dd lang="pl">{words}' in text
    assert "<dd>Polish" in text


async def test_an_anonymous_reporter_has_no_name_on_the_page(console: Console, town: Town) -> None:
    browser = await officer(console)
    reporter = await town.resident("Ada Marsh")
    hidden = await town.report(reporter, identity="anonymous")
    text = (await browser.get(f"{REPORTS}/{hidden}")).text
    assert "Ada" not in text
    assert str(reporter.chat_id) not in text
    assert "Anonymous: staff do not know who it is" in text
    named = await town.report(reporter)
    assert "Ada Marsh" in (await browser.get(f"{REPORTS}/{named}")).text


async def test_a_restricted_report_is_there_only_for_those_granted_its_kind(
    console: Console, town: Town
) -> None:
    granted = await officer(console, Restriction.HATE)
    other = console.visitor()
    await other.sign_in(await console.staff("dan", Role.SUPERVISOR))
    reference = await town.report(category="street.hate")
    for browser, status in ((granted, 200), (other, 404)):
        assert (await browser.get(f"{REPORTS}/{reference}")).status == status
        assert (reference in (await browser.get(REPORTS)).text) is (status == 200)
    for deed in ("taking", "case", "note", "question", "rejection"):
        answer = await other.post(f"{REPORTS}/{reference}/{deed}", text="x", reason="not_asb")
        assert answer.status == 404, deed


async def test_taking_twice_is_harmless_and_a_colleague_is_told_who_has_it(
    console: Console, town: Town
) -> None:
    cleo, dan = await officer(console), console.visitor()
    await dan.sign_in(await console.staff("dan"))
    reference = await town.report()
    await cleo.get(f"{REPORTS}/{reference}")
    said = f"{REPORTS}/{reference}?done=taken"
    for _tap in range(2):
        assert (await cleo.post(f"{REPORTS}/{reference}/taking", version="1")).location == said
    assert "This report is yours to decide." in (await cleo.get(said)).text
    refused = await dan.post(f"{REPORTS}/{reference}/taking", version="1")
    assert refused.status == 403
    assert "Cleo has taken this report." in refused.text
    assert (await cleo.post(f"{REPORTS}/{reference}/release")).status == 303
    assert (await dan.post(f"{REPORTS}/{reference}/taking", version="3")).status == 303


DECISIONS = ("case", "case-addition", "signposting", "rejection", "release")


async def test_what_a_colleague_took_offers_its_decisions_to_a_supervisor_only(
    console: Console, town: Town
) -> None:
    cleo, dan, sue = await officer(console), console.visitor(), console.visitor()
    await dan.sign_in(await console.staff("dan"))
    await sue.sign_in(await console.staff("sue", Role.SUPERVISOR))
    path = f"{REPORTS}/{await town.report()}"
    await cleo.get(path)
    await cleo.post(f"{path}/taking", version="1")
    for browser, offered in ((cleo, True), (dan, False), (sue, True)):
        text = (await browser.get(path)).text
        assert [f'action="{path}/{deed}"' in text for deed in DECISIONS] == [offered] * len(DECISIONS)
        assert ("Only they or a supervisor decide on it." in text) is not offered
    refused = await dan.post(f"{path}/rejection", version="2", reason="duplicate", words="My long words")
    assert refused.status == 403
    assert "My long words</textarea>" in refused.text
    assert (await sue.post(f"{path}/release", version="2")).status == 303


async def test_a_second_writer_is_told_and_keeps_what_was_typed(console: Console, town: Town) -> None:
    cleo = await officer(console)
    dan = By(await console.staff("dan"), Channel.WEB)
    reference = await town.report()
    await cleo.get(f"{REPORTS}/{reference}")
    await town.write(triage.take, dan, reference)
    await town.write(triage.release, dan, reference)
    answer = await cleo.post(
        f"{REPORTS}/{reference}/rejection", version="1", reason="duplicate", words="My long words"
    )
    assert answer.status == 409
    assert "Dan changed this report (23 November 2026, 9:01am)" in answer.text
    assert "My long words</textarea>" in answer.text
    assert 'value="duplicate" checked' in answer.text
    again = await cleo.post(
        f"{REPORTS}/{reference}/rejection", version="3", reason="duplicate", words="My long words"
    )
    assert again.location == f"{REPORTS}/{reference}?done=rejected"


async def test_a_case_is_opened_once_and_a_second_report_is_added_to_it(console: Console, town: Town) -> None:
    browser = await officer(console)
    first, second = await town.report(), await town.report()
    places = {(await browser.post(f"{REPORTS}/{first}/case")).location for _tap in range(2)}
    [place] = places
    assert place.startswith(f"{REPORTS}/{second}?about=")
    case = place.split("&")[0].rsplit("%2F", 1)[1]
    text = (await browser.get(f"{REPORTS}/{second}")).text
    assert f'name="case" value="{case}"' in text
    added = await browser.post(f"{REPORTS}/{second}/case-addition", other=case.lower().replace("-", " "))
    assert added.location == f"/console/cases/{case}?done=report-added"


@pytest.mark.parametrize(
    ("deed", "form", "status", "said"),
    [
        ("case-addition", {}, 422, "Choose a case, or type its reference."),
        ("case-addition", {"other": "K7M-4XQ-9PC"}, 404, "There is no such case"),
        ("question", {"text": "  "}, 422, "Write something first."),
        ("reply", {"text": "x" * 3_501}, 422, "at most 3500 characters"),
        ("signposting", {"reason": "not_asb", "words": "kept words"}, 422, "Choose a reason."),
        ("rejection", {"words": "kept words"}, 422, "Choose a reason."),
    ],
)
async def test_a_mistake_is_named_beside_the_form_and_nothing_typed_is_lost(
    console: Console, town: Town, deed: str, form: dict[str, Any], status: int, said: str
) -> None:
    browser = await officer(console)
    reference = await town.report()
    await browser.get(f"{REPORTS}/{reference}")
    answer = await browser.post(f"{REPORTS}/{reference}/{deed}", **form)
    assert answer.status == status
    assert answer.text.count(said) == 2
    assert f'<details id="{deed}" open>' in answer.text
    for typed in form.values():
        assert typed.strip() in answer.text


@pytest.mark.parametrize(("deed", "reason"), [("signposting", "other_service"), ("rejection", "not_asb")])
async def test_a_report_is_closed_with_a_reason(console: Console, town: Town, deed: str, reason: str) -> None:
    browser = await officer(console)
    reference = await town.report()
    await browser.get(f"{REPORTS}/{reference}")
    done = await browser.post(f"{REPORTS}/{reference}/{deed}", reason=reason, words="Try the council.")
    page = await browser.get(done.location)
    assert "Closed because" in page.text
    assert "Open a case" not in page.text
    late = await browser.post(f"{REPORTS}/{reference}/question", text="When?")
    assert (late.status, "This report is closed" in late.text) == (422, True)


async def test_questions_answers_replies_and_notes_are_on_the_page(console: Console, town: Town) -> None:
    browser = await officer(console)
    ada = await town.resident()
    reference = await town.report(ada)
    await browser.get(f"{REPORTS}/{reference}")
    await browser.post(f"{REPORTS}/{reference}/taking")
    for deed, text in (("question", "Which\r\nnights?"), ("reply", "Thank you."), ("note", "Known here.")):
        assert (await browser.post(f"{REPORTS}/{reference}/{deed}", text=text)).status == 303
    asked = town.last(Action.QUESTION_ASKED)
    assert asked["text"] == "Which\nnights?"
    await town.write(message.answer, ada, asked["message_id"], "Fridays")
    assert "1 new" in (await browser.get(REPORTS)).text
    page = (await browser.get(f"{REPORTS}/{reference}")).text
    for shown in ("Which\nnights?", "Fridays", "Thank you.", "Note, for staff only", ">New</span>"):
        assert shown in page
    assert "1 new" not in (await browser.get(REPORTS)).text


async def test_pages_ask_the_database_a_known_number_of_times(console: Console, town: Town) -> None:
    browser = await officer(console)
    reference = await town.report()
    for _ in range(3):
        await town.report()
    await browser.get(REPORTS)
    expected = {REPORTS: 5, "/console": 7, "/console/account": 2, "/console/system": 5}
    for path, number in expected.items():
        with counted() as sent:
            assert (await browser.get(path)).status == 200
        assert len(sent) == number, (path, sent)
    with counted() as sent:
        await browser.get(f"{REPORTS}/{reference}")
    assert len(sent) <= 16, sent
