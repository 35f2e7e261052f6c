"""A Bot API call's parameters as they came: query string, JSON, form or multipart."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from aiohttp import web

from bot.sandbox.refusal import bad


async def read_body(request: web.Request) -> Mapping[str, Any]:
    """Raises Refusal 400 for JSON that is none."""
    if request.method == "POST" and request.can_read_body:
        if request.content_type == "application/json":
            found = _object(await request.read())
        else:
            form = await request.post()
            found = {name: _field(value) for name, value in form.items()}
        return {**request.query, **found} if request.query_string else found
    return dict(request.query)


def _object(body: bytes) -> dict[str, Any]:
    try:
        value = json.loads(body)
    except ValueError:
        raise bad("can't parse JSON object") from None
    if not isinstance(value, dict):
        raise bad("object expected")
    return value


def _field(value: str | bytes | bytearray | web.FileField) -> str:
    """Files (a webhook's certificate is the only one here) are named, not kept."""
    if isinstance(value, web.FileField):
        return value.filename
    return value if isinstance(value, str) else bytes(value).decode(errors="replace")
