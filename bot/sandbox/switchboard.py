"""The way of a Bot API call: log, faults, hold, limits, effect, answer."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass
from inspect import iscoroutinefunction
from random import Random
from typing import Any

from bot.sandbox.api import HANDLERS
from bot.sandbox.api.receiving import Raw
from bot.sandbox.calls import Call, CallLog
from bot.sandbox.cloud import Cloud
from bot.sandbox.faults import Fate, Faults, Gates
from bot.sandbox.limits import METERED
from bot.sandbox.parameters import Params, known, read
from bot.sandbox.refusal import Refusal, too_many

_WAITING = frozenset(name for name, handler in HANDLERS.items() if iscoroutinefunction(handler))
_SERVER_ERRORS = ((500, "Internal Server Error"), (502, "Bad Gateway"), (504, "Gateway Timeout"))


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    body: bytes


def refused(refusal: Refusal) -> Answer:
    return Answer(refusal.code, json.dumps(refusal.body()).encode())


class Switchboard:
    def __init__(self, cloud: Cloud, seed: int) -> None:
        self.cloud = cloud
        self.log = CallLog()
        self.faults = Faults()
        self.before = Gates()  # hold a call before its effect
        self.after = Gates()  # hold its answer after the effect
        self.random = Random(seed)  # noqa: S311 - repeatable bad luck, not a secret

    async def http(self, name: str, raw: Mapping[str, Any]) -> Answer | None:
        """A call over HTTP. None: the connection is to be dropped without a word."""
        call: Call | None = None
        try:
            method = known(name)
            call = self._arrived(method, dict(raw), "http")
            call.params = params = read(method, raw)
            call.chat_id = self._chat_of(params)
            fate = await self._fate(call)
            return await self._answered(call, params, fate)
        except Refusal as refusal:
            if call is not None:
                self._failed(call, refusal.code, refusal.description)
            return refused(refusal)

    async def carried(self, raw: Mapping[str, Any]) -> None:
        """The one call a webhook's answer may carry. Whoever sent it never hears what came of it."""
        fields = {name: value for name, value in raw.items() if name != "method"}
        call: Call | None = None
        try:
            method = known(str(raw["method"]))
            call = self._arrived(method, fields, "webhook")
            call.params = params = read(method, fields)
            call.chat_id = self._chat_of(params)
            await self._effect(call, params)
            self._succeeded(call)
        except Refusal as refusal:
            if call is not None:
                self._failed(call, refusal.code, refusal.description)

    def unheard(self, name: str) -> None:
        """Whoever called is gone: updates that were in the answer were not received."""
        if name.lower() == "getupdates":
            self.cloud.updates.answer_lost()

    def _arrived(self, method: str, raw: dict[str, Any], via: str) -> Call:
        call = self.log.arrive(method, raw, self.cloud.clock.now(), via)
        self.cloud.changes.touch()
        return call

    def _chat_of(self, params: Params) -> int | None:
        if isinstance(chat_id := params.get("chat_id"), int):
            return chat_id
        if query := self.cloud.queries.get(params.get("callback_query_id", "")):
            return query.chat_id
        return None

    async def _fate(self, call: Call) -> Fate:
        fate = Fate.ANSWERED
        if self.faults.concern(call.method, call.chat_id):
            fate = self.faults.fate(self.random)
            if self.faults.delay[1] > 0:
                await asyncio.sleep(self.random.uniform(*self.faults.delay))
        if (gate := self.before.claim(call)) is not None:
            fate = await gate.pass_through(call)
        return fate

    async def _answered(self, call: Call, params: Params, fate: Fate) -> Answer | None:
        if fate is Fate.TOO_MANY:
            raise too_many(self.faults.retry_after)
        if fate is Fate.SERVER_ERROR:
            raise Refusal(*self.random.choice(_SERVER_ERRORS))
        if fate is Fate.DROPPED_BEFORE:
            self._failed(call, None, fate.value)
            return None
        result: Any = None
        refusal: Refusal | None = None
        try:
            result = await self._effect(call, params)
        except Refusal as refused:
            refusal = refused
        if (gate := self.after.claim(call)) is not None:
            fate = await gate.pass_through(call)
        if fate is not Fate.ANSWERED:
            self.unheard(call.method)
            self._failed(call, None, Fate.DROPPED_AFTER.value)
            return None
        if refusal is not None:
            raise refusal
        self._succeeded(call)
        body = result if isinstance(result, Raw) else json.dumps(result).encode()
        return Answer(200, b'{"ok":true,"result":' + body + b"}")

    async def _effect(self, call: Call, params: Params) -> Any:
        if call.method in METERED and (chat := self.cloud.chats.get(call.chat_id or 0)) is not None:
            now = self.cloud.clock.steady()
            self.cloud.meter.spend(self.cloud.limits, chat.id, group=not chat.private, now=now)
        result = HANDLERS[call.method](self.cloud, params)
        if call.method in _WAITING:
            result = await result
        call.effect = True
        if not isinstance(result, Raw):
            call.result = result
        return result

    def _succeeded(self, call: Call) -> None:
        call.ok = True
        self.cloud.changes.touch()

    def _failed(self, call: Call, code: int | None, description: str) -> None:
        self.log.fail(call, code, description)
        self.cloud.changes.touch()
