"""A person's actions as the page asks for them: one function per `/sandbox/chats/{id}/…`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bot.sandbox.people import Person

Asked = dict[str, Any]


def _send(person: Person, asked: Asked) -> Asked:
    if "location" in asked:
        where = asked["location"]
        message = person.send_location(float(where["lat"]), float(where["lon"]))
    elif "other" in asked:
        message = person.send_other(str(asked["other"]), str(asked.get("caption") or ""))
    else:
        message = person.send(str(asked["text"]))
    return {"message_id": message.message_id}


def _edit(person: Person, asked: Asked) -> None:
    person.edit(asked["message_id"], str(asked["text"]))


def place(rows: list[Any], asked: Asked) -> Any:
    """The button at the row and column that were asked for."""
    row, column = asked["row"], asked["column"]
    if not (0 <= row < len(rows) and 0 <= column < len(rows[row])):
        raise ValueError("there is no button at this place")
    return rows[row][column]


def _tap(person: Person, asked: Asked) -> None:
    message = person.message(asked["message_id"])
    person.tap_button(message.message_id, place(message.buttons, asked))


def _key(person: Person, asked: Asked) -> Asked:
    return {"message_id": person.press_key(place(person.reply_keyboard or [], asked)).message_id}


def _delete(person: Person, asked: Asked) -> None:
    person.delete(asked["message_id"], bool(asked.get("for_both", True)))


def _clear(person: Person, asked: Asked) -> None:
    person.clear(bool(asked.get("for_both", True)))


ACTS: dict[str, Callable[[Person, Asked], Asked | None]] = {
    "send": _send,
    "edit": _edit,
    "tap": _tap,
    "key": _key,
    "delete": _delete,
    "clear": _clear,
    "read": lambda person, _: person.read(),
    "block": lambda person, _: person.block(),
    "protect": lambda person, asked: person.protect(bool(asked.get("on", True))),
    "unblock": lambda person, _: person.unblock(),
}
