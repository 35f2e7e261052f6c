"""A phone in the sandbox, held over its HTTP orders: looks, presses, writes, as a person does."""

from __future__ import annotations

from typing import Any

from aiohttp import ClientSession

Message = dict[str, Any]


class OutOfOrder(Exception):  # noqa: N818 (a name for the situation)
    """The sandbox did not do what was asked: the message has gone meanwhile, or the phone has."""


class Phone:
    """One person's. `base`: where the sandbox listens."""

    def __init__(self, http: ClientSession, base: str, chat_id: int) -> None:
        self._http = http
        self._chat = f"{base}/sandbox/chats/{chat_id}"
        self.chat_id = chat_id

    @classmethod
    async def new(cls, http: ClientSession, base: str, name: str, lang: str) -> Phone:
        """A newcomer's."""
        made = await _ordered(http, f"{base}/sandbox/chats", {"name": name, "lang": lang, "persona": "survivor"})
        return cls(http, base, int(made["id"]))

    async def write(self, text: str) -> None:
        """Sends a message."""
        await _ordered(self._http, f"{self._chat}/send", {"text": text})

    async def press(self, label: str) -> bool:
        """The button with these words on the newest message that has it; False when there is none."""
        for message in reversed(await self._messages()):
            for row, buttons in enumerate(message["inline_keyboard"]):
                for column, button in enumerate(buttons):
                    if button["text"] == label:
                        at = {"message_id": message["message_id"], "row": row, "column": column}
                        try:
                            await _ordered(self._http, f"{self._chat}/tap", at)
                        except OutOfOrder:
                            return False
                        return True
        return False

    async def _messages(self) -> list[Message]:
        async with self._http.get(self._chat) as answer:
            if not answer.ok:
                raise OutOfOrder(str(answer.status))
            found: list[Message] = (await answer.json())["messages"]
            return [message for message in found if message["from"] == "bot"]


async def _ordered(http: ClientSession, url: str, order: dict[str, Any]) -> dict[str, Any]:
    async with http.post(url, json=order) as answer:
        if not answer.ok:
            raise OutOfOrder(str(answer.status))
        done: dict[str, Any] = await answer.json()
        return done
