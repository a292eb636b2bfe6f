"""The vendor's default audiences (platform.md 3.5), from the file beside this one."""

from functools import cache
from pathlib import Path

from understudy.server.platform.audience import Audience, parse_audience

_FILE = Path(__file__).with_name("default_audiences.fql")


@cache
def default_audiences() -> tuple[Audience, ...]:
    """Each with as many lines before it as in the file, so that what stands in it is told by its line there."""
    text = _FILE.read_text("utf-8")
    starts = [index for index in range(len(text)) if text.startswith("FILTER", index) and text[index - 1] == "\n"]
    ends = [*starts[1:], len(text)]
    lines = ("\n" * text.count("\n", 0, start) for start in starts)
    return tuple(
        parse_audience(before + text[start:end]) for before, start, end in zip(lines, starts, ends, strict=True)
    )
