"""The days of a recurring campaign confirmed in chat: what is proposed, or others in words."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from store.actions import campaign_by_hand
from store.domain.campaign import Campaign
from store.domain.staff import Role
from store.queries import campaigns
from tests.handlers.chat.staff.conftest import Office
from tests.support.campaign_patterns import MAY, REACTIVE, a_pattern
from tests.support.campaigns import a_draft


async def known(office: Office, reference: str) -> Campaign:
    return await office.town.read(campaigns.find, office.cleo.staff, reference)


async def of_pattern(office: Office, **other: Any) -> str:
    """The draft of the next time of a recurring campaign."""
    await a_pattern(office.town, office.cleo, **other)
    return (await office.town.read(campaigns.listing, office.cleo.staff))[0].reference


async def test_days_that_are_a_proposal_are_confirmed_before_it_is_sent_for_approval(office: Office) -> None:
    phone, reference = office.phone, await of_pattern(office, sure=False)
    await phone.say("/campaigns")
    await phone.tap("Draft, confirm its days · Lock your shed")
    assert "its days: 10 December 2026 (a proposal)" in phone.text
    assert "Its days are to be confirmed before it can be sent for approval." in phone.text
    assert phone.labels[0] == "Confirm its days"
    assert "Send for approval" not in phone.labels
    await phone.tap_data(f"s:campaign_submit:{reference}:1")
    assert phone.toast == "Its days are a proposal. Confirm them first."
    await phone.tap("Confirm its days")
    assert "Its days: 10 December 2026. That is a proposal." in phone.text
    await phone.tap("On 10 December 2026")
    assert phone.text.startswith("Its days are confirmed: 10 December 2026.")
    assert phone.labels[0] == "Send for approval"
    assert "Goes out: Thursday 10 December, 09:00" in phone.text
    await phone.tap("More")
    await phone.tap("Its days")
    assert "That is a proposal" not in phone.text
    await phone.say("14 to 16 December")
    assert "Goes out: Monday 14 December, 09:00" in phone.text
    assert (await known(office, reference)).author == "Cleo"


@pytest.mark.parametrize(
    ("rule", "said", "offers"),
    [
        (MAY, "Its days: 1 to 31 May 2027. That is a proposal.", ["On 1 to 31 May 2027"]),
        (REACTIVE, "Its days are not known yet.", []),
    ],
)
async def test_days_that_nobody_knows_are_written(
    office: Office, rule: Any, said: str, offers: list[str]
) -> None:
    phone = office.phone
    pattern = await a_pattern(office.town, office.cleo, rule, sure=False)
    reference = await office.town.write(campaign_by_hand.make_one, office.cleo, pattern)
    await phone.tap_data(f"s:campaign_days:{reference}:")
    assert said in phone.text
    assert phone.labels == [*offers, "Leave it as it is"]
    await phone.say("soon")
    assert "I cannot read which days." in phone.text
    await phone.say("1 January 2026")
    assert "These days are over." in phone.text
    await phone.say("12 to 20 May 2027")
    assert phone.text.startswith("Its days are confirmed: 12 to 20 May 2027.")
    assert "its days: 12 to 20 May 2027" in phone.text
    assert "Goes out: Wednesday 12 May 2027, 09:00" in phone.text
    assert (await known(office, reference)).facts.send_at == datetime(2027, 5, 12, 8, tzinfo=UTC)


async def test_days_that_were_confirmed_meanwhile_are_shown_first(office: Office) -> None:
    phone, reference = office.phone, await of_pattern(office, sure=False)
    sue, _ = await office.colleague("Sue", Role.SUPERVISOR)
    await phone.tap_data(f"s:campaign_days:{reference}:")
    await office.town.write(campaign_by_hand.confirm_days, sue, reference, date(2026, 12, 14))
    await phone.tap("On 10 December 2026")
    assert phone.text.startswith("Sue changed it meanwhile")
    assert "its days: 14 December 2026" in phone.text
    await phone.tap("Put mine in all the same")
    assert "Goes out: Thursday 10 December" in phone.text


async def test_one_that_stands_alone_has_no_days(office: Office) -> None:
    await office.phone.tap_data(f"s:campaign_days:{await a_draft(office.town, office.cleo)}:")
    assert office.phone.toast == "This campaign does not come again, so it has no days to confirm."
