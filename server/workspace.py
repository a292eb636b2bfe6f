"""A workspace: everything a user keeps in a repository, read and checked as a whole."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from understudy.server.content.book import ContentBook, build_content, missing_collections
from understudy.server.content.entries import ContentFile, read_content
from understudy.server.content.fields import ContentFields
from understudy.server.content.own_pages import own_pages
from understudy.server.experiences.segments import experience_audiences
from understudy.server.personas import Persona, read_persona
from understudy.server.platform.audiences import AudienceBook
from understudy.server.settings import Settings, fallback_settings
from understudy.server.streams import stream_findings
from understudy.server.triggers.files import WebhookFiles, read_webhooks
from understudy.server.workspace_audiences import build_book, read_audience
from understudy.server.workspace_checks import missing_audiences, one_owner, one_persona_each
from understudy.server.workspace_shelf import Loaded, Shelf
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
    """A workspace as it was at one moment. `files` is for the next reading; see `Shelf`."""

    root: Path
    settings: Settings
    experiences: tuple[Experience, ...]
    scripts: tuple[Path, ...]
    audiences: AudienceBook
    personas: tuple[Persona, ...]
    styles: tuple[Path, ...]
    pages: tuple[Path, ...]
    problems: tuple[Problem, ...]
    content: ContentBook = field(default_factory=ContentBook, compare=False)
    content_files: tuple[ContentFile, ...] = ()
    webhooks: WebhookFiles = field(default_factory=WebhookFiles)
    files: Mapping[str, Loaded] = field(default_factory=dict, repr=False, compare=False)

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
    root = root.resolve()
    shelf = Shelf(root, previous.files if previous else {})
    settings = _settings(shelf)
    experiences = one_owner(_experiences(shelf), previous.experiences if previous else (), shelf.problems)
    content_files = shelf.read_all(shelf.listing("content", *DATA_SUFFIXES), read_content)
    content = build_content(content_files, root / "pages", shelf.problems, settings.content.options())
    interests = ContentFields(content, root / "pages", (*settings.server.allowed_hosts, *settings.domains))
    audience_files = shelf.listing("audiences", ".fql")
    of_files = shelf.read_all(audience_files, read_audience)
    audiences = build_book(of_files, shelf.problems, [interests], experience_audiences(experiences))
    known = {*audiences, *(path.stem for path in audience_files)}
    shelf.problems += missing_audiences(experiences, known)
    personas = shelf.read_all(shelf.listing("personas", *DATA_SUFFIXES), read_persona)
    if content_files:  # without any, collections are those of a vendor's account
        shelf.problems += missing_collections(experiences, content)
    webhooks = read_webhooks(shelf, settings.account, audiences)
    callbacks = {path for experience in experiences for path in experience.callback_files}
    return Workspace(
        root=root,
        settings=settings,
        experiences=tuple(experiences),
        scripts=tuple(path for path in shelf.listing("widgets", ".js") if path.resolve() not in callbacks),
        audiences=audiences,
        personas=tuple(one_persona_each(personas, shelf.problems)),
        styles=tuple(shelf.listing("styles", ".css")),
        pages=tuple(Path(page.path) for page in own_pages(root / "pages")),
        problems=tuple(sorted(set(shelf.problems))),
        content=content,
        content_files=tuple(content_files),
        webhooks=webhooks,
        files=shelf.files,
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
    try:
        return fallback_settings(parse_document(path.read_bytes(), SETTINGS_FILE).data)
    except OSError:
        return fallback_settings(None)


def _experiences(shelf: Shelf) -> list[Experience]:
    reader = partial(read_experience, folder=Folder(shelf.root, shelf.root / "widgets"))
    # A callback's file may have changed although the experience's has not.
    return shelf.read_all(shelf.listing("widgets", *DATA_SUFFIXES), reader, lambda one: not one.callback_files)
