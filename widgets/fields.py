"""Building blocks of the models: a strict base, and types of fields that say in plain words what they want."""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Annotated, Any, ClassVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema
from pydantic.alias_generators import to_camel
from pydantic_core import PydanticCustomError

from understudy.widgets.syntax import selector_fault


class Strict(BaseModel):
    """A model that takes no unknown keys and guesses no types.

    `elsewhere` names keys that the vendor has and Understudy does not take here, with the reason to give.
    """

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, allow_inf_nan=False)
    elsewhere: ClassVar[Mapping[str, str]] = {}


class Vendor(Strict):
    """A strict model whose keys are written in the vendor's camelCase."""

    model_config = ConfigDict(alias_generator=to_camel)


ID_PATTERN = r"[A-Za-z0-9_][\w.-]{0,127}"


def refuse(message: str, hint: str = "", **position: Any) -> PydanticCustomError:
    """An error in our own words.

    `position` may give `line` and `column` (from 1) inside the text, and `file` when the text came from another one.
    """
    # Braces in the texts must not be read as placeholders, so they travel in the context.
    return PydanticCustomError("understudy", "{message}", {"message": message, "hint": hint, **position})


def checked(fault: Callable[[str], str], hint: str) -> AfterValidator:
    """A validator from a function that answers what is wrong with a text, or an empty string.

    An empty text passes: the vendor's configurations carry it for "not set".
    """

    def check(text: str) -> str:
        if text and (wrong := fault(text)):
            raise refuse(f"{wrong}, in {text!r}", hint)
        return text

    return AfterValidator(check)


def matching(pattern: str, message: str, hint: str) -> AfterValidator:
    """A validator that wants the whole text to match a pattern."""
    compiled = re.compile(pattern)
    return checked(lambda text: "" if compiled.fullmatch(text) else message, hint)


def parse_instant(text: str) -> datetime | None:
    """A moment in ISO 8601, taken as UTC when no zone is given (a date is its midnight); None when it is not one.

    `Date.parse` reads a date as UTC but a time without a zone as local (widgets.md 3.6); one rule is easier to keep.
    """
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _instant_fault(text: str) -> str:
    return "" if parse_instant(text) else "not a date"


def _script_url(text: str) -> str:
    return "a URL that runs a script" if re.match(r"\s*(javascript|vbscript|data:text)", text, re.IGNORECASE) else ""


def _plain_number(number: float) -> float:
    # 3 was read as 3.0; it goes to the browser as it was written.
    return int(number) if number.is_integer() else number


def _as_list(value: Any) -> Any:
    return list(value.values()) if isinstance(value, dict) and all(isinstance(key, str) for key in value) else value


Slug = Annotated[
    str, matching(r"\*|[\w.-]{1,128}", "not an audience's slug", "use letters, digits, '_', '-', or '*' for everyone")
]
WidgetId = Annotated[
    str,
    matching(ID_PATTERN, "not a widget id", "use letters, digits, '-' and '_', up to 128 of them"),
]
Instant = Annotated[
    str,
    checked(_instant_fault, "write it as 2026-12-31 or 2026-12-31T23:59:59Z"),
    WithJsonSchema({"type": "string", "pattern": r"^\d{4}-\d\d-\d\d([T ].+)?$"}),
]
Seconds = Annotated[float, Field(ge=0), AfterValidator(_plain_number)]
Count = Annotated[int, Field(ge=0)]
Selector = Annotated[str, checked(selector_fault, "write a CSS selector such as '#offers .first'")]
LinkUrl = Annotated[str, checked(_script_url, "give the address of a page")]
ImageUrl = Annotated[str, checked(_script_url, "give the address of an image")]
AsList = BeforeValidator(_as_list)
