"""Finding a meeting, where the page can be opened and where somebody subscribed."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest

from handlers.chat.services import Reference, Services
from store.actions import meeting_document, subscription
from store.domain.clock import FixedClock
from store.domain.meeting_document import DocumentKind
from store.domain.place_index import PlaceIndex
from store.domain.subscription import Subscription, Topic
from store.domain.understood import NOTHING
from store.engine import open_store
from tests.support.meeting_factory import MARGATE, RAMSGATE, published
from tests.support.papers import attached
from tests.support.phone import Phone
from tests.support.triage_factory import MORNING, PROFILE, Town

TUESDAY = datetime(2026, 12, 1, 18, 30, tzinfo=UTC)
ADA = 1001


@dataclass
class Chat:
    town: Town
    phone: Phone


@pytest.fixture
async def chat(migrated_database_url: str) -> AsyncIterator[Chat]:
    """Ada's chat, with a meeting in Margate and the week after one in Ramsgate."""
    clock = FixedClock(MORNING)
    async with open_store(migrated_database_url, clock) as store:
        town, reference = Town(store, clock), Reference(PROFILE, PlaceIndex(PROFILE))
        services = Services(lambda: reference, lambda _: NOTHING, 0, "https://safety.example/")
        by = await town.staff("Cleo")
        await town.write(published, by, TUESDAY, MARGATE)
        await town.write(published, by, TUESDAY + timedelta(days=7), RAMSGATE)
        yield Chat(town, Phone(store, services, ADA))


async def subscribed(chat: Chat, *places: str, topic: Topic = Topic.MEETINGS) -> None:
    """Let Ada subscribe to a topic, from these places."""
    ada = await chat.town.resident()
    assert ada.chat_id == ADA
    wish = Subscription(frozenset({topic}), frozenset(places))
    await chat.town.write(subscription.subscribe, ada, wish, subscription.Consent("Yes", "en"))


async def test_a_card_has_a_button_each_for_details_calendar_and_page(chat: Chat) -> None:
    await chat.phone.say("/meetings")
    await chat.phone.tap("1. Margate")
    [card] = [one for one in chat.phone.heard if "Margate neighbourhood" in one.text]
    come, ask, details, add, page, elsewhere = card.buttons.items()
    assert (come[0], ask[0]) == ("I'm coming", "Ask a question")
    assert (details[0], add[0]) == ("Details", "Add to calendar")
    assert elsewhere[0] == "Look elsewhere"
    assert page == (
        "Web page",
        details[1].replace("o:meeting:", "https://safety.example/meetings/") + "?lang=en",
    )


@pytest.mark.parametrize("place", ["ramsgate", "eastcliff"])
async def test_whoever_subscribed_finds_the_meetings_of_their_places(chat: Chat, place: str) -> None:
    await subscribed(chat, place)
    await chat.phone.say("/meetings")
    await chat.phone.tap("1. From my places")
    assert "Ramsgate neighbourhood" in chat.phone.text
    assert "Margate neighbourhood" not in chat.phone.text


async def test_whoever_subscribed_everywhere_finds_all(chat: Chat) -> None:
    await subscribed(chat)
    await chat.phone.say("/meetings")
    await chat.phone.tap("1. From my places")
    assert "Ramsgate neighbourhood" in chat.phone.text
    assert "Margate neighbourhood" in chat.phone.text


async def test_whoever_subscribed_to_something_else_is_not_offered_their_places(chat: Chat) -> None:
    await subscribed(chat, "ramsgate", topic=Topic.SURVEYS)
    await chat.phone.say("/meetings")
    assert "1. Margate" in chat.phone.labels


async def test_far_outside_all_are_shown_and_it_is_said(chat: Chat) -> None:
    await chat.phone.say("/meetings SW1A 1AA")
    assert "outside Smallmouth" in chat.phone.text
    assert "Margate neighbourhood" in chat.phone.text


async def test_an_unknown_place_is_asked_for_again(chat: Chat) -> None:
    await chat.phone.say("/meetings Atlantis")
    assert "I do not know that place" in chat.phone.text
    assert "Which meetings would you like to see" in chat.phone.text


@pytest.mark.parametrize("data", ["o:meeting:K7M-4XQ-9PC", "o:meeting_file:nonsense", "o:meeting:"])
async def test_a_button_of_a_meeting_that_is_not_there_gets_a_word(chat: Chat, data: str) -> None:
    await chat.phone.tap_data(data)
    assert chat.phone.toast.startswith("I do not know that meeting")


@pytest.mark.parametrize("data", ["o:meetings:all.99", "o:meetings:all.x", "o:meetings:atlantis.0"])
async def test_a_forged_button_breaks_nothing(chat: Chat, data: str) -> None:
    await chat.phone.tap_data(data)
    assert chat.phone.text


async def test_a_meeting_that_is_over_is_still_told_of_by_its_link(chat: Chat) -> None:
    facts = replace(RAMSGATE, title="Over by then", capacity=40)
    made = await chat.town.write(published, await chat.town.staff("Dee"), TUESDAY, facts)
    chat.town.pass_time(days=30)
    await chat.phone.say(f"/start meeting_{made.reference.replace('-', '')}")
    assert "This one is over: Tuesday 1 December, 6:30pm to 8:30pm" in chat.phone.text
    assert "Add to calendar" not in chat.phone.labels
    assert "places" not in chat.phone.text


async def test_the_papers_of_a_meeting_have_a_button_that_sends_their_link(chat: Chat) -> None:
    cleo = await chat.town.staff("Dee")
    made = await chat.town.write(
        published, cleo, TUESDAY - timedelta(days=1), replace(MARGATE, title="With papers")
    )
    await chat.town.write(attached, cleo, made.reference)
    await chat.phone.say("/meetings")
    await chat.phone.tap("1. Margate")
    [card, other] = [one for one in chat.phone.heard if "Details" in one.buttons]
    assert ("Agenda" in card.buttons, "Agenda" in other.buttons) == (True, False)
    await chat.phone.tap_data(card.buttons["Agenda"])
    assert chat.phone.text == (
        "The agenda of this meeting:\nWith papers\nMonday 30 November, 6:30pm to 8:30pm\n"
        f"https://safety.example/meetings/{made.reference}/agenda?lang=en"
    )
    chat.town.pass_time(days=30)
    await chat.town.write(attached, cleo, made.reference, DocumentKind.MINUTES)
    await chat.phone.say(f"/start meeting_{made.reference.replace('-', '')}")
    assert {"Agenda", "Minutes"} <= set(chat.phone.labels)
    await chat.phone.tap("Minutes")
    assert chat.phone.text.endswith(f"{made.reference}/minutes?lang=en")
    await chat.town.write(meeting_document.remove, cleo, made.reference, DocumentKind.MINUTES)
    await chat.phone.tap_data(f"o:paper:{made.reference}.minutes")
    assert chat.phone.toast.startswith("That file is not there any more.")


@pytest.mark.parametrize("subject", ["", "K7M-4XQ-9PC.agenda", "K7M-4XQ-9PC.poster"])
async def test_a_forged_button_of_a_paper_gets_a_word(chat: Chat, subject: str) -> None:
    await chat.phone.tap_data(f"o:paper:{subject}")
    assert chat.phone.toast
