"""Numbers and addresses of people who can help: the urgent ones first, by kind, and by a word."""

from __future__ import annotations

from collections.abc import Sequence

from handlers.chat import safety
from handlers.chat.command import words_after_command
from handlers.chat.keyboards import stacked
from handlers.chat.turn import Turn
from notifications.buttons import MAX_BYTES, Button, OwnTap, read
from store.domain.contact import Contact, ContactKind, emergencies, of_kind, search

PAGE = 9
"""Danger, crisis, abuse and child fit on the first one."""
VERB = "contacts"
SEARCH = "?"
"""Marks what a button asks for as words rather than a kind."""
MARK = " *"
PAGE_DIGITS = 2


def start(turn: Turn) -> None:
    """Hear /contacts: the urgent numbers, or what fits the words typed with it.

    One word alone is looked for whatever card it calls for; more words may be a story (`or_words`).
    """
    asked = " ".join(words_after_command(turn).replace(":", " ").split())
    if len(words_after_command(turn).split()) == 1:
        safety.screen(turn, asked)
    _show(turn, SEARCH + asked if asked else "", 0)


def tapped(turn: Turn) -> None:
    """Hear a tap on a kind, or on the next page of a list."""
    tap = read((turn.query and turn.query.data) or "")
    page, _, what = (tap.subject if isinstance(tap, OwnTap) else "").partition(".")
    _show(turn, what, int(page) if page.isdecimal() and len(page) <= PAGE_DIGITS else 0)


def _show(turn: Turn, what: str, page: int) -> None:
    found = _found(turn, what)
    pages = max(1, -(-len(found) // PAGE))
    page = min(page, pages - 1)
    here = found[page * PAGE : (page + 1) * PAGE]
    marked = any(contact.doubted for contact in here)
    parts = [
        turn.words("contacts.title"),
        _heading(turn, what, found),
        *(_entry(turn, contact) for contact in here),
        turn.words("contacts.not_checked") if marked else "",
        turn.words("contacts.how"),
    ]
    turn.show("\n\n".join(filter(None, parts)), _keyboard(turn, what, page, pages))


def _found(turn: Turn, what: str) -> list[Contact]:
    contacts = turn.reference.profile.contacts
    if what.startswith(SEARCH):
        return search(contacts, what.removeprefix(SEARCH), turn.language, _kinds(turn))
    if what in list(ContactKind):
        return of_kind(contacts, ContactKind(what))
    return emergencies(contacts)


def _heading(turn: Turn, what: str, found: Sequence[Contact]) -> str:
    if what.startswith(SEARCH):
        key = "contacts.found" if found else "contacts.none"
        return turn.words(key, words=what.removeprefix(SEARCH))
    return _kinds(turn).get(what) or turn.words("contacts.urgent")


def _kinds(turn: Turn) -> dict[str, str]:
    return {kind.value: turn.words(f"contacts.kind.{kind.value}") for kind in ContactKind}


def _entry(turn: Turn, contact: Contact) -> str:
    name = contact.name + (MARK if contact.doubted else "")
    lines = (name, contact.phone, contact.email, contact.link, contact.note_in(turn.language))
    return "\n".join(line for line in lines if line)


def _keyboard(turn: Turn, what: str, page: int, pages: int) -> list[list[Button]]:
    row: list[Button] = []
    if page > 0:
        row.append((turn.words("form.back"), _tap(what, page - 1)))
    if page < pages - 1:
        row.append((turn.words("contacts.more"), _tap(what, page + 1)))
    contacts = turn.reference.profile.contacts
    kinds: list[Button] = [(turn.words("contacts.urgent"), _tap("", 0))] if what else []
    kinds += [
        (label, _tap(kind, 0))
        for kind, label in _kinds(turn).items()
        if kind != what and of_kind(contacts, ContactKind(kind))
    ]
    return [*([row] if row else []), *stacked(kinds)]


def _tap(what: str, page: int) -> OwnTap:
    """Return the tap; of long words it carries as many letters as a button holds."""
    room = MAX_BYTES - len(OwnTap(VERB, f"{page}.").data().encode())
    return OwnTap(VERB, f"{page}.{what.encode()[:room].decode(errors='ignore')}")
