"""The account's settings of plugins that hand audiences on, take data along, or watch the tag (tag.md 2.2, 2.4, 7)."""

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, WithJsonSchema

from understudy.server.tag.fields import (
    Address,
    CookieDomain,
    CookieName,
    GlobalName,
    GlobalPath,
    OptIn,
    Plugin,
    Polling,
    option,
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

    cookie: CookieName | None = option("Its name; __attag by default.")
    global_: GlobalName | None = option("AddThis's global variable; addthis by default.", alias="global")


class AddThis(Vendor):
    """AddThis."""

    audience_push: AddThisPush | None = option("Audiences in AddThis's cookie.")


class AdrollPush(OptIn):
    """Audiences for AdRoll's pixel."""

    global_: GlobalName | None = option("The pixel's global variable; __adroll by default.", alias="global")


class Adroll(Vendor):
    """AdRoll."""

    audience_push: AdrollPush | None = option("Audiences for AdRoll's pixel.")


class AmazonDsp(OptIn):
    """Amazon's pixel."""

    alpha2: CountryCode | None = option("The visitor's country; by default the browser language's.")
    language: str | None = option("The visitor's language; by default the browser's.")
    pixel_eu: Address | None = option("Pixel for the countries of euWhitelist.")
    pixel_rest: Address | None = option("Pixel for all others.")
    eu_whitelist: list[CountryCode] | None = option("Countries of the European pixel.")


class Amazon(Vendor):
    """Amazon."""

    dsp: AmazonDsp | None = option("Amazon's pixel.")


class Audit(Plugin):
    """Showing the tag's events."""

    topic: str | None = option("Which events to show: an exact name, ns.*, or *.", min_length=1)
    level: Literal["silent", "carp", "verbose"] | None = option("silent shows none, carp only complaints, verbose all.")


class ContentstackPoll(Vendor):
    """Loading the profile again after an event, until its audiences are new."""

    disabled: bool | None = option("false polls; without it, there is none.")
    initial_delay: Count | None = option("Milliseconds before the first try; doubled for each further.")
    max_attempts: Count | None = option("How often to try; 5 by default.")


class ContentstackCache(Vendor):
    """What was handed over last, kept for the session."""

    disabled: bool | None = option("true keeps nothing.")
    key: str | None = option("Key in the session storage.", min_length=1)


class ContentstackPart(OptIn):
    """What both of Contentstack's plugins have."""

    cookie: CookieName | None = option("Cookie with the visitor's id at Contentstack Personalize.")
    cookie_domain: CookieDomain | None = option("Domain of the cookies; by default as of the tag's own.")
    poll: ContentstackPoll | None = option("Loading the profile again after an event.")
    cache: ContentstackCache | None = option("Handing over only what has changed.")


class EntitySync(ContentstackPart):
    """Audiences and flows in cookies for Contentstack."""

    segments_cookie: CookieName | None = option("Cookie with the audiences.")
    flows_cookie: CookieName | None = option("Cookie with the steps of flows.")
    state_cookies_max_age: Count | None = option("Seconds that they last; 604800 by default.")


class EntityPush(ContentstackPart):
    """Audiences and flows sent to Contentstack Personalize."""

    base_url: Address | None = option("Address of the Personalize Edge API.")
    personalize_project_id: ProjectIds | None = option("Project, or list of projects, to send them to.")
    audience_attribute: str | None = option("Attribute for the audiences.", min_length=1)
    flow_attribute: str | None = option("Attribute for the steps of flows.", min_length=1)


class Contentstack(Vendor):
    """Contentstack Personalize."""

    entity_sync: EntitySync | None = option("Audiences and flows in cookies.")
    entity_push: EntityPush | None = option("Audiences and flows sent to the Edge API.")


class CustomGlobals(OptIn):
    """Global variables that are taken along with the page's data."""

    globals_: list[GlobalPath] | None = option("The variables.", alias="globals")
    payload_namespace: str | None = option("Prefix of their keys; lyticsDataLayer by default.", min_length=1)


class FacebookPush(OptIn):
    """Audiences for the Meta pixel."""

    event_name: str | None = option("Name of the event; Lytics Audiences by default.", min_length=1)
    global_: GlobalName | None = option("The pixel's global variable; fbq by default.", alias="global")


class FacebookAds(Vendor):
    """Facebook ads."""

    audience_push: FacebookPush | None = option("Audiences for the Meta pixel.")


class Facebook(Vendor):
    """Facebook."""

    ads: FacebookAds | None = option("Facebook ads.")


class AnalyticsProperty(Vendor):
    """A custom dimension of one tracker."""

    property: TrackerName | None = option("The tracker's name; without one the default tracker.")
    dimension: Dimension = Field(description="The dimension that gets the audiences: dimension1.")


class DimensionPush(OptIn):
    """Audiences as a custom dimension."""

    event_category: str | None = option("Category of the event; lytics by default.", min_length=1)


class GoogleAnalytics(Vendor):
    """Universal Analytics."""

    global_: GlobalName | None = option("Its global variable; ga by default.", alias="global")
    properties: list[AnalyticsProperty] | None = option("Which dimensions to set.")
    dimension_push: DimensionPush | None = option("Audiences as a custom dimension.")


class DfpPush(OptIn):
    """Audiences as Ad Manager's page targeting."""

    targeting: str | None = option("The targeting key; LyticsSegments by default.", min_length=1)


class GoogleDfp(Vendor):
    """Google Ad Manager."""

    global_: GlobalName | None = option("Its global variable; googletag by default.", alias="global")
    audience_push: DfpPush | None = option("Audiences as page targeting.")


class TagManager(Vendor):
    """Google Tag Manager."""

    global_: GlobalName | None = option("The data layer; dataLayer by default.", alias="global")
    segments_key: str | None = option("Key of the audiences in it.", min_length=1)
    data_layer_pull: OptIn | None = option("Takes the data layer along.")
    audience_push: OptIn | None = option("Pushes audiences to the data layer.")


class Google(Vendor):
    """Google's products."""

    analytics: GoogleAnalytics | None = option("Universal Analytics.")
    dfp: GoogleDfp | None = option("Google Ad Manager.")
    tag_manager: TagManager | None = option("Google Tag Manager.")


class IframeTransport(Plugin):
    """Posting to a hidden frame."""

    timeout: Count | None = option("Milliseconds to wait for an answer; 500 by default.")


class LioPolling(Vendor):
    """How long integrations wait for their global variables."""

    push: Polling | None = option("Those that get the profile.", alias="lio.push")
    pull: Polling | None = option("Those that give data.", alias="lio.pull")


class Lio(Plugin):
    """The framework of integrations; plugins that use it bring it along."""

    global_: GlobalName | None = option("The page's setup object; liosetup by default.", alias="global")
    perform_pull_and_send: bool | None = option("false sends no event with what was pulled first.")
    polling: LioPolling | None = option("How long integrations wait.")
