"""What the page (or a script) asks of the sandbox over HTTP: be a person, make trouble, move the clock."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from dataclasses import fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aiohttp import web

from bot.sandbox.acts import ACTS
from bot.sandbox.faults import Faults
from bot.sandbox.group_acts import GROUP_ACTS, act_in_group
from bot.sandbox.limits import Limits
from bot.sandbox.people import Person
from bot.sandbox.state import messages_of, whole_state

if TYPE_CHECKING:
    from bot.sandbox.server import Sandbox

PAGE = Path(__file__).parent / "page"
_NEWCOMER = (("name", "Зразок"), ("lang", "uk"), ("persona", "survivor"))
Asked = dict[str, Any]


def control_routes(sandbox: Sandbox) -> list[web.RouteDef]:
    orders = _Orders(sandbox)

    async def index(request: web.Request) -> web.StreamResponse:
        return await _page_file(request, "index.html")

    async def page(request: web.Request) -> web.StreamResponse:
        return await _page_file(request, request.match_info["name"])

    async def events(request: web.Request) -> web.StreamResponse:
        return await sandbox.listeners.stream(sandbox, request)

    return [
        web.get("/", index),
        web.get("/sandbox/page/{name}", page),
        web.get("/sandbox/state", orders.state),
        web.get("/sandbox/events", events),
        web.get("/sandbox/calls", orders.calls),
        web.post("/sandbox/chats", _asked(orders.new_chat)),
        web.get("/sandbox/chats/{chat_id}", orders.chat),
        web.post("/sandbox/groups", _asked(orders.new_group)),
        web.post("/sandbox/chats/{chat_id}/{act}", orders.act),
        web.post("/sandbox/push", _asked(orders.push)),
        web.post("/sandbox/faults", _asked(orders.faults)),
        web.post("/sandbox/clock", _asked(orders.clock)),
        web.post("/sandbox/limits", _asked(orders.limits)),
        web.post("/sandbox/reset", _asked(orders.reset)),
    ]


async def _page_file(request: web.Request, name: str) -> web.StreamResponse:
    path = PAGE / name
    if path.parent != PAGE or not path.is_file():
        raise web.HTTPNotFound
    return web.FileResponse(path, headers={"Cache-Control": "no-store"})


async def _json(request: web.Request) -> Any:
    """The body, or {} without one. JSON only, which also keeps other sites' forms out."""
    if not request.can_read_body:
        return {}
    if request.content_type != "application/json":
        raise web.HTTPUnsupportedMediaType
    try:
        return json.loads(await request.read())
    except ValueError:
        raise ValueError("the body is no JSON") from None


def _asked(order: Callable[[Any], Asked | None]) -> Callable[[web.Request], Awaitable[web.Response]]:
    async def handler(request: web.Request) -> web.Response:
        try:
            return web.json_response({"ok": True, **(order(await _json(request)) or {})})
        except (ValueError, TypeError, KeyError, IndexError, AttributeError) as error:
            return _mistake(error)

    return handler


def _mistake(error: Exception) -> web.Response:
    what = f"missing: {error}" if isinstance(error, KeyError) else str(error)
    return web.json_response({"ok": False, "error": what}, status=400)


class _Orders:
    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox

    async def state(self, request: web.Request) -> web.Response:
        return web.json_response(await whole_state(self._sandbox))

    async def chat(self, request: web.Request) -> web.Response:
        chat = self._sandbox.cloud.chats.get(_chat_id(request))
        if chat is None:
            raise web.HTTPNotFound
        return web.json_response(messages_of(chat))

    async def calls(self, request: web.Request) -> web.Response:
        since = request.query.get("since", "0")
        if not since.isdecimal():
            return _mistake(ValueError("since must be a number"))
        calls = self._sandbox.switchboard.log.since(int(since))
        return web.json_response({"calls": [call.to_json() for call in calls]}, dumps=_tolerant)

    async def act(self, request: web.Request) -> web.Response:
        name = request.match_info["act"]
        act = ACTS.get(name)
        number = _chat_id(request)
        chat = self._sandbox.cloud.chats.get(number)
        if chat is not None and not chat.private and name in GROUP_ACTS:
            group = self._sandbox.group(chat_id=number)
            return await _asked(lambda asked: act_in_group(group, name, self._known_person, asked))(request)
        if chat is None or act is None or not chat.private:
            raise web.HTTPNotFound
        person: Person = self._sandbox.person(number)
        return await _asked(lambda asked: act(person, asked))(request)

    def _known_person(self, person_id: int) -> Person:
        if person_id not in self._sandbox.cloud.chats:
            raise ValueError(f"nobody here has the id {person_id}")
        return self._sandbox.person(person_id)

    def new_chat(self, asked: Asked) -> Asked:
        name, lang, persona = (str(asked.get(key) or default) for key, default in _NEWCOMER)
        username = asked.get("username")
        groups = [self._sandbox.known_group(chat_id) for chat_id in asked.get("groups", ())]
        person = self._sandbox.person(name=name, lang=lang, persona=persona, username=username)
        for group in groups:
            group.join(person)
        return {"id": person.chat_id}

    def new_group(self, asked: Asked) -> Asked:
        kind = asked.get("kind", "supergroup")
        if kind not in ("group", "supergroup", "channel"):
            raise ValueError(f"no group is of the kind {kind!r}")
        members = [self._known_person(person_id) for person_id in asked.get("members", ())]
        title, admin = str(asked.get("title") or "Група"), bool(asked.get("admin", False))
        return {"id": self._sandbox.group(title, kind=kind, members=members, admin=admin).chat_id}

    def push(self, asked: Any) -> None:
        self._sandbox.push(asked)

    def faults(self, asked: Asked) -> None:
        wanted = _known(asked, Faults)
        if "delay" in wanted:
            low, high = wanted["delay"]
            wanted["delay"] = (float(low), float(high))
        for name in ("methods", "chats"):
            if wanted.get(name) is not None:
                wanted[name] = frozenset(wanted[name])
        self._sandbox.faults = replace(self._sandbox.faults, **wanted)

    def clock(self, asked: Asked) -> None:
        self._sandbox.move_clock(float(asked["advance"]))

    def limits(self, asked: Asked) -> None:
        self._sandbox.limits = replace(self._sandbox.limits, **_known(asked, Limits))

    def reset(self, asked: Asked) -> None:
        self._sandbox.reset()


def _chat_id(request: web.Request) -> int:
    """0 for what is no id."""
    chat_id = request.match_info["chat_id"]
    return int(chat_id) if chat_id.lstrip("-").isdecimal() else 0


def _known(asked: Asked, kind: type[Faults] | type[Limits]) -> Asked:
    names = {field.name for field in fields(kind)}
    if unknown := asked.keys() - names:
        raise ValueError(f"unknown: {', '.join(sorted(unknown))}")
    for name, value in asked.items():
        if name not in ("delay", "methods", "chats", "enforced") and (
            isinstance(value, bool) or not isinstance(value, int | float)
        ):
            raise ValueError(f"{name} must be a number")
    return dict(asked)


def _tolerant(value: object) -> str:
    return json.dumps(value, default=str)
