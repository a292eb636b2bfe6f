"""Addresses given on the command line: where files are served from, and who takes the tag's events."""

import argparse
import re
from urllib.parse import urlsplit

from understudy.server.workspaces.workspace import Workspace

UNFIT = re.compile(r"[\s\x00-\x20\x7f\"<>\\^`{|}]")  # what no address has, unless it is encoded
EVERY_ADDRESS = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # listens there; a browser goes here


def web_address(text: str) -> str:
    """An http(s) address, perhaps without its scheme, as a base without a slash at its end.

    Raises what `argparse` shows for anything else.
    """
    refuse_unfit(text)
    try:
        parts = urlsplit(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is no web address: {error}") from error
    if parts.scheme not in {"http", "https", ""} or not text.startswith((f"{parts.scheme}://", "//")):
        raise argparse.ArgumentTypeError(f"{text!r} is no web address; write it as https://tags.example.com")
    try:
        named = bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        named = False
    if not named:
        raise argparse.ArgumentTypeError(
            f"{text!r} names no host or a wrong port; write it as https://tags.example.com"
        )
    if parts.username or parts.query or parts.fragment:
        raise argparse.ArgumentTypeError(
            f"{text!r} has more than a host and a path; leave out names, '?' and '#', which every visitor sees"
        )
    return text.rstrip("/")


def base_address(text: str) -> str:
    """A web address, or a path on the page's own host; without a slash at its end, so "" is that host's root."""
    if text.startswith("/") and not text.startswith("//"):
        refuse_unfit(text)
        if {"?", "#"} & set(text):
            raise argparse.ArgumentTypeError(f"{text!r} is no folder; leave out '?' and '#'")
        return text.rstrip("/")
    return web_address(text)


def refuse_unfit(text: str) -> None:
    """Raise what `argparse` shows for a text with a character that would end an address where it is written."""
    if found := UNFIT.search(text):
        raise argparse.ArgumentTypeError(f"{text!r} has {found[0]!r}, which no web address has; leave it out")


def has_path(address: str) -> bool:
    """Whether an address is more than an origin: the tag derives only an origin from its script's address."""
    return bool(urlsplit(address).path)


def default_host(workspace: Workspace) -> str:
    """Where the workspace's tag is: the address it is told to send to, else that of `understudy serve`."""
    settings = workspace.settings
    if settings.tag.url:
        return settings.tag.url.rstrip("/")
    host = EVERY_ADDRESS.get(settings.server.host, settings.server.host)
    return f"http://[{host}]:{settings.server.port}" if ":" in host else f"http://{host}:{settings.server.port}"
