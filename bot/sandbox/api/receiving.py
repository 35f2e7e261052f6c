"""getUpdates and the webhook: the two ways, one at a time, to hear of updates."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

from bot.sandbox.cloud import Cloud, Webhook
from bot.sandbox.parameters import Params
from bot.sandbox.refusal import Refusal, bad
from bot.sandbox.updates import BATCH, UNDER_WEBHOOK

MOST_CONNECTIONS = 100
LONGEST_SECRET = 256
_SECRET = re.compile(r"[A-Za-z0-9_-]*\Z")
_LOOPBACK = ("127.0.0.1", "localhost", "::1")


class Raw(bytes):
    """A result that is JSON already."""


async def get_updates(cloud: Cloud, params: Params) -> Raw:
    if cloud.webhook is not None:
        raise Refusal(409, UNDER_WEBHOOK)
    cloud.updates.allow(params.get("allowed_updates"))
    offset, limit, wait = (params.get(name, default) for name, default in _POLL)
    return Raw(await cloud.updates.poll(offset, limit, wait))


_POLL = (("offset", 0), ("limit", BATCH), ("timeout", 0))


def set_webhook(cloud: Cloud, params: Params) -> bool:
    url = params.get("url", "")
    if not url:
        return delete_webhook(cloud, params)
    _check_url(url)
    secret = params.get("secret_token", "")
    if len(secret) > LONGEST_SECRET:
        raise bad("secret token is too long")
    if not _SECRET.match(secret):
        raise bad("secret token contains unallowed characters")
    cloud.updates.allow(params.get("allowed_updates"))
    if params.get("drop_pending_updates"):
        cloud.updates.clear()
    most = min(max(params.get("max_connections", 40), 1), MOST_CONNECTIONS)
    cloud.updates.interrupt(Refusal(409, "terminated by setWebhook request"))
    cloud.webhook = Webhook(url, secret, most)
    cloud.on_webhook(cloud.webhook)
    return True


def delete_webhook(cloud: Cloud, params: Params) -> bool:
    if params.get("drop_pending_updates"):
        cloud.updates.clear()
    if cloud.webhook is not None:
        cloud.webhook = None
        cloud.on_webhook(None)
    return True


def get_webhook_info(cloud: Cloud, params: Params) -> dict[str, Any]:
    hook = cloud.webhook
    info: dict[str, Any] = {
        "url": hook.url if hook else "",
        "has_custom_certificate": False,
        "pending_update_count": len(cloud.updates),
    }
    if hook is not None:
        info["max_connections"] = hook.max_connections
        if hook.last_error_date:
            info |= {"last_error_date": hook.last_error_date, "last_error_message": hook.last_error_message}
    if (allowed := cloud.updates.allowed) is not None:
        info["allowed_updates"] = allowed
    return info


def _check_url(url: str) -> None:
    """Telegram wants HTTPS; towards the own machine plain HTTP will do here."""
    parts = urlsplit(url)
    if parts.scheme == "https" and parts.hostname:
        return
    if parts.scheme != "http" or parts.hostname not in _LOOPBACK:
        raise bad("bad webhook: An HTTPS URL must be provided for webhook")


HANDLERS = {
    "getUpdates": get_updates,
    "setWebhook": set_webhook,
    "deleteWebhook": delete_webhook,
    "getWebhookInfo": get_webhook_info,
}
