"""answerCallbackQuery."""

from __future__ import annotations

from bot.sandbox.cloud import ANSWERABLE_FOR, Cloud
from bot.sandbox.parameters import Params
from bot.sandbox.refusal import bad
from bot.sandbox.screen import Popup

LONGEST = 200  # characters of the notification; Bot API reference
TOO_OLD = "query is too old and response timeout expired or query ID is invalid"


def answer(cloud: Cloud, params: Params) -> bool:
    """Words are shown to the person who tapped, in a group as well. A tap is answered once, within 150 s.

    That a second answer is refused is the strict reading of Telegram's QUERY_ID_INVALID; how long it really waits is
    not documented.
    """
    query = cloud.queries.get(params.get("callback_query_id", ""))
    if query is None or query.answered or cloud.clock.now() - query.at > ANSWERABLE_FOR:
        raise bad(TOO_OLD)
    text = params.get("text", "")
    if len(text) > LONGEST:
        raise bad("MESSAGE_TOO_LONG")
    query.answered = True
    chat = cloud.chats.get(query.chat_id)
    screen = chat.screens.get(query.person_id) if chat is not None else None
    if text and screen is not None:
        cloud.popups += 1
        screen.popup = Popup(text, params.get("show_alert", False), cloud.popups)
    return True


HANDLERS = {"answerCallbackQuery": answer}
