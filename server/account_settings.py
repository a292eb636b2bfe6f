"""The account's settings as the vendor's API names them (platform.md 3.8), with what that API has changed.

A change counts for its world until that is reset, and outlives the server; understudy.toml is not written. Of the
vendor's slugs only `content_customprops` is known; the others follow the labels of its settings page.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, get_args

from pydantic import BaseModel, TypeAdapter, ValidationError

from understudy.server.settings import Settings
from understudy.widgets.validation import said_of


@dataclass(frozen=True, slots=True)
class Slug:
    """One setting: its label, and where it stands in understudy.toml."""

    name: str
    path: tuple[str, ...]


SLUGS: Mapping[str, Slug] = {
    "allow_public_personalization_api": Slug("Allow Public Personalization API?", ("profile", "public_api")),
    "allowlist_domains_public_api": Slug("Allowlist domains public API", ("domains",)),
    "allowlist_fields_public_api": Slug("Allowlist fields for public API", ("profile", "public_fields")),
    "entity_timeout": Slug("Entity Timeout (ms)", ("profile", "timeout_ms")),
    "allow_bots": Slug("Allow Event Collection from Bots", ("collection", "bots")),
    "collect_user_agent": Slug("Collect entire user agent string", ("collection", "user_agent")),
    "content_customprops": Slug("Custom content properties", ("content", "custom_properties")),
    "content_blocked_paths": Slug("Blocked paths", ("content", "blocked_paths")),
    "content_blocked_pages": Slug("Blocked pages", ("content", "blocked_pages")),
    "content_allowed_paths": Slug("Allowed paths", ("content", "allowed_paths")),
    "content_allowed_domains": Slug("Allowed domains", ("content", "allowed_domains")),
    "content_blocked_domains": Slug("Blocked domains", ("content", "blocked_domains")),
    "pageview_on_first_send": Slug("Enable pageview event on first send (3.0)", ("tag", "send", "page_view_on_first")),
}


class SettingError(ValueError):
    """A value that a setting cannot have; the message says why."""


class AccountSettings:
    """One site's changes of its workspace's settings."""

    def __init__(self) -> None:
        self._changes: dict[str, Any] = {}
        self._made: tuple[Settings, Settings] | None = None

    @property
    def changes(self) -> Mapping[str, Any]:
        """The values that were changed, by slug."""
        return self._changes

    def restore(self, changes: Mapping[str, Any]) -> None:
        """Let these changes count, as they were before."""
        self._changes, self._made = dict(changes), None

    def over(self, settings: Settings) -> Settings:
        """The settings with the changes."""
        if not self._changes:
            return settings
        if self._made is None or self._made[0] is not settings:
            changed = settings
            for slug, value in self._changes.items():
                changed = _with(changed, SLUGS[slug].path, value)
            self._made = settings, changed
        return self._made[1]

    def put(self, slug: str, value: object) -> None:
        """Let a setting have this value; raises `KeyError` for no slug, and `SettingError`."""
        self._changes = {**self._changes, slug: fitting(slug, value)}
        self._made = None

    def drop(self, slug: str) -> None:
        """Let a setting have the workspace's value again."""
        self._changes = {name: value for name, value in self._changes.items() if name != slug}
        self._made = None

    def shown(self, settings: Settings, slug: str) -> dict[str, object]:
        """A setting as the API shows it, `changed` by the API or not; raises `KeyError` for no slug."""
        stands = SLUGS[slug]
        value: Any = self.over(settings)
        for key in stands.path:
            value = getattr(value, key, None)
        description = _field(stands.path).description
        return {
            "slug": slug,
            "name": stands.name,
            "description": description,
            "field": ".".join(stands.path),
            "value": value,
            "changed": slug in self._changes,
        }


def _field(path: tuple[str, ...]) -> Any:
    model: type[BaseModel] = Settings
    for key in path[:-1]:
        model = _section(model, key)
    return model.model_fields[path[-1]]


def _section(model: type[BaseModel], key: str) -> type[BaseModel]:
    """The model of a section, which may be missing."""
    found: Any = model.model_fields[key].annotation
    return next((one for one in get_args(found) if one is not type(None)), found)  # type: ignore[no-any-return]


def fitting(slug: str, value: object) -> object:
    """A value as its setting takes it; raises `SettingError`."""
    found = _field(SLUGS[slug].path)
    kind: Any = Annotated[found.annotation, *found.metadata] if found.metadata else found.annotation
    try:
        adapter: TypeAdapter[Any] = TypeAdapter(kind)
        return adapter.validate_python(value, strict=True)
    except ValidationError as error:
        raise SettingError(f"{slug}: {said_of(error)}.") from None


def _with(model: Any, path: tuple[str, ...], value: object) -> Any:
    key, *rest = path
    inner = _with(getattr(model, key) or _section(type(model), key)(), tuple(rest), value) if rest else value
    return model.model_copy(update={key: inner})
