from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from store.domain.errors import Refusal
from store.domain.message import MESSAGE_MAX_CHARACTERS, MessageKind, MessageView, checked_text

AT = datetime(2026, 11, 23, 9, tzinfo=UTC)
SAID = MessageView("m", MessageKind.ANSWER, "r", None, None, None, "Fridays", AT)


def test_only_what_a_reporter_wrote_is_unread_and_only_until_it_was_read() -> None:
    unread = {kind for kind in MessageKind if replace(SAID, kind=kind).unread}
    assert unread == {MessageKind.ANSWER, MessageKind.ADDITION}
    assert not replace(SAID, read_at=AT).unread


def test_text_loses_the_blanks_around_it() -> None:
    assert checked_text("  Which nights?\n") == "Which nights?"
    assert len(checked_text("x" * MESSAGE_MAX_CHARACTERS)) == MESSAGE_MAX_CHARACTERS


@pytest.mark.parametrize(
    ("text", "key"), [("", "message.needs_text"), ("x" * (MESSAGE_MAX_CHARACTERS + 1), "message.too_long")]
)
def test_no_text_and_too_much_are_refused(text: str, key: str) -> None:
    with pytest.raises(Refusal) as refusal:
        checked_text(text)
    assert refusal.value.key == key
