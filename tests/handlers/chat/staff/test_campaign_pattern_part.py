"""What a recurring campaign says, changed in chat part by part: its drafts follow, its approval is gone."""

from __future__ import annotations

from typing import Any

import pytest

from store.actions import campaign_pattern
from store.domain.campaign_pattern import Pattern
from store.domain.staff import Role
from store.queries import campaign_patterns, campaigns, chat
from tests.handlers.chat.staff.conftest import Office
from tests.support.campaign_files import SHOWS, attached_to_pattern
from tests.support.campaign_patterns import TUESDAYS, a_pattern, plan
from tests.support.campaigns import LOCKS, facts
from tests.support.papers import PAPER
from tests.support.pictures import jpeg
from tests.support.triage_factory import PROFILE

AREA = PROFILE.areas[0]


async def known(office: Office, reference: str) -> Pattern:
    return (await office.town.read(campaign_patterns.page, office.cleo.staff, reference)).pattern


@pytest.mark.parametrize(
    ("part", "steps", "then"),
    [
        ("Name", ["Bikes"], {"title": "Bikes"}),
        ("＋ Czech", ["Zamkněte kůlnu."], {"texts": {**LOCKS.texts, "cs": "Zamkněte kůlnu."}}),
        ("✓ Polish", ["[Take the Polish words off]"], {"texts": {"en": LOCKS.texts["en"]}}),
        ("Areas", [f"[2. ☐ {AREA.name}]", "[Done]"], {"places": frozenset({AREA.code})}),
        ("Spread over hours", ["4"], {"spread": 4}),
        ("Public page", ["[No, keep it off]"], {"public": False}),
    ],
)
async def test_a_part_is_asked_and_kept_and_its_draft_follows(
    office: Office, part: str, steps: list[str], then: dict[str, Any]
) -> None:
    phone, reference = office.phone, await a_pattern(office.town, office.cleo, TUESDAYS)
    await phone.tap_data(f"s:pattern:{reference}:")
    await phone.tap("What it says")
    assert "Its drafts change with it." in phone.text
    assert "When" not in phone.labels
    await phone.tap(part)
    for step in steps:
        await (phone.tap(step.strip("[]")) if step.startswith("[") else phone.say(step))
    assert phone.text.startswith("Kept.\n\nWhat of “")
    assert (await known(office, reference)).plan == plan(TUESDAYS, **then)
    [made] = await office.town.read(campaigns.listing, office.cleo.staff)
    assert made.facts == facts(send_at=made.facts.send_at, **then)
    assert (await office.town.read(chat.who, phone.user_id)).draft is None
    await phone.tap("Back to the recurring campaign")
    assert phone.text.startswith("Recurring campaign")


async def test_an_approval_for_all_its_times_is_gone_with_a_change_and_that_is_said(office: Office) -> None:
    town, phone = office.town, office.phone
    sue, _ = await office.colleague("Sue", Role.SUPERVISOR)
    reference = await a_pattern(town, office.cleo, TUESDAYS)
    await town.write(campaign_pattern.approve, sue, reference)
    for said, told in (
        ("Lock your shed", "Nothing of it changed."),
        ("Bikes", "Kept. It has to be approved for all its times anew."),
    ):
        await phone.tap_data(f"s:pattern_part:{reference}:title")
        await phone.say(said)
        assert phone.text.startswith(told)
    assert (await known(office, reference)).approved_at is None


async def test_what_somebody_else_changed_meanwhile_is_shown_first(office: Office) -> None:
    phone, reference = office.phone, await a_pattern(office.town, office.cleo, TUESDAYS)
    sue, _ = await office.colleague("Sue", Role.SUPERVISOR)
    await phone.tap_data(f"s:pattern_part:{reference}:title")
    barns = plan(TUESDAYS, title="Barns")
    await office.town.write(campaign_pattern.change, sue, reference, barns, PROFILE.district)
    await phone.say("Bikes")
    assert phone.text.startswith("Sue changed it meanwhile")
    assert "Barns" in phone.text
    assert (await known(office, reference)).plan == barns
    await phone.tap("Put mine in all the same")
    assert (await known(office, reference)).plan == plan(TUESDAYS, title="Bikes")


async def test_it_has_no_time_of_its_own_and_one_that_ended_is_left_as_it_is(office: Office) -> None:
    phone, reference = office.phone, await a_pattern(office.town, office.cleo)
    await phone.tap_data(f"s:pattern_part:{reference}:when")
    assert phone.text == ""
    await office.town.write(campaign_pattern.end, office.cleo, reference)
    for verb in ("parts", "part", "file"):
        await phone.tap_data(f"s:pattern_{verb}:{reference}:title")
        assert phone.toast == "That cannot be done with a recurring campaign that is: Ended."


async def test_its_file_is_taken_off_with_that_of_its_draft(office: Office) -> None:
    town, phone = office.town, office.phone
    reference = await a_pattern(town, office.cleo)
    [made] = await town.read(campaigns.listing, office.cleo.staff)
    for body, now in ((jpeg(), f"It has a picture ({SHOWS}) now."), (PAPER, "It has a PDF now.")):
        await town.write(attached_to_pattern, office.cleo, reference, body)
        await phone.tap_data(f"s:pattern_file:{reference}:")
        assert now in phone.text
    await phone.say("this one")
    assert "I wait for a picture or a PDF." in phone.text
    await phone.tap("Take it off")
    assert phone.text.startswith("It is taken off.\n\nRecurring campaign")
    assert (await town.read(campaign_patterns.page, office.cleo.staff, reference)).file is None
    assert (await town.read(campaigns.page, office.cleo.staff, made.reference)).file is None
