"""Where a request about content came in, and whose account it names."""

from starlette.requests import Request

from understudy.server.content.parameters import RefusedError
from understudy.server.content.recommending import Place
from understudy.server.hosts import LOCAL_HOSTS
from understudy.server.site import Site


def check_account(request: Request, site: Site) -> None:
    """Refuse another account, in the address or the query, as the vendor does (tag.md 5.6)."""
    query = request.query_params
    named = (request.path_params.get("account"), query.get("account"), query.get("account_id"))
    if other := next((account for account in named if account and account != site.account), None):
        raise RefusedError(400, f"No such account id: {other[:80]!r}. This workspace serves account {site.account!r}.")


def place_of(request: Request, site: Site) -> Place:
    """Where the request came in, and the names under which visitors may have seen this site's pages."""
    settings = site.settings
    here = request.headers.get("host", "")
    known = {here.rpartition(":")[0] or here, here, *LOCAL_HOSTS, *settings.server.allowed_hosts, *settings.domains}
    return Place(request.url.scheme, here, tuple(sorted(known)))
