"""Built-in functions that take texts apart and put them together (platform.md 3.6)."""

from understudy.server.platform.filterql import values
from understudy.server.platform.filterql.context import UNKNOWN, Context
from understudy.server.platform.filterql.registry import function

LONGEST = 100_000  # characters that a function may make of shorter ones


@function("tolower", 1)
def tolower(_context: Context, value: object) -> object:
    """The text in lower case."""
    return value.lower() if isinstance(value, str) else UNKNOWN


@function("toupper", 1)
def toupper(_context: Context, value: object) -> object:
    """The text in upper case."""
    return value.upper() if isinstance(value, str) else UNKNOWN


@function("string.lowercase", 1)
def lowercase(context: Context, value: object) -> object:
    """The text in lower case, as `tolower`."""
    return tolower(context, value)


@function("string.uppercase", 1)
def uppercase(context: Context, value: object) -> object:
    """The text in upper case, as `toupper`."""
    return toupper(context, value)


@function("string.titlecase", 1)
def titlecase(_context: Context, value: object) -> object:
    """The text with each word's first letter in upper case and the rest as it was."""
    if not isinstance(value, str):
        return UNKNOWN
    return "".join(
        letter.upper() if index == 0 or value[index - 1].isspace() else letter for index, letter in enumerate(value)
    )


@function("string.index", 2)
def index(_context: Context, value: object, part: object) -> object:
    """Where the part first stands in the text, from 0; no answer when it does not."""
    if not isinstance(value, str) or not isinstance(part, str):
        return UNKNOWN
    place = value.find(part)
    return UNKNOWN if place < 0 else place


@function("contains", 2)
def contains(context: Context, value: object, part: object) -> object:
    """Whether the text, or some text in the list, contains the part."""
    return values.contains(value, part, context)


@function("hasprefix", 2)
def hasprefix(_context: Context, value: object, prefix: object) -> object:
    """Whether the text begins with the prefix."""
    return value.startswith(prefix) if isinstance(value, str) and isinstance(prefix, str) else UNKNOWN


@function("hassuffix", 2)
def hassuffix(_context: Context, value: object, suffix: object) -> object:
    """Whether the text ends with the suffix."""
    return value.endswith(suffix) if isinstance(value, str) and isinstance(suffix, str) else UNKNOWN


@function("split", 2)
def split(_context: Context, value: object, mark: object) -> object:
    """The text cut into a list at each mark."""
    return value.split(mark) if isinstance(value, str) and isinstance(mark, str) and mark else UNKNOWN


@function("strip", 1)
def strip(_context: Context, value: object) -> object:
    """The text, or each text of the list, without blanks at its ends."""
    if values.is_list(value):
        return [item.strip() for item in values.elements(value) if isinstance(item, str)]
    return value.strip() if isinstance(value, str) else UNKNOWN


@function("replace", 2, 3)
def replace(_context: Context, value: object, part: object, by: object = "") -> object:
    """The text with each part replaced by another, or taken out."""
    if not isinstance(value, str) or not isinstance(part, str) or not isinstance(by, str) or not part:
        return UNKNOWN
    longest = len(value) + value.count(part) * (len(by) - len(part))
    return UNKNOWN if longest > LONGEST else value.replace(part, by)


@function("join", 2, None, total=True)
def join(_context: Context, *parts: object) -> object:
    """All values but the last as one text, with the last between each two; lists give their items, missing nothing."""
    *pieces, mark = parts
    if not isinstance(mark, str):
        return UNKNOWN
    items = [item for piece in pieces if piece is not UNKNOWN for item in values.elements(piece)]
    texts = [text for item in items if (text := values.to_text(item)) is not None]
    if sum(len(text) + len(mark) for text in texts) > LONGEST:
        return UNKNOWN
    return mark.join(texts) if texts else UNKNOWN
