"""Renders templates: a JSON line in, a JSON line out, until the input ends or nothing has come for a minute."""

import importlib
import json
import signal
import sys
from contextlib import suppress
from typing import Any

from understudy.server.triggers.kitchen.failures import Missing, Refused

IDLE_S = 60  # after which it ends by itself
MOST_MEMORY = 768 * 1024 * 1024  # bytes of address space, of which Python and the engines take a third
LONGEST = 10_000_000  # characters of a value: who asked has no such limit of memory
ENGINES = {
    "js1": "understudy.server.triggers.kitchen.javascript",
    "jsonnet": "understudy.server.triggers.kitchen.jsonnet",
    "handlebars": "understudy.server.triggers.kitchen.handlebars",
}


def cook(task: dict[str, Any]) -> dict[str, Any]:
    """A template's value, or why there is none."""
    try:
        try:
            engine = importlib.import_module(ENGINES[task["type"]])
        except ImportError as error:
            raise Missing(f"{task['type']} templates need the package of the module {error.name!r}") from error
        return {"value": engine.render(task)}
    except Refused as refusal:
        return {"error": str(refusal), "kind": refusal.kind}
    except RecursionError:
        return {"error": "the template goes too deep", "kind": "runtime"}
    except MemoryError:
        return {"error": "the template needs too much memory", "kind": "runtime"}
    except Exception as error:  # such as a text that an engine cannot take; the next template must find us here
        return {"error": f"{type(error).__name__}: {error}", "kind": "runtime"}


def line_of(answer: dict[str, Any]) -> str:
    """An answer as a line, or that it is too long."""
    line = json.dumps(answer)
    if len(line) <= LONGEST:
        return line
    message = f"the template gives {len(line):,} characters, more than the {LONGEST:,} there can be"
    return json.dumps({"error": message, "kind": "runtime"})


def limit_memory() -> None:
    """Let this process have no more than `MOST_MEMORY`, where the system can see to it."""
    with suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main() -> None:
    """Serve."""
    limit_memory()
    answers = sys.stdout
    sys.stdout = sys.stderr  # whatever an engine prints is no answer
    answer: dict[str, Any] = {"ready": True}
    while True:
        answers.write(line_of(answer) + "\n")
        answers.flush()
        rest(IDLE_S)
        line = sys.stdin.readline()
        rest(0)
        if not line:
            return
        answer = cook(json.loads(line))


def rest(seconds: int) -> None:
    """End this process after that long, where the system can see to it; 0 is never."""
    if hasattr(signal, "alarm"):
        signal.alarm(seconds)


if __name__ == "__main__":
    main()
