"""The floor: what it costs to take an update and make two calls, and nothing else.

One getUpdates loop on aiohttp and uvloop, a task per update, bodies written beforehand, answers read and not
looked at. It remembers nothing, so no bot that keeps a promise can be cheaper.
"""

from __future__ import annotations

import asyncio
import json
import os
from typing import Any

import aiohttp
import uvloop

from tests.bench.contestants.canned import ROWS, SCREENS

BASE = f"{os.environ['TELEGRAM_API_BASE']}/bot{os.environ['BOT_TOKEN']}"
JSON = {"Content-Type": "application/json"}
MARKUP = {"inline_keyboard": [[{"text": text, "callback_data": data} for text, data in row] for row in ROWS]}
# An edit without its closing brace: chat and message are added to it.
EDITS = {
    data: json.dumps({"text": text, "parse_mode": "HTML", "reply_markup": MARKUP})[:-1]
    for data, text in SCREENS.items()
}


async def call(session: aiohttp.ClientSession, method: str, body: str) -> bytes:
    """One Bot API call with a body that is JSON already."""
    async with session.post(f"{BASE}/{method}", data=body.encode(), headers=JSON) as answer:
        return await answer.read()


async def serve(session: aiohttp.ClientSession, update: dict[str, Any]) -> None:
    """Answers a tap with an edit, a text with a message that is then edited."""
    if query := update.get("callback_query"):
        shown, screen = query["message"], EDITS[query["data"]]
        await call(session, "answerCallbackQuery", f'{{"callback_query_id":"{query["id"]}"}}')
    else:
        chat_id = update["message"]["chat"]["id"]
        sent = await call(session, "sendMessage", f'{{"chat_id":{chat_id},"text":"…"}}')
        shown, screen = json.loads(sent)["result"], EDITS["1/home"]
    await call(
        session,
        "editMessageText",
        f'{screen},"chat_id":{shown["chat"]["id"]},"message_id":{shown["message_id"]}}}',
    )


async def run() -> None:
    """Polls for ever; a batch is answered before the next is asked for."""
    offset = 0
    async with aiohttp.ClientSession() as session:
        while True:
            body = await call(session, "getUpdates", f'{{"offset":{offset},"timeout":30}}')
            updates = json.loads(body)["result"]
            await asyncio.gather(*(serve(session, update) for update in updates))
            if updates:
                offset = updates[-1]["update_id"] + 1


if __name__ == "__main__":
    uvloop.run(run())
