"""`/cid/<cid>`: the id by which this server knows a browser, for tags with `loadid` (tag.md 5.8, 8.4).

The answer calls the `callback` with the id, a text. What else the vendor answers is UNKNOWN. The id is kept in a cookie
of the server's own, which no script can read, and told to local pages and listed domains alone: it follows a visitor
from one of the owner's sites to another, and nowhere else.
"""

import json
import uuid

from starlette.requests import Request
from starlette.responses import Response

from understudy.server.assets import JAVASCRIPT
from understudy.server.envelope import failure
from understudy.server.origins import may_include
from understudy.server.personalize import CALLBACK
from understudy.server.site import site_of

COOKIE = "understudy_id"
DAYS_90 = 7_776_000


async def preflight_route(request: Request) -> Response:
    """Hand over the browser's id, made now if it has none."""
    site = site_of(request)
    callback = request.query_params.get("callback", "")
    if not CALLBACK.fullmatch(callback):
        return failure(400, f"callback={callback[:80]!r} is not a function's name; use letters, digits, _, $ and dots.")
    if not may_include(request.headers, site.settings.domains):
        return failure(403, "This page may not ask for ids. List its host name in `domains` of understudy.toml.")
    known = request.cookies.get(COOKIE) or str(uuid.uuid4())
    text = json.dumps(known).replace("<", "\\u003c")
    headers = {"X-Content-Type-Options": "nosniff", "Cache-Control": "no-store"}
    answer = Response(f"/**/{callback}({text});", media_type=JAVASCRIPT, headers=headers)
    secure = request.url.scheme == "https"
    # Another site's page gets the cookie back only where it is `None`, which asks for https.
    answer.set_cookie(COOKIE, known, DAYS_90, httponly=True, secure=secure, samesite="none" if secure else "lax")
    return answer
