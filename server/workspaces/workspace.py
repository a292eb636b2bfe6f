"""A workspace: everything a user keeps in a repository, read and checked as a whole."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from understudy.server.content.book import ContentBook, build_content, missing_collections
from understudy.server.content.entries import ContentFile, read_content
from understudy.server.content.fields import ContentFields
from understudy.server.experiences.segments import experience_audiences
from understudy.server.personas import Persona, fits, read_persona
from understudy.server.platform.audiences import AudienceBook
from understudy.server.settings import Settings, fallback_settings
from understudy.server.streams import schema_of, stream_findings
from understudy.server.triggers.files import WebhookFiles, read_webhooks
from understudy.server.workspaces.audience_files import build_book, read_audience
from understudy.server.workspaces.checks import missing_audiences, one_owner, one_persona_each
from understudy.server.workspaces.files import Files
from understudy.server.workspaces.shelf import Reading, Shelf
from understudy.widgets.callbacks import Folder
from understudy.widgets.documents import parse_document
from understudy.widgets.experience import Experience, read_experience
from understudy.widgets.problems import Problem
from understudy.widgets.validation import validate

SETTINGS_FILE = "understudy.toml"
DATA_SUFFIXES = (".yaml", ".yml", ".json")


class WorkspaceError(Exception):
    """There is no workspace at the given place; the message says what to do."""


@dataclass(frozen=True)
class Workspace:
    """A workspace as it was at one moment. `reading` is for the next one; see `Shelf`."""

    source: Files
    settings: Settings
    experiences: tuple[Experience, ...]
    audiences: AudienceBook
    personas: tuple[Persona, ...]
    script_names: tuple[str, ...]
    style_names: tuple[str, ...]
    problems: tuple[Problem, ...]
    content: ContentBook = field(default_factory=ContentBook, compare=False)
    content_files: tuple[ContentFile, ...] = ()
    webhooks: WebhookFiles = field(default_factory=WebhookFiles)
    reading: Reading = field(default_factory=Reading, repr=False, compare=False)

    @property
    def root(self) -> Path:
        """The folder of its files on disk."""
        return self.source.root

    @property
    def scripts(self) -> tuple[Path, ...]:
        """The plain `.js` files of `widgets/`."""
        return tuple(self.root / name for name in self.script_names)

    @property
    def styles(self) -> tuple[Path, ...]:
        """The stylesheets."""
        return tuple(self.root / name for name in self.style_names)

    @property
    def pages(self) -> tuple[Path, ...]:
        """The site's own pages."""
        return tuple(self.root / name for name in self.source.page_names())

    @property
    def store_path(self) -> Path:
        """The file of events and profiles."""
        return self.root / self.settings.store.path

    def persona(self, name: str) -> Persona | None:
        """The persona of that name; None when there is none."""
        return next((persona for persona in self.personas if persona.id == name), None)


def load_workspace(root: Path, previous: Workspace | None = None) -> Workspace:
    """Read the workspace in a folder; raises `WorkspaceError` when there is none.

    All problems are in the result, sorted by file and line. A file with problems keeps the value that `previous` had.
    """
    require(root)
    return read_workspace(Files(root.resolve()), previous)


def read_workspace(source: Files, previous: Workspace | None = None) -> Workspace:
    """As `load_workspace`, from files that need not be on disk."""
    shelf = Shelf(source, previous.reading if previous else None)
    settings = _settings(shelf)
    experiences = one_owner(_experiences(shelf), previous.experiences if previous else (), shelf.problems)
    content_files = shelf.read_all(shelf.listing("content", *DATA_SUFFIXES), read_content)
    content = _content(shelf, settings, content_files)
    audiences = _audiences(shelf, settings, experiences, content)
    schema = schema_of(settings.streams)
    personas = shelf.read_all(
        shelf.listing("personas", *DATA_SUFFIXES),
        partial(read_persona, schema=schema),
        lambda persona: not schema.kinds or fits(persona, schema),
    )
    if content_files:  # without any, collections are those of a vendor's account
        shelf.problems += missing_collections(experiences, content)
    webhooks = read_webhooks(shelf, settings.account, audiences)
    return Workspace(
        source=source,
        settings=settings,
        experiences=tuple(experiences),
        audiences=audiences,
        personas=tuple(one_persona_each(personas, shelf.problems)),
        script_names=_scripts(shelf, experiences),
        style_names=tuple(map(shelf.name, shelf.listing("styles", ".css"))),
        problems=tuple(sorted(set(shelf.problems))),
        content=content,
        content_files=tuple(content_files),
        webhooks=webhooks,
        reading=Reading(shelf.files, shelf.made),
    )


def require(root: Path) -> None:
    """Raise `WorkspaceError` unless a folder holds a workspace."""
    if not root.is_dir():
        raise WorkspaceError(f"There is no folder {str(root)!r}. Name the folder that holds {SETTINGS_FILE}.")
    if not (root / SETTINGS_FILE).exists():
        raise WorkspaceError(
            f"The folder {str(root.resolve())!r} has no {SETTINGS_FILE}. "
            'Name the folder of a workspace, or create the file with a line such as: account = "my-shop"'
        )


def read_settings(raw: bytes, name: str) -> tuple[Settings | None, list[Problem]]:
    """The settings in a file's bytes, and all problems; None when there is any."""
    document = parse_document(raw, name)
    return validate(Settings, document, findings=stream_findings(document.data or {}))


def _settings(shelf: Shelf) -> Settings:
    path = shelf.root / SETTINGS_FILE
    settings = shelf.read(path, read_settings)
    if settings is not None:
        return settings
    raw, _ = shelf.source.read(SETTINGS_FILE)
    return fallback_settings(parse_document(raw, SETTINGS_FILE).data)


def _experiences(shelf: Shelf) -> list[Experience]:
    folder = Folder(shelf.root, shelf.root / "widgets", shelf.source.read_inside)
    reader = partial(read_experience, folder=folder)
    # A callback's file may have changed although the experience's has not.
    return shelf.read_all(shelf.listing("widgets", *DATA_SUFFIXES), reader, lambda one: not _callback_files(shelf, one))


def _callback_files(shelf: Shelf, one: Experience) -> frozenset[Path]:
    return shelf.make(f"callbacks of {one.file}", lambda _: one.callback_files, [one])


def _content(shelf: Shelf, settings: Settings, files: Sequence[ContentFile]) -> ContentBook:
    pages = shelf.source.pages()
    return shelf.make(
        "content",
        lambda problems: build_content(files, pages, problems, settings.content.options()),
        [settings, *files],
        pages,
    )


def _audiences(
    shelf: Shelf, settings: Settings, experiences: Sequence[Experience], content: ContentBook
) -> AudienceBook:
    hosts = (*settings.server.allowed_hosts, *settings.domains)
    interests = shelf.make(
        "interests", lambda _: ContentFields(content, shelf.source, hosts), [content, settings], shelf.source.pages()
    )
    paths = shelf.listing("audiences", ".fql")
    files = shelf.read_all(paths, read_audience)
    made = experience_audiences(experiences)
    book = shelf.make(
        "audiences", lambda problems: build_book(files, problems, [interests], made), [interests, *made, *files]
    )
    shelf.problems += missing_audiences(experiences, {*book, *(path.stem for path in paths)})
    return book


def _scripts(shelf: Shelf, experiences: Iterable[Experience]) -> tuple[str, ...]:
    """The scripts of `widgets/` that are no callback's."""
    callbacks = {path for experience in experiences for path in _callback_files(shelf, experience)}
    scripts = shelf.listing("widgets", ".js")
    return tuple(shelf.name(path) for path in scripts if path.resolve() not in callbacks)
