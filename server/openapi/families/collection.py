"""Collection of events (tag.md 5.2, 5.8, 5.9)."""

from collections.abc import Mapping
from typing import Any

from understudy.server.collect import LONGEST_BODY
from understudy.server.openapi.families.scripts import ACCOUNT, SCRIPT
from understudy.server.openapi.parts import (
    COUNT,
    JSON,
    OBJECT,
    TEXT,
    YES_OR_NO,
    Answer,
    Body,
    Family,
    Operation,
    Parameter,
    listing,
    such_as,
    text,
    thing,
    told,
    yes,
)
from understudy.server.upload import LONGEST_BODY as LONGEST_UPLOAD

CALLBACK = text(
    "callback",
    "The function that a script calls with the answer: letters, digits, `_`, `$` and dots.",
    examples=["jstag.answered"],
    pattern=r"^[A-Za-z_$][A-Za-z0-9_$]{0,63}(\.[A-Za-z_$][A-Za-z0-9_$]{0,63}){0,4}$",
)
EVENT = (
    text("_uid", "The visitor's id."),
    text("_e", "What happened: `pv` for a page view."),
    text("url", "The page."),
    text("_ts", "When it happened, in unix milliseconds."),
    Parameter("fields", OBJECT, "Any other fields; dots and `[]` in names make objects and lists."),
)
ACTS = {**ACCOUNT, "stream": such_as("default")}
STORED = Answer({"image/gif": {**TEXT, "contentEncoding": "binary"}}, "It is stored: a transparent image of 1x1.")
EVENT_JSON = {"oneOf": [OBJECT, listing(OBJECT)]}
POSTED = Body(
    {"application/x-www-form-urlencoded": OBJECT, JSON: EVENT_JSON, "text/plain": TEXT},
    "A query string (perhaps as the form field `_js`), or JSON: an event or a list of them.",
    required=False,
    limit=LONGEST_BODY,
    example={"_uid": "u1", "_e": "pv", "url": "shop.example/mugs"},
)
COLLECT = {
    "GET": Operation({200: STORED}, EVENT, fails=(413, 503, 507), path=ACTS, guarded=False),
    "POST": Operation({200: STORED}, body=POSTED, fails=(503, 507), path=ACTS, guarded=False),
    "OPTIONS": Operation({204: Answer({}, "What pages of other origins may send.")}, path=ACTS, guarded=False),
}
COUNTS = thing(
    **{"message_count": COUNT, "rejected_count": COUNT, "content-type": TEXT, "droperrors": YES_OR_NO},
    dryrun=YES_OR_NO,
    timestamp_field=TEXT,
    filename=TEXT,
)


def uploading(content: Mapping[str, Any], note: str) -> Operation:
    """Many events in one body."""
    return Operation(
        told(COUNTS),
        (
            yes("dryrun", "Only count them."),
            text("timestamp_field", "The field with the event's time."),
            yes("droperrors", "Told back as it came."),
            text("filename", "Told back as it came."),
        ),
        Body(content, note, limit=LONGEST_UPLOAD, example=[{"_uid": "u1", "plan": "gold"}]),
        fails=(503, 507),
    )


COLLECTION = Family(
    "Collection",
    "Events come in. The answer is sent once they are committed; a page of any site may send them.",
    {
        **{f"{method} /c/{{cid}}{rest}": one for method, one in COLLECT.items() for rest in ("", "/{stream}")},
        "GET /c/provider/{name}": Operation(
            {200: STORED}, EVENT, fails=(413, 503, 507), path={"name": such_as("liveramp")}, guarded=False
        ),
        "POST /collect/json/{stream}": uploading({JSON: EVENT_JSON}, "Events, as a list or one a line."),
        "POST /collect/bulk/{stream}": uploading(
            {JSON: EVENT_JSON, "text/csv": TEXT}, "Events, flat, as JSON or as CSV with names in the first line."
        ),
        "GET /cid/{cid}": Operation(
            {200: Answer({SCRIPT: TEXT}, "A call of the callback with the id.")},
            (CALLBACK,),
            fails=(403,),
            path=ACCOUNT,
            guarded=False,
        ),
    },
)
