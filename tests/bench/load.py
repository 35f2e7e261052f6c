"""The load: chats that start the bot and tap its buttons, and a count of what became of every update.

A chat has at most one update waiting for its answer, so the edit that arrives for a chat answers exactly that
update. The chats walk a tour of buttons found in the bot's own keyboards; two neighbours of a tour show
different screens, so an edit that shows what the chat shows already is a repeat and answers nothing.
No network and no clock of its own in here: the server brings the calls, the caller the time.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from itertools import islice

from tests.bench.chats import Asked, Chat, Pass
from tests.bench.updates import start_update, tap_update

SETTLED = 0.3  # seconds without a call that end a pass: what a bot still does afterwards belongs to it
QUIET = 5.0  # seconds without a call after which what is still unanswered counts as lost


class Load:
    """Chats, the updates waiting for the bot, and the counts of the current pass."""

    def __init__(self, clock: Callable[[], float], tour: tuple[str, ...] = (), wake: Callable[[], None] | None = None):
        self.clock = clock
        self.tour = tour
        self.wake = wake or (lambda: None)
        self.chats: dict[int, Chat] = {}
        self.queue: deque[tuple[Chat, Asked]] = deque()
        self.taps: dict[str, Chat] = {}  # answerCallbackQuery still to come
        self.current = Pass()
        self._number = 0
        self._open = 0  # updates without their answer
        self._last_call = 0.0
        self._idle: deque[Chat] = deque()

    # --- passes ------------------------------------------------------------------------------------------

    def visit(self, first: int, count: int, at_once: int, seconds: float) -> None:
        """New chats `first`, `first + 1`, … each send /start; never more than `at_once` of them wait."""
        self._begin(Pass("visit", total=count), seconds)
        self._idle = deque(Chat(chat_id) for chat_id in range(first, first + count))
        for _ in range(min(at_once, count)):
            self._welcome()

    def backlog(self, seconds: float) -> None:
        """Every chat taps once, and all taps are waiting: the bot takes as many as it can."""
        self._begin(Pass("backlog", total=len(self.chats)), seconds)
        for chat in self.chats.values():
            self._ask(chat)

    def crowd(self, people: int, taps: int, seconds: float) -> None:
        """The first `people` chats tap again as soon as their screen has changed, `taps` times in all."""
        self._begin(Pass("crowd", total=taps), seconds)
        for chat in islice(self.chats.values(), min(people, taps)):
            self._ask(chat)

    def steady(self, rate: float, seconds: float) -> None:
        """`rate` taps a second, whether or not the bot keeps up; a chat that still waits is passed over."""
        self._begin(Pass("steady", total=int(rate * seconds), rate=rate), seconds + 1)
        self._idle = deque(self.chats.values())

    def tick(self) -> None:
        """Time has passed: asks what a steady pass owes, ends a pass that is done, out of time or stuck."""
        if self.current.over:
            return
        now = self.clock()
        if self.current.rate and now < self.current.until:
            self._ask_due(now)
        if now >= self.current.until:
            self._withdraw()
        done = self.current.made >= self.current.total or now >= self.current.until
        answered = not self._open and not self.taps
        if done and now - self._last_call > (SETTLED if answered else QUIET):
            self._end()

    # --- what the bot does -------------------------------------------------------------------------------

    def hand_out(self, offset: int, limit: int) -> list[bytes]:
        """What getUpdates gives: everything below `offset` is confirmed and gone, the rest comes (again)."""
        while self.queue and self.queue[0][1].number < offset:
            self.queue.popleft()
        now = self.clock()
        batch = list(islice(self.queue, limit))
        for _, asked in batch:
            if asked.handed is None:
                asked.handed = now
        if batch and self.current.first_handed is None:
            self.current.first_handed = now
        return [asked.body for _, asked in batch]

    def called(self, method: str) -> None:
        """Any call but getUpdates has arrived."""
        self.current.calls[method] += 1
        self._last_call = self.clock()

    def sent(self, chat_id: int) -> int:
        """sendMessage: the new message's id. A chat is greeted with one message; a further one is a repeat."""
        chat = self.chats.setdefault(chat_id, Chat(chat_id))
        if chat.greeted:
            self.current.repeated["sendMessage"] += 1
        chat.greeted = True
        return chat.next_message()

    def edited(self, chat_id: int, message_id: int, shown: int, buttons: tuple[str, ...], markup: str) -> None:
        """editMessageText: answers the update the chat waits for, or repeats what the chat shows already."""
        chat = self.chats.setdefault(chat_id, Chat(chat_id))
        asked = chat.asked
        if asked is None or asked.handed is None or shown == chat.shown:
            self.current.repeated["editMessageText"] += 1
            return
        now = self.clock()
        chat.live, chat.shown, chat.buttons, chat.markup, chat.asked = message_id, shown, buttons, markup, None
        chat.step = asked.step
        self._open -= 1
        self.current.answered += 1
        self.current.last_answer = now
        self.current.waits.append(now - asked.handed)
        self.current.patience.append(now - asked.made)
        if self.current.rate:
            self._idle.append(chat)
        elif self.current.made < self.current.total and now < self.current.until:
            self._follow(chat)

    def tap_answered(self, query: str) -> None:
        """answerCallbackQuery: the button stops spinning; a second answer is a repeat."""
        if self.taps.pop(query, None) is None:
            self.current.repeated["answerCallbackQuery"] += 1

    def deleted(self, chat_id: int, message_ids: Iterable[int]) -> None:
        """deleteMessage and deleteMessages; deleting what is gone is a repeat."""
        chat = self.chats.setdefault(chat_id, Chat(chat_id))
        for message_id in message_ids:
            if message_id in chat.deleted:
                self.current.repeated["deleteMessage"] += 1
            chat.deleted.add(message_id)

    # --- inside ------------------------------------------------------------------------------------------

    def _begin(self, new: Pass, seconds: float) -> None:
        now = self.clock()
        new.began, new.until = now, now + seconds
        self.current = new
        self._last_call = now

    def _follow(self, chat: Chat) -> None:
        """What an answer gives rise to: the next newcomer, or the same person's next tap."""
        if self.current.name == "visit":
            self._welcome()
        elif self.current.name == "crowd":
            self._ask(chat)

    def _welcome(self) -> None:
        newcomer = self._idle.popleft()
        self.chats[newcomer.id] = newcomer
        self._ask(newcomer)

    def _ask_due(self, now: float) -> None:
        due = min(self.current.total, int((now - self.current.began) * self.current.rate) + 1)
        while self.current.made < due and self._idle:
            self._ask(self._idle.popleft())

    def _ask(self, chat: Chat) -> None:
        self._number += 1
        now = self.clock()
        if self.current.name == "visit":
            asked = Asked(self._number, start_update(self._number, chat.id, chat.next_message()), now)
        else:
            query = str(self._number)
            step, button = self._next_step(chat)
            body = tap_update(self._number, chat.id, chat.live, button, chat.markup)
            asked = Asked(self._number, body, now, query, step)
            self.taps[query] = chat
        chat.asked = asked
        self._open += 1
        self.current.made += 1
        self.queue.append((chat, asked))
        self.wake()

    def _next_step(self, chat: Chat) -> tuple[int, str]:
        """The next button of the tour that the chat's keyboard really has, else the keyboard's first."""
        for step in range(chat.step, chat.step + len(self.tour)):
            if (wanted := self.tour[step % len(self.tour)]) in chat.buttons:
                return step + 1, wanted
        return chat.step, chat.buttons[0] if chat.buttons else "nothing"

    def _withdraw(self) -> None:
        """Out of time: what was never handed out is taken back; it was not asked, so it cannot be lost."""
        for chat, asked in self.queue:
            if asked.handed is None:
                chat.asked = None
                self.taps.pop(asked.query, None)
                self.current.made -= 1
                self._open -= 1
        self.queue = deque(item for item in self.queue if item[1].handed is not None)

    def _end(self) -> None:
        for chat in self.chats.values():
            chat.asked = None
        self.current.lost, self._open = self._open, 0
        self.current.silent_taps = len(self.taps)
        self.taps.clear()
        self.current.over = True
