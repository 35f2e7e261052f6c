"""`stezhka directory …`: the work of those who keep the directory true."""

from __future__ import annotations

import typer

from bot.cli.bring_in import bring_in
from bot.cli.check import check
from bot.cli.confirm import confirm
from bot.cli.exchange import export, template
from bot.cli.gaps import gaps
from bot.cli.show import show
from bot.cli.undo import undo

directory = typer.Typer(help="The directory of services.", no_args_is_help=True)
directory.command()(gaps)
directory.command()(check)
directory.command()(show)
directory.command()(confirm)
directory.command("import")(bring_in)
directory.command()(export)
directory.command()(template)
directory.command()(undo)
