from __future__ import annotations

from store.actions import draft
from store.domain.draft import Draft
from store.queries import chat
from tests.support.triage_factory import Town

CHAT = 10
FIRST = Draft("report", "what", 1, {"danger": "no"}, {"5": "danger"})


async def kept(town: Town, chat_id: int = CHAT) -> Draft | None:
    return (await town.read(chat.who, chat_id)).draft


async def test_a_draft_comes_back_as_it_was_kept(town: Town) -> None:
    await town.write(draft.keep, CHAT, FIRST)
    assert await kept(town) == FIRST
    assert await kept(town, CHAT + 1) is None


async def test_the_newer_draft_takes_the_place_of_the_older(town: Town) -> None:
    second = FIRST.moved("where", what="Ґвалт на вулиці 🎺").from_message(6, "what")
    await town.write(draft.keep, CHAT, FIRST)
    await town.write(draft.keep, CHAT, second)
    assert await kept(town) == second
    assert second.version == 2


async def test_a_dropped_draft_is_gone_and_dropping_it_again_does_no_harm(town: Town) -> None:
    await town.write(draft.keep, CHAT, FIRST)
    await town.write(draft.keep, CHAT + 1, FIRST)
    for _ in range(2):
        await town.write(draft.drop, CHAT)
    assert await kept(town) is None
    assert await kept(town, CHAT + 1) == FIRST
