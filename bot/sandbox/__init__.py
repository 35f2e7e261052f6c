"""A local Telegram: it speaks the Bot API over HTTP to the real bot and enforces Telegram's rules.

It knows nothing of the bot behind it (no import of `flows`, `db` or the rest of `bot`), so what passes here is
a matter of the Bot API alone. Error texts and the finer rules follow the public sources of Telegram's own Bot
API server and TDLib; what those sources leave to Telegram's closed side is said where it is decided.
"""
