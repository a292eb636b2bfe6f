"""Server-sent events: one hub, any number of listening pages, and nothing lost in silence.

Every message has an id. A page that comes back says which id it saw last and gets what it missed; when that is too
long ago it gets `{"type": "missed"}` and reads the state anew. A page too slow to keep up is sent away, and comes back.
"""

import asyncio
import json
import secrets
import threading
from collections import deque
from collections.abc import AsyncIterator, Callable, Mapping

from starlette.responses import StreamingResponse

from understudy.server.numbers import whole_number

HEARTBEAT_S = 15.0  # a comment this often keeps proxies from closing a quiet stream
DEPTH = 256  # messages kept for pages that come back, and queued for a slow one
RETRY_MS = 300  # how soon a browser reconnects

Message = Mapping[str, object] | Callable[[], Mapping[str, object]]  # a function is called when somebody reads it


class Hub:
    """Publishes JSON messages to every open stream. All methods may be called from any thread."""

    def __init__(self, *, heartbeat: float = HEARTBEAT_S, depth: int = DEPTH) -> None:
        self.heartbeat = heartbeat
        self._depth = depth
        self._run = secrets.token_hex(4)  # tells this server's ids from those before a restart
        self._count = 0
        self._recent: deque[tuple[int, Message]] = deque(maxlen=depth)
        self._kept: dict[str, Mapping[str, object]] = {}
        self._listeners: set[Listener] = set()
        self._lock = threading.Lock()
        self._closed = False

    def publish(self, message: Message, *, keep: bool = False) -> None:
        """Send `message` to all; with `keep`, pages that open later get it too, until one of its `type` follows."""
        with self._lock:
            self._count += 1
            self._recent.append((self._count, message))
            if keep and isinstance(message, Mapping):
                self._kept[str(message.get("type"))] = message
            if self._listeners:  # nobody listens during a load test, and encoding is most of the cost
                sent = self._frame(self._count, message)
                for listener in self._listeners:
                    listener.tell(sent)

    def tell(self, name: str, message: Mapping[str, object]) -> None:
        """Send `message` only to those who listen by that name now; it is not kept and has no id."""
        sent = self._frame(None, message)
        with self._lock:
            for listener in self._listeners:
                if listener.name == name:
                    listener.tell(sent)

    def close(self) -> None:
        """End every stream now, so that the server can stop; a stream asked for later ends at once."""
        with self._lock:
            self._closed = True
            for listener in self._listeners:
                listener.tell(None)

    @property
    def last_id(self) -> str:
        """The id of the newest message; a page served now has seen all up to it."""
        with self._lock:
            return f"{self._run}-{self._count}"

    async def listen(self, last_id: str = "", *, new: bool = False, name: str = "") -> AsyncIterator[bytes]:
        """The frames for one page, beginning with what it missed since `last_id`; ends when the hub closes.

        A `new` page was served at that id and has heard nothing yet, so it gets the kept messages too.
        """
        listener = Listener(self._depth, name)
        try:
            for frame in self._join(listener, last_id, new):
                yield frame
            while (sent := await listener.next(self.heartbeat)) is not None:
                yield sent
        finally:
            with self._lock:
                self._listeners.discard(listener)

    def response(self, last_id: str = "", *, new: bool = False, name: str = "") -> StreamingResponse:
        """The HTTP response for one page; see `listen`."""
        headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
        frames = self.listen(last_id, new=new, name=name)
        return StreamingResponse(frames, media_type="text/event-stream", headers=headers)

    def _join(self, listener: "Listener", last_id: str, new: bool) -> list[bytes]:
        with self._lock:
            self._listeners.add(listener)
            if self._closed:
                listener.tell(None)
            missed = self._since(last_id)
            if missed is not None and not new:
                return [b"retry: %d\n\n" % RETRY_MS, *missed]
            kind = "missed" if last_id and missed is None else "hello"
            known = self._count - len(missed or ())
            frames = [self._frame(known, message) for message in ({"type": kind}, *self._kept.values())]
            return [b"retry: %d\n\n" % RETRY_MS, *frames, *(missed or ())]

    def _since(self, last_id: str) -> list[bytes] | None:
        """The frames after `last_id`, or None when it is not from this run or no longer held."""
        run, _, number = last_id.partition("-")
        seen = whole_number(number, 0, self._count)
        if run != self._run or seen is None:
            return None
        frames = [self._frame(count, message) for count, message in self._recent if count > seen]
        return frames if len(frames) == self._count - seen else None

    def _frame(self, count: int | None, message: Message) -> bytes:
        shown = message() if callable(message) else message
        data = json.dumps(shown, separators=(",", ":"), default=str)
        numbered = "" if count is None else f"id: {self._run}-{count}\n"
        return f"{numbered}data: {data}\n\n".encode()


class Listener:
    """One page's queue, filled from any thread and emptied on the loop that made it."""

    def __init__(self, depth: int, name: str = "") -> None:
        self.name = name
        self._loop = asyncio.get_running_loop()
        self._queue: asyncio.Queue[bytes | None] = asyncio.Queue(depth)

    def tell(self, sent: bytes | None) -> None:
        """Queue a frame, or None to end; a loop that is gone has no page any more."""
        try:
            self._loop.call_soon_threadsafe(self._put, sent)
        except RuntimeError:
            return

    async def next(self, heartbeat: float) -> bytes | None:
        """The next frame, or a comment when there was none for `heartbeat` seconds; None at the end."""
        try:
            async with asyncio.timeout(heartbeat):
                return await self._queue.get()
        except TimeoutError:
            return b": still here\n\n"

    def _put(self, sent: bytes | None) -> None:
        if sent is None or self._queue.full():
            while not self._queue.empty():
                self._queue.get_nowait()
            sent = None
        self._queue.put_nowait(sent)
