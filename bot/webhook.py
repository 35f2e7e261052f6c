"""Webhook: Telegram brings the updates. The HTTP answer is given after the commit, so it is the acknowledgement;
it carries one call for free: the answer to a tap or, for an exit, the cover itself."""

from __future__ import annotations

import hmac
import json
from urllib.parse import urlsplit

import structlog
from aiohttp import web

from bot.events import Malformed, update_id
from bot.ingest import Gathering, StoreAway

log = structlog.get_logger()

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 (the header's name)
MAX_BYTES = 1024 * 1024


def routes(url: str, secret: str, gathering: Gathering) -> web.Application:
    """The one path of the webhook."""

    async def take(request: web.Request) -> web.Response:
        shown = request.headers.get(SECRET_HEADER, "")
        if not hmac.compare_digest(shown.encode(errors="surrogateescape"), secret.encode()):
            return web.Response(status=403)
        try:
            update = json.loads(await request.read())
            number = update_id(update)
        except (ValueError, RecursionError, Malformed):
            return web.Response()  # nothing we could ever understand: accepted, or Telegram would bring it for ever
        try:
            spoken = await gathering.take(update)
        except StoreAway as fault:
            log.error("store_failed", fault=str(fault))
            return web.Response(status=503)  # Telegram keeps it and brings it again
        return web.json_response(spoken[number]) if number in spoken else web.Response()

    app = web.Application(client_max_size=MAX_BYTES)
    app.router.add_post(urlsplit(url).path or "/", take)
    return app
