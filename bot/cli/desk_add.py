"""`stezhka desk add`: a new desk, or another setting of one that is there."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from bot.config import Settings
    from db.desk.staff import Desk
    from db.places.place import Place
    from db.places.places import Places

NAME_LETTERS = 80
WORDS_LETTERS = 200  # stands on the screen that asks for consent
SLUG = r"[a-z0-9][a-z0-9-]{0,39}"


def add(
    slug: Annotated[str, typer.Argument(metavar="ID", help="A short name, e.g. kyiv. A known one is changed.")],
    name_uk: Annotated[str | None, typer.Option(help="The desk's name in Ukrainian.")] = None,
    name_en: Annotated[str | None, typer.Option(help="The desk's name in English.")] = None,
    group: Annotated[int | None, typer.Option(help="Its Telegram group: the id, a number below zero.")] = None,
    region: Annotated[
        list[str] | None, typer.Option(help="An oblast it is for; again for more; 'all' for all.")
    ] = None,
    language: Annotated[
        list[str] | None, typer.Option(help="A language it answers in: uk, en; again for more.")
    ] = None,
    hours: Annotated[str | None, typer.Option(help="As OpenStreetMap writes it; '' when somebody is on duty.")] = None,
    words_uk: Annotated[str | None, typer.Option(help="Who answers, shown when consent is asked.")] = None,
    words_en: Annotated[str | None, typer.Option(help="The same in English.")] = None,
) -> None:
    """Add a desk; of one that is there, change what is given and leave the rest."""
    from bot.config import load  # noqa: PLC0415 (a command imports what it needs when it is called)

    given = {"name_uk": name_uk, "name_en": name_en, "hours": hours, "words_uk": words_uk, "words_en": words_en}
    texts = {name: value.strip() for name, value in given.items() if value is not None}
    saved = asyncio.run(keep(load(), slug, texts, group=group, regions=region, languages=language))
    typer.echo(f"desk {saved.slug}: number {saved.num}")


async def keep(
    settings: Settings,
    slug: str,
    texts: dict[str, str],
    *,
    group: int | None,
    regions: list[str] | None,
    languages: list[str] | None,
) -> Desk:
    """Reads the desk of that name, changes what is given, keeps it. Raises CannotBeDone, typer.BadParameter."""
    from bot.cli.faults import CannotBeDone  # noqa: PLC0415
    from bot.cli.keys import keyring  # noqa: PLC0415
    from bot.cli.opened import opened  # noqa: PLC0415
    from db.desk import audit, desks  # noqa: PLC0415
    from db.desk.staff import Desk  # noqa: PLC0415
    from db.places import queries as towns  # noqa: PLC0415

    checked(slug, texts, group, languages)
    keys = keyring(settings)
    async with opened(settings) as store, store.write() as connection:
        known = {desk.slug: desk for desk in await desks.all_desks(connection, keys)}
        desk = known.get(slug)
        if desk is None:
            if missing := [name for name in ("name_uk", "name_en") if not texts.get(name)]:
                options = ", ".join("--" + name.replace("_", "-") for name in missing)
                raise CannotBeDone(f"a new desk needs its names: {options}")
            desk = Desk(slug, texts["name_uk"], texts["name_en"])
        changes: dict[str, Any] = dict(texts)
        if regions is not None:
            changes["regions"] = numbered(regions, await towns.load(connection))
        if languages is not None:
            changes["languages"] = tuple(dict.fromkeys(languages))
        if group is not None:
            other = next((one.slug for one in known.values() if one.group == group and one.slug != slug), None)
            if other is not None:
                raise CannotBeDone(f"that group is the desk {other}'s already")
            changes |= {"group": group, "board": desk.board if desk.group == group else 0}
        saved = await desks.save_desk(connection, keys, replace(desk, **changes))
        await audit.write(connection, keys, 0, "desk_add", datetime.now(UTC), slug[: audit.CODE_LETTERS])
    return saved


def checked(slug: str, texts: dict[str, str], group: int | None, languages: list[str] | None) -> None:
    """Raises typer.BadParameter for what can be seen to be wrong without the database."""
    import re  # noqa: PLC0415

    from db.directory.hours import HoursError, check_hours  # noqa: PLC0415
    from db.visit import LANGS  # noqa: PLC0415

    if not re.fullmatch(SLUG, slug):
        raise typer.BadParameter("use a-z, 0-9 and -, at most 40", param_hint="ID")
    for name, text in texts.items():
        most = NAME_LETTERS if name.startswith("name") else WORDS_LETTERS
        if len(text) > most:
            raise typer.BadParameter(f"at most {most} characters", param_hint="--" + name.replace("_", "-"))
    if group is not None and group >= 0:
        raise typer.BadParameter("a group's id is a number below zero", param_hint="--group")
    if wrong := [lang for lang in languages or () if lang not in LANGS]:
        raise typer.BadParameter(f"'{wrong[0]}' is none of: {', '.join(LANGS)}", param_hint="--language")
    try:
        check_hours(texts.get("hours", ""))
    except HoursError as fault:
        raise typer.BadParameter(str(fault), param_hint="--hours") from fault


def numbered(names: list[str], places: Places) -> tuple[int, ...]:
    """The ids of oblasts by name, in either language. Raises typer.BadParameter."""
    if [name.casefold() for name in names] == ["all"]:
        return ()
    found = []
    for name in names:
        oblast = next((one for one in places.named(name) if one.kind == "oblast"), None) or city(name, places)
        if oblast is None:
            known = ", ".join(one.name_en for one in places.oblasts())
            raise typer.BadParameter(f"'{name}' is none of: {known}", param_hint="--region")
        found.append(oblast.id)
    return tuple(dict.fromkeys(found))


def city(name: str, places: Places) -> Place | None:
    """Kyiv and Sevastopol are regions of their own, and nobody calls them "Kyiv city"."""
    regions = (places.get(one.oblast_id) for one in places.named(name))
    return next((one for one in regions if one and one.name_uk.startswith("м. ")), None)
