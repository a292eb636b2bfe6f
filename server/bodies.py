"""Reading what was posted, up to a limit of size and of time: a client may be hostile, or just broken."""

import asyncio

from starlette.requests import Request

SECONDS = 10.0  # for a whole body; a client that drips one byte at a time is cut off


class BodyTooLarge(Exception):  # noqa: N818  (named for what it says of the body)
    """A body over its limit; `size` is all of its bytes."""

    def __init__(self, size: int, limit: int) -> None:
        self.size = size
        super().__init__(f"The body is {size:,} bytes, over the limit of {limit:,}. Send less in one request.")


class BodyTooSlow(Exception):  # noqa: N818
    """A body that did not end in time."""

    def __init__(self) -> None:
        super().__init__(f"The body did not end within {SECONDS:g} seconds. Send it at once.")


async def read_body(request: Request, limit: int) -> str:
    """The body as text, where bytes that are not UTF-8 become U+FFFD; raises `BodyTooLarge` and `BodyTooSlow`.

    It is read to its end even when it is too large: a client that is still sending reads no answer. What is over the
    limit is not kept.
    """
    body, size = bytearray(), 0
    try:
        async with asyncio.timeout(SECONDS):
            async for chunk in request.stream():
                size += len(chunk)
                if size <= limit:
                    body += chunk
    except TimeoutError:
        raise BodyTooSlow from None
    if size > limit:
        raise BodyTooLarge(size, limit)
    return body.decode("utf-8", "replace")
