"""What is refused in chat is said there, and nothing of it is written: the turn goes on and commits."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import update

from handlers.chat.chat_form import FORMS
from handlers.chat.staff import deeds
from store.actions import campaign_sending, message, triage
from store.domain import staff_form
from store.domain.campaign import Campaign, CampaignState
from store.domain.errors import Refusal
from store.domain.event import Action
from store.domain.rounds import Round
from store.domain.staff import By, Role
from store.engine import Session
from store.queries import campaign_occurrences, campaigns
from store.tables.campaign import CampaignRow
from tests.handlers.chat.staff.conftest import Office
from tests.support.campaign_patterns import a_pattern
from tests.support.campaigns import a_draft, approved, go_out, send_it, sending


async def known(office: Office, reference: str) -> Campaign:
    return await office.town.read(campaigns.find, office.cleo.staff, reference)


async def test_what_began_meanwhile_is_not_sent_back_and_keeps_its_approver(office: Office) -> None:
    sue, hers = await office.colleague("Sue", Role.SUPERVISOR)
    reference = await approved(office.town, office.cleo, sue)
    await hers.tap_data(f"s:campaign_return:{reference}:")
    await go_out(office.town)
    await hers.say("Say which sheds.")
    assert "Nothing was done." in hers.text
    found = await known(office, reference)
    assert (found.state, found.approver) == (CampaignState.SENDING, "Sue")


async def test_what_goes_out_is_not_approved_by_another(office: Office) -> None:
    sue, _ = await office.colleague("Sue", Role.SUPERVISOR)
    _, his = await office.colleague("Hal", Role.SUPERVISOR)
    reference = await sending(office.town, office.cleo, sue)
    await his.tap_data(f"s:campaign_approve:{reference}:")
    assert (await known(office, reference)).approver == "Sue"


async def test_what_is_sent_is_not_cancelled_and_ended_when_it_did(office: Office) -> None:
    sue, hers = await office.colleague("Sue", Role.SUPERVISOR)
    reference = await sending(office.town, office.cleo, sue)
    await office.town.write(campaign_sending.finish, Round())
    before = await known(office, reference)
    assert before.state is CampaignState.SENT
    office.town.pass_time(hours=1)
    await hers.tap_data(f"s:campaign_cancel_yes:{reference}:")
    assert (await known(office, reference)).finished_at == before.finished_at


async def test_days_of_what_began_meanwhile_stay_as_they_are(office: Office) -> None:
    phone, town = office.phone, office.town
    sue, _ = await office.colleague("Sue", Role.SUPERVISOR)
    await a_pattern(town, office.cleo)
    reference = (await town.read(campaigns.listing, office.cleo.staff))[0].reference
    before = await known(office, reference)
    came = await town.read(campaign_occurrences.of_campaign, before.id)
    await phone.tap_data(f"s:campaign_days:{reference}:")
    await send_it(town, office.cleo, sue, reference)
    town.pass_time(days=(before.facts.send_at - town.clock.now()).days + 1)  # type: ignore[operator]
    await go_out(town)
    await phone.say("30 December")
    assert "changed it meanwhile" in phone.text
    await phone.tap("Put mine in all the same")
    after = await town.read(campaign_occurrences.of_campaign, before.id)
    assert came is not None
    assert after == replace(came, state=CampaignState.SENDING)


async def test_a_deed_that_is_refused_half_done_leaves_nothing(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def half(session: Session, by: By, answers: deeds.Answers) -> str:
        message.note(session, by, answers["reference"], answers["text"])
        raise Refusal("report.closed")

    form = deeds.form_of(staff_form.NOTE, half)
    monkeypatch.setitem(FORMS, staff_form.NOTE.code, form)
    await office.phone.tap_data(f"s:note:{await office.town.report()}:")
    await office.phone.say("Seen there.")
    assert office.phone.text == "This report is closed. Nothing was done."
    assert await office.town.how_often(Action.NOTE_ADDED) == 0


async def test_a_tap_or_a_line_that_is_refused_half_done_leaves_nothing(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def half(session: Session, by: By, reference: str, *_words: str) -> None:
        message.note(session, by, reference, "Seen there.")
        raise Refusal("report.closed")

    for module, name in ((triage, "take"), (message, "reply")):
        monkeypatch.setattr(module, name, half)
    reference = await office.town.report()
    await office.phone.tap_data(f"s:take:{reference}:")
    assert "This report is closed." in office.phone.toast
    for line in (f"/take {reference}", f"/reply {reference} We are on it."):
        await office.phone.say(line)
        assert "This report is closed." in office.phone.text
    assert await office.town.how_often(Action.NOTE_ADDED) == 0


async def test_one_that_cannot_be_read_can_only_be_cancelled(office: Office) -> None:
    phone, reference = office.phone, await a_draft(office.town, office.cleo)
    await office.town.write(_break, reference)
    await phone.tap_data(f"s:campaign:{reference}:")
    assert "What is kept of it cannot be read." in phone.text
    assert phone.labels == ["Cancel it", "All campaigns"]
    for verb in ("try", "submit"):
        await phone.tap_data(f"s:campaign_{verb}:{reference}:")
        assert "It can only be cancelled." in phone.toast
    assert await office.town.how_often(Action.CAMPAIGN_TESTED) == 0
    await phone.tap_data(f"s:campaign:{reference}:")
    await phone.tap("Cancel it")
    await phone.tap("Yes, cancel it")
    assert phone.labels == ["All campaigns"]


async def test_nothing_of_one_that_cannot_be_read_is_asked_nor_kept(office: Office) -> None:
    phone, reference = office.phone, await a_draft(office.town, office.cleo)
    await phone.tap_data(f"s:campaign_again:{reference}:")
    await phone.say("every Tuesday")
    await phone.tap("At 09:00")
    await phone.tap("They are certain")
    await office.town.write(_break, reference)
    await phone.tap("Yes, make it recurring")
    assert phone.text.startswith("What is kept of it cannot be read. It can only be cancelled.")
    assert phone.labels == ["Cancel it", "All campaigns"]
    for verb in ("again", "part", "file", "change", "words", "more"):
        await phone.tap_data(f"s:campaign_{verb}:{reference}:title")
        assert phone.toast == "What is kept of it cannot be read. It can only be cancelled."
    assert await office.town.how_often(Action.PATTERN_MADE) == 0


def _break(session: Session, reference: str) -> None:
    session.execute(update(CampaignRow).where(CampaignRow.reference == reference).values(facts={}))
