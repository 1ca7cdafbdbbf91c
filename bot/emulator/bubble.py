"""A message as a person sees it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bot.emulator.markup import buttons_of
from bot.emulator.objects import JsonDict

KINDS = (
    "photo",
    "video",
    "voice",
    "document",
    "audio",
    "animation",
    "sticker",
    "venue",
    "location",
    "contact",
    "poll",
)


@dataclass(frozen=True, slots=True)
class Bubble:
    """One message; `raw` is the Bot API's object."""

    raw: JsonDict
    from_bot: bool

    @property
    def id(self) -> int:
        """The message_id."""
        return int(self.raw["message_id"])

    @property
    def text(self) -> str:
        """The text or the caption; empty when there is none."""
        return str(self.raw.get("text") or self.raw.get("caption") or "")

    @property
    def kind(self) -> str:
        """`text`, or what the message carries: `photo`, `location` and so on."""
        return next((kind for kind in KINDS if kind in self.raw), "text")

    @property
    def sender(self) -> str:
        """The first name of who wrote it."""
        return str(self.raw["from"]["first_name"])

    @property
    def date(self) -> int:
        """When it was written, in Unix seconds."""
        return int(self.raw["date"])

    @property
    def edited(self) -> bool:
        """Whether its words were changed afterwards."""
        return "edit_date" in self.raw

    @property
    def protected(self) -> bool:
        """Whether forwarding and saving are off."""
        return bool(self.raw.get("has_protected_content"))

    @property
    def reply_to(self) -> int | None:
        """The id of the message it answers."""
        replied = self.raw.get("reply_to_message")
        return int(replied["message_id"]) if replied else None

    @property
    def buttons(self) -> list[list[str]]:
        """The labels of the inline keyboard, row by row."""
        rows = self.raw.get("reply_markup", {}).get("inline_keyboard", [])
        return [[button["text"] for button in row] for row in rows]

    @property
    def labels(self) -> list[str]:
        """The labels of the inline keyboard, flat."""
        return [label for row in self.buttons for label in row]

    def button(self, label_or_data: str) -> JsonDict | None:
        """The inline button with this label, else the first whose data starts so."""
        buttons = list(buttons_of(self.raw.get("reply_markup")))
        same = (b for b in buttons if b["text"].strip() == label_or_data.strip())
        starts = (b for b in buttons if b.get("callback_data", "").startswith(label_or_data))
        return next(same, None) or next(starts, None)

    def lines(self) -> Iterable[str]:
        """The lines of this message in a transcript."""
        sign = "" if self.kind == "text" else f"[{self.kind}] "
        edited = " (edited)" if self.edited else ""
        first, *more = (sign + self.text).split("\n")
        yield f"{self.sender}: {first}{edited}".rstrip()
        indent = " " * (len(self.sender) + 2)
        yield from (indent + line for line in more)
        yield from (indent + " ".join(f"[{label}]" for label in row) for row in self.buttons)
