"""The files of `content/`: documents, collections of them, and groups of topics (platform.md 3.7)."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import lru_cache
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field, PrivateAttr, WithJsonSchema

from understudy.server.content.document import ContentDocument, normal_address
from understudy.server.platform.filterql import FilterQLError, Statement, parse
from understudy.server.platform.filterql.sense import senseless
from understudy.widgets.documents import Document, parse_document
from understudy.widgets.fields import ImageUrl, Instant, Slug, Strict, checked, matching, parse_instant, refuse
from understudy.widgets.places import Place
from understudy.widgets.problems import Finding, Problem, section, shown
from understudy.widgets.validation import validate

TABLE = "content"
# The columns of the vendor's table of documents, which a document has from its other keys.
COLUMNS = frozenset(
    ("aspects", "author", "created", "description", "domain", "fetched", "global", "hashedurl", "id", "language")
).union(
    ("long_description", "path", "primary_image", "published", "sitename", "stream", "title", "topics", "type"),
    ("updated", "url", "wordct"),
)
_SCALARS = (str, int, float, bool)
_parsed = lru_cache(maxsize=1024)(parse)  # books are made of the same statements over and over: each world may have one


def _url_fault(text: str) -> str:
    address = normal_address(text)
    if any(character.isspace() for character in address) or address.lower().startswith(("javascript:", "data:")):
        return "not the address of a page"
    return "" if address.startswith("/") or "." in address.partition("/")[0] else "neither a path nor a host name"


def _statement(text: str) -> str:
    try:
        statement = parse(text)
    except FilterQLError as error:
        raise refuse(error.message, error.hint, line=error.line, column=error.column) from error
    for found in senseless(statement.phrase):
        raise refuse(found.message, found.hint, line=found.line, column=found.column)
    if statement.table != TABLE:
        raise refuse(f"it is about the table {statement.table!r}", "documents are FROM content: write that at the end")
    return text


def _listed_topics(value: Any) -> Any:
    return (
        dict.fromkeys(value, 1.0) if isinstance(value, list) and all(isinstance(one, str) for one in value) else value
    )


def _own_fields(fields: dict[str, Any]) -> dict[str, Any]:
    if taken := sorted(COLUMNS & fields.keys()):
        raise refuse(f"{taken[0]!r} is a column that every document has", "take another name, or state it above")
    for value in fields.values():
        for item in value if isinstance(value, list) else [value]:
            if not isinstance(item, _SCALARS):
                raise refuse(f"{shown(item)} cannot be a column", "a column is a text, number or boolean, or a list")
    return fields


PageAddress = Annotated[
    str,
    Field(min_length=1),
    checked(_url_fault, "write the path of a page here, such as /mugs.html, or a host name and a path"),
]
Topic = Annotated[str, matching(r"\S(.{0,98}\S)?", "not a topic's name", "write one to a hundred characters")]
Relevance = Annotated[float, Field(ge=0, le=1)]
TopicMap = Annotated[
    dict[Topic, Relevance],
    BeforeValidator(_listed_topics),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "object", "additionalProperties": {"type": "number", "minimum": 0, "maximum": 1}},
                {"type": "array", "items": {"type": "string"}},
            ]
        }
    ),
]
Filter = Annotated[str, AfterValidator(_statement)]
Column = Annotated[str, matching(r"[A-Za-z_]\w*", "not a column's name", "use letters, digits and '_'")]


class DocumentEntry(Strict):
    """A document that may be recommended. Of a page of the site's own, what is left out is read from the page."""

    url: PageAddress = Field(description="A path of this site, such as /mugs.html, or an address elsewhere.")
    title: str = Field("", description="Its title.")
    description: str = Field("", description="What it is about, in a sentence or two.")
    image: ImageUrl = Field("", description="Address of its picture, from the page's own.")
    author: str = Field("", description="Who wrote it.")
    published: Instant = Field("", description="When it came out, ISO 8601.")
    updated: Instant = Field("", description="When it was last changed, ISO 8601.")
    language: str = Field("", description="Its language, such as en.")
    type: str = Field("", description="What it is, such as article or product.")
    topics: TopicMap = Field(
        {}, description="What it is about: topics with their relevance from 0 to 1, or a list. None: it is never shown."
    )
    fields: Annotated[dict[Column, Any], AfterValidator(_own_fields), WithJsonSchema({"type": "object"})] = Field(
        {}, description="Columns of your own, for collections to filter by."
    )

    @property
    def address(self) -> str:
        """Its address as documents have it."""
        return normal_address(self.url)

    def over(self, page: ContentDocument | None) -> ContentDocument:
        """The document: what this says, else what the page of that address says."""
        page = page or ContentDocument(self.address)
        return ContentDocument(
            page.address,
            self.title or page.title,
            self.description or page.description,
            self.image or page.image,
            self.author or page.author,
            self.language or page.language,
            self.type or page.kind,
            page.site,
            _moment(self.published) or page.published,
            _moment(self.updated) or page.updated,
            page.fetched,
            page.words,
            {topic: relevance for topic, relevance in (self.topics or page.topics).items() if relevance},
            self.fields,
            page.properties,
        )


class CollectionEntry(Strict):
    """Documents to choose from: those that a statement picks, or a list."""

    label: str = Field("", description="What people call it; by default its id.")
    filter: Filter = Field("", description='FilterQL, such as FILTER AND (path CONTAINS "journal") FROM content.')
    documents: list[PageAddress] = Field([], description="The documents themselves, by address.")

    @property
    def statement(self) -> Statement | None:
        """The statement, parsed; None for a list."""
        return _parsed(self.filter) if self.filter else None


class ContentFile(Strict):
    """What the site has to recommend."""

    documents: list[DocumentEntry] = Field([], description="Documents, in addition to the pages of the workspace.")
    collections: dict[Slug, CollectionEntry] = Field({}, description="Collections, by the id that widgets name.")
    rollups: dict[Topic, TopicMap] = Field({}, description="Groups of topics, each with its weight from 0 to 1.")

    _source: Document = PrivateAttr(Document(""))

    @property
    def file(self) -> str:
        """The file it was read from, relative to the workspace."""
        return self._source.name

    def place(self, *path: str | int) -> Place:
        """Where the value at `path` stands in its file."""
        return self._source.places.value(path)


def content_findings(data: Mapping[str, Any]) -> Iterator[Finding]:
    """Collections with neither a filter nor documents, or with both."""
    for name, entry in section(data, "collections").items():
        if isinstance(entry, Mapping) and ("filter" in entry) == ("documents" in entry):
            seen = "has a filter and a list" if "filter" in entry else "has neither a filter nor a list"
            hint = "give it one of `filter` and `documents`"
            yield Finding(("collections", name), None, f"the collection {name!r} {seen}", hint)


def read_content(raw: bytes, name: str) -> tuple[ContentFile | None, list[Problem]]:
    """The content in a file's bytes, and all of its problems; None when there is any."""
    document = parse_document(raw, name)
    found, problems = validate(ContentFile, document, findings=content_findings(document.data or {}))
    if found is not None:
        found._source = document
    return found, problems


def _moment(text: str) -> datetime | None:
    return parse_instant(text) if text else None
