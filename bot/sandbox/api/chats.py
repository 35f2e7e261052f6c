"""getChat, getChatMember, leaveChat."""

from __future__ import annotations

from typing import Any

from bot.sandbox.cloud import Cloud
from bot.sandbox.parameters import Params
from bot.sandbox.refusal import bad

_NO_GIFTS = {
    "unlimited_gifts": False,
    "limited_gifts": False,
    "unique_gifts": False,
    "premium_subscription": False,
    "gifts_from_channels": False,
}
_ALL_RIGHTS = {
    "can_be_edited": False,
    "is_anonymous": False,
    "can_manage_chat": True,
    "can_delete_messages": True,
    "can_manage_video_chats": True,
    "can_restrict_members": True,
    "can_promote_members": False,
    "can_change_info": True,
    "can_invite_users": True,
    "can_post_stories": False,
    "can_edit_stories": False,
    "can_delete_stories": False,
}


def get_chat(cloud: Cloud, params: Params) -> dict[str, Any]:
    chat = cloud.chat(params.get("chat_id", ""))
    return {**chat.api, "accent_color_id": 0, "max_reaction_count": 11, "accepted_gift_types": _NO_GIFTS}


def get_member(cloud: Cloud, params: Params) -> dict[str, Any]:
    chat = cloud.chat(params.get("chat_id", ""))
    user_id = params.get("user_id")
    if user_id == cloud.card.id:
        rights = _ALL_RIGHTS if chat.bot_status == "administrator" else {}
        return {"status": chat.bot_status, "user": cloud.card.user, **rights}
    person = cloud.chats.get(user_id) if user_id is not None else None
    if person is None or not person.private or (chat.private and chat is not person):
        raise bad("PARTICIPANT_ID_INVALID" if chat.private else "member not found")
    user = {"id": person.id, "is_bot": False, "first_name": person.title}
    return {"status": "member", "user": user}


def leave(cloud: Cloud, params: Params) -> bool:
    chat = cloud.chat(params.get("chat_id", ""))
    if chat.private:
        raise bad("chat member status can't be changed in private chats")
    cloud.writable(chat.id)
    chat.bot_status = "left"
    return True


HANDLERS = {"getChat": get_chat, "getChatMember": get_member, "leaveChat": leave}
