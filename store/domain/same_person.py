"""Whether two people for whom staff entered reports are one: by their names, and what else they gave.

Nobody who stays anonymous has a name here, so nothing can join them to anybody.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from store.domain.search_words import words_of

KEY_MAX_CHARACTERS = 200


class Sameness(StrEnum):
    """How sure it is: the same name and contact, or the same name from the same ward."""

    SURE = "sure"
    BY_NAME = "by_name"


@dataclass(frozen=True, slots=True)
class Caller:
    """What is known of somebody who told staff: the key of their name, a contact, where it happened."""

    name_key: str | None
    contact: str | None
    ward: str | None = None


def name_key(name: str | None) -> str | None:
    """Return a name as it is compared: without case, accents and doubled spaces; None without any."""
    return " ".join(words_of(name or ""))[:KEY_MAX_CHARACTERS] or None


def sameness(one: Caller, other: Caller) -> Sameness | None:
    """Tell whether these are one person; None when nothing says so.

    Two contacts settle it. Where one of them gave none, the same name from the same ward is a
    likeness that a person must judge.
    """
    if one.name_key is None or one.name_key != other.name_key:
        return None
    if one.contact and other.contact:
        return Sameness.SURE if one.contact.casefold() == other.contact.casefold() else None
    return Sameness.BY_NAME if one.ward and one.ward == other.ward else None
