"""`/healthz` and `/metrics` for the person on duty, on loopback only."""

from __future__ import annotations

from collections.abc import Callable

from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

HOST = "127.0.0.1"


def routes(faults: Callable[[], list[str]]) -> web.Application:
    """`faults` names what is wrong now; an empty list is good health."""

    async def healthz(_: web.Request) -> web.Response:
        wrong = faults()
        return web.json_response({"ok": not wrong, "faults": wrong}, status=503 if wrong else 200)

    async def metrics(_: web.Request) -> web.Response:
        return web.Response(body=generate_latest(), headers={"Content-Type": CONTENT_TYPE_LATEST})

    app = web.Application()
    app.router.add_get("/healthz", healthz)
    app.router.add_get("/metrics", metrics)
    return app
