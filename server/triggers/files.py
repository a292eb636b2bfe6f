"""The files of `webhooks/`: jobs, and templates beside them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import PurePosixPath

from understudy.server.platform.audience import Audience
from understudy.server.platform.audiences import AudienceBook
from understudy.server.platform.filterql.watches import watches
from understudy.server.segments.vendor_object import find
from understudy.server.triggers.job import WebhookJob, is_template, read_job
from understudy.server.triggers.templates import SUFFIXES, Template, read_template
from understudy.server.workspaces.shelf import Shelf
from understudy.widgets.problems import Problem, did_you_mean

FOLDER = "webhooks"
SHORTEST_WINDOW = timedelta(minutes=30)
JOB_SUFFIXES = (".yaml", ".yml", ".json")


@dataclass(frozen=True)
class WebhookFiles:
    """What `webhooks/` holds. `names` are those of all its job files, also of those that were never right."""

    jobs: tuple[WebhookJob, ...] = ()
    templates: tuple[Template, ...] = ()
    names: frozenset[str] = frozenset()


def read_webhooks(shelf: Shelf, account: str, audiences: AudienceBook) -> WebhookFiles:
    """Read the folder; what is wrong is added to the shelf's problems."""
    paths = shelf.listing(FOLDER, *JOB_SUFFIXES)
    sources = shelf.listing(FOLDER, *SUFFIXES)
    templates = shelf.read_all(sources, read_template)
    jobs = list(_one_each(shelf.read_all(paths, read_job), shelf.problems))
    shelf.problems += _audience_problems(jobs, account, audiences)
    shelf.problems += _missing_templates(jobs, [path.name for path in sources])
    return WebhookFiles(tuple(jobs), tuple(templates), frozenset(path.stem for path in paths))


def _one_each(jobs: Sequence[WebhookJob], problems: list[Problem]) -> Iterator[WebhookJob]:
    seen: dict[str, WebhookJob] = {}
    for job in jobs:
        first = seen.setdefault(job.key, job)
        if first is job:
            yield job
        else:
            message = f"the job {job.key!r} is in {first.file} already"
            problems.append(Problem(job.file, 1, 1, job.key, message, "rename one of the files"))


def _audience_problems(jobs: Sequence[WebhookJob], account: str, book: AudienceBook) -> Iterator[Problem]:
    for job in jobs:
        for index, name in enumerate(job.segment_ids):
            audience, place = find(account, book, name), job.place("segment_ids", index)
            if audience is None:
                near = did_you_mean(name, book)
                hint = near if "mean" in near else f"add audiences/{name}.fql"
                message = f"there is no audience {name!r}, so nobody enters or leaves it"
                yield Problem(job.file, place.line, place.column, name, message, hint)
            elif _is_hasty(audience):
                message = f"the audience {name!r} looks at less than half an hour, which the vendor does not tell of"
                hint = "make the window now-30m or longer, or name another audience"
                yield Problem(job.file, place.line, place.column, name, message, hint)


def _is_hasty(audience: Audience) -> bool:
    found = watches(audience.statement.phrase)
    return any(timedelta() < watch.soonest < SHORTEST_WINDOW for watch in found if watch.exact)


def _missing_templates(jobs: Sequence[WebhookJob], known: Sequence[str]) -> Iterator[Problem]:
    for job in jobs:
        for key, name in (("template_id", job.template_id), ("webhook_url", job.webhook_url)):
            # A name without a suffix is that of a template which the API has made.
            if PurePosixPath(name).suffix in SUFFIXES and is_template(name) and name not in known:
                place = job.place(key)
                message = f"there is no template {FOLDER}/{name}"
                yield Problem(job.file, place.line, place.column, name, message, did_you_mean(name, known) or "add it")
