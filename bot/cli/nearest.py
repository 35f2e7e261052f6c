"""`stezhka nearest`: what the bot would offer at a point, for staff and for checks."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from bot.config import Settings
    from db.directory.directory import Directory, Found
    from db.directory.wishes import Wishes
    from db.places.places import Places


def nearest(
    lat: Annotated[float, typer.Option(min=-90, max=90, help="Latitude in degrees, e.g. 50.45.")],
    lon: Annotated[float, typer.Option(min=-180, max=180, help="Longitude in degrees, e.g. 30.52.")],
    kind: Annotated[str, typer.Option(help="Only services of this kind, e.g. day_center.")] = "",
    limit: Annotated[int, typer.Option(min=1, help="At most so many; the last is always a round-the-clock line.")] = 5,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON array instead of lines.")] = False,
    who: Annotated[str, typer.Option("--for", help="Only services that admit this person, e.g. men.")] = "",
    language: Annotated[str, typer.Option(help="Only services that speak this language, e.g. en.")] = "",
    open_now: Annotated[bool, typer.Option("--open-now", help="Only services known to be open now.")] = False,
    round_the_clock: Annotated[bool, typer.Option("--round-the-clock", help="Only services that never close.")] = False,
) -> None:
    """The services nearest to a point, best first."""
    from bot.config import load  # noqa: PLC0415 (a command imports what it needs when it is called)
    from db.directory.hours import KYIV  # noqa: PLC0415
    from db.directory.service import AUDIENCES, KINDS  # noqa: PLC0415
    from db.directory.wishes import Wishes  # noqa: PLC0415

    if kind and kind not in KINDS:
        raise typer.BadParameter(f"'{kind}' is none of: {', '.join(KINDS)}", param_hint="--kind")
    if who and who not in AUDIENCES:
        raise typer.BadParameter(f"'{who}' is none of: {', '.join(AUDIENCES)}", param_hint="--for")
    wishes = Wishes(who, language, datetime.now(KYIV) if open_now else None, round_the_clock)
    directory, places = asyncio.run(read(load()))
    found = at_point(directory, places, lat=lat, lon=lon, kind=kind, limit=limit, wishes=wishes)
    if as_json:
        typer.echo(json.dumps([as_object(one) for one in found], ensure_ascii=False))
        return
    for one in found:
        typer.echo(as_line(one))


def at_point(
    directory: Directory, places: Places, *, lat: float, lon: float, kind: str, limit: int, wishes: Wishes
) -> list[Found]:
    """Best first; the closing round-the-clock line stays when the list is cut.

    Raises CannotBeDone when the point is not in or near Ukraine.
    """
    from bot.cli.faults import CannotBeDone  # noqa: PLC0415
    from db.places.places import FARTHEST_KM  # noqa: PLC0415

    place = places.near(lat, lon)
    if place is None:
        raise CannotBeDone(f"no settlement of Ukraine within {FARTHEST_KM:.0f} km of {lat}, {lon}")
    found = directory.search(frozenset({kind} if kind else ()), replace(place, lat=lat, lon=lon), wishes)
    if len(found) <= limit or limit == 1:
        return found[:limit]
    return [*found[: limit - 1], found[-1]]


async def read(settings: Settings) -> tuple[Directory, Places]:
    """The database's directory and gazetteer; the project's own starting data while a table is still empty.

    Raises CannotBeDone when there is one that cannot be read.
    """
    from sqlalchemy.exc import DBAPIError  # noqa: PLC0415

    from bot.cli.faults import CannotBeDone  # noqa: PLC0415
    from db.directory import queries as services  # noqa: PLC0415
    from db.places import queries as towns  # noqa: PLC0415
    from db.store import open_store  # noqa: PLC0415

    if settings.embedded and not (settings.database_file and settings.database_file.is_file()):
        return starting()
    store = open_store(settings.database_url)
    try:
        async with store.read() as connection:
            directory, places = await services.load(connection), await towns.load(connection)
    except (DBAPIError, OSError) as fault:
        raise CannotBeDone("the database cannot be read. Is it there? Run: stezhka migrate") from fault
    finally:
        await store.close()
    if directory.services and len(places):
        return directory, places
    own_directory, own_places = starting()
    return directory if directory.services else own_directory, places if len(places) else own_places


def starting() -> tuple[Directory, Places]:
    """The data that comes with the project."""
    from db.directory.directory import Directory  # noqa: PLC0415
    from db.directory.starting import starting_services  # noqa: PLC0415
    from db.places.places import Places  # noqa: PLC0415
    from db.places.starting import starting_places  # noqa: PLC0415

    return Directory(starting_services()), Places(starting_places())


def as_object(found: Found) -> dict[str, Any]:
    """For `--json`. Phones as dialled; `verified` is the day a coordinator confirmed the row, or null."""
    service = found.service
    return {
        "slug": service.slug,
        "kind": service.kind,
        "name_uk": service.name_uk,
        "name_en": service.name_en,
        "km": found.km,
        "covers": found.covers,
        "phones": list(service.phones),
        "verified": service.verified_on.isoformat() if service.verified_on else None,
    }


def as_line(found: Found) -> str:
    """For reading: distance, name, numbers."""
    from db.directory.phones import pretty  # noqa: PLC0415

    service = found.service
    far = "      -" if found.km is None else f"{found.km:4.0f} km"
    numbers = ", ".join(pretty(number) for number in service.phones)
    return f"{far}  {service.name_uk}" + (f"  {numbers}" if numbers else "")
