"""FilterQL, the language of audiences: parse a text, decide it for a profile, say why (platform.md 3.6)."""

from understudy.server.platform.filterql.context import UNKNOWN
from understudy.server.platform.filterql.errors import DateMathError, FilterQLError
from understudy.server.platform.filterql.evaluator import Explanation, evaluate, explain
from understudy.server.platform.filterql.nodes import Statement, includes
from understudy.server.platform.filterql.parser import parse

__all__ = [
    "UNKNOWN",
    "DateMathError",
    "Explanation",
    "FilterQLError",
    "Statement",
    "evaluate",
    "explain",
    "includes",
    "parse",
]
