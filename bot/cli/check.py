"""`stezhka directory check`: what in the directory and its rules needs doing. Exit code 1 when anything does."""

from __future__ import annotations

import asyncio
import json
from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.language import LangOption, spoken

if TYPE_CHECKING:
    from db.directory.check import Finding
    from db.directory.directory import Directory
    from db.visit import Lang

# Code: what it is, what to do.
WORDS: dict[Lang, dict[str, tuple[str, str]]] = {
    "uk": {
        "street": ("прихована служба: у тексті щось схоже на адресу", "прибрати це зі стовпця"),
        "rule": ("звичні кроки ведуть у нікуди", "поправити файл правил або повернути службу"),
        "launch": ("без цієї лінії бот не вийде на публіку", "подзвонити й підтвердити"),
        "overdue": ("минув термін перегляду", "подзвонити й підтвердити"),
        "borrowed": ("власного номера немає, лише екстрений", "знайти власний номер або прибрати чужий"),
        "shared": ("той самий номер у служби з іншої області", "з’ясувати, чий він"),
        "parent": ("користується номером служби, якої немає", "вказати наявну службу або власний номер"),
        "owner": ("той самий номер, що й в іншої служби", "вказати, чий він (parent)"),
        "clock": ("години й примітка суперечать одне одному", "уточнити години"),
        "ahead": ("підтверджено майбутнім днем або невідомо ким", "підтвердити ще раз"),
        "place": ("місця немає в довіднику місць або воно в іншій області", "виправити місце"),
        "unreachable": ("контактів немає", "знайти телефон, сайт або адресу"),
        "unconfirmed": ("ще ніхто не перевірив", "подзвонити й підтвердити"),
    },
    "en": {
        "street": ("hidden service: something reads like an address", "take it out of the column"),
        "rule": ("the usual steps lead nowhere", "mend the file of rules or bring the service back"),
        "launch": ("no public start without this line", "call and confirm"),
        "overdue": ("past its review", "call and confirm"),
        "borrowed": ("no number of its own, only an emergency one", "find its own number or take this one out"),
        "shared": ("same number as a service in another oblast", "find out whose it is"),
        "parent": ("uses the number of a service that is not there", "name one that is, or its own number"),
        "owner": ("same number as another service", "say whose it is (parent)"),
        "clock": ("hours and note contradict each other", "find out the hours"),
        "ahead": ("confirmed on a day to come, or by nobody known", "confirm anew"),
        "place": ("place unknown to the gazetteer, or in another oblast", "correct the place"),
        "unreachable": ("no contact at all", "find a phone, a website or an address"),
        "unconfirmed": ("nobody has checked it yet", "call and confirm"),
    },
}
TOTALS: dict[Lang, tuple[str, str]] = {
    "uk": ("Усе гаразд: {services} служб.", "Потребують уваги: {about} з {services}."),
    "en": ("All is well: {services} services.", "Need attention: {about} of {services}."),
}
NAMES_AT_MOST = 12  # of services that only wait for a call; --only and --json have them all


def check(
    on: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="As of this day; today without.")] = None,
    only: Annotated[str, typer.Option(help="One kind of finding by its code, in full, e.g. borrowed.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="One JSON array instead of a table.")] = False,
    lang: LangOption = "uk",
) -> None:
    """What is past review, unconfirmed, contradictory or unreachable; exit code 1 when anything is."""
    from bot.cli.nearest import read  # noqa: PLC0415 (a command imports what it needs when it is called)
    from bot.config import load  # noqa: PLC0415
    from db.directory.check import CODES, findings  # noqa: PLC0415
    from db.directory.hours import KYIV  # noqa: PLC0415

    tongue = spoken(lang)
    if only and only not in CODES:
        raise typer.BadParameter(f"'{only}' is none of: {', '.join(CODES)}", param_hint="--only")
    day = on.date() if on else datetime.now(KYIV).date()
    directory, places = asyncio.run(read(load()))
    found = [*_rules(directory, tongue), *findings(directory, places, day)]
    found = [one for one in found if not only or one.code == only]
    if as_json:
        typer.echo(json.dumps([as_object(one, tongue) for one in found], ensure_ascii=False))
    else:
        _print(found, len(directory.services), tongue, in_full=bool(only))
    if found:
        raise typer.Exit(1)


def _rules(directory: Directory, lang: Lang) -> list[Finding]:
    """The rules held against this directory; when their files are broken, every fault in them."""
    from db.directory.check import Finding  # noqa: PLC0415
    from db.directory.referral.faults import ReferralError  # noqa: PLC0415
    from db.directory.referral.sound import rule_findings  # noqa: PLC0415
    from db.directory.referral.starting import starting_referrals  # noqa: PLC0415

    try:
        return rule_findings(starting_referrals(), directory)
    except ReferralError as broken:
        return [Finding("rule", f"{fault.file}:{fault.row}", fault.told(lang)) for fault in broken.faults]


def as_object(finding: Finding, lang: Lang) -> dict[str, str]:
    """For `--json`."""
    what, remedy = WORDS[lang][finding.code]
    return {"code": finding.code, "about": finding.about, "seen": finding.detail, "what": what, "do": remedy}


def _print(found: list[Finding], services: int, lang: Lang, *, in_full: bool) -> None:
    """A head for each kind of finding with what to do, and under it the services with what was seen."""
    from rich.console import Console  # noqa: PLC0415
    from rich.markup import escape  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415

    console = Console()
    for code in dict.fromkeys(one.code for one in found):
        rows = [one for one in found if one.code == code]
        what, remedy = WORDS[lang][code]
        console.print(f"[bold]{what}[/bold] ({len(rows)}) → {remedy}", highlight=False)
        table = Table(show_header=False, box=None, padding=(0, 2, 0, 2))
        shown = rows if in_full or code != "unconfirmed" else rows[:NAMES_AT_MOST]
        for one in shown:
            table.add_row(one.about, escape(one.detail))
        if len(rows) > len(shown):
            table.add_row(f"… +{len(rows) - len(shown)}", f"--only {code}")
        console.print(table)
        console.print()
    good, bad = TOTALS[lang]
    about = len({one.about for one in found})
    console.print((bad if found else good).format(about=about, services=services), highlight=False)
