"""Building blocks of the tag's settings: what names and addresses look like, and what every plugin has."""

from typing import Annotated, Any

from pydantic import Field

from understudy.widgets.fields import Count, Vendor, matching

CookieName = Annotated[str, matching(r"[\w!#$%&'*+.^`|~-]+", "not a cookie's name", "use letters, digits, '_' and '-'")]
CookieDomain = Annotated[
    str,
    matching(
        r"\.?[a-z0-9-]+(\.[a-z0-9-]+)+",
        "not a cookie's domain",
        "write the name alone, in lower case, without https:// and port: shop.example",
    ),
]
Integrity = Annotated[
    str,
    matching(
        r"sha(256|384|512)-[A-Za-z0-9+/]{43,86}={0,2}",
        "not an integrity value",
        "write the hash's name and its base64 text, as the file's manifest has it: sha384-…",
    ),
]
UrlPath = Annotated[str, matching(r"/[\w./-]*", "not a path", "begin it with a slash: /c/")]
Address = Annotated[
    str,
    matching(
        r"(https?:)?//[^\s/]+\S*|/\S*|\{url\}\S*",
        "not a web address",
        "begin it with https://, with a slash, or with {url} for the tag's own server",
    ),
]
GlobalName = Annotated[
    str, matching(r"[A-Za-z_$][\w$]*", "not a global variable's name", "write it as it is on `window`: dataLayer")
]
GlobalPath = Annotated[
    str,
    matching(
        r"[A-Za-z_$][\w$]*(\.[\w$]+)*",
        "not a global variable",
        "write it as it is on `window`: digitalData, or digitalData.user for a part of it",
    ),
]


def option(description: str, **rules: Any) -> Any:
    """A key that may be left out: the tag's own default counts then, and nothing is baked in."""
    return Field(None, description=description, **rules)


class Plugin(Vendor):
    """What every plugin has: a disabled one is left out of the tag."""

    disabled: bool | None = option("true leaves the plugin out of the tag.")


class OptIn(Vendor):
    """A plugin that is left out of the tag until the account takes it in; options alone would do nothing unseen."""

    disabled: bool = Field(description="false takes the plugin into the tag, true leaves it out, as without its table.")


class Switch(Vendor):
    """Something that can be switched off."""

    disabled: bool = Field(description="true switches it off.")


class Polling(Vendor):
    """How long to wait for something."""

    retries: Count | None = option("How often to look again.")
    interval: Count | None = option("Milliseconds between two looks.")
