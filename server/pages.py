"""The user's own files: `pages/` at the root of the site, `styles/` and the plain scripts of `widgets/` beside it.

Starlette's `StaticFiles` is the only function that opens a file by URL, and it resolves before it checks.
"""

import html
import logging
import os
from collections.abc import Callable
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount
from starlette.staticfiles import StaticFiles
from starlette.types import Receive, Scope, Send

from understudy.server.assets import HTML, asset_response

log = logging.getLogger("understudy")

LISTED = 20  # pages named in a 404
Transform = Callable[[bytes], bytes]
SCRIPT_SUFFIXES = frozenset({".js", ".mjs"})
STYLE_SUFFIXES = frozenset({".css", ".svg", ".png", ".jpg", ".jpeg", ".webp", ".gif", ".woff", ".woff2"})


class Folder(StaticFiles):
    """One folder of the workspace, limited to some suffixes; always asked again, never cached for a time."""

    def __init__(self, folder: Path, suffixes: frozenset[str]) -> None:
        super().__init__(directory=folder, check_dir=False)
        self.suffixes = suffixes

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Serve one file, or raise 404; a folder that appears later is found."""
        if Path(path).suffix.lower() not in self.suffixes or find(self, path) is None:
            raise HTTPException(404, f"Nothing is served at {scope['path']!r}.")
        return await as_it_is(self, path, scope)


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

    def __init__(self, folder: Path, transform: Transform) -> None:
        self.files = StaticFiles(directory=folder, check_dir=False)
        self.folder = folder
        self.transform = transform

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request under the site's root."""
        request = Request(scope, receive)
        await (await self.respond(request))(scope, receive, send)

    async def respond(self, request: Request) -> Response:
        """The response for a request's path; raises a 404 that lists the pages there are."""
        if request.method not in {"GET", "HEAD"}:
            raise HTTPException(
                405, f"{request.method} is not answered at {request.url.path!r}; pages are read with GET."
            )
        name = self.files.get_path(request.scope)
        for candidate in (name, f"{name}.html", str(Path(name) / "index.html")):
            path = find(self.files, candidate)
            if path is not None:
                return await self.file(request, path, candidate)
        return self.missing(request)

    async def file(self, request: Request, path: Path, name: str) -> Response:
        """A page with the transform applied, or any other file as it is."""
        if path.suffix.lower() not in {".html", ".htm"}:
            return await as_it_is(self.files, name, request.scope)
        try:
            page = self.transform(path.read_bytes())
        except OSError as error:
            raise HTTPException(500, f"{path.name} cannot be read: {error.strerror}.") from error
        response = asset_response(request, page, HTML)
        if not is_utf8(page):
            response.headers["Content-Type"] = "text/html"
        return response

    def missing(self, request: Request) -> Response:
        """A 404 with the pages there are, for a person as a page: live reload shows the wanted one once it is there.

        For everybody else it is raised, as an `HTTPException`.
        """
        message = f"No page at {request.url.path!r}. {self.listing()}"
        if "text/html" not in request.headers.get("accept", ""):
            raise HTTPException(404, message)
        log.warning("404 %s", message)
        page = f"<!doctype html>\n<title>No page here</title>\n<p>{html.escape(message, quote=False)}\n"
        return Response(self.transform(page.encode()), 404, {"Cache-Control": "no-store"}, HTML)

    def listing(self) -> str:
        """The pages there are, for a 404."""
        paths = sorted(self.folder.rglob("*.html")) if self.folder.is_dir() else []
        names = [path.relative_to(self.folder).as_posix() for path in paths]
        names = [name for name in names if find(self.files, name)]
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


def page_routes(root: Path, transform: Transform) -> list[BaseRoute]:
    """The routes for a workspace folder; they come last, because pages take every path that is left."""
    return [
        Mount("/styles", Folder(root / "styles", STYLE_SUFFIXES)),
        Mount("/widgets", Folder(root / "widgets", SCRIPT_SUFFIXES)),
        Mount("/", Pages(root / "pages", transform)),
    ]
