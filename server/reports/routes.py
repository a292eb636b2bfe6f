"""All routes of reports."""

from understudy.server.reports.api import API_ROUTES
from understudy.server.reports.pages import PAGE_ROUTES

REPORT_ROUTES = (*API_ROUTES, *PAGE_ROUTES)
