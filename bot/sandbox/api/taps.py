"""answerCallbackQuery."""

from __future__ import annotations

from bot.sandbox.cloud import ANSWERABLE_FOR, Cloud
from bot.sandbox.parameters import Params
from bot.sandbox.refusal import bad

LONGEST = 200  # characters of the notification; Bot API reference
TOO_OLD = "query is too old and response timeout expired or query ID is invalid"


def answer(cloud: Cloud, params: Params) -> bool:
    """A tap is answered once, within 150 s. That a second answer is refused is the strict reading of
    Telegram's QUERY_ID_INVALID; how long it really waits is not documented."""
    query = cloud.queries.get(params.get("callback_query_id", ""))
    if query is None or query.answered or cloud.clock.now() - query.at > ANSWERABLE_FOR:
        raise bad(TOO_OLD)
    text = params.get("text", "")
    if len(text) > LONGEST:
        raise bad("MESSAGE_TOO_LONG")
    query.answered = True
    if text and (chat := cloud.chats.get(query.chat_id)) is not None:
        chat.toast = text
    return True


HANDLERS = {"answerCallbackQuery": answer}
