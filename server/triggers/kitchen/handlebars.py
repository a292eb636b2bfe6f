"""Templates of type `handlebars`, whose text is read as JSON where it is some (platform.md 4.3).

Which helpers the vendor has beside Handlebars' own is UNKNOWN. Ours have the names of the other languages' and take
fields of the event; `json` writes any value so that it fits into a JSON text. `{{x}}` is escaped for HTML, as
Handlebars does it, and `{{{x}}}` is not.
"""

import json
from collections.abc import Callable
from typing import Any

from pydantic_handlebars import HandlebarsEnvironment, HandlebarsError, SafeString

from understudy.server.triggers.kitchen import tools
from understudy.server.triggers.kitchen.failures import Refused


def render(task: dict[str, Any]) -> Any:
    """The value of a text for an event."""
    environment = HandlebarsEnvironment(auto_escape=True)
    for name, helper in _helpers(task["entity"], task.get("ly_job_config") or {}).items():
        environment.register_helper(name, _plain(helper))
    try:
        text = environment.render(task["source"], task["entity"])
    except HandlebarsError as error:
        raise Refused(str(error)) from None
    try:
        return json.loads(text)
    except ValueError:
        return text


def _helpers(entity: dict[str, Any], conf: dict[str, Any]) -> dict[str, Callable[..., object]]:
    # A helper without arguments is handed the context.
    events = [event for event in entity.get("segment_events") or [] if isinstance(event, dict)]
    return {
        "json": lambda value=None: SafeString(json.dumps(value)),
        "jobConfGet": lambda key, fallback="": conf.get(key, fallback),
        "segSlug": lambda *_: "".join(str(event.get("slug", "")) for event in events),
        "isEnter": lambda *_: any(event.get("event") == "enter" for event in events),
        "isExit": lambda *_: any(event.get("event") == "exit" for event in events),
        "inSeg": lambda name: any(name in (event.get("id"), event.get("slug")) for event in events),
        "sha256": lambda value: tools.sha256(str(value)),
        "sha1": lambda value: tools.sha1(str(value)),
    }


def _plain(helper: Callable[..., object]) -> Callable[..., object]:
    def called(*arguments: object, options: object) -> object:  # noqa: ARG001  # the engine passes it by name
        try:
            return helper(*arguments)
        except TypeError as error:
            raise Refused(f"a helper has other arguments: {error}") from None

    return called
