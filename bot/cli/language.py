"""The `--lang` of the commands that staff read."""

from __future__ import annotations

from typing import Annotated

import typer

from db.visit import LANGS, Lang

LangOption = Annotated[str, typer.Option("--lang", help="uk or en.")]


def spoken(word: str) -> Lang:
    """The language. Raises typer.BadParameter when we do not speak it."""
    if word not in LANGS:
        raise typer.BadParameter(f"'{word}' is none of: {', '.join(LANGS)}", param_hint="--lang")
    return word
