"""An update that breaks its handler is set aside, and the chat goes on."""

from __future__ import annotations

import asyncio
from typing import NoReturn

import pytest

from notifications.wording import catalogue
from store.domain.inbox import TRIES_BEFORE_PARKED
from store.queries import own_reports
from tests.support.form import say, start, step_of
from tests.support.town import Town


class Poison:
    """Stands in for a query and breaks whoever asks."""

    def __init__(self, error: type[BaseException]) -> None:
        self.error = error
        self.asked = 0

    def __call__(self, *_given: object, **_more: object) -> NoReturn:
        self.asked += 1
        raise self.error


@pytest.mark.parametrize("error", [RuntimeError, asyncio.CancelledError, RecursionError, KeyError])
async def test_a_poisonous_update_is_parked_the_person_told_once_and_the_chat_goes_on(
    town: Town, monkeypatch: pytest.MonkeyPatch, error: type[BaseException]
) -> None:
    poison = Poison(error)
    parked = await town.parked()
    await start(town.ada, "where", group="other")
    draft = await town.draft(town.ada)
    with monkeypatch.context() as patch:
        patch.setattr(own_reports, "listing", poison)
        town.ada.say("/myreports")
        await town.ada.wait_for("Sorry, something went wrong")
        await town.settled()
    assert poison.asked == TRIES_BEFORE_PARKED
    assert await town.parked() == parked + 1
    assert len([bubble for bubble in town.ada.news if "went wrong" in bubble.text]) == 1
    assert await town.draft(town.ada) == draft
    town.ada.say("CT9 1EZ")
    assert step_of(await town.ada.wait_for(None)) == "when"


async def test_other_chats_do_not_wait_for_a_poisoned_one(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(own_reports, "listing", Poison(RuntimeError))
    town.ada.say("/myreports")
    town.ben.say("/help")
    await town.ben.wait_for("What I can do")
    await town.ada.wait_for("Sorry, something went wrong")


async def test_what_waits_behind_a_poisonous_update_is_handled_in_order(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(own_reports, "listing", Poison(RuntimeError))
    town.ada.say("/myreports")
    town.ada.say("/help")
    town.ada.mark()
    await town.ada.wait_for("What I can do")
    told = [bubble.text[:5] for bubble in town.ada.news]
    assert told == ["Sorry", "What "]


async def test_words_that_cannot_be_found_do_not_stop_the_other_chats(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The apology may break for the reason that broke the turn."""
    real = catalogue.catalogue

    def broken(language: str) -> object:
        if language == "ro":
            raise FileNotFoundError(language)
        return real(language)

    ion = town.emulator.person("Ion", language_code="ro")
    parked = await town.parked()
    with monkeypatch.context() as patch:
        patch.setattr(catalogue, "catalogue", broken)
        ion.say("/start")
        await town.settled()
        assert await town.parked() == parked + 1
        assert "What I can do" in (await say(town.ada, "/help")).text
    assert (await say(ion, "/start")).labels
