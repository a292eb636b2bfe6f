"""Templates and their helpers, by vectors; what they cannot get at, and what stops them (platform.md 4.3)."""

import json
import os
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from understudy.server.triggers.sandbox import Sandbox, TemplateError

VECTORS = json.loads((Path(__file__).parents[2] / "contract" / "triggers" / "templates.json").read_text("utf-8"))
FORMS = {
    "js1": "function template(data) {{ return {}; }}",
    "jsonnet": "local event = (import 'lytemplates.libsonnet'); {}",
}
CASES = [(kind, case) for kind in ("js1", "jsonnet", "handlebars") for case in VECTORS[kind]]


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    sandbox = Sandbox(seconds=20)
    yield sandbox
    sandbox.close()


def task(kind: str, source: str, **more: object) -> dict[str, Any]:
    config = VECTORS["config"]
    return {
        "type": kind,
        "source": source,
        "entity": VECTORS["entity"],
        "now": VECTORS["now"],
        "ly_job_config": config,
        "ly_segment_association": config["segment_association"],
        **more,
    }


@pytest.mark.parametrize(
    ("kind", "case"), CASES, ids=[f"{kind}-{case.get('return', case.get('source'))}" for kind, case in CASES]
)
def test_4_3_a_template_gives(sandbox: Sandbox, kind: str, case: dict[str, Any]) -> None:
    source = case.get("source") or FORMS[kind].format(case["return"])
    more = {"ly_event_stream": case.get("stream"), "entity": {**VECTORS["entity"], **case.get("entity", {})}}
    if "config" in case:
        more["ly_job_config"] = case["config"]
    if "gives" in case:
        assert sandbox.render(task(kind, source, **more)) == case["gives"]
        return
    with pytest.raises(TemplateError) as refusal:
        sandbox.render(task(kind, source, **more))
    assert case.get("omits", case.get("fails")) in str(refusal.value)
    assert refusal.value.kind == ("assert" if "omits" in case else "runtime")


def test_4_3_a_template_that_does_not_end_is_stopped_and_the_next_one_runs() -> None:
    sandbox = Sandbox(seconds=0.5)
    with pytest.raises(TemplateError, match="took longer than"):
        sandbox.render(task("js1", "function template() { while (true); }"))
    assert sandbox.render(task("js1", "function template() { return 1 }")) == 1
    endless = "local f(n) = if n == 0 then [1] else f(n - 1) + f(n - 1); std.length(f(60))"
    with pytest.raises(TemplateError, match="took longer"):
        sandbox.render(task("jsonnet", endless))
    sandbox.close()


class LateTimer:
    """A timer that goes off when it is called off, as one on a busy machine may."""

    def __init__(self, _seconds: float, function: Callable[[], None]) -> None:
        self.cancel = function

    def start(self) -> None: ...

    def join(self) -> None: ...


def test_4_3_no_template_is_blamed_for_the_end_of_the_process_before_it(monkeypatch: pytest.MonkeyPatch) -> None:
    sandbox, one = Sandbox(seconds=20), task("js1", "function template() { return 1 }")
    with monkeypatch.context() as patched:
        assert sandbox.render(one) == 1
        patched.setattr(threading, "Timer", LateTimer)
        assert sandbox.render(one) == 1
    assert sandbox.render(one) == 1
    process = sandbox._process
    assert process is not None
    process.kill()
    process.wait()
    assert sandbox.render(one) == 1
    sandbox.close()


def test_4_3_a_value_that_is_too_long_is_refused_and_the_next_one_runs(sandbox: Sandbox) -> None:
    with pytest.raises(TemplateError, match="more than the 10,000,000 there can be"):
        sandbox.render(task("js1", "function template() { return 'x'.repeat(11e6) }"))
    assert sandbox.render(task("js1", "function template() { return 1 }")) == 1


def test_4_3_a_template_leaves_nothing_for_the_next_one(sandbox: Sandbox) -> None:
    sandbox.render(task("js1", "globalThis.mine = 1; get = () => 2; function template() { return 1 }"))
    assert sandbox.render(task("js1", "function template() { return [typeof mine, get('x', 3)] }")) == ["undefined", 3]


def test_4_3_templates_have_no_secrets_of_the_environment(sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHOP_KEY", "very-secret")
    fresh = Sandbox(seconds=20)
    assert fresh.render(task("js1", "function template() { return 1 }")) == 1
    process = fresh._process
    assert process is not None
    if Path("/proc").is_dir():
        assert b"very-secret" not in Path(f"/proc/{process.pid}/environ").read_bytes()
        assert b"very-secret" in os.environb.get(b"SHOP_KEY", b"")
    fresh.close()
    assert process.poll() is not None


def test_4_3_a_language_that_is_not_installed_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    from understudy.server.triggers.kitchen import __main__ as kitchen

    monkeypatch.setitem(kitchen.ENGINES, "gone", "understudy.server.triggers.kitchen.no_such_module")
    answer = kitchen.cook({"type": "gone", "source": "", "entity": {}})
    assert answer["kind"] == "missing"
    assert "gone templates need the package of the module" in answer["error"]
