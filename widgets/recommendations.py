"""Recommended documents in a message (widgets.md 4.8)."""

from typing import Any

from pydantic import Field

from understudy.widgets.fields import ImageUrl, LinkUrl, Vendor


class Query(Vendor):
    """A filter over the documents, in FilterQL."""

    raw: str = Field(min_length=1, description='The filter, such as FILTER AND (url LIKE "*/boots/*").')


class Display(Vendor):
    """Which parts of the document show, and how."""

    title: bool = Field(True, description="false leaves the title out.")
    image: bool = Field(True, description="false leaves the image out.")
    description: bool = Field(True, description="false leaves the description out.")
    author: bool = Field(False, description="true names the author.")
    by: str = Field("by", description="The word before the author's name.")
    date: bool = Field(False, description="true shows when it was written.")
    description_limit: int = Field(160, ge=-1, description="Most characters of the description; -1 is all of it.")
    locale: str = Field("", description="Language of the date, such as de-DE.")
    date_options: dict[str, Any] = Field({}, description="Options of the browser's toLocaleDateString.")


class Recommend(Vendor):
    """Which document is asked for. Without a key it asks nothing and shows `content`."""

    collection: str = Field("", description="The content collection to choose from.")
    contentsegment: str = Field("", description="The same, under the name that is sent.")
    rollups: list[str] = Field([], description="Topic rollups to choose by.")
    visited: bool = Field(True, description="false leaves out what the visitor has read, and remembers no answer.")
    shuffle: bool = Field(False, description="true takes another document each time.")
    rank: str = Field("", description="How documents are ranked, such as popular or recent.")
    ql: Query | None = Field(None, description="A filter instead of a collection.")
    ast: dict[str, Any] = Field({}, description="A filter as a parsed expression.")
    display: Display = Field(Display(), description="Which parts of the document show.")


class Content(Vendor):
    """A document of your own, for when there is no recommendation."""

    url: LinkUrl = Field("", description="Where it leads.")
    title: str = Field("", description="Its title.")
    description: str = Field("", description="Its description.")
    image: ImageUrl = Field("", description="Address of its picture.")
    author: str = Field("", description="Who wrote it.")
    date: str = Field("", description="When it was written.")
    default: bool = Field(False, description="true: it stands in for a recommendation.")
