"""How the Bot API says no."""

from __future__ import annotations

from typing import Any

_PREFIX = {400: "Bad Request", 401: "Unauthorized", 403: "Forbidden", 404: "Not Found", 409: "Conflict"}


class Refusal(Exception):  # noqa: N818 - the Bot API refuses; nothing went wrong here
    """A call that is answered with `ok: false`. `description` is Telegram's own sentence."""

    def __init__(self, code: int, reason: str = "", **parameters: Any) -> None:
        prefix = _PREFIX.get(code, "")
        self.code = code
        self.description = f"{prefix}: {reason}" if prefix and reason else prefix or reason
        self.parameters = parameters
        super().__init__(self.description)

    def body(self) -> dict[str, Any]:
        answer: dict[str, Any] = {"ok": False, "error_code": self.code, "description": self.description}
        if self.parameters:
            answer["parameters"] = self.parameters
        return answer


def bad(reason: str) -> Refusal:
    """400, by far the most frequent one."""
    return Refusal(400, reason)


def too_many(retry_after: int) -> Refusal:
    """429. `retry_after` in whole seconds."""
    return Refusal(429, f"Too Many Requests: retry after {retry_after}", retry_after=retry_after)
