"""Reading the contract vectors."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

CONTRACT = Path(__file__).parents[2] / "contract"


def typed(value: Any) -> Any:
    """A vector's value with `{"$time": ISO}` made a time."""
    if isinstance(value, dict):
        return datetime.fromisoformat(value["$time"]) if "$time" in value else {k: typed(v) for k, v in value.items()}
    return [typed(item) for item in value] if isinstance(value, list) else value


def read(name: str) -> dict[str, Any]:
    """One contract file."""
    content = json.loads((CONTRACT / name).read_text("utf-8"))
    assert isinstance(content, dict)
    return content
