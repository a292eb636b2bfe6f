"""A workspace with a hundred audiences: the built-in ones, the storefront's, and as many more as it takes."""

from pathlib import Path

from understudy.server.workspaces.workspace import load_workspace

WANTED = 100
CONDITIONS = (
    "pageviewct > {n}",
    "visitct BETWEEN {n} AND 500",
    'lastvisit_ts > "now-{n}d"',
    'AND (pageviewct > {n}, lastvisit_ts > "now-{n}h")',
    'OR (utm_source_last = "mail{n}", utm_campaigns INTERSECTS ("spring{n}", "summer{n}"))',
    'AND (EXISTS email, NOT (email LIKE "*@test{n}.example"))',
    "ly_impressions.w{n} > 3",
    'AND (domains INTERSECTS ("shop{n}.test"), firstvisit_ts < "now-{n}d", score_quantity > {n})',
    'event_last_seen.pv > "now-{n}d"',
    "hourly.{n} > 2",
)


def add_audiences(workspace: Path) -> None:
    """Write files until the workspace has `WANTED` audiences."""
    missing = WANTED - len(load_workspace(workspace).audiences)
    for number in range(missing):
        condition = CONDITIONS[number % len(CONDITIONS)].format(n=number // len(CONDITIONS) + 1)
        path = workspace / "audiences" / f"measured_{number}.fql"
        path.write_text(f"FILTER {condition} FROM user ALIAS measured_{number}\n", "utf-8")
