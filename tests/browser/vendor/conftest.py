"""A real server for the vendor's pages, and a browser in which the vendor's host name leads to it."""

import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, Request
from support.serving import Serving
from vendor_site import SITE, VENDOR, VendorSite, local_answers, write_pages


@pytest.fixture(scope="session")
def vendor_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    workspace = tmp_path_factory.mktemp("vendor") / "site"
    shutil.copytree(SITE, workspace, ignore=shutil.ignore_patterns("pages"))
    write_pages(workspace / "pages")
    with Serving(workspace) as serving:
        yield serving


@pytest.fixture
def vendor(
    context: BrowserContext, page: Page, nothing_leaves: set[Request], vendor_server: Serving
) -> Iterator[VendorSite]:
    """A page on which `c.lytics.io` is the local server; an error that nobody caught is in `errors`."""
    context.route(VENDOR, local_answers(vendor_server.url, nothing_leaves))
    yield VendorSite(page, vendor_server.url, nothing_leaves)
    page.goto("about:blank")  # nothing is asked from here on, and what was under way has nobody to answer
    context.unroute_all(behavior="ignoreErrors")
