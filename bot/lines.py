"""Lines of waiting rows: one per chat, served by lane. Pure bookkeeping, no clock, no network.

In a chat one row goes after another; an exit row goes at once, past the others and past a call in flight, and a pause
is for the row that earned it: a cover that Telegram refuses does not keep the chat's wipe from being tried.
Between chats the lane decides, and within a lane who has waited longest.
"""

from __future__ import annotations

import heapq
from collections import deque
from collections.abc import Iterable, Iterator
from itertools import count

from db.outbox import Kind, Lane, Row, clears


def _shows(row: Row) -> bool:
    """Whether the row may put something on a screen that an exit has just cleared."""
    return row.lane is not Lane.EXIT and row.kind is not Kind.DELETE and not clears(row)


class Line:
    """What waits for one chat, and what is in flight."""

    __slots__ = ("again", "chat", "exits", "held", "not_before", "refused", "rows", "running", "stale")

    def __init__(self, chat: bytes) -> None:
        self.chat = chat
        self.exits: deque[Row] = deque()
        self.rows: deque[Row] = deque()
        self.running: set[Row] = set()
        self.stale: set[Row] = set()  # in flight for a visit that has ended
        self.again: set[Row] = set()  # covers sent while a stale call was in flight: once more afterwards
        self.held: list[Row] = []  # such covers, accepted, waiting for the stale call to end
        self.refused: dict[Row, float] = {}  # exit rows to be tried again, and when
        self.not_before = 0.0  # when the other rows may go on

    @property
    def lane(self) -> Lane:
        """Where the line stands: what waits behind a fade's wipe for somebody who came back lifts it."""
        return Lane.EXIT if self.exits else min(row.lane for row in self.rows)

    def head(self, now: float = 0.0) -> Row | None:
        """The row that goes next, if any may; one whose pause is over goes before one whose pause is not.

        An exit's wipe does not wait for its cover to be answered, nor to be accepted: a cover that is refused for a
        second must not keep the rest of the chat in sight.
        """
        if self.exits:
            busy = {row.kind for row in self.running if row.lane is Lane.EXIT}
            first: dict[Kind, Row] = {}
            for row in self.exits:
                if row.kind not in busy:
                    first.setdefault(row.kind, row)
            return min(first.values(), key=lambda row: max(now, self.due(row)), default=None)
        if self.rows and not self.running:
            return self.rows[0]
        return None

    def due(self, row: Row) -> float:
        """When a row that waits may go."""
        return self.refused.get(row, 0.0) if row.lane is Lane.EXIT else self.not_before

    @property
    def empty(self) -> bool:
        """Whether the line can be forgotten."""
        return not (self.exits or self.rows or self.running or self.held)


class Lines:
    """All lines. A row taken with `take` stays in flight until `finish`."""

    def __init__(self) -> None:
        self._lines: dict[bytes, Line] = {}
        self._ready: dict[Lane, deque[Line]] = {lane: deque() for lane in Lane}
        self._later: list[tuple[float, int, Line]] = []
        self._tie = count()
        self.waiting = 0

    def add(self, row: Row) -> None:
        """One more row. An answer to a tap needs no order, so it stands in a line of its own."""
        loose = row.kind is Kind.OTHER
        line = Line(row.chat) if loose else self._lines.setdefault(row.chat, Line(row.chat))
        if row.lane is Lane.EXIT:
            line.exits.append(row)
        else:
            line.rows.append(row)
        self.waiting += 1
        self._offer(line)

    def wake(self, now: float) -> None:
        """Lines whose pause is over are ready again."""
        while self._later and self._later[0][0] <= now:
            self._offer(heapq.heappop(self._later)[2])

    def next_wake(self) -> float | None:
        """When the next pause ends."""
        return self._later[0][0] if self._later else None

    def ready(self, lane: Lane, now: float) -> Iterator[tuple[Line, Row]]:
        """Who may go in this lane, longest waiting first. Each is to be taken or put off."""
        queue = self._ready[lane]
        for _ in range(len(queue)):
            line = queue.popleft()
            row = line.head(now)
            if row is None or line.lane is not lane:
                continue
            if line.due(row) > now:
                self.put_off(line, line.due(row))
                continue
            yield line, row

    def put_off(self, line: Line, until: float) -> None:
        """The line waits until then."""
        heapq.heappush(self._later, (until, next(self._tie), line))

    def give_back(self, line: Line) -> None:
        """Not taken after all: first in its lane again."""
        row = line.head()
        if row is not None:
            self._ready[line.lane].appendleft(line)

    def take(self, line: Line, row: Row) -> None:
        """The row is in flight now."""
        (line.exits if row.lane is Lane.EXIT else line.rows).remove(row)
        line.running.add(row)
        self.waiting -= 1
        if row.lane is Lane.EXIT:
            if row.kind is Kind.REDRAW and line.stale:
                line.again.add(row)
            self._offer(line)

    def retry(self, line: Line, row: Row, until: float) -> None:
        """Telegram did not take it: first of its kind in its line, not before then. A stale row is not tried again."""
        line.running.discard(row)
        if row in line.stale:
            self._end_stale(line, row)
            return
        (line.exits if row.lane is Lane.EXIT else line.rows).appendleft(row)
        self.waiting += 1
        line.not_before = max(line.not_before, until)
        if row.lane is Lane.EXIT:
            line.refused[row] = until
        self.put_off(line, line.due(row))

    def finish(self, line: Line, row: Row) -> list[Row]:
        """The row is done with; which rows may be removed from the outbox."""
        line.running.discard(row)
        line.refused.pop(row, None)
        if row in line.stale:
            self._end_stale(line, row)
            return [row]
        settled = [row]
        if row in line.again:
            line.again.discard(row)
            settled = []
            if line.stale:
                line.held.append(row)
            else:
                self._once_more(line, [row])
        self._offer(line)
        if line.empty and self._lines.get(line.chat) is line:  # not when it is an answer's own line
            del self._lines[line.chat]
        return settled

    def leave(self, chats: Iterable[bytes]) -> list[Row]:
        """These visitors exit: what waits for them is dropped, what is in flight and would show something is stale.
        What a fade still had to clear is the exit's now: those rows, to be added after its own."""
        lifted = []
        for chat in chats:
            if (line := self._lines.get(chat)) is None:
                continue
            lifted += [row for row in line.rows if clears(row)]
            self._keep(line, [])
            line.stale |= {row for row in line.running if _shows(row)}
        for row in lifted:
            row.lane = Lane.EXIT
        return lifted

    def fade(self, chats: Iterable[bytes]) -> None:
        """These visits fade: as an exit, but what is to be announced is, and nothing goes faster than before."""
        for chat in chats:
            if (line := self._lines.get(chat)) is None:
                continue
            self._keep(line, [row for row in line.rows if clears(row) or row.kind is Kind.ANNOUNCE])
            line.stale |= {row for row in line.running if _shows(row) and row.kind is not Kind.ANNOUNCE}

    def drop(self, chat: bytes) -> None:
        """Nothing can reach this chat: everything that waits for it is dropped."""
        line = self._lines.pop(chat, None)
        if line is not None:
            self.waiting -= len(line.rows) + len(line.exits)
            line.rows.clear()
            line.exits.clear()
            line.held.clear()

    def replace(self, ids: set[int], chats: Iterable[bytes]) -> None:
        """Waiting redraws that a newer one has replaced."""
        for chat in chats:
            line = self._lines.get(chat)
            if line is not None:
                self._keep(line, [row for row in line.rows if row.id not in ids])

    def seat(self, line: Line, row: Row) -> None:
        """A redraw knows its message now: so do the later ones of the same visit that were made before it did."""
        for later in line.rows:
            if later.kind is Kind.REDRAW and later.generation == row.generation and not later.payload["message_id"]:
                later.payload["message_id"] = row.payload["message_id"]

    def redraws(self, chat: bytes, live: int) -> list[int]:
        """Ids of what a redraw of that live message makes needless: older redraws, announcements, and the cover a
        fade would still draw over that very message. Exits, and covers of other messages, stay."""
        line = self._lines.get(chat)
        if line is None:
            return []
        return [
            row.id
            for row in line.rows
            if row.kind is Kind.ANNOUNCE
            or (row.kind is Kind.REDRAW and (not clears(row) or row.payload["message_id"] == live))
        ]

    def older(self, chat: bytes) -> list[int]:
        """Ids of the redraws alone, for a screen that is renewed while it is somebody else's turn."""
        line = self._lines.get(chat)
        return [row.id for row in line.rows if row.kind is Kind.REDRAW and not clears(row)] if line else []

    def cards(self, group: bytes, slot: int) -> list[int]:
        """Ids of what waits for one message of a desk's group."""
        line = self._lines.get(group)
        return [row.id for row in line.rows if row.kind is Kind.CARD and row.payload["slot"] == slot] if line else []

    def cards_waiting(self, group: bytes) -> int:
        """How many messages of a desk's group wait to be sent or edited."""
        line = self._lines.get(group)
        return len(line.rows) if line else 0

    def _keep(self, line: Line, rows: list[Row]) -> None:
        self.waiting -= len(line.rows) - len(rows)
        line.rows = deque(rows)

    def _offer(self, line: Line) -> None:
        row = line.head()
        if row is not None:
            self._ready[line.lane].append(line)

    def _end_stale(self, line: Line, row: Row) -> None:
        line.stale.discard(row)
        if not line.stale and line.held:
            held, line.held = line.held, []
            self._once_more(line, held)
        self._offer(line)

    def _once_more(self, line: Line, covers: list[Row]) -> None:
        """A stale call may have landed after the cover: the cover goes again, first."""
        line.exits.extendleft(reversed(covers))
        self.waiting += len(covers)
