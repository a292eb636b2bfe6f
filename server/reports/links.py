"""Where a report leads to: the experience's file at its line, and its preview."""

from pathlib import Path
from urllib.parse import quote, urlencode

from understudy.server.reports.subjects import Subject
from understudy.server.site import Site

PREVIEW_KEY = "lytics_preview_id"  # the vendor's, where `[tag.pathfora.preview]` names no other
EDITOR = "vscode://file"  # the one address by which editors open a file at a line; several take it


def source_link(site: Site, subject: Subject) -> str:
    """The address that opens the experience's file in an editor; empty when it has none on this disk."""
    one = subject.experience
    if one is None or not one.file:
        return ""
    path = site.workspace.root / one.file
    return f"{EDITOR}{quote(_absolute(path))}:{one.place().line}" if path.is_file() else ""


def preview_link(site: Site, subject: Subject) -> str:
    """The address of the first page with the experience on it, whatever its status; empty when previews are off."""
    preview = site.workspace.settings.tag.pathfora.preview
    if subject.experience is None or preview is None or preview.disabled:
        return ""
    key = (preview.experience and preview.experience.preview_key) or PREVIEW_KEY
    return f"/?{urlencode({key: subject.id})}"


def _absolute(path: Path) -> str:
    text = path.resolve().as_posix()
    return text if text.startswith("/") else f"/{text}"  # of Windows, where a drive's letter comes first
