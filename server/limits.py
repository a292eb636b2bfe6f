"""The vendor's limits of requests, kept where `[limits]` of understudy.toml asks for it (platform.md 1.10, 3.6, 3.7).

Requests are counted by the second and the minute of the site's own clock, for each world alone. One that is refused is
not counted. The answer's `Retry-After` says in how many seconds the next is taken.
"""

from math import ceil

from starlette.responses import Response

from understudy.server.envelope import failure

SECOND, MINUTE = 1_000, 60_000


class Limits:
    """What one site has counted: by name and length of a span, the span it is in and the requests in that."""

    def __init__(self) -> None:
        self._counts: dict[tuple[str, int], tuple[int, int]] = {}

    def wait(self, name: str, now: float, *spans: tuple[int, int]) -> int:
        """Count a request, unless it is over one of the `spans` (milliseconds, requests in them; 0 for no limit).

        Answers the seconds to wait, 0 for a request that may go on.
        """
        held = [(length, most) for length, most in spans if most and length]
        for length, most in held:
            if self._in(name, length, now) >= most:
                return max(1, ceil((length - now % length) / 1000))
        for length, _most in held:
            self._counts[name, length] = int(now // length), self._in(name, length, now) + 1
        return 0

    def _in(self, name: str, length: int, now: float) -> int:
        span, count = self._counts.get((name, length), (0, 0))
        return count if span == int(now // length) else 0


class OverLimit(Exception):  # noqa: N818  (named for what it says of the request)
    """A request over a limit, which may come again in that many seconds."""

    def __init__(self, seconds: int, limit: str) -> None:
        super().__init__(limit)
        self.seconds = seconds
        self.limit = limit


def refused(seconds: int, limit: str, headers: dict[str, str] | None = None) -> Response:
    """The answer to a request over a limit."""
    message = f"Too many requests: {limit} are taken. Try again in {seconds} s, or change [limits] in understudy.toml."
    told = {"Retry-After": str(seconds), "Access-Control-Expose-Headers": "Retry-After"}
    return failure(429, message, headers={**(headers or {}), **told})
