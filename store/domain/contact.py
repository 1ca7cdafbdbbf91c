"""Numbers and addresses for residents: which may be shown, and how one is found."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from store.domain.folded import folded

LONG_WORD = 6


class ContactKind(StrEnum):
    """What a contact is there for: how residents find it."""

    CRIME = "crime"
    COUNCIL = "council"
    HOME = "home"
    SUPPORT = "support"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Contact:
    """A number or address residents may be given. Unverified ones are shown marked.

    A `national` one is a short number of the whole country (999, 101): nothing to check, and never a
    doubt beside it.
    """

    code: str
    name: str
    phone: str | None = None
    email: str | None = None
    link: str | None = None
    note: Mapping[str, str] = field(default_factory=dict)
    kind: ContactKind = ContactKind.OTHER
    emergency: bool = False
    national: bool = False
    out_of_date: bool = False
    verified_on: date | None = None

    @property
    def shown(self) -> bool:
        """Whether residents see it: a stale one only once somebody has checked it, crisis numbers always."""
        return self.emergency or not self.out_of_date or self.verified_on is not None

    @property
    def doubted(self) -> bool:
        """Whether residents are told that nobody has checked it yet."""
        return self.verified_on is None and not self.national

    def note_in(self, language: str) -> str:
        """Return the note in this language, in English where it has none; empty without a note."""
        return self.note.get(language) or self.note.get("en", "")


def emergencies(contacts: Iterable[Contact]) -> list[Contact]:
    """Return the emergency and crisis numbers, in their order."""
    return [contact for contact in contacts if contact.emergency]


def of_kind(contacts: Iterable[Contact], kind: ContactKind) -> list[Contact]:
    """Return what is shown of one kind; of crisis numbers, which have their own list, those given a kind."""
    return [
        contact
        for contact in contacts
        if contact.kind is kind and contact.shown and not (contact.emergency and kind is ContactKind.OTHER)
    ]


def search(contacts: Iterable[Contact], asked: str, language: str, kinds: Mapping[str, str]) -> list[Contact]:
    """Return what is shown and has every word asked for, or else those with any of them, best first.

    A word is looked for at the start of the words of name, number, note (in this language and in English)
    and `kinds`, the name of each kind in this language; of a long one the last two letters may differ
    (Polish and its neighbours inflect). Emergency numbers go before others that fit as well.
    """
    wanted = {_stem(word) for word in folded(asked).split()}
    if not wanted:
        return []
    scored = [
        (_fit(wanted, _text(contact, language, kinds)), contact) for contact in contacts if contact.shown
    ]
    best = max((fit for fit, _ in scored), default=0)
    enough = len(wanted) if best == len(wanted) else 1
    found = [(fit, contact) for fit, contact in scored if fit >= enough]
    found.sort(key=lambda item: (-item[0], not item[1].emergency))
    return [contact for _, contact in found]


def _stem(word: str) -> str:
    return word[:-2] if len(word) >= LONG_WORD else word


def _fit(wanted: Iterable[str], text: str) -> int:
    return sum(f" {word}" in text for word in wanted)


def _text(contact: Contact, language: str, kinds: Mapping[str, str]) -> str:
    phone = contact.phone or ""
    parts = (
        contact.name,
        phone,
        "".join(phone.split()),
        contact.note.get(language, ""),
        contact.note.get("en", ""),
        kinds.get(contact.kind, ""),
    )
    return folded(" ".join(parts))
