"""The models' errors in plain words: what a value must be, and a hint at what was probably meant."""

from collections.abc import Callable, Mapping
from typing import Any

from understudy.widgets.problems import did_you_mean, one_of

_MAPPING = "must be a mapping of `key: value`"
_PLAIN: dict[str, str] = {
    "string_type": "must be text",
    "bool_type": "must be true or false",
    "int_type": "must be a whole number",
    "int_from_float": "must be a whole number",
    "float_type": "must be a number",
    "finite_number": "must be a finite number",
    "list_type": "must be a list",
    "dict_type": _MAPPING,
    "model_type": _MAPPING,
    "model_attributes_type": _MAPPING,
    "string_too_short": "must not be empty",
}
_WITH_CONTEXT: dict[str, Callable[[Mapping[str, Any]], str]] = {
    "greater_than": lambda context: f"must be more than {context['gt']:g}",
    "greater_than_equal": lambda context: f"must be {context['ge']:g} or more",
    "less_than_equal": lambda context: f"must be {context['le']:g} or less",
    "literal_error": lambda context: f"must be {one_of(_choices(context))}",
}


def demand(kind: str, context: Mapping[str, Any], fallback: str) -> str:
    """What a value must be, for an error of the models; `fallback` is their own sentence."""
    if kind in _WITH_CONTEXT:
        return _WITH_CONTEXT[kind](context)
    return _PLAIN.get(kind) or f"is not right: {fallback[:1].lower()}{fallback[1:]}"


def hint_for(kind: str, context: Mapping[str, Any], value: object) -> str:
    """What to change, where the value seen tells it."""
    if kind == "string_type" and isinstance(value, bool | int | float):
        return "put quotes around it"
    if kind == "bool_type" and isinstance(value, str):
        return f"write {'true' if value.casefold() in {'yes', 'on', 'true', 'y', '1'} else 'false'}, without quotes"
    if kind in {"int_type", "float_type"} and isinstance(value, str) and value.strip().isdigit():
        return "remove the quotes"
    if kind == "literal_error" and isinstance(value, str):
        near = did_you_mean(value, _choices(context))
        return near if "mean" in near else ""
    return ""


def _choices(context: Mapping[str, Any]) -> list[str]:
    names = str(context["expected"]).replace(" or ", ", ").split(", ")
    return list(dict.fromkeys(name.strip("'") for name in names))
