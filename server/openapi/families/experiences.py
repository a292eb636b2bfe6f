"""Experiences and their groups, and what the API did to them (platform.md 2.6)."""

from understudy.server.experiences.campaign_audiences import MEASURES
from understudy.server.experiences.campaign_audiences import MOST as MOST_RULES
from understudy.server.experiences.groups import CLASSES, LABELS_LONGEST
from understudy.server.experiences.handling import LONGEST
from understudy.server.experiences.routes import MOST_IMPORTED
from understudy.server.experiences.states import API_STATES, OUR_STATES
from understudy.server.openapi.parts import (
    JSON,
    MOMENT,
    OBJECT,
    TEXT,
    TEXTS,
    YES_OR_NO,
    Answer,
    Family,
    Operation,
    choice,
    envelope,
    json_body,
    listing,
    maybe,
    one_of,
    ref,
    such_as,
    text,
    thing,
    told,
    wish,
    yes,
)

STATES = tuple(dict.fromkeys((*API_STATES.values(), "deleted")))
EXPERIENCE = thing(
    id=TEXT, slug=TEXT, label=TEXT, account_id=TEXT, state=thing(status=TEXT), audience=TEXT, exclude=TEXTS,
    dates=thing(startDate=MOMENT, endDate=MOMENT), campaign=TEXT, stage=TEXT, group_id=TEXT, segments=OBJECT,
    vehicle=OBJECT, variations=listing(OBJECT), file=TEXT, imported=YES_OR_NO, unsaved=YES_OR_NO,
)  # fmt: skip
DETAIL = {**OBJECT, "description": "The widget, as the SDK has it; functions may be texts."}
VEHICLE = wish(
    provider_id=TEXT, tactic=TEXT, detail=DETAIL, detail_override=DETAIL, detailOverride=DETAIL, providerSlug=TEXT
)
EXPERIENCE_WISH = wish(
    label=such_as("Offer"),
    state=wish(status=one_of(*OUR_STATES)),
    dates=wish(startDate=maybe(TEXT), endDate=maybe(TEXT)),
    audience=maybe(TEXT), exclude=TEXTS, inverse=maybe(OBJECT), campaign=maybe(TEXT), stage=maybe(TEXT),
    priority=maybe({"type": "integer"}), vehicle=VEHICLE, variations=listing(OBJECT),
)  # fmt: skip
OFFER = {
    "label": "Offer",
    "audience": "high_value",
    "state": {"status": "draft"},
    "dates": {"endDate": "2026-12-31T23:59:59Z"},
    "vehicle": {
        "provider_id": "pathfora",
        "tactic": "present_message",
        "detail_override": {"headline": "Hello", "className": "offer"},
    },
}
POSTED = json_body(
    {"anyOf": [wish(["experience"], experience=ref("ExperienceWish")), ref("ExperienceWish")]},
    LONGEST,
    example={"experience": OFFER},
)
MANY = json_body(
    wish(["experiences"], experiences={**listing(ref("ExperienceWish")), "minItems": 1, "maxItems": MOST_IMPORTED}),
    LONGEST,
    example={"experiences": [OFFER]},
)
LIST, ONE = told(listing(ref("Experience"))), told(ref("Experience"))
MADE = {201: Answer({JSON: envelope(ref("Experience"), 201)}, "It is made.")}
IMPORTED = thing(status={"type": "integer"}, message=TEXT, data=maybe(ref("Experience")))
IMPORTING = {
    status: Answer({JSON: envelope(listing(IMPORTED), status)}, note)
    for status, note in ((201, "All are imported."), (207, "Some were refused, each with its own status."))
}
GROUP = thing(id=TEXT, slug=TEXT, account_id=TEXT, label=TEXT, parent_id=TEXT, **{"class": one_of(*CLASSES)})
GROUP_WISH = wish(
    label={**TEXT, "minLength": 1, "maxLength": LABELS_LONGEST},
    experiences=TEXTS, child_groups=TEXTS, **{"class": one_of(*CLASSES)},
)  # fmt: skip
GROUP_POSTED = json_body(GROUP_WISH, LONGEST, example={"class": "campaign", "label": "Spring"})
REFUSED = (409, 422, 503)
HOW = choice("method", ("hard", "soft"), "Whether it can still be read.", "soft")
ID = {"id": such_as("vip-offer", "reading")}
RULE = wish(["of"], of=such_as("vip-offer"), measure=one_of(*MEASURES), exclude=YES_OR_NO)
SOME_RULES = {**listing(RULE), "minItems": 1, "maxItems": MOST_RULES}
CONVERTED = {"of": "vip-offer", "measure": "converted"}
RULES = {"oneOf": [wish([key], **{key: SOME_RULES}) for key in ("any", "all")]}
SAVED = thing(id=TEXT, file=TEXT, done=TEXT)
SAVES = "/__understudy__/api/experiences"


def _order(name: str) -> dict[str, Operation]:
    order = told(thing(**{"slug": TEXT, name: TEXTS}))
    posted = json_body(wish([name], **{name: TEXTS}), LONGEST, example={name: []})
    changing = Operation(order, body=posted, fails=REFUSED)
    return {"GET": Operation(order), "POST": changing, "PUT": changing}


ORDERS = {
    "/api/experience/group/priority": _order("groups"),
    "/api/experience/prioritization": _order("experiences"),
}

EXPERIENCES = Family(
    "Experiences",
    "Experiences, their groups and their order. What is changed here counts at once; files are written when asked.",
    {
        "GET /api/experience": Operation(LIST, (choice("status", STATES, "Those of a state alone."),)),
        "POST /api/experience": Operation(MADE, body=POSTED, fails=REFUSED),
        "GET /api/experience/import": Operation(
            LIST,
            (yes("include_existing", "Those imported before."), yes("include_ended", "Ended ones, too.")),
        ),
        "POST /api/experience/import": Operation(IMPORTING, body=MANY, fails=REFUSED),
        "GET /api/experience/template": Operation(
            told(listing(thing(tactic=TEXT, label=TEXT, providerSlug=TEXT, detail=OBJECT)))
        ),
        "GET /api/experience/candidate": Operation(LIST, (text("vehicle"), text("channel"))),
        "GET /api/experience/group": Operation(told(listing(ref("Group"))), (choice("class", CLASSES),)),
        "POST /api/experience/group": Operation(
            {201: Answer({JSON: envelope(ref("Group"), 201)}, "It is made.")}, body=GROUP_POSTED, fails=REFUSED
        ),
        **{f"{method} {path}": one for path, by_method in ORDERS.items() for method, one in by_method.items()},
        "GET /api/experience/group/{id}": Operation(told(ref("Group"))),
        **{
            f"{method} /api/experience/group/{{id}}": Operation(told(ref("Group")), body=GROUP_POSTED, fails=REFUSED)
            for method in ("PATCH", "PUT")
        },
        "DELETE /api/experience/group/{id}": Operation(
            told(ref("Group")), (yes("recursive", "Its experiences, too."), HOW), fails=REFUSED
        ),
        "GET /api/experience/orphan": Operation(LIST),
        "GET /api/experience/{id}": Operation(ONE, path=ID),
        "PATCH /api/experience/{id}": Operation(
            ONE,
            (yes("update_state", "State and dates alone."), yes("clean_override", "Drop the override before.")),
            POSTED,
            REFUSED,
            ID,
        ),
        "DELETE /api/experience/{id}": Operation(ONE, (HOW,), fails=REFUSED, path=ID),
        f"GET {SAVES}": Operation(told(listing(thing(id=TEXT, slug=TEXT, patch=OBJECT, override=OBJECT)))),
        f"POST {SAVES}/audience": Operation(
            told(thing(filterql=TEXT)), body=json_body(RULES, LONGEST, example={"any": [CONVERTED]}), fails=REFUSED
        ),
        f"POST {SAVES}/save": Operation(told(listing(SAVED)), fails=REFUSED),
        f"POST {SAVES}/{{id}}/save": Operation(told(SAVED), fails=REFUSED, path=ID),
        f"DELETE {SAVES}/{{id}}": Operation(told(thing(slug=TEXT, there=YES_OR_NO)), path=ID),
    },
    {"Experience": EXPERIENCE, "ExperienceWish": EXPERIENCE_WISH, "Group": GROUP},
)
