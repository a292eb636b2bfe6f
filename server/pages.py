"""The user's own files: `pages/` at the root of the site, `styles/` and the plain scripts of `widgets/` beside it.

Each world has a workspace, so the folder is looked up for each request. Starlette's `StaticFiles` is the only function
that opens a file by URL, and it resolves before it checks.
"""

import html
import logging
import os
from collections.abc import Callable
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Match, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import Receive, Scope, Send

from understudy.server.assets import HTML, asset_response
from understudy.server.site import Site, site_of

log = logging.getLogger("understudy")

LISTED = 20  # pages named in a 404
Transform = Callable[[bytes, Site], bytes]
SCRIPT_SUFFIXES = frozenset({".js", ".mjs"})
READING = frozenset({"GET", "HEAD"})
STYLE_SUFFIXES = frozenset({".css", ".svg", ".png", ".jpg", ".jpeg", ".webp", ".gif", ".woff", ".woff2"})


class Folder:
    """One folder of the workspace, limited to some suffixes; always asked again, never cached for a time."""

    def __init__(self, room: str, suffixes: frozenset[str]) -> None:
        self.room = room
        self.suffixes = suffixes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one file, or raise 404; a folder that appears later is found."""
        request = Request(scope, receive)
        files = files_of(request, self.room)
        name = files.get_path(scope)
        if request.method not in READING:
            raise unread(request)
        if Path(name).suffix.lower() not in self.suffixes or find(files, name) is None:
            raise HTTPException(404, f"Nothing is served at {scope['path']!r}.")
        await (await as_it_is(files, name, scope))(scope, receive, send)


def unread(request: Request) -> HTTPException:
    """The refusal of what would do more than read a file."""
    message = f"{request.method} is not answered at {request.url.path!r}; files are read with GET."
    return HTTPException(405, message, headers={"Allow": ", ".join(sorted(READING))})


def other_methods(request: Request) -> HTTPException | None:
    """The refusal of a method at an address where a route answers others: pages take whatever no route has taken."""
    routes = (route for route in request.app.routes if isinstance(route, Route))
    asked = (route for route in routes if route.matches(request.scope)[0] is Match.PARTIAL)
    methods = sorted({method for route in asked for method in route.methods or ()})
    if not methods:
        return None
    message = f"{request.method} is not answered at {request.url.path!r}. Send {' or '.join(methods)}."
    return HTTPException(405, message, headers={"Allow": ", ".join(methods)})


def files_of(request: Request, room: str) -> StaticFiles:
    """The files in a folder of the workspace of a request's world."""
    return StaticFiles(directory=site_of(request).workspace.root / room, check_dir=False)


def unchanged(page: bytes, _site: Site) -> bytes:
    """The transform that leaves a page as it is."""
    return page


async def as_it_is(files: StaticFiles, name: str, scope: Scope) -> Response:
    """A file's own bytes. One that may not be read is said before an answer has begun."""
    path = find(files, name)
    if path is not None and not os.access(path, os.R_OK):
        raise HTTPException(500, f"{path.name} cannot be read. Make it readable for this user.")
    response = await StaticFiles.get_response(files, name, scope)
    response.headers["Cache-Control"] = "no-cache"
    return response


def find(files: StaticFiles, name: str) -> Path | None:
    """The file of that name, if there is one; a name that no file can have is that of no file."""
    try:
        full, found = files.lookup_path(name)
    except (OSError, ValueError):  # too long, in a folder that is closed to us, with a null byte
        return None
    return Path(full) if found is not None and Path(full).is_file() else None


class Pages:
    """The user's pages, each passed through `transform`; `/product` finds `product.html`, `/` finds `index.html`."""

    def __init__(self, transform: Transform) -> None:
        self.transform = transform

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request under the site's root."""
        request = Request(scope, receive)
        await (await self.respond(request))(scope, receive, send)

    async def respond(self, request: Request) -> Response:
        """The response for a request's path; raises a 404 that lists the pages there are."""
        if request.method not in READING:
            raise other_methods(request) or unread(request)
        files = files_of(request, "pages")
        name = files.get_path(request.scope)
        for candidate in (name, f"{name}.html", str(Path(name) / "index.html")):
            path = find(files, candidate)
            if path is None:
                continue
            if path.suffix.lower() in {".html", ".htm"}:
                return self.page(request, path)
            return await as_it_is(files, candidate, request.scope)
        return self.missing(request)

    def page(self, request: Request, path: Path) -> Response:
        """A page with the transform applied."""
        try:
            page = self.transform(path.read_bytes(), site_of(request))
        except OSError as error:
            raise HTTPException(500, f"{path.name} cannot be read: {error.strerror}.") from error
        response = asset_response(request, page, HTML)
        if not is_utf8(page):
            response.headers["Content-Type"] = "text/html"
        return response

    def missing(self, request: Request) -> Response:
        """A 404 with the pages there are, for a person as a page: live reload shows the wanted one once it is there.

        For everybody else it is raised, as an `HTTPException`; a 405 when a route of that address takes other methods.
        """
        if refusal := other_methods(request):
            raise refusal
        site = site_of(request)
        message = f"No page at {request.url.path!r}. {listing(site.workspace.root / 'pages')}"
        if "text/html" not in request.headers.get("accept", ""):
            raise HTTPException(404, message)
        log.warning("404 %s", message)
        page = f"<!doctype html>\n<title>No page here</title>\n<p>{html.escape(message, quote=False)}\n"
        return Response(self.transform(page.encode(), site), 404, {"Cache-Control": "no-store"}, HTML)


def listing(folder: Path) -> str:
    """The pages there are, for a 404."""
    files = StaticFiles(directory=folder, check_dir=False)
    paths = sorted(folder.rglob("*.html")) if folder.is_dir() else []
    names = [path.relative_to(folder).as_posix() for path in paths]
    names = [name for name in names if find(files, name)]
    if not names:
        return "This workspace has no pages; put one at pages/index.html."
    more = f" and {len(names) - LISTED} more" if len(names) > LISTED else ""
    return f"Pages here: {', '.join(names[:LISTED])}{more}."


def is_utf8(page: bytes) -> bool:
    """Whether a page may be announced as UTF-8. Any other says itself what it is, by its mark or a `<meta>`."""
    try:
        page.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def page_routes(transform: Transform) -> list[BaseRoute]:
    """The routes for the workspace's own files; they come last, because pages take every path that is left."""
    return [
        Mount("/styles", Folder("styles", STYLE_SUFFIXES)),
        Mount("/widgets", Folder("widgets", SCRIPT_SUFFIXES)),
        Mount("/", Pages(transform)),
    ]
