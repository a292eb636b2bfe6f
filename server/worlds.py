"""Worlds: many isolated sites within one server, so that tests run side by side and nobody's visitors meet another's.

A world has its own profiles and events (in memory), clock, faults, and perhaps an overlay of the workspace's files. The
`default` world is the workspace as it lies on disk, with its store file. There is room for `MOST` worlds, which bounds
threads (one each) and memory: a suite that needs more has forgotten to delete its own.
"""

import asyncio
import logging
import re
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from dataclasses import replace
from itertools import count

from starlette.requests import Request

from understudy.server.platform import Platform, StoreError
from understudy.server.records.telling import tell_covered
from understudy.server.site import DEFAULT_WORLD, Site
from understudy.server.streams import schema_of
from understudy.server.workspaces.known_files import KnownFiles
from understudy.server.workspaces.overlaid_files import OverlaidFiles
from understudy.server.workspaces.overlays import OverlaidFolder, Overlay, OverlayError
from understudy.server.workspaces.workspace import Workspace, load_workspace, read_workspace

log = logging.getLogger("understudy")

MOST = 256
NAME = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")  # what a host name can have between two dots
Attendant = Callable[[Site], AbstractAsyncContextManager[object]]


class WorldError(Exception):
    """A world that cannot be made, found or deleted; the message says what to do."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


class Worlds:
    """All worlds of a server. What is not async may be called from the event loop alone.

    An attendant is open for as long as a world is, and the server runs: it keeps its time, or listens to its events.
    """

    def __init__(self, default: Site, attendants: Sequence[Attendant] = (), most: int = MOST) -> None:
        self.default = default
        self.most = most
        self._others: dict[str, Site] = {}
        self._overlays: dict[Site, OverlaidFolder] = {}
        self._attendants = attendants
        self._open: dict[Site, AsyncExitStack] = {}
        self._running = False
        self._changing = asyncio.Lock()
        self._numbers = count(1)
        self._known = KnownFiles()

    def __iter__(self) -> Iterator[Site]:
        return iter((self.default, *self._others.values()))

    def find(self, name: str) -> Site | None:
        """The world of that name."""
        return self.default if name == DEFAULT_WORLD else self._others.get(name)

    def get(self, name: str) -> Site:
        """The world of that name; raises `WorldError`."""
        site = self.find(name)
        if site is None:
            raise WorldError(404, self.unknown(name))
        return site

    def unknown(self, name: str, asked_by: str = "") -> str:
        """What to say of a world that is not there; `asked_by` is how it was asked for."""
        named = f" (named by the {asked_by})" if asked_by else ""
        otherwise = ", or ask without that name" if asked_by else ""
        known = ", ".join([DEFAULT_WORLD, *list(self._others)[:20]])
        return (
            f"There is no world {name[:80]!r} here{named}. Make it: POST /__understudy__/api/worlds "
            f'{{"name": "{name[:80] if NAME.fullmatch(name) else "my-world"}"}}{otherwise}. There are: {known}.'
        )

    async def create(self, name: str = "", overlay: Overlay | None = None) -> Site:
        """A new world, by that name or one that is free; raises `WorldError`.

        `overlay` has texts of files by their path in the workspace, in place of what is on disk; None takes one away.
        """
        async with self._changing:
            name = name or next(free for number in self._numbers if not self.find(free := f"w{number}"))
            self._check(name)
            site = self._others[name] = await self._made(name, overlay or {})
            try:
                await self._attend(site)
            except BaseException:
                await self._end(site)
                raise
            return site

    async def delete(self, name: str) -> None:
        """End a world, with all that it holds; raises `WorldError`."""
        async with self._changing:
            site = self.get(name)
            if site is self.default:
                raise WorldError(400, f"The world {DEFAULT_WORLD!r} cannot be deleted; reset it instead.")
            await self._end(site)

    async def reset(self, name: str) -> Site:
        """Bring a world back to its beginning: no visitors or events, real time, no faults; raises `WorldError`.

        Its overlay stays, and what was made by an API goes.
        """
        async with self._changing:
            site = self.get(name)
            await self._leave(site)
            try:
                site.clock.resume()
                async with site.record.writing:  # what is written after this finds nothing to keep
                    await site.platform.clear()
                    site.renew()
                site.platform.use_audiences(site.workspace.audiences)
            finally:
                await self._attend(site)
            return site

    def reload(self) -> tuple[Workspace, Workspace]:
        """Read the workspace anew, for all worlds; answers how the default one's was and is."""
        old = self.default.workspace
        new = load_workspace(old.root, old)
        for site in self:
            workspace = self._own_version(site, new)
            site.platform.use_audiences(workspace.audiences)
            site.platform.use_schema(schema_of(workspace.settings.streams))
            site.workspace = workspace
            site.triggers.changed()
            site.forget_gone()
        tell_covered(self.default, old)
        return old, new

    def lay_out(self) -> None:
        """Bring changes on disk into the folders of the worlds that have files of their own."""
        for folder in self._overlays.values():
            folder.refill(self.default.workspace.root)

    def overlay(self, site: Site) -> Overlay:
        """The files that a world has of its own."""
        folder = self._overlays.get(site)
        return folder.files if folder else {}

    @asynccontextmanager
    async def attended(self) -> AsyncIterator[None]:
        """While this is open the attendants are at work; then all worlds but the default one end."""
        self._running = True
        try:
            for site in self:
                await self._attend(site)
            yield
        finally:
            self._running = False
            async with AsyncExitStack() as ending:  # one that fails to end leaves no thread or folder of the others
                ending.push_async_callback(self._leave, self.default)
                for site in self._others.values():
                    ending.push_async_callback(self._end, site)

    def _check(self, name: str) -> None:
        if not NAME.fullmatch(name):
            raise WorldError(
                400,
                f"{name[:80]!r} is no name for a world. Use up to 63 lower-case letters, digits, and '-' between them.",
            )
        if self.find(name):
            raise WorldError(
                409, f"There is a world {name!r} already. Choose another name, or delete or reset that one."
            )
        if len(self._others) >= self.most:
            raise WorldError(
                429, f"There are {self.most} worlds, the most that one server holds. Delete those that are done with."
            )

    async def _made(self, name: str, overlay: Overlay) -> Site:
        folder = None
        try:
            folder = OverlaidFolder(overlay) if overlay else None
            workspace = await self._read_aside(folder) if folder else self.default.workspace
            platform = Platform.open(":memory:", workspace.audiences)
        except (OverlayError, StoreError) as error:
            if folder:
                folder.remove()
            raise WorldError(400, f"The world {name!r} was not made: {error}.") from error
        platform.use_schema(schema_of(workspace.settings.streams))
        site = Site(workspace, platform, name)
        if folder:
            self._overlays[site] = folder
        return site

    async def _end(self, site: Site) -> None:
        del self._others[site.world]
        site.closed = True
        try:
            await self._leave(site)
        finally:
            site.platform.close()
            if folder := self._overlays.pop(site, None):
                folder.remove()

    def _own_version(self, site: Site, new: Workspace) -> Workspace:
        """A workspace that was read anew with the files of a world; as it was, when they cannot be laid out."""
        folder = self._overlays.get(site)
        if folder is None:
            return new
        try:
            folder.refill(new.root)
            return self._read(folder, new, site.workspace)
        except OverlayError as error:
            log.warning("the world %r stays as it was: %s", site.world, error)
            return site.workspace

    async def _read_aside(self, folder: OverlaidFolder) -> Workspace:
        """A new world's version, read in a thread: there may be much to read, and the others are served meanwhile."""
        while True:
            shared = self.default.workspace
            workspace = await asyncio.to_thread(self._read, folder, shared, shared)
            if shared is self.default.workspace:  # else it was read anew, and so is this
                return workspace

    def _read(self, folder: OverlaidFolder, shared: Workspace, before: Workspace) -> Workspace:
        """A world's version of the workspace; all that its own files do not change is as in the shared one."""
        files, had = shared.reading.files, before.reading.files
        own = {name: had[name] for name in folder.files if name in had} | self._known.of(folder.texts)
        reading = replace(shared.reading, files={**files, **own})
        workspace = read_workspace(OverlaidFiles(shared.source, folder), replace(before, reading=reading))
        self._known.keep(folder.texts, workspace.reading.files)
        return workspace

    async def _attend(self, site: Site) -> None:
        if not self._running:
            return
        stack = self._open[site] = AsyncExitStack()
        for attendant in self._attendants:
            await stack.enter_async_context(attendant(site))

    async def _leave(self, site: Site) -> None:
        if stack := self._open.pop(site, None):
            await stack.aclose()


def worlds_of(request: Request) -> Worlds:
    """All worlds of the server that a request came to."""
    worlds: Worlds = request.app.state.worlds
    return worlds
