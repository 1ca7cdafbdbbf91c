"""Methods about how the bot gets its updates."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from bot.emulator.call import Call
from bot.emulator.errors import bad_request
from bot.emulator.objects import JsonDict
from bot.emulator.updates import WEBHOOK_SET
from bot.emulator.webhook import MAX_CONNECTIONS, WebhookSender

SECRET_MAX = 256
CONNECTIONS_LIMIT = 100
_SECRET = re.compile(r"[A-Za-z0-9_-]*")


def _allow(call: Call) -> None:
    kinds = call.value("allowed_updates")
    if isinstance(kinds, list):
        call.world.updates.allow([str(kind) for kind in kinds])


async def get_updates(call: Call, _webhook: WebhookSender) -> list[JsonDict]:
    """What waits, oldest first; what is below the offset is confirmed."""
    _allow(call)
    return await call.world.updates.poll(call.number("offset"), call.number("limit"), call.number("timeout"))


async def set_webhook(call: Call, webhook: WebhookSender) -> bool:
    """From now on post updates to a URL; an empty one is deleteWebhook."""
    url = call.text("url").strip()
    if not url:
        return await delete_webhook(call, webhook)
    secret = call.text("secret_token")
    if not _SECRET.fullmatch(secret):
        raise bad_request("secret token contains unallowed characters")
    if len(secret) > SECRET_MAX:
        raise bad_request("secret token is too long")
    # Like a local Bot API server: plain http is fine.
    if urlsplit(url).scheme not in {"http", "https"} or not urlsplit(url).hostname:
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    _allow(call)
    if call.flag("drop_pending_updates"):
        call.world.updates.clear()
    call.world.updates.interrupt(WEBHOOK_SET)
    connections = call.number("max_connections", MAX_CONNECTIONS)
    await webhook.start(url, secret, min(max(connections, 1), CONNECTIONS_LIMIT))
    return True


async def delete_webhook(call: Call, webhook: WebhookSender) -> bool:
    """Back to getUpdates."""
    if call.flag("drop_pending_updates"):
        call.world.updates.clear()
    await webhook.stop()
    return True


async def get_webhook_info(_call: Call, webhook: WebhookSender) -> JsonDict:
    """Where updates go and what went wrong last."""
    return webhook.info()


METHODS = {
    "getUpdates": get_updates,
    "setWebhook": set_webhook,
    "deleteWebhook": delete_webhook,
    "getWebhookInfo": get_webhook_info,
}
