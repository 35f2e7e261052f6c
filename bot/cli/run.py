"""`stezhka run`."""

from __future__ import annotations

import asyncio
import gc
import os
import signal
import sys
from collections.abc import Coroutine
from typing import Any

from bot.config import Settings, load
from bot.logs import configure


def run() -> None:
    """Serves real Telegram, or the sandbox when there is no token, until a signal ends it."""
    settings = load()
    if settings.bot_token is None:
        from bot.cli import sandbox  # noqa: PLC0415

        sandbox.run()
        return
    configure(settings.log_level)
    in_loop(_serve(settings))


def in_loop(work: Coroutine[Any, Any, None]) -> None:
    """Runs on uvloop where it is present; every file it makes is the owner's alone."""
    os.umask(0o077)
    sys.setswitchinterval(0.0005)  # seconds: the database's threads answer while the loop is busy, not 5 ms later
    try:
        import uvloop  # noqa: PLC0415
    except ImportError:
        asyncio.run(work)
        return
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(work)


def until_signal() -> asyncio.Event:
    """Set by SIGINT or SIGTERM: stop cleanly."""
    stop = asyncio.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)
    return stop


async def _serve(settings: Settings) -> None:
    from bot.app import NotReady, build  # noqa: PLC0415
    from bot.cli.faults import CannotBeDone  # noqa: PLC0415
    from bot.polling import Refused  # noqa: PLC0415

    stop = until_signal()
    try:
        async with build(settings) as app:
            gc.freeze()  # what is held from the start stays: the collector need not look at it while somebody waits
            await app.run(stop)
    except (NotReady, Refused) as fault:
        raise CannotBeDone(str(fault)) from None
