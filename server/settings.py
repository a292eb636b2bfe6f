"""understudy.toml: the account, its tag, what the browser may see, and where this server listens and stores."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import Field

from understudy.server.streams import StreamSettings
from understudy.server.tag_settings import TagSettings
from understudy.widgets.fields import Strict, matching

FALLBACK_ACCOUNT = "understudy"

AccountId = Annotated[
    str,
    matching(
        r"[A-Za-z0-9_-]{1,64}",
        "not an account id",
        "use the vendor's 32 hex digits, or letters, digits, '-' and '_' of your own",
    ),
]
Stream = Annotated[str, matching(r"[\w-]{1,64}", "not a stream's name", "use letters, digits, '-' and '_'")]
HostName = Annotated[
    str,
    matching(
        r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?|\[?[0-9a-f:]+\]?",
        "not a host name",
        "write only the name, in lower case, without https:// and port: shop.example",
    ),
]


class ServerSettings(Strict):
    """Where the server listens, and under which names it answers."""

    host: str = Field("127.0.0.1", min_length=1, description="Address to listen on; other machines need 0.0.0.0.")
    port: int = Field(8765, ge=0, le=65535, description="Port to listen on; 0 takes a free one.")
    allowed_hosts: list[HostName] = Field([], description="Host names it answers to, besides this machine's own.")
    token: str = Field(
        "", description="Token that the API asks for; without one it answers to this machine's commands alone."
    )


class ProfileSettings(Strict):
    """What a browser may see of a profile."""

    public_fields: list[str] = Field(
        [], description="Profile fields that a browser may see, besides _uid and the public audiences."
    )


class StoreSettings(Strict):
    """Where events and profiles are kept."""

    path: str = Field(".understudy/store.db", min_length=1, description="File, relative to the workspace.")
    synchronous: Literal["NORMAL", "FULL"] = Field(
        "NORMAL", description="SQLite's synchronous setting: FULL survives a power cut, NORMAL a crash."
    )


class Settings(Strict):
    """A workspace's settings."""

    account: AccountId = Field(description="The account id (cid) in the URLs; the vendor's have 32 hex digits.")
    stream: Stream = Field("", description="Stream of events that name none; the vendor's is `default`.")
    domains: list[HostName] = Field(
        [], description="Sites that may read profiles across origins, with their sub-domains. Empty: local ones only."
    )
    server: ServerSettings = Field(ServerSettings(), description="Where the server listens.")
    tag: TagSettings = Field(TagSettings(), description="The account's settings of the tag.")
    profile: ProfileSettings = Field(ProfileSettings(), description="What a browser may see of a profile.")
    store: StoreSettings = Field(StoreSettings(), description="Where events and profiles are kept.")

    streams: dict[Stream, StreamSettings] = Field(
        {}, description="What events of a stream feed, besides the vendor's table of profile fields."
    )

    def tag_config(self) -> dict[str, Any]:
        """The configuration tree baked into the tag: the account, and everything that has a value (tag.md 2.4)."""
        stream = {"stream": self.stream} if self.stream else {}
        return {"cid": [self.account], **stream, **self.tag.model_dump(by_alias=True, exclude_none=True)}


def fallback_settings(data: Mapping[str, object] | None) -> Settings:
    """Settings to go on with while understudy.toml is broken: defaults, and its account id when that much is right."""
    try:
class WebhookSettings(Strict):
    """Where webhooks may go."""

    sink: bool = Field(False, description="Whether all that would be sent is only kept in memory.")
    hosts: list[HostName] = Field(
        [], description="Other machines that may be called over https. What is for any other is only kept in memory."
    )


        return Settings.model_validate({"account": (data or {}).get("account")})
    except ValueError:
        return Settings(account=FALLBACK_ACCOUNT)
    webhooks: WebhookSettings = Field(WebhookSettings(), description="Where webhooks may go.")
