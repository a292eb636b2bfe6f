"""Reports, as JSON and as pages."""

from understudy.server.openapi.families.scripts import HTML, STYLE
from understudy.server.openapi.parts import (
    COUNT,
    JSON,
    OBJECT,
    TEXT,
    Answer,
    Family,
    Operation,
    Schema,
    choice,
    file,
    listing,
    ref,
    such_as,
    thing,
    told,
    whole,
)
from understudy.server.reports.periods import LENGTHS, MOST

PERIOD = (
    choice("by", tuple(LENGTHS), "What it is counted in.", "day"),
    whole("last", 1, MOST, note="How many."),
)
LINE = {"id": TEXT, "label": TEXT, "figures": OBJECT, "variations": listing(OBJECT)}
SPAN: Schema = {"by": TEXT, "last": COUNT, "from": TEXT, "to": TEXT, "time_zone": TEXT}
OVERVIEW = thing(
    now=TEXT, period=ref("Period"), visitors=COUNT, campaigns=listing(OBJECT), experiences=listing(ref("Line")),
    others=listing(ref("Line")),
)  # fmt: skip
DETAIL = thing(
    now=TEXT, period=ref("Period"), series=listing(OBJECT), recently_converted=listing(OBJECT),
    history=listing(OBJECT), audiences=listing(OBJECT), **LINE,
)  # fmt: skip
PAGE = {200: Answer({HTML: TEXT}, "A page, without scripts.")}
REFUSED = {
    status: Answer({JSON: ref("Refusal"), HTML: TEXT}, note)
    for status, note in ((400, "No such period."), (404, "No such experience."), (503, "The store does not answer."))
}
SHOWN = Operation({**PAGE, **REFUSED}, PERIOD)
ID = {"id": such_as("vip-offer"), "slug": such_as("vip_offer_reached")}
API, PAGES = "/__understudy__/api/reports", "/__understudy__/reports"

REPORTS = Family(
    "Reports",
    "What became of experiences: who was reached, who converted, and what stands out.",
    {
        f"GET {API}": Operation(told(OVERVIEW), PERIOD, fails=(503,)),
        f"GET {API}/insights": Operation(told(listing(thing(id=TEXT, kind=TEXT, title=TEXT, text=TEXT))), fails=(503,)),
        f"GET {API}/{{id:path}}": Operation(told(DETAIL), PERIOD, fails=(503,), path=ID),
        **{f"GET {PAGES}{rest}": SHOWN for rest in ("", "/", "/insights")},
        f"GET {PAGES}/{{id:path}}": Operation(SHOWN.answers, PERIOD, path=ID),
        f"GET {PAGES}/{{id:path}}/{{slug}}.fql": Operation(
            {200: Answer({"text/plain": TEXT}, "An audience, in FilterQL."), **REFUSED}, PERIOD, path=ID
        ),
        f"GET {PAGES}/reports.css": Operation(file(STYLE), guarded=False),
    },
    {"Line": thing(**LINE), "Period": thing(**SPAN)},
)
