"""A Bot API with a whole desk before it: visitors who ask and write, operators who race to take, read and answer.

As in `throttled`, it is a process of its own, told what to do under /bench/, and ends when its standard input closes.
"""

from __future__ import annotations

import asyncio
import gc
import json
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import uvloop

from flows.engine import go
from tests.bench.chats import NO_KEYBOARD
from tests.bench.desk_people import Found, Operator, Person, Visitor, ordered, words
from tests.bench.fast_api import HOST, TRUE
from tests.bench.parameters import buttons_of
from tests.bench.throttled import Throttled
from tests.bench.updates import group_tap_update, message, start_update, tap_update, text_update
from tests.bench.wire import Call, Wire

FIRST_VISITOR, FIRST_OPERATOR = 1_000_000_001, 2_000_000_001
GROUP = -1_009_000_000_001
ASK = tuple(go("talk.send", "chat", "self", 0, "mind", soon).encode() for soon in (0, 1, 2))
TALK = go("talk").encode()  # a newcomer is told how to leave first, whatever they tap
CASE = go("talk.case").encode()
CLOSE = go("desk.close", "-" * 10).encode()
ON_CASE = go("desk.park").encode()  # a button of the screens of a case alone
READS = 2.0  # seconds until a visitor opens what is announced
QUIET = 3.0  # seconds without a call, and a play that has nothing left to do is over
_TICK = 0.005
_BAD = b'{"ok":false,"error_code":502,"description":"Bad Gateway"}'


@dataclass
class Told:
    """What is being played: words a second over all, or one word of everybody `every` seconds, answered half-way."""

    rate: float = 0.0
    every: float = 0.0
    until: float = 0.0
    give_up: float = 0.0  # the end, whatever is missing
    fails: float = 0.0  # share of calls answered 502; every second of them has been done
    racing: bool = False  # who has closed takes again
    began: float = 0.0
    cases: list[int] = field(default_factory=list)


class DeskApi(Throttled):
    """Telegram, and everybody who uses it. `limited`: 30 calls a second and no more."""

    def __init__(self, clock: Callable[[], float], *, limited: bool) -> None:
        super().__init__(clock)
        self.limited = limited
        self.visitors: dict[int, Visitor] = {}
        self.operators: dict[int, Operator] = {}
        self.found = Found()
        self.told = Told()
        self.calls: Counter[str] = Counter()
        self.refused: Counter[str] = Counter()
        self.announced: list[float] = []
        self.opened: list[float] = []
        self._spoke: list[Visitor] = []
        self._turn = 0
        self._last_call = 0.0
        self._posts = 0

    # --- the bot ---

    def _refused(self, method: str) -> bool:
        self.calls[method] += 1
        self._last_call = self.clock()
        refused = super()._refused(method) if self.limited or self.play.refuse else False
        self.refused["429"] += refused
        return refused

    def serve(self, call: Call) -> None:
        """Answers one call, or is out of order."""
        ordinary = not call.path.startswith(b"/bench/") and b"getUpdates" not in call.path
        if ordinary and self.told.fails and self._random.random() < self.told.fails:
            done = self._random.random() < 0.5
            self.refused["502 done" if done else "502"] += 1
            if done:
                super().serve(Call(call.path, call.content_type, call.body, _Nowhere()))  # type: ignore[arg-type]
            call.answer(_BAD, 502)
            return
        super().serve(call)

    def _note(self, method: str, known: dict[str, Any]) -> None:
        """Nobody leaves here."""

    def _done(self, method: str, known: dict[str, Any]) -> bytes:
        chat = int(known.get("chat_id") or 0)
        if method == "answerCallbackQuery":
            self._stopped_spinning(str(known["callback_query_id"]))
            return TRUE
        person: Person | None = self.visitors.get(chat) or self.operators.get(chat)
        if person is None:  # the group
            self._posts += 1
            return b'{"ok":true,"result":%s}' % message(chat, self._posts + 1, NO_KEYBOARD).encode()
        match method:
            case "sendMessage":
                return b'{"ok":true,"result":%s}' % message(chat, self._sent(person, known), NO_KEYBOARD).encode()
            case "editMessageText":
                self._edited(person, known)
                return b'{"ok":true,"result":%s}' % message(chat, int(known["message_id"]), NO_KEYBOARD).encode()
            case "deleteMessage" | "deleteMessages":
                ids = known.get("message_ids") or [known["message_id"]]
                self._gone(person, set(map(int, json.loads(ids) if isinstance(ids, str) else ids)))
        return TRUE

    def _stopped_spinning(self, query: str) -> None:
        if query in self._asked:
            del self._asked[query]
        else:
            self.found.repeated["answerCallbackQuery"] += 1

    def _sent(self, person: Person, known: dict[str, Any]) -> int:
        number = person.next_message()
        if not known.get("reply_markup"):
            if person.live:
                self.found.repeated["sendMessage"] += 1
            return number  # a shell; its edit makes it the live message
        if person.notice:
            self.found.repeated["sendMessage"] += 1
        person.notice = number
        if isinstance(person, Visitor):
            person.opens = self.clock() + READS
            self._answers_announced(person)
        return number

    def _answers_announced(self, visitor: Visitor) -> None:
        now = self.clock()
        for one in self.operators.values():
            if one.of == visitor.number:
                self.announced += [now - at for at in one.answered.values()]
                one.answered.clear()

    def _edited(self, person: Person, known: dict[str, Any]) -> None:
        number, text = int(known["message_id"]), str(known["text"])
        if person.shown.get(number) == known["shown"]:
            self.found.repeated["editMessageText"] += 1
        person.shown[number] = known["shown"]
        person.live = number
        if person.notice == number:
            person.notice = 0
        now = self.clock()
        if isinstance(person, Visitor):
            if not person.briefed:
                person.briefed = True
                self._tap(person, TALK)
            if person.asked and not person.waits and CASE in _buttons(known):
                person.waits = now
            if person.tapped:
                self.opened.append(now - person.tapped)
                person.tapped = 0.0
            return
        if isinstance(person, Operator):
            self._operator_sees(person, text, _buttons(known), now)

    def _operator_sees(self, operator: Operator, text: str, buttons: tuple[str, ...], now: float) -> None:
        seen = words(text, "w")
        if seen:
            self._reads(operator, seen, now)
        operator.holding = ON_CASE in buttons
        if operator.busy == "take" and operator.holding and self.told.racing:
            operator.busy = "close"
            self._tap(operator, CLOSE)
        elif operator.busy == "close" and not operator.holding:
            operator.busy = "take"
            self._type(operator, "/take")
        elif operator.busy == "take":
            operator.busy = ""  # nobody waits any more, or it was one case that was wanted

    def _reads(self, operator: Operator, seen: list[tuple[int, int]], now: float) -> None:
        whose = {who for who, _ in seen}
        self.found.mixed += len(whose) > 1
        self.found.scrambled += not ordered([number for _, number in seen])
        operator.of = seen[0][0]
        visitor = self.visitors[FIRST_VISITOR + operator.of]
        for _, number in seen:
            if number in visitor.said and number not in visitor.reached:
                visitor.reached[number] = now
                if self.told.every:
                    operator.answers.append((now + self.told.every / 2, visitor.number, number))

    def _gone(self, person: Person, ids: set[int]) -> None:
        self.found.repeated["deleteMessage"] += ids <= person.gone
        person.gone |= ids
        if person.notice in ids:
            person.notice = 0

    # --- what people do ---

    @property
    def _asked(self) -> dict[str, Person]:
        return self.__dict__.setdefault("spinning", {})  # type: ignore[no-any-return]

    def _hand(self, body: bytes) -> None:
        self._updates.append((self._number, body, None))
        asyncio.get_running_loop().call_soon(self._give)

    def _start(self, person: Person) -> None:
        self._number += 1
        self._hand(start_update(self._number, person.chat, person.next_message()))

    def _type(self, person: Person, text: str) -> None:
        self._number += 1
        self._hand(text_update(self._number, person.chat, person.next_message(), text))

    def _tap(self, person: Person, data: str, at: int = 0) -> None:
        self._number += 1
        self._asked[str(self._number)] = person
        self._hand(tap_update(self._number, person.chat, at or person.live, data, NO_KEYBOARD))

    def _say(self, visitor: Visitor) -> None:
        number, visitor.words = visitor.words, visitor.words + 1
        visitor.said[number] = self.clock()
        self._type(visitor, f"w{visitor.number}-{number}")

    def tick(self) -> None:
        """Time has passed: whoever is due writes, answers, opens."""
        now, told = self.clock(), self.told
        if now < told.until:
            if told.rate:
                due = int((now - told.began) * told.rate)
                while self._turn < due:
                    self._say(self._spoke[self._turn % len(self._spoke)])
                    self._turn += 1
            elif told.every:
                for visitor in self._spoke:
                    if now >= visitor.due:
                        visitor.due += told.every
                        self._say(visitor)
        if told.every:
            self._converse(now)

    def _converse(self, now: float) -> None:
        for one in self.operators.values():
            while one.answers and one.answers[0][0] <= now:
                _, who, number = one.answers.pop(0)
                one.answered[who, number] = now
                self._type(one, f"r{who}-{number}")
        for visitor in self._spoke:
            if visitor.notice and visitor.opens <= now and not visitor.tapped:
                visitor.tapped = now
                self._tap(visitor, CASE, visitor.notice)

    # --- the bench's own calls ---

    def _told(self, order: str, told: dict[str, Any]) -> bytes:
        if order == "await":
            self.first_poll = None
        elif order not in ("state",):
            self.told = Told(began=self.clock())
            self._last_call = self.clock()
            self.calls.clear()
            self.refused.clear()
            getattr(self, f"begin_{order}")(**told)
        return json.dumps(self.state()).encode()

    def begin_people(self, visitors: int, operators: int, seconds: float) -> None:
        """They are there, and everybody begins."""
        self.visitors = {FIRST_VISITOR + n: Visitor(FIRST_VISITOR + n, n) for n in range(visitors)}
        self.operators = {FIRST_OPERATOR + n: Operator(FIRST_OPERATOR + n, n) for n in range(operators)}
        for person in (*self.visitors.values(), *self.operators.values()):
            self._start(person)
        self._until(seconds)

    def begin_ask(self, seconds: float) -> None:
        """All visitors ask in one breath, with three degrees of urgency."""
        for visitor in self.visitors.values():
            visitor.asked = self.clock()
            self._tap(visitor, ASK[visitor.number % 3])
        self._until(seconds)

    def begin_grab(self, cases: list[int], seconds: float) -> None:
        """Every operator taps a card in the group; each card is tapped by several, in one breath."""
        for one in self.operators.values():
            one.live = 0  # a tap in the group is answered by a message of its own
            self._number += 1
            self._asked[str(self._number)] = one
            case = cases[one.number % len(cases)]
            self._hand(group_tap_update(self._number, one.chat, GROUP, go("desk.take", case).encode()))
        self._until(seconds)

    def begin_race(self, seconds: float, *, racing: bool = True) -> None:
        """Every operator takes the next one, closes it and takes the next, until nobody waits; or takes one only."""
        self.told.racing = racing
        for one in self.operators.values():
            if one.holding and racing:
                one.busy = "close"
                self._tap(one, CLOSE)
            elif not one.holding:
                one.busy = "take"
                self._type(one, "/take")
        self._until(seconds)

    def begin_words(
        self,
        seconds: float,
        *,
        rate: float = 0.0,
        every: float = 0.0,
        refuse: float = 0.0,
        fails: float = 0.0,
        rest: float = 30.0,
        who: int = 0,
    ) -> None:
        """Visitors write, `rate` words a second over all or one each `every` seconds; then what is missing has `rest`
        seconds. A share of calls is refused (429) or fails (502)."""
        now = self.clock()
        self._spoke = list(self.visitors.values())[: who or None]
        self._turn = 0
        for number, visitor in enumerate(self._spoke):
            visitor.due = now + every * number / len(self._spoke)
            visitor.said, visitor.reached = {}, {}
        self.announced, self.opened = [], []
        self.found = Found()
        self.play.refuse, self.told.fails = refuse, fails
        self.told.rate, self.told.every, self.told.until = rate, every, now + seconds
        self._until(seconds + rest)

    def _until(self, seconds: float) -> None:
        self.told.give_up = self.clock() + seconds

    def state(self) -> dict[str, Any]:
        """What came of it so far."""
        now, told = self.clock(), self.told
        missing = sum(len(one.said) - len(one.reached) for one in self._spoke)
        busy = sum(bool(one.busy) for one in self.operators.values())
        waiting = sum(not one.live for one in (*self.visitors.values(), *self.operators.values()))
        unasked = sum(bool(one.asked) and not one.waits for one in self.visitors.values())
        quiet = now - max(self._last_call, told.until) > QUIET
        spinning = len(self._asked)
        settled = quiet and not (missing or busy or waiting or unasked or spinning or self._updates)
        over = now >= told.give_up or (settled and now >= told.until)
        return {
            "first_poll": self.first_poll,
            "over": over,
            "took": self._last_call - told.began,
            "said": sum(len(one.said) for one in self._spoke),
            "missing": missing, "busy": busy, "waiting": waiting, "unasked": unasked, "spinning": spinning,
            "pending": len(self._updates),
            "holding": sum(one.holding for one in self.operators.values()),
            "asking": [one.waits - one.asked for one in self.visitors.values() if one.waits] if over else [],
            "waits": [at - one.said[n] for one in self._spoke for n, at in one.reached.items()] if over else [],
            "announced": self.announced if over else [],
            "opened": self.opened if over else [],
            "scrambled": self.found.scrambled, "mixed": self.found.mixed,
            "repeated": dict(self.found.repeated),
            "calls": dict(self.calls), "refused": dict(self.refused), "posts": self._posts,
        }  # fmt: skip


class _Nowhere:
    """Where the answer to a call goes that was done and yet looks as if it had failed."""

    def is_closing(self) -> bool:
        return True


def _buttons(known: dict[str, Any]) -> tuple[str, ...]:
    markup = known.get("reply_markup") or NO_KEYBOARD
    return buttons_of(markup if isinstance(markup, str) else json.dumps(markup))


async def run(*, limited: bool) -> None:
    """Serves on a free port, which is written to standard output, until standard input closes."""
    api = DeskApi(time.monotonic, limited=limited)
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Wire(api.serve), HOST, 0, backlog=1024)
    sys.stdout.write(f"{server.sockets[0].getsockname()[1]}\n")
    sys.stdout.flush()
    ticking = asyncio.create_task(api.keep_time())
    await loop.run_in_executor(None, sys.stdin.read)
    ticking.cancel()
    server.close()


if __name__ == "__main__":
    gc.disable()  # a few minutes of life, and nothing here may pause while a bot is timed
    uvloop.run(run(limited="--limited" in sys.argv))
