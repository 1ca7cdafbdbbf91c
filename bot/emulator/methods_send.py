"""Methods that put new messages into chats; these count towards the limits."""

from __future__ import annotations

from bot.emulator.call import Call, format_text
from bot.emulator.errors import bad_request
from bot.emulator.files import media_content
from bot.emulator.objects import JsonDict
from bot.emulator.world import Chat

ALBUM_MAX = 10
ALBUM_KINDS = frozenset({"photo", "video", "document", "audio"})
POLE, DATE_LINE = 90, 180
PHOTO_BYTES = 10 * 1024 * 1024
_SERVICE_FIELDS = frozenset(
    {"message_id", "from", "chat", "date", "edit_date", "reply_to_message", "reply_markup"}
)
_NOT_CARRIED = frozenset({"media_group_id", "has_protected_content", "forward_origin"})


def send_message(call: Call) -> JsonDict:
    """A text message."""
    content = call.formatted("text")
    if not content:
        raise bad_request("message text is empty")
    return call.post(content)


def _send_file(call: Call, kind: str) -> JsonDict:
    call.target()
    stored = call.file(kind)
    if kind == "photo" and stored.size > PHOTO_BYTES:
        raise bad_request("PHOTO_INVALID_DIMENSIONS")
    return call.post(media_content(kind, stored) | call.caption())


def send_photo(call: Call) -> JsonDict:
    """A photo with a caption."""
    return _send_file(call, "photo")


def send_document(call: Call) -> JsonDict:
    """A file with a caption."""
    return _send_file(call, "document")


def send_video(call: Call) -> JsonDict:
    """A video with a caption."""
    return _send_file(call, "video")


def send_animation(call: Call) -> JsonDict:
    """A video without sound."""
    return _send_file(call, "animation")


def send_audio(call: Call) -> JsonDict:
    """A piece of music."""
    return _send_file(call, "audio")


def send_voice(call: Call) -> JsonDict:
    """A voice message."""
    return _send_file(call, "voice")


def send_sticker(call: Call) -> JsonDict:
    """A sticker."""
    return _send_file(call, "sticker")


def _point(call: Call) -> JsonDict:
    latitude, longitude = call.decimal("latitude"), call.decimal("longitude")
    if abs(latitude) > POLE or abs(longitude) > DATE_LINE:
        raise bad_request("location is invalid")
    return {"latitude": latitude, "longitude": longitude}


def send_location(call: Call) -> JsonDict:
    """A point on the map."""
    return call.post({"location": _point(call)})


def send_venue(call: Call) -> JsonDict:
    """A place with a name and an address."""
    point = _point(call)
    return call.post(
        {
            "venue": {"location": point, "title": call.text("title"), "address": call.text("address")},
            "location": point,
        },
    )


def send_contact(call: Call) -> JsonDict:
    """A phone number with a name."""
    contact = {"phone_number": call.text("phone_number"), "first_name": call.text("first_name")}
    return call.post({"contact": contact})


def send_media_group(call: Call) -> list[JsonDict]:
    """An album: one message for each item, all of which count."""
    chat = call.target()
    items = call.items("media")
    if not items:
        raise bad_request("media must be non-empty")
    if len(items) > ALBUM_MAX:
        raise bad_request("too many messages to send as an album")
    contents = [_album_item(call, item) for item in items]
    extras = call.extras(chat)
    call.limiter.take(chat.id, len(items))
    album = str(call.world.seq + 1_000_000)
    return [call.put(chat, content | extras | {"media_group_id": album}, None) for content in contents]


def _album_item(call: Call, item: JsonDict) -> JsonDict:
    kind = str(item.get("type", ""))
    if kind not in ALBUM_KINDS:
        raise bad_request("can't parse InputMedia: type must be photo, video, document or audio")
    caption = format_text(
        str(item.get("caption") or ""),
        str(item.get("parse_mode") or ""),
        item.get("caption_entities"),
        "caption",
    )
    return media_content(kind, call.file(kind, item.get("media"))) | caption


def _source(call: Call, verb: str) -> tuple[Chat, JsonDict]:
    chat = call.chat("from_chat_id")
    known = chat.messages.get(call.number("message_id"))
    if known is None:
        raise bad_request(f"message to {verb} not found")
    if known.get("has_protected_content") and known["from"] != call.world.bot:
        raise bad_request(f"the message can't be {'copied' if verb == 'copy' else 'forwarded'}")
    return chat, known


def copy_message(call: Call) -> JsonDict:
    """The same content as a new message of the bot; answers with its id only."""
    call.target()
    _, known = _source(call, "copy")
    left_out = _SERVICE_FIELDS | _NOT_CARRIED
    content = {name: value for name, value in known.items() if name not in left_out}
    if "caption" in call.params:
        content = {k: v for k, v in content.items() if not k.startswith("caption")} | call.caption()
    return {"message_id": call.post(content)["message_id"]}


def forward_message(call: Call) -> JsonDict:
    """The same content with a note of who wrote it."""
    call.target()
    _, known = _source(call, "forward")
    left_out = _SERVICE_FIELDS | {"media_group_id", "has_protected_content"}
    content = {name: value for name, value in known.items() if name not in left_out}
    origin = {"type": "user", "date": known["date"], "sender_user": known["from"]}
    return call.post({"forward_origin": origin} | content)


METHODS = {
    "sendMessage": send_message,
    "sendPhoto": send_photo,
    "sendDocument": send_document,
    "sendVideo": send_video,
    "sendAnimation": send_animation,
    "sendAudio": send_audio,
    "sendVoice": send_voice,
    "sendSticker": send_sticker,
    "sendLocation": send_location,
    "sendVenue": send_venue,
    "sendContact": send_contact,
    "sendMediaGroup": send_media_group,
    "copyMessage": copy_message,
    "forwardMessage": forward_message,
}
