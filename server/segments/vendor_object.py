"""An audience as the vendor's API shows it, and the audience that such an object asks for (platform.md 3.6).

`tags` and `groups` are options of the statement, with commas between them. `created` and `updated` are by this store
(see `AudienceTimes`); of a collection that `content/` states or the vendor has, both are when the store was made. `id`
is 32 hex digits that follow from account and slug, so that they are the same in every run.
"""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from understudy.server.content.trees import tree_of
from understudy.server.platform.audience import Audience, parse_audience
from understudy.server.platform.audience_times import AudienceTimes
from understudy.server.platform.audiences import AudienceBook
from understudy.server.platform.codec import rfc3339
from understudy.server.platform.filterql import FilterQLError, parse

KINDS = ("segment", "aspect", "goal", "list", "conversion", "metric", "managed", "candidate")
# What an audience of ours has no use for, and keeps as it is told.
SPARE: Mapping[str, object] = {"save_hist": False, "expires_at": None, "emit_trigger": False, "schedule_exit": True}
SLUG = re.compile(r"\w[\w-]{0,254}", re.ASCII)


class SegmentError(ValueError):
    """An object that no audience can be made of; the message says which key and why."""


def segment_id(account: str, slug: str) -> str:
    """The id of an account's audience."""
    return hashlib.sha256(f"{account}\0{slug}".encode()).hexdigest()[:32]


def find(account: str, book: AudienceBook, name: str) -> Audience | None:
    """The audience of that slug or id."""
    return book.get(name) or next((one for slug, one in book.items() if segment_id(account, slug) == name), None)


def shown(account: str, audience: Audience, wrong: Mapping[str, str], times: AudienceTimes) -> dict[str, object]:
    """An audience as JSON; `wrong` says of some slugs why their audience has no members."""
    options = audience.statement.options
    known = times.all.get(audience.slug)
    return {
        "id": segment_id(account, audience.slug),
        "account_id": account,
        "author_id": "",
        "kind": str(options.get("kind", "segment")),
        "segment_ql": str(audience.statement),
        "ast": tree_of(audience.statement.phrase),
        "name": audience.name,
        "slug_name": audience.slug,
        "description": str(options.get("description", "")),
        "is_public": audience.public,
        "table": audience.statement.table,
        "tags": listed(options.get("tags")),
        "groups": listed(options.get("groups")),
        "invalid": audience.slug in wrong,
        "invalid_reason": wrong.get(audience.slug, ""),
        "created": rfc3339(known.created if known else times.first),
        "updated": rfc3339(known.updated if known else times.first),
        **{key: options.get(key, value) for key, value in SPARE.items()},
    }


def listed(value: object) -> list[str]:
    """The names in an option, which holds them with commas."""
    return [name.strip() for name in str(value or "").split(",") if name.strip()]


def reasons(book: AudienceBook) -> dict[str, str]:
    """Slug to what is wrong with an audience's INCLUDEs."""
    return {problem.audience.slug: problem.message for problem in reversed(book.problems())}


def check(book: AudienceBook, audience: Audience, text: str) -> None:
    """Raise `FilterQLError` for an audience of the book that leads nowhere, or asks what means nothing.

    Its statement was read from `text`.
    """
    for found in book.problems():
        if found.audience is audience:
            raise FilterQLError(found.line, found.column, found.message, found.hint, text=text)


def wanted(body: Mapping[str, Any], before: Audience | None = None) -> Audience:
    """The audience that an object asks for, where keys that are missing stay as `before` had them.

    Raises `SegmentError`, and `FilterQLError` for the text of `segment_ql`.
    """
    text = _text(body, "segment_ql") or (str(before.statement) if before else "")
    if not text:
        raise SegmentError("segment_ql is missing. Give it a text such as: FILTER visitct > 3")
    statement = parse(text)
    stated = {key: value for key in ("name", "description", "kind") if (value := _text(body, key)) is not None}
    options = {**(before.statement.options if before else {}), **statement.options, **stated}
    for key in ("is_public", *(key for key, value in SPARE.items() if isinstance(value, bool))):
        if key in body:
            if not isinstance(body[key], bool):
                raise SegmentError(f"{key} cannot be {body[key]!r}. Write true or false.")
            options[key] = body[key]
    for key in ("tags", "groups"):
        if key in body:
            options[key] = ",".join(_names(body, key))
    if expires := _text(body, "expires_at"):
        options["expires_at"] = expires
    if (kind := str(options.get("kind", KINDS[0]))) not in KINDS:
        raise SegmentError(f"kind cannot be {kind!r}. Choose one of {', '.join(KINDS)}.")
    slug = _same_slug(body, before) if before else _slug(body, statement.alias, options)
    table = _text(body, "table") or (statement.table if "segment_ql" in body or not before else before.statement.table)
    return parse_audience(str(replace(statement, options={**options, "slug": slug}, table=table, alias=slug)))


def _same_slug(body: Mapping[str, Any], before: Audience) -> str:
    stated = _text(body, "slug_name") or before.slug
    if stated != before.slug:
        raise SegmentError(
            f"slug_name cannot become {stated[:80]!r}: pages and audiences know it as {before.slug!r}. Make a new one."
        )
    return stated


def _slug(body: Mapping[str, Any], alias: str | None, options: Mapping[str, object]) -> str:
    name = str(options.get("name", ""))
    made = re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_")
    slug = _text(body, "slug_name") or str(options.get("slug") or alias or made)
    if not SLUG.fullmatch(slug):
        raise SegmentError(f"slug_name cannot be {slug[:80]!r}. Use letters, digits, '_' and '-', or give it a name.")
    return slug


def _names(body: Mapping[str, Any], key: str) -> list[str]:
    value = body[key]
    if not isinstance(value, list) or not all(isinstance(one, str) and "," not in one for one in value):
        raise SegmentError(f"{key} must be a list of names without commas, not {repr(value)[:80]}.")
    return value


def _text(body: Mapping[str, Any], key: str) -> str | None:
    value = body.get(key)
    if value is not None and not isinstance(value, str):
        raise SegmentError(f"{key} must be a text, not {value!r}.")
    return value
