"""The edge: Telegram, the command line, the clock, the wiring."""

import os

os.environ.setdefault("PTB_TIMEDELTA", "true")  # python-telegram-bot's opt-in to its coming type of retry_after
