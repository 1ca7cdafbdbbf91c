"""A campaign from its first word in an officer's chat to those who subscribed, also over a restart."""

from __future__ import annotations

import pytest

from notifications import campaign_news
from notifications.timetable import send_campaigns
from store.actions import staff
from store.domain.actor import SYSTEM
from store.domain.staff import Role
from store.engine import Session
from tests.support.form import say, tap
from tests.support.news import subscribe
from tests.support.pictures import jpeg
from tests.support.town import Town

WORDS = "Lock your shed tonight. Ask {partnership}."


def _supervisor(session: Session, name: str, chat_id: int) -> None:
    member = staff.add(session, SYSTEM, name, "Sue Example", Role.SUPERVISOR)
    staff.link(session, staff.start_link(session, member.id), chat_id)


async def test_it_is_written_in_chat_approved_in_chat_and_reaches_who_subscribed(
    own_town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(campaign_news, "LOOK_SECONDS", 0.05)
    town, cleo = own_town, own_town.cleo
    sue = town.emulator.person("Sue")
    await town.house.write(_supervisor, f"sue{sue.id}", sue.id)
    await subscribe(town.ada, "campaigns")
    town.ada.mark()

    await say(cleo, "/campaign")
    await say(cleo, "Sheds")
    await tap(cleo, "campaigns")
    await town.settled()
    await town.house.restart()
    assert "half written: “Sheds”" in (await say(cleo, "/campaign")).text
    cleo.tap("Go on")
    await cleo.wait_for("in English")
    await say(cleo, WORDS)
    await tap(cleo, "~sa")
    await tap(cleo, "everywhere")
    await tap(cleo, "~d")
    await tap(cleo, "~s")
    cleo.mark()
    cleo.tap("As soon as it is approved")
    review = await cleo.wait_for("Would hear of it now: 1 person")
    shown = [bubble.text for bubble in cleo.news if bubble.text.startswith("Lock your shed tonight")]
    assert shown == [WORDS.format(partnership=town.house.app.reference.profile.district.partnership)]
    cleo.tap("Send for approval", review)
    done = await cleo.wait_for("waits for the approval")
    assert "Approve" not in done.labels

    told = await sue.wait_for("Cleo Example wrote a campaign that waits for approval: “Sheds”")
    listed = await say(sue, "/campaigns")
    assert listed.labels == ["Waits for approval · Sheds"]
    sue.tap("Open the campaign", told)
    await sue.wait_for("Written by: Cleo Example")
    sue.tap("Approve")
    await sue.wait_for("Approved by: Sue Example")
    await cleo.wait_for("Sue Example approved your campaign “Sheds”")
    await send_campaigns(town.house.app.store)
    assert (await town.ada.wait_for("Lock your shed tonight")).text == shown[0]
    await cleo.wait_for("has gone out: sent to 1 of 1")
    cleo.tap("s:campaign:", done)
    await cleo.wait_for("1 of 1 done: 1 sent")
    assert town.desk.transcript() == ""


async def test_edits_commands_and_a_whole_report_in_between_lose_nothing(town: Town) -> None:
    cleo = town.cleo
    await say(cleo, "/campaign")
    await say(cleo, "Shedds")
    named = next(bubble.id for bubble in cleo.messages if bubble.text == "Shedds")
    await tap(cleo, "surveys")
    cleo.mark()
    cleo.edit(named, "Sheds")
    await cleo.wait_for("in English")
    await say(cleo, "Tell us how safe you feel.")
    assert "stop and delete" in (await say(cleo, "/cancel")).text
    cleo.tap("Carry on")
    await cleo.wait_for("The same in Polish?")
    cleo.send_photo(jpeg())
    await cleo.wait_for("A picture or document is added in the console")

    reference = await town.report(cleo, group="other")
    assert "half written: “Sheds”" in (await say(cleo, "/campaign")).text
    cleo.tap("Go on")
    await cleo.wait_for("The same in Polish?")
    await tap(cleo, "~sa")
    await tap(cleo, "everywhere")
    await tap(cleo, "~d")
    await tap(cleo, "~s")
    cleo.mark()
    await say(cleo, "Friday 9am")
    review = await cleo.wait_for("Goes out: Friday 27 November, 09:00")
    assert "Name: Sheds" in review.text
    cleo.tap("Keep as draft", review)
    await cleo.wait_for("It is kept as a draft.")
    assert await town.draft(cleo) is None
    assert reference
