"""Recurring campaigns in the console: a rule chosen, its days looked at and confirmed, its times made."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from store.actions import reference
from store.domain.campaign_button import CampaignButton
from store.domain.campaign_rule import CampaignRule, Kind
from store.domain.school import SchoolYear, Term
from store.domain.staff import By, Role
from store.queries import campaigns
from tests.handlers.web.console.test_campaigns import NEW as OF_CAMPAIGN
from tests.handlers.web.console.test_campaigns import do
from tests.support.campaign_patterns import FROST, REACTIVE, TUESDAYS, a_pattern
from tests.support.console import Console, Visitor
from tests.support.page_forms import form_of
from tests.support.triage_factory import PROFILE, Town

PATH = "/console/campaigns/recurring"
FORM = f"{PATH}/draft#pattern-days"
SECOND_TUESDAY = {"repeat": "weekday", "month": "2", "nth": "2", "weekday": "1", "sure": "no"}
NEW: dict[str, Any] = OF_CAMPAIGN | SECOND_TUESDAY


@pytest.fixture
async def supervisor(console: Console) -> Visitor:
    visitor = console.visitor()
    await visitor.sign_in(await console.staff("hal", Role.SUPERVISOR))
    return visitor


async def new_form(visitor: Visitor) -> dict[str, Any]:
    return form_of((await visitor.get(f"{PATH}/new")).text, FORM) | NEW


async def test_a_rule_is_chosen_its_days_shown_and_a_draft_made_whose_days_are_confirmed(
    browser: Visitor, supervisor: Visitor, town: Town, cleo: By
) -> None:
    form = await new_form(browser)
    shown = await browser.post(f"{PATH}/draft", **form)
    assert "Every year on the second Tuesday of February" in shown.text
    assert "9 February 2027" in shown.text
    assert form_of(shown.text, FORM)["title"] == "Lock your shed"
    made = await browser.post(f"{PATH}/new", **form)
    path = made.location.partition("?")[0]
    text = (await browser.get(path)).text
    assert "9 February 2027" in text
    assert "A person confirms the days each time." in text
    assert "Lock your shed" in (await browser.get(PATH)).text
    draft = (await do(browser, path, "occurrence")).location.partition("?")[0]
    text = (await browser.get(draft)).text
    assert "9 February 2027 is a proposal" in text
    assert "Days to be confirmed" in (await browser.get("/console/campaigns")).text
    refused = await do(browser, draft, "submission")
    assert "Its days are a proposal. Confirm them first." in refused.text
    confirmed = await do(browser, draft, "days", first="2027-02-16", last="")
    assert confirmed.location.endswith("done=campaign-days-confirmed")
    assert "16 February 2027, 9am" in (await browser.get(draft)).text
    assert "Days to be confirmed" not in (await browser.get("/console/campaigns")).text
    assert (await do(browser, draft, "submission")).status == 303
    assert (await do(supervisor, draft, "approval")).status == 303
    [known] = await town.read(campaigns.listing, cleo.staff)
    assert known.approver == "Hal"


async def test_a_supervisor_takes_the_calendar_over_and_each_entry_has_a_draft(
    browser: Visitor, supervisor: Visitor, town: Town, cleo: By
) -> None:
    await town.write(reference.seed, replace(PROFILE, calendar=(FROST,)))
    assert "Take over the calendar" not in (await browser.get(PATH)).text
    assert "has 1 more" in (await supervisor.get(PATH)).text
    form = form_of((await supervisor.get(PATH)).text, f"{PATH}/calendar")
    for _ in range(2):
        taken = await supervisor.post(f"{PATH}/calendar", **form)
        assert taken.location.endswith("done=calendar-taken-over")
    text = (await supervisor.get(PATH)).text
    assert "First frost" in text
    assert "Take over the calendar" not in text
    [draft] = await town.read(campaigns.listing, cleo.staff)
    assert (draft.facts.title, draft.author) == ("First frost", "Hal")
    page = (await browser.get(f"/console/campaigns/{draft.reference}")).text
    assert "It comes from the recurring campaign" in page


async def test_mistakes_come_back_with_what_was_typed(browser: Visitor) -> None:
    form = await new_form(browser)
    for wrong, said in (
        ({"repeat": "nonsense"}, "Choose how often it comes back."),
        ({"repeat": "days", "from_day": "30", "month": "2"}, "It can never come like that."),
        ({"at": "01:30"}, "Not between one and two at night"),
        ({"at": "soon"}, "Give the time as hours and minutes"),
        ({"text-en": ""}, "Write what it says in English."),
    ):
        refused = await browser.post(f"{PATH}/new", **(form | wrong))
        assert refused.status == 422, wrong
        assert said in refused.text, wrong
        assert "Lock your shed" in refused.text
    refused = await browser.post(f"{PATH}/draft", **(form | {"repeat": "weekly", "day": "soon"}))
    assert refused.status == 422
    assert "Give the day as a date" in refused.text


async def test_it_is_changed_approved_for_all_its_times_paused_and_ended(
    browser: Visitor, supervisor: Visitor, town: Town, cleo: By
) -> None:
    path = f"{PATH}/{await a_pattern(town, cleo, TUESDAYS)}"
    assert "Approve it for all its times" not in (await browser.get(path)).text
    await do(browser, path, "change", title="Each week", at="18:30")
    text = (await supervisor.get(path)).text
    assert "18:30" in text
    assert "Each week" in text
    assert (await do(supervisor, path, "approval")).location.endswith("done=pattern-approved")
    assert "it goes out by itself until" in (await browser.get(path)).text
    assert (await do(browser, path, "pause")).location.endswith("done=pattern-paused")
    assert (await do(browser, path, "resumption")).location.endswith("done=pattern-resumed")
    assert (await do(browser, path, "ending")).location.endswith("done=pattern-ended")
    text = (await browser.get(path)).text
    assert "Change it" not in text
    assert "Ended" in (await browser.get(PATH)).text


async def test_what_rests_on_school_terms_says_where_these_are_from(
    browser: Visitor, town: Town, cleo: By
) -> None:
    term = Term(date(2027, 1, 4), date(2027, 2, 12))
    years = (SchoolYear("2026-27", "A letter of the county", (term,), proposal=True),)
    await town.write(reference.seed, replace(PROFILE, school_years=years))
    rule = CampaignRule(Kind.TERM, school_days=10)
    text = (await browser.get(f"{PATH}/{await a_pattern(town, cleo, rule)}")).text
    assert "The first 10 school days of each term" in text
    assert "4 to 15 January 2027" in text
    assert "A letter of the county" in text
    assert "Proposal" in text


async def test_a_rule_for_which_the_form_has_no_fields_stays_with_a_change_of_the_words(
    browser: Visitor, town: Town, cleo: By
) -> None:
    several = replace(TUESDAYS, rrule="FREQ=WEEKLY;BYDAY=MO,TH")
    path = f"{PATH}/{await a_pattern(town, cleo, several)}"
    changed = await do(browser, path, "change", title="Twice a week")
    assert changed.location.endswith("done=pattern-changed")
    text = (await browser.get(path)).text
    assert "Twice a week" in text
    assert "As now: every week on Monday and Thursday" in text


async def test_what_has_no_date_is_made_when_it_is_needed(browser: Visitor, town: Town, cleo: By) -> None:
    path = f"{PATH}/{await a_pattern(town, cleo, REACTIVE)}"
    assert "No day is known. A person says when." in (await browser.get(path)).text
    refused = await do(browser, path, "occurrence", first="2026-12-05", last="2026-12-01")
    assert "The last day is before the first." in refused.text
    assert (await do(browser, path, "occurrence")).status == 303
    assert "No days yet" in (await browser.get(path)).text


async def test_its_page_says_what_can_be_tapped_under_it_and_for_whom_it_is(
    browser: Visitor, town: Town, cleo: By
) -> None:
    plain = (await browser.get(f"{PATH}/{await a_pattern(town, cleo)}")).text
    assert not {"<dt>Read more</dt>", "<dt>Buttons</dt>", "<dt>Public page</dt>"} & set(terms(plain))
    leads: dict[str, Any] = {
        "link": "https://safety.example/sheds",
        "buttons": frozenset({CampaignButton.REPORT}),
    }
    some: dict[str, Any] = {"category": "noise.domestic", "languages": frozenset({"pl"}), "public": False}
    text = (await browser.get(f"{PATH}/{await a_pattern(town, cleo, **leads, **some)}")).text
    for said in (
        "<dt>Read more</dt><dd>https://safety.example/sheds</dd>",
        "<dt>Buttons</dt><dd>Report this (Noise from a home)</dd>",
        "<dd>Safety campaigns, who read Polish</dd>",
        "<dt>Public page</dt><dd>Not there</dd>",
    ):
        assert said in text, said


def terms(page: str) -> list[str]:
    return re.findall(r"<dt>[^<]*</dt>", page)
