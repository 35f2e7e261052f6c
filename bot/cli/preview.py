"""What an import would change, as tables for the person who decides."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot.cli.exchange_words import WORDS, say

if TYPE_CHECKING:
    from db.directory.service import Service
    from db.exchange.gazetteer import Gazetteer
    from db.exchange.plan import Change, Plan
    from db.visit import Lang

ROWS_SHOWN = 40  # of each table
NAMES_SHOWN = 10
SAME_IN_FILE = {
    "slug": "id", "place_id": "settlement", "oblast_id": "oblast", "district_id": "district", "areas": "serves",
}  # fmt: skip


def show(plan: Plan, file: str, gazetteer: Gazetteer, lang: Lang, console: Console) -> None:
    """Summary first, then what is new, changed, taken out, missing and doubtful."""
    words = WORDS[lang]
    if not plan.changes:
        console.print(say(lang, "nothing", file=file, same=plan.same), markup=False)
    else:
        counts = {name: len(getattr(plan, name)) for name in ("added", "changed", "retired")}
        console.print(say(lang, "summary", file=file, same=plan.same, **counts), markup=False)
    _named(words["added"], [change.after for change in plan.added if change.after], lang, console)
    _changed(plan.changed, gazetteer, lang, console)
    _named(words["retired"], [change.before for change in plan.retired if change.before], lang, console)
    _missing(plan.missing, lang, console)
    rows = [(twin.new.slug, twin.other.slug, words["phone" if twin.why == "phone" else "alike"]) for twin in plan.twins]
    _table(words["twins"], (words["code"], words["other"], words["why"]), rows, lang, console)


def _named(title: str, services: Sequence[Service], lang: Lang, console: Console) -> None:
    from db.exchange.vocabulary import KIND  # noqa: PLC0415 (a command imports what it needs when it is called)

    words = WORDS[lang]
    rows = [(one.slug, KIND.word(one.kind, lang), one.name(lang)) for one in services]
    _table(title, (words["code"], words["kind"], words["name"]), rows, lang, console)


def _missing(services: Sequence[Service], lang: Lang, console: Console) -> None:
    """By name only: nothing happens to them."""
    if services:
        names = ", ".join(one.slug for one in services[:NAMES_SHOWN])
        more = f" {say(lang, 'more', count=rest)}" if (rest := len(services) - NAMES_SHOWN) > 0 else ""
        console.print(f"{WORDS[lang]['missing']}: {len(services)}", style="bold", markup=False)
        console.print(f"  {names}{more}\n", markup=False)


def _changed(changes: Sequence[Change], gazetteer: Gazetteer, lang: Lang, console: Console) -> None:
    words = WORDS[lang]
    rows = [
        (change.slug if not at else "", *row)
        for change in changes[:ROWS_SHOWN]
        for at, row in enumerate(differences(change, gazetteer, lang))
    ]
    heads = (words["code"], words["column"], words["was"], words["becomes"])
    _table(words["changed"], heads, rows, lang, console, len(changes))


def differences(change: Change, gazetteer: Gazetteer, lang: Lang) -> list[tuple[str, str, str]]:
    """Column, was, becomes: in the words of the spreadsheet."""
    from db.exchange.columns import BY_KEY  # noqa: PLC0415
    from db.exchange.writing import texts_of  # noqa: PLC0415

    if change.before is None or change.after is None:
        return []
    was, becomes = (texts_of(one, gazetteer, lang) for one in (change.before, change.after))
    keys = dict.fromkeys(SAME_IN_FILE.get(name, name) for name in change.fields())
    nothing = WORDS[lang]["empty"]
    return [(BY_KEY[key].header(lang), was[key] or nothing, becomes[key] or nothing) for key in keys]


def _table(
    title: str, heads: Sequence[str], rows: Sequence[Sequence[str]], lang: Lang, console: Console, services: int = 0
) -> None:
    """`services` is how many it is about when a service may have several rows."""
    if not rows:
        return
    console.print(f"{title}: {services or len(rows)}", style="bold", markup=False)
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=True)
    for head in heads:
        table.add_column(head, overflow="fold")
    shown = rows if services else rows[:ROWS_SHOWN]
    for row in shown:
        table.add_row(*(Text(cell) for cell in row))
    console.print(table)
    if (more := (services or len(rows)) - ROWS_SHOWN) > 0:
        console.print(say(lang, "more", count=more), markup=False)
    console.print()
