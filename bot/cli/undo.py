"""`stezhka directory undo`: the last change of the directory is taken back."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.bring_in import asked
from bot.cli.exchange_words import WORDS, own_language, say
from bot.cli.language import LangOption, spoken

if TYPE_CHECKING:
    from bot.config import Settings
    from db.visit import Lang

NAMES_SHOWN = 10


def undo(
    yes: Annotated[bool, typer.Option("--yes", help="Without asking.")] = False,
    by: Annotated[str, typer.Option(help="Who takes it back: a role, never a person's name.")] = "coordinator",
    lang: LangOption = "",
) -> None:
    """Take back the last import or confirmation, whole; again for the one before."""
    from bot.config import load  # noqa: PLC0415 (a command imports what it needs when it is called)
    from db.directory.queries import ROLES  # noqa: PLC0415

    if by not in ROLES:
        raise typer.BadParameter(f"'{by}' is none of the roles: {', '.join(ROLES)}", param_hint="--by")
    asyncio.run(take_back(load(), by, spoken(lang or own_language()), yes=yes))


async def take_back(settings: Settings, by: str, lang: Lang, *, yes: bool) -> None:
    """Shows the change set, asks, takes it back. Raises CannotBeDone."""
    from bot.cli.faults import CannotBeDone  # noqa: PLC0415
    from bot.cli.opened import opened  # noqa: PLC0415
    from db.directory import changes, history, queries  # noqa: PLC0415

    async with opened(settings) as store:
        try:
            async with store.read() as connection:
                version, done = await queries.version(connection), await history.last(connection)
            typer.echo(describe(done, lang))
            if not yes and not asked(say(lang, "ask_undo"), lang):
                typer.echo(say(lang, "left"))
                raise typer.Exit(1)
            async with store.write() as connection:
                await history.undo(connection, done, by=by, at=datetime.now(UTC), version=version)
        except history.NothingToUndo:
            raise CannotBeDone(say(lang, "nothing_to_undo")) from None
        except history.CannotUndo as fault:
            raise CannotBeDone(say(lang, "cannot_undo", slugs=fault)) from None
        except changes.ChangedMeanwhile:
            raise CannotBeDone(say(lang, "meanwhile")) from None
    typer.echo(say(lang, "undone", number=done.number))


def describe(done: object, lang: Lang) -> str:
    """Which change it is, and the first of its rows."""
    from db.directory.history import ChangeSet  # noqa: PLC0415
    from db.directory.hours import KYIV  # noqa: PLC0415
    from db.exchange.vocabulary import ROLE  # noqa: PLC0415

    if not isinstance(done, ChangeSet):
        raise TypeError("not a change set")
    when = done.made_at.astimezone(KYIV).strftime("%Y-%m-%d %H:%M")
    said = {"number": done.number, "when": when, "by": ROLE.word(done.made_by, lang), "count": len(done.steps)}
    names = [one.slug for step in done.steps if (one := step.after or step.before)]
    shown = ", ".join(names[:NAMES_SHOWN]) + (" …" if len(names) > NAMES_SHOWN else "")
    return f"{say(lang, 'change_set', action=WORDS[lang][done.action], **said)} {shown}"
