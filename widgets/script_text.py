"""Values as JavaScript text that is safe in a script file and inside a `<script>` element."""

import json
import re
from collections.abc import Mapping, Sequence

from understudy.widgets.callbacks import Function
from understudy.widgets.javascript import function_for_element

ESCAPES = {character: f"\\u{ord(character):04x}" for character in "<>&\u2028\u2029"}
UNSAFE = re.compile("[<>&\u2028\u2029]")


def script_json(value: object) -> str:
    """A JSON value on one line, with what could end a script element or a line escaped."""
    text = json.dumps(value, ensure_ascii=False, allow_nan=False)
    return UNSAFE.sub(lambda found: ESCAPES[found[0]], text)


def script_value(value: object, indent: int = 0) -> str:
    """Any configuration value as a JavaScript expression; functions stay functions, mappings go over lines."""
    if isinstance(value, Function):
        return function_for_element(value.source)
    inner = " " * (indent + 2)
    if isinstance(value, Mapping) and value:
        pairs = [f"{inner}{_key(key)}: {script_value(item, indent + 2)}" for key, item in value.items()]
        return "{\n" + ",\n".join(pairs) + f"\n{' ' * indent}}}"
    if isinstance(value, Sequence) and not isinstance(value, str) and value:
        items = [f"{inner}{script_value(item, indent + 2)}" for item in value]
        return "[\n" + ",\n".join(items) + f"\n{' ' * indent}]"
    return script_json(value)


def _key(key: str) -> str:
    # In an object literal `"__proto__": x` sets the prototype; a computed key makes a plain property.
    return '["__proto__"]' if key == "__proto__" else script_json(key)
