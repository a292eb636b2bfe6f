"""What the debugger's routes take and answer, for the description of the API (see `server.openapi`)."""

from understudy.dev_tools.api.clock import ClockWish
from understudy.dev_tools.api.kit import BASE, LARGEST_BODY
from understudy.dev_tools.api.pages_described import PAGE_OPERATIONS
from understudy.dev_tools.api.persona import LARGEST_BODY as LARGEST_PERSONA
from understudy.dev_tools.api.validation import LARGEST_BODY as LARGEST_VALIDATION
from understudy.dev_tools.api.validation import MOST_EVENTS as MOST_VALIDATED
from understudy.dev_tools.api.worlds import LARGEST_BODY as LARGEST_WORLD
from understudy.dev_tools.api.worlds import WorldWish
from understudy.dev_tools.debugger import MOST_EVENTS
from understudy.server.faults import Faults
from understudy.server.openapi.families.scripts import SCRIPT
from understudy.server.openapi.parts import (
    COUNT,
    NUMBER,
    OBJECT,
    TEXT,
    TEXTS,
    YES_OR_NO,
    Answer,
    Family,
    Operation,
    file,
    json_body,
    listing,
    mapping,
    maybe,
    model,
    plain,
    ref,
    such_as,
    text,
    thing,
    whole,
    wish,
)

API = f"{BASE}/api"
UID = text("uid", "The visitor's id.", required=True, minLength=1, examples=["u1"])
VISITOR = text("uid", "Tell of this visitor alone.")
WORLD = thing(
    name=TEXT, url=TEXT, header=mapping(TEXT), cookie=OBJECT, files=TEXTS, problems=listing(OBJECT), clock=OBJECT,
    faults=OBJECT,
)  # fmt: skip
FACE = {"now": NUMBER, "iso": TEXT, "mode": TEXT, "offset_ms": NUMBER}
CLOCK = thing(**FACE, flips=listing(OBJECT), experiences=listing(OBJECT))
OVERLAY = {**mapping(maybe(TEXT)), "description": "Path to text; null takes a file away."}
WORLD_WISH = {**model(WorldWish), "properties": {**model(WorldWish)["properties"], "files": OVERLAY}}
CHOSEN = json_body(wish(["persona"], persona=TEXT), LARGEST_BODY, example={"persona": "high_value"})
MADE = {"name": "spring", "files": {"widgets/offer.yaml": None}, "clock": {"set": "2026-12-24"}}
NAME = {"name": such_as("default", "mine")}
EVENT = {"stream": "default", "data": {"_e": "pv"}}
EVENTS = listing(wish(stream=TEXT, data=OBJECT))
PERSONA = thing(uid=TEXT, label=TEXT, fields=OBJECT)
DRAFT = json_body(
    wish(["persona", "fields"], persona=such_as("high_value"), fields=OBJECT),
    LARGEST_PERSONA,
    example={"persona": "high_value", "fields": {"visitct": 9}},
)

DEBUGGER = Family(
    "Debugger",
    "What the panel in the page uses, and tests: visitors, personas, worlds, clocks and faults.",
    {
        f"GET {BASE}/debugger.js": Operation(file(SCRIPT), guarded=False),
        f"GET {BASE}/debugger-answers.js": Operation(file(SCRIPT), guarded=False),
        f"GET {BASE}/debugger-panel.js": Operation(file(SCRIPT), guarded=False),
        f"GET {BASE}/live": Operation(
            {200: Answer({"text/event-stream": TEXT}, "A stream that does not end.")},
            (
                text("since", "The last message that a page has seen."),
                text("last", "The same, when it comes back."),
                text("page", "What a page calls itself, to be asked things."),
                text("dashboard", "Hear of changes in pages, too."),
            ),
        ),
        f"GET {API}/": Operation(plain(thing(version=COUNT, world=TEXT, account=TEXT, clock=OBJECT, faults=TEXTS))),
        f"GET {API}/workspace": Operation(plain(thing(name=TEXT, account=TEXT, experiences=listing(OBJECT)))),
        f"GET {API}/profile": Operation(
            plain(thing(uid=TEXT, found=YES_OR_NO, fields=listing(OBJECT), audiences=listing(OBJECT))),
            (UID,),
            fails=(503,),
        ),
        f"GET {API}/events": Operation(
            plain(thing(uid=TEXT, events=listing(OBJECT))), (UID, whole("limit", 1, MOST_EVENTS, 200)), fails=(503,)
        ),
        f"POST {API}/persona": Operation(plain(PERSONA), body=CHOSEN, fails=(503,)),
        f"POST {API}/persona-draft": Operation(plain(PERSONA), body=DRAFT, fails=(503,)),
        f"PUT {API}/persona-file": Operation(plain(thing(file=TEXT)), body=DRAFT, fails=(409,)),
        f"POST {API}/reset": Operation(
            plain({"anyOf": [thing(uid=TEXT, events=COUNT), ref("World")]}),
            body=json_body(
                {"anyOf": [wish(["uid"], uid=TEXT), thing(all={"const": True})]}, LARGEST_BODY, example={"uid": "u1"}
            ),
            fails=(409, 503),
        ),
        f"GET {API}/worlds": Operation(plain(thing(worlds=listing(ref("World")), limit=COUNT))),
        f"POST {API}/worlds": Operation(
            plain(ref("World"), 201),
            body=json_body(WORLD_WISH, LARGEST_WORLD, required=False, example=MADE),
            fails=(409, 429, 503),
        ),
        f"GET {API}/worlds/{{name}}": Operation(plain(ref("World")), path=NAME),
        f"DELETE {API}/worlds/{{name}}": Operation(plain(thing(name=TEXT, deleted=YES_OR_NO)), fails=(409,), path=NAME),
        f"POST {API}/worlds/{{name}}/reset": Operation(plain(ref("World")), fails=(409, 503), path=NAME),
        f"GET {API}/clock": Operation(plain(CLOCK), (VISITOR,), fails=(503,)),
        f"POST {API}/clock": Operation(
            plain(CLOCK), (VISITOR,), json_body(model(ClockWish), LARGEST_BODY, example={"advance": "3d"}), (503,)
        ),
        f"GET {API}/faults": Operation(plain(OBJECT)),
        f"PUT {API}/faults": Operation(
            plain(OBJECT), body=json_body(model(Faults), LARGEST_BODY, example={"tag": {"status": 503, "times": 2}})
        ),
        f"GET {API}/provenance": Operation(
            plain(thing(uid=TEXT, events=COUNT, fields=OBJECT, public_fields=TEXTS, known=TEXTS)), (UID,), fails=(503,)
        ),
        f"GET {API}/reason": Operation(
            plain(thing(audience=TEXT, file=maybe(TEXT), inside=YES_OR_NO, reason=OBJECT)),
            (UID, text("audience", "Its slug.", required=True, minLength=1, examples=["high_value"])),
            fails=(503,),
        ),
        f"GET {API}/persona-audiences": Operation(plain(thing(personas=listing(OBJECT)))),
        f"GET {API}/source": Operation(
            plain(thing(file=TEXT, path=TEXT, text=TEXT)),
            (text("file", "Its path.", required=True, examples=["widgets/vip-offer.yaml"]),),
            fails=(413,),
        ),
        f"GET {API}/content": Operation(
            plain(thing(document=maybe(OBJECT), recommended=listing(OBJECT))),
            (
                text("url", "A page's address.", required=True, minLength=1, examples=["http://127.0.0.1:8765/"]),
                text("uid", "A visitor's `_uid`; without it, somebody new."),
            ),
            fails=(503,),
        ),
        f"POST {API}/validation": Operation(
            plain(thing(results=listing(thing(schema=maybe(TEXT), errors=TEXTS)))),
            body=json_body(
                wish(["events"], events={**EVENTS, "maxItems": MOST_VALIDATED}),
                LARGEST_VALIDATION,
                example={"events": [EVENT]},
            ),
        ),
        **PAGE_OPERATIONS,
        **{
            f"{method} {API}/{{rest:path}}": Operation(
                {404: Answer({"application/json": ref("Refusal")}, "There is no such route.")}
            )
            for method in ("GET", "POST", "PUT", "PATCH", "DELETE")
        },
    },
    {"World": WORLD},
)
