"""The first generation of the experience API, for reading, and the look of all widgets (platform.md 2.6, 2.7)."""

from understudy.server.experiences.handling import LONGEST
from understudy.server.experiences.look import Look
from understudy.server.experiences.program import STATES
from understudy.server.openapi.parts import (
    MOMENT,
    OBJECT,
    TEXT,
    TEXTS,
    YES_OR_NO,
    Family,
    Operation,
    choice,
    json_body,
    listing,
    model,
    one_of,
    ref,
    such_as,
    thing,
    told,
)

RECORD = {"created_at": MOMENT, "updated_at": MOMENT, "deleted": YES_OR_NO, "deleted_at": MOMENT, "account_id": TEXT}
CAMPAIGN = thing(
    id=TEXT, name=TEXT, status=one_of(*STATES), system_status=TEXT, start_at=MOMENT, end_at=MOMENT, segments=TEXTS,
    **RECORD,
)  # fmt: skip
VARIATION = thing(
    id=TEXT, variation={"type": "integer"}, campaign_id=TEXT, vehicle=TEXT, reach=TEXT, conversion=TEXT, detail=OBJECT,
    detail_override=OBJECT, preview=TEXT, **RECORD,
)  # fmt: skip
LOOK = told(thing(theme=TEXT, colors=OBJECT))
BASE = "/api/program/campaign"
ID = {"id": such_as("vip-offer")}

PROGRAMS = Family(
    "Campaigns",
    "Experiences as the vendor's first API has them, and the look of widgets that have none of their own.",
    {
        f"GET {BASE}": Operation(told(listing(ref("Campaign"))), (choice("status", STATES),)),
        f"GET {BASE}/{{id}}": Operation(told(ref("Campaign")), path=ID),
        f"GET {BASE}/variation": Operation(told(listing(ref("Variation")))),
        f"GET {BASE}/variation/{{id}}": Operation(told(ref("Variation")), path=ID),
        **{
            f"{method} {path}": one
            for path in ("/program/settings", "/api/program/settings")
            for method, one in (
                ("GET", Operation(LOOK)),
                (
                    "POST",
                    Operation(LOOK, body=json_body(model(Look), LONGEST, example={"theme": "dark"}), fails=(409, 422)),
                ),
            )
        },
    },
    {"Campaign": CAMPAIGN, "Variation": VARIATION},
)
