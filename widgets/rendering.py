"""The Jinja environment of templates that become scripts and stylesheets.

Its marks are JavaScript and CSS comments, because `{{`, `{%` and `{#` are ordinary text in both languages.
"""

from functools import lru_cache

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from understudy.widgets.script_text import script_json, script_value


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
