"""What is kept of a message until it is sent."""

from __future__ import annotations

import json

from store.domain.delivery import for_many, packed

WORDS = {"text": "Zamknij szopę “na klucz”\n🔒", "reply_markup": {"inline_keyboard": [[{"text": "OK"}]]}}


def test_one_made_for_many_is_kept_as_one_made_for_this_chat() -> None:
    kept = for_many(WORDS)(-10042)
    assert kept == packed({"chat_id": -10042, **WORDS}) == packed(kept)
    assert json.loads(kept) == {"chat_id": -10042, **WORDS}
