"""Who may call what: token, methods, parameters, and the ways to write them."""

from __future__ import annotations

import json

from bot.sandbox.people import Person
from bot.sandbox.server import Sandbox
from tests.sandbox.conftest import Api


async def test_wrong_token_is_unauthorized(sandbox: Sandbox, api: Api) -> None:
    """Another bot's token opens nothing, and leaves no trace in the calls."""
    async with api.session.get(f"{sandbox.url}/bot42:another/getMe") as response:
        assert response.status == 401
        assert (await response.json())["description"] == "Unauthorized"
    assert sandbox.calls == []


async def test_unknown_method_is_refused(api: Api) -> None:
    """A method the sandbox does not serve is 404, as an unknown one at Telegram."""
    assert await api.no("sendMesage", chat_id=1, text="x") == "404 Not Found: method not found"


async def test_method_names_ignore_case(sandbox: Sandbox, api: Api) -> None:
    """Telegram does not mind how a method is capitalised; the log has its proper name."""
    assert (await api.ok("GETME"))["username"] == "sandbox_bot"
    assert sandbox.calls[-1].method == "getMe"


async def test_unknown_parameter_is_refused(api: Api, person: Person) -> None:
    """A typo that Telegram would silently ignore is caught here."""
    refusal = await api.no("sendMessage", chat_id=person.chat_id, text="x", disable_notifications=True)
    assert refusal == '400 Bad Request: unknown parameter "disable_notifications" of sendMessage'
    assert person.bot_messages == []


async def test_form_json_and_query_are_the_same_call(sandbox: Sandbox, api: Api, person: Person) -> None:
    """Parameters may come as JSON, as a form with JSON inside, or in the address."""
    markup = {"inline_keyboard": [[{"text": "A", "callback_data": "a"}]]}
    await api.ok("sendMessage", chat_id=person.chat_id, text="json", reply_markup=markup)
    form = {"chat_id": str(person.chat_id), "text": "form", "reply_markup": json.dumps(markup)}
    async with api.session.post(f"{api.base}/sendMessage", data=form) as response:
        assert response.status == 200
    async with api.session.get(f"{api.base}/sendMessage?chat_id={person.chat_id}&text=query") as response:
        assert response.status == 200
    assert [(message.text, message.labels) for message in person.bot_messages] == [
        ("json", ["A"]),
        ("form", ["A"]),
        ("query", []),
    ]
    assert sandbox.calls[0].params == sandbox.calls[1].params | {"text": "json"}


async def test_wrong_types_are_refused(api: Api, person: Person) -> None:
    """A parameter that cannot be read is named, not guessed."""
    assert 'parameter "message_id"' in await api.no("deleteMessage", chat_id=person.chat_id, message_id="five")
    assert 'parameter "message_id"' in await api.no("deleteMessage", chat_id=person.chat_id, message_id=True)
    refusal = await api.no("sendMessage", chat_id=person.chat_id, text="x", reply_markup="{")
    assert refusal == "400 Bad Request: can't parse reply keyboard markup JSON object"


async def test_body_that_is_no_json_object_is_refused(sandbox: Sandbox, api: Api) -> None:
    """Broken bodies end in a clear 400."""
    headers = {"Content-Type": "application/json"}
    for body, sentence in ((b"{", "can't parse JSON object"), (b"[]", "object expected")):
        async with api.session.post(f"{api.base}/getMe", data=body, headers=headers) as response:
            assert response.status == 400
            assert (await response.json())["description"] == f"Bad Request: {sentence}"


async def test_calls_are_logged_in_order_with_outcome(sandbox: Sandbox, api: Api, person: Person) -> None:
    """The log tells what was asked, for whom, and what came of it."""
    await api.ok("sendMessage", chat_id=person.chat_id, text="x")
    await api.no("sendMessage", chat_id=5, text="x")
    first, second = sandbox.calls
    assert (first.number, first.method, first.chat_id, first.ok, first.effect) == (1, "sendMessage", 1001, True, True)
    assert (second.number, second.ok, second.error_code, second.effect) == (2, False, 400, False)
    assert second.description == "Bad Request: chat not found"


async def test_half_a_surrogate_pair_is_refused(api: Api, person: Person) -> None:
    """What has no UTF-8 cannot be a text or a button."""
    assert "UTF-8" in await api.no("sendMessage", chat_id=person.chat_id, text="\ud83d")
    markup = {"inline_keyboard": [[{"text": "\ud83d", "callback_data": "a"}]]}
    assert "UTF-8" in await api.no("sendMessage", chat_id=person.chat_id, text="x", reply_markup=markup)
