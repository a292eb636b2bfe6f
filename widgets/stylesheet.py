"""The widgets' stylesheet, joined from its parts."""

from collections.abc import Mapping

from understudy import __version__
from understudy.widgets.rendering import template


def render_stylesheet(parts: Mapping[str, str]) -> str:
    """One stylesheet of the parts (name to text) in the order given, under a header with the version."""
    named = [(name.replace("*/", "* /"), text.strip()) for name, text in parts.items()]
    return template("stylesheet.css.jinja").render(parts=named, version=__version__)
