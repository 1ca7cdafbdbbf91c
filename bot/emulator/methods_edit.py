"""Methods that change or delete messages and answer taps; these do not count towards the limits."""

from __future__ import annotations

from bot.emulator.call import Call
from bot.emulator.errors import bad_request
from bot.emulator.objects import JsonDict
from bot.emulator.updates import CALLBACK_SECONDS
from bot.emulator.world import Chat

DELETE_SECONDS = 48 * 3600
DELETE_MANY_MAX = 100
ANSWER_LIMIT = 200
SAME = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)
EXPIRED = "query is too old and response timeout expired or query ID is invalid"


def _editable(call: Call) -> tuple[Chat, JsonDict]:
    chat = call.target()
    known = chat.messages.get(call.number("message_id"))
    if known is None:
        raise bad_request("message to edit not found")
    if known["from"] != call.world.bot:
        raise bad_request("message can't be edited")
    return chat, known


def _apply(call: Call, chat: Chat, known: JsonDict, changed: JsonDict) -> JsonDict:
    if all(changed.get(name) == known.get(name) for name in {*changed, *known}):
        raise bad_request(SAME)
    edited = changed | {"edit_date": call.world.clock.unix()}
    call.world.replace_message(chat, edited, by_bot=True)
    return edited


def _without(message: JsonDict, *names: str) -> JsonDict:
    return {name: value for name, value in message.items() if name not in names}


def _new_markup(call: Call) -> JsonDict:
    # An edit without a keyboard takes the keyboard away, as does an empty one.
    markup = call.markup()
    if markup and "inline_keyboard" not in markup:
        raise bad_request("inline keyboard expected")
    return {"reply_markup": markup} if markup and markup["inline_keyboard"] else {}


def edit_message_text(call: Call) -> JsonDict:
    """New text and keyboard for a text message."""
    content = call.formatted("text")
    if not content:
        raise bad_request("message text is empty")
    chat, known = _editable(call)
    if "text" not in known:
        raise bad_request("there is no text in the message to edit")
    kept = _without(known, "text", "entities", "reply_markup", "link_preview_options")
    preview = _without(call.extras(chat), "has_protected_content", "reply_to_message")
    return _apply(call, chat, known, kept | content | preview | _new_markup(call))


def edit_message_caption(call: Call) -> JsonDict:
    """New caption and keyboard for a message with a file."""
    content = call.caption()
    chat, known = _editable(call)
    if "text" in known or "location" in known:
        raise bad_request("there is no caption in the message to edit")
    kept = _without(known, "caption", "caption_entities", "reply_markup")
    return _apply(call, chat, known, kept | content | _new_markup(call))


def edit_message_reply_markup(call: Call) -> JsonDict:
    """A new keyboard, or none, under a message."""
    chat, known = _editable(call)
    return _apply(call, chat, known, _without(known, "reply_markup") | _new_markup(call))


def _may_delete(call: Call, chat: Chat, known: JsonDict) -> bool:
    own = known["from"] == call.world.bot
    young = call.world.clock.unix() - known["date"] < DELETE_SECONDS
    return (own or chat.private or chat.bot_status == "administrator") and young


def delete_message(call: Call) -> bool:
    """Take one message away. Bots may do so for 48 hours."""
    chat = call.target()
    known = chat.messages.get(call.number("message_id"))
    if known is None:
        raise bad_request("message to delete not found")
    if not _may_delete(call, chat, known):
        raise bad_request("message can't be deleted")
    call.world.delete_message(chat, known["message_id"])
    return True


def delete_messages(call: Call) -> bool:
    """Take up to a hundred messages away; unknown ones are skipped."""
    chat = call.target()
    ids = call.value("message_ids")
    if not isinstance(ids, list) or not 0 < len(ids) <= DELETE_MANY_MAX:
        raise bad_request("message identifiers are not specified or too many")
    for number in ids:
        known = chat.messages.get(int(number))
        if known is not None and _may_delete(call, chat, known):
            call.world.delete_message(chat, known["message_id"])
    return True


def answer_callback_query(call: Call) -> bool:
    """Stop the waiting sign on a tapped button, maybe with a short text."""
    world = call.world
    callback = world.callbacks.get(call.text("callback_query_id"))
    if callback is None or world.clock.monotonic() - callback.tapped >= CALLBACK_SECONDS:
        raise bad_request(EXPIRED)
    text = call.text("text")
    if len(text) > ANSWER_LIMIT:
        raise bad_request("MESSAGE_TOO_LONG")
    answer = {
        "callback_query_id": call.text("callback_query_id"),
        "user_id": callback.user_id,
        "text": text,
        "show_alert": call.flag("show_alert"),
        "url": call.text("url"),
    }
    world.users[callback.user_id].answers.append(answer)
    chat = world.chats.get(callback.chat_id)
    if chat is not None:
        world.emit("answer", chat, answer)
    return True


def set_message_reaction(call: Call) -> bool:
    """The bot's reaction under a message."""
    chat = call.target()
    known = chat.messages.get(call.number("message_id"))
    if known is None:
        raise bad_request("message to react not found")
    call.world.emit("reaction", chat, {"message_id": known["message_id"], "reaction": call.items("reaction")})
    return True


METHODS = {
    "editMessageText": edit_message_text,
    "editMessageCaption": edit_message_caption,
    "editMessageReplyMarkup": edit_message_reply_markup,
    "deleteMessage": delete_message,
    "deleteMessages": delete_messages,
    "answerCallbackQuery": answer_callback_query,
    "setMessageReaction": set_message_reaction,
}
