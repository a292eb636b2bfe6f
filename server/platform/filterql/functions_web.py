"""Built-in functions on e-mail and web addresses."""

from understudy.server.platform import addresses
from understudy.server.platform.filterql.context import UNKNOWN, Context
from understudy.server.platform.filterql.registry import function


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


@function("email", 1)
def email(_context: Context, value: object) -> object:
    """The address in a text such as `Ann <ann@example.com>`, in lower case."""
    return addresses.email(_text(value)) or UNKNOWN


@function("emailname", 1)
def emailname(_context: Context, value: object) -> object:
    """The name in a text such as `Ann <ann@example.com>`."""
    return addresses.email_name(_text(value)) or UNKNOWN


@function("emaildomain", 1)
def emaildomain(_context: Context, value: object) -> object:
    """The part of the e-mail address after the @."""
    return addresses.email(_text(value)).rpartition("@")[2] or UNKNOWN


@function("host", 1)
def host(_context: Context, value: object) -> object:
    """The host of a web address, with or without its protocol."""
    return addresses.host(_text(value)) or UNKNOWN


@function("domain", 1)
def domain(_context: Context, value: object) -> object:
    """The registrable domain of a web address: `example.co.uk` for `shop.example.co.uk`."""
    return addresses.domain(_text(value)) or UNKNOWN


@function("path", 1)
def path(_context: Context, value: object) -> object:
    """The path of a web address, `/` when it has none."""
    return addresses.path(_text(value)) or UNKNOWN
