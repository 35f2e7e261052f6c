"""The table of verbs. Each imports what it needs only when it is called: a start must be quick."""

from __future__ import annotations

import typer

from bot.cli.audit import audit
from bot.cli.desk import desk
from bot.cli.directory import directory
from bot.cli.nearest import nearest
from bot.cli.report import report
from bot.cli.understand import understand
from bot.cli.where import where

app = typer.Typer(
    help="Stezhka: the nearest real help, discreetly.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.add_typer(directory, name="directory")
app.add_typer(desk, name="desk")
app.add_typer(audit, name="audit")
app.add_typer(report, name="report")
app.command()(nearest)
app.command()(where)
app.command()(understand)


@app.command()
def run() -> None:
    """Start: real Telegram with BOT_TOKEN, the sandbox without it."""
    from bot.cli import run as verb  # noqa: PLC0415

    verb.run()


@app.command()
def sandbox() -> None:
    """Start the bot behind a local Telegram with phones on a web page."""
    from bot.cli import sandbox as verb  # noqa: PLC0415

    verb.run()


@app.command()
def migrate(
    down_to: str = typer.Option("", "--down-to", help="A revision to go back to; 'base' empties the database."),
) -> None:
    """Bring the database's schema up to date."""
    from bot.cli import migrate as verb  # noqa: PLC0415

    verb.run(down_to)


@app.command()
def doctor() -> None:
    """What is ready, what is not, and what to do about it."""
    from bot.cli import doctor as verb  # noqa: PLC0415

    verb.run()
