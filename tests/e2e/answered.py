"""A whole visit with an operator's reply in it, as it is seen by the visitor and by whoever looks at the phone."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from flows.engine import go
from tests.e2e.visits import KYIV, jump
from tests.e2e.window import Window
from tests.operator_double import Operator

CONVERSATION = go("ally")  # stands for what an operator has written
Look = Callable[[str], Awaitable[None]]  # called at each stage of the visit with its name


async def whole_visit(window: Window, look: Look) -> None:
    """In to a service's card, a person is asked for, their answer comes, is opened, comes again; out."""
    await jump(window, KYIV)
    await look("card")
    olha = Operator(window.at, window.person.chat_id)
    await olha.takes()
    await olha.answers(CONVERSATION)
    await window.answered()
    await look("announced")
    await window.press(window.word("announce.open"))
    await look("opened")
    await olha.answers(CONVERSATION)
    await window.answered()
    await look("announced-again")
    await window.press_frame("exit")
    await look("gone")
