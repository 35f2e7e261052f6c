"""`stezhka desk …`: who answers where, and the codes with which they come."""

from __future__ import annotations

import typer

from bot.cli.desk_add import add
from bot.cli.desk_check import check
from bot.cli.desk_invite import invite
from bot.cli.desk_list import list_

desk = typer.Typer(help="The desks where people answer.", no_args_is_help=True)
desk.command()(add)
desk.command("list")(list_)
desk.command()(check)
desk.command()(invite)
