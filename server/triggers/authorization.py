"""What a request proves itself with: headers, parameters, and OAuth2 client credentials (platform.md 4.1).

A value is written as `${NAME}` and taken from the environment when a request is made, so that no secret stands in a
file; what was taken is replaced by asterisks wherever a request is shown.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Annotated
from urllib.parse import parse_qsl

from pydantic import AfterValidator, Field

from understudy.server.triggers.addresses import MEMORY, fault_of
from understudy.widgets.fields import Strict, checked, refuse

TOKEN = "{token}"
HIDDEN = "***"
_VARIABLE = re.compile(r"\$\{(\w+)\}", re.ASCII)
_HEADER_NAME = re.compile(r"[!#$%&'*+.^`|~\w-]+", re.ASCII)
_HEADER_VALUE = re.compile(r"[\x20-\x7e\t]*")
_OURS = frozenset({"host", "content-length", "transfer-encoding", "connection"})


class MissingSecret(Exception):  # noqa: N818  (named for what it says)
    """A variable of the environment that is not there."""


def header_lines(text: str) -> Iterator[tuple[str, str]]:
    """The headers in `key: value` lines."""
    for line in text.splitlines():
        if line.strip():
            name, _, value = line.partition(":")
            yield name.strip(), value.strip()


def header_fault(name: str, value: str) -> str:
    """What is wrong with a header that a request is to have; empty for nothing."""
    if not _HEADER_NAME.fullmatch(name) or not _HEADER_VALUE.fullmatch(value):
        return f"{name[:80]!r} is no header, or its value cannot be sent"
    return f"the header {name!r} is made by whoever sends the request" if name.lower() in _OURS else ""


def _headers_fault(text: str) -> str:
    for name, value in header_lines(text):
        if fault := header_fault(name, value):
            return fault
    return ""


def _token_url(text: str) -> str:
    if fault := "it must be called" if text.startswith(MEMORY) else fault_of(text):
        raise refuse(f"{fault}, in {text!r}", "write an https address, or an http one on this machine")
    return text


Headers = Annotated[str, checked(_headers_fault, "write one header a line, such as `X-Api-Key: ${SHOP_KEY}`")]


class ClientCredentials(Strict):
    """OAuth2 client credentials: a token is fetched with them, and kept until it ends."""

    token_url: Annotated[str, AfterValidator(_token_url)] = Field(description="Where tokens are given out.")
    client_id: str = Field(min_length=1, description="Who asks.")
    client_secret: str = Field(min_length=1, description="What they prove it with: ${NAME} of the environment.")
    scope: str = Field("", description="What the token is for.")


class Authorization(Strict):
    """What a job's requests prove themselves with. `${NAME}` is taken from the environment."""

    webhook_request_headers: Headers = Field("", description="`key: value` lines.")
    webhook_request_params: str = Field("", description="Parameters of the address, such as `key=${SHOP_KEY}`.")
    oauth2: ClientCredentials | None = Field(
        None,
        description="Adds `Authorization: Bearer <token>`, unless `{token}` stands in the headers or parameters.",
    )


class Secrets:
    """An authorisation with its variables filled in. With `lenient`, for what is not sent, one may be missing."""

    def __init__(self, authorization: Authorization, environment: Mapping[str, str]) -> None:
        self._environment = environment
        self._values: set[str] = set()
        self._authorization = authorization
        self.token = ""
        self.lenient = False

    def filled(self, text: str) -> str:
        """A text with the values of its variables; raises `MissingSecret`."""

        def value(found: re.Match[str]) -> str:
            if found[1] not in self._environment:
                if self.lenient:
                    return ""
                raise MissingSecret(f"the environment has no variable {found[1]!r}; set it before you start the server")
            secret = self._environment[found[1]]
            self._values.add(secret)
            return secret

        return _VARIABLE.sub(value, text)

    def use_token(self, token: str) -> None:
        """Send this token from now on."""
        self.token = token
        self._values.add(token)

    def headers(self) -> dict[str, str]:
        """The headers to send."""
        stated = self._authorization
        found = {name: self._whole(value) for name, value in header_lines(stated.webhook_request_headers)}
        placed = TOKEN in stated.webhook_request_headers or TOKEN in stated.webhook_request_params
        if self.token and not placed and "authorization" not in {name.lower() for name in found}:
            found["Authorization"] = f"Bearer {self.token}"
        return found

    def parameters(self) -> list[tuple[str, str]]:
        """The parameters to add to the address."""
        return [
            (name, self._whole(value)) for name, value in parse_qsl(self._authorization.webhook_request_params, True)
        ]

    def config(self) -> dict[str, str]:
        """What templates know of it."""
        stated = self._authorization
        return {
            "webhook_request_headers": self._whole(stated.webhook_request_headers),
            "webhook_request_params": self._whole(stated.webhook_request_params),
        }

    def hide(self, text: str) -> str:
        """A text without the secrets."""
        for secret in sorted(filter(None, self._values), key=len, reverse=True):
            text = text.replace(secret, HIDDEN)
        return text

    def _whole(self, text: str) -> str:
        return self.filled(text).replace(TOKEN, self.token)
