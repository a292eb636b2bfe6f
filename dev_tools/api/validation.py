"""`POST /__understudy__/api/validation`: whether events fit the JSON Schema that the workspace has for their stream.

A schema is a file `schemas/<stream>.json` of the workspace, of any draft; it is of the event as it was sent, whose
values are texts where they came in an address. Takes `{"events": [{"stream", "data"}]}`, where `data` may be a list of
events; answers `{"results": [{"schema", "errors"}]}` in the same order. `schema` is the file, or null for a stream that
has none; `errors` say what is wrong and where, at most ten of one event.
"""

import asyncio
import json
from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from understudy.dev_tools.api.kit import ApiError, Endpoint, answer, body_of
from understudy.dev_tools.schema_files import FOLDER, schema_streams
from understudy.server.site import site_of

LARGEST_BODY = 4_000_000  # bytes
MOST_ERRORS = 10
MOST_EVENTS = 2_000


async def validation_route(request: Request) -> Response:
    """`POST validation`: whether events fit the JSON Schema of their stream."""
    body = await body_of(request, LARGEST_BODY)
    events = body.get("events")
    if not isinstance(events, list) or len(events) > MOST_EVENTS or not all(isinstance(one, dict) for one in events):
        raise ApiError(f"'events' must be a list of up to {MOST_EVENTS:,} objects, each with 'stream' and 'data'.")
    return answer({"results": await asyncio.to_thread(judge, site_of(request).workspace.root, events)})


def judge(root: Path, events: list[dict[str, Any]]) -> list[dict[str, object]]:
    """The verdict on each event."""
    streams = set(schema_streams(root))
    checks = {stream: Check(root / FOLDER / f"{stream}.json") for stream in streams & {_stream(one) for one in events}}
    return [checks[name].verdict(one.get("data")) if (name := _stream(one)) in checks else NONE for one in events]


NONE: dict[str, object] = {"schema": None, "errors": []}


def _stream(event: dict[str, Any]) -> str:
    stream = event.get("stream")
    return stream if isinstance(stream, str) else ""


class Check:
    """One schema; one that cannot be used is what is wrong with each of its events."""

    def __init__(self, path: Path) -> None:
        from jsonschema import SchemaError  # only here, because it takes a while
        from jsonschema.validators import validator_for
        from jsonschema_specifications import REGISTRY  # type: ignore[import-untyped]

        self.name = f"{FOLDER}/{path.name}"
        self.validator: Any = None
        self.problem = ""
        try:
            schema = json.loads(path.read_bytes())
            kind = validator_for(schema)
            kind.check_schema(schema)
            self.validator = kind(schema, registry=REGISTRY)  # which fetches nothing from elsewhere
        except (OSError, ValueError, RecursionError) as error:
            self.problem = f"{self.name} cannot be read: {error}. Write a JSON Schema."
        except SchemaError as error:
            self.problem = f"{self.name} is no JSON Schema: {error.message} at {error.json_path}."

    def verdict(self, data: object) -> dict[str, object]:
        """Whether an event, or each of a list, fits."""
        items = data if isinstance(data, list) else [data]
        return {"schema": self.name, "errors": [self.problem] if self.problem else self.errors(items)}

    def errors(self, items: list[object]) -> list[str]:
        """What is wrong with these events."""
        found = []
        for item in items:
            try:
                for error in self.validator.iter_errors(item):
                    found.append(f"{error.json_path}: {error.message[:300]} ({self.name})")
                    if len(found) == MOST_ERRORS:
                        return found
            except Exception as error:  # a reference that leads nowhere, or far too deep: the schema's fault
                return [f"{self.name} cannot be applied: {str(error)[:300]}. Keep a schema in one file."]
        return found


VALIDATION_ROUTES: list[tuple[str, str, Endpoint]] = [("POST", "validation", validation_route)]
