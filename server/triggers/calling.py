"""Calling an address, and fetching tokens for it: the one module that reaches beyond this process."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from understudy.server.bodies import json_in
from understudy.server.triggers.authorization import ClientCredentials, Secrets

if TYPE_CHECKING:
    import httpx2

TIMEOUT_S = 30.0
LONGEST_ANSWER = 1_000_000  # bytes that are read of an answer
EARLY_S = 30.0  # a token is fetched anew this long before it ends
USUAL_LIFE_S = 3600.0
_HERE = ("all://localhost", "all://*.localhost", "all://127.0.0.1", "all://[::1]")


@dataclass(frozen=True)
class Answer:
    """What came back: a status, or the reason why there was none."""

    status: int | None
    text: str = ""
    retry_after: str = ""
    error: str = ""


class Caller:
    """Makes a job's calls, over one pool of connections. `transport` replaces the network, in tests."""

    def __init__(self, transport: "httpx2.AsyncBaseTransport | None" = None) -> None:
        self._transport = transport
        self._client: httpx2.AsyncClient | None = None
        self._token_until = 0.0

    async def call(self, method: str, url: str, headers: Mapping[str, str], body: str | None) -> Answer:
        """Make a call, without following where it is sent on to."""
        import httpx2

        content = None if body is None else body.encode("utf-8", "replace")
        try:
            async with self._opened().stream(method, url, headers=dict(headers), content=content) as answer:
                text = await _text_of(answer)
                return Answer(answer.status_code, text, answer.headers.get("retry-after", ""))
        except (httpx2.HTTPError, httpx2.InvalidURL, OSError, ValueError) as error:
            return Answer(None, error=f"{type(error).__name__}: {error}".removesuffix(": "))

    async def authorize(self, credentials: ClientCredentials, secrets: Secrets, time: float) -> str:
        """See that there is a token, at a time in seconds; answers what is in the way, which is mostly nothing."""
        if secrets.token and time < self._token_until:
            return ""
        import httpx2

        form = {"grant_type": "client_credentials", **({"scope": credentials.scope} if credentials.scope else {})}
        auth = (secrets.filled(credentials.client_id), secrets.filled(credentials.client_secret))
        try:
            async with self._opened().stream("POST", credentials.token_url, data=form, auth=auth) as answer:
                text = await _text_of(answer)
            found: Any = json_in(text) if answer.status_code == httpx2.codes.OK else {}
        except (httpx2.HTTPError, httpx2.InvalidURL, OSError, ValueError) as error:
            return f"no token from {credentials.token_url}: {type(error).__name__}: {error}"
        token = found.get("access_token") if isinstance(found, dict) else None
        if not isinstance(token, str) or not token:
            return f"no token from {credentials.token_url}: it answered {answer.status_code} without an access_token"
        secrets.use_token(token)
        life = found.get("expires_in")
        self._token_until = time + (float(life) if isinstance(life, int | float) else USUAL_LIFE_S) - EARLY_S
        return ""

    def drop_token(self) -> None:
        """Fetch a token anew before the next call: this one was refused."""
        self._token_until = 0.0

    async def close(self) -> None:
        """Close the connections."""
        if self._client is not None:
            await self._client.aclose()
            self._client = None

    def _opened(self) -> "httpx2.AsyncClient":
        import httpx2

        if self._client is None:
            # What is for this machine goes through no proxy that the environment names.
            mounts: dict[str, httpx2.AsyncBaseTransport | None] = dict.fromkeys(_HERE)
            self._client = httpx2.AsyncClient(
                transport=self._transport, mounts=mounts, timeout=TIMEOUT_S, follow_redirects=False
            )
        return self._client


async def _text_of(answer: "httpx2.Response") -> str:
    kept = bytearray()
    async for chunk in answer.aiter_bytes():
        kept += chunk
        if len(kept) > LONGEST_ANSWER:
            break
    return bytes(kept[:LONGEST_ANSWER]).decode("utf-8", "replace")
