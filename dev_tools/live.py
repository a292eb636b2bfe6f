"""Live reload: watches a workspace, has it read again when it changed, and tells open pages what to do.

Whatever is wrong with a file, the watcher goes on and the last good version keeps being served.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import aclosing, asynccontextmanager, suppress
from pathlib import Path
from typing import Protocol

from watchfiles import Change, awatch

from understudy.dev_tools.hubs import Hubs
from understudy.dev_tools.live_changes import (
    file_messages,
    needs_reload,
    problem_list,
    script_message,
    workspace_messages,
)
from understudy.dev_tools.live_files import ROOMS, SETTINGS, Difference, compare, folders, is_passing, read_files
from understudy.server.workspaces.workspace import Workspace
from understudy.server.worlds import Worlds
from understudy.widgets.problems import Problem

DEBOUNCE_MS, STEP_MS = 50, 10  # measured to show a save soonest without seeing it in halves (feasibility.md 6)
LOOK_ANYWAY_MS = 1_000  # a second look, for file systems that do not report changes and folders just created
MISSING_S = 0.5

log = logging.getLogger("understudy")
logging.getLogger("watchfiles").setLevel(logging.WARNING)  # it counts changes; we name them

Reload = Callable[[], tuple[Workspace, Workspace]]


class Publisher(Protocol):
    """Who tells pages."""

    def publish(self, message: Mapping[str, object], *, keep: bool = False) -> None:
        """Send a message to all; see `Hub.publish`."""


@asynccontextmanager
async def watch(worlds: Worlds, hubs: Hubs) -> AsyncIterator["LiveReload"]:
    """While this is open, pages of all worlds hear of changes in the workspace; then their streams end."""
    live = LiveReload(worlds.default.workspace, worlds.reload, hubs, worlds.lay_out)
    task = asyncio.create_task(live.run())
    try:
        yield live
    finally:
        hubs.close()
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


class LiveReload:
    """Watches one workspace. `reload` reads it, puts it in place (audiences too) and returns the old and the new.

    `changed` is called at every difference, before pages hear of it.
    """

    def __init__(
        self, workspace: Workspace, reload: Reload, hub: Publisher, changed: Callable[[], None] = lambda: None
    ) -> None:
        self.root = Path(workspace.root)
        self.reload = reload
        self.changed = changed
        self.hub = hub
        self._files = read_files(self.root)
        self._problems: tuple[Problem, ...] = tuple(workspace.problems)
        self._publish_problems()

    async def run(self) -> None:
        """Watch until cancelled."""
        while True:
            watched = folders(self.root)
            if not watched:
                await asyncio.sleep(MISSING_S)
                continue
            self.look()
            try:
                await self._watch(watched)
            except FileNotFoundError:  # a folder went while the watch was being set up
                continue

    async def _watch(self, watched: Sequence[Path]) -> None:
        """Look at every change until the set of folders is another one."""
        changes = awatch(
            *watched,
            watch_filter=self._is_ours,
            debounce=DEBOUNCE_MS,
            step=STEP_MS,
            rust_timeout=LOOK_ANYWAY_MS,
            yield_on_timeout=True,
            recursive=False,
        )
        async with aclosing(changes):
            async for batch in changes:
                self.look(frozenset(Path(path) for _, path in batch))
                if folders(self.root) != watched:
                    return

    def look(self, touched: frozenset[Path] = frozenset()) -> None:
        """Compare the files with how they were, and act on the difference; never raises."""
        before = self._files
        self._files = read_files(self.root, before, touched)
        difference = compare(before, self._files)
        if not difference:
            return
        log.info("changed: %s", ", ".join((*difference.written, *difference.removed)))
        try:
            self.changed()
        except ValueError as error:
            self._report([Problem(SETTINGS, 0, 0, "", str(error))])
        for message in file_messages(difference, self._files):
            self.hub.publish(message)
        if needs_reload(difference):
            self._reload(difference)

    def _reload(self, difference: Difference) -> None:
        try:
            old, new = self.reload()
            messages = workspace_messages(old, new)
            if (scripts := script_message(difference, new)) is not None:
                messages.append(scripts)
        except Exception as error:  # whatever it is, the watcher must outlive it
            log.debug("reload failed", exc_info=True)
            self._report([Problem(SETTINGS, 0, 0, "", str(error) or repr(error))])
            return
        for message in messages:
            self.hub.publish(message)
        if (old.settings.server, old.settings.store) != (new.settings.server, new.settings.store):
            log.info("[server] and [store] of %s count from the next start, but for allowed_hosts", SETTINGS)
        self._report(new.problems)

    def _report(self, problems: Sequence[Problem]) -> None:
        """Tell pages and the terminal about a new list of problems, the empty one too; nothing when it is the same."""
        if tuple(problems) == self._problems:
            return
        self._problems = tuple(problems)
        self._publish_problems()
        if problems:
            count = f"{len(problems)} problem{'s' if len(problems) > 1 else ''}"
            log.warning("%s; the last good version is served meanwhile:\n%s", count, problem_list(problems))
        else:
            log.info("all problems are fixed")

    def _publish_problems(self) -> None:
        self.hub.publish({"type": "problems", "problems": [p.as_json() for p in self._problems]}, keep=True)

    def _is_ours(self, _change: Change, path: str) -> bool:
        """Whether an event is worth a look: not an editor's file, and in the workspace's folder only what we read."""
        seen = Path(path)
        if is_passing(seen.name):
            return False
        return seen.parent != self.root or seen.name in {SETTINGS, *ROOMS}
