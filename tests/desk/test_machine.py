"""Visitors, operators, time and a bad Telegram in any order: what must never happen does not happen.

The real bot works behind the sandbox, in this process and without HTTP between them, so that a step costs
milliseconds. Hypothesis chooses the steps; every one is checked against what was said by whom in which case.
"""

from __future__ import annotations

import asyncio
import re
from collections import Counter
from collections.abc import Coroutine, Iterator
from contextlib import AsyncExitStack, ExitStack
from pathlib import Path
from typing import Any, ClassVar, TypeVar
from unittest.mock import patch

import orjson
import pytest
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test
from sqlalchemy.ext.asyncio import AsyncConnection
from telegram.error import NetworkError

from bot.sandbox.faults import Faults
from bot.sandbox.people import Person
from bot.sandbox.server import Sandbox
from bot.transport import AiohttpRequest, Fields
from db import memory
from db.desk import cases, lines, roster
from db.desk.case import Case
from db.desk.staff import Role
from db.visit import Visit
from tests.conftest import Hands
from tests.desk.room import room

EXAMPLES, STEPS = 20, 100
VISITORS, OPERATORS = 3, 3
TOKEN = re.compile(r"\b[von]\d-\d+\b")  # v: a visitor's word, o: an operator's, n: a note; who, and its number
NAMES = ("Зразокенко", "zrazok_nick", "723189465")  # of every visitor: name, username, the digits of the id
CALLS = frozenset({"sendMessage", "editMessageText", "deleteMessage", "deleteMessages", "copyMessage"})
ALL_OF_THIS = (
    "an answer was read", "a visitor was read", "a note was read", "a race was won", "nothing followed an exit",
    "closed", "taken urgent", "parked", "left",
)  # fmt: skip
WHICH = st.integers(0, 2)
RARELY = st.sampled_from([False, False, False, True])
T = TypeVar("T")


class InProcess:
    """Carries the bot's calls to the sandbox without a network."""

    def __init__(self) -> None:
        self.sandbox: Sandbox

    def started(self, begin: Any) -> Any:
        """`Sandbox.start`, which tells where the sandbox is."""

        async def start(sandbox: Sandbox, *args: Any, **fields: Any) -> None:
            self.sandbox = sandbox
            await begin(sandbox, *args, **fields)

        return start

    async def request(self, url: str, method: str, request_data: Any = None, **_: Any) -> tuple[int, bytes]:
        """`AiohttpRequest.do_request`."""
        data = request_data
        fields = data.fields if isinstance(data, Fields) else data.json_parameters if data else {}
        answer = await self.sandbox.switchboard.http(url.rpartition("/")[2], orjson.loads(orjson.dumps(fields)))
        if answer is None:
            raise NetworkError("dropped")
        return answer.status, answer.body


class Desk(RuleBasedStateMachine):
    """One example: a desk with two operators and a supervisor, three visitors, and a stranger who never wrote."""

    url: str
    folder: Path
    loop: asyncio.AbstractEventLoop
    met: ClassVar[Counter[str]]  # what came about, over all examples

    def __init__(self) -> None:
        super().__init__()
        self.said: dict[int, list[str]] = {}  # case → its visitor's words, in order
        self.whose: dict[str, int] = {}  # every token → its case, 0: nobody's
        self.flagged: set[int] = set()
        self.gone: dict[int, int] = {}  # visitor → messages sent to them when they left
        self.number = 0
        self.looked = 0  # how many calls have been looked at
        self.sent: Counter[int | None] = Counter()  # chat → messages sent to it

    def run(self, step: Coroutine[Any, Any, T]) -> T:
        """One step, to its end."""
        return self.loop.run_until_complete(step)

    @initialize()
    def begin(self) -> None:
        """Everybody is there."""
        self.stack = AsyncExitStack()
        self.run(self._begin())

    async def _begin(self) -> None:
        clock = Hands()
        (self.folder / "stezhka.db").write_bytes((self.folder / "template.db").read_bytes())
        url = f"sqlite+aiosqlite:///{self.folder / 'stezhka.db'}"
        self.at = at = await self.stack.enter_async_context(room(url, self.folder, clock))
        desk = await at.desk()
        roles: dict[str, Role] = {"Оксана": "operator", "Ірина": "operator", "Ольга": "supervisor"}
        self.operators = [await at.operator(desk, name, role) for name, role in roles.items()]
        for who in self.operators:
            at.groups["kyiv"].seat(who)
        people = at.at.sandbox
        self.visitors = [
            people.person(7_231_894_650_110 + n, name=NAMES[0], username=NAMES[1], lang="de") for n in range(VISITORS)
        ]
        self.stranger = people.person(7_231_894_650_119, name=NAMES[0], username=NAMES[1])
        self.nums = [(await at.staff(who)).num for who in self.operators]

    def teardown(self) -> None:
        """The bot stops cleanly."""
        if hasattr(self, "at"):
            self.run(self.stack.aclose())

    # --- what is known ---

    async def _visit(self, who: Person) -> Visit | None:
        chat = self.at.at.app.keys.chat(who.chat_id)
        async with self.at.at.app.store.read() as connection:
            return (await memory.visits_of(connection, self.at.at.app.keys, [chat])).get(chat)

    async def _cases(self) -> dict[int, Case]:
        async with self.at.at.app.store.read() as connection:
            return await cases.cases_by_id(connection, list(self.said))

    async def _active(self, one: int) -> int:
        return (await self.at.staff(self.operators[one])).active

    def _token(self, kind: str, who: int) -> str:
        self.number += 1
        return f"{kind}{who}-{self.number}"

    async def _tap(self, who: Person, name: str, *args: object) -> None:
        if who.bot_messages and not who.chat.blocked:
            await self.at.tap(who, name, *args)

    # --- what visitors do ---

    @rule(one=WHICH, urgency=WHICH)
    def asks(self, one: int, urgency: int) -> None:
        """A visitor asks for a human; sometimes they are in a case already."""
        self.run(self._asks(one, urgency))

    async def _asks(self, one: int, urgency: int) -> None:
        who = self.visitors[one]
        self.gone.pop(one, None)
        if not who.bot_messages or await self._visit(who) is None:
            await self.at.at.say(who, "/start")
            await self._tap(who, "hello.in", "uk")
            await self._tap(who, "home")
            if any(label == self.at.word("hello.on") for label in who.bot_messages[-1].labels):
                await self.at.press(who, "hello.on")
        await self._tap(who, "talk.send", "chat", "self", 0, "mind", urgency)
        visit = await self._visit(who)
        if visit and visit.case:
            self.said.setdefault(visit.case, [])
        await self._writes(one, 1, danger=False)
        await self._check()

    @rule(one=WHICH, many=st.integers(1, 4), danger=st.booleans())
    def writes(self, one: int, many: int, danger: bool) -> None:
        """A burst of words, in a case only: elsewhere words mean something else."""
        self.run(self._writes(one, many, danger=danger))

    async def _writes(self, one: int, many: int, *, danger: bool) -> None:
        who = self.visitors[one]
        visit = await self._visit(who)
        if visit is None or visit.case not in self.said or not (await self._cases())[visit.case].open:
            return
        for _ in range(many):
            token = self._token("v", one)
            self.said[visit.case].append(token)
            self.whose[token] = visit.case
            who.send(f"{token} він мене вб'є" if danger else token)
        await self._settle()

    @rule(one=WHICH)
    def opens(self, one: int) -> None:
        """They tap what announces an answer, or look at the case anew."""
        self.run(self._opens(one))

    async def _opens(self, one: int) -> None:
        who = self.visitors[one]
        if await self._visit(who) is None:
            return
        lines_ = self.at.lines(who)
        if lines_:
            await self.at.open(who)
        else:
            await self._tap(who, "talk.case")
        await self._check()

    @rule(one=WHICH, now=RARELY)
    def exits(self, one: int, now: bool) -> None:
        """Quick exit, with whatever is on its way."""
        if now:
            self.run(self._exits(one))

    async def _exits(self, one: int) -> None:
        who = self.visitors[one]
        if await self._visit(who) is None:
            return
        await self._tap(who, "exit")
        self._look_at_calls()
        self.gone[one] = self.sent[who.chat_id]
        await self._check()

    @rule(one=WHICH, now=RARELY)
    def ends(self, one: int, now: bool) -> None:
        """The visitor ends the talk."""
        if now:
            self.run(self._ends(one))

    async def _ends(self, one: int) -> None:
        if await self._visit(self.visitors[one]) is not None:
            await self._tap(self.visitors[one], "talk.left")
        await self._check()

    # --- what operators do ---

    @rule(
        one=WHICH, name=st.sampled_from(["desk.park", "desk.undo", "desk.flag", "desk.calm", "desk.case", "desk.help"])
    )
    def presses(self, one: int, name: str) -> None:
        """A button that concerns the open case."""
        self.run(self._presses(one, name))

    async def _presses(self, one: int, name: str) -> None:
        active = await self._active(one)
        await self._tap(self.operators[one], name)
        if active and name == "desk.flag":
            self.flagged.add(active)
        if active and name == "desk.calm" and one == OPERATORS - 1:
            self.flagged.discard(active)
        await self._check()

    @rule(one=WHICH, state=st.sampled_from(["on", "on", "on", "break", "off"]))
    def duty(self, one: int, state: str) -> None:
        """Begins, pauses, ends a shift."""
        self.run(self._does(one, "desk.duty", state))

    @rule(one=WHICH, urgent=st.booleans())
    def takes(self, one: int, urgent: bool) -> None:
        """All go for the same card; one of them then takes the next one, says a word, and may flag it."""
        self.run(self._takes(one, urgent=urgent))

    async def _takes(self, one: int, *, urgent: bool) -> None:
        async with self.at.at.app.store.read() as connection:
            staff = await roster.by_nums(connection, self.at.at.app.keys, self.nums)
        for num, who in zip(self.nums, self.operators, strict=True):
            if staff[num].state != "on":
                await self._tap(who, "desk.duty", "on")
        await self._race(one)
        await self._tap(self.operators[one], "desk.take", 0)
        await self._answers(one, 1, note=False)
        if urgent:
            await self._presses(one, "desk.flag")

    async def _race(self, first: int) -> None:
        """All tap the same card at once: exactly one has it then."""
        before = await self._cases()
        waiting = [case for case in before.values() if case.state == "waiting"]
        if not waiting:
            return
        group = self.at.groups["kyiv"]
        for turn in range(OPERATORS):
            who = self.operators[(first + turn) % OPERATORS]
            card = next((one for one in self.at.cards() if waiting[0].code in one.text and one.labels), None)
            if card is None:
                return
            group.tap(who, card.message_id, card.labels[0])
        await self._settle()
        won = _held(await self._cases()) - _held(before)
        assert won in (0, 1)
        self.met["a race was won"] += won

    @rule(one=WHICH, which=WHICH)
    def resumes(self, one: int, which: int) -> None:
        """Any case by an old button: only one's own becomes the open one."""
        self.run(self._by_case(one, "desk.resume", which))

    @rule(which=WHICH)
    def takes_over(self, which: int) -> None:
        """The supervisor goes on with somebody's case."""
        self.run(self._by_case(OPERATORS - 1, "desk.over", which))

    async def _by_case(self, one: int, name: str, which: int) -> None:
        known = sorted(self.said)[-3:]
        if which < len(known):
            await self._tap(self.operators[one], name, known[which])
        await self._check()

    @rule(one=WHICH, to=WHICH, queue=st.booleans())
    def hands_over(self, one: int, to: int, queue: bool) -> None:
        """To a colleague or the queue, with a note."""
        self.run(self._hands_over(one, 0 if queue else self.nums[to]))

    async def _hands_over(self, one: int, to: int) -> None:
        active = await self._active(one)
        if active and to != self.nums[one]:
            await self._tap(self.operators[one], "desk.hand.to", to)
            token = self._token("n", one)
            self.whose[token] = active
            self.operators[one].send(token)
        await self._settle()

    @rule(one=WHICH, many=st.integers(1, 4), note=st.booleans())
    def answers(self, one: int, many: int, note: bool) -> None:
        """Typed words, whatever screen one is on; or notes."""
        self.run(self._answers(one, many, note=note))

    async def _answers(self, one: int, many: int, *, note: bool) -> None:
        await self._tap(self.operators[one], "desk.case")
        active = await self._active(one)
        for _ in range(many):
            token = self._token("n" if note else "o", one)
            self.whose[token] = active
            self.operators[one].send(f"// {token}" if note else token)
        await self._settle()

    @rule(one=WHICH, now=RARELY)
    def closes(self, one: int, now: bool) -> None:
        """Without answers; a flagged case only by the supervisor."""
        if now:
            self.run(self._closes(one))

    async def _closes(self, one: int) -> None:
        active = await self._active(one)
        await self._tap(self.operators[one], "desk.close", "-" * 10)
        if one == OPERATORS - 1:
            self.flagged.discard(active)
        await self._check()

    async def _does(self, one: int, name: str, *args: object) -> None:
        await self._tap(self.operators[one], name, *args)
        await self._check()

    # --- time and Telegram ---

    @rule(minutes=st.sampled_from([1, 1, 2, 3, 5, 12]))
    def time_goes_on(self, minutes: int) -> None:
        """Leases lapse, visits fade, silence closes."""
        self.run(self._time(minutes))

    async def _time(self, minutes: int) -> None:
        await self.at.tick(minutes=minutes)
        await self.at.at.app.clock.fade()
        await self.at.at.app.clock.purge()
        await self._settle()

    @rule(rate=st.sampled_from([0.0, 0.0, 0.2, 0.5]))
    def weather(self, rate: float) -> None:
        """Telegram refuses a part of the calls for a while, or none."""
        self.at.at.sandbox.faults = Faults(rate_429=rate, rate_5xx=rate / 2, retry_after=0, methods=CALLS)

    # --- what must hold after each step ---

    async def _settle(self) -> None:
        await self.at.at.settled()
        await self._check()

    def _look_at_calls(self) -> None:
        """What went to the group, not only what stands there: codes and coarse facts. How much went to whom."""
        calls = self.at.at.sandbox.calls
        for call in calls[self.looked :]:
            self.sent[call.chat_id] += call.method in ("sendMessage", "copyMessage") and bool(call.ok)
            if call.chat_id == self.at.groups["kyiv"].chat_id:
                assert not TOKEN.search(str(call.params))
                assert not [name for name in NAMES if name in str(call.params)]
        self.looked = len(calls)

    async def _check(self) -> None:
        self.met["step"] += 1
        async with self.at.at.app.store.read() as connection:
            known = await cases.cases_by_id(connection, list(self.said))
            await self._check_cases(connection, known)
        self._look_at_calls()
        for one, who in enumerate(self.visitors):
            self._check_visitor(one, who, known)
        for one, who in enumerate(self.operators):
            self._check_operator(self.nums[one], who, known)
        assert self.stranger.messages == []

    async def _check_cases(self, connection: AsyncConnection, known: dict[int, Case]) -> None:
        """One holder each, one open case an operator, nothing lost and in order, none closed alone while urgent."""
        keys = self.at.at.app.keys
        for me in (await roster.by_nums(connection, keys, self.nums)).values():
            taken = [case.id for case in known.values() if case.operator == me.num and case.state == "taken"]
            assert taken == ([me.active] if me.active else [])
        for case in known.values():
            assert (case.operator != 0) == (case.state in ("taken", "parked")) or case.state == "closed"
            self.met[f"{case.state} {'urgent' if case.id in self.flagged else ''}".strip()] += 1
            self.met[case.visitor] += 1
            assert case.state != "closed" or case.id not in self.flagged
            if not case.open or case.visitor == "left":
                continue
            kept = await lines.lines_of(connection, keys, case.id, sides=("visitor",))
            assert [line.text.split()[0] for line in kept] == self.said[case.id]

    def _check_visitor(self, one: int, who: Person, known: dict[int, Case]) -> None:
        """Words of the own case only, in order, never a note; one live message; after an exit nothing at all."""
        seen = [token for message in who.messages for token in TOKEN.findall(message.text)]
        chat = self.at.at.app.keys.chat(who.chat_id)
        self.met["an answer was read"] += any(token[0] == "o" for token in seen)
        for token in seen:
            assert token[0] != "n"
            case = known[self.whose[token]]
            assert case.chat == chat
        self._in_order(seen)
        live = [
            message
            for message in who.bot_messages
            if not self.at.at.covered(message) and message not in self.at.lines(who)
        ]
        assert len(live) <= 1
        assert len(self.at.lines(who)) <= 1
        if one in self.gone:
            self.met["nothing followed an exit"] += 1
            assert self.sent[who.chat_id] == self.gone[one]
            assert not live
            assert not self.at.lines(who)

    def _check_operator(self, num: int, who: Person, known: dict[int, Case]) -> None:
        """Words of cases one holds, never a name or an id; one live message beside calls."""
        typed = {message.message_id for message in who.messages if message.sender == "user"}
        for message in who.bot_messages:
            tokens = TOKEN.findall(message.text)
            assert {self.whose[token] for token in tokens} <= {
                case.id for case in known.values() if case.operator == num
            }
            self._in_order(tokens)
            self.met["a visitor was read"] += any(token[0] == "v" for token in tokens)
            self.met["a note was read"] += any(token[0] == "n" for token in tokens)
            assert not [name for name in NAMES if name in message.text]
        assert len(typed) <= 1
        call = [self.at.word("ping.open")]
        live = [one for one in who.bot_messages if not self.at.at.covered(one) and one.labels != call]
        assert len(live) <= 1

    @staticmethod
    def _in_order(tokens: list[str]) -> None:
        for who in {token.split("-")[0] for token in tokens}:
            numbers = [int(token.split("-")[1]) for token in tokens if token.startswith(f"{who}-")]
            assert numbers == sorted(set(numbers)), tokens


def _held(known: dict[int, Case]) -> int:
    """How many open cases are somebody's."""
    return sum(case.open and case.operator != 0 for case in known.values())


@pytest.fixture
def without_network() -> Iterator[None]:
    """Sandbox and bot in one process; what Telegram refuses is tried again at once."""
    wire = InProcess()
    with ExitStack() as stack:
        stack.enter_context(patch.object(Sandbox, "start", wire.started(Sandbox.start)))
        stack.enter_context(patch.object(AiohttpRequest, "do_request", wire.request))
        stack.enter_context(patch("bot.sender.BACKOFF", (0.0,)))
        stack.enter_context(patch("bot.sender.SETTLE_WINDOW", 0.0))
        stack.enter_context(patch("bot.seats.WINDOW", 0.0))
        yield


@pytest.mark.untraced
@pytest.mark.timeout(1200)  # two minutes alone, six beside two others that keep both cores busy
def test_no_order_of_things_breaks_the_desk(
    without_network: None, sqlite_templates: dict[str, Path], tmp_path: Path
) -> None:
    """Thousands of steps, each checked: one holder, the order of words, nobody else's words, no note, no name, no
    first word, no urgent case closed alone, and exit wins."""
    (tmp_path / "template.db").write_bytes(sqlite_templates["filled"].read_bytes())
    loop = asyncio.new_event_loop()
    machine = type("Played", (Desk,), {"folder": tmp_path, "loop": loop, "met": Counter()})
    try:
        run_state_machine_as_test(
            machine,
            settings=settings(
                max_examples=EXAMPLES,
                stateful_step_count=STEPS,
                deadline=None,
                phases=(Phase.generate,),
                derandomize=True,
            ),
        )
    finally:
        loop.close()
    assert machine.met["step"] > EXAMPLES * STEPS * 0.4  # a walk ends early when nothing is left to be done
    for what in ALL_OF_THIS:
        assert machine.met[what] > 0, what
