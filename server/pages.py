"""The user's own files: `pages/` at the root of the site, `styles/` and the plain scripts of `widgets/` beside it.

Starlette's `StaticFiles` is the only function that opens a file by URL, and it resolves before it checks.
"""

from collections.abc import Callable
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount
from starlette.staticfiles import StaticFiles
from starlette.types import Receive, Scope, Send

from understudy.server.assets import HTML, asset_response

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
        if Path(path).suffix.lower() not in self.suffixes:
            raise HTTPException(404, f"Nothing is served at {scope['path']!r}.")
        response = await super().get_response(path, scope)
        response.headers["Cache-Control"] = "no-cache"
        return response


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
            full, found = self.files.lookup_path(candidate)
            if found is not None and Path(full).is_file():
                return await self.file(request, Path(full), candidate)
        raise HTTPException(404, f"No page at {request.url.path!r}. {self.listing()}")

    async def file(self, request: Request, path: Path, name: str) -> Response:
        """A page with the transform applied, or any other file as it is."""
        if path.suffix.lower() not in {".html", ".htm"}:
            response = await self.files.get_response(name, request.scope)
            response.headers["Cache-Control"] = "no-cache"
            return response
        try:
            return asset_response(request, self.transform(path.read_bytes()), HTML)
        except OSError as error:
            raise HTTPException(500, f"{path.name} cannot be read: {error.strerror}.") from error

    def listing(self) -> str:
        """The pages there are, for a 404."""
        names = (
            sorted(str(path.relative_to(self.folder)) for path in self.folder.rglob("*.html"))
            if self.folder.is_dir()
            else []
        )
        return (
            f"Pages here: {', '.join(names)}." if names else "This workspace has no pages; put one at pages/index.html."
        )


def page_routes(root: Path, transform: Transform) -> list[BaseRoute]:
    """The routes for a workspace folder; they come last, because pages take every path that is left."""
    return [
        Mount("/styles", Folder(root / "styles", STYLE_SUFFIXES)),
        Mount("/widgets", Folder(root / "widgets", SCRIPT_SUFFIXES)),
        Mount("/", Pages(root / "pages", transform)),
    ]
