"""`[tag]` of understudy.toml: the account's settings that are baked into its tag (tag.md 2).

Keys are the vendor's own, so that what works in `jstag.config` can be moved here as it is. Defaults other than None are
baked in whether or not the file names them: they are what a live account has (tag.md 2.2). Options that are functions
(`collect.serializer`, `getid.uuid`) cannot stand in a file; a page gives them to `jstag.init`.
"""

from typing import Literal

from pydantic import Field

from understudy.server.tag.fields import Address, CookieName, Integrity, OptIn, Plugin, Polling, Switch, UrlPath, option
from understudy.server.tag.plugin_settings import (
    AddThis,
    Adroll,
    Amazon,
    Audit,
    Contentstack,
    CustomGlobals,
    Facebook,
    Google,
    IframeTransport,
    Lio,
)
from understudy.widgets.fields import Count, Vendor


class CookiePull(Vendor):
    """Cookies that are collected with the page's data."""

    disabled: bool | None = option("true collects none.")
    custom_cookie_keys: list[CookieName] | None = option("Names of the cookies to collect.")


class Poll(Polling):
    """Waiting, where a plugin says nothing else."""

    disabled: bool | None = option("true leaves `plugin.poll` out of the tag.")


class Cookies(Plugin):
    """The tag's cookies."""

    domain: str | None = option("Domain to set them on; by default the page's host.")
    data_layer_pull: CookiePull | None = option("Cookies to collect.")


class GetId(Plugin):
    """The visitor's id."""

    use_simple_uid: bool | None = option("Make short, weak ids.")


class Send(Plugin):
    """Sending events."""

    page_view_on_first: bool | None = option("Mark the first event of a page load as a page view.")


class Collect(Plugin):
    """The transport of events."""


class PageAnalysis(Plugin):
    """What is found out about a page."""

    disabled: bool | None = Field(False, description="true leaves the plugin out of the tag.")
    perform_page_analysis: bool | None = option("Analyse the page when the tag starts.")
    data_layer_pull: Switch | None = option("Whether the page's data rides on the first send.")


class Consent(Vendor):
    """What the tag waits for before it does anything."""

    required: bool | None = option("true keeps the tag still until jstag.consent(true).")
    gpc: bool | None = option("false leaves Global Privacy Control to the page.")
    dnt: bool | None = option("false leaves Do Not Track to the page.")


class Entity(Plugin):
    """The visitor's profile in the page."""

    preload: bool = Field(True, description="Load the profile when the tag starts.")
    format: Literal["default", "legacy"] | None = option("Shape of the profile.")
    endpoint: str | None = option("Address to load it from.")
    table: str | None = option("Table it is in; `user` by default.")
    by_field_key: str | None = option("Field to find it by; `_uid` by default.")
    by_field_value: str | None = option("Value of that field; by default the visitor's id.")
    timeout: Count | None = option("Milliseconds to wait for the profile; 5000 by default.")


class Segments(Plugin):
    """The visitor's audiences, remembered between pages."""

    storage_key: str | None = option("Key in the browser's storage.")
    default_segments: list[str] | None = option("Audiences of a visitor whose profile is not known.")


class Asset(Vendor):
    """A file that the tag loads."""

    disabled: bool = Field(False, description="true leaves loading it to the page.")
    src: str | None = option("Its address.")
    integrity: Integrity | None = option("Hash of the only file that may be used.")


class Sheet(Vendor):
    """The stylesheet that the SDK adds."""

    src: str | None = option("Its address; by default it is beside the SDK.")
    integrity: Integrity | None = option("Hash of the only file that may be used.")


class Sdk(Asset):
    """The widget SDK's script."""

    css: Sheet | None = option("Its own stylesheet.")

    lazy: bool | None = option("Load it only when there is an experience.")


class Install(Plugin):
    """Loads the widget SDK and its stylesheet."""

    disabled: bool = Field(False, description="true leaves the plugin out of the tag.")
    sdk: Sdk = Field(Sdk(), description="The script.")
    css: Asset = Field(Asset(), description="The stylesheet.")


class Publish(Plugin):
    """Loads the published experiences and hands them to the SDK."""

    disabled: bool = Field(False, description="true leaves the plugin out of the tag.")
    src: str | None = option("Address of the candidate script; {url} and {cid} are filled in.")
    integrity: Integrity | None = option("Hash of the only candidate script that may run.")
    priority: Literal["ordered", "unordered"] | None = option("ordered shows only the first experience that is due.")
    url_fragment_whitelist: list[str] | None = option("Parts of addresses that use experiences.")
    listen_for_profile_change: bool | None = option("On a changed profile, renew only the widgets that depend on it.")
    polling: Polling | None = option("How long to wait for the SDK.")


class PreviewKind(Vendor):
    """One kind of preview."""

    preview_key: str | None = option("Query parameter with the id of what to preview.", min_length=1)
    id: str | None = option("What to preview where the query says nothing.")
    src: Address | None = option("Address of its script; {url}, {cid} and {id} are filled in.")


class Preview(OptIn):
    """Shows what is not published yet, to who has the link."""

    format: str | None = option("Kept for readers.")
    polling: Polling | None = option("How long to wait for the SDK.")
    variation: PreviewKind | None = option("Variations of legacy campaigns.")
    experience: PreviewKind | None = option("Experiences.")


class Pathfora(Vendor):
    """The widgets' plugins."""

    install: Install = Field(Install(), description="Loading the SDK.")
    publish: Publish = Field(Publish(), description="Showing the experiences.")
    preview: Preview | None = option("Showing what is not published yet.")


class TagSettings(Vendor):
    """The tag's configuration, as far as an account sets it."""

    blocked: bool = Field(False, description="Hold events back until the profile is loaded.")
    loadid: bool | None = option("Fetch a third-party id first.")
    url: str | None = option("Base of all requests; by default the tag's own origin.")
    delay: Count | None = option("Milliseconds after which a send is taken as done.")
    path: UrlPath | None = option("Collection path; /c/ by default.")
    idpath: UrlPath | None = option("Path of the id request; /cid/ by default.")
    cookie: CookieName | None = option("Cookie with the visitor's id; seerid by default.")
    sesname: CookieName | None = option("Session cookie; seerses by default.")
    sessecs: Count | None = option("Seconds that a session lasts; 1800 by default.")
    qsargs: list[str] | None = option("Query parameters to collect, besides utm_*.")
    tagid: str | None = option("Id of the tag's script element.")
    by_field_key: str | None = option("Field that identifies a visitor; _uid by default.")
    poll: Poll | None = option("Waiting, where a plugin says nothing else.")
    consent: Consent | None = option("Waiting for the visitor's consent.")
    cookies: Cookies | None = option("The tag's cookies.")
    getid: GetId | None = option("The visitor's id.")
    send: Send | None = option("Sending events.")
    collect: Collect | None = option("The transport of events.")
    page_analysis: PageAnalysis = Field(PageAnalysis(), description="What is found out about a page.")
    entity: Entity = Field(Entity(), description="The visitor's profile in the page.")
    segments: Segments | None = option("The visitor's audiences.")
    pathfora: Pathfora = Field(Pathfora(), description="The widgets' plugins.")
    add_this: AddThis | None = option("AddThis.")
    adroll: Adroll | None = option("AdRoll.")
    amazon: Amazon | None = option("Amazon.")
    audit: Audit | None = option("Showing the tag's events.")
    contentstack: Contentstack | None = option("Contentstack Personalize.")
    custom_globals: CustomGlobals | None = option("Global variables to take along.")
    facebook: Facebook | None = option("Facebook.")
    google: Google | None = option("Google's products.")
    iframe_transport: IframeTransport | None = option("Posting to a hidden frame.")
    jsonp: Plugin | None = option("Scripts as a transport.")
    legacy_liosetup_callback: Plugin | None = option("Calling window.liosetup.callback.")
    lio: Lio | None = option("The framework of integrations.")
    lx: OptIn | None = option("Events by HTML attributes.")
    pixel: Plugin | None = option("Images for other servers.")
    recommend: Plugin | None = option("jstag.recommend().")
    spa: OptIn | None = option("Page views on route changes of single-page sites.")
