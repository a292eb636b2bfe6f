"""Plain scalars of YAML 1.2's core schema. Dates stay text: what they mean is for the reader of the field to say."""

import math
import re

INTEGER = re.compile(r"[-+]?[0-9]+")
BASED = re.compile(r"0o[0-7]+|0x[0-9a-fA-F]+")
FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
CONSTANTS: dict[str, bool | None] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
NOT_NUMBERS = re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")
LONGEST_NUMBER = 300


class NumberError(ValueError):
    """A number that JSON cannot carry: infinite, not a number, or hundreds of digits long."""


def resolve_plain(text: str) -> str | int | float | bool | None:
    """The value of an unquoted scalar; raises `NumberError`."""
    if text in CONSTANTS:
        return CONSTANTS[text]
    if NOT_NUMBERS.fullmatch(text):
        raise NumberError(text)
    if INTEGER.fullmatch(text):
        return int(_bounded(text))
    if BASED.fullmatch(text):
        return int(_bounded(text), 0)
    if FLOAT.fullmatch(text):
        return _finite(float(text), text)
    return text


def _bounded(text: str) -> str:
    if len(text) > LONGEST_NUMBER:
        raise NumberError(text[:20] + "…")
    return text


def _finite(number: float, text: str) -> float:
    if not math.isfinite(number):
        raise NumberError(text)
    return number
