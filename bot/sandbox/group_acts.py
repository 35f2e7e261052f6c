"""What the page asks in a group: one function per `/sandbox/chats/{id}/…`. `person` says whose hand it is."""

from __future__ import annotations

from collections.abc import Callable

from bot.sandbox.acts import Asked, place
from bot.sandbox.group import Group
from bot.sandbox.people import Person

Member = Callable[[int], Person]  # raises ValueError for an id that is no person's


def _send(group: Group, person: Person, asked: Asked) -> Asked:
    group.screen(person)  # who is not in the group has no field to write in
    if "other" in asked:
        sent = group.send_other(person, str(asked["other"]), str(asked.get("caption") or ""))
        return {"message_id": sent.message_id}
    return {"message_id": group.say(person, str(asked["text"]), reply_to=asked.get("reply_to")).message_id}


def _tap(group: Group, person: Person, asked: Asked) -> None:
    message = group.message(asked["message_id"])
    group.tap_button(person, message.message_id, place(message.buttons, asked))


_PERSONAL: dict[str, Callable[[Group, Person, Asked], Asked | None]] = {
    "send": _send,
    "tap": _tap,
    "edit": lambda group, person, asked: _none(group.edit(person, asked["message_id"], str(asked["text"]))),
    "delete": lambda group, person, asked: group.delete(person, asked["message_id"]),
    "pin": lambda group, person, asked: group.pin(person, asked["message_id"]),
    "read": lambda group, person, asked: group.read(person),
    "join": lambda group, person, asked: group.join(person),
    "leave": lambda group, person, asked: group.leave(person),
    "remove": lambda group, person, asked: group.remove(person),
    "appoint": lambda group, person, asked: group.appoint(person),
}
_COMMON: dict[str, Callable[[Group, Asked], Asked | None]] = {
    "add_bot": lambda group, asked: group.add_bot(),
    "remove_bot": lambda group, asked: group.remove_bot(),
    "promote": lambda group, asked: group.promote(**_rights(asked)),
    "demote": lambda group, asked: group.demote(),
    "restrict": lambda group, asked: group.restrict(**_rights(asked)),
    "permit": lambda group, asked: group.permit(**_rights(asked)),
    "protect": lambda group, asked: group.protect(bool(asked.get("on", True))),
    "upgrade": lambda group, asked: {"id": group.upgrade().chat_id},
    "open_topic": lambda group, asked: {"topic": group.open_topic(str(asked.get("name") or "Topic"))},
    "lose_topic": lambda group, asked: group.lose_topic(asked["topic"]),
}
GROUP_ACTS = frozenset((*_PERSONAL, *_COMMON))


def act_in_group(group: Group, act: str, member: Member, asked: Asked) -> Asked | None:
    """Carries it out. ValueError, KeyError … when it cannot be done."""
    if act in _COMMON:
        return _COMMON[act](group, asked)
    return _PERSONAL[act](group, member(asked["person"]), asked)


def _rights(asked: Asked) -> dict[str, bool]:
    rights = asked.get("rights", {})
    if not all(isinstance(value, bool) for value in rights.values()):
        raise ValueError("a right is true or false")
    return dict(rights)


def _none(_: object) -> None:
    return None
