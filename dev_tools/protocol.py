"""How HTTP is spoken: uvicorn's faster parser, with a limit for a request's head and no other for its address.

That parser keeps an unfinished head however long it grows, and cannot read an address over 64 KB, which an event that
is sent as an image's may have: it is the collector that says what an event may have.
"""

from typing import cast

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from understudy.server.world_gate import HANG_UP

LONGEST_HEAD = 4_000_000  # bytes of a request line with its headers; Chromium's addresses end at 2 MB
_LONGEST_PARSED = 65_000  # bytes of an address
_TOO_LONG = (
    f"The request's address and headers are over the limit of {LONGEST_HEAD:,} bytes. Send less in them.".encode()
)


class Protocol(HttpToolsProtocol):
    """One connection."""

    _unfinished = 0  # bytes of a head that has not ended yet
    _in_head = False

    def data_received(self, data: bytes) -> None:
        """Take in what came; hang up when a head does not end."""
        super().data_received(data)
        self._unfinished = self._unfinished + len(data) if self._in_head else 0
        if self._unfinished > LONGEST_HEAD and not self.transport.is_closing():
            head = b"HTTP/1.1 431 Request Header Fields Too Large\r\ncontent-type: text/plain\r\nconnection: close\r\n"
            self.transport.write(b"%scontent-length: %d\r\n\r\n%s" % (head, len(_TOO_LONG), _TOO_LONG))
            self.transport.close()

    def on_message_begin(self) -> None:
        """A head begins."""
        self._in_head, self._unfinished = True, 0
        super().on_message_begin()
        cast("dict[str, object]", self.scope)[HANG_UP] = self.transport.abort

    def on_headers_complete(self) -> None:
        """A head has ended: start on the request, whose query is put in afterwards when it is too long to parse."""
        self._in_head = False
        path, mark, query = self.url.partition(b"?") if len(self.url) > _LONGEST_PARSED else (b"", b"", b"")
        self.url = path or self.url
        super().on_headers_complete()
        if mark:
            self.scope["query_string"] = query
