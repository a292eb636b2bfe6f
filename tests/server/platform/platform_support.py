"""What tests of the platform share."""

from collections.abc import Callable

from understudy.server.platform import Receipt

NOW = 1_795_435_200_000.0  # 2026-11-23T12:00:00Z

Send = Callable[..., Receipt]
