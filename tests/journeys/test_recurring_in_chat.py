"""A campaign that comes again from an officer's chat: of a draft, approved once, and out by itself."""

from __future__ import annotations

from notifications.timetable import come_again, send_campaigns
from store.actions import campaign_pattern
from store.queries import campaign_files
from tests.support.campaign_chat import begin, press, supervisor
from tests.support.campaign_patterns import TUESDAYS, plan
from tests.support.form import say
from tests.support.house import until
from tests.support.news import subscribe
from tests.support.pictures import jpeg
from tests.support.town import Town
from tests.support.triage_factory import PROFILE

WORDS = "Put your bin out tonight."


async def tick(town: Town, **later: float) -> None:
    town.pass_time(**later)
    await come_again(town.house.app.store)
    await send_campaigns(town.house.app.store)
    await town.settled()


def got(town: Town) -> list[str]:
    """What reached Ada of it, by kind of message."""
    return [one.kind for one in town.ada.messages if one.text == WORDS]


async def make_it_weekly(town: Town) -> None:
    """Make a draft with a picture come every Friday; the program restarts in the middle."""
    cleo = town.cleo
    await begin(cleo, "Bins", WORDS)
    await press(cleo, "Picture or PDF")
    cleo.send_photo(jpeg(), caption="A bin")
    await cleo.wait_for("Picture above the words: A bin")
    await press(cleo, "More")
    await press(cleo, "Make it recurring")
    assert "I cannot read when that is." in (await say(cleo, "on Fridays, mostly")).text
    await say(cleo, "on Fridays")
    await town.settled()
    await town.house.restart()
    await say(cleo, "9am")
    asked = await press(cleo, "They are certain")
    assert "Its next days: 27 November 2026; 4 December 2026; 11 December 2026." in asked.text
    card = await press(cleo, "Yes, make it recurring")
    assert "It comes again now." in card.text
    assert "Picture above the words: A bin" in card.text
    assert "Draft · 27 November 2026" in card.labels
    assert await town.draft(cleo) is None


async def test_a_weekly_campaign_is_made_approved_paused_and_ended_in_chat(own_town: Town) -> None:
    town, cleo, sue = own_town, own_town.cleo, await supervisor(own_town)
    await subscribe(town.ada, "campaigns")
    await make_it_weekly(town)
    await say(sue, "/campaigns")
    assert "Cancelled · Bins" in sue.last.labels
    await press(sue, "Recurring ones")
    card = await press(sue, "Comes again 27 November 2026 · Bins")
    assert WORDS in card.text
    card = await press(sue, "Approve for all its times")
    assert "It goes out by itself until" in card.text
    assert "Draft · 27 November 2026" not in card.labels

    await tick(town, days=1, hours=22)
    await until(lambda: got(town) == ["photo"])
    await tick(town, days=7)
    await until(lambda: got(town) == ["photo"] * 2)

    stale = await press(cleo, "Pause")
    assert "Approved for all its times by: Sue Example" in stale.text
    assert "Recurring campaign" in (await press(cleo, "Pause")).text
    await tick(town, days=7)
    assert got(town) == ["photo"] * 2
    await press(cleo, "Let it come again")
    await press(cleo, "End it")
    ended = await press(cleo, "Yes, end it")
    assert "· Ended\nBins" in ended.text
    await tick(town, days=7)
    assert got(town) == ["photo"] * 2
    assert "Ended · Bins" in (await press(cleo, "All recurring ones")).labels
    assert town.desk.transcript() == ""


async def test_a_picture_sent_to_the_chat_goes_with_each_of_its_times(own_town: Town) -> None:
    town, cleo = own_town, own_town.cleo
    reference = await town.staff_does(campaign_pattern.make, plan(TUESDAYS), PROFILE.district)
    await say(cleo, "/campaigns")
    await press(cleo, "Recurring ones")
    await press(cleo, "Comes again 1 December 2026 · Lock your shed")
    await press(cleo, "What it says")
    await press(cleo, "Picture or PDF")
    cleo.send_photo(jpeg())
    await cleo.wait_for("What does it show?")
    await town.settled()
    await town.house.restart()
    card = await say(cleo, "A shed")
    assert "The picture is with it, and goes with each of its times." in card.text
    assert "Picture above the words: A shed" in card.text
    draft = await press(cleo, "Draft · 1 December 2026")
    assert "Picture above the words: A shed" in draft.text
    await press(cleo, "Its recurring campaign")
    await press(cleo, "What it says")
    await press(cleo, "Picture or PDF")
    cleo.mark()
    cleo.send_album([jpeg(), jpeg(size=(50, 40))], "Two sheds")
    await cleo.wait_for("One picture or document goes with a campaign: the first of these is taken.")
    await town.settled()
    assert await town.draft(cleo) is None
    file = await town.house.read(campaign_files.of_pattern_for_staff, town.officer.staff, reference)
    assert file.seen == "Two sheds"
