"""Digests for residents: all that is due for somebody in one message, a short paragraph for each thing.

One thing alone goes as it is. What finds no room is counted, with where to find it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from notifications.buttons import markup, numbered
from notifications.campaign_row import whole_button
from notifications.cards import NO_PREVIEW
from notifications.page_link import page_link
from notifications.pieces import MESSAGE_MAX_UNITS, shortened
from notifications.stop_row import stop_row
from notifications.wording import say, say_many
from store.actions import bundle, delivery
from store.actions.bundle import Gathered, Thing
from store.domain.delivery import BUNDLE, CAMPAIGN_KIND, Lane, Outgoing, units
from store.engine import Session
from store.queries import public_campaigns

MOST_THINGS = 10
LINE_MAX_CHARACTERS = 350
BUTTONS_IN_A_ROW = 2
KEYBOARD_MAX_BYTES = 9_000
"""The messenger takes about 10,000, and 100 buttons, which so few things do not have."""
MEETINGS = "/meetings"
"""The command that finds what has no room: campaigns come first, so that is meetings."""
LINK, IS_CAMPAIGN = "link", "is_campaign"
"""Where a thing can be read whole, and whether it is a campaign, beside what it would be sent with."""
Params = Mapping[str, Any]


def tell_next(session: Session, public_url: str = "") -> int | None:
    """Make the next digests that are due; return how many, None when nothing is due.

    `public_url` is where campaigns can be read whole; without it no link is said.
    """
    people = bundle.next_due(session)
    if people is None:
        return None
    alone = [person.things[0] for person in people if len(person.things) == 1]
    bundle.let_go(session, [(thing, _by_itself(thing)) for thing in alone])
    many = [person for person in people if len(person.things) > 1]
    public = _public(session, many) if public_url else {}
    digests = [_digest(person, _links(public, public_url, person.language)) for person in many]
    ids = delivery.queue_many(session, digests)
    bundle.put_into(session, {id_: person.things for id_, person in zip(ids, many, strict=True)})
    return len(many)


def _by_itself(thing: Thing) -> str:
    params = json.loads(thing.params)
    params.pop("line", None)
    return json.dumps(params, ensure_ascii=False, separators=(",", ":"))


def _public(session: Session, people: Sequence[Gathered]) -> Mapping[str, str]:
    """Return the references of those campaigns these people get that everybody can read, by their ids."""
    ids = {thing.campaign for person in people for thing in person.things if thing.campaign}
    return public_campaigns.references(session, ids) if ids else {}


def _links(public: Mapping[str, str], public_url: str, language: str) -> Mapping[str, str]:
    return {id_: link_of(public_url, reference, language) for id_, reference in public.items()}


def link_of(public_url: str, reference: str, language: str) -> str:
    """Return where everybody can read a campaign, in this language where it has it."""
    return page_link(public_url, f"/campaigns/{reference}", language)


def _digest(person: Gathered, links: Mapping[str, str]) -> Outgoing:
    things = sorted(person.things, key=lambda thing: (thing.kind != CAMPAIGN_KIND, thing.id))
    text, shown = worded([_with_rest(thing, links, person.language) for thing in things], person.language)
    params = {
        "chat_id": person.chat_id,
        "text": text,
        "reply_markup": _keyboard(shown, person.language),
        "link_preview_options": NO_PREVIEW,
    }
    until = min((thing.expires_at for thing in things if thing.expires_at), default=None)
    # It has no key: what is in it has one each, and is in one digest only.
    return Outgoing(Lane.REMINDER, person.chat_id, BUNDLE, "sendMessage", params, expires_at=until)


def _with_rest(thing: Thing, links: Mapping[str, str], language: str) -> Params:
    """Return what a thing would be sent with, and what leads to all of it where its paragraph says less.

    That is a link, or a button before the others where there is none: also to a picture or a document.
    """
    params, link = json.loads(thing.params), links.get(thing.campaign or "")
    cut = len(_words(params)) > LINE_MAX_CHARACTERS
    if thing.campaign is not None and (cut or "caption" in params) and not (cut and link):
        rows = markup([[whole_button(language, thing.campaign)]])["inline_keyboard"]
        params["reply_markup"] = {"inline_keyboard": [*rows, *_rows(params)]}
    return {**params, LINK: link, IS_CAMPAIGN: thing.kind == CAMPAIGN_KIND}


def worded(things: Sequence[Params], language: str) -> tuple[str, Sequence[Params]]:
    """Return the words of a digest, and the things that found room in it."""
    shown = things[:MOST_THINGS]
    while units(text := _text(shown, len(things) - len(shown), language)) > MESSAGE_MAX_UNITS:
        shown = shown[:-1]
    return text, shown


def _text(shown: Sequence[Params], more: int, language: str) -> str:
    lines = [f"{number}. {_line(one, language)}" for number, one in enumerate(shown, 1)]
    rest = [say_many(language, "bundle.more", more, where=MEETINGS)] if more else []
    return "\n\n".join([say(language, "bundle.heading"), *lines, *rest])


def _line(params: Params, language: str) -> str:
    return in_short(_words(params), language, params.get(LINK))


def _words(params: Params) -> str:
    return str(params.get("line") or params.get("text") or params.get("caption") or "").strip()


def in_short(words: str, language: str, link: str | None) -> str:
    """Return the words of a thing as a digest says them: cut where they are long, with where to read all."""
    if len(words) <= LINE_MAX_CHARACTERS or not link:
        return shortened(words, LINE_MAX_CHARACTERS)
    rest = "\n" + say(language, "bundle.read_all", link=link)
    return shortened(words, LINE_MAX_CHARACTERS - len(rest)) + rest


def _keyboard(shown: Sequence[Params], language: str) -> dict[str, Any]:
    """Return the buttons of each thing with the number of its paragraph, and the stop row.

    All of a campaign, or where the messenger would refuse so many its first; of a meeting the first, which
    opens all about it.
    """
    stop = markup([stop_row(language)])["inline_keyboard"]
    known = [button["callback_data"] for row in stop for button in row]
    its = [[one for one in _buttons(params) if one.get("callback_data") not in known] for params in shown]
    first = [buttons[:1] for buttons in its]
    chosen = zip(shown, its, first, strict=True)
    most = _in_rows([found if params.get(IS_CAMPAIGN) else one for params, found, one in chosen], stop)
    fits = len(json.dumps(most, ensure_ascii=False).encode()) <= KEYBOARD_MAX_BYTES
    return most if fits else _in_rows(first, stop)


def _buttons(params: Params) -> list[Mapping[str, str]]:
    return [button for row in _rows(params) for button in row]


def _rows(params: Params) -> Sequence[Any]:
    rows: Sequence[Any] = params.get("reply_markup", {}).get("inline_keyboard", [])
    return rows


def _in_rows(its: Sequence[Sequence[Mapping[str, str]]], stop: Sequence[Any]) -> dict[str, Any]:
    buttons = [
        {**one, "text": numbered(number, one["text"])} for number, found in enumerate(its, 1) for one in found
    ]
    starts = range(0, len(buttons), BUTTONS_IN_A_ROW)
    return {"inline_keyboard": [*(buttons[at : at + BUTTONS_IN_A_ROW] for at in starts), *stop]}
