"""`python -m bot.cli`: the same as `stezhka`, for a process started by another program."""

from bot.cli import main

main()
