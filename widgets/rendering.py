"""Scripts and stylesheets from Jinja templates, and values as JavaScript that is safe in them.

The templates' marks are JavaScript and CSS comments, because `{{`, `{%` and `{#` are ordinary text in both languages.
"""

import json
import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from understudy import __version__
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


@lru_cache(maxsize=4)
def _environment(package: str) -> Environment:
    environment = Environment(
        loader=PackageLoader(package),
        autoescape=False,  # not HTML: values go through the two filters below
        undefined=StrictUndefined,
        keep_trailing_newline=True,
        trim_blocks=True,
        lstrip_blocks=True,
        variable_start_string="/*{",
        variable_end_string="}*/",
        block_start_string="/*%",
        block_end_string="%*/",
        comment_start_string="/*#",
        comment_end_string="#*/",
    )
    environment.filters["script_json"] = script_json
    environment.filters["script_value"] = script_value
    return environment


def template(name: str, package: str = "understudy.widgets") -> Template:
    """A template of a package's `templates/` folder."""
    return _environment(package).get_template(name)


def render_stylesheet(parts: Mapping[str, str]) -> str:
    """One stylesheet of the parts (name to text) in the order given, under a header with the version."""
    named = [(name.replace("*/", "* /"), text.strip()) for name, text in parts.items()]
    return template("stylesheet.css.jinja").render(parts=named, version=__version__)
