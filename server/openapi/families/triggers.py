"""Templates, subscriptions and what webhooks sent (platform.md 4)."""

from understudy.server.openapi.parts import (
    JSON,
    MOMENT,
    NUMBER,
    OBJECT,
    TEXT,
    TEXTS,
    YES_OR_NO,
    Answer,
    Body,
    Family,
    Operation,
    Parameter,
    choice,
    json_body,
    listing,
    model,
    plain,
    ref,
    such_as,
    text,
    thing,
    told,
    whole,
    wish,
)
from understudy.server.triggers.answers import LONGEST_TEXT
from understudy.server.triggers.delivery_routes import LONGEST_WAIT_S, MOST, USUAL
from understudy.server.triggers.subscription import Wish
from understudy.server.triggers.templates import TYPES

TEMPLATE = thing(
    id=TEXT, account_id=TEXT, name=TEXT, type=TEXT, description=TEXT, desired_format=TEXT, created=MOMENT,
    updated=MOMENT,
)  # fmt: skip
SUBSCRIPTION = thing(id=TEXT, account_id=TEXT, name=TEXT, channel=TEXT, segment_ids=TEXTS, created=MOMENT)
JOB = thing(
    key=TEXT, label=TEXT, file=TEXT, workflow=TEXT, segment_ids=TEXTS, status=TEXT, error=TEXT, filling=YES_OR_NO,
    waiting={"type": "integer"},
)  # fmt: skip
ABOUT = (
    text("name", "What it is called."),
    choice("type", TYPES, "Its language."),
    text("description"),
    text("desired_format", "An example of what it gives, as JSON."),
)
SOURCE = Body({"text/plain": TEXT}, "Its source.", limit=LONGEST_TEXT, example="function template() { return 1 }")
KEPT = Body({"text/plain": TEXT}, "Its source; without one it stays.", required=False, limit=LONGEST_TEXT)
ID = {"id": such_as("crm.js")}
ONE = told(ref("Template"))
TRIED = {200: Answer({JSON: thing(data=TEXT, status={"const": 200}, request_id=TEXT)}, "What it gives, or why not.")}
TRY = wish(job_config=OBJECT, entity=OBJECT)
SUBSCRIBE = {"name": "Tell us", "segment_ids": ["all"], "webhook_url": "memory:"}
WEBHOOKS = "/__understudy__/api/webhooks"
SENT = plain(thing(jobs=listing(ref("Job")), deliveries=listing(OBJECT)))
OUTCOMES = ("sending", "retrying", "delivered", "omitted", "failed")
LOOKED_FOR = (
    text("job", "Of one job."),
    choice("outcome", OUTCOMES, "Of one outcome."),
    whole("limit", 0, MOST, USUAL, "The newest."),
    Parameter(
        "wait", {**NUMBER, "minimum": 0, "maximum": LONGEST_WAIT_S}, "Seconds to wait until no job has any left."
    ),
)

TRIGGERS = Family(
    "Webhooks",
    "Who is told when visitors enter and leave audiences, in which words, and what became of it.",
    {
        "GET /v2/template": Operation(told(listing(ref("Template"))), fails=(503,)),
        "POST /v2/template": Operation(ONE, ABOUT, SOURCE, (429, 503)),
        "GET /v2/template/{id}": Operation(ONE, fails=(503,), path=ID),
        "PUT /v2/template/{id}": Operation(ONE, ABOUT, KEPT, (409, 503), ID),
        "DELETE /v2/template/{id}": Operation(ONE, fails=(409, 503), path=ID),
        "POST /v2/template/{id}": Operation({}, fails=(405, 503), path=ID, note="A template is changed with PUT."),
        "POST /v2/template/{id}/test": Operation(
            TRIED,
            body=json_body(TRY, LONGEST_TEXT, example={"entity": {"email": "ann@shop.example"}}),
            fails=(503,),
            path=ID,
        ),
        "GET /api/subscription": Operation(told(listing(ref("Subscription"))), fails=(503,)),
        "POST /api/subscription": Operation(
            told(ref("Subscription")),
            body=json_body(model(Wish), LONGEST_TEXT, example=SUBSCRIBE),
            fails=(422, 429, 503),
        ),
        **{
            f"{method} /api/subscription/{{id}}": Operation(told(ref("Subscription")), fails=(503,))
            for method in ("GET", "DELETE")
        },
        f"GET {WEBHOOKS}": Operation(SENT, LOOKED_FOR, fails=(503,)),
        f"DELETE {WEBHOOKS}": Operation(SENT, LOOKED_FOR, fails=(503,)),
        f"POST {WEBHOOKS}/{{job}}/start": Operation(plain(ref("Job")), fails=(503,)),
    },
    {"Template": TEMPLATE, "Subscription": SUBSCRIPTION, "Job": JOB},
)
