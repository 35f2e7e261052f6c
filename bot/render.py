"""A `Screen` becomes the fields of a Telegram call. No rules live here."""

from __future__ import annotations

from typing import Any

from flows.engine import AskLocation, Button, Screen

Fields = dict[str, Any]


def screen(shown: Screen) -> Fields:
    """The fields of editMessageText: HTML, buttons, no link preview (checklist 5)."""
    fields: Fields = {
        "text": shown.text,
        "parse_mode": "HTML",
        "link_preview_options": {"is_disabled": True},
    }
    if shown.rows:
        fields["reply_markup"] = {"inline_keyboard": [[button(one) for one in row] for row in shown.rows]}
    return fields


def button(one: Button) -> Fields:
    """An InlineKeyboardButton."""
    if one.copy:
        return {"text": one.label, "copy_text": {"text": one.copy}}
    if one.url:
        return {"text": one.label, "url": one.url}
    if one.action is None:
        raise ValueError("a button needs an address, a text to copy or a link")
    return {"text": one.label, "callback_data": one.action.encode()}


def location_keyboard(ask: AskLocation) -> Fields:
    """The fields of the short-lived message that carries the location keyboard."""
    return {
        "text": ask.text,
        "reply_markup": {
            "keyboard": [[{"text": ask.share, "request_location": True}], [{"text": ask.cancel}]],
            "resize_keyboard": True,
            "one_time_keyboard": True,
        },
    }
