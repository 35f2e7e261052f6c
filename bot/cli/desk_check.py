"""`stezhka desk check`: what at the desks needs doing. Exit code 1 when anything does."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.language import LangOption, spoken

if TYPE_CHECKING:
    from bot.config import Settings
    from db.desk.check import Finding
    from db.visit import Lang

# Code: what it is, what to do.
WORDS: dict[Lang, dict[str, tuple[str, str]]] = {
    "uk": {
        "none": ("жодної команди", "stezhka desk add"),
        "group": ("немає групи в Telegram", "stezhka desk add … --group"),
        "nobody": ("нікого немає", "stezhka desk invite"),
        "supervisor": ("нікому закривати термінові звернення", "stezhka desk invite --role supervisor"),
        "words": ("не сказано, хто відповідає", "stezhka desk add … --words-uk, --words-en"),
        "hours": ("години не читаються", "stezhka desk add … --hours"),
        "region": ("такої області немає", "stezhka desk add … --region"),
        "language": ("цією мовою ніхто не відповідає", "stezhka desk add … --language"),
        "uncovered": ("за цю область ніхто не відповідає", "додати область або команду для всіх"),
        "seat": ("запис зроблено з іншим SECRET_KEY", "запросити ще раз"),
        "ready": ("готові відповіді з помилкою", "виправити файл"),
    },
    "en": {
        "none": ("no desk at all", "stezhka desk add"),
        "group": ("no Telegram group", "stezhka desk add … --group"),
        "nobody": ("nobody is there", "stezhka desk invite"),
        "supervisor": ("nobody may close an urgent case", "stezhka desk invite --role supervisor"),
        "words": ("it is not said who answers", "stezhka desk add … --words-uk, --words-en"),
        "hours": ("the hours cannot be read", "stezhka desk add … --hours"),
        "region": ("there is no such oblast", "stezhka desk add … --region"),
        "language": ("nobody answers in this language", "stezhka desk add … --language"),
        "uncovered": ("nobody answers for this oblast", "add the oblast, or a desk for all"),
        "seat": ("made with another SECRET_KEY", "invite anew"),
        "ready": ("ready replies with a fault", "mend the file"),
    },
}
GOOD: dict[Lang, str] = {"uk": "Усе гаразд: команд {desks}.", "en": "All is well: {desks} desks."}


def check(
    as_json: Annotated[bool, typer.Option("--json", help="One JSON array instead of lines.")] = False,
    lang: LangOption = "uk",
) -> None:
    """What is missing or wrong at the desks; exit code 1 when anything is."""
    from bot.config import load  # noqa: PLC0415 (a command imports what it needs when it is called)

    tongue = spoken(lang)
    found, desks = asyncio.run(read(load(), tongue))
    if as_json:
        rows = [{"code": one.code, "about": one.about, "seen": one.detail} for one in found]
        typer.echo(json.dumps(rows, ensure_ascii=False))
    else:
        for one in found:
            what, remedy = WORDS[tongue][one.code]
            about = " ".join(part for part in (one.about, one.detail) if part)
            typer.echo(f"{about}: {what} → {remedy}" if about else f"{what} → {remedy}")
        if not found:
            typer.echo(GOOD[tongue].format(desks=desks))
    if found:
        raise typer.Exit(1)


async def read(settings: Settings, lang: Lang) -> tuple[list[Finding], int]:
    """What was found, and how many desks there are."""
    from bot.cli.keys import keyring  # noqa: PLC0415
    from bot.cli.opened import opened  # noqa: PLC0415
    from db.desk import desks, roster  # noqa: PLC0415
    from db.desk.check import findings  # noqa: PLC0415
    from db.places import queries as towns  # noqa: PLC0415

    keys = keyring(settings)
    async with opened(settings) as store, store.read() as connection:
        found = await desks.all_desks(connection, keys)
        staff = await roster.staff(connection, keys)
        oblasts = {
            one.id: one.name_en if lang == "en" else one.name_uk for one in (await towns.load(connection)).oblasts()
        }
    return [*findings(found, staff, oblasts), *_ready(lang)], len(found)


def _ready(lang: Lang) -> list[Finding]:
    """Every fault in the files of ready replies."""
    from db.desk.canned import CannedError  # noqa: PLC0415
    from db.desk.check import Finding  # noqa: PLC0415
    from flows.desk.scan import ready_words  # noqa: PLC0415

    try:
        ready_words()
    except CannedError as broken:
        return [Finding("ready", fault.told(lang)) for fault in broken.faults]
    return []
