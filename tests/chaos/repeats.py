"""Calls made more than once: counted from what Telegram saw, and held against what a repeat may be.

Counted generously: an edit to what the message shows already is a repeat here even when a person asked for the same
screen twice, and so is a deletion of what an exit deletes as well.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from bot.sandbox.calls import Call
from tests.chaos.crowd import COVER, SHELLS, Shown, in_call
from tests.stage import is_cover


def repeats(calls: Iterable[Call]) -> Counter[str]:
    """How many calls said again what had been said, by method. Sent shells are counted where they stay: in chats."""
    again: Counter[str] = Counter()
    answered: set[str] = set()
    deleted: set[tuple[int | None, int]] = set()
    showing: dict[tuple[int | None, int], Shown] = {}
    for call in calls:
        if call.method == "answerCallbackQuery":
            query = str(call.params["callback_query_id"])
            again[call.method] += query in answered
            answered.add(query)
        elif call.method in ("deleteMessage", "deleteMessages"):
            ids = call.params.get("message_ids") or [call.params["message_id"]]
            gone = {(call.chat_id, int(number)) for number in ids}
            again[call.method] += gone <= deleted
            deleted |= gone
        elif call.method == "editMessageText":
            place, screen = (call.chat_id, call.params["message_id"]), in_call(call.params)
            said = (call.params["text"], "") if screen == COVER else screen  # the cover has cards of its own
            again[call.method] += showing.get(place) == said
            showing[place] = said
    return again


def sends_that_are_not_shells(calls: Iterable[Call]) -> list[str]:
    """The texts of new messages that could tell something: none may. A card of the cover is no more than a shell."""
    sent = (call.params for call in calls if call.method == "sendMessage" and call.params["text"] not in SHELLS)
    markups = ((params["text"], params["reply_markup"]) for params in sent)
    return [text for text, markup in markups if "keyboard" not in markup and not is_cover(markup["inline_keyboard"])]


def screens_of(calls: Iterable[Call]) -> dict[int, list[Shown]]:
    """By chat, the screens it was shown, in the order of the calls; a screen that a cover followed at once (a call
    that was in flight when its visitor left) does not count."""
    by_chat: dict[int, list[Shown]] = defaultdict(list)
    for call in calls:
        if call.method == "editMessageText" and call.effect and call.chat_id is not None:
            screens, screen = by_chat[call.chat_id], in_call(call.params)
            if screen == COVER and screens and screens[-1] != COVER:
                screens.pop()
            screens.append(screen)
    return by_chat


def out_of_order(lives: Sequence[list[Shown]], asked: list[Shown]) -> str:
    """What a chat was shown that was not asked for, or not in that order; empty when there is nothing of the kind.

    A new start may go back to what the one before could not record any more, but never behind a cover.
    """
    behind = 0
    for number, seen in enumerate(lives, 1):
        at = behind
        for screen in seen:
            if screen not in asked[at:]:
                return f"start {number} of {len(lives)} showed {screen[0]!r} behind {[one[0] for one in asked[:at]]}"
            at = asked.index(screen, at)
            if screen == COVER:
                behind = at
            else:
                at += 1
    return ""
