"""What pages load: the tag, the SDK, the scripts of experiences, the workspace's files; and this description."""

from understudy.server.openapi.parts import JSON, OBJECT, TEXT, Answer, Family, Operation, file, plain, such_as

SCRIPT, STYLE, HTML = "text/javascript", "text/css", "text/html"
ACCOUNT = {"cid": such_as("storefront")}
PREVIEWED = {**ACCOUNT, "id": such_as("vip-offer")}


def _asset(*content_types: str, **path: object) -> Operation:
    return Operation(file(*content_types), path=path, guarded=False)  # type: ignore[arg-type]  # schemas


SCRIPTS = Family(
    "Scripts and files",
    "What pages load. Any site may include the scripts; they hold nothing of a visitor.",
    {
        **{f"GET /api/tag/{{cid}}/latest{kind}.js": _asset(SCRIPT, **ACCOUNT) for kind in ("", ".min")},
        **{f"GET /static/pathfora{kind}.js": _asset(SCRIPT) for kind in ("", ".min")},
        **{f"GET /static/pathfora{kind}.css": _asset(STYLE) for kind in ("", ".min")},
        **{
            f"GET {path}/config.js": _asset(SCRIPT, **ACCOUNT)
            for path in ("/api/experience/candidate/{cid}", "/api/program/campaign/config/{cid}")
        },
        **{
            f"GET {path}/{{cid}}/{{id:path}}/config.js": _asset(SCRIPT, **PREVIEWED)
            for path in ("/api/experience/preview", "/api/program/campaign/variation/preview")
        },
        "GET /__understudy__/sdk/{file}": _asset(SCRIPT, file=such_as("storefront.min.js", "storefront.js")),
        "GET /styles/{file:path}": _asset(STYLE, "image/*", "font/*", file=such_as("brand.css")),
        "GET /widgets/{file:path}": _asset(SCRIPT, "application/javascript", file=such_as("hello.js")),
        "GET /{file:path}": Operation(
            {
                **file(HTML, "*/*"),
                404: Answer({HTML: TEXT, JSON: OBJECT}, "No such page; it says which pages there are."),
            },
            path={"file": such_as("index.html", "product.html")},
            guarded=False,
        ),
        "GET /__understudy__/openapi.json": Operation(plain(OBJECT, note="This document.")),
        "GET /__understudy__/api/docs": Operation({200: Answer({HTML: TEXT}, "The page.")}),
        "GET /__understudy__/api/docs.css": _asset(STYLE),
    },
)
