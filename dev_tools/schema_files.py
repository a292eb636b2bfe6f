"""JSON Schemas of a workspace: `schemas/<stream>.json` says what the events of a stream are to look like."""

from pathlib import Path

FOLDER = "schemas"


def schema_streams(root: Path) -> list[str]:
    """The streams that the workspace has a schema for."""
    return sorted(path.stem for path in (root / FOLDER).glob("*.json") if path.is_file())
