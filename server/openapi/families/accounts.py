"""The account's settings and its schema (platform.md 3.2, 3.8)."""

from understudy.server.account_routes import LARGEST
from understudy.server.account_settings import SLUGS
from understudy.server.openapi.parts import (
    ANYTHING,
    TEXT,
    TEXTS,
    YES_OR_NO,
    Body,
    Family,
    Operation,
    Schema,
    json_body,
    listing,
    one_of,
    ref,
    thing,
    told,
)
from understudy.server.query_routes import LARGEST as LONGEST_LQL

SETTING = thing(slug=TEXT, name=TEXT, field=TEXT, value=ANYTHING, changed=YES_OR_NO)
SLUG = {"slug": one_of(*SLUGS)}
COLUMN: Schema = thing(**{"as": TEXT, "type": TEXT})
LQL = "SELECT email AS email FROM crm INTO user BY email ALIAS crm"
ONE = told(ref("Setting"))

ACCOUNTS = Family(
    "Account",
    "The account's settings, changed for this world until it is reset, and the fields of its profiles.",
    {
        "GET /api/account/setting": Operation(told(listing(ref("Setting")))),
        "GET /api/account/setting/{slug}": Operation(ONE, path=SLUG),
        "PUT /api/account/setting/{slug}": Operation(
            ONE, body=json_body(ANYTHING, LARGEST, 'The value, or {"value": …}.', example={"value": 500}), path=SLUG
        ),
        "DELETE /api/account/setting/{slug}": Operation(ONE, path=SLUG),
        "POST /api/query/_validate": Operation(
            told(thing(stream=TEXT, table=TEXT, by=TEXTS, alias=TEXT, toml=TEXT)),
            body=Body({"text/plain": TEXT}, "A mapping in LQL.", limit=LONGEST_LQL, example=LQL),
            fails=(422,),
        ),
        "GET /api/schema/{table}": Operation(
            told(thing(name=TEXT, columns=listing(COLUMN))), fails=(503,), path={"table": one_of("user", "content")}
        ),
    },
    {"Setting": SETTING},
)
