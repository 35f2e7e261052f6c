"""The log of Bot API calls, in the order they arrived."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(slots=True, eq=False)
class Call:
    """One call. `ok` is None while it is under way; `effect` says whether it changed (or read) anything, which
    an answer lost on the way cannot tell."""

    number: int
    method: str
    params: dict[str, Any]
    at: datetime
    ok: bool | None = None
    error_code: int | None = None
    description: str = ""
    chat_id: int | None = None
    effect: bool = False
    result: Any = None  # what was answered; None for getUpdates
    via: str = "http"  # or "webhook": carried by the answer to a delivered update

    def to_json(self) -> dict[str, Any]:
        return {
            "number": self.number,
            "method": self.method,
            "params": self.params,
            "at": self.at.isoformat(),
            "ok": self.ok,
            "error_code": self.error_code,
            "description": self.description,
            "chat_id": self.chat_id,
            "effect": self.effect,
            "via": self.via,
        }


@dataclass
class CallLog:
    calls: list[Call] = field(default_factory=list)
    by_method: Counter[str] = field(default_factory=Counter)
    errors: Counter[str] = field(default_factory=Counter)  # error code, or "dropped" → count
    _last: int = 0

    def arrive(self, method: str, params: dict[str, Any], at: datetime, via: str) -> Call:
        self._last += 1
        call = Call(self._last, method, params, at, via=via)
        self.calls.append(call)
        self.by_method[method] += 1
        return call

    def fail(self, call: Call, code: int | None, description: str) -> None:
        call.ok = False
        call.error_code = code
        call.description = description
        self.errors[str(code) if code else "dropped"] += 1

    def since(self, number: int) -> list[Call]:
        """Calls with a higher number."""
        first = self.calls[0].number if self.calls else 0
        return self.calls[max(0, number - first + 1) :]

    def clear(self) -> None:
        """Forgets the calls; numbers go on."""
        self.calls.clear()
        self.by_method.clear()
        self.errors.clear()
