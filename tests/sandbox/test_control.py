"""The page's HTTP: state, events, and everything a hand at the page can do."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientResponse

from bot.sandbox import control, events, state
from bot.sandbox.people import Person
from bot.sandbox.server import Sandbox
from tests.sandbox.conftest import Api, inline


async def post(api: Api, sandbox: Sandbox, path: str, body: Any = None) -> tuple[int, dict[str, Any]]:
    """An order from the page."""
    async with api.session.post(f"{sandbox.url}/sandbox/{path}", json=body if body is not None else {}) as response:
        return response.status, await response.json()


async def shown(api: Api, sandbox: Sandbox) -> dict[str, Any]:
    """The whole state."""
    async with api.session.get(f"{sandbox.url}/sandbox/state") as response:
        body: dict[str, Any] = await response.json()
        return body


@asynccontextmanager
async def listening(api: Api, sandbox: Sandbox) -> AsyncIterator[ClientResponse]:
    """An open event stream."""
    async with api.session.get(f"{sandbox.url}/sandbox/events") as response:
        assert response.headers["Content-Type"].startswith("text/event-stream")
        yield response


async def event(stream: ClientResponse) -> dict[str, Any]:
    """The next `state` event; comments are passed over."""
    while True:
        line = (await stream.content.readline()).decode().rstrip("\n")
        if line.startswith("data: "):
            body: dict[str, Any] = json.loads(line.removeprefix("data: "))
            return body
        assert line in ("event: state", "", ":")


async def test_one_chat_can_be_looked_at(sandbox: Sandbox, api: Api, person: Person) -> None:
    """Its messages with their buttons, nobody else's; for what is no chat there is nothing."""
    other = sandbox.person()
    other.send("/start")
    await api.ok("sendMessage", chat_id=other.chat_id, text="elsewhere")
    await api.ok("sendMessage", chat_id=person.chat_id, text="here", reply_markup=inline(["Далі"]))
    async with api.session.get(f"{sandbox.url}/sandbox/chats/{person.chat_id}") as response:
        seen = await response.json()
    assert seen["id"] == person.chat_id
    assert [message["text"] for message in seen["messages"]] == ["/start", "here"]
    assert seen["messages"][1]["inline_keyboard"][0][0]["text"] == "Далі"
    for nobody in ("77", "x"):
        async with api.session.get(f"{sandbox.url}/sandbox/chats/{nobody}") as response:
            assert response.status == 404


async def test_state_shows_everything(sandbox: Sandbox, api: Api, person: Person) -> None:
    """The page finds in the state all it draws."""
    await api.ok("setMyName", name="Погода")
    await api.ok("setMyCommands", commands=[{"command": "start", "description": "Start"}], language_code="en")
    markup = {"inline_keyboard": [[{"text": "№", "copy_text": {"text": "102"}}]]}
    await api.ok("sendMessage", chat_id=person.chat_id, text="<b>x</b>", parse_mode="HTML", reply_markup=markup)
    keys = {"keyboard": [[{"text": "Де", "request_location": True}]], "input_field_placeholder": "…"}
    await api.ok("sendMessage", chat_id=person.chat_id, text="keys", reply_markup=keys, disable_notification=True)
    await api.no("getChat", chat_id=5)
    seen = await shown(api, sandbox)
    assert seen["bot"]["name"] == "Погода"
    assert seen["bot"]["commands"] == {"": [], "en": [{"command": "start", "description": "Start"}]}
    assert seen["delivery"] == {"mode": "none", "url": None, "pending": 1}
    assert seen["calls"]["by_method"]["sendMessage"] == 2
    assert seen["calls"]["errors"] == {"400": 1}
    (chat,) = seen["chats"]
    assert [message["from"] for message in chat["messages"]] == ["user", "bot", "bot"]
    assert chat["messages"][1]["html"] == "<b>x</b>"
    assert chat["messages"][1]["inline_keyboard"] == [[{"text": "№", "kind": "copy", "value": "102"}]]
    assert chat["reply_keyboard"] == {
        "message_id": 3,
        "rows": [[{"text": "Де", "request_location": True}]],
        "one_time": False,
        "placeholder": "…",
    }
    assert [note["silent"] for note in chat["lock_screen"]] == [False, True]
    assert (chat["chat_list"]["preview"], chat["chat_list"]["unread"]) == ("keys", 2)
    assert chat["holdings"] is None


async def test_holdings_come_from_the_bot(sandbox: Sandbox, api: Api, person: Person) -> None:
    """What the database holds about a visitor is asked of whoever knows."""

    async def inspect(chat_id: int) -> dict[str, int]:
        return {"visits": chat_id}

    sandbox.inspect = inspect
    (chat,) = (await shown(api, sandbox))["chats"]
    assert chat["holdings"] == {"visits": person.chat_id}


async def test_a_day_at_the_page(sandbox: Sandbox, api: Api) -> None:
    """Everything a person can do can be done over HTTP."""
    status, answer = await post(api, sandbox, "chats", {"name": "Зразок", "lang": "en", "persona": "relative"})
    assert (status, answer["id"]) == (200, 1001)
    person = sandbox.person(1001)
    for body in ({"text": "hello"}, {"location": {"lat": 50.0, "lon": 30.0}}, {"other": "photo"}):
        assert (await post(api, sandbox, "chats/1001/send", body))[0] == 200
    assert [message.kind for message in person.messages] == ["text", "location", "photo"]
    await post(api, sandbox, "chats/1001/edit", {"message_id": 1, "text": "edited"})
    await api.ok("sendMessage", chat_id=1001, text="x", reply_markup=inline(["A", "B"], ["C"]))
    await post(api, sandbox, "chats/1001/tap", {"message_id": 4, "row": 0, "column": 1})
    await api.ok("sendMessage", chat_id=1001, text="y", reply_markup={"keyboard": [["K"]]})
    await post(api, sandbox, "chats/1001/key", {"row": 0, "column": 0})
    await post(api, sandbox, "chats/1001/delete", {"message_id": 1, "for_both": True})
    kinds = [next(key for key in update if key != "update_id") for update in await api.ok("getUpdates")]
    assert kinds == ["message", "message", "message", "edited_message", "callback_query", "message"]
    assert person.messages[0].kind == "location"
    await post(api, sandbox, "chats/1001/block")
    assert person.chat.blocked
    await post(api, sandbox, "chats/1001/unblock")
    await post(api, sandbox, "chats/1001/read")
    await post(api, sandbox, "chats/1001/clear", {"for_both": True})
    assert (person.messages, person.chat.blocked) == ([], False)


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("chats/1001/tap", {"message_id": 1, "row": 0, "column": 0}),
        ("chats/1001/tap", {"message_id": 99, "row": 0, "column": 0}),
        ("chats/1001/tap", {}),
        ("chats/1001/key", {"row": 0, "column": 0}),
        ("chats/1001/send", {"other": "teleport"}),
        ("chats/1001/send", {"location": {"lat": "north"}}),
        ("chats/1001/send", []),
        ("clock", {"advance": "soon"}),
        ("faults", {"rate_430": 1}),
        ("faults", {"rate_429": "often"}),
        ("faults", {"delay": 5}),
        ("limits", {"per_moon": 1}),
    ],
)
async def test_mistaken_orders_are_explained(sandbox: Sandbox, api: Api, person: Person, path: str, body: Any) -> None:
    """A wrong order is a 400 with a sentence and changes nothing."""
    before = await shown(api, sandbox)
    status, answer = await post(api, sandbox, path, body)
    after = await shown(api, sandbox)
    assert (status, answer["ok"]) == (400, False)
    assert answer["error"]
    assert {**after, "now": ""} == {**before, "now": ""}


async def test_a_desk_at_the_page(sandbox: Sandbox, api: Api, person: Person) -> None:
    """A group, its people and the bot's rights are at hand over HTTP, each hand under its own name."""
    _, made = await post(api, sandbox, "groups", {"title": "Зразок", "members": [person.chat_id], "kind": "group"})
    _, hired = await post(api, sandbox, "chats", {"name": "Друга", "persona": "operator", "groups": [made["id"]]})
    place, first, second = f"chats/{made['id']}", {"person": person.chat_id}, {"person": hired["id"]}
    sent = await api.ok("sendMessage", chat_id=made["id"], text="card", reply_markup=inline(["Take"]))
    for act, body in (
        ("tap", {**second, "message_id": sent["message_id"], "row": 0, "column": 0}),
        ("send", {**second, "text": "mine", "reply_to": sent["message_id"]}),
        ("send", {**second, "other": "photo", "caption": "x"}),
        ("edit", {**second, "message_id": sent["message_id"] + 1, "text": "ours"}),
        ("pin", {**first, "message_id": sent["message_id"]}),
        ("read", first),
        ("promote", {"rights": {"can_delete_messages": False}}),
        ("permit", {"rights": {"can_send_messages": False}}),
        ("protect", {"on": True}),
        ("appoint", second),
    ):
        status, answer = await post(api, sandbox, f"{place}/{act}", body)
        assert (status, answer["ok"]) == (200, True), (act, answer)
    (group,) = [chat for chat in (await shown(api, sandbox))["chats"] if chat["id"] == made["id"]]
    assert (group["bot"]["status"], group["bot"]["rights"]["can_delete_messages"]) == ("administrator", False)
    assert (group["pinned"], group["protected"]) == (sent["message_id"], True)
    assert [(one["name"], one["status"]) for one in group["members"]] == [
        ("Зразок Перша", "creator"),
        ("Друга", "administrator"),
    ]
    assert group["members"][0]["lock_screen"][0]["preview"] == "Bot: card"
    assert [message["service"]["what"] for message in group["messages"] if message["service"]] == [
        "new_chat_members",
        "new_chat_members",
        "pinned_message",
    ]
    (answer,) = [message for message in group["messages"] if message["reply_to"]]
    assert (answer["author"]["name"], answer["text"], answer["reply_to"]["text"]) == ("Друга", "ours", "card")
    for act, body in (("demote", {}), ("restrict", {}), ("leave", second), ("join", second), ("remove", second)):
        assert (await post(api, sandbox, f"{place}/{act}", body))[0] == 200
    _, moved = await post(api, sandbox, f"{place}/upgrade")
    place = f"chats/{moved['id']}"
    assert (await post(api, sandbox, f"{place}/promote"))[0] == 200
    _, opened = await post(api, sandbox, f"{place}/open_topic", {"name": "Черга"})
    assert await api.ok("sendMessage", chat_id=moved["id"], message_thread_id=opened["topic"], text="x")
    for act, body in (("lose_topic", opened), ("remove_bot", {}), ("add_bot", {})):
        assert (await post(api, sandbox, f"{place}/{act}", body))[0] == 200


async def test_mistaken_orders_in_a_group(sandbox: Sandbox, api: Api, person: Person) -> None:
    """Orders for nobody, by nobody, or that Telegram would not offer are explained and change nothing."""
    group, outsider = sandbox.group(members=[person]), sandbox.person()
    before = await shown(api, sandbox)
    for path, body in (
        ("groups", {"kind": "village"}),
        ("groups", {"members": [5]}),
        ("chats", {"groups": [5]}),
        ("chats", {"groups": [person.chat_id]}),
        (f"chats/{group.chat_id}/send", {"text": "x"}),
        (f"chats/{group.chat_id}/send", {"text": "x", "person": 5}),
        (f"chats/{group.chat_id}/send", {"text": "x", "person": outsider.chat_id}),
        (f"chats/{group.chat_id}/send", {"other": "photo", "person": outsider.chat_id}),
        (f"chats/{group.chat_id}/tap", {"person": person.chat_id, "message_id": 1, "row": 0, "column": 0}),
        (f"chats/{group.chat_id}/promote", {"rights": {"can_fly": True}}),
        (f"chats/{group.chat_id}/promote", {"rights": {"can_pin_messages": "yes"}}),
        (f"chats/{group.chat_id}/join", {"person": person.chat_id}),
        (f"chats/{group.chat_id}/upgrade", {}),
    ):
        status, answer = await post(api, sandbox, path, body)
        assert (status, answer["ok"]) == (400, False), (path, body)
        assert answer["error"]
    assert {**(await shown(api, sandbox)), "now": ""} == {**before, "now": ""}
    async with api.session.post(f"{sandbox.url}/sandbox/chats/{group.chat_id}/dance", json={}) as response:
        assert response.status == 404


async def test_faults_for_one_chat(sandbox: Sandbox, api: Api, person: Person) -> None:
    """A fault can be kept to a chat, and to a method in it."""
    other = sandbox.person()
    other.send("x")
    faults = {"rate_5xx": 1, "chats": [person.chat_id], "methods": ["sendMessage"]}
    assert (await post(api, sandbox, "faults", faults))[0] == 200
    assert (await shown(api, sandbox))["faults"]["chats"] == [person.chat_id]
    assert (await api.no("sendMessage", chat_id=person.chat_id, text="x"))[0] == "5"
    await api.ok("sendMessage", chat_id=other.chat_id, text="x")
    await api.ok("getChat", chat_id=person.chat_id)


async def test_unknown_places_are_not_found(sandbox: Sandbox, api: Api, person: Person) -> None:
    """No such chat, act, file, or way out of the page's folder."""
    for path in ("chats/5/send", "chats/x/send", f"chats/{person.chat_id}/dance"):
        async with api.session.post(f"{sandbox.url}/sandbox/{path}", json={}) as response:
            assert response.status == 404
    for path in ("/sandbox/page/none.js", "/sandbox/page/..%2fserver.py", "/sandbox/page/%2e%2e", "/elsewhere"):
        async with api.session.get(sandbox.url + path) as response:
            assert response.status == 404


async def test_forms_of_other_sites_are_not_orders(sandbox: Sandbox, api: Api, person: Person) -> None:
    """What is no JSON is no order: a foreign page cannot post one."""
    async with api.session.post(f"{sandbox.url}/sandbox/reset", data={"a": "b"}) as response:
        assert response.status == 415
    headers = {"Content-Type": "application/json"}
    async with api.session.post(f"{sandbox.url}/sandbox/reset", data="{", headers=headers) as response:
        assert response.status == 400
    assert len(person.messages) == 1


async def test_trouble_over_http(sandbox: Sandbox, api: Api, person: Person) -> None:
    """Faults, limits, the clock, any update and a fresh start are all at hand."""
    await post(api, sandbox, "faults", {"rate_429": 1, "delay": [0, 0], "methods": ["getChat"]})
    assert (await api.no("getChat", chat_id=person.chat_id)).startswith("429")
    await api.ok("getMe")
    await post(api, sandbox, "limits", {"enforced": True, "per_chat": 2})
    assert (sandbox.limits.enforced, sandbox.limits.per_chat, sandbox.limits.overall) == (True, 2, 30)
    await post(api, sandbox, "push", {"nonsense": 1})
    assert (await api.ok("getUpdates"))[-1]["nonsense"] == 1
    await post(api, sandbox, "clock", {"advance": 3600})
    assert (await shown(api, sandbox))["clock_offset"] == 3600
    await post(api, sandbox, "reset")
    fresh = await shown(api, sandbox)
    assert (fresh["chats"], fresh["calls"]["total"], fresh["faults"]["rate_429"]) == ([], 0, 0)


async def test_calls_since(sandbox: Sandbox, api: Api) -> None:
    """The log is read from where one left off."""
    for _ in range(3):
        await api.ok("getMe")
    for since, numbers in ((0, [1, 2, 3]), (2, [3]), (9, [])):
        async with api.session.get(f"{sandbox.url}/sandbox/calls?since={since}") as response:
            assert [call["number"] for call in (await response.json())["calls"]] == numbers
    async with api.session.get(f"{sandbox.url}/sandbox/calls?since=x") as response:
        assert response.status == 400


async def test_events_follow_changes(sandbox: Sandbox, api: Api) -> None:
    """A listener has the state at once, and a new one after each change."""
    async with listening(api, sandbox) as stream:
        assert (await event(stream))["chats"] == []
        person = sandbox.person()
        assert [chat["id"] for chat in (await event(stream))["chats"]] == [person.chat_id]
        person.send("привіт")
        (chat,) = (await event(stream))["chats"]
        assert chat["messages"][0]["text"] == "привіт"


async def test_events_come_at_most_ten_times_a_second(sandbox: Sandbox, api: Api, monkeypatch: Any) -> None:
    """A flood of changes is one event; nobody listening, no state is built at all."""
    built = 0

    async def counted(watched: Sandbox) -> dict[str, Any]:
        nonlocal built
        built += 1
        return await state.whole_state(watched)

    monkeypatch.setattr(events, "whole_state", counted)
    person = sandbox.person()
    for number in range(100):
        person.send(str(number))
    assert built == 0
    async with listening(api, sandbox) as stream:
        await event(stream)
        for number in range(100):
            person.send(str(number))
        assert len((await event(stream))["chats"][0]["messages"]) == 200
    assert built == 2


async def test_listeners_do_not_keep_a_sandbox_alive(sandbox: Sandbox, api: Api) -> None:
    """Stopping ends the streams."""
    async with listening(api, sandbox) as stream:
        await event(stream)
        await sandbox.stop()
        assert (await stream.content.read()).strip() == b""
        assert stream.content.at_eof()


async def test_page_is_served(sandbox: Sandbox, api: Api, monkeypatch: Any, tmp_path: Path) -> None:
    """The page and its files come from one folder, with their proper types."""
    (tmp_path / "index.html").write_text("<!doctype html>")
    (tmp_path / "page.js").write_text("export {}")
    monkeypatch.setattr(control, "PAGE", tmp_path)
    for path, kind in (("/", "html"), ("/sandbox/page/page.js", "javascript")):
        async with api.session.get(sandbox.url + path) as response:
            assert response.status == 200
            assert response.content_type.endswith(f"/{kind}")
