"""What a batch of turns changes: gathered while deciding, written with one statement per table.

Nothing here touches the network. After the commit the rows go to the sender; before it nothing is said.
"""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Protocol

from sqlalchemy.ext.asyncio import AsyncConnection

from bot import render
from bot.covered import Covered
from db import locks, memory, outbox
from db.because import Because
from db.locks import Lock
from db.memory import Trace
from db.outbox import Kind, Lane, Order, Row
from db.sealing import Keyring
from db.visit import Lang, Visit
from flows.engine import Action, AskLocation, Screen
from flows.neutral import announcement

# Older than this, we were down: no new message, only silent edits and wipes; exits always run (promise 4).
STALE = timedelta(minutes=10)
# The hour after which something is no longer sent (promise 4).
REDRAW_LIFE = timedelta(minutes=10)  # the person who tapped has stopped waiting
POST_LIFE = timedelta(minutes=10)  # the queue has moved on by then; the desk's clock posts anew what still waits
ANNOUNCE_LIFE = timedelta(hours=1)  # who asked for a person waits longer, but not for ever
ANSWER_LIFE = timedelta(seconds=150)  # Telegram forgets a tap then
CARRIER_LIFE = timedelta(minutes=1)
CARD_LIFE = timedelta(seconds=30)  # nobody waits longer for a walking tip, so tapping on cannot pile up
WIPE_LIFE = timedelta(hours=48)  # a bot can delete nothing older

DELETE_AT_ONCE = 100  # ids per deleteMessages call


class Route(Protocol):
    """The way to a visitor, whether or not their visit still lives: a `Visit`, or what a case has kept of one."""

    @property
    def chat_id(self) -> int: ...
    @property
    def generation(self) -> int: ...
    @property
    def lang(self) -> Lang: ...


class Ledger:
    """One batch. `free_answers`: a webhook's HTTP answer can carry one call for each update."""

    def __init__(
        self,
        keys: Keyring,
        order: Order,
        now: datetime,
        *,
        free_answers: bool = False,
        covered: Covered | None = None,
    ) -> None:
        self.keys = keys
        self.now = now
        self.visits: dict[bytes, Visit] = {}
        self.locks: dict[bytes, Lock] = {}
        self.left: dict[bytes, tuple[int, int, Lane]] = {}  # chat → chat id, live message, lane of the wipe
        self.counts: Counter[tuple[str, str]] = Counter()
        self.spoken: dict[int, render.Fields] = {}
        self.replaced: set[int] = set()
        self.covers: set[bytes] = set()  # messages that exits of this batch cover
        self._covered = covered or Covered()
        self._order = order
        self._free = free_answers
        self._kept: dict[bytes, Visit] = {}
        self._locked: dict[bytes, Lock | None] = {}
        self._rows: dict[int, Row] = {}
        self._redraws: dict[bytes, int] = {}
        self._announced: dict[bytes, int] = {}
        self._cards: dict[int, int] = {}
        self._traces: list[Trace] = []
        self._folded: set[bytes] = set()  # announcements that are unopened no longer
        self._heard: dict[bytes, Because] = {}  # chats that did something in this batch
        self._strangers: set[bytes] = set()

    @property
    def rows(self) -> list[Row]:
        """What there is to send, in order."""
        return list(self._rows.values())

    def hear(self, chat_id: int, at: datetime | None) -> None:
        """This chat did something then (None: just now). Only who has been heard is answered (promise 4)."""
        self._heard[self.keys.chat(chat_id)] = Because.update(min(at or self.now, self.now))

    def tapped_too_late(self, chat_id: int, message_id: int) -> bool:
        """Whether that message was covered by an exit while the tap on it was on its way."""
        message = self.keys.message(chat_id, message_id)
        return message in self.covers or self._covered.holds(message, self.now)

    def stale(self, sent_at: datetime | None) -> bool:
        """Whether this was written so long ago, while we were down, that nobody waits for an answer any more."""
        return sent_at is not None and self.now - sent_at > STALE

    def begin(self, chat_id: int) -> Visit:
        """A stranger's new visit."""
        self._strangers.add(self.keys.chat(chat_id))
        return Visit(chat_id, secrets.randbits(62) + 1)

    def keep(self, visit: Visit) -> None:
        """The visit as it is after this turn."""
        chat = self.keys.chat(visit.chat_id)
        self.visits[chat] = self._kept[chat] = visit

    def lock(self, chat: bytes, lock: Lock | None) -> None:
        """The chat's own word as it is after this turn; None when there is none any more."""
        self.locks.pop(chat, None)
        if lock:
            self.locks[chat] = lock
        self._locked[chat] = lock

    def card(self, chat_id: int, message_id: int, fields: render.Fields) -> None:
        """A card of the cover: edited into the message that was tapped, else a message of its own. It belongs to no
        visit, and nothing of it is remembered."""
        chat = self.keys.chat(chat_id)
        if message_id:
            payload = {"chat_id": chat_id, "message_id": message_id, "shell": "", "fields": fields}
            self._row(Lane.REPLY, chat, Kind.REDRAW, 0, payload, CARD_LIFE)
            return
        payload = {"method": "sendMessage", "fields": {"chat_id": chat_id, "disable_notification": True, **fields}}
        self._row(Lane.REPLY, chat, Kind.OTHER, 0, payload, CARD_LIFE, self._heard.get(chat))

    def redraw(
        self,
        visit: Visit,
        fields: render.Fields,
        shell: str,
        waiting: Iterable[int],
        *,
        send: bool,
        protect: bool = False,
    ) -> None:
        """The live message is to show `fields`; replaces every older redraw of the chat that still waits.

        `send` allows a new message when there is no live one; without it only an edit may happen. `protect`: what is
        shown cannot be copied, forwarded or saved (operators; visitors must be able to copy a number).
        """
        self.renew(visit, fields, waiting, shell=shell if send else "", protect=protect)
        self._rows.pop(self._announced.pop(self.keys.chat(visit.chat_id), 0), None)

    def renew(
        self, visit: Visit, fields: render.Fields, waiting: Iterable[int], *, shell: str = "", protect: bool = False
    ) -> None:
        """The same, for somebody whose turn it is not: what is announced to them stays."""
        chat = self.keys.chat(visit.chat_id)
        self.replaced.update(waiting)
        older = self._rows.pop(self._redraws.pop(chat, 0), None)
        if older is not None and not shell:  # drawn in this very batch: what it may do, this may
            shell, protect = older.payload["shell"], protect or "protect" in older.payload
        payload = {"chat_id": visit.chat_id, "message_id": visit.live, "shell": shell, "fields": fields}
        if protect:
            payload["protect"] = True
        row = self._row(Lane.REPLY, chat, Kind.REDRAW, visit.generation, payload, REDRAW_LIFE, self._heard.get(chat))
        self._redraws[chat] = row.id

    def ask_location(self, visit: Visit, ask: AskLocation) -> None:
        """The short-lived second message with the location keyboard."""
        payload = {"chat_id": visit.chat_id, "fields": render.location_keyboard(ask)}
        chat = self.keys.chat(visit.chat_id)
        self._row(Lane.REPLY, chat, Kind.SEND, visit.generation, payload, CARRIER_LIFE, self._heard.get(chat))

    def announce(
        self,
        to: Route,
        opens: Action,
        because: Because,
        line: Screen | None = None,
        *,
        sound: bool = False,
        until: datetime | None = None,
    ) -> None:
        """Something is there to be read: a neutral line without a sound, whose one button opens it. Does nothing
        when one stands unopened or waits already, or when the visitor leaves in this very batch. Staff get a `line`
        of their own, with a sound. `until`: it is of no use later than that."""
        chat = self.keys.chat(to.chat_id)
        if chat in self._announced or chat in self.left:
            return
        fields = render.screen(line or announcement(to.lang, opens)) | {"disable_notification": not sound}
        payload = {"chat_id": to.chat_id, "fields": fields}
        life = min(ANNOUNCE_LIFE, until - self.now) if until else ANNOUNCE_LIFE
        row = self._row(Lane.REPLY, chat, Kind.ANNOUNCE, to.generation, payload, life, because)
        self._announced[chat] = row.id

    def post(
        self,
        group: int,
        slot: int,
        fields: render.Fields | None,
        waiting: Iterable[int],
        *,
        lane: Lane,
        send: bool,
        again: bool = False,
        silent: bool = False,
    ) -> None:
        """A message in a desk's group is to show `fields` (None: to go); replaces what waits for the same `slot` (a
        case's id, or a desk's number with a minus for its board). `send` allows a new message; `again` a new one in
        place of the old one, so that it is heard; `silent`: it is not."""
        self.replaced.update(waiting)
        self._rows.pop(self._cards.pop(slot, 0), None)
        payload = {"chat_id": group, "slot": slot, "fields": fields, "send": send, "again": again, "silent": silent}
        chat = self.keys.chat(group)
        row = self._row(lane, chat, Kind.CARD, 0, payload, POST_LIFE, Because.staff() if send else None)
        self._cards[slot] = row.id

    def copy(self, visit: Visit, message_id: int, to: int) -> None:
        """A visitor's photo or voice goes on to an operator by Telegram's own copy: nothing is downloaded or kept.
        It stands in the visitor's line, because it must be copied before it is deleted."""
        fields = {"chat_id": to, "from_chat_id": visit.chat_id, "message_id": message_id, "protect_content": True}
        chat = self.keys.chat(visit.chat_id)
        self._row(Lane.REPLY, chat, Kind.COPY, visit.generation, {"fields": fields}, REDRAW_LIFE)

    def opened(self, visit: Visit, message_id: int) -> None:
        """That message is the live one now: if it was an announcement, it stands unopened no longer."""
        self._folded.add(self.keys.message(visit.chat_id, message_id))

    def fold(self, visit: Visit, notice: int, sent_at: datetime | None = None) -> None:
        """An announcement goes, because the screen itself has answered."""
        self.opened(visit, notice)
        self.erase(visit, notice, sent_at)

    def answer(self, update_id: int, chat_id: int, query: str, lane: Lane = Lane.REPLY, *, said: str = "") -> None:
        """Stops the button's spinner; by the webhook's own answer when there is one. `said` pops up for a moment."""
        fields = {"callback_query_id": query} | ({"text": said} if said else {})
        if self._free and lane is not Lane.EXIT:
            self.spoken[update_id] = {"method": "answerCallbackQuery"} | fields
            return
        payload = {"method": "answerCallbackQuery", "fields": fields}
        self._row(lane, self.keys.chat(chat_id), Kind.OTHER, 0, payload, ANSWER_LIFE)

    def erase(self, visit: Visit, message_id: int, sent_at: datetime | None) -> None:
        """A message of the chat goes as soon as the screen has answered, or with the exit."""
        when = sent_at or self.now
        self._traces.append(Trace(visit.chat_id, message_id, when))
        self._wipe(Lane.REPLY, visit.chat_id, visit.generation, [(message_id, when)])

    def trace(self, visit: Visit, message_id: int, sent_at: datetime | None) -> None:
        """A message of the chat that stays for now, and can be deleted later."""
        self._traces.append(Trace(visit.chat_id, message_id, sent_at or self.now))

    def leave_group(self, chat_id: int) -> None:
        """The bot has no business in that group; it goes without a word."""
        payload = {"method": "leaveChat", "fields": {"chat_id": chat_id}}
        self._row(Lane.BACKGROUND, self.keys.chat(chat_id), Kind.OTHER, 0, payload, WIPE_LIFE)

    def leave(self, chat_id: int, live: int, cover: render.Fields, lane: Lane, update_id: int | None = None) -> None:
        """The visitor vanishes: what waits is dropped, the live message covered, the rest wiped, all forgotten."""
        chat = self.keys.chat(chat_id)
        self.visits.pop(chat, None)
        self._kept.pop(chat, None)
        self._rows = {number: row for number, row in self._rows.items() if row.chat != chat or row.lane is Lane.EXIT}
        self._redraws.pop(chat, None)
        self._announced.pop(chat, None)
        self.left[chat] = (chat_id, live, lane)
        if live:
            if lane is Lane.EXIT:
                self.covers.add(self.keys.message(chat_id, live))
            payload = {"chat_id": chat_id, "message_id": live, "shell": "", "fields": cover}
            self._row(lane, chat, Kind.REDRAW, 0, payload, WIPE_LIFE)
            if self._free and update_id is not None:
                call = {"method": "editMessageText", "chat_id": chat_id, "message_id": live}
                self.spoken[update_id] = call | cover

    async def save(self, connection: AsyncConnection) -> None:
        """Writes everything, inside the caller's transaction."""
        await self._look_for_announcements(connection)
        left = self.left.keys()
        if left:
            known = await memory.traces_of(connection, self.keys, left)
            own: dict[int, list[tuple[int, datetime]]] = {}
            for trace in self._traces:
                own.setdefault(trace.chat_id, []).append((trace.message_id, trace.sent_at))
            for chat, (chat_id, live, lane) in self.left.items():
                everything = dict([*known.get(chat, ()), *own.get(chat_id, ())])
                everything.pop(live, None)
                self._wipe(lane, chat_id, 0, sorted(everything.items(), reverse=True))
            self._traces = [one for one in self._traces if self.keys.chat(one.chat_id) not in left]
            exits = [chat for chat, (_, _, lane) in self.left.items() if lane is Lane.EXIT]
            fades = left - set(exits)
            await outbox.leave(connection, exits)
            await outbox.fade(connection, fades)
            await memory.forget(connection, left)
        await locks.keep_locks(connection, self._locked)
        await outbox.drop(connection, self.replaced)
        await memory.keep_visits(connection, self.keys, self._kept, self.now)
        await memory.drop_traces(connection, self._folded)
        await memory.add_traces(connection, self.keys, self._traces)
        await outbox.put(connection, self.keys, self._rows.values())
        await memory.count(connection, self.counts, self.now)

    async def _look_for_announcements(self, connection: AsyncConnection) -> None:
        """One announcement is enough; and a stranger who does anything else may have one from before they faded."""
        if self._announced:
            standing = await memory.unopened(connection, self.keys, self._announced.keys())
            for chat in standing.keys() | await outbox.announcing(connection, self._announced.keys()):
                self._rows.pop(self._announced.pop(chat), None)
        if strangers := self._strangers & self._kept.keys():
            for chat, notices in (await memory.unopened(connection, self.keys, strangers)).items():
                visit = self._kept[chat]
                for notice, sent_at in notices:
                    if notice != visit.live:
                        self.fold(visit, notice, sent_at)

    def _wipe(self, lane: Lane, chat_id: int, generation: int, messages: list[tuple[int, datetime]]) -> None:
        for start in range(0, len(messages), DELETE_AT_ONCE):
            some = [(number, round(when.timestamp())) for number, when in messages[start : start + DELETE_AT_ONCE]]
            payload = {"chat_id": chat_id, "messages": some}
            self._row(lane, self.keys.chat(chat_id), Kind.DELETE, generation, payload, WIPE_LIFE)

    def _row(
        self,
        lane: Lane,
        chat: bytes,
        kind: Kind,
        generation: int,
        payload: render.Fields,
        life: timedelta,
        because: Because | None = None,
    ) -> Row:
        number = self._order.next(self.now)
        row = Row(number, lane, chat, kind, generation, payload, self.now, self.now + life, because)
        self._rows[number] = row
        return row


PendingRedraws = Callable[[bytes, int], Iterable[int]]  # of a chat with that live message
