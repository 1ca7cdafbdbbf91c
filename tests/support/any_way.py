"""Drive a resident at random, and check after every step that nothing is lost, doubled or a dead end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st

from store.actions import staff
from store.domain.actor import SYSTEM, Channel
from store.domain.reference import LANGUAGES, Restriction
from store.domain.staff import By, Role
from store.queries import chat
from tests.support import ledger
from tests.support.deeds import DOES, Actor, ask, live, newest_keyboard, question_of, remember
from tests.support.form import REFERENCE, data_of
from tests.support.house import until
from tests.support.ledger import Deed, Kept
from tests.support.town import Town

STORIES = (
    "loud music next door every night, outside the Co-op in Westgate",
    "theres a man with a knife outside my door right now",
    "my husband beats me and i am scared",
    "when is the next residents meeting please",
    "silver van GK19 XYZ parked across my drive again",
    "Sąsiad puszcza głośną muzykę całą noc",
    "Vecinii aruncă gunoi în scara blocului",
    "Na dětském hřišti berou drogy",
    "Хлопці ламають лавки в парку",
    "CT9 1EZ",
    "it is number nine",
    "a very long story " * 200,
    "half\x00 a \u202eword",
    "",
)
"""Each gets a mark of its own behind it: the words by which it is found again."""
TYPED = (
    "no",
    "yes",
    "1",
    "2",
    "skip",
    "back",
    "send it",
    "hello",
    "🙃",
    "/report",
    "/cancel",
    "/myreports",
    "/privacy",
    "/contacts",
    "/language",
    "/nothing",
    "/subscribe",
    "stop",
)
MOST_ANSWERS = 40
STORY = st.sampled_from(STORIES)
CAPTION = st.none() | STORY
STEPS = st.one_of(
    st.tuples(st.just("say"), STORY),
    st.tuples(st.just("type"), st.sampled_from(TYPED)),
    st.tuples(st.just("tap"), st.integers(0, 40)),
    st.tuples(st.just("stale"), st.integers(0, 400)),
    st.tuples(st.just("walk"), st.tuples(st.integers(1, 14), st.integers(0, 5))),
    st.tuples(st.just("send"), st.integers(0, 5)),
    st.tuples(st.just("edit"), st.tuples(st.integers(0, 4), STORY)),
    st.tuples(st.just("photo"), CAPTION),
    st.tuples(st.just("album"), st.tuples(st.integers(2, 3), CAPTION)),
    st.tuples(st.just("place"), st.sampled_from(("point", "venue", "live"))),
    st.tuples(st.just("burst"), st.lists(STORY, min_size=2, max_size=3)),
    st.tuples(st.just("repeat"), STORY),
    st.tuples(st.just("ask"), st.just(0)),
    st.tuples(st.just("restart"), st.just(0)),
    st.tuples(st.just("kill"), STORY),
)


@dataclass(frozen=True, slots=True)
class Script:
    """What somebody new does, one thing after the other, in their language."""

    language: str
    steps: Sequence[tuple[str, Any]]


SCRIPTS = st.builds(Script, st.sampled_from(LANGUAGES), st.lists(STEPS, min_size=3, max_size=8))


async def drive(town: Town, script: Script) -> None:
    """Let somebody new do all this, and go on from there; `AssertionError` where something is amiss."""
    person = town.emulator.person("Anybody", language_code=script.language)
    actor = Actor(town, person, await town.house.write(_trusted, f"trusted{person.id}"))
    try:
        for kind, value in script.steps:
            await _step(actor, kind, value)
        await _leads_on(actor)
    except AssertionError as error:
        error.add_note(f"{script}\n{person.transcript()}")
        raise


def _trusted(session: Any, name: str) -> By:
    member = staff.add(session, SYSTEM, name, "Trusted", Role.OFFICER)
    grants = frozenset(Restriction)
    return By(type(member)(member.id, member.name, member.role, None, grants), Channel.WEB)


async def _step(actor: Actor, kind: str, value: Any) -> None:
    if kind == "walk":
        for _ in range(value[0]):
            await _answer(actor, value[1])
    elif kind == "send":
        await _send(actor, value)
    else:
        await _deed(actor, kind, value)


async def _send(actor: Actor, pick: int) -> None:
    """Answer everything up to the end of the report."""
    had = (await _kept(actor)).references
    for _ in range(MOST_ANSWERS):
        if await _answer(actor, pick, review=True) != had:
            return
    raise AssertionError("the report never came to its end")


async def _answer(actor: Actor, pick: int, *, review: bool = False) -> frozenset[str]:
    """Answer one question (at the review send only where wanted); the references there are then."""
    before = await _kept(actor)
    question = question_of(before)
    if question is not None and question.code == "review" and not review:
        return before.references
    return (await _deed(actor, "answer", pick)).references


async def _deed(actor: Actor, kind: str, value: Any) -> Kept:
    """Do one thing, wait until it is dealt with, and check what must hold then."""
    before = await _kept(actor)
    match kind:
        case "ask":
            deed = await ask(actor, before)
        case "restart":
            await actor.town.house.restart()
            deed = Deed("restart")
        case "kill":
            deed = DOES["say"](actor, before, value)
            await actor.town.house.restart()
            await _told_after(actor, deed)
            deed.kind, deed.updates = "kill", 2  # what was cut off may be said again
        case _:
            deed = DOES[kind](actor, before, value)
    actor.said += deed.new
    shown = {bubble.id for bubble in actor.person.messages}
    await actor.town.settled()
    await _asked(actor, deed)
    after = await _kept(actor)
    deed.heard = actor.told = actor.heard()
    fresh = [bubble.text for bubble in actor.person.messages if bubble.from_bot and bubble.id not in shown]
    await _check(actor, deed, before, after)
    _check_told(deed, fresh)
    return after


async def _told_after(actor: Actor, deed: Deed) -> None:
    """Wait until what was said just before a restart is answered."""
    said = deed.new[0].message_id
    await until(lambda: any(bubble.from_bot and bubble.id > said for bubble in actor.person.messages))


async def _asked(actor: Actor, deed: Deed) -> None:
    """Wait for the team's question, unless its person wants no messages."""
    if deed.kind == "ask":
        known = (await actor.town.house.read(chat.who, actor.person.id)).resident
        if known is not None and not known.do_not_contact:
            await until(lambda: any(deed.typed in bubble.text for bubble in actor.person.messages))


async def _kept(actor: Actor) -> Kept:
    return await actor.town.house.read(ledger.kept, actor.person.id)


async def _check(actor: Actor, deed: Deed, before: Kept, after: Kept) -> None:
    """Check the ledger, the references, and that there is a way on."""
    assert await actor.town.parked() == 0
    ledger.settle(actor.said, deed, before, after)
    assert not ledger.lost_a_form(deed, before, after), f"the open report is gone after {deed}"
    sent = ledger.pattern("report.sent")
    shown = {found for text in deed.heard for found in REFERENCE.findall(text)}
    actor.confirmed |= {REFERENCE.findall(text)[0] for text in deed.heard if sent.search(text)}
    assert shown <= after.references, f"shown, but not there: {shown - after.references}"
    assert after.references == actor.confirmed, "as many reports as were said to be sent"
    newest = newest_keyboard(actor.person)
    if after.draft is not None and newest is not None:
        assert live(newest, after), f"no button works at {after.draft.step}: {data_of(newest)}"
    remember(actor)


def _check_told(deed: Deed, fresh: Sequence[str]) -> None:
    """Check that every deed is answered, and none twice."""
    if deed.kind not in {"nothing", "restart"}:
        assert deed.heard or deed.data, f"no answer to {deed}"
    if deed.updates == 1 or deed.kind == "files":
        assert len(fresh) == len(set(fresh)), f"said twice: {fresh}"


async def _leads_on(actor: Actor) -> None:
    """Check that from here the newest keyboard, /cancel and /report go on."""
    after = await _kept(actor)
    newest = newest_keyboard(actor.person)
    if newest is not None and (ways := [data for data in live(newest, after) if data != "o:hide:"]):
        moved = await _deed(actor, "press", (newest.id, ways[0]))
        assert actor.told or moved != after, f"a tap on {ways[0]} did nothing"
    await _deed(actor, "type", "/report")
    await _deed(actor, "type", "/report")
    newest = newest_keyboard(actor.person)
    assert newest is not None
    assert live(newest, await _kept(actor)), "/report leads nowhere"
    await _deed(actor, "type", "/cancel")
