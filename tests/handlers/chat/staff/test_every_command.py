"""Every command and button of staff with every role and every kind of reference, in private and in the group.

What is restricted is answered as what is not there, and nothing of it changes or is told; whoever
was granted it is pointed to the console.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from contextlib import suppress
from types import MappingProxyType
from typing import Any

import pytest

from handlers.chat.application import Handler
from handlers.chat.staff.commands import COMMANDS, IN_GROUP, VERBS
from store.actions import inbox
from store.domain.event import Action
from store.domain.inbox import RawUpdate
from store.domain.reference import Restriction
from store.domain.staff import Role
from store.engine import Session, unit
from tests.handlers.chat.staff.conftest import STAFF_GROUP, Office
from tests.support import whole
from tests.support.deliveries import Letter, letters_in
from tests.support.phone import Phone, take_turn
from tests.support.walk_town import SECRET, UNKNOWN_REFERENCE, WALKERS_GRANT, Kind, Known, Why, settle

WORKERS = (Role.OFFICER, Role.SUPERVISOR)
OTHERS = [role for role in Role if role not in WORKERS]
FOR_ALL_STAFF = frozenset({"signin"})
"""Every member of staff may send it; it is about nothing but themselves."""
WITHOUT_REFERENCE = (
    *("/mine ", "/queue ", "/campaign ", "/campaigns "),
    *("s:campaigns:", "s:patterns:", "s:compose:"),
)
"""Commands that hear no words, and buttons about nothing in particular."""
MORE = {"move": "investigating", "campaign_part": "title", "pattern_part": "title"}
"""What a button carries besides the reference."""
OF_CHAT = ("inbox", "deliveries", "drafts")
"""Tables that hearing and answering change."""
LOOKS = frozenset({Action.SEARCH_MADE})
WORDS = "all night"
"""They stand in the reports of the town, behind "Music"."""
Answer = tuple[str, str, list[str]]


def acts() -> Iterator[str]:
    """Yield every command, with words and without, and every button, with a blank for the reference."""
    for command in sorted(COMMANDS.keys() - FOR_ALL_STAFF):
        yield f"/{command} {{}}"
        yield f"/{command} {{}} {WORDS}"
    for verb in VERBS:
        yield f"s:{verb}:{{}}:{MORE.get(verb, '')}"


async def done(phone: Phone, act: str, reference: str, chat_id: int | None = None) -> Answer:
    """Do it and return what was answered, with a blank for the reference."""
    said = act.format(reference)
    await (phone.say(said) if said.startswith("/") else phone.tap_data(said, chat_id))
    labels = [label.replace(reference, "…") for label in phone.labels]
    return phone.toast.replace(reference, "…"), phone.text.replace(reference, "…"), labels


class UndoneError(Exception):
    """Ends a turn that was only tried: nothing of it is kept."""


class Trying(Phone):
    """A phone whose turns are looked at from inside, and then undone."""

    looks = True
    there: AbstractSet[int] = frozenset()
    did: Sequence[str] = ()
    after: whole.Rows = MappingProxyType({})

    async def _turn(self, data: dict[str, Any], handler: Handler) -> list[Letter]:
        raw = RawUpdate(1, data["update_id"], self.user_id, json.dumps(data))
        with suppress(UndoneError):
            await self._store.write(self._try, raw, handler)
        return self.heard

    def _try(self, session: Session, raw: RawUpdate, handler: Handler) -> None:
        # Nothing is ever kept, so what was there at first is what is there.
        self.there = self.there or {letter.id for letter in letters_in(session)}
        [item] = inbox.add(session, [raw])
        take_turn(session, item, self._services, handler)
        session.flush()
        self.heard = [letter for letter in letters_in(session) if letter.id not in self.there]
        self.did = [event.action for event, _ in unit(session).events]
        self.after = whole.rows_in(session, *OF_CHAT) if self.looks else {}
        raise UndoneError


class Chat:
    """Somebody's chat in a town where much is theirs and much is not."""

    def __init__(self, phone: Trying, known: Known, before: whole.Rows) -> None:
        self.phone, self.known, self.before = phone, known, before

    async def answer(
        self, act: str, reference: str, *, told: bool = False, chat: int | None = None
    ) -> Answer:
        """Return what is answered; where nothing may be `told`, check that nothing else was done."""
        self.phone.looks = not told
        answer = await done(self.phone, act, reference, chat)
        assert SECRET not in str(answer), (act, reference)
        if not told:
            assert not any(one in str(answer) for one in self.known.restricted), (act, reference)
            assert whole.changed(self.before, self.phone.after) == {}, (act, reference)
            assert set(self.phone.did) <= LOOKS, (act, reference)
            assert {one.chat_id for one in self.phone.heard} <= {self.phone.user_id, chat}, (act, reference)
        return answer


async def setting_out(office: Office, role: Role) -> tuple[Chat, Chat]:
    """Return the chat of somebody of this role, and of a colleague who was granted every kind."""
    town, members = office.town, []
    for name, of, grants in (("Wim", role, [WALKERS_GRANT]), ("Hal", Role.SUPERVISOR, [*Restriction])):
        members.append(await office.colleague(name, of, *grants))
    (me, mine), (hal, hals) = members
    known = await settle(town, me, hal)
    before = await whole.rows(town, *OF_CHAT)
    phones = (Trying(town.store, office.services, phone.user_id) for phone in (mine, hals))
    of_me, of_hal = (Chat(phone, known, before) for phone in phones)
    return of_me, of_hal


@pytest.mark.timeout(180)  # it tries hundreds of turns
@pytest.mark.parametrize("role", WORKERS)
async def test_what_is_restricted_is_answered_as_what_is_not_there(office: Office, role: Role) -> None:
    chat, hals = await setting_out(office, role)
    own = [chat.known.own[kind] for kind in (Kind.REPORT, Kind.CASE, Kind.CAMPAIGN, Kind.PATTERN)]
    hidden = [chat.known.foreign[kind][Why.RESTRICTED] for kind in (Kind.REPORT, Kind.CASE)]
    for act in acts():
        nothing = await chat.answer(act, UNKNOWN_REFERENCE, told=True)
        for reference in [*hidden, SECRET] if act.startswith("/find ") else hidden:
            assert await chat.answer(act, reference) == nothing, act
            await hals.answer(act, reference, told=True)
        done = [await chat.answer(act, reference, told=True) for reference in [*own, "Music"]]
        heard = not act.startswith(WITHOUT_REFERENCE)
        assert any(one != nothing for one in done) or not heard, f"{act}: nothing that it is about was tried"


async def test_in_the_group_nothing_of_a_record_is_shown(office: Office) -> None:
    chat, hals = await setting_out(office, Role.SUPERVISOR)
    heard = set()
    for act in (act for act in acts() if act.startswith("s:")):
        nothing = await chat.answer(act, UNKNOWN_REFERENCE, chat=STAFF_GROUP)
        for kind in (Kind.REPORT, Kind.CASE):
            own, hidden = chat.known.own[kind], chat.known.foreign[kind][Why.RESTRICTED]
            if await chat.answer(act, own, told=True, chat=STAFF_GROUP) != nothing:
                heard.add(act)
                assert await chat.answer(act, hidden, chat=STAFF_GROUP) == nothing, act
                await hals.answer(act, hidden, told=True, chat=STAFF_GROUP)
            for one in (chat, hals):
                shown = {letter.method for letter in one.phone.heard if letter.chat_id == STAFF_GROUP}
                assert shown <= {"answerCallbackQuery"}, act
    assert heard == {f"s:{verb}:{{}}:" for verb in IN_GROUP}


async def test_a_report_goes_into_no_case_that_is_not_theirs(office: Office) -> None:
    chat, _ = await setting_out(office, Role.SUPERVISOR)
    phone = office.stranger(chat.phone.user_id)
    answers = []
    for reference in chat.known.foreign[Kind.CASE].values():
        await phone.tap_data(f"s:add:{chat.known.own[Kind.REPORT]}:")
        asked = next(data for one in phone.heard for data in one.buttons.values() if "staff_add" in data)
        await phone.tap_data(":".join([*asked.split(":")[:4], reference]))
        assert phone.toast != "", "a button that was never shown"
        await phone.say(f"case {reference}")
        answers.append(phone.text.replace(reference, "…"))
        assert whole.changed(chat.before, await whole.rows(office.town, *OF_CHAT)) == {}, reference
    assert set(answers) == {answers[0]}
    assert "not open to you" in answers[0]


@pytest.mark.timeout(180)
async def test_to_everybody_else_no_reference_means_anything(office: Office) -> None:
    chat, _ = await setting_out(office, Role.OFFICER)
    members = [await office.colleague(f"{n}{role}", role, *Restriction) for n, role in enumerate(OTHERS)]
    phones = [office.stranger(), *(phone for _, phone in members)]
    before, event_id = await whole.rows(office.town, *OF_CHAT), await whole.last_event(office.town)
    for phone, act in itertools.product(phones, acts()):
        if WORDS not in act:
            nothing = await done(phone, act, UNKNOWN_REFERENCE)
            assert await done(phone, act, chat.known.own[Kind.REPORT]) == nothing, act
    assert whole.changed(before, await whole.rows(office.town, *OF_CHAT)) == {}
    assert await whole.events_since(office.town, event_id) == []
