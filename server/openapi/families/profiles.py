"""Profiles: for browsers, whole, their identities and their deletion (tag.md 5.5; platform.md 3.3, 3.8)."""

from understudy.server.collect import LONGEST_BODY
from understudy.server.identity_routes import LARGEST
from understudy.server.openapi.families.collection import CALLBACK
from understudy.server.openapi.families.scripts import ACCOUNT, SCRIPT
from understudy.server.openapi.parts import (
    JSON,
    OBJECT,
    TEXT,
    TEXTS,
    YES_OR_NO,
    Answer,
    Body,
    Family,
    Operation,
    envelope,
    json_body,
    listing,
    mapping,
    maybe,
    names,
    one_of,
    ref,
    such_as,
    text,
    thing,
    told,
    yes,
)

META = thing(by_fields=TEXTS, format=TEXT, name=TEXT)
WHO = {"field": such_as("_uid", "email"), "value": such_as("u1"), "table": one_of("user")}
CHOICE = (
    names("fields", "Which fields to answer."),
    names("include_fields", "The same."),
    names("fieldBlocklist", "Which fields to leave out."),
    yes("segments", "Audiences, too.", default=True),
)
WHOLE = (
    *CHOICE,
    yes("events", "Stored events, too."),
    yes("meta", "What the answer is about.", default=True),
    yes("download", "As a file."),
)
KNOWN = {200: Answer({JSON: thing(data=OBJECT, status={"const": 200})}, "The profile; `meta` unless it is not wanted.")}
GONE = told(thing(request_id=TEXT, complete=YES_OR_NO, deleted=OBJECT), "The receipt.")
PUBLIC = {
    200: Answer(
        {JSON: envelope(OBJECT, meta=META), SCRIPT: TEXT},
        "What a browser may see; a script with `callback`. Listed domains and local pages may read it.",
    )
}
IDENTITIES = thing(id=TEXT, table=one_of("user"), identities=mapping(TEXTS), edges=listing(OBJECT), by_fields=TEXTS)
SOFT = ("/api/entity/softdelete/{table}/{field}/{value:path}", "/api/entity/{table}/softdelete/{field}/{value:path}")
PAYLOAD = Body(
    {"application/x-www-form-urlencoded": OBJECT, "text/plain": TEXT},
    "Fields that count for this decision, and are not stored.",
    required=False,
    limit=LONGEST_BODY,
    example={"url": "shop.example/mugs"},
)
IDENTIFIED = {"field": "email", "value": "ann@shop.example"}
IDENTIFIER = thing(field=TEXT, value=TEXT)
DECISION = "/api/personalize/{cid}/{table}/{field}/{value:path}"

PROFILES = Family(
    "Profiles",
    "What is known of visitors. Browsers see the fields and audiences that are public; the rest is for the owner.",
    {
        f"GET {DECISION}": Operation(
            PUBLIC, (CALLBACK, text("url")), fails=(403, 413, 503), path={**WHO, **ACCOUNT}, guarded=False
        ),
        f"POST {DECISION}": Operation(PUBLIC, body=PAYLOAD, fails=(403, 503), path={**WHO, **ACCOUNT}, guarded=False),
        "GET /api/me/{field}/{value:path}": Operation(
            {200: Answer({JSON: thing(data=OBJECT, status={"const": 200}), SCRIPT: TEXT}, "The profile.")},
            (CALLBACK, *WHOLE),
            fails=(401, 403, 503),
            path={**WHO, "field": such_as("storefront", "_uid")},
            guarded=False,
        ),
        "GET /api/entity/{table}/segments/{field}/{value:path}": Operation(
            told(thing(segments=TEXTS, segments_all=TEXTS), meta=META), fails=(503,), path=WHO
        ),
        **{f"DELETE {path}": Operation(GONE, fails=(503,), path=WHO) for path in SOFT},
        **{
            f"{method} /api/entity/{{table}}/{value}": Operation(answers, query, fails=(503,), path=WHO)
            for value in ("{field}/{value:path}", "{value}")
            for method, answers, query in (("GET", KNOWN, WHOLE), ("DELETE", GONE, ()))
        },
        "GET /v2/identity/{table}/{field}/{value:path}": Operation(told(ref("Identities")), fails=(503,), path=WHO),
        "POST /v2/identity/lookup": Operation(
            told(listing(maybe(ref("Identities"))), "In the order of the question, null for nobody."),
            body=json_body(
                {"anyOf": [listing(IDENTIFIER), listing(TEXT), mapping(TEXT)]}, LARGEST, example=[IDENTIFIED]
            ),
            fails=(503,),
        ),
    },
    {"Identities": IDENTITIES},
)
