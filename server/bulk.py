"""`/collect/bulk/<stream>`: a file of events as CSV or JSON (tag.md 5.2).

A CSV has the names of fields in its first line; a cell that is empty is no field. JSON is read as `upload` does, but a
message with objects nested in arrays is refused, as the vendor does here. Which of the two a body is follows from its
content type, and without a telling one from its first character.
"""

import csv
import io
from collections.abc import Iterator

from starlette.requests import Request
from starlette.responses import Response

from understudy.server.bodies import read_body
from understudy.server.platform.json_events import Message, decode_messages, looks_like_json, message_of
from understudy.server.upload import LONGEST_BODY, taken_in

MOST_ROWS = 10_000
NESTED = "a message may not have objects nested in arrays"


async def bulk_route(request: Request) -> Response:
    """Take a body of events; `dryrun=true` only counts them."""
    text = await read_body(request, LONGEST_BODY)
    kind = request.headers.get("content-type", "")
    is_csv = "csv" in kind or not ("json" in kind or looks_like_json(text))
    return await taken_in(request, lambda: rows_of(text) if is_csv else flat_messages(text))


def flat_messages(text: str) -> list[Message]:
    """The messages of JSON, of which those that are not flat enough are refused."""
    return [
        Message({}, "", NESTED) if any(map(_has_objects, one.data.values())) else one for one in decode_messages(text)
    ]


def _has_objects(value: object) -> bool:
    if isinstance(value, dict):
        return any(map(_has_objects, value.values()))
    return isinstance(value, list) and any(isinstance(item, dict) or _has_objects(item) for item in value)


def rows_of(text: str) -> list[Message]:
    """The rows of a CSV as messages; raises `ValueError`."""
    found = list(_rows(text))
    if len(found) > MOST_ROWS:
        raise ValueError(f"{len(found):,} rows are over the limit of {MOST_ROWS:,} for one request. Send fewer.")
    return found


def _rows(text: str) -> Iterator[Message]:
    reader = csv.reader(io.StringIO(text.removeprefix("\ufeff")), strict=True)
    try:
        names = next(reader, [])
        if not any(names):
            raise ValueError("The body is empty. Send CSV whose first line has the names of fields, or JSON.")
        for cells in reader:
            if len(cells) > len(names):
                yield Message({}, "", f"the row has {len(cells)} cells, and the first line {len(names)} names")
            elif cells:
                yield message_of({name: cell for name, cell in zip(names, cells, strict=False) if name and cell})
    except csv.Error as error:
        raise ValueError(f"The body is no CSV: {error}, in line {reader.line_num}.") from error
