"""Whatever comes in, it becomes an event, nothing, or is counted as malformed; it never raises anything else."""

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.events import Elsewhere, Gone, Incoming, Malformed, clean, parse
from flows.engine import Action, Located, Other, Started, Tapped, Typed

CHAT = {"id": 1001, "type": "private"}
WHO = {"id": 1001, "is_bot": False, "first_name": "Зразок"}


def message(**fields: Any) -> dict[str, Any]:
    return {"update_id": 5, "message": {"message_id": 7, "date": 1_795_000_000, "chat": CHAT, "from": WHO, **fields}}


def tap(data: Any, **fields: Any) -> dict[str, Any]:
    query = {"id": "q1", "from": WHO, "data": data, "message": {"message_id": 7, "date": 1, "chat": CHAT}}
    return {"update_id": 5, "callback_query": query | fields}


def event(update: dict[str, Any]) -> Any:
    parsed = parse(update)
    assert isinstance(parsed, Incoming)
    return parsed.event


def test_a_text_carries_who_when_and_which_message() -> None:
    """A typed message knows its chat, its id (to delete it) and when it was written (to know it is stale)."""
    parsed = parse(message(text="Житомир"))
    assert parsed == Incoming(5, 1001, Typed("Житомир"), 7, sent_at=datetime.fromtimestamp(1_795_000_000, UTC))


def test_start_with_and_without_a_code() -> None:
    """/start is a start, with the link's code when there is one, addressed to the bot by name or not."""
    assert event(message(text="/start")) == Started("")
    assert event(message(text="/start@some_bot k7")) == Started("k7")


def test_a_tap_of_ours_and_a_forged_one() -> None:
    """A button's address is read; what is none of ours becomes a tap that leads home."""
    assert event(tap("1/find.list/all/3")) == Tapped(Action("find.list", ("all", "3")))
    for forged in ("", "0/home", "1/", "1/../x", "1/a b", "home", None, 5, "1/" + "x" * 90, "1/\ud800"):
        assert event(tap(forged)) == Tapped(None)


def test_a_tap_on_a_message_out_of_reach() -> None:
    """Telegram marks a message a bot cannot edit any more with date 0: the tap counts, its message does not."""
    parsed = parse(tap("1/home", message={"message_id": 7, "date": 0, "chat": CHAT}))
    assert isinstance(parsed, Incoming)
    assert parsed.message_id == 0


def test_a_location_is_read_and_an_absurd_one_is_not() -> None:
    """Degrees outside the globe, or no numbers, are no location."""
    assert event(message(location={"latitude": 50.4, "longitude": 30.5})) == Located(50.4, 30.5)
    for lat in (91, "50", None, True, float("nan")):
        assert event(message(location={"latitude": lat, "longitude": 30.5})) == Other()


@pytest.mark.parametrize("kind", ["photo", "voice", "sticker", "contact", "poll", "document", "video_note", "dice"])
def test_what_we_do_not_read_is_other(kind: str) -> None:
    """Media are declined, never looked into."""
    assert event(message(**{kind: {"file_id": "x"}})) == Other(media=kind in ("photo", "voice"))


def test_groups_channels_and_blocks() -> None:
    """A group or channel is somewhere to leave; a block is somebody who is gone."""
    group = {"id": -5, "type": "supergroup"}
    assert parse(message(chat=group, text="x")) == Elsewhere(5, -5)
    assert parse({"update_id": 5, "channel_post": {"chat": {"id": -6, "type": "channel"}}}) == Elsewhere(5, -6)
    kicked = {"chat": CHAT, "new_chat_member": {"status": "kicked"}}
    assert parse({"update_id": 5, "my_chat_member": kicked}) == Gone(5, 1001)


def test_an_edited_message_only_has_to_go() -> None:
    """An edit is not a new question; the message it leaves in the chat is deleted."""
    update = message(text="x")
    parsed = parse({"update_id": 5, "edited_message": update["message"]})
    assert isinstance(parsed, Incoming)
    assert parsed.event is None


@pytest.mark.parametrize(
    "update",
    [
        None,
        [],
        "x",
        {},
        {"update_id": "5"},
        {"update_id": True},
        {"update_id": -1},
        {"update_id": 5, "message": {"chat": {}}},
        {"update_id": 5, "message": {"chat": {"id": 2**80, "type": "private"}, "message_id": 1}},
        {"update_id": 5, "message": {"chat": {"id": 1, "type": "private"}, "message_id": "7"}},
        {"update_id": 5, "message": {"chat": {"id": -1, "type": "private"}, "message_id": 7}},
        {"update_id": 5, "message": "text"},
        {"update_id": 5, "callback_query": {"data": "1/home"}},
        {"update_id": 5, "callback_query": {"id": "ї", "data": "1/home"}},
    ],
)
def test_what_makes_no_sense_is_malformed(update: Any) -> None:
    """Missing, mistyped or absurd fields are counted, not guessed at."""
    with pytest.raises(Malformed):
        parse(update)


FIELDS = st.sampled_from(
    ["update_id", "message", "callback_query", "chat", "id", "type", "text", "date", "location", "latitude",
     "message_id", "data", "from", "is_bot", "my_chat_member", "new_chat_member", "status", "edited_message"]
)  # fmt: skip
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(FIELDS, inner, max_size=6),
    max_leaves=20,
)


KINDS = ("message", "callback_query", "edited_message", "my_chat_member", "channel_post")


@given(st.fixed_dictionaries({"update_id": st.integers(0, 9)}, optional=dict.fromkeys(KINDS, JSON)))
def test_any_json_is_parsed_or_malformed(update: dict[str, Any]) -> None:
    """No update, however broken, raises anything but Malformed."""
    try:
        parsed = parse(update)
    except Malformed:
        return
    assert parsed is None or isinstance(parsed, Incoming | Gone | Elsewhere)


@given(st.text(st.characters(exclude_categories=())))
def test_cleaned_text_can_always_be_stored(text: str) -> None:
    """Lone surrogates and nulls never reach a flow."""
    cleaned = clean(text)
    assert cleaned.encode().decode() == cleaned
    assert "\0" not in cleaned
