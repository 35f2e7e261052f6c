"""How one row reaches Telegram: which calls it takes, what must be stored in between, what a refusal means."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import structlog
from telegram import Bot
from telegram.error import BadRequest, ChatMigrated, TelegramError

from bot import metrics
from bot.refusals import Refusal, refusal, retry_after
from bot.seats import Change, Seats
from bot.transport import call
from db import because, memory, outbox
from db.desk import cards
from db.memory import TRACE_LIFE, Trace
from db.outbox import Kind, Lane, Order, Row
from db.sealing import Keyring
from db.store import Store
from db.visit import Visit

log = structlog.get_logger()

COVERED = "·"  # what an own message too old to delete is edited to, when it is not the live one


@dataclass(slots=True)
class Outcome:
    """What became of a row.

    done   nothing is left to do (accepted, or nothing can be done).
    wait   seconds to wait before the next try; None leaves it to the sender's own pauses.
    lost   nothing can reach this chat any more.
    erased keyed hashes of messages that are gone or beyond deleting.
    rows   new rows, already stored, that follow from it.
    """

    done: bool = True
    refusal: Refusal | None = None
    wait: float = 0.0
    erased: list[bytes] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)


class Delivery:
    """Carries rows out. `spend` is told of every call beyond a row's first, so that limits count them."""

    def __init__(
        self,
        bot: Bot,
        store: Store,
        keys: Keyring,
        order: Order,
        now: Callable[[], datetime],
        spend: Callable[[Row], None],
    ) -> None:
        self._bot = bot
        self._store = store
        self._keys = keys
        self._order = order
        self._now = now
        self._spend = spend
        self._seats = Seats(store, keys, now)
        self.announced: set[int] = set()  # cases whose answers have reached their visitor's chat since last asked
        self.groups: dict[bytes, bool] = {}  # desks' groups that took a message, or refuse the bot, since last asked
        self._carry: dict[Kind, Callable[[Row], Awaitable[Outcome]]] = {
            Kind.REDRAW: self._redraw,
            Kind.SEND: self._send,
            Kind.ANNOUNCE: self._announce,
            Kind.CARD: self._card,
            Kind.COPY: self._copy,
            Kind.DELETE: self._delete,
            Kind.OTHER: self._other,
        }

    async def carry(self, row: Row) -> Outcome:
        """One try. Never raises for anything Telegram says."""
        if row.not_after < self._now():
            metrics.EXPIRED.inc()
            return Outcome()
        if not await self._wanted(row):
            metrics.EXPIRED.inc()
            return Outcome()
        try:
            return await self._carry[row.kind](row)
        except TelegramError as fault:
            return self._refused(row, fault)

    # --- the live message ---

    async def _redraw(self, row: Row) -> Outcome:
        """An edit of the live message. When there is none, a neutral shell is sent and its id stored first:
        what a notification shows, or what is left if we die here, is the shell (promise 3)."""
        if not row.payload["message_id"] and row.resumed:
            visit = await self._visit(row)
            if visit is None:
                return Outcome()
            row.payload["message_id"] = visit.live
        if not row.payload["message_id"]:
            if not row.payload["shell"]:
                return Outcome()
            shell = {"text": row.payload["shell"]}
            if row.payload.get("protect"):
                shell["protect_content"] = True
            sent = await self._message(shell, row)
            live = await self._seat(row, live=sent, instead_of=0)
            if live != sent:
                return await self._surplus(row, sent, live)
            row.payload["message_id"] = row.payload.pop("sent")
            self._spend(row)
        message_id = row.payload["message_id"]
        try:
            fields = {"chat_id": row.payload["chat_id"], "message_id": message_id, **row.payload["fields"]}
            await self._call("editMessageText", fields, row)
        except BadRequest as fault:
            if refusal(fault) is not Refusal.GONE or not row.payload["shell"]:
                raise
            live = await self._seat(row, live=0, instead_of=message_id)
            if live is not None:
                row.payload["message_id"] = live  # another one by now; 0: none, so one is sent
                return Outcome(done=False)
        return Outcome()

    async def _send(self, row: Row) -> Outcome:
        """The location keyboard's carrier; one is enough, however often it was asked for."""
        if "sent" not in row.payload:
            visit = await self._visit(row)
            if visit is None or visit.carrier:
                return Outcome()
        message_id = await self._message(row.payload["fields"], row)
        if await self._seat(row, carrier=message_id) is None:
            return await self._surplus(row, message_id, None)
        return Outcome()

    async def _announce(self, row: Row) -> Outcome:
        """A neutral line that something is there to be read. When the visitor left while it was on its way it goes
        again."""
        message_id = await self._message(row.payload["fields"], row)
        if not await self._seats.pin(row, message_id):
            return await self._surplus(row, message_id, None)
        if row.because is not None and row.because.case_id:
            self.announced.add(row.because.case_id)
        return Outcome()

    # --- the desk ---

    async def _card(self, row: Row) -> Outcome:
        """A message in a desk's group: edited where it stands, sent when there is none, deleted when it is to go.
        Which message it is stands with the case or the desk, so that the newest row finds it."""
        try:
            return await self._show_card(row)
        except ChatMigrated as fault:
            async with self._store.write() as connection:
                await cards.moved(connection, self._keys, row.payload["chat_id"], fault.new_chat_id)
            return Outcome()  # the desk's clock posts anew, in the new group
        except TelegramError as fault:
            if refusal(fault) is Refusal.UNREACHABLE:
                self.groups[row.chat] = False
            raise

    async def _show_card(self, row: Row) -> Outcome:
        slot, group, fields = row.payload["slot"], row.payload["chat_id"], row.payload["fields"]
        async with self._store.read() as connection:
            at = await cards.standing(connection, self._keys, slot)
        if at and (fields is None or row.payload["again"]):
            await self._delete_some(row, group, [at])
            await self._keep_card(slot, 0)
            at = 0
        if fields is None or not (at or row.payload["send"]):
            return Outcome()
        if not at:
            at = await self._message(fields | {"disable_notification": row.payload.get("silent", False)}, row)
            await self._keep_card(slot, at)
            self.groups[row.chat] = True
            return Outcome()
        try:
            await self._call("editMessageText", {"chat_id": group, "message_id": at, **fields}, row)
        except BadRequest as fault:
            if refusal(fault) is not Refusal.GONE:
                raise
            await self._keep_card(slot, 0)
            return Outcome(done=not row.payload["send"])
        return Outcome()

    async def _keep_card(self, slot: int, message_id: int) -> None:
        async with self._store.write() as connection:
            await cards.stand(connection, self._keys, slot, message_id)

    async def _copy(self, row: Row) -> Outcome:
        """A photo or voice goes on; its copy is remembered in the operator's chat, so that it goes with the case."""
        try:
            copied = await self._call("copyMessage", row.payload["fields"], row)
        except TelegramError as fault:
            if refusal(fault) is not Refusal.UNREACHABLE:
                raise
            return Outcome()  # it is the operator who cannot be reached, not the visitor in whose line this stands
        now, to = self._now(), int(row.payload["fields"]["chat_id"])
        async with self._store.write() as connection:
            await memory.add_traces(connection, self._keys, [Trace(to, int(copied["message_id"]), now)])
        return Outcome()

    async def _message(self, fields: dict[str, Any], row: Row) -> int:
        """Sends once: when only the storing failed, the next try finds the id here and sends no second message."""
        if "sent" in row.payload:
            return int(row.payload["sent"])
        silent = {"disable_notification": True, "link_preview_options": {"is_disabled": True}}
        sent = await self._call("sendMessage", {"chat_id": row.payload["chat_id"], **silent, **fields}, row)
        row.payload["sent"] = int(sent["message_id"])
        return int(sent["message_id"])

    async def _wanted(self, row: Row) -> bool:
        """Whether what a case asked for is still to be said: the case may have ended since. What has gone out
        already is followed to its end."""
        if row.because is None or row.because.kind != "case" or "sent" in row.payload:
            return True
        async with self._store.read() as connection:
            return await because.still_holds(connection, row)

    async def _visit(self, row: Row) -> Visit | None:
        """The visit the row belongs to, None when it has ended."""
        async with self._store.read() as connection:
            visit = (await memory.visits_of(connection, self._keys, [row.chat])).get(row.chat)
        return visit if visit and visit.generation == row.generation else None

    async def _seat(self, row: Row, **change: int) -> int | None:
        """Stores the id of a message that was just sent (or lost). The live message after that, None when the visit
        has ended meanwhile."""
        return await self._seats.take(Change(row.chat, row.generation, **change))

    async def _surplus(self, row: Row, message_id: int, live: int | None) -> Outcome:
        """While this message was on its way the visitor left (no `live`), or a tap on an older screen made that one
        live again: this one goes at once, and that is stored too. The row goes on with the live one."""
        now = self._now()
        payload = {"chat_id": row.payload["chat_id"], "messages": [(message_id, round(now.timestamp()))]}
        number = self._order.next(now)
        wipe = Row(number, Lane.EXIT, row.chat, Kind.DELETE, 0, payload, now, now + TRACE_LIFE)
        async with self._store.write() as connection:
            await outbox.put(connection, self._keys, [wipe])
        del row.payload["sent"]
        row.payload["message_id"] = live or 0
        return Outcome(done=live is None, rows=[wipe])

    # --- deleting ---

    async def _delete(self, row: Row) -> Outcome:
        """Messages go, newest first. One id that is too old fails a whole call, so a refused call is halved."""
        chat_id: int = row.payload["chat_id"]
        oldest = (self._now() - TRACE_LIFE).timestamp()
        young = [number for number, sent_at in row.payload["messages"] if sent_at > oldest]
        await self._delete_some(row, chat_id, young)
        return Outcome(erased=[self._keys.message(chat_id, number) for number, _ in row.payload["messages"]])

    async def _delete_some(self, row: Row, chat_id: int, ids: list[int]) -> None:
        if not ids:
            return
        try:
            if len(ids) == 1:
                await self._call("deleteMessage", {"chat_id": chat_id, "message_id": ids[0]}, row)
            else:
                await self._call("deleteMessages", {"chat_id": chat_id, "message_ids": ids}, row)
        except BadRequest as fault:
            meaning = refusal(fault)
            if len(ids) > 1 and meaning is not Refusal.UNREACHABLE:
                half = len(ids) // 2
                self._spend(row)
                await self._delete_some(row, chat_id, ids[:half])
                await self._delete_some(row, chat_id, ids[half:])
            elif meaning is Refusal.TOO_OLD:
                await self._blank(row, chat_id, ids[0])
            elif meaning is not Refusal.GONE:
                raise

    async def _blank(self, row: Row, chat_id: int, message_id: int) -> None:
        """Too old to delete: an own message can still be edited for ever, a visitor's cannot."""
        try:
            await self._call("editMessageText", {"chat_id": chat_id, "message_id": message_id, "text": COVERED}, row)
        except BadRequest as fault:
            if refusal(fault) not in (Refusal.DONE, Refusal.GONE, Refusal.TOO_OLD):
                raise

    # --- calls ---

    async def _other(self, row: Row) -> Outcome:
        await self._call(row.payload["method"], row.payload["fields"], row)
        return Outcome()

    async def _call(self, method: str, fields: dict[str, Any], row: Row) -> Any:
        try:
            result = await call(self._bot, method, fields)
        except TelegramError as fault:
            metrics.CALLS.labels(method, refusal(fault).name.lower()).inc()
            raise
        metrics.CALLS.labels(method, "ok").inc()
        return result

    def _refused(self, row: Row, fault: TelegramError) -> Outcome:
        meaning = refusal(fault)
        if meaning is Refusal.WAIT:
            return Outcome(done=False, refusal=meaning, wait=retry_after(fault))
        if meaning is Refusal.UNKNOWN:
            metrics.REPEATS.inc()
            return Outcome(done=False, refusal=meaning)
        if meaning is Refusal.BROKEN:
            log.error("call_refused", kind=row.kind.value, lane=row.lane.name.lower(), fault=type(fault).__name__)
        return Outcome(refusal=meaning)
