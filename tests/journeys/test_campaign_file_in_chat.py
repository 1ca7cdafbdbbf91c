"""A picture or PDF that an officer sends to the chat for a campaign: taken once, safely, or said why not."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import obstore
import pytest
from obstore.exceptions import BaseError
from sqlalchemy import func, select

from bot.emulator import Fault, FaultKind
from store.actions import campaign, campaign_file, staff
from store.domain.actor import SYSTEM
from store.domain.event import Action
from store.domain.staff import By
from store.engine import Session
from store.queries import campaign_files, campaigns
from store.tables.event import EventRow
from store.tables.evidence import DoomedFileRow
from tests.support.campaign_chat import begin, press
from tests.support.form import say
from tests.support.papers import PAPER
from tests.support.pictures import HARBOUR, jpeg, opened
from tests.support.town import Town
from tests.support.triage_factory import PROFILE


def _attached(session: Session) -> int:
    wanted = select(func.count()).where(EventRow.action == Action.CAMPAIGN_FILE_ATTACHED.value)
    return session.scalar(wanted) or 0


def _to_go(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(DoomedFileRow)) or 0


async def test_nothing_but_pixels_is_kept_of_a_picture(own_town: Town) -> None:
    town, cleo = own_town, own_town.cleo
    await begin(cleo)
    await press(cleo, "Picture or PDF")
    reference = (await town.open_draft(cleo)).answers["reference"]
    cleo.mark()
    cleo.send_document(jpeg(HARBOUR), "harbour.jpg", "image/jpeg", caption="The harbour")
    await cleo.wait_for("Picture above the words: The harbour")
    kept = await town.house.read(campaign_files.of_staff, town.officer.staff, reference)
    body = bytes(await (await obstore.get_async(town.house.app.media, kept.key)).bytes_async())
    assert (len(body), dict(opened(body).getexif())) == (kept.content.size, {})
    assert await town.house.read(_to_go) == 0


async def test_what_goes_wrong_on_the_way_is_said_and_it_is_sent_again(
    own_town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    town, cleo = own_town, own_town.cleo
    await begin(cleo)
    await press(cleo, "Picture or PDF")
    put, faults = obstore.put_async, town.emulator.faults
    faults.add(Fault(FaultKind.FAIL, "getFile"))
    cleo.send_photo(jpeg(), caption="A shed")
    await cleo.wait_for("The messenger did not give it to me. Send it again.")
    faults.add(Fault(FaultKind.FAIL, "getFile", code=400, description="Bad Request: file is too big"))
    cleo.mark()
    cleo.send_photo(jpeg(), caption="A shed")
    await cleo.wait_for("That file is too large: it can have at most 10 MB.")

    async def broken(*_: Any) -> None:
        raise BaseError("no place")

    monkeypatch.setattr(obstore, "put_async", broken)
    cleo.mark()
    cleo.send_photo(jpeg(), caption="A shed")
    await cleo.wait_for("The file could not be kept just now.")
    monkeypatch.setattr(obstore, "put_async", put)
    cleo.send_photo(jpeg(), caption="A shed")
    await cleo.wait_for("Picture above the words: A shed")
    assert await town.house.read(_attached) == 1


async def test_a_turn_that_fails_once_its_file_was_put_takes_it_once(
    own_town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    town, cleo, tried = own_town, own_town.cleo, list[str]()
    attach = campaign_file.attach

    def fails_first(session: Session, by: By, reference: str, *more: Any) -> None:
        tried.append(reference)
        attach(session, by, reference, *more)
        if len(tried) == 1:
            raise RuntimeError("the process stopped")

    monkeypatch.setattr(campaign_file, "attach", fails_first)
    await begin(cleo)
    await press(cleo, "Picture or PDF")
    cleo.send_photo(jpeg(), caption="A shed")
    await cleo.wait_for("Picture above the words: A shed")
    assert len(tried) == 2
    assert await town.house.read(_attached) == 1
    assert await town.house.read(_to_go) == 1, "what was put first goes by itself"


async def test_a_file_of_somebody_who_left_meanwhile_goes_nowhere(own_town: Town) -> None:
    town, cleo = own_town, own_town.cleo
    await begin(cleo)
    await press(cleo, "Picture or PDF")
    await town.house.write(staff.disable, SYSTEM, town.officer.staff.id)
    cleo.mark()
    cleo.send_photo(jpeg(), caption="A shed")
    await cleo.wait_for("do not know that command")
    await town.settled()
    assert await town.draft(cleo) is None
    assert (await town.house.read(_attached), await town.house.read(_to_go)) == (0, 0)


async def test_a_file_is_heard_only_where_it_is_asked_for_and_in_any_order(town: Town) -> None:
    cleo = town.cleo
    await begin(cleo)
    await press(cleo, "Link")
    cleo.mark()
    cleo.send_document(PAPER, "paper.pdf", "application/pdf", caption="https://example.org/locks")
    kept = await cleo.wait_for("Read more: https://example.org/locks")
    assert "above the words" not in kept.text

    await press(cleo, "Picture or PDF")
    assert "I wait for a picture or a PDF." in (await say(cleo, "like this?")).text
    for refused, why in (
        (b"MZ no picture", "Send me a picture (JPEG or PNG) or a PDF."),
        (b"\xff\xd8\xff broken", "That picture cannot be opened."),
        (jpeg(size=(2, 60)), "too long and narrow"),
    ):
        cleo.mark()
        cleo.send_document(refused, "it.jpg", "image/jpeg", caption="What it shows")
        await cleo.wait_for(why)
    cleo.mark()
    cleo.send_document(PAPER, "paper.pdf", "application/pdf", size=11 * 1024 * 1024)
    await cleo.wait_for("too large: it can have at most 10 MB")
    cleo.send_voice()
    await cleo.wait_for("Send me a picture (JPEG or PNG) or a PDF.")

    cleo.mark()
    cleo.send_document(PAPER, "paper.pdf", "application/pdf", caption="Read this")
    card = await cleo.wait_for("The document is with it.")
    assert "Document above the words (PDF)" in card.text
    assert await town.draft(cleo) is None
    assert "It has a PDF now." in (await press(cleo, "Picture or PDF")).text
    cleo.send_photo(jpeg())
    await cleo.wait_for("What does it show?")
    cleo.send_photo(jpeg(size=(50, 40)), caption="Another shed")
    await cleo.wait_for("Picture above the words: Another shed")
    await press(cleo, "Picture or PDF")
    assert "above the words" not in (await press(cleo, "Take it off")).text


async def test_of_an_album_the_first_is_taken_and_the_others_begin_no_report(town: Town) -> None:
    cleo = town.cleo
    await begin(cleo)
    for caption in ("Two sheds", None):
        await press(cleo, "Picture or PDF")
        cleo.mark()
        cleo.send_album([jpeg(), jpeg(size=(50, 40)), jpeg(size=(40, 40))], caption)
        await cleo.wait_for("One picture or document goes with a campaign: the first of these is taken.")
        await town.settled()
        if caption is None:
            await say(cleo, "A shed")
        assert await town.draft(cleo) is None
        assert sum("the first of these" in one.text for one in cleo.news) <= 1
    card = next(one for one in reversed(cleo.messages) if "All campaigns" in one.labels)
    assert "Picture above the words: A shed" in card.text


async def test_a_file_that_came_too_late_for_its_place_is_asked_for_again(own_town: Town) -> None:
    town, cleo = own_town, own_town.cleo
    await begin(cleo)
    await press(cleo, "Picture or PDF")
    cleo.send_photo(jpeg())
    await cleo.wait_for("What does it show?")
    town.pass_time(hours=2)
    asked = await say(cleo, "A shed")
    assert "That took too long, so the file was not kept. Send it again." in asked.text
    cleo.send_photo(jpeg(), caption="A shed")
    await cleo.wait_for("Picture above the words: A shed")


async def test_a_file_for_words_that_are_too_long_or_a_campaign_that_changed_is_not_lost_silently(
    town: Town,
) -> None:
    cleo = town.cleo
    await begin(cleo, words="x" * 1_100)
    await press(cleo, "Picture or PDF")
    cleo.send_photo(jpeg(), caption="A shed")
    await cleo.wait_for("The one in English has 1100.")
    await press(cleo, "Leave it as it is")
    await press(cleo, "Words (1 of 6)")
    await press(cleo, "✓ English")
    await say(cleo, "Short.")
    await press(cleo, "Back to the campaign")
    await press(cleo, "Picture or PDF")
    reference = (await town.open_draft(cleo)).answers["reference"]
    await town.staff_does(_renamed, reference)
    cleo.send_photo(jpeg(), caption="A shed")
    asked = await cleo.wait_for("changed it meanwhile")
    assert "Renamed" in asked.text
    await press(cleo, "Put mine in all the same")
    await cleo.wait_for("Picture above the words: A shed")


def _renamed(session: Session, by: By, reference: str) -> None:
    known = campaigns.find(session, by.staff, reference)
    campaign.change(session, by, reference, replace(known.facts, title="Renamed"), PROFILE.district)
