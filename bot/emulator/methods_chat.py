"""Methods about the bot itself, chats, members, files and commands."""

from __future__ import annotations

import json
import re

from bot.emulator.call import Call
from bot.emulator.errors import bad_request
from bot.emulator.files import DOWNLOAD_LIMIT_BYTES
from bot.emulator.objects import JsonDict

COMMANDS_MAX = 100
DESCRIPTION_MAX = 256
_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
_PROFILE_LIMITS = {"name": 64, "description": 512, "short_description": 120}


def get_me(call: Call) -> JsonDict:
    """The bot's own account."""
    return call.world.bot | {
        "can_join_groups": True,
        "can_read_all_group_messages": call.world.reads_all_group_messages,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


def get_chat(call: Call) -> JsonDict:
    """A chat with what only this method tells."""
    chat = call.chat()
    return chat.json | {
        "accent_color_id": 1,
        "max_reaction_count": 11,
        "accepted_gift_types": {
            "unlimited_gifts": False,
            "limited_gifts": False,
            "unique_gifts": False,
            "premium_subscription": False,
            "gifts_from_channels": False,
        },
    }


def _member(call: Call, user_id: int) -> JsonDict:
    chat, world = call.target(), call.world
    if user_id == world.bot["id"]:
        return {"status": chat.bot_status, "user": world.bot}
    user = world.users.get(user_id)
    if user is None:
        raise bad_request("user not found")
    status = chat.members.get(user_id, "left")
    member: JsonDict = {"status": status, "user": user.json}
    return member | {"is_anonymous": False} if status == "creator" else member


def get_chat_member(call: Call) -> JsonDict:
    """How somebody stands in a chat."""
    return _member(call, call.number("user_id"))


def get_chat_member_count(call: Call) -> int:
    """How many are in a chat, the bot included."""
    return sum(status != "left" for status in call.target().members.values()) + 1


def get_chat_administrators(call: Call) -> list[JsonDict]:
    """Who runs a group."""
    chat = call.target()
    return [
        _member(call, user_id)
        for user_id, status in chat.members.items()
        if status in {"creator", "administrator"}
    ]


def leave_chat(call: Call) -> bool:
    """The bot goes."""
    chat = call.target()
    if chat.private:
        raise bad_request("chat member status can't be changed in private chats")
    chat.bot_status = "left"
    call.world.emit("member", chat, {"bot_status": "left"})
    return True


def send_chat_action(call: Call) -> bool:
    """A sign such as "typing…"."""
    call.world.emit("action", call.target(), {"action": call.text("action") or "typing"})
    return True


def get_file(call: Call) -> JsonDict:
    """Where a file can be fetched. Bots get up to 20 MB."""
    stored = call.world.files.get(call.text("file_id"))
    if stored.size > DOWNLOAD_LIMIT_BYTES:
        raise bad_request("file is too big")
    return stored.reference() | {"file_path": stored.path}


def _scope(call: Call) -> str:
    scope = call.value("scope") or {"type": "default"}
    return json.dumps([scope, call.text("language_code")], sort_keys=True)


def set_my_commands(call: Call) -> bool:
    """The command menu, for a scope and a language."""
    commands = call.items("commands")
    if len(commands) > COMMANDS_MAX:
        raise bad_request("too many commands")
    for command in commands:
        if not _COMMAND.fullmatch(str(command.get("command", "")).removeprefix("/")):
            raise bad_request("BOT_COMMAND_INVALID")
        if not 0 < len(str(command.get("description", ""))) <= DESCRIPTION_MAX:
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    call.world.commands[_scope(call)] = [
        {"command": str(c["command"]).removeprefix("/"), "description": c["description"]} for c in commands
    ]
    call.world.announce("commands")
    return True


def get_my_commands(call: Call) -> list[JsonDict]:
    """The command menu of exactly this scope and language."""
    return call.world.commands.get(_scope(call), [])


def delete_my_commands(call: Call) -> bool:
    """Take a command menu away."""
    call.world.commands.pop(_scope(call), None)
    call.world.announce("commands")
    return True


def _set_profile(call: Call, field: str) -> bool:
    text = call.text(field)
    if len(text) > _PROFILE_LIMITS[field]:
        raise bad_request(f"BOT_{field.upper()}_TOO_LONG")
    call.world.profile[f"{field}:{call.text('language_code')}"] = text
    return True


def _get_profile(call: Call, field: str) -> JsonDict:
    profile = call.world.profile
    fallback = profile.get(f"{field}:", call.world.bot["first_name"] if field == "name" else "")
    return {field: profile.get(f"{field}:{call.text('language_code')}") or fallback}


def done(_call: Call) -> bool:
    """A method that the emulator accepts and that changes nothing."""
    return True


METHODS = {
    "getMe": get_me,
    "getChat": get_chat,
    "getChatMember": get_chat_member,
    "getChatMemberCount": get_chat_member_count,
    "getChatAdministrators": get_chat_administrators,
    "leaveChat": leave_chat,
    "sendChatAction": send_chat_action,
    "getFile": get_file,
    "setMyCommands": set_my_commands,
    "getMyCommands": get_my_commands,
    "deleteMyCommands": delete_my_commands,
    "setMyName": lambda call: _set_profile(call, "name"),
    "setMyDescription": lambda call: _set_profile(call, "description"),
    "setMyShortDescription": lambda call: _set_profile(call, "short_description"),
    "getMyName": lambda call: _get_profile(call, "name"),
    "getMyDescription": lambda call: _get_profile(call, "description"),
    "getMyShortDescription": lambda call: _get_profile(call, "short_description"),
    "setChatMenuButton": done,
    "pinChatMessage": done,
    "unpinChatMessage": done,
    "unpinAllChatMessages": done,
    "close": done,
    "logOut": done,
}
