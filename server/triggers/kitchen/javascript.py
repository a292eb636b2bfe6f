"""Templates of type `js1`: a script that defines `function template(data)`, run by QuickJS (platform.md 4.3)."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import quickjs

from understudy.server.triggers.kitchen import tools
from understudy.server.triggers.kitchen.failures import Refused

MOST_MEMORY = 64 * 1024 * 1024
MOST_STACK = 512 * 1024
GLOBALS = ("ly_job_config", "ly_auth_config", "ly_segment_association", "ly_event_stream")
CALLS = {
    "__sha256": tools.sha256,
    "__sha1": tools.sha1,
    "__hmac": tools.hmac_sha256,
    "__unix": tools.unix_seconds,
    "__phone": tools.phone_e164,
}


def render(task: dict[str, Any]) -> Any:
    """The value of a script for an event."""
    context = quickjs.Context()
    context.set_memory_limit(MOST_MEMORY)
    context.set_max_stack_size(MOST_STACK)
    for name, call in CALLS.items():
        context.add_callable(name, call)
    context.set("__entity", json.dumps(task["entity"]))
    context.set("__token", task.get("token", ""))
    context.set("__now", float(task.get("now", 0)))  # an int would be one of 32 bits
    for name in GLOBALS:
        if task.get(name) is not None:
            context.set(name, task[name] if isinstance(task[name], str) else json.dumps(task[name]))
    try:
        context.eval(_helpers())
        context.eval(task["source"])
        if not context.eval('typeof template === "function"'):
            raise Refused("the script defines no function template(data)")
        answer = context.eval("__run()")
    except quickjs.JSException as error:
        raise Refused(str(error).strip()) from None
    return None if answer is None else json.loads(answer)


@cache
def _helpers() -> str:
    return Path(__file__).with_name("helpers.js").read_text("utf-8")
