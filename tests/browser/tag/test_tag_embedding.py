"""What `understudy snippet` prints, in a page: each place and generation, strict policies, and a script that fails."""

import base64
import hashlib
import json
import re
from typing import Any

import pytest
from playwright.sync_api import ConsoleMessage
from tag_page import JAVASCRIPT, ORIGIN, QUIET, TagPage, tag_source

from understudy.dev_tools.snippet_text import Install, render

SRC = f"{ORIGIN}/tag.js"
# Conditions to wait for are functions: text would be evaluated again and again, which a strict policy forbids.
NOTE = """
    window.violations = [];
    window.failures = 0;
    addEventListener("securitypolicyviolation", (event) => violations.push(event.effectiveDirective));
    addEventListener("jstag.failed", () => failures++);
"""
# As Google Tag Manager puts a Custom HTML tag into a page: parsed apart, and each script made anew.
INJECT = """
(html) => {
  const parsed = document.createElement("template");
  parsed.innerHTML = html;
  for (const node of [...parsed.content.childNodes]) {
    if (node.nodeName !== "SCRIPT") { document.body.append(node); continue; }
    const script = document.createElement("script");
    script.type = "text/javascript";
    if (node.getAttribute("nonce")) script.nonce = node.getAttribute("nonce");
    script.text = node.text;
    document.body.append(script);
  }
}
"""
CALLS = """
    window.log = [];
    jstag.on("getid", (topic, id) => log.push(`on ${id}`));
    jstag.once("collect.started", (topic, message) => log.push(`once ${message.data.n}`));
    jstag.setid("ann");
    jstag.send({n: 1});
    jstag.identify("people", {n: 2});
    jstag.getid((id) => log.push(`getid ${id}`));
    jstag.call("entityReady", (entity) => log.push(`entity ${entity.data.user.name}`));
    jstag.call("loadEntity");
    jstag.unblock();
"""


def rendered(target: str, text: str) -> str:
    """The script that a page gets of a snippet, as its CMS or framework renders it."""
    if target in {"drupal", "wordpress"}:
        found = re.search(r"<<<'UNDERSTUDY'\n(.*?)\nUNDERSTUDY;", text, re.DOTALL)
    elif target == "next":
        found = re.search(r'^const SNIPPET = (".*");$', text, re.MULTILINE)
        return str(json.loads(found[1])) if found else ""
    else:
        found = re.search(r"<script[^>]*>\n(.*?)\n</script>", text, re.DOTALL)
    assert found
    return found[1]


@pytest.mark.parametrize(
    ("target", "generation"),
    [
        ("html", "own"),
        ("html", "1"),
        ("html", "2"),
        ("html", "3"),
        ("drupal", "own"),
        ("wordpress", "own"),
        ("next", "own"),
        ("gtm", "own"),
        ("gtm-container", "own"),
        ("gtm", "2"),
    ],
)
def test_1_1_calls_made_early_are_replayed_in_order_wherever_the_snippet_stands(
    tag: TagPage, target: str, generation: str
) -> None:
    text = render(Install(SRC, generation=generation), target, account="acct", theme="shop")
    tag.profile(name="Ann", segments=["all"])
    tag.hold("/tag.js")
    tag.html = "<!doctype html><meta charset=utf-8><title>page</title><body>"
    if not target.startswith("gtm"):
        tag.html += f"<script>{rendered(target, text)}</script><script>{CALLS}</script>"
    tag.page.goto(ORIGIN + "/page", wait_until="domcontentloaded")
    if target.startswith("gtm"):
        if target == "gtm-container":
            [made] = json.loads(text)["containerVersion"]["tag"]
            text = made["parameter"][0]["value"]
        tag.run(INJECT, text)
        tag.run(f"() => {{ {CALLS} }}")
    assert tag.run("[jstag.isLoaded, jstag.send({n: 3}) === jstag]") == [None, generation != "1"]
    tag.release("/tag.js", body=tag_source({**QUIET, "cid": "acct"}), content_type=JAVASCRIPT)
    tag.wait_for_event("entity.loaded")
    events = tag.events(4)
    assert [event.fields.get("n") for event in events] == [None, "1", "2", "3"]
    assert [event.path for event in events] == ["/c/acct", "/c/acct", "/c/acct/people", "/c/acct"]
    assert events[0].fields["_e"] == "pv"
    assert tag.run("log") == ["on ann", "once undefined", "getid ann", "entity Ann"]
    assert tag.errors == []


def failed(tag: TagPage, target: str, script: str = "") -> list[ConsoleMessage]:
    """A page with our snippet, no tag, and a clock that stands still; what the snippet says in the console."""
    said: list[ConsoleMessage] = []
    tag.page.on("console", lambda message: said.append(message) if message.text.startswith("jstag.failed") else None)
    tag.freeze()
    tag.html = f"<!doctype html><title>page</title><script>{NOTE}</script>"
    tag.page.goto(ORIGIN + "/page", wait_until="domcontentloaded")
    tag.run(INJECT, render(Install(SRC), target, account="acct", theme="shop"))
    tag.run(f"() => {{ {script} }}")
    tag.page.wait_for_function("() => failures >= 1")
    return said


@pytest.mark.parametrize("target", ["html", "gtm"])
def test_issue_4_a_script_that_does_not_load_is_told_once_and_its_calls_are_delivered_later(
    tag: TagPage, target: str
) -> None:
    said = failed(tag, target, "jstag.send({n: 1});")
    tag.serve("/tag.js", "/* a script of somebody else */")
    tag.page.clock.run_for(1000)
    tag.page.wait_for_function("() => failures >= 2")
    assert len(said) == 1
    assert said[0].type == "error"
    assert SRC in said[0].text
    tag.serve("/tag.js", tag_source({**QUIET, "cid": "acct"}))
    tag.page.clock.run_for(2000)
    tag.page.wait_for_function("() => jstag.isLoaded")
    assert [event.fields.get("n") for event in tag.events(2)] == [None, "1"]
    assert len(said) == 1
    assert tag.errors == []


def test_issue_4_the_page_may_ask_for_the_script_again_itself(tag: TagPage) -> None:
    failed(tag, "html")
    tag.serve("/tag.js", tag_source({**QUIET, "cid": "acct"}))
    tag.run("() => { jstag.init(); }")
    tag.page.wait_for_function("() => jstag.isLoaded")
    assert len(tag.events(1)) == 1


def test_our_snippet_gives_up_after_some_minutes(tag: TagPage) -> None:
    failed(tag, "html")
    for attempt in range(1, 10):
        tag.page.wait_for_function("(count) => failures >= count", arg=attempt)
        tag.page.clock.run_for(500 << attempt)
    tag.page.clock.run_for(3_600_000)
    assert tag.run("failures") == 9
    assert len(tag.to("/tag.js")) == 9


def strict_page(tag: TagPage, install: Install, policy: str, calls: str = "") -> None:
    """A page under a policy; what it violates is in `window.violations`."""
    text = render(install, "html", account="acct", theme="shop")
    html = (
        f'<!doctype html><title>page</title><script nonce="n1">{NOTE}</script>{text}<script nonce="n1">{calls}</script>'
    )
    tag.answers["/page"] = lambda route: route.fulfill(
        body=html, content_type="text/html", headers={"Content-Security-Policy": policy}
    )
    tag.page.goto(ORIGIN + "/page", wait_until="domcontentloaded")


def integrity_of(source: str) -> str:
    return "sha384-" + base64.b64encode(hashlib.sha384(source.encode()).digest()).decode()


STRICT = "default-src 'none'; script-src 'nonce-n1'; connect-src 'self'; img-src 'self'; base-uri 'none'"
TYPES = "; require-trusted-types-for 'script'; trusted-types jstag understudy"


@pytest.mark.parametrize("generation", ["own", "1", "2", "3"])
@pytest.mark.parametrize("extra", ["", TYPES], ids=["nonce", "trusted types"])
def test_issue_4_the_snippet_works_under_a_strict_policy_with_integrity(
    tag: TagPage, generation: str, extra: str
) -> None:
    source = tag_source({**QUIET, "cid": "acct"})
    tag.serve("/tag.js", source)
    install = Install(SRC, generation=generation, nonce="n1", integrity=integrity_of(source), trusted_types=bool(extra))
    strict_page(tag, install, STRICT + extra, "jstag.send({n: 1});")
    tag.page.wait_for_function("() => jstag.isLoaded")
    assert [event.fields.get("n") for event in tag.events(2)] == [None, "1"]
    script = tag.page.locator(f'script[src="{SRC}"]')
    assert script.evaluate("(script) => [script.integrity, script.crossOrigin, script.nonce]") == [
        install.integrity,
        "anonymous",
        "n1",
    ]
    assert tag.run("violations") == []
    assert tag.errors == []


@pytest.mark.parametrize(
    ("install", "policy"),
    [
        (Install(SRC, nonce="n1"), STRICT + TYPES),  # the policy wants types, and the snippet was made without
        (Install(SRC, nonce="n1", integrity=integrity_of("something else")), STRICT),
        (Install("http://127.0.0.1:8098/tag.js", nonce="n1"), "script-src 'nonce-n1'; script-src-elem 'unsafe-inline'"),
    ],
    ids=["types", "integrity", "policy"],
)
def test_issue_4_a_refused_script_is_visible_and_the_page_goes_on(tag: TagPage, install: Install, policy: str) -> None:
    said: list[Any] = []
    tag.page.on("console", lambda message: said.append(message) if message.text.startswith("jstag.failed") else None)
    tag.serve("/tag.js", tag_source({**QUIET, "cid": "acct"}))
    strict_page(tag, install, policy, "window.wentOn = jstag.send({n: 1}) === jstag;")
    assert tag.run("wentOn") is True
    tag.page.wait_for_function("() => failures === 1")
    assert len(said) == 1
    assert tag.to("/c/") == []
    assert tag.errors == []


@pytest.mark.parametrize("target", ["html", "gtm"])
def test_1_1_listeners_of_our_snippet_can_be_cancelled_while_they_wait_and_afterwards(
    tag: TagPage, target: str
) -> None:
    failed(
        tag,
        target,
        """
        window.log = [];
        const early = jstag.on("getid", () => log.push("early"));
        window.late = jstag.on("getid", () => log.push("late"));
        jstag.once("getid", () => log.push("once"));
        early();
        """,
    )
    tag.serve("/tag.js", tag_source({**QUIET, "cid": "acct"}))
    tag.page.clock.run_for(1000)
    tag.page.wait_for_function("() => jstag.isLoaded")
    tag.run("() => { jstag.setid('ann'); jstag.getid(() => log.push('told')); }")
    tag.page.wait_for_function("() => log.includes('told')")
    tag.run("() => { late(); log.push('off'); jstag.setid('bob'); jstag.getid(() => log.push('again')); }")
    tag.page.wait_for_function("() => log.includes('again')")
    log = tag.run("log")
    assert "early" not in log
    assert log.count("once") == 1
    assert "late" in log[: log.index("off")]
    assert "late" not in log[log.index("off") :]
