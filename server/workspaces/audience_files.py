"""The audiences of a workspace: `.fql` files read with their problems, and the book of them and the built-in ones."""

from collections.abc import Iterable, Sequence
from pathlib import Path, PurePosixPath

from understudy.server.platform.audience import Audience, parse_audience
from understudy.server.platform.audiences import AudienceBook
from understudy.server.platform.computed import Computed
from understudy.server.platform.filterql import FilterQLError
from understudy.server.platform.meta_fields import ALWAYS
from understudy.widgets.documents import decode
from understudy.widgets.problems import Problem


def read_audience(raw: bytes, name: str) -> tuple[Audience | None, list[Problem]]:
    """The audience in a file's bytes, and what is wrong with it; None when something is."""
    text, problems = decode(raw, name)
    if problems:
        return None, problems
    if not text.strip():
        return None, [Problem(name, 1, 1, "", "the file is empty", "write: FILTER <condition> ALIAS <name>")]
    try:
        return parse_audience(text, slug=PurePosixPath(name).stem, source=Path(name)), []
    except FilterQLError as error:
        return None, [Problem(name, error.line, error.column, error.token, error.message, error.hint)]


def build_book(
    audiences: Iterable[Audience],
    problems: list[Problem],
    computed: Sequence[Computed] = (),
    made: Iterable[Audience] = (),
) -> AudienceBook:
    """The built-in audiences, those `made` for experiences, and these; two of one slug and an INCLUDE that leads
    nowhere are problems.

    Of two files with one slug the first by name counts. A file may redefine a built-in audience, or one that was made.
    """
    kept: dict[str, Audience] = {}
    for audience in audiences:
        if first := kept.get(audience.slug):
            hint = "give this one another ALIAS; until then it is left out"
            message = f"the audience {audience.slug!r} is in {_file(first)} already"
            problems.append(Problem(_file(audience), 1, 1, audience.slug, message, hint))
        else:
            kept[audience.slug] = audience
    book = AudienceBook.with_defaults((*made, *kept.values()), (*ALWAYS, *computed))
    for found in book.problems():
        if found.audience.source is not None:
            file = _file(found.audience)
            problems.append(Problem(file, found.line, found.column, "", found.message, found.hint))
    return book


def _file(audience: Audience) -> str:
    return audience.source.as_posix() if audience.source else ""
