"""Just enough HTTP/1.1 to serve a bot's calls at full speed: keep-alive, Content-Length, one call at a time.

An ordinary web framework would cost more than the floor that is measured, and the two share the machine.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import cast

_PHRASES = {
    200: b"OK",
    400: b"Bad Request",
    404: b"Not Found",
    409: b"Conflict",
    429: b"Too Many Requests",
    502: b"Bad Gateway",
}


@dataclass(slots=True)
class Call:
    """A request that waits for its answer."""

    path: bytes
    content_type: bytes
    body: bytes
    _transport: asyncio.Transport

    @property
    def gone(self) -> bool:
        """Whether the caller has hung up."""
        return self._transport.is_closing()

    def answer(self, body: bytes, status: int = 200) -> None:
        """Sends the one answer this call gets."""
        if self.gone:
            return
        self._transport.write(
            b"HTTP/1.1 %d %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
            % (status, _PHRASES[status], len(body), body)
        )


class Wire(asyncio.Protocol):
    """One connection."""

    def __init__(self, serve: Callable[[Call], None]) -> None:
        self._serve = serve
        self._buffer = b""
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)  # uvloop has its own class

    def data_received(self, data: bytes) -> None:
        self._buffer = self._buffer + data if self._buffer else data
        while (call := self._next_call()) is not None:
            self._serve(call)

    def _next_call(self) -> Call | None:
        """The first whole request in the buffer, taken out of it; None while there is none."""
        end = self._buffer.find(b"\r\n\r\n")
        if end < 0 or self._transport is None:
            return None
        request_line, _, headers = self._buffer[:end].partition(b"\r\n")
        fields = b"\r\n" + headers.lower() + b"\r\n"
        length = int(_field(fields, b"content-length") or 0)
        if len(self._buffer) < end + 4 + length:
            return None
        body = self._buffer[end + 4 : end + 4 + length]
        self._buffer = self._buffer[end + 4 + length :]
        return Call(request_line.split(b" ")[1], _field(fields, b"content-type"), body, self._transport)


def _field(fields: bytes, name: bytes) -> bytes:
    at = fields.find(b"\r\n" + name + b":")
    if at < 0:
        return b""
    start = at + len(name) + 3
    return fields[start : fields.index(b"\r\n", start)].strip()
