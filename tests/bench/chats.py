"""What the load keeps: an update, the chat it came from, and the pass it was part of."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

NO_KEYBOARD = '{"inline_keyboard":[]}'


@dataclass(slots=True)
class Asked:
    """One update: when it was made, when it was first handed out, and the tap it carries (empty for a text)."""

    number: int
    body: bytes
    made: float
    query: str = ""
    step: int = 0  # of the tour, once it is answered
    handed: float | None = None


@dataclass(slots=True)
class Chat:
    """One visitor's phone: the live message it shows and the update that waits for an answer."""

    id: int
    messages: int = 0
    live: int = 0
    buttons: tuple[str, ...] = ()
    markup: str = NO_KEYBOARD
    shown: int | None = None  # hash of the last edit
    step: int = 0  # where on the tour it is
    greeted: bool = False
    asked: Asked | None = None
    deleted: set[int] = field(default_factory=set)

    def next_message(self) -> int:
        """The id of the next message in this chat."""
        self.messages += 1
        return self.messages


@dataclass(slots=True)
class Pass:
    """What is asked in one pass, and what came of it. Times are seconds of the caller's clock."""

    name: str = "idle"
    total: int = 0
    began: float = 0.0
    until: float = float("inf")  # after this nothing new is asked
    rate: float = 0.0  # updates a second, 0 = as many as the bot takes
    made: int = 0
    answered: int = 0
    lost: int = 0
    silent_taps: int = 0  # taps whose button was left spinning: no answerCallbackQuery
    repeated: Counter[str] = field(default_factory=Counter)
    calls: Counter[str] = field(default_factory=Counter)
    first_handed: float | None = None
    last_answer: float | None = None
    waits: list[float] = field(default_factory=list)  # handed out → edit arrived
    patience: list[float] = field(default_factory=list)  # made → edit arrived, what a person feels
    over: bool = False
