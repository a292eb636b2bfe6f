"""Built-in functions on e-mail and web addresses."""

from urllib.parse import parse_qsl, unquote_plus, urlencode

from understudy.server.platform import addresses
from understudy.server.platform.filterql import values
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


@function("url", 1)
def url(_context: Context, value: object) -> object:
    """A web address as it is, and nothing of a text that has no host."""
    text = _text(value).strip()
    return text if addresses.host(text) else UNKNOWN


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


@function("hosts", 1, None, total=True)
def hosts(_context: Context, *given: object) -> object:
    """The hosts of all web addresses among the values and in the lists among them."""
    return list(dict.fromkeys(name for text in _texts(given) if (name := addresses.host(text)))) or UNKNOWN


@function("domains", 1, None, total=True)
def domains(_context: Context, *given: object) -> object:
    """The registrable domains of all web addresses among the values and in the lists among them."""
    return list(dict.fromkeys(name for text in _texts(given) if (name := addresses.domain(text)))) or UNKNOWN


@function("urlmain", 1)
def urlmain(_context: Context, value: object) -> object:
    """Host and path of a web address, without protocol, query and fragment."""
    return addresses.page(_text(value)) or UNKNOWN


@function("urlminusqs", 1, 2)
def urlminusqs(_context: Context, value: object, key: object = None) -> object:
    """The web address without one of its query's keys, or without its query."""
    before, pairs, after = _query(_text(value))
    return before + _written([pair for pair in pairs if key is not None and pair[0] != key]) + after or UNKNOWN


@function("url.matchqs", 2, None)
def matchqs(context: Context, value: object, *patterns: object) -> object:
    """Host and path of a web address, with only the query's keys that match a pattern (`*` as in LIKE)."""
    kept = [
        pair
        for pair in _query(_text(value))[1]
        if any(values.like(pair[0], pattern, context) is True for pattern in patterns)
    ]
    return addresses.page(_text(value)) + _written(kept) or UNKNOWN


@function("urldecode", 1)
def urldecode(_context: Context, value: object) -> object:
    """The text with its percent signs read."""
    return unquote_plus(value) if isinstance(value, str) else UNKNOWN


@function("qs", 2)
def qs(_context: Context, value: object, key: object) -> object:
    """The value of a key in a web address's query, the whole address read in lower case."""
    return _first(_text(value).lower(), _text(key).lower())


@function("qs2", 2)
def qs2(_context: Context, value: object, key: object) -> object:
    """The value of a key in a web address's query, as it is written."""
    return _first(_text(value), _text(key))


def _first(url: str, key: str) -> object:
    return next((item for name, item in _query(url)[1] if name == key), UNKNOWN)


def _query(url: str) -> tuple[str, list[tuple[str, str]], str]:
    """What stands before the query, the query's pairs, and the fragment with its mark."""
    body, mark, fragment = url.partition("#")
    before, _, query = body.partition("?")
    return before, parse_qsl(query, keep_blank_values=True), mark + fragment


def _written(pairs: list[tuple[str, str]]) -> str:
    return "?" + urlencode(pairs) if pairs else ""


def _texts(given: tuple[object, ...]) -> list[str]:
    return [text for value in given for text in values.elements(value) if isinstance(text, str)]
