"""The account's settings of plugins that hand audiences on, take data along, or watch the tag (tag.md 2.2, 2.4, 7)."""

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, WithJsonSchema

from understudy.server.tag_fields import (
    Address,
    CookieDomain,
    CookieName,
    GlobalName,
    GlobalPath,
    OptIn,
    Plugin,
    Polling,
)
from understudy.widgets.fields import Count, Vendor, matching

CountryCode = Annotated[
    str, matching(r"[A-Z]{2}", "not a country's code", "write its two capital letters: DE, or UK for Britain")
]
Dimension = Annotated[
    str, matching(r"dimension[1-9]\d{0,2}", "not a custom dimension", "write it with its number: dimension1")
]
TrackerName = Annotated[
    str,
    matching(
        r"(?!UA-)[\w-]*",
        "not a tracker's name",
        "write the name that the page gave it in ga('create', …), not the property's UA-…; none for the default one",
    ),
]
ProjectId = Annotated[
    str, matching(r"[\w-]+", "not a Personalize project's id", "copy it from the project's settings: 65a1f0…")
]


def _as_list(value: object) -> object:
    return [value] if isinstance(value, str) else value


ProjectIds = Annotated[
    list[ProjectId],
    BeforeValidator(_as_list),
    WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}),
]


class AddThisPush(OptIn):
    """Audiences in AddThis's cookie."""

    cookie: CookieName | None = Field(None, description="Its name; __attag by default.")
    global_: GlobalName | None = Field(
        None, alias="global", description="AddThis's global variable; addthis by default."
    )


class AddThis(Vendor):
    """AddThis."""

    audience_push: AddThisPush | None = Field(None, description="Audiences in AddThis's cookie.")


class AdrollPush(OptIn):
    """Audiences for AdRoll's pixel."""

    global_: GlobalName | None = Field(
        None, alias="global", description="The pixel's global variable; __adroll by default."
    )


class Adroll(Vendor):
    """AdRoll."""

    audience_push: AdrollPush | None = Field(None, description="Audiences for AdRoll's pixel.")


class AmazonDsp(OptIn):
    """Amazon's pixel."""

    alpha2: CountryCode | None = Field(None, description="The visitor's country; by default the browser language's.")
    language: str | None = Field(None, description="The visitor's language; by default the browser's.")
    pixel_eu: Address | None = Field(None, description="Pixel for the countries of euWhitelist.")
    pixel_rest: Address | None = Field(None, description="Pixel for all others.")
    eu_whitelist: list[CountryCode] | None = Field(None, description="Countries of the European pixel.")


class Amazon(Vendor):
    """Amazon."""

    dsp: AmazonDsp | None = Field(None, description="Amazon's pixel.")


class Audit(Plugin):
    """Showing the tag's events."""

    topic: str | None = Field(None, min_length=1, description="Which events to show: an exact name, ns.*, or *.")
    level: Literal["silent", "carp", "verbose"] | None = Field(
        None, description="silent shows none, carp only complaints, verbose all."
    )


class ContentstackPoll(Vendor):
    """Loading the profile again after an event, until its audiences are new."""

    disabled: bool | None = Field(None, description="false polls; without it, there is none.")
    initial_delay: Count | None = Field(
        None, description="Milliseconds before the first try; doubled for each further."
    )
    max_attempts: Count | None = Field(None, description="How often to try; 5 by default.")


class ContentstackCache(Vendor):
    """What was handed over last, kept for the session."""

    disabled: bool | None = Field(None, description="true keeps nothing.")
    key: str | None = Field(None, min_length=1, description="Key in the session storage.")


class ContentstackPart(OptIn):
    """What both of Contentstack's plugins have."""

    cookie: CookieName | None = Field(None, description="Cookie with the visitor's id at Contentstack Personalize.")
    cookie_domain: CookieDomain | None = Field(
        None, description="Domain of the cookies; by default as of the tag's own."
    )
    poll: ContentstackPoll | None = Field(None, description="Loading the profile again after an event.")
    cache: ContentstackCache | None = Field(None, description="Handing over only what has changed.")


class EntitySync(ContentstackPart):
    """Audiences and flows in cookies for Contentstack."""

    segments_cookie: CookieName | None = Field(None, description="Cookie with the audiences.")
    flows_cookie: CookieName | None = Field(None, description="Cookie with the steps of flows.")
    state_cookies_max_age: Count | None = Field(None, description="Seconds that they last; 604800 by default.")


class EntityPush(ContentstackPart):
    """Audiences and flows sent to Contentstack Personalize."""

    base_url: Address | None = Field(None, description="Address of the Personalize Edge API.")
    personalize_project_id: ProjectIds | None = Field(
        None, description="Project, or list of projects, to send them to."
    )
    audience_attribute: str | None = Field(None, min_length=1, description="Attribute for the audiences.")
    flow_attribute: str | None = Field(None, min_length=1, description="Attribute for the steps of flows.")


class Contentstack(Vendor):
    """Contentstack Personalize."""

    entity_sync: EntitySync | None = Field(None, description="Audiences and flows in cookies.")
    entity_push: EntityPush | None = Field(None, description="Audiences and flows sent to the Edge API.")


class CustomGlobals(OptIn):
    """Global variables that are taken along with the page's data."""

    globals_: list[GlobalPath] | None = Field(None, alias="globals", description="The variables.")
    payload_namespace: str | None = Field(
        None, min_length=1, description="Prefix of their keys; lyticsDataLayer by default."
    )


class FacebookPush(OptIn):
    """Audiences for the Meta pixel."""

    event_name: str | None = Field(None, min_length=1, description="Name of the event; Lytics Audiences by default.")
    global_: GlobalName | None = Field(None, alias="global", description="The pixel's global variable; fbq by default.")


class FacebookAds(Vendor):
    """Facebook ads."""

    audience_push: FacebookPush | None = Field(None, description="Audiences for the Meta pixel.")


class Facebook(Vendor):
    """Facebook."""

    ads: FacebookAds | None = Field(None, description="Facebook ads.")


class AnalyticsProperty(Vendor):
    """A custom dimension of one tracker."""

    property: TrackerName | None = Field(None, description="The tracker's name; without one the default tracker.")
    dimension: Dimension = Field(description="The dimension that gets the audiences: dimension1.")


class DimensionPush(OptIn):
    """Audiences as a custom dimension."""

    event_category: str | None = Field(None, min_length=1, description="Category of the event; lytics by default.")


class GoogleAnalytics(Vendor):
    """Universal Analytics."""

    global_: GlobalName | None = Field(None, alias="global", description="Its global variable; ga by default.")
    properties: list[AnalyticsProperty] | None = Field(None, description="Which dimensions to set.")
    dimension_push: DimensionPush | None = Field(None, description="Audiences as a custom dimension.")


class DfpPush(OptIn):
    """Audiences as Ad Manager's page targeting."""

    targeting: str | None = Field(None, min_length=1, description="The targeting key; LyticsSegments by default.")


class GoogleDfp(Vendor):
    """Google Ad Manager."""

    global_: GlobalName | None = Field(None, alias="global", description="Its global variable; googletag by default.")
    audience_push: DfpPush | None = Field(None, description="Audiences as page targeting.")


class TagManager(Vendor):
    """Google Tag Manager."""

    global_: GlobalName | None = Field(None, alias="global", description="The data layer; dataLayer by default.")
    segments_key: str | None = Field(None, min_length=1, description="Key of the audiences in it.")
    data_layer_pull: OptIn | None = Field(None, description="Takes the data layer along.")
    audience_push: OptIn | None = Field(None, description="Pushes audiences to the data layer.")


class Google(Vendor):
    """Google's products."""

    analytics: GoogleAnalytics | None = Field(None, description="Universal Analytics.")
    dfp: GoogleDfp | None = Field(None, description="Google Ad Manager.")
    tag_manager: TagManager | None = Field(None, description="Google Tag Manager.")


class IframeTransport(Plugin):
    """Posting to a hidden frame."""

    timeout: Count | None = Field(None, description="Milliseconds to wait for an answer; 500 by default.")


class LioPolling(Vendor):
    """How long integrations wait for their global variables."""

    push: Polling | None = Field(None, alias="lio.push", description="Those that get the profile.")
    pull: Polling | None = Field(None, alias="lio.pull", description="Those that give data.")


class Lio(Plugin):
    """The framework of integrations; plugins that use it bring it along."""

    global_: GlobalName | None = Field(
        None, alias="global", description="The page's setup object; liosetup by default."
    )
    perform_pull_and_send: bool | None = Field(None, description="false sends no event with what was pulled first.")
    polling: LioPolling | None = Field(None, description="How long integrations wait.")
