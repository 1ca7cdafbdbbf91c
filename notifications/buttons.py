"""What a button carries: typed, short, and never any authority.

Callback data is at most 64 bytes. A button says what was meant and on which version of a form;
whether that may be done is asked of the store.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from store.domain.errors import ForelandError

MAX_BYTES = 64
_SEPARATOR = ":"


class ButtonTooLongError(ForelandError):
    """The data would not fit into a button."""


@dataclass(frozen=True, slots=True)
class FormTap:
    """A tap on a button of a form: what was chosen at which step of which version."""

    form: str
    step: str
    version: int
    value: str

    def data(self) -> str:
        """Return the callback data."""
        return _packed("f", self.form, self.step, str(self.version), self.value)


@dataclass(frozen=True, slots=True)
class OwnTap:
    """A tap of a resident on something of their own."""

    verb: str
    subject: str = ""

    def data(self) -> str:
        """Return the callback data."""
        return _packed("o", self.verb, self.subject)


@dataclass(frozen=True, slots=True)
class StaffTap:
    """A tap of a member of staff. `subject` is a reference, `more` whatever the verb needs."""

    verb: str
    subject: str = ""
    more: str = ""

    def data(self) -> str:
        """Return the callback data."""
        return _packed("s", self.verb, self.subject, self.more)


@dataclass(frozen=True, slots=True)
class WebLink:
    """A button that opens a page; see `can_be_opened`."""

    url: str


Tap = FormTap | OwnTap | StaffTap
Button = tuple[str, Tap | WebLink]
Keyboard = Sequence[Sequence[Button]]


def _packed(*parts: str) -> str:
    data = _SEPARATOR.join(parts)
    if len(data.encode()) > MAX_BYTES:
        raise ButtonTooLongError(data)
    return data


def read(data: str) -> Tap | None:
    """Return the tap that callback data stands for; None for data that is not ours."""
    kind, *parts = data.split(_SEPARATOR)
    match kind, parts:
        case "f", [form, step, version, value] if version.isdecimal():
            return FormTap(form, step, int(version), value)
        case "o", [verb, subject]:
            return OwnTap(verb, subject)
        case "s", [verb, subject, more]:
            return StaffTap(verb, subject, more)
        case _:
            return None


_OF_SEVERAL = " · "
"""Between number and label; answers of forms are numbered with a full stop, and replace their question."""


def numbered(number: int, label: str) -> str:
    """Return the label of a button that belongs to one of several paragraphs of a message."""
    return f"{number}{_OF_SEVERAL}{label}"


def is_numbered(label: str) -> bool:
    """Tell whether a button belongs to one paragraph of several: what it opens must not replace them."""
    number, mark, _ = label.partition(_OF_SEVERAL)
    return bool(mark) and number.isdecimal()


def can_be_opened(url: str) -> bool:
    """Tell whether the messenger takes this address on a button: it refuses whole messages for others."""
    return url.startswith("https://")


def markup(keyboard: Keyboard) -> dict[str, Any]:
    """Return the inline keyboard as the Bot API takes it."""
    return {"inline_keyboard": [[{"text": label, **_deed(what)} for label, what in row] for row in keyboard]}


def _deed(what: Tap | WebLink) -> dict[str, str]:
    return {"url": what.url} if isinstance(what, WebLink) else {"callback_data": what.data()}
