"""What the machine makes of a free text. It only ever offers, and only ever adds safety steps."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Found:
    """A piece of the message, as it was written, and what it stands for."""

    words: str
    value: str


@dataclass(frozen=True, slots=True)
class Understood:
    """What a text seems to say, for the person to confirm.

    `categories` are codes of reportable categories, likeliest first. `cards` are codes of safety
    texts to show, most urgent first ("emergency" before all). `plain` are those of which a plain
    sign was seen or the model is sure, and a threat to staff (`n.staff_threat`): for one of these
    somebody may be alerted. `intent` is the kind of message
    that is no report (`n.enquiry_meeting`, ...; None for a report), `also` the intents that come
    with a report. `place` is an unbroken piece of the text. `when` has a code of the report
    form's "when" as its value, `registration` the plate as `AB12 CDE`.
    """

    categories: tuple[str, ...] = ()
    cards: tuple[str, ...] = ()
    intent: str | None = None
    also: tuple[str, ...] = ()
    plain: tuple[str, ...] = ()
    place: str | None = None
    when: Found | None = None
    registration: Found | None = None
    dangers: frozenset[str] = frozenset()
    worded: tuple[str, ...] = ()


NOTHING = Understood()
"""What an empty text says."""
