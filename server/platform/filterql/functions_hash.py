"""Built-in functions that write a value otherwise: hashes, base64, JSON, an id (platform.md 3.6)."""

import base64
import binascii
import hashlib
import json
import uuid
from functools import lru_cache
from typing import Any

import jmespath
from jmespath.exceptions import JMESPathError

from understudy.server.platform.filterql import values
from understudy.server.platform.filterql.context import UNKNOWN, Context
from understudy.server.platform.filterql.registry import function

LONGEST = 10_000  # characters of a JMESPath expression or its JSON


def _digest(name: str, value: object) -> object:
    text = values.to_text(value)
    return UNKNOWN if text is None else hashlib.new(name, text.encode("utf-8", "replace")).hexdigest()


@function("hash.md5", 1)
def md5(_context: Context, value: object) -> object:
    """The MD5 of the value's text, in hex."""
    return _digest("md5", value)


@function("hash.sha1", 1)
def sha1(_context: Context, value: object) -> object:
    """The SHA-1 of the value's text, in hex."""
    return _digest("sha1", value)


@function("hash.sha256", 1)
def sha256(_context: Context, value: object) -> object:
    """The SHA-256 of the value's text, in hex."""
    return _digest("sha256", value)


@function("hash.sha512", 1)
def sha512(_context: Context, value: object) -> object:
    """The SHA-512 of the value's text, in hex."""
    return _digest("sha512", value)


@function("hash.sip", 1)
def sip(_context: Context, value: object) -> object:
    """A 64-bit hash of the value's text as a number; the same in every run, but not the vendor's, which has a key."""
    text = values.to_text(value)
    if text is None:
        return UNKNOWN
    digest = hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


@function("encoding.b64encode", 1)
def b64encode(_context: Context, value: object) -> object:
    """The value's text in base64."""
    text = values.to_text(value)
    return UNKNOWN if text is None else base64.b64encode(text.encode("utf-8", "replace")).decode("ascii")


@function("encoding.b64decode", 1)
def b64decode(_context: Context, value: object) -> object:
    """The text that is written in base64."""
    if not isinstance(value, str):
        return UNKNOWN
    try:
        return base64.b64decode(value, validate=True).decode("utf-8")
    except (binascii.Error, ValueError):
        return UNKNOWN


@function("json.jmespath", 2)
def json_jmespath(_context: Context, value: object, expression: object) -> object:
    """What a JMESPath expression finds in a JSON text, a list or a map."""
    if not isinstance(expression, str) or len(expression) > LONGEST:
        return UNKNOWN
    try:
        data = json.loads(value) if isinstance(value, str) and len(value) <= LONGEST else value
        found = _compiled(expression).search(data)
    except (JMESPathError, ValueError, TypeError, RecursionError):
        return UNKNOWN
    return UNKNOWN if found is None else found


@lru_cache(maxsize=256)
def _compiled(expression: str) -> Any:
    return jmespath.compile(expression)


@function("uuid", 0, moving=True)
def make_uuid(context: Context) -> object:
    """An id; of one moment always the same, so that a decision can be repeated."""
    return str(uuid.uuid5(uuid.NAMESPACE_OID, context.now.isoformat()))
