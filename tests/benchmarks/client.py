"""A small keep-alive HTTP client: the standard clients cost more per request than the server that is measured."""

import asyncio
import time
from collections.abc import Iterator
from urllib.parse import urlsplit


class Connection:
    """One keep-alive connection; `get` answers the status and the milliseconds it took."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self.host, self.port = parts.hostname or "", parts.port or 80

    async def open(self) -> "Connection":
        """Connect."""
        self.reader, self.writer = await asyncio.open_connection(self.host, self.port)
        return self

    async def get(self, path: str) -> tuple[int, float]:
        """One GET; the body is read and dropped."""
        start = time.perf_counter()
        self.writer.write(f"GET {path} HTTP/1.1\r\nHost: {self.host}:{self.port}\r\n\r\n".encode())
        head = await self.reader.readuntil(b"\r\n\r\n")
        lines = head.decode("latin-1").split("\r\n")
        length = next((int(line.split(":")[1]) for line in lines if line.lower().startswith("content-length:")), 0)
        await self.reader.readexactly(length)
        return int(lines[0].split()[1]), (time.perf_counter() - start) * 1000

    def close(self) -> None:
        """Hang up."""
        self.writer.close()


async def hammer(url: str, paths: Iterator[str], requests: int, connections: int) -> tuple[list[float], float]:
    """Send `requests` GETs over some connections; the milliseconds of each, and the seconds of all.

    Raises `AssertionError` when one is not answered with 200, because such a figure would mean nothing.
    """
    times: list[float] = []
    opened = [await Connection(url).open() for _ in range(connections)]

    async def work(connection: Connection) -> None:
        for _ in range(requests // connections):
            status, took = await connection.get(next(paths))
            assert status == 200, status
            times.append(took)

    start = time.perf_counter()
    await asyncio.gather(*(work(connection) for connection in opened))
    total = time.perf_counter() - start
    for connection in opened:
        connection.close()
    return times, total
