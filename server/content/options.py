"""The account's settings of content: which pages are documents, and what else of them is read (platform.md 3.7)."""

from dataclasses import dataclass

from understudy.server.content.document import ContentDocument


@dataclass(frozen=True, slots=True)
class ContentOptions:
    """`custom_properties` name properties of `<meta>` that become columns, as the setting `content_customprops` does.

    A page of the site's own is no document when one of `blocked_paths` is a part of its path, or its whole path is one
    of `blocked_pages`; what a file of `content/` describes is one all the same.
    """

    custom_properties: tuple[str, ...] = ()
    blocked_paths: tuple[str, ...] = ()
    blocked_pages: tuple[str, ...] = ()

    def takes(self, page: ContentDocument) -> bool:
        """Whether a page is a document."""
        path = page.path
        return path not in self.blocked_pages and not any(part in path for part in self.blocked_paths)

    def custom(self, page: ContentDocument) -> dict[str, str]:
        """The columns that come of a page's properties."""
        found = ((name, page.properties.get(name.lower(), "")) for name in self.custom_properties)
        return {name: text for name, text in found if text}


DEFAULT = ContentOptions()
