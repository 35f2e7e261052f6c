"""`stezhka directory gaps`: what people would be offered now, by oblast and kind of service, and what is missing."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.cli.language import LangOption, spoken

if TYPE_CHECKING:
    from rich.table import Table

    from db.directory.gaps import Offer
    from db.places.place import Place
    from db.places.places import Places
    from db.visit import Lang
    from flows.texts import Catalogue

MARKS = {"confirmed": "●", "unconfirmed": "◐", "silent": "?", "national": "○", "away": "→", "none": "·"}
STATE_NAMES: dict[Lang, dict[str, str]] = {
    "uk": {
        "confirmed": "є тут, перевірено",
        "unconfirmed": "є тут, ще не перевірено",
        "silent": "є тут, контакту немає",
        "national": "лише для всієї країни",
        "away": "лише в іншому місці",
        "none": "немає",
    },
    "en": {
        "confirmed": "here, confirmed",
        "unconfirmed": "here, not confirmed yet",
        "silent": "here, without a contact",
        "national": "only for the whole country",
        "away": "only in another place",
        "none": "none",
    },
}
IN_OBLASTS: dict[Lang, str] = {"uk": "є контакт у {n} з {of} областей", "en": "a contact in {n} of {of} oblasts"}
TITLES: dict[Lang, str] = {
    "uk": "Що запропонує бот зараз, за областями й видами служб",
    "en": "What the bot would offer now, by oblast and kind of service",
}
BEST_AT_MOST = 3
LOCAL = ("confirmed", "unconfirmed")


def gaps(
    place: Annotated[str, typer.Option(help="One town, village or oblast by name instead of all oblasts.")] = "",
    picture: Annotated[Path | None, typer.Option(help="Also as a heat table into this PNG file.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON array instead of a table.")] = False,
    lang: LangOption = "uk",
) -> None:
    """What people would be offered now, and what is missing."""
    from bot.cli.nearest import read  # noqa: PLC0415 (a command imports what it needs when it is called)
    from bot.config import load  # noqa: PLC0415
    from db.directory.gaps import by_oblast  # noqa: PLC0415
    from flows.texts import Texts  # noqa: PLC0415

    tongue = spoken(lang)
    directory, places = asyncio.run(read(load()))
    at = [_named(place, places)] if place else places.oblasts()
    rows = by_oblast(at, directory)
    t = Texts().speak(tongue, directory)
    if picture:
        from bot.cli.heat_table import draw  # noqa: PLC0415 (matplotlib is optional and slow to start)

        draw(picture, TITLES[tongue], _heat(rows, t), STATE_NAMES[tongue], MARKS)
    if as_json:
        typer.echo(json.dumps([as_object(offer) for row in rows for offer in row], ensure_ascii=False))
        return
    _print(_one(rows[0], t) if place else _all(rows, t), rows, t, legend=not place)


def _named(name: str, places: Places) -> Place:
    """The place of this name, the most populous of several. Raises CannotBeDone."""
    from bot.cli.faults import CannotBeDone  # noqa: PLC0415

    found = places.named(name)
    if not found:
        raise CannotBeDone(f"no place is called “{name}”: give its full name, e.g. Кременчук")
    return found[0]


def as_object(offer: Offer) -> dict[str, Any]:
    """For `--json`: `found` are the services by name, best first, with kilometres where they may be told."""
    return {
        "place": offer.place.id,
        "place_uk": offer.place.name_uk,
        "place_en": offer.place.name_en,
        "kind": offer.kind,
        "state": offer.state,
        "found": [{"slug": one.service.slug, "km": one.km, "covers": one.covers} for one in offer.found],
    }


def _all(rows: tuple[tuple[Offer, ...], ...], t: Catalogue) -> Table:
    from rich.table import Table  # noqa: PLC0415

    table = Table("", title=TITLES[t.lang], box=None, padding=(0, 0, 0, 1), pad_edge=False)
    for number, _ in enumerate(rows[0], 1):
        table.add_column(str(number), justify="right", no_wrap=True)
    for row in rows:
        table.add_row(row[0].place.name(t.lang), *(MARKS[offer.state] for offer in row))
    return table


def _one(row: tuple[Offer, ...], t: Catalogue) -> Table:
    from rich.table import Table  # noqa: PLC0415

    table = Table(title=row[0].place.name(t.lang), show_header=False, box=None, padding=(0, 1, 0, 0))
    table.add_column(no_wrap=True)
    table.add_column()
    table.add_column(overflow="fold")
    for offer in row:
        table.add_row(MARKS[offer.state], kind_name(offer.kind, t), ", ".join(_told(offer, t)))
    return table


def _told(offer: Offer, t: Catalogue) -> list[str]:
    """The first few by name. What has no contact is named only where it is the place's own."""
    from flows.find.wording import kilometres  # noqa: PLC0415

    told = []
    worth = [one for one in offer.found if one.covers or one.service.reachable]
    for one in worth[:BEST_AT_MOST]:
        far = f" ({kilometres(one.km, t.lang)})" if one.km and not one.covers else ""
        told.append(f"{one.service.slug}{far}")
    return told


def _print(table: Table, rows: tuple[tuple[Offer, ...], ...], t: Catalogue, *, legend: bool) -> None:
    from rich.console import Console  # noqa: PLC0415

    console = Console()
    console.print(table)
    console.print()
    for state, mark in MARKS.items():
        console.print(f" {mark} {STATE_NAMES[t.lang][state]}")
    if not legend:
        return
    console.print()
    for number, column in enumerate(zip(*rows, strict=True), 1):
        here = sum(1 for offer in column if offer.state in LOCAL)
        share = IN_OBLASTS[t.lang].format(n=here, of=len(column))
        console.print(f"{number:>2} {kind_name(column[0].kind, t)}: {share}", highlight=False)


def _heat(rows: tuple[tuple[Offer, ...], ...], t: Catalogue) -> list[tuple[str, list[tuple[str, str]]]]:
    """Rows for the picture: a place's name, then (kind, state) for each kind."""
    return [(row[0].place.name(t.lang), [(kind_name(offer.kind, t), offer.state) for offer in row]) for row in rows]


def kind_name(kind: str, t: Catalogue) -> str:
    """A kind of service in the reader's language, as on the bot's own screens."""
    from flows.find.wording import KIND_NAMES  # noqa: PLC0415

    return t.label(KIND_NAMES[kind])
