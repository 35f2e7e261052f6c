"""`stezhka directory import`: look, show, ask, apply; and the question itself."""

from __future__ import annotations

import asyncio
import os
import sys
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

from bot.cli.exchange_words import own_language, say
from bot.cli.language import LangOption, spoken

if TYPE_CHECKING:
    from bot.config import Settings
    from db.exchange.gazetteer import Gazetteer
    from db.exchange.plan import Plan
    from db.store import Store
    from db.visit import Lang

NICE = 10
T = TypeVar("T")


def bring_in(
    file: Annotated[Path, typer.Argument(help="A CSV or XLSX file, e.g. one made by export.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only show what would change.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Apply without asking.")] = False,
    retire: Annotated[bool, typer.Option("--retire", help="Take out what is not in the file.")] = False,
    sheet: Annotated[str, typer.Option(help="The sheet; else the first with the directory's headers.")] = "",
    by: Annotated[str, typer.Option(help="Who brings it in: a role, never a person's name.")] = "coordinator",
    lang: LangOption = "",
) -> None:
    """Read and check a file, show what would change, ask, and apply it: while the bot runs, all or nothing."""
    from bot.config import load  # noqa: PLC0415 (a command imports what it needs when it is called)
    from db.directory.queries import ROLES  # noqa: PLC0415

    if by not in ROLES:
        raise typer.BadParameter(f"'{by}' is none of the roles: {', '.join(ROLES)}", param_hint="--by")
    work = Work(file, sheet, by, spoken(lang or own_language()), dry_run=dry_run, yes=yes, retire=retire)
    asyncio.run(work.run(load()))


class Work:
    """One import: look, show, ask, apply."""

    def __init__(self, file: Path, sheet: str, by: str, lang: Lang, *, dry_run: bool, yes: bool, retire: bool) -> None:
        from rich.console import Console  # noqa: PLC0415

        self.file = file
        self.sheet = sheet
        self.by = by
        self.lang = lang
        self.dry_run = dry_run
        self.yes = yes
        self.retire = retire
        self.console = Console(highlight=False)
        self.aside = Console(stderr=True, highlight=False)  # the bar is no part of what is said

    async def run(self, settings: Settings) -> None:
        """Raises CannotBeDone."""
        from bot.cli import preview  # noqa: PLC0415
        from bot.cli.opened import opened  # noqa: PLC0415

        async with opened(settings) as store:
            plan, gazetteer = await self.look(store)
            preview.show(plan, self.file.name, gazetteer, self.lang, self.console)
            if not plan.changes:
                return
            if self.dry_run:
                typer.echo(say(self.lang, "dry"))
                return
            if not self.yes and not asked(say(self.lang, "ask"), self.lang):
                typer.echo(say(self.lang, "left"))
                raise typer.Exit(1)
            number = await self.apply(store, plan)
        typer.echo(say(self.lang, "done", number=number))

    async def look(self, store: Store) -> tuple[Plan, Gazetteer]:
        """What the file would change. Raises CannotBeDone, after every fault was said."""
        from bot.cli.faults import CannotBeDone  # noqa: PLC0415
        from db.directory import history, queries  # noqa: PLC0415
        from db.directory.hours import KYIV  # noqa: PLC0415
        from db.exchange.faults import Refused  # noqa: PLC0415
        from db.exchange.gazetteer import Gazetteer  # noqa: PLC0415
        from db.exchange.plan import plan  # noqa: PLC0415
        from db.exchange.wording import refusal  # noqa: PLC0415
        from db.places import queries as towns  # noqa: PLC0415

        async with store.read() as connection:
            version = await queries.version(connection)
            held, used = await queries.stored(connection), await history.highest_num(connection)
            gazetteer = Gazetteer(await towns.load(connection))
        about: dict[str, Any] = {"today": datetime.now(KYIV).date(), "version": version, "used": used}
        try:
            with self.bar() as bar:
                task = bar.add_task(say(self.lang, "reading"), total=None)
                looking = partial(
                    plan, self.file, held, gazetteer, sheet=self.sheet, retire=self.retire,
                    progress=lambda rows: bar.update(task, completed=rows), **about,
                )  # fmt: skip
                found = await asyncio.to_thread(last_in_line, looking)
        except Refused as fault:
            typer.echo(refusal(fault.faults, self.lang), err=True)
            count = len(fault.faults)
            raise CannotBeDone(say(self.lang, "refused", file=self.file.name, count=count)) from None
        return found, gazetteer

    async def apply(self, store: Store, plan: Plan) -> int:
        """Writes the plan; the number of the change set. Raises CannotBeDone."""
        from bot.cli.faults import CannotBeDone  # noqa: PLC0415
        from db.directory import changes  # noqa: PLC0415

        try:
            with self.bar() as bar:
                task = bar.add_task(say(self.lang, "writing"), total=len(plan.changes))
                async with store.write() as connection:
                    return await changes.apply(
                        connection, plan.changes, action="import", by=self.by, at=datetime.now(UTC),
                        version=plan.version, progress=lambda rows: bar.update(task, completed=rows),
                    )  # fmt: skip
        except changes.ChangedMeanwhile:
            raise CannotBeDone(say(self.lang, "meanwhile")) from None

    def bar(self) -> Any:
        """A bar with a count, gone when it is full."""
        from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn  # noqa: PLC0415

        columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.completed}"), TimeElapsedColumn())
        return Progress(*columns, console=self.aside, transient=True, disable=not self.aside.is_terminal)


def last_in_line(work: Callable[[], T]) -> T:
    """Does it in a thread of low priority: the bot that runs beside goes first. The writing, for which others wait,
    is done at the usual one."""
    if sys.platform == "linux":
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), NICE)
    return work()


def asked(question: str, lang: Lang) -> bool:
    """Whether the person says yes, in either language; silence (no terminal, end of input) is a no."""
    from db.exchange.vocabulary import yes_or_no  # noqa: PLC0415

    try:
        answer = typer.prompt(f"{question} [{say(lang, 'yes_no')}]", default="", show_default=False)
    except typer.Abort:
        typer.echo()
        return False
    return yes_or_no(answer) is True
