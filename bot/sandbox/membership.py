"""Who is in a group: the bot with its rights, and people who come and go.

The bot hears of itself by `my_chat_member` and of others by `chat_member` (an administrator that asked for it), and
of joining and leaving by service messages.
"""

from __future__ import annotations

from typing import Any

from bot.sandbox.chat import Chat
from bot.sandbox.cloud import Cloud
from bot.sandbox.people import Person
from bot.sandbox.rights import ADMINISTRATOR, EVERYBODY, changed, member_json
from bot.sandbox.screen import Screen

OUTSIDE = ("left", "kicked")
ABSENT_OWNER = {"id": 1, "is_bot": False, "first_name": "Sample"}  # while nobody here owns the group


class Membership:
    """Every change is done at once. ValueError for one that Telegram would not offer."""

    def __init__(self, cloud: Cloud, chat: Chat) -> None:
        if chat.private:
            raise ValueError(f"{chat.id} is a private chat")
        self._cloud = cloud
        self.chat = chat

    @property
    def chat_id(self) -> int:
        return self.chat.id

    @property
    def owner(self) -> dict[str, Any]:
        """Bot API User of whoever owns the group."""
        ids = (person_id for person_id, status in self.chat.members.items() if status == "creator")
        return self._cloud.user(next(ids, 0)) or ABSENT_OWNER

    def screen(self, person: Person) -> Screen:
        """What a member's phone shows of the group besides its messages."""
        self._inside(person)
        return self.chat.screens[person.chat_id]

    # --- people ---

    def join(self, person: Person) -> None:
        """Somebody comes in."""
        if self.chat.members.get(person.chat_id, "left") not in OUTSIDE:
            raise ValueError("already a member")
        self._member(person, person.api, "member")
        self._line(person.api, "new_chat_members", [person.api])

    def leave(self, person: Person) -> None:
        """Somebody goes."""
        self._inside(person)
        self._member(person, person.api, "left")
        self._line(person.api, "left_chat_member", person.api)

    def remove(self, person: Person) -> None:
        """The owner removes somebody."""
        self._inside(person)
        self._member(person, self.owner, "kicked")
        self._line(self.owner, "left_chat_member", person.api)

    def appoint(self, person: Person) -> None:
        """Makes a member an administrator."""
        self._inside(person)
        self._member(person, self.owner, "administrator")

    def seat(self, person: Person, status: str = "member") -> None:
        """Puts somebody in without a word to the bot, as one who was there before it came."""
        if self.chat.members.get(person.chat_id, "left") in OUTSIDE:
            self.chat.members[person.chat_id] = status
            self.chat.screens[person.chat_id] = Screen()
            self._cloud.changes.touch()

    # --- the bot ---

    def add_bot(self) -> None:
        """The owner adds the bot (again), as a plain member."""
        if self.chat.bot_status not in OUTSIDE:
            raise ValueError("the bot is a member already")
        self._bot("member", {})
        self._line(self.owner, "new_chat_members", [self._cloud.card.user])

    def promote(self, **changes: bool) -> None:
        """Makes the bot an administrator, or changes its rights: `can_delete_messages=False` …"""
        self._present()
        self._bot("administrator", changed(ADMINISTRATOR, changes))

    def demote(self) -> None:
        """The bot is a plain member again."""
        self._present()
        self._bot("member", {})

    def restrict(self, **changes: bool) -> None:
        """Takes permissions from the bot alone: `can_send_messages=False` …"""
        self._present()
        self._bot("restricted", changed(EVERYBODY, changes))

    def permit(self, **changes: bool) -> None:
        """Changes what all plain members may do. Nobody is told."""
        self.chat.permissions = changed(self.chat.permissions, changes)
        self._cloud.changes.touch()

    def remove_bot(self) -> None:
        """The owner throws the bot out."""
        self._present()
        self._bot("kicked", {})
        self._line(self.owner, "left_chat_member", self._cloud.card.user)

    def _bot(self, status: str, rights: dict[str, bool]) -> None:
        chat, bot = self.chat, self._cloud.card.user
        before = member_json(bot, chat.bot_status, chat.bot_rights)
        chat.bot_status, chat.bot_rights = status, rights
        self._changed("my_chat_member", self.owner, before, member_json(bot, status, rights))

    def _member(self, person: Person, actor: dict[str, Any], status: str) -> None:
        chat = self.chat
        before = member_json(person.api, *self._standing(person))
        chat.members[person.chat_id] = status
        if status in OUTSIDE:
            chat.screens.pop(person.chat_id, None)
        else:
            chat.screens.setdefault(person.chat_id, Screen())
        if chat.bot_status == "administrator":
            self._changed("chat_member", actor, before, member_json(person.api, *self._standing(person)))
        self._cloud.changes.touch()

    def _standing(self, person: Person) -> tuple[str, dict[str, bool]]:
        status = self.chat.members.get(person.chat_id, "left")
        return status, dict(ADMINISTRATOR) if status == "administrator" else {}

    def _changed(self, kind: str, actor: dict[str, Any], before: dict[str, Any], after: dict[str, Any]) -> None:
        date = self._cloud.clock.unix()
        body = {"chat": self.chat.api, "from": actor, "date": date, "old_chat_member": before, "new_chat_member": after}
        self._cloud.tell(kind, body)

    def _line(self, actor: dict[str, Any], what: str, whom: Any) -> None:
        """Telegram's own line about who came or went; channels have none."""
        if self.chat.type != "channel":
            self._cloud.service(self.chat, actor, what, whom)
        self._cloud.changes.touch()

    def _inside(self, person: Person) -> None:
        if self.chat.members.get(person.chat_id, "left") in OUTSIDE:
            raise ValueError("not a member of this group")

    def _present(self) -> None:
        if self.chat.bot_status in OUTSIDE:
            raise ValueError("the bot is not in this group")
