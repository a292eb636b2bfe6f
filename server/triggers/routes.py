"""All routes of triggers."""

from starlette.routing import BaseRoute

from understudy.server.triggers.delivery_routes import DELIVERY_ROUTES
from understudy.server.triggers.subscription_routes import SUBSCRIPTION_ROUTES
from understudy.server.triggers.template_routes import TEMPLATE_ROUTES

TRIGGER_ROUTES: tuple[BaseRoute, ...] = (*TEMPLATE_ROUTES, *SUBSCRIPTION_ROUTES, *DELIVERY_ROUTES)
