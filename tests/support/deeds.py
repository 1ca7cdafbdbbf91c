"""What a person can do in their chat, as deeds that reach the real program; and what they were told."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.emulator import Bubble, Person
from handlers.chat.chat_form import FORMS
from store.actions import message
from store.domain import questions as engine
from store.domain.errors import Refusal
from store.domain.questions import Kind, Question
from store.domain.staff import By
from store.profile.load import load
from tests.support.form import ANSWERS, DONE, SEND, SKIP, data_of
from tests.support.ledger import Deed, Kept, Said
from tests.support.pictures import jpeg
from tests.support.town import Town

THANET = load("thanet")
PICTURE = jpeg()
LIVE_SECONDS = 900
NORTH, EAST, STEP = 51.3890, 1.3810, 1e-5
"""A point in Margate, and how far apart those that are sent lie (degrees)."""


@dataclass(slots=True)
class Actor:
    """A person whose deeds are counted, and the member of staff who may ask them anything."""

    town: Town
    person: Person
    staff: By
    said: list[Said] = field(default_factory=list)
    buttons: dict[tuple[int, str], None] = field(default_factory=dict)
    confirmed: set[str] = field(default_factory=set)
    told: list[str] = field(default_factory=list)
    seen: int = 0
    answered: int = 0
    count: int = 0

    def mark(self) -> str:
        self.count += 1
        return f"zq{self.person.id}n{self.count}"

    def heard(self) -> list[str]:
        """Return what the bot wrote, changed or flashed up since it was asked last."""
        chat, answers = self.person._chat, self.person.callback_answers
        fresh = [number for number, seq in chat.heard.items() if seq > self.seen]
        told = [bubble.text for bubble in self.person.messages if bubble.id in fresh]
        told += [answer.get("text", "") for answer in answers[self.answered :]]
        self.seen, self.answered = self.person._world.seq, len(answers)
        return [text for text in told if text]


Does = Callable[[Actor, Kept, Any], Deed]


def _text(actor: Actor, template: str) -> Said:
    mark = actor.mark()
    return Said(mark, "text", f"{template} {mark}".strip())


def say(actor: Actor, _before: Kept, template: str) -> Deed:
    """Write something that is to be kept."""
    one = _text(actor, template)
    one.message_id = actor.person.say(one.text).id
    return Deed("say", new=[one])


def type_(actor: Actor, _before: Kept, words: str) -> Deed:
    """Type a command, an answer on offer, or a greeting: nothing of it is a text to be kept."""
    actor.person.say(words)
    return Deed("type", typed=words)


def burst(actor: Actor, _before: Kept, templates: Sequence[str]) -> Deed:
    """Write several messages in one second, without a look at what is asked."""
    new = [_text(actor, template) for template in templates]
    with actor.person._world.clock.held():
        for one in new:
            one.message_id = actor.person.say(one.text).id
    return Deed("burst", new=new, updates=len(new))


def repeat(actor: Actor, _before: Kept, template: str) -> Deed:
    """Write once; the messenger delivers the same update twice."""
    one = _text(actor, template)
    one.message_id = actor.person.say(one.text).id
    actor.town.emulator.push_update(dict(actor.person._world.updates.items()[-1].body))
    return Deed("repeat", new=[one])


def edit(actor: Actor, _before: Kept, value: tuple[int, str]) -> Deed:
    """Change the words of an own message that were kept; or take them all away."""
    which, template = value
    own = [one for one in actor.said if one.kind == "text" and one.message_id and not one.gone]
    alive = {bubble.id for bubble in actor.person.messages if not bubble.from_bot}
    own = [one for one in own if one.message_id in alive]
    if not own:
        return Deed("nothing")
    one = own[-1 - which % len(own)]
    one.edit = f"{template} {one.mark}" if template else "🙃"
    actor.person.edit(one.message_id, one.edit)
    return Deed("edit")


def photo(actor: Actor, _before: Kept, template: str | None) -> Deed:
    """Send a photo, perhaps with words under it."""
    return _files(actor, 1, template, album=False)


def album(actor: Actor, _before: Kept, value: tuple[int, str | None]) -> Deed:
    """Send several photos at once, perhaps with words under the first."""
    return _files(actor, value[0], value[1], album=True)


def _files(actor: Actor, count: int, template: str | None, *, album: bool) -> Deed:
    caption = _text(actor, template) if template is not None else None
    group = str(secrets.randbits(52)) if album else None
    new = [caption] if caption else []
    for number in range(count):
        words = caption.text if caption and number == 0 else None
        sent = actor.person.send_photo(PICTURE + actor.mark().encode(), group, words)
        if caption and number == 0:
            caption.message_id = sent.id
        new.append(Said(sent.raw["photo"][-1]["file_unique_id"], "file"))
    return Deed("files", new=new, updates=count)


def place(actor: Actor, _before: Kept, how: str) -> Deed:
    """Share a point, a named place, or a live location that then moves on."""
    actor.count += 1
    lat = round(NORTH + actor.count * STEP, 6)
    if how == "venue":
        actor.person.send_venue(lat, EAST, "Co-op", "Station Road")
    elif how == "point":
        actor.person.send_location(lat, EAST)
    else:
        _live(actor.person, lat)
    return Deed("place", new=[Said(str(lat), "place")])


def _live(person: Person, lat: float) -> None:
    point = {"latitude": lat, "longitude": EAST, "live_period": LIVE_SECONDS, "horizontal_accuracy": 12.0}
    sent = person.send({"location": point})
    moved = sent.raw | {"location": point | {"longitude": EAST + STEP}, "edit_date": sent.date}
    person._world.replace_message(person._chat, moved, by_bot=False)
    person._world.updates.push("edited_message", moved, ("chat", person.id))


def tap(actor: Actor, _before: Kept, value: int) -> Deed:
    """Tap a button of the newest keyboard, twice, as impatient people do."""
    shown = newest_keyboard(actor.person)
    if shown is None:
        return Deed("nothing")
    buttons = data_of(shown)
    data = buttons[value % len(buttons)]
    actor.person.tap_data(data, shown.id)
    actor.person.tap_data(data, shown.id)
    return Deed("tap", data=data, updates=2)


def stale(actor: Actor, _before: Kept, value: int) -> Deed:
    """Tap any button that was ever shown, also where it is gone."""
    if not actor.buttons:
        return Deed("nothing")
    number, data = list(actor.buttons)[value % len(actor.buttons)]
    actor.person.tap_data(data, number)
    return Deed("tap", data=data)


def press(actor: Actor, _before: Kept, value: tuple[int, str]) -> Deed:
    """Tap this very button."""
    number, data = value
    actor.person.tap_data(data, number)
    return Deed("tap", data=data)


def answer(actor: Actor, before: Kept, pick: int) -> Deed:
    """Answer whatever is asked, as the form wants it; `pick` 0 takes the usual option."""
    shown = newest_keyboard(actor.person)
    if shown is None:
        return type_(actor, before, "/report")
    datas = live(shown, before)
    carry_on = [data for data in datas if data.startswith(("o:carry_on:", "o:resume:"))]
    question = question_of(before)
    if carry_on or question is None:
        return press(actor, before, (shown.id, carry_on[0])) if carry_on else type_(actor, before, "/report")
    values = {data.split(":", 4)[4]: data for data in datas if data.startswith("f:")}
    options = [value for value in values if not value.startswith("~")]
    given = ANSWERS.get(question.code, "")
    if question.kind in {Kind.WORDS, Kind.PLACE}:
        return say(actor, before, given or "it was the blue one")
    if not pick and given in values:
        return press(actor, before, (shown.id, values[given]))
    chosen = (
        options[pick % len(options)] if options else next((v for v in (DONE, SKIP, SEND) if v in values), "")
    )
    if not chosen:
        return type_(actor, before, "/report")
    return press(actor, before, (shown.id, values[chosen]))


async def ask(actor: Actor, before: Kept) -> Deed:
    """Let the team ask about the newest report, if there is one whose reporter may be written to."""
    text = f"Which house is it, please? {secrets.token_hex(4)}"
    for reference in sorted(before.references):
        try:
            await actor.town.house.write(message.ask, actor.staff, reference, text)
        except Refusal:
            continue
        return Deed("ask", typed=text)
    return Deed("nothing")


def question_of(kept: Kept) -> Question | None:
    draft = kept.draft
    return engine.current(FORMS[draft.form].form, THANET, draft) if draft else None


def newest_keyboard(person: Person) -> Bubble | None:
    """Return the newest message that can be seen and has buttons."""
    return next((bubble for bubble in reversed(person.messages) if bubble.from_bot and data_of(bubble)), None)


def live(shown: Bubble, now: Kept) -> list[str]:
    """Return the buttons of a message that lead on from here.

    Where an older copy of the question was tapped, it moves on in its place: then those of the
    newest copy belong to the open form, and say that the answer is there already.
    """
    draft, question = now.draft, question_of(now)
    here = f"f:{draft.form}:{question.code}:{draft.version}:" if draft and question else "-"
    again = f"o:restart:{draft.version}" if draft else "-"
    found = [data for data in data_of(shown) if data.startswith((here, again)) or _own(data)]
    return found or [data for data in data_of(shown) if draft and data.startswith(f"f:{draft.form}:")]


def _own(data: str) -> bool:
    return data.startswith("o:") and not data.startswith("o:restart:")


DOES: dict[str, Does] = {
    "say": say,
    "type": type_,
    "burst": burst,
    "repeat": repeat,
    "edit": edit,
    "photo": photo,
    "album": album,
    "place": place,
    "tap": tap,
    "stale": stale,
    "press": press,
    "answer": answer,
}


def remember(actor: Actor) -> None:
    """Remember every button that was ever shown."""
    shown: Iterable[Bubble] = (bubble for bubble in actor.person.messages if bubble.from_bot)
    actor.buttons |= {(bubble.id, data): None for bubble in shown for data in data_of(bubble)}
