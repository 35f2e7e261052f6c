"""The Bot API fields of what a person may send besides words. Small, complete, and obviously made up."""

from __future__ import annotations

from typing import Any

_FILE = {"file_id": "sandbox-file", "file_unique_id": "sandbox"}
_PICTURE = {**_FILE, "width": 90, "height": 90}
_FIELDS: dict[str, Any] = {
    "photo": [{**_PICTURE, "file_size": 1024}],
    "voice": {**_FILE, "duration": 2, "mime_type": "audio/ogg"},
    "audio": {**_FILE, "duration": 2},
    "video": {**_PICTURE, "duration": 2},
    "video_note": {**_FILE, "length": 90, "duration": 2},
    "animation": {**_PICTURE, "duration": 2},
    "document": {**_FILE, "file_name": "sample.txt"},
    "sticker": {**_PICTURE, "type": "regular", "is_animated": False, "is_video": False, "emoji": "🙂"},
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


def media(kind: str, user: dict[str, Any]) -> dict[str, Any]:
    """Raises ValueError for a kind a phone cannot send."""
    if kind == "contact":
        return {"contact": {"phone_number": "+380000000000", "first_name": "Sample", "user_id": user["id"]}}
    if kind not in _FIELDS:
        raise ValueError(f"nothing of the kind {kind!r} can be sent")
    return {kind: _FIELDS[kind]}
