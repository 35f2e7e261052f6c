"""Telegram's refusals, each by name. The one place that reads the words of an error.

Telegram tells its refusals apart by an English sentence only; the fragments below are its own, lower case.
"""

from __future__ import annotations

from datetime import timedelta
from enum import Enum, auto

from telegram.error import BadRequest, Forbidden, InvalidToken, NetworkError, RetryAfter, TelegramError, TimedOut


class Refusal(Enum):
    """What a failed call means for us."""

    DONE = auto()  # what we wanted is already so
    GONE = auto()  # the message is not there any more
    TOO_OLD = auto()  # the message is beyond what a bot may delete
    UNREACHABLE = auto()  # the person blocked the bot, the group does not let it write, or the chat does not exist
    WAIT = auto()  # too many calls; Telegram says how long
    UNKNOWN = auto()  # broken connection, time-out, 5xx: it may or may not have happened
    BROKEN = auto()  # Telegram does not accept the call as it is: our own defect


_DONE = ("message is not modified", "query is too old", "query id is invalid")
_GONE = (
    "message to edit not found",
    "message to delete not found",
    "message_id_invalid",
    "message can't be edited",
)
_TOO_OLD = ("message can't be deleted",)
_UNREACHABLE = ("chat not found", "user is deactivated", "peer_id_invalid", "bot was kicked", "not a member")
_NO_RIGHT = ("rights to send", "chat_write_forbidden", "chat_restricted")  # in a group


def refusal(fault: TelegramError) -> Refusal:
    """What this error means."""
    if isinstance(fault, RetryAfter):
        return Refusal.WAIT
    if isinstance(fault, Forbidden):
        return Refusal.UNREACHABLE
    if isinstance(fault, BadRequest):
        return _by_words(fault.message.lower())
    if isinstance(fault, (NetworkError, TimedOut, InvalidToken)):
        return Refusal.UNKNOWN  # a rejected token is found out by the poller; the row waits
    return Refusal.BROKEN


def retry_after(fault: TelegramError) -> float:
    """Seconds Telegram asks us to wait; 0 when it asks for nothing."""
    if not isinstance(fault, RetryAfter):
        return 0.0
    asked = fault.retry_after
    return asked.total_seconds() if isinstance(asked, timedelta) else float(asked)


def _by_words(words: str) -> Refusal:
    for fragments, meaning in (
        (_DONE, Refusal.DONE),
        (_GONE, Refusal.GONE),
        (_TOO_OLD, Refusal.TOO_OLD),
        (_UNREACHABLE + _NO_RIGHT, Refusal.UNREACHABLE),
    ):
        if any(fragment in words for fragment in fragments):
            return meaning
    return Refusal.BROKEN
