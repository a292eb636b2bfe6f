"""Placeholder."""

from starlette.routing import BaseRoute

SAVE_ROUTES: tuple[BaseRoute, ...] = ()
