"""`understudy serve`: a workspace on a local address, with the debugger and live reload."""

import argparse
import errno
import gc
import logging
import socket
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from types import FrameType

import uvicorn
from starlette.applications import Starlette

from understudy.dev_tools.debugger import debugger_routes
from understudy.dev_tools.hubs import Hubs
from understudy.dev_tools.inject import clock_face, inject, script_tag
from understudy.dev_tools.live import watch
from understudy.dev_tools.protocol import Protocol
from understudy.server.app import create_app
from understudy.server.hosts import LOCAL_HOSTS
from understudy.server.openapi.parts import Family
from understudy.server.platform import Platform
from understudy.server.platform.errors import StoreError
from understudy.server.records.record import kept
from understudy.server.site import Site
from understudy.server.streams import schema_of
from understudy.server.workspaces.workspace import SETTINGS_FILE, Workspace, WorkspaceError, load_workspace

EVERY_ADDRESS = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # no browser can go there, so its own machine's is shown
HIGHEST_PORT = 65_535
RUBBISH = (20_000, 20, 20)  # how many new objects make Python look for rubbish; fewer cost more time than they free

log = logging.getLogger("understudy")


class ServeError(Exception):
    """The server cannot start; the message says why and what to change."""


class Server(uvicorn.Server):
    """Uvicorn, with hubs whose streams end before it waits for its connections, and a word to say when it answers."""

    def __init__(self, config: uvicorn.Config, hubs: Hubs, started: Callable[[], None]) -> None:
        super().__init__(config)
        self.hubs = hubs
        self.say = started

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to answer, then say so: from here on a signal ends the server in order."""
        await super().startup(sockets)
        # What is there now stays to the end. Looking for rubbish in it again and again would take a tenth of the time.
        gc.freeze()
        gc.set_threshold(*RUBBISH)
        if self.started:
            self.say()

    def handle_exit(self, _signal: int, _frame: FrameType | None) -> None:
        """Take note of a signal, and no more: it may come while this very thread holds a lock.

        Uvicorn would raise the signal again once it has ended, and so skip the closing of the store.
        """
        self.should_exit = True

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """End in order."""
        self.hubs.close()
        await super().shutdown(sockets)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments of `understudy serve`."""
    parser.add_argument("workspace", nargs="?", default=".", help="the workspace's folder (default: this folder)")
    parser.add_argument("--host", help="address to listen on, instead of the workspace's (default 127.0.0.1)")
    parser.add_argument(
        "--port", type=port_number, help="port to listen on, instead of the workspace's (default 8765); 0 is any"
    )


def port_number(text: str) -> int:
    """A port given on the command line; raises what `argparse` shows for any other text."""
    if not text.isdecimal() or int(text) > HIGHEST_PORT:
        raise argparse.ArgumentTypeError(f"{text!r} is not a port; choose one from 1024 to {HIGHEST_PORT}, or 0")
    return int(text)


def run(arguments: argparse.Namespace) -> int:
    """Serve until interrupted; 0 then, 2 when the server cannot start."""
    logging.basicConfig(level=logging.INFO, format="%(message)s", stream=sys.stderr)
    logging.getLogger("httpx2").setLevel(logging.WARNING)  # the debugger tells of each call of a webhook
    try:
        workspace = load_workspace(Path(arguments.workspace))
        settings = workspace.settings.server
        host = arguments.host or settings.host
        with listen(host, settings.port if arguments.port is None else arguments.port) as listener:
            serve(workspace, listener, host)
    except (WorkspaceError, StoreError, ServeError) as error:
        print(f"understudy: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:  # before the server runs, which ends on it in order
        return 0
    return 0


def serve(workspace: Workspace, listener: socket.socket, host: str) -> None:
    """Open the store, build the application and answer on `listener` until interrupted."""
    for problem in workspace.problems:
        log.warning("%s", problem)
    store = workspace.settings.store
    if any(problem.path == SETTINGS_FILE for problem in workspace.problems):
        log.warning("until %s is right, the default settings count; events go to %s", SETTINGS_FILE, store.path)
    platform = Platform.open(workspace.store_path, workspace.audiences, synchronous=store.synchronous)
    platform.use_schema(schema_of(workspace.settings.streams))
    hubs = Hubs()
    site = Site(workspace, platform)
    app = build(site, hubs)
    port = listener.getsockname()[1]
    server = Server(configure(app), hubs, lambda: tell_kept(site, announce(workspace, host, port)))
    try:
        server.run(sockets=[listener])
    finally:
        platform.close()


def build(site: Site, hubs: Hubs) -> Starlette:
    """The application of `understudy serve`: the vendor's surfaces, the debugger, and pages with the panel injected."""

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        async with watch(app.state.worlds, hubs):
            yield

    def transform(html: bytes, site: Site) -> bytes:
        return inject(html, script_tag(hubs.of(site).last_id, clock_face(site.clock)))

    return create_app(
        site,
        routes=debugger_routes(hubs),
        families=described,
        transform=transform,
        attendants=(hubs.attend, lambda site: site.platform.keep_time()),
        lifespan=lifespan,
    )


def described() -> tuple[Family, ...]:
    """What the debugger's routes take and answer."""
    from understudy.dev_tools.debugger_described import DEBUGGER  # when somebody asks

    return (DEBUGGER,)


def configure(app: Starlette) -> uvicorn.Config:
    """How uvicorn runs."""
    return uvicorn.Config(app, log_level="warning", timeout_graceful_shutdown=1, lifespan="on", http=Protocol)


def listen(host: str, port: int) -> socket.socket:
    """Bind the address; raises `ServeError` when it is taken, not ours, or needs rights."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # Named, because asyncio turns Nagle's delay off (40 ms an answer) only where the protocol is said to be TCP.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen(128)
    except (OSError, OverflowError) as error:
        listener.close()
        raise ServeError(why_not(host, port, error)) from error
    return listener


def why_not(host: str, port: int, error: Exception) -> str:
    """What to say when an address cannot be bound."""
    number = getattr(error, "errno", None)
    if number == errno.EADDRINUSE:
        return f"port {port} on {host} is in use, perhaps by another Understudy; stop that one, or choose with --port"
    if number == errno.EACCES:
        return f"port {port} needs more rights than this user has; choose one above 1023 with --port"
    return (
        f"cannot listen on {host!r} port {port}: {getattr(error, 'strerror', None) or error}; check --host and --port"
    )


def announce(workspace: Workspace, host: str, port: int) -> str:
    """Print where to go; answers that address."""
    reached = EVERY_ADDRESS.get(host, host)
    shown = f"[{reached}]" if ":" in reached else reached
    url = f"http://{shown}:{port}/"
    print(f"Understudy serves {workspace.root.name} at {url}  (Ctrl-C ends)", flush=True)
    if host not in LOCAL_HOSTS:
        log.warning("warning: other machines can reach %s port %d, and profiles have no password", host, port)
    return url


def tell_kept(site: Site, url: str) -> None:
    """Say what is not as the workspace's files have it, and how to drop that."""
    if found := kept(site):
        api = f"{url}__understudy__/api"
        log.info("laid over the files, as the API left it: %s", "; ".join(map(str, found)))
        log.info("  to drop that, with all visitors: curl -d '{\"all\": true}' %s/reset", api)
        log.info("  to write what is of experiences into files: curl -X POST %s/experiences/save", api)
