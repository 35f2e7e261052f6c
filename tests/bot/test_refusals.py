"""Telegram's refusals are known by name, each with its own consequence."""

import pytest
from telegram.error import BadRequest, Conflict, Forbidden, NetworkError, RetryAfter, TelegramError, TimedOut

import bot  # noqa: F401 (opts in to the coming type of retry_after)
from bot.refusals import Refusal, refusal, retry_after


@pytest.mark.parametrize(
    ("fault", "meaning"),
    [
        (BadRequest("Message is not modified: specified new message content is the same"), Refusal.DONE),
        (BadRequest("Query is too old and response timeout expired or query ID is invalid"), Refusal.DONE),
        (BadRequest("Message to edit not found"), Refusal.GONE),
        (BadRequest("Message to delete not found"), Refusal.GONE),
        (BadRequest("Message can't be edited"), Refusal.GONE),
        (BadRequest("Message can't be deleted for everyone"), Refusal.TOO_OLD),
        (BadRequest("Chat not found"), Refusal.UNREACHABLE),
        (BadRequest("not enough rights to send text messages to the chat"), Refusal.UNREACHABLE),
        (Forbidden("Forbidden: bot was blocked by the user"), Refusal.UNREACHABLE),
        (RetryAfter(7), Refusal.WAIT),
        (TimedOut(), Refusal.UNKNOWN),
        (NetworkError("Bad Gateway"), Refusal.UNKNOWN),
        (BadRequest("Can't parse entities: unsupported start tag"), Refusal.BROKEN),
        (TelegramError("something new"), Refusal.BROKEN),
    ],
)
def test_each_refusal_has_its_name(fault: TelegramError, meaning: Refusal) -> None:
    """What Telegram says decides what we do."""
    assert refusal(fault) is meaning


def test_telegram_says_how_long_to_wait() -> None:
    """retry_after is law; other errors ask for no wait."""
    assert retry_after(RetryAfter(7)) == 7
    assert retry_after(Conflict("x")) == 0
