"""`stezhka report …`: figures that name nobody."""

from __future__ import annotations

import asyncio
import json
from datetime import date, datetime
from itertools import groupby
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.language import LangOption, spoken

if TYPE_CHECKING:
    from bot.config import Settings
    from db.desk.report import Cell
    from db.visit import Lang

report = typer.Typer(help="Figures that name nobody.", no_args_is_help=True)


@report.callback()
def _group() -> None:
    """Figures that name nobody."""


WORDS: dict[Lang, dict[str, str]] = {
    "uk": {
        "nothing": "За {since} – {until} нічого не пораховано.",
        "few": "менше {least}",
        "title": "Звернення, {since} – {until}",
        "asked": "Про що просили поговорити",
        "nobody_on_duty": "Нікого не було на зміні",
        "case_taken": "Узято в роботу",
        "case_closed": "Закрито",
        "case_left": "Людина вийшла сама",
        "chat": "розмова",
        "callback": "дзвінок",
        "team": "мобільна бригада",
        "note": "Малі числа не показано: менші за {least}, а коли таке одне, то й наступне за ним.",
    },
    "en": {
        "nothing": "Nothing was counted in {since} – {until}.",
        "few": "fewer than {least}",
        "title": "Requests, {since} – {until}",
        "asked": "What people wanted to talk about",
        "nobody_on_duty": "Nobody was on duty",
        "case_taken": "Taken by an operator",
        "case_closed": "Closed",
        "case_left": "The person left by themselves",
        "chat": "conversation",
        "callback": "call-back",
        "team": "mobile team",
        "note": "Small numbers are left out: those under {least}, and when there is only one, the next smallest too.",
    },
}


@report.command()
def cases(
    since: Annotated[datetime | None, typer.Option("--from", formats=["%Y-%m"], help="First month; this one.")] = None,
    until: Annotated[datetime | None, typer.Option("--to", formats=["%Y-%m"], help="Last month; the first.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object instead of lines.")] = False,
    lang: LangOption = "uk",
) -> None:
    """Requests for a human by whole months: how many, about what, how they ended."""
    from bot.config import load  # noqa: PLC0415 (a command imports what it needs when it is called)
    from db.desk.report import LEAST  # noqa: PLC0415
    from db.directory.hours import KYIV  # noqa: PLC0415

    tongue = spoken(lang)
    first = (since or datetime.now(KYIV)).date().replace(day=1)
    last = until.date() if until else first
    if last < first:
        raise typer.BadParameter("the last month is before the first", param_hint="--to")
    found = asyncio.run(read(load(), first, following(last)))
    if as_json:
        rows = [{"measure": one.measure, "label": one.label, "count": one.count} for one in found]
        typer.echo(json.dumps({"from": f"{first:%Y-%m}", "to": f"{last:%Y-%m}", "cells": rows}, ensure_ascii=False))
        return
    said = {"since": f"{first:%Y-%m}", "until": f"{last:%Y-%m}", "least": LEAST}
    words = {name: text.format(**said) for name, text in WORDS[tongue].items()}
    typer.echo("\n".join(lines(found, words | labels(tongue))))


def following(month: date) -> date:
    """The first day of the next month."""
    return month.replace(year=month.year + month.month // 12, month=month.month % 12 + 1)


def labels(lang: Lang) -> dict[str, str]:
    """Measures, and "measure label" for what has different words in each, as operators and visitors read them."""
    from db.directory.directory import Directory  # noqa: PLC0415
    from flows.desk.closing import QUESTIONS  # noqa: PLC0415
    from flows.talk.asking import TOPICS  # noqa: PLC0415
    from flows.texts import Texts  # noqa: PLC0415

    t = Texts().speak(lang, Directory(()))
    said = {f"asked {code}": t.label(key) for code, key in TOPICS.items()}
    for measure, question, answers in QUESTIONS:
        said[measure] = t.label(question)
        said |= {f"{measure} {key.rpartition('.')[2]}": t.label(key) for key in answers.values()}
    return said


def lines(found: list[Cell], words: dict[str, str]) -> list[str]:
    """The figures for reading: a head for each measure, its labels under it."""
    if not found:
        return [words["nothing"]]
    out = [words["title"]]
    for measure, cells in groupby(found, key=lambda cell: cell.measure):
        out += ["", words.get(measure, measure)]
        for cell in cells:
            label = words.get(f"{measure} {cell.label}") or words.get(cell.label) or cell.label or "–"
            out.append(f"  {label:<34} {words['few'] if cell.count is None else cell.count}")
    return [*out, "", words["note"]]


async def read(settings: Settings, since: date, until: date) -> list[Cell]:
    """The cells of the period. Raises CannotBeDone."""
    from bot.cli.opened import opened  # noqa: PLC0415
    from db.desk.report import case_figures  # noqa: PLC0415

    async with opened(settings) as store, store.read() as connection:
        return await case_figures(connection, since, until)
