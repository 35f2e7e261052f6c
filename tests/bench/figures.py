"""What one pass measured: a load run to its end, and the process trees looked at before and after it."""

from __future__ import annotations

import math
import time
from collections.abc import Sequence
from dataclasses import dataclass

from tests.bench.processes import Api, Usage, machine_busy


@dataclass(frozen=True, slots=True)
class Figures:
    """One pass of one contestant."""

    answered: int
    per_second: float
    waits: tuple[float, float]  # p50 and p99, seconds from handing out to the edit's arrival
    patience: tuple[float, float]  # p50 and p99, seconds from the tap to the edit's arrival
    cpu_per_1000: float  # seconds, user and system
    calls_per_update: float
    api_share: float  # of one core: near 1 the instrument would be the limit
    others: float  # cores that anything else on the machine kept busy meanwhile
    rss: int  # bytes, at the end
    lost: int  # updates handed out that never had an effect
    silent_taps: int  # taps without answerCallbackQuery
    repeated: int  # calls that did again what had been done


def measure(line: Api, pid: int, order: str, **told: object) -> Figures:
    """Runs the pass `order` against the bot `pid` and measures both sides of it."""
    began, bot, server, machine = time.monotonic(), Usage.of(pid), Usage.of(line.pid), machine_busy()
    state = line.finish(order, **told)
    took = time.monotonic() - began
    bot_after, server_after, busy = Usage.of(pid), Usage.of(line.pid), machine_busy() - machine
    answered, ours = state["answered"], bot_after.cpu - bot.cpu + server_after.cpu - server.cpu
    return Figures(
        answered=answered,
        per_second=answered / state["seconds"] if state["seconds"] else 0.0,
        waits=(percentile(state["waits"], 50), percentile(state["waits"], 99)),
        patience=(percentile(state["patience"], 50), percentile(state["patience"], 99)),
        cpu_per_1000=1000 * (bot_after.cpu - bot.cpu) / answered if answered else math.nan,
        calls_per_update=sum(state["calls"].values()) / answered if answered else math.nan,
        api_share=(server_after.cpu - server.cpu) / took,
        others=max(0.0, busy - ours) / took,
        rss=bot_after.rss,
        lost=state["lost"],
        silent_taps=state["silent_taps"],
        repeated=sum(state["repeated"].values()),
    )


def percentile(values: Sequence[float], rank: int) -> float:
    """By nearest rank; not a number when nothing was measured."""
    if not values:
        return math.nan
    return sorted(values)[max(0, math.ceil(len(values) * rank / 100) - 1)]
