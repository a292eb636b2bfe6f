"""Collects without end from many producers and prints the number of each event it has an answer for; to be killed."""

import asyncio
import sys

from understudy.server.platform import AudienceBook, Platform
from understudy.server.platform.decoder import decode_event


async def collect(path: str) -> None:
    platform = Platform.open(path, AudienceBook.with_defaults())

    async def produce(uid: int) -> None:
        while True:
            receipt = await platform.collect(decode_event(f"_uid=u{uid}&_e=pv", "acc", "default", 1_795_435_200_000.0))
            print(receipt.event_id, flush=True)

    await asyncio.gather(*(produce(uid) for uid in range(8)))


if __name__ == "__main__":
    asyncio.run(collect(sys.argv[1]))
