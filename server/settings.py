"""understudy.toml: the account, its tag, what the browser may see, and where this server listens and stores."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import Field

from understudy.server.content.options import ContentOptions
from understudy.server.streams import StreamSettings
from understudy.server.tag.settings import TagSettings
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
    public_api: bool = Field(
        True, description="Whether browsers may ask for profiles and recommendations at all, as the account allows it."
    )
    timeout_ms: int = Field(
        0,
        ge=0,
        le=60_000,
        description="How long a browser's request waits for its profile; 0 is for as long as it takes.",
    )


class CollectionSettings(Strict):
    """What is taken in of the events that browsers send."""

    bots: bool = Field(True, description="Whether events of crawlers are kept; else they are acknowledged and dropped.")
    user_agent: bool = Field(False, description="Whether the whole User-Agent goes into the field `user_agent`.")


class ContentSettings(Strict):
    """Which pages are documents that may be recommended, and what is read of them."""

    custom_properties: list[str] = Field(
        [],
        description="Properties of <meta> that become columns of the table `content`, as `content_customprops` does.",
    )
    blocked_paths: list[str] = Field(
        [], description="Parts of paths; a page with one of them in its path is no document."
    )
    blocked_pages: list[str] = Field([], description="Paths of pages that are no documents, such as /thanks.html.")
    allowed_paths: list[str] = Field(
        [], description="Parts of paths; a page with none of them in its path is no document. Empty: any path."
    )
    allowed_domains: list[HostName] = Field(
        [], description="Domains whose pages are documents, each by its whole name. Empty: any but the blocked ones."
    )
    blocked_domains: list[HostName] = Field(
        [], description="Domains whose pages are no documents, each by its whole name; this machine is never blocked."
    )

    def options(self) -> ContentOptions:
        """The settings as the content goes by them."""
        return ContentOptions(
            tuple(self.custom_properties),
            tuple(filter(None, self.blocked_paths)),
            tuple(self.blocked_pages),
            tuple(filter(None, self.allowed_paths)),
            tuple(self.allowed_domains),
            tuple(self.blocked_domains),
        )


class LimitSettings(Strict):
    """The vendor's limits of requests; what is over them is answered 429. 0 is no limit."""

    recommend_per_second: int = Field(0, ge=0, description="Recommendations a second; the vendor's limit is 250.")
    recommend_per_minute: int = Field(0, ge=0, description="Recommendations a minute; the vendor's limit is 15000.")
    segment_size_seconds: int = Field(
        0, ge=0, description="Seconds from one count of an audience to the next; the vendor's are 10."
    )


class StoreSettings(Strict):
    """Where events and profiles are kept."""

    path: str = Field(".understudy/store.db", min_length=1, description="File, relative to the workspace.")
    synchronous: Literal["NORMAL", "FULL"] = Field(
        "NORMAL", description="SQLite's synchronous setting: FULL survives a power cut, NORMAL a crash."
    )


class WebhookSettings(Strict):
    """Where webhooks may go."""

    sink: bool = Field(False, description="Whether all that would be sent is only kept in memory.")
    hosts: list[HostName] = Field(
        [], description="Other machines that may be called over https. What is for any other is only kept in memory."
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
    webhooks: WebhookSettings = Field(WebhookSettings(), description="Where webhooks may go.")
    collection: CollectionSettings = Field(CollectionSettings(), description="What is taken in of browsers' events.")
    content: ContentSettings = Field(ContentSettings(), description="Which pages are documents.")
    limits: LimitSettings = Field(LimitSettings(), description="The vendor's limits of requests.")
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
        return Settings.model_validate({"account": (data or {}).get("account")})
    except ValueError:
        return Settings(account=FALLBACK_ACCOUNT)
