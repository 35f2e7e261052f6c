"""The Bot API fields of what a person may send besides words. Small, complete, and obviously made up.

Every file has an id of its own, by which a bot passes it on without downloading it, for as long as it likes:
deleting the message does not take the file away.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bot.sandbox.cloud import Cloud

PASSED_ON = ("text", "photo", "voice", "audio", "video", "video_note", "animation", "document", "sticker", "location")
_SIZE = {"width": 90, "height": 90}
_FILES: dict[str, dict[str, Any]] = {
    "photo": {**_SIZE, "file_size": 1024},
    "voice": {"duration": 2, "mime_type": "audio/ogg"},
    "audio": {"duration": 2},
    "video": {**_SIZE, "duration": 2},
    "video_note": {"length": 90, "duration": 2},
    "animation": {**_SIZE, "duration": 2},
    "document": {"file_name": "sample.txt"},
    "sticker": {**_SIZE, "type": "regular", "is_animated": False, "is_video": False, "emoji": "🙂"},
}
_FIELDS: dict[str, Any] = {
    "dice": {"emoji": "🎲", "value": 4},
    "venue": {
        "location": {"latitude": 50.45, "longitude": 30.52},
        "title": "Sample place",
        "address": "Sample street 1",
    },
    "poll": {
        "id": "1",
        "question": "Sample?",
        "options": [{"text": text, "voter_count": 0, "persistent_id": text} for text in ("yes", "no")],
        "total_voter_count": 0,
        "is_closed": False,
        "is_anonymous": True,
        "type": "regular",
        "allows_multiple_answers": False,
        "allows_revoting": True,
        "members_only": False,
    },
}


def media(cloud: Cloud, kind: str, user: dict[str, Any]) -> dict[str, Any]:
    """Raises ValueError for a kind a phone cannot send."""
    if kind == "contact":
        return {"contact": {"phone_number": "+380000000000", "first_name": "Sample", "user_id": user["id"]}}
    if kind in _FILES:
        number = len(cloud.files) + 1
        names = {"file_id": f"sandbox-{kind}-{number}", "file_unique_id": f"sandbox{number}"}
        field = {**names, **_FILES[kind]}
        cloud.files[names["file_id"]] = kind, [field] if kind == "photo" else field
        return {kind: cloud.files[names["file_id"]][1]}
    if kind not in _FIELDS:
        raise ValueError(f"nothing of the kind {kind!r} can be sent")
    return {kind: _FIELDS[kind]}
