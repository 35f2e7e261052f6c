"""getChat, getChatMember, getChatAdministrators, getChatMemberCount, leaveChat."""

from __future__ import annotations

from typing import Any

from bot.sandbox.chat import Chat
from bot.sandbox.cloud import Cloud
from bot.sandbox.membership import ABSENT_OWNER, OUTSIDE
from bot.sandbox.parameters import Params
from bot.sandbox.refusal import bad
from bot.sandbox.rights import ADMINISTRATOR, member_json

_NO_GIFTS = {
    "unlimited_gifts": False,
    "limited_gifts": False,
    "unique_gifts": False,
    "premium_subscription": False,
    "gifts_from_channels": False,
}


def get_chat(cloud: Cloud, params: Params) -> dict[str, Any]:
    chat = cloud.readable(params.get("chat_id", ""))
    answer = {**chat.api, "accent_color_id": 0, "max_reaction_count": 11, "accepted_gift_types": _NO_GIFTS}
    if not chat.private:
        answer["permissions"] = chat.permissions
    if chat.protected:
        answer["has_protected_content"] = True
    if chat.pinned:
        answer["pinned_message"] = chat.messages[chat.pinned[-1]].to_api()
    return answer


def get_member(cloud: Cloud, params: Params) -> dict[str, Any]:
    """Everybody Telegram knows has a standing in every group; who was never there has left it."""
    chat = _membered(cloud, params)
    user_id = params.get("user_id", 0)
    user = cloud.user(user_id)
    if chat.private:
        if user is None or user_id not in (chat.id, cloud.card.id):
            raise bad("PARTICIPANT_ID_INVALID")
        return member_json(user, "member", {})
    if user is None:
        raise bad("member not found")
    return _member(cloud, chat, user)


def get_administrators(cloud: Cloud, params: Params) -> list[dict[str, Any]]:
    """The bot itself among them, when it is one."""
    chat = _membered(cloud, params)
    if chat.private:
        raise bad("there are no administrators in the private chat")
    ids = [person_id for person_id, status in chat.members.items() if status in ("creator", "administrator")]
    if chat.bot_status == "administrator":
        ids.append(cloud.card.id)
    found = [_member(cloud, chat, user) for user_id in ids if (user := cloud.user(user_id)) is not None]
    if "creator" not in chat.members.values():
        found.insert(0, member_json(ABSENT_OWNER, "creator", {}))
    return found


def get_member_count(cloud: Cloud, params: Params) -> int:
    chat = _membered(cloud, params)
    return 2 if chat.private else 1 + sum(status not in OUTSIDE for status in chat.members.values())


def leave(cloud: Cloud, params: Params) -> bool:
    """Of its own leaving a bot hears by the line in the group, the last it hears from there."""
    chat = cloud.readable(params.get("chat_id", ""))
    if chat.private:
        raise bad("chat member status can't be changed in private chats")
    chat.bot_status, chat.bot_rights = "left", {}
    if chat.type != "channel":
        cloud.service(chat, cloud.card.user, "left_chat_member", cloud.card.user)
    return True


def _membered(cloud: Cloud, params: Params) -> Chat:
    """A chat whose list of members the bot may see: not a group that was upgraded."""
    chat = cloud.readable(params.get("chat_id", ""))
    return chat if chat.private else cloud.writable(chat.id)


def _member(cloud: Cloud, chat: Chat, user: dict[str, Any]) -> dict[str, Any]:
    if user["id"] == cloud.card.id:
        return member_json(user, chat.bot_status, chat.bot_rights)
    status = chat.members.get(user["id"], "left")
    return member_json(user, status, dict(ADMINISTRATOR) if status == "administrator" else {})


HANDLERS = {
    "getChat": get_chat,
    "getChatMember": get_member,
    "getChatAdministrators": get_administrators,
    "getChatMemberCount": get_member_count,
    "leaveChat": leave,
}
