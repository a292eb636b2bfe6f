"""What a hub has told, read as a page that has missed everything would."""

import json
from typing import Any

from understudy.dev_tools.stream import Hub


async def everything_told(hub: Hub) -> list[dict[str, Any]]:
    """All messages that a hub has kept, oldest first; the hub is closed by that."""
    run = hub.last_id.partition("-")[0]
    hub.close()
    frames = [frame async for frame in hub.listen(f"{run}-0")]
    return [json.loads(frame.partition(b"data: ")[2]) for frame in frames if b"data: " in frame]
