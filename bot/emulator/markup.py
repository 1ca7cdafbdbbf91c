"""Keyboards under messages: what the real server checks."""

from __future__ import annotations

import json
from collections.abc import Iterator

from bot.emulator.errors import bad_request
from bot.emulator.objects import JsonDict

CALLBACK_DATA_BYTES = 64
MAX_BUTTONS = 100
_ACTIONS = (
    "url",
    "callback_data",
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "copy_text",
    "pay",
)
_LINKS = ("http://", "https://", "tg://")


def read_markup(value: object) -> JsonDict | None:
    """The reply markup of a call, checked. Raises 400."""
    if value is None or value == "":
        return None
    try:
        markup = json.loads(value) if isinstance(value, str) else value
    except ValueError as error:
        raise bad_request("can't parse reply keyboard markup JSON object") from error
    if not isinstance(markup, dict):
        raise bad_request("object expected as reply markup")
    if "inline_keyboard" in markup:
        _check_inline(markup["inline_keyboard"])
    elif "keyboard" in markup:
        markup["keyboard"] = [[_key(key) for key in row] for row in markup["keyboard"]]
    elif not {"remove_keyboard", "force_reply"} & markup.keys():
        raise bad_request("can't parse reply keyboard markup: unknown markup")
    return markup


def buttons_of(markup: JsonDict | None) -> Iterator[JsonDict]:
    """Every inline button, in reading order."""
    for row in (markup or {}).get("inline_keyboard", ()):
        yield from row


def _key(key: object) -> JsonDict:
    if isinstance(key, str):
        return {"text": key}
    if isinstance(key, dict) and key.get("text"):
        return key
    raise bad_request("can't parse keyboard button: text is empty")


def _check_inline(rows: object) -> None:
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad_request('can\'t parse inline keyboard: Field "inline_keyboard" must be an array of arrays')
    count = 0
    for row in rows:
        for button in row:
            _check_button(button)
            count += 1
    if count > MAX_BUTTONS:
        raise bad_request("REPLY_MARKUP_TOO_LONG")


def _check_button(button: object) -> None:
    if not isinstance(button, dict) or not button.get("text"):
        message = "can't parse inline keyboard button: Can't find field \"text\""
        raise bad_request(message)
    if not any(name in button for name in _ACTIONS):
        raise bad_request(
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
        )
    data = button.get("callback_data")
    if data is not None and not 0 < len(str(data).encode()) <= CALLBACK_DATA_BYTES:
        raise bad_request("BUTTON_DATA_INVALID")
    if "url" in button and not str(button["url"]).startswith(_LINKS):
        raise bad_request(f"inline keyboard button URL '{button['url']}' is invalid: Wrong HTTP URL")
