"""`understudy explain`: why a profile is in an audience or not, and when that changes without anything happening."""

import difflib
import json
import sys
from argparse import ArgumentParser, Namespace
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from understudy.server.platform.audience import Audience
from understudy.server.platform.audiences import Flip
from understudy.server.platform.errors import FieldError
from understudy.server.platform.filterql import DateMathError
from understudy.server.platform.filterql.datemath import RELATIVE, parse_date, shift
from understudy.server.platform.kinds import coerce
from understudy.server.platform.reasons import Reason, file_of, moment_text, reason_for
from understudy.server.platform.rules import kind_of
from understudy.server.platform.seeding import prepare
from understudy.server.platform.state import ProfileState, profile_id
from understudy.server.workspaces.workspace import Workspace, WorkspaceError, load_workspace
from understudy.widgets.documents import READERS, parse_document
from understudy.widgets.problems import section

LARGEST = 1_048_576  # bytes of a profile, as the vendor has it (platform.md 3.3)
_NAMES_OF_AUDIENCES = frozenset({"segments", "segments_all", "_segments"})


class ExplainError(Exception):
    """What was asked for is not there; the message says what to ask for instead."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One audience, one profile, one moment."""

    audience: Audience
    subject: str
    at: datetime
    reason: Reason
    flip: Flip | None

    @property
    def inside(self) -> bool:
        """Whether the profile is in the audience."""
        return self.reason.result is True


def add_arguments(parser: ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument("workspace", nargs="?", type=Path, default=Path(), help="the workspace's folder")
    parser.add_argument("--audience", required=True, metavar="NAME", help="the audience's slug or alias")
    who = parser.add_mutually_exclusive_group()
    who.add_argument("--persona", metavar="NAME", help="a persona of the workspace; without one, a new visitor")
    who.add_argument("--profile-file", type=Path, metavar="FILE", help="a profile's fields, as YAML or JSON")
    parser.add_argument(
        "--at", default="now", metavar="TIME", help="another moment, such as 2027-01-31T12:00Z or now+3d"
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def run(arguments: Namespace) -> int:
    """Explain, and print; 0 when the profile is in the audience, 1 when not, 2 when one of them is not there."""
    try:
        answer = explain(load_workspace(arguments.workspace), arguments)
    except (WorkspaceError, ExplainError, FieldError) as error:
        print(f"understudy: {error}", file=sys.stderr)
        return 2
    print(as_json(answer) if arguments.json else as_text(answer))
    return 0 if answer.inside else 1


def explain(workspace: Workspace, arguments: Namespace) -> Answer:
    """The answer; raises `ExplainError` or `FieldError`."""
    at = moment(arguments.at)
    audience = find_audience(workspace, arguments.audience)
    if arguments.profile_file:
        subject, fields = str(arguments.profile_file), read_profile(arguments.profile_file)
    elif arguments.persona:
        subject, fields = f"persona {arguments.persona}", persona_fields(workspace, arguments.persona)
    else:
        subject, fields = "a new visitor", newcomer()
    book = workspace.audiences
    flip = book.flip(audience.slug, fields, at)
    return Answer(audience, subject, at, reason_for(book, audience.slug, fields, at), flip)


def moment(text: str) -> datetime:
    """A time given on the command line, relative or not."""
    now = datetime.now(UTC).replace(microsecond=0)
    try:
        found = shift(text, now) if RELATIVE.match(text) else parse_date(text)
    except DateMathError as error:
        raise ExplainError(f"--at cannot be understood: {error}.") from error
    if found is None:
        raise ExplainError(f"--at {text!r} is no time. Write one such as 2027-01-31T12:00Z, or now+3d.")
    return found


def find_audience(workspace: Workspace, name: str) -> Audience:
    """The audience of that slug or alias; raises `ExplainError` when there is none, or it cannot be read."""
    found = workspace.audiences.find(name)
    if found is not None:
        return found
    broken = [problem for problem in workspace.problems if Path(problem.path) == Path("audiences", f"{name}.fql")]
    if broken:
        raise ExplainError(f"The audience {name!r} cannot be read: {broken[0]}")
    raise ExplainError(f"There is no audience {name!r}.{close_to(name, list(workspace.audiences))}")


def persona_fields(workspace: Workspace, name: str) -> dict[str, object]:
    """The typed fields of a persona's profile, as if it had been put on."""
    persona = workspace.persona(name)
    if persona is None:
        known = [each.id for each in workspace.personas]
        raise ExplainError(f"There is no persona {name!r} in the workspace.{close_to(name, known)}")
    state = prepare(persona.all_identities, persona.fields)
    return ProfileState(profile_id(state.identities()[0]), state.fields, seeded=True).values()


def newcomer() -> dict[str, object]:
    """The fields of a visitor of whom nothing is known but a cookie."""
    state = ProfileState(profile_id(("_uid", "new")))
    state.identify([("_uid", "new")])
    return state.values()


def read_profile(path: Path) -> dict[str, object]:
    """The typed fields in a file: a mapping of them, also below `fields` as in a persona or `data` as from the API."""
    try:
        if path.stat().st_size > LARGEST:
            raise ExplainError(f"{path} is over {LARGEST:,} bytes; a profile is not.")
        raw = path.read_bytes()
    except OSError as error:
        raise ExplainError(f"{path} cannot be read: {error.strerror}. Name a file of profile fields.") from error
    if path.suffix.lower() not in READERS:
        raise ExplainError(f"{path} is of no kind that can be read. Name it one of {', '.join(READERS)}.")
    document = parse_document(raw, str(path))
    if document.problems or document.data is None:
        raise ExplainError("; ".join(map(str, document.problems)))
    data = document.data
    fields = dict(next((inner for name in ("fields", "data") if (inner := section(data, name))), data))
    fields = {**section(data, "identities"), **fields}
    return {
        str(name): coerce(str(name), kind_of(str(name)), value)
        for name, value in fields.items()
        if value is not None and name not in _NAMES_OF_AUDIENCES
    }


def close_to(name: str, known: list[str]) -> str:
    """A hint at a name that is close, or at all when they are few."""
    if close := difflib.get_close_matches(name, known, n=1):
        return f" Did you mean {close[0]!r}?"
    return f" There is: {', '.join(sorted(known)) or 'none'}." if len(known) <= 10 else ""


def as_text(answer: Answer) -> str:
    """Where the profile stands, the tree of conditions, and what comes next."""
    stands = "in" if answer.inside else "not in"
    head = (
        f"{answer.subject} is {stands} {answer.audience.slug} ({file_of(answer.audience)}) at {moment_text(answer.at)}"
    )
    return "\n".join([head, *answer.reason.lines(1), what_next(answer.flip)])


def what_next(flip: Flip | None) -> str:
    """The nearest flip in words."""
    if flip is None:
        return "time alone changes nothing"
    return f"{'enters' if flip.inside else 'leaves'} at {moment_text(flip.at)}"


def as_json(answer: Answer) -> str:
    """The same as one JSON object."""
    flip = answer.flip and {"at": moment_text(answer.flip.at), "inside": answer.flip.inside}
    return json.dumps(
        {
            "audience": answer.audience.slug,
            "file": file_of(answer.audience),
            "subject": answer.subject,
            "at": moment_text(answer.at),
            "inside": answer.inside,
            "reason": answer.reason.as_json(),
            "flip": flip,
        },
        indent=2,
        ensure_ascii=False,
    )
