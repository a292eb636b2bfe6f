"""Serves a workspace until it is killed: collects visitors who enter an audience, and writes down each of them that is
acknowledged, and each webhook that is received. Run by `test_killed.py`: `webhook_child.py FOLDER FIRST HANG`."""

import os
import sys
from itertools import count
from pathlib import Path

import httpx2
from triggers_support import serving


def main(folder: Path, first: int, hang: bool) -> None:
    log = os.open(folder / "log", os.O_WRONLY | os.O_CREAT | os.O_APPEND)

    async def reply(request: httpx2.Request) -> httpx2.Response:
        if hang:
            os.write(log, b"hanging\n")
            while True:
                await _forever()
        os.write(log, b"got " + request.content.replace(b"\n", b" ") + b"\n")
        return httpx2.Response(200)

    with serving(folder / "shop", reply=reply) as stand:  # type: ignore[arg-type]
        for number in count(first):
            stand.send(uid=f"v{number}", tier="gold")
            os.write(log, f"ack v{number}\n".encode())


async def _forever() -> None:
    import asyncio

    await asyncio.Event().wait()


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3] == "hang")
