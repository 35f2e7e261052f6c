"""What a bot may do in a group: an administrator's rights, a member's permissions, and the refusals without them.

Names of rights: Bot API reference (ChatAdministratorRights, ChatPermissions). Sentences: TDLib
(`can_send_message_content`, `can_pin_messages`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.sandbox.refusal import bad

if TYPE_CHECKING:
    from bot.sandbox.chat import Chat

ADMINISTRATOR = {
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
    "can_pin_messages": True,
    "can_manage_topics": False,
    "is_anonymous": False,
}
# A plain member of a new group. Pinning is on in many groups; off here, so that a bot has to ask for the right.
EVERYBODY = {
    "can_send_messages": True,
    "can_send_audios": True,
    "can_send_documents": True,
    "can_send_photos": True,
    "can_send_videos": True,
    "can_send_video_notes": True,
    "can_send_voice_notes": True,
    "can_send_polls": True,
    "can_send_other_messages": True,
    "can_add_web_page_previews": True,
    "can_change_info": False,
    "can_invite_users": True,
    "can_pin_messages": False,
    "can_manage_topics": False,
}
_SENDING = {
    "text": ("can_send_messages", "text messages"),
    "photo": ("can_send_photos", "photos"),
    "voice": ("can_send_voice_notes", "voice notes"),
}
_OTHER = ("can_send_other_messages", "stickers")


def changed(rights: dict[str, bool], changes: dict[str, bool]) -> dict[str, bool]:
    """The rights with those changes. Raises ValueError for a right that Telegram does not know."""
    if unknown := changes.keys() - rights.keys():
        raise ValueError(f"no such right: {', '.join(sorted(unknown))}")
    return {**rights, **changes}


def member_json(user: dict[str, Any], status: str, rights: dict[str, bool]) -> dict[str, Any]:
    """Bot API ChatMember."""
    extra: dict[str, Any] = {}
    if status == "administrator":
        extra = {"can_be_edited": False, **rights}
    elif status == "restricted":
        extra = {"is_member": True, "until_date": 0, **rights}
    elif status == "kicked":
        extra = {"until_date": 0}
    elif status == "creator":
        extra = {"is_anonymous": False}
    return {"user": user, "status": status, **extra}


def must_send(chat: Chat, kind: str) -> None:
    """Raises Refusal 400 when the bot may not send a message of this kind into this group."""
    if chat.private or chat.bot_status == "administrator":
        return
    right, things = _SENDING.get(kind, _OTHER)
    own = chat.bot_rights if chat.bot_status == "restricted" else {}
    if not (chat.permissions.get(right, True) and own.get(right, True)):
        raise bad(f"not enough rights to send {things} to the chat")


def must_pin(chat: Chat) -> None:
    """Raises Refusal 400 without the right to pin. In a basic group a bot must be an administrator for it."""
    if chat.private:
        return
    if chat.bot_status == "administrator":
        allowed = chat.type == "group" or chat.bot_rights.get("can_pin_messages", False)
    else:
        allowed = chat.type == "supergroup" and chat.permissions.get("can_pin_messages", False)
    if not allowed:
        raise bad("not enough rights to manage pinned messages in the chat")
