"""The account's settings of content: which pages are documents, and what else of them is read (platform.md 3.7)."""

from dataclasses import dataclass

from understudy.server.content.document import ContentDocument
from understudy.server.hosts import is_local


@dataclass(frozen=True, slots=True)
class ContentOptions:
    """`custom_properties` name properties of `<meta>` that become columns, as the setting `content_customprops` does.

    A page of the site's own is a document when one of `allowed_paths`, if there are any, and none of `blocked_paths` is
    a part of its path, and its whole path is none of `blocked_pages`; what a file of `content/` describes is one all
    the same. Domains are compared whole. A page elsewhere, whoever describes it, is a document only on a domain that
    is taken; one of the site's own is seen only there, or on this machine, which stands in for the real site.
    """

    custom_properties: tuple[str, ...] = ()
    blocked_paths: tuple[str, ...] = ()
    blocked_pages: tuple[str, ...] = ()
    allowed_paths: tuple[str, ...] = ()
    allowed_domains: tuple[str, ...] = ()
    blocked_domains: tuple[str, ...] = ()

    def takes(self, page: ContentDocument) -> bool:
        """Whether a page is a document."""
        path = page.path
        if self.allowed_paths and not any(part in path for part in self.allowed_paths):
            return False
        return path not in self.blocked_pages and not any(part in path for part in self.blocked_paths)

    def takes_from(self, host: str) -> bool:
        """Whether pages of a host, which may be with its port, are documents."""
        name = host.rpartition(":")[0] if host.rpartition(":")[2].isdecimal() else host
        if is_local(name.strip("[]")):
            return True
        return name not in self.blocked_domains and (not self.allowed_domains or name in self.allowed_domains)

    def custom(self, page: ContentDocument) -> dict[str, str]:
        """The columns that come of a page's properties."""
        found = ((name, page.properties.get(name.lower(), "")) for name in self.custom_properties)
        return {name: text for name, text in found if text}


DEFAULT = ContentOptions()
