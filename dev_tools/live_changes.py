"""From what changed to what an open page must do about it: the messages of the live stream.

The page learns addresses and ids, never contents; it fetches those as it did the first time.
"""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import quote

from understudy.dev_tools.live_files import Difference, Files

if TYPE_CHECKING:
    from understudy.server.workspaces.workspace import Workspace
    from understudy.widgets.experience import Experience

Message = dict[str, object]
EVERY_PAGE = "*"


def file_messages(difference: Difference, files: Files) -> list[Message]:
    """Messages for `styles/` and `pages/`, which the server reads from disk each time."""
    written = [(address_of(name), files[name].digest) for name in difference.written]
    removed = [address_of(name) for name in difference.removed]
    return [
        *(_file_message(address, digest) for address, digest in written if address is not None),
        *(_gone_message(address) for address in removed if address is not None),
    ]


def address_of(name: str) -> str | None:
    """Where a file of `styles/` or `pages/` is served; None for the other rooms."""
    room, _, rest = name.partition("/")
    if room == "styles":
        return quote(f"/styles/{rest}")
    return quote(f"/{rest}") if room == "pages" else None


def needs_reload(difference: Difference) -> bool:
    """Whether the workspace must be read again: for all but new text in a stylesheet or a page."""
    return bool(difference.removed or difference.added or any(address_of(name) is None for name in difference.written))


def workspace_messages(old: "Workspace", new: "Workspace") -> list[Message]:
    """Messages for what differs between two loads of a workspace, by content."""
    messages: list[Message] = []
    if (experiences := experiences_message(old.experiences, new.experiences)) is not None:
        messages.append(experiences)
    if slugs := differing(_told(old), _told(new)):
        messages.append({"type": "audiences", "slugs": slugs})
    if ids := differing({p.id: p for p in old.personas}, {p.id: p for p in new.personas}):
        messages.append({"type": "personas", "ids": ids})
    if old.content_files != new.content_files:
        messages.append(_page(EVERY_PAGE, "content changed"))
    if old.settings != new.settings:
        messages.append(_page(EVERY_PAGE, "understudy.toml changed"))
    return messages


def script_message(difference: Difference, new: "Workspace") -> Message | None:
    """The message for plain `widgets/*.js` files: what such a script did cannot be undone, so pages load anew."""
    plain = {path.name for path in new.scripts}
    names = [PurePosixPath(name) for name in (*difference.written, *difference.removed)]
    changed = [p for p in names if p.parts[0] == "widgets" and p.suffix == ".js"]
    scripts = [p for p in changed if p.name in plain or str(p) in difference.removed]
    return _page(EVERY_PAGE, f"{scripts[0]} changed") if scripts else None


def differing(old: Mapping[str, object], new: Mapping[str, object]) -> list[str]:
    """Keys whose values differ, or that only one of the two has, sorted."""
    return sorted(key for key in old.keys() | new.keys() if old.get(key) != new.get(key))


def published(experiences: Iterable["Experience"]) -> dict[str, object]:
    """What a browser may see of each published experience, by the ids of its widgets; where it stands in its file is no
    part of that."""
    live = [experience for experience in experiences if experience.published]
    return {id_: dict(experience) for experience in live for id_ in experience.shown_ids}


def _told(workspace: "Workspace") -> dict[str, object]:
    """The audiences that pages or people know: those made for an experience come and go with it."""
    return {slug: one for slug, one in workspace.audiences.items() if one.public or one.source}


def _listed(experiences: Iterable["Experience"]) -> list[object]:
    return [(experience.file, dict(experience)) for experience in experiences]


def experiences_message(old: Sequence["Experience"], new: Sequence["Experience"]) -> Message | None:
    """`ids` to draw again and `removed` ones; both empty when only drafts changed, which the panel lists too."""
    if _listed(old) == _listed(new):
        return None
    before, after = published(old), published(new)
    changed = differing(before, after)
    return {
        "type": "experiences",
        "ids": [id_ for id_ in changed if id_ in after],
        "removed": [id_ for id_ in changed if id_ not in after],
    }


def _file_message(address: str, digest: str) -> Message:
    if address.endswith(".css"):
        return {"type": "css", "href": f"{address}?v={digest}"}
    return _page(address, "changed")


def _gone_message(address: str) -> Message:
    if address.endswith(".css"):
        return {"type": "css", "href": address, "removed": True}
    return _page(address, "deleted")


def _page(path: str, reason: str) -> Message:
    return {"type": "page", "path": path, "reason": reason}


def problem_list(problems: Sequence[object]) -> str:
    """Problems as a block for a terminal, one a line."""
    return "\n".join(f"  {problem}" for problem in problems)
