"""Checking a document against a model: every error becomes a problem with its place in the file."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from understudy.widgets.documents import Document
from understudy.widgets.fields import Strict
from understudy.widgets.places import Path
from understudy.widgets.problems import Finding, Problem, closest, did_you_mean, shown
from understudy.widgets.wording import demand, hint_for

M = TypeVar("M", bound=BaseModel)


def validate(
    model: type[M], document: Document, context: object = None, findings: Iterable[Finding] = ()
) -> tuple[M | None, list[Problem]]:
    """The model's instance and all problems of the document; the instance is None when there is any.

    `context` is handed to the model's validators; `findings` are what rules between keys found.
    """
    problems = list(document.problems)
    if document.data is None:
        return None, problems
    empty = list(_without_value(document.data))
    problems += [_problem(document, finding) for finding in (*_empties(empty), *findings)]
    instance: M | None = None
    try:
        instance = model.model_validate(document.data, context=context)
    except ValidationError as error:
        for details in error.errors(include_url=False):
            path = _path(document.data, details["loc"])
            if path not in empty:
                problems.append(_from_details(model, document, details, path))
    return (None if problems else instance), sorted(set(problems))


def _without_value(value: object, path: Path = ()) -> Iterator[Path]:
    if value is None:
        yield path
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in pairs:
        yield from _without_value(item, (*path, key))


def _empties(paths: list[Path]) -> Iterator[Finding]:
    for path in paths:
        hint = "give it one or remove the line; a value that begins with # needs quotes"
        yield Finding(path, None, f"{dotted(path)} has no value", hint)


def dotted(path: Path) -> str:
    """A path as people write it: `'urlContains[0].value'`."""
    text = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path)
    return repr(text.removeprefix("."))


def _path(data: object, location: Iterable[str | int]) -> Path:
    """The part of an error's location that exists in the data; the models add names of their own to it."""
    path: list[str | int] = []
    for part in location:
        if (isinstance(data, dict) and part in data) or (isinstance(data, list) and isinstance(part, int)):
            data = data[part]  # type: ignore[index]  # the part is a key of the one and an index of the other
            path.append(part)
    return tuple(path)


def _problem(document: Document, finding: Finding) -> Problem:
    find = document.places.key if finding.value is None else document.places.value
    place = find(finding.path)
    value = "" if finding.value is None else shown(finding.value)
    return Problem(document.name, place.line, place.column, value, finding.message, finding.hint)


def _from_details(model: type[BaseModel], document: Document, details: ErrorDetails, path: Path) -> Problem:
    kind, value, context = details["type"], details["input"], details.get("ctx", {})
    last = details["loc"][-1]
    if kind == "missing":
        return _problem(document, Finding(path, None, f"{dotted((*path, last))} is missing", "add it"))
    if kind == "extra_forbidden":
        message, hint = _unknown(model, path)
        return replace(_problem(document, Finding(path, None, message, hint)), value=str(last))
    if kind == "understudy":
        return _own(document, path, value, context)
    message = f"{dotted(path)} {demand(kind, context, details['msg'])}, not {shown(value)}"
    return _problem(document, Finding(path, value, message, hint_for(kind, context, value)))


def said_of(error: ValidationError) -> str:
    """The first thing that is wrong with a value that comes from no file, in the same words."""
    details = error.errors(include_url=False)[0]
    kind, value, context = details["type"], details["input"], details.get("ctx", {})
    if kind == "understudy":
        said, hint = context["message"], context["hint"]
    else:
        said = f"it {demand(kind, context, details['msg'])}, not {shown(value)}"
        hint = hint_for(kind, context, value)
    path = dotted(tuple(part for part in details["loc"] if isinstance(part, str | int)))
    return f"{path + ': ' if details['loc'] else ''}{said}{f' ({hint})' if hint else ''}"


def _own(document: Document, path: Path, value: object, context: dict[str, Any]) -> Problem:
    place = document.places.value(path)
    line, column = place.line, place.column
    if "line" in context:
        line, column = context["line"], context["column"]
        if "file" not in context:
            line, column = place.inside(line, column)
    message = f"{dotted(path)}: {context['message']}"
    return Problem(context.get("file", document.name), line, column, shown(value), message, context["hint"])


def _unknown(model: type[BaseModel], path: Path) -> tuple[str, str]:
    key = str(path[-1])
    here = _model_at(model, path[:-1])
    if here is not None and issubclass(here, Strict) and key in here.elsewhere:
        return f"{key!r} is not supported: {here.elsewhere[key]}", "remove it"
    names = keys_of(here) if here else {}
    message = f"unknown key {key!r}" + (f" in {dotted(path[:-1])}" if path[:-1] else "")
    if closest(key, names):
        return message, did_you_mean(key, names)
    homes = [home for home in _homes(model) if home[-1] == key]
    if not homes:
        return message, did_you_mean(key, names)
    home = homes[0][:-1]
    return message, f"it belongs in {dotted(home)}" if home else "it belongs at the top level of the file"


def keys_of(model: type[BaseModel]) -> dict[str, Any]:
    """A model's keys as a file writes them, with their types."""
    return {field.alias or name: field.annotation for name, field in model.model_fields.items()}


def _models_in(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [model for part in get_args(annotation) for model in _models_in(part)]


def _model_at(model: type[BaseModel], path: Path) -> type[BaseModel] | None:
    """The model that reads the mapping at `path`; None when no single one does."""
    here: type[BaseModel] | None = model
    for part in path:
        names = keys_of(here) if here else {}
        if isinstance(part, str) and part in names:
            found = _models_in(names[part])
            here = found[0] if found else None
    return here


def _homes(model: type[BaseModel], path: Path = ()) -> Iterator[Path]:
    """Every key below a model, nearest first by nesting."""
    names = keys_of(model)
    yield from ((*path, name) for name in names)
    for name, annotation in names.items():
        for inner in _models_in(annotation):
            yield from _homes(inner, (*path, name))
