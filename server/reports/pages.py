"""`/__understudy__/reports/…`: the reports as pages. They need no script and are at home under any policy.

A page is for who may use the API (see `access`), and loads nothing but its own stylesheet.
"""

from datetime import datetime
from functools import cache, wraps
from importlib.resources import files
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from understudy.server.access import Endpoint
from understudy.server.assets import HTML, STYLESHEET, asset_response
from understudy.server.platform.codec import from_ms
from understudy.server.platform.errors import StoreError
from understudy.server.reports.asked import answered, detail_for, insights_for, told
from understudy.server.reports.charts import charts
from understudy.server.reports.insights.card import percent
from understudy.server.reports.links import preview_link, source_link
from understudy.server.reports.overview import groups_of, line_of
from understudy.server.reports.periods import ReportError
from understudy.server.site import Site, site_of

BASE = "/__understudy__/reports"
NONE = "\N{EN DASH}"
PACKAGE = "understudy.server.reports"
# The address that a person sees, and how it is said.
PERIODS = {
    "48 hours": "?by=hour&last=48",
    "7 days": "?by=day&last=7",
    "30 days": "?by=day&last=30",
    "90 days": "?by=day&last=90",
}
HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src data:; "  # the image is an empty icon
        "base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
    ),
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}


async def overview_page(request: Request) -> Response:
    """All experiences, as a page."""
    site = site_of(request)
    evidence, cards = await insights_for(site)
    others = [line_of(one, evidence) for one in evidence.strays]
    groups = groups_of(evidence)
    return page(request, site, "overview", groups=groups, others=others, evidence=evidence, cards=cards)


async def insights_page(request: Request) -> Response:
    """All insight cards, as a page."""
    site = site_of(request)
    _, cards = await insights_for(site)
    return page(request, site, "insights", cards=cards)


async def detail_page(request: Request) -> Response:
    """The report on one experience, as a page."""
    site, detail = site_of(request), await detail_for(request)
    subject = detail.line.subject
    return page(
        request,
        site,
        "detail",
        detail=detail,
        line=detail.line,
        subject=subject,
        charts=charts(detail.over_time, detail.evidence.period),
        source=source_link(site, subject),
        preview=preview_link(site, subject),
    )


async def audience_file(request: Request) -> Response:
    """An audience as a file to save."""
    detail, slug = await detail_for(request), request.path_params["slug"]
    found = next((one for one in detail.audiences if one.slug == slug), None)
    if found is None:
        slugs = ", ".join(one.slug for one in detail.audiences)
        raise HTTPException(404, f"There is no such audience: {slug[:80]!r}. There are {slugs}.")
    headers = {**HEADERS, "Content-Disposition": f'attachment; filename="{found.slug}.fql"'}
    return Response(f"{found.filterql}\n", headers=headers, media_type="text/plain; charset=utf-8")


async def stylesheet(request: Request) -> Response:
    """The one stylesheet of these pages."""
    return asset_response(request, _stylesheet(), STYLESHEET)


def for_people(endpoint: Endpoint) -> Endpoint:
    """An endpoint for who may use the API, whose refusals are pages too, for whoever asks for a page."""

    @wraps(endpoint)
    async def answer(request: Request) -> Response:
        try:
            return await endpoint(request)
        except (HTTPException, ReportError, StoreError) as error:
            if "text/html" not in request.headers.get("accept", ""):
                raise
            status, message = told(error)
            response = page(request, site_of(request), "error", message=message)
            response.status_code = status
            return response

    return answered(answer)


def page(request: Request, site: Site, name: str, **values: object) -> Response:
    """A page from its template."""
    template = _environment().get_template(f"{name}.html.jinja")
    chosen = f"?{request.url.query}" if request.url.query else PERIODS["30 days"]
    common = {"base": BASE, "periods": PERIODS, "chosen": chosen, "now": from_ms(site.now), "site": site}
    return Response(template.render(**common, **values), media_type=HTML, headers=HEADERS)


@cache
def _stylesheet() -> bytes:
    return (files(PACKAGE) / "templates" / "reports.css").read_bytes()


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader(PACKAGE), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters.update(number=number, rate=rate, moment=moment, segment=segment)
    return environment


def number(value: int | None) -> str:
    """A count as people read it; a dash for none known."""
    return NONE if value is None else f"{value:,}"


def rate(value: float | None) -> str:
    """A share as people read it; a dash for none."""
    return NONE if value is None else percent(value)


def moment(value: datetime) -> str:
    """A moment as people read it."""
    return value.strftime("%Y-%m-%d %H:%M:%S")


def segment(value: str) -> str:
    """A text as one segment of an address, whatever is in it."""
    return quote(value, safe="")


PAGE_ROUTES: tuple[BaseRoute, ...] = (
    Route(BASE, for_people(overview_page)),
    Route(f"{BASE}/", for_people(overview_page)),
    Route(f"{BASE}/reports.css", stylesheet),
    Route(f"{BASE}/insights", for_people(insights_page)),
    Route(f"{BASE}/{{id:path}}/{{slug}}.fql", for_people(audience_file)),
    Route(f"{BASE}/{{id:path}}", for_people(detail_page)),
)
