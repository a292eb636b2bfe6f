"""What the routes to open pages take and answer, for the description of the API (see `server.openapi`)."""

from understudy.dev_tools.api.kit import BASE, LARGEST_BODY
from understudy.dev_tools.api.pages import CALLS, LARGEST_ANSWER
from understudy.server.openapi.families.scripts import SCRIPT
from understudy.server.openapi.parts import (
    COUNT,
    NUMBER,
    OBJECT,
    TEXT,
    TEXTS,
    YES_OR_NO,
    Answer,
    Operation,
    file,
    json_body,
    listing,
    one_of,
    plain,
    such_as,
    text,
    thing,
    wish,
)

PAGES = f"{BASE}/api/pages"
PAGE = {"page": such_as("latest")}
GIVEN = json_body(wish(given=listing({})), LARGEST_ANSWER, "The arguments.", required=False)
ANSWER = plain(thing(version=COUNT, answer={}))
LATE = (409,)

PAGE_OPERATIONS = {
    f"GET {BASE}/": Operation({200: Answer({"text/html": TEXT}, "The page.")}),
    f"GET {BASE}/dashboard.js": Operation(file(SCRIPT), guarded=False),
    f"GET {BASE}/dashboard.css": Operation(file("text/css"), guarded=False),
    f"GET {BASE}/api/story": Operation(
        plain(thing(event_id=COUNT, received=NUMBER, stream=TEXT, raw=TEXT, webhooks=listing(OBJECT))),
        (text("uid", "The visitor's id.", required=True), text("event_id", "The event's number.", required=True)),
        fails=(503,),
    ),
    f"GET {PAGES}": Operation(
        plain(thing(version=COUNT, pages=listing(thing(id=TEXT, address=TEXT, agent=TEXT, since=NUMBER))))
    ),
    f"POST {PAGES}/{{page}}/ask/{{question}}": Operation(
        plain(thing(ticket=TEXT), 202),
        body=json_body(wish(["ticket"], ticket=TEXT, given=listing({})), LARGEST_ANSWER),
        path={**PAGE, "question": such_as("page", "widgets")},
    ),
    f"POST {PAGES}/{{page}}/answers": Operation(
        plain(thing(awaited=YES_OR_NO)),
        body=json_body(wish(["number"], number=COUNT, answer={}, error=TEXT), LARGEST_ANSWER),
        path=PAGE,
    ),
    f"POST {PAGES}/{{page}}/changed": Operation(
        plain(thing(followed=YES_OR_NO)), body=json_body(wish(["topics"], topics=TEXTS), LARGEST_BODY), path=PAGE
    ),
    f"POST {PAGES}/{{page}}/{{call}}": Operation(ANSWER, body=GIVEN, fails=LATE, path={**PAGE, "call": one_of(*CALLS)}),
}
