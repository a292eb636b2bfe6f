"""Templates of type `jsonnet`, which may import `lytemplates.libsonnet` and nothing else (platform.md 4.3)."""

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import _jsonnet

from understudy.server.triggers.kitchen import tools
from understudy.server.triggers.kitchen.failures import Omitted, Refused

LIBRARY = "lytemplates.libsonnet"
NAME = "snippet"
DEEPEST = 200
_PLACE = re.compile(r"\n\tsnippet:\(?(\d+):(\d+)")
_NATIVE = {"sha256": (("text",), tools.sha256), "sha1": (("text",), tools.sha1)}


def render(task: dict[str, Any]) -> Any:
    """The value of a snippet for an event."""
    conf = task.get("ly_job_config")
    values = {"entity": task["entity"], "job_config": {} if conf is None else conf}
    try:
        text = _jsonnet.evaluate_snippet(
            NAME,
            task["source"],
            ext_codes={name: json.dumps(value) for name, value in values.items()},
            import_callback=_imported,
            native_callbacks=_NATIVE,
            max_stack=DEEPEST,
        )
    except RuntimeError as error:
        message = str(error)
        raise (Omitted if _asserted(message, task["source"]) else Refused)(message.strip()) from None
    return json.loads(text)


def _imported(_folder: str, name: str) -> tuple[str, bytes]:
    if name != LIBRARY:
        raise RuntimeError(f"a template may import {LIBRARY!r} alone, not {name!r}")
    return name, _library()


@cache
def _library() -> bytes:
    return Path(__file__).with_name(LIBRARY).read_bytes()


def _asserted(message: str, source: str) -> bool:
    """Whether a failure is that of an `assert`: the first place that it names tells."""
    first = message.split("\n")[1] if "\n" in message else ""
    place = _PLACE.search(message)
    if "<object_assert>" in first:
        return True
    if place is None or not first.startswith(f"\t{NAME}:"):
        return False
    line = source.split("\n")[int(place[1]) - 1 : int(place[1])]
    return bool(line) and line[0][int(place[2]) - 1 :].startswith("assert")
