"""The segment API (platform.md 3.6), whose two addresses answer the same."""

from collections.abc import Iterator

from understudy.server.openapi.parts import (
    COUNT,
    MOMENT,
    OBJECT,
    TEXT,
    TEXTS,
    YES_OR_NO,
    Body,
    Family,
    Operation,
    choice,
    json_body,
    listing,
    names,
    ref,
    such_as,
    text,
    thing,
    told,
    whole,
    wish,
    yes,
)
from understudy.server.segments.further_routes import DEFAULT_TERMS, MOST_TERMS
from understudy.server.segments.routes import DEFAULT_LIMIT, LARGEST_LIMIT, LONGEST_TEXT
from understudy.server.segments.vendor_object import KINDS

AUDIENCE = thing(
    id=TEXT, account_id=TEXT, kind=TEXT, segment_ql=TEXT, ast=OBJECT, name=TEXT, slug_name=TEXT, description=TEXT,
    is_public=YES_OR_NO, table=TEXT, tags=TEXTS, groups=TEXTS, invalid=YES_OR_NO, invalid_reason=TEXT,
    created=MOMENT, updated=MOMENT,
)  # fmt: skip
FILTERQL = such_as("FILTER visitct > 3", "FILTER EXISTS email")
AUDIENCE_WISH = wish(
    segment_ql=FILTERQL, name=TEXT, slug_name={**TEXT, "pattern": "^[A-Za-z0-9_][A-Za-z0-9_-]{0,254}$"},
    description=TEXT, kind={"enum": list(KINDS)}, is_public=YES_OR_NO, tags=TEXTS, groups=TEXTS, table=TEXT,
)  # fmt: skip
GROUP = thing(id=TEXT, name=TEXT, segments=TEXTS)
GROUP_WISH = wish(["name"], name={**TEXT, "pattern": "^[^,]*[^,\\s][^,]*$"}, segments=TEXTS)
STATED = json_body(
    AUDIENCE_WISH,
    LONGEST_TEXT,
    "Or a FilterQL statement as text.",
    example={"name": "Regulars", "segment_ql": "FILTER visitct > 3", "is_public": True, "tags": ["loyalty"]},
)
STATEMENT = Body(
    {"text/plain": FILTERQL},
    "A FilterQL statement.",
    limit=LONGEST_TEXT,
    example="FILTER AND (EXISTS email, visitct > 3)",
)
SIZE = thing(id=TEXT, name=TEXT, slug_name=TEXT, size=COUNT)
NAMED = thing(id=TEXT, name=TEXT, slug_name=TEXT)
PAGE = (
    whole("limit", 1, LARGEST_LIMIT, DEFAULT_LIMIT, "How many on a page."),
    text("start", "`_next` of the page before."),
    text("sortfield", "The field that they are in the order of."),
    choice("sortorder", ("asc", "desc"), default="asc"),
    names("fields", "Which fields to answer."),
)
LIST = (
    text("table", default="user"),
    names("kind", "Which kinds."),
    yes("valid", "Those with members, or those without, alone."),
    yes("sizes", "How many members each has, too."),
)
SLUG = {"id": such_as("all", "high_value"), "name": such_as("mine")}
PEOPLE = told(listing(OBJECT), _next=TEXT, total=COUNT)
ONE = told(ref("Audience"))


def _operations(base: str) -> Iterator[tuple[str, Operation]]:
    yield f"GET {base}", Operation(told(listing(ref("Audience"))), LIST, fails=(429, 503))
    yield f"POST {base}", Operation(ONE, body=STATED, fails=(409, 422, 429, 503))
    yield f"POST {base}/validate", Operation(told(thing(segment_ql=TEXT)), body=STATEMENT, fails=(422,))
    yield f"POST {base}/size", Operation(told(thing(size=COUNT)), body=STATEMENT, fails=(422, 429, 503))
    yield (
        f"GET {base}/sizes",
        Operation(told(listing(SIZE)), (names("ids", "Slugs or ids; without it, all."),), fails=(429, 503)),
    )
    yield f"POST {base}/scan", Operation(PEOPLE, PAGE, STATEMENT, (422, 503))
    yield f"GET {base}/{{id}}", Operation(ONE, (yes("inline", "With what it includes, written out."),), path=SLUG)
    yield f"PUT {base}/{{id}}", Operation(ONE, body=STATED, fails=(422, 503), path=SLUG)
    yield f"DELETE {base}/{{id}}", Operation(ONE, fails=(409, 503), path=SLUG)
    yield f"GET {base}/{{id}}/size", Operation(told(SIZE), fails=(429, 503), path=SLUG)
    yield f"GET {base}/{{id}}/scan", Operation(PEOPLE, PAGE, fails=(503,), path=SLUG)
    yield from _more(base)


def _more(base: str) -> Iterator[tuple[str, Operation]]:
    terms = (names("fields", "Which fields."), whole("limit", 1, MOST_TERMS, DEFAULT_TERMS, "Terms of each."))
    found = told(thing(segments=listing(OBJECT)))
    yield f"GET {base}/{{id}}/fieldinfo", Operation(found, terms, fails=(503,), path=SLUG)
    yield f"GET {base}/{{id}}/attribution", Operation(told(listing(NAMED)), fails=(429, 503), path=SLUG)
    yield f"GET {base}/{{id}}/ancestors", Operation(told(listing(ref("Audience"))), path=SLUG)
    yield f"POST {base}/{{id}}/reevaluate", Operation(told(NAMED), fails=(429, 503), path=SLUG)
    for jobs in (f"{base}/jobs", f"{base}/{{id}}/jobs"):
        yield f"GET {jobs}", Operation(told(listing(NAMED)), path=SLUG)
    yield f"GET {base}/group", Operation(told(listing(GROUP)))
    yield (
        f"POST {base}/group",
        Operation(
            told(listing(GROUP)),
            body=json_body(GROUP_WISH, LONGEST_TEXT, example={"name": "mine", "segments": ["all"]}),
            fails=(422, 503),
        ),
    )
    for method in ("GET", "DELETE"):
        yield f"{method} {base}/group/{{name}}", Operation(told(GROUP), fails=(503,), path=SLUG)


AUDIENCES = Family(
    "Audiences",
    "Audiences of visitors, and collections of documents, by FilterQL. What is made here outlives the server.",
    {key: one for base in ("/api/segment", "/v2/segment") for key, one in _operations(base)},
    {"Audience": AUDIENCE},
)
