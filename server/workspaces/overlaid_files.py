"""The files of a workspace with an overlay over them, in memory; on disk they are when somebody needs them there."""

from collections.abc import Iterator
from pathlib import Path

from understudy.server.content.own_pages import OwnPage, address_of, in_order, is_page, is_passed_over
from understudy.server.workspaces.files import Answer, Files
from understudy.server.workspaces.overlays import OverlaidFolder
from understudy.widgets.documents import read_bytes, size_problems


class OverlaidFiles(Files):
    """What a workspace is read from, when an overlay lies over the files of another as these were read last."""

    def __init__(self, base: Files, folder: OverlaidFolder) -> None:
        super().__init__(folder.place(base.place))
        self._base = base
        self._folder = folder

    @property
    def root(self) -> Path:
        """The folder, laid out by now; raises `OverlayError`."""
        return self._folder.laid_out(self._base.root)

    def listing(self, folder: str) -> tuple[str, ...]:
        """What is in a folder of the one or the other."""
        own = [name.rpartition("/")[2] for name in self._folder.texts if name.rpartition("/")[0] == folder]
        try:
            listed = self._base.listing(folder)
        except (FileNotFoundError, NotADirectoryError):
            if not own:
                raise
            listed = ()
        return tuple(sorted((*own, *(name for name in listed if not self._folder.hides(f"{folder}/{name}")))))

    def outside(self, name: str) -> bool:
        """As of the workspace; files of the overlay are no links."""
        return name not in self._folder.texts and self._base.outside(name)

    def read(self, name: str) -> Answer:
        """The text of the overlay, else what the workspace has read."""
        if (text := self._folder.texts.get(name)) is not None:
            too_large = size_problems(len(text), name)
            return (b"", too_large) if too_large else (text, [])
        # What is hidden is not where it would be laid out either.
        return read_bytes(self.place / name, name) if self._folder.hides(name) else self._base.read(name)

    def pages(self) -> tuple[OwnPage, ...]:
        """The pages of both; the very ones of the workspace where the overlay has none."""
        if not any(name.startswith("pages/") for name in self._folder.files):
            return self._base.pages()
        named = zip(self._base.page_names(), self._base.pages(), strict=True)
        kept = [page._replace(path=str(self.place / name)) for name, page in named if not self._folder.hides(name)]
        return in_order((*kept, *self._own_pages()))

    def _own_pages(self) -> Iterator[OwnPage]:
        for name, text in self._folder.texts.items():
            room, *parts = name.split("/")
            if room == "pages" and is_page(name) and not any(map(is_passed_over, parts)):
                yield OwnPage(str(self.place / name), address_of("/".join(parts)), 0, len(text))

    def page_names(self) -> tuple[str, ...]:
        """Their paths, from the folder of either."""
        pages = self.pages()
        return self._base.page_names() if pages is self._base.pages() else super().page_names()
