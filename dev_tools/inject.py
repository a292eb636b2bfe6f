"""Putting one script tag into a page: first thing in its head, and not a byte changed elsewhere.

The start of a page is read as a browser reads it (comments, doctype, `<html>`, `<head>`, in that order, each
optional), so that a `<head>` in a comment, a `<header>` element or a `>` in an attribute fool nobody.
"""

import codecs
import re
from typing import TYPE_CHECKING, AnyStr

if TYPE_CHECKING:
    from understudy.server.platform.clock import VirtualClock

SCRIPT = '<script src="/__understudy__/debugger.js" data-since="{}"{}></script>'

COMMENT = re.compile(r"<!--(?:>|->|.*?(?:--!?>))", re.DOTALL)
BOGUS = re.compile(r"<(?:!(?!--)|\?|/(?![a-z]))[^>]*>", re.IGNORECASE)  # doctype, XML declaration: both end at `>`
TAG = re.compile(r"""<(html|head)(?=[\s/>])(?:"[^"]*"|'[^']*'|[^>"'])*>""", re.IGNORECASE)
SPACE = re.compile(r"[\t\n\f\r ]+")
WIDE = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
MARK = "\ufeff"


def script_tag(last_id: str, clock: str = "") -> str:
    """The debugger's script element, for a page that is served when `last_id` is the newest message of the stream.

    `clock` is that of its world as `clock_face` has it, so that the page tells its time from the first script on.
    """
    return SCRIPT.format(last_id, f' data-clock="{clock}"' if clock else "")


def clock_face(clock: "VirtualClock") -> str:
    """What a page needs to tell the time of its world: `offset <ms>`, `frozen <unix ms>`, or nothing for real time."""
    if clock.mode == "real":
        return ""
    return f"frozen {round(clock())}" if clock.mode == "frozen" else f"offset {round(clock.offset)}"


def inject(html: AnyStr, tag: str) -> AnyStr:
    """`html` with `tag` right after `<head …>`, else after `<html …>`, the doctype, or at the start.

    Bytes stay bytes in their own encoding. A page that has the tag at that place comes back as it is.
    """
    if isinstance(html, bytes):
        return inject_bytes(html, tag)
    at = insertion_point(html)
    return html if html.startswith(tag, at) else html[:at] + tag + html[at:]


def inject_bytes(html: bytes, tag: str) -> bytes:
    """`inject` for a page as it lies on disk: UTF-16 by its mark, everything else by its ASCII bytes."""
    encoding = WIDE.get(html[:2], "")
    if encoding:
        text = html[2:].decode(encoding, errors="replace")
        at = 2 + len(text[: insertion_point(text)].encode(encoding))
        piece = tag.encode(encoding)
    else:
        mark = len(codecs.BOM_UTF8) if html.startswith(codecs.BOM_UTF8) else 0
        at = mark + insertion_point(html[mark:].decode("latin-1"))  # one character a byte
        piece = tag.encode("ascii", errors="xmlcharrefreplace")
    return html if html.startswith(piece, at) else html[:at] + piece + html[at:]


def insertion_point(text: str) -> int:
    """The index in `text` where its head begins."""
    best = position = 1 if text.startswith(MARK) else 0
    while position < len(text):
        if found := TAG.match(text, position):
            best = position = found.end()
            if found[1].lower() == "head":
                return best
        elif found := COMMENT.match(text, position) or SPACE.match(text, position):
            position = found.end()
        elif found := BOGUS.match(text, position):
            position = found.end()
            best = position if found[0][:9].lower() == "<!doctype" else best
        else:
            break
    return best
