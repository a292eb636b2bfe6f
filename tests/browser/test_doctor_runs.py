"""`understudy doctor` with a browser: what only running the page tells (debugger.md 7.2, rank 4)."""

import io
import json
import os
import time
from collections.abc import Iterator
from contextlib import redirect_stdout, suppress
from pathlib import Path
from typing import Any

import pytest
from support.http_sites import Answer, Sites
from support.serving import Serving, copy_storefront

from understudy.dev_tools.browser import VARIABLE, find_browser
from understudy.dev_tools.cli import main
from understudy.dev_tools.diagnosis import child
from understudy.dev_tools.snippet_text import Install, html_snippet
from understudy.server.sdk.script import sdk_script, sdk_stylesheet
from understudy.server.settings import Settings
from understudy.server.tag.script import tag_script

HEAD = "<!doctype html><meta charset=utf-8><title>page</title>"


@pytest.fixture(autouse=True, scope="module")
def browser_that_is_known() -> Iterator[None]:
    """Looking for a browser takes a second; all runs use the same one."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(VARIABLE, str(find_browser()))
        yield


def doctor(*arguments: str) -> tuple[int, dict[str, Any]]:
    """The exit code and the report."""
    printed = io.StringIO()
    with redirect_stdout(printed):
        code = main(["doctor", "--json", "--timeout", "10", *arguments])
    return code, json.loads(printed.getvalue())


def problems(report: dict[str, Any]) -> dict[str, dict[str, Any]]:
    found = [finding for finding in report["findings"] if not finding["note"]]
    assert len({finding["code"] for finding in found}) == len(found), found
    return {finding["code"]: finding for finding in found}


@pytest.fixture(scope="module")
def sites() -> Iterator[Sites]:
    """A shop, and a host with the tag for it."""
    config = Settings(account="acct").tag_config()
    answers = {
        "/api/tag/acct/latest.min.js": Answer(tag_script(config, minified=True)),
        "/static/pathfora.min.js": Answer(sdk_script(minified=True)),
        "/static/pathfora.min.css": Answer(sdk_stylesheet(minified=True), "text/css"),
        "/api/experience/candidate/acct/config.js": Answer("window._pfacfg = {experiences: [], scripts: []};"),
        "/api/personalize/": Answer('{"data": {"user": {"segments": ["all"]}}}', "application/json"),
        "/other.js": Answer("window.other = 1;"),
    }
    with Sites(answers) as running:
        yield running


def page(sites: Sites, html: str, **headers: str) -> str:
    """A page of the shop with this markup; its address."""
    return sites.page(HEAD + html, **headers)


def snippet(sites: Sites, **options: Any) -> str:
    return html_snippet(Install(f"{sites.host}/api/tag/acct/latest.min.js", **options))


def test_a_sound_page_runs_and_leaves_no_trace(sites: Sites) -> None:
    code, report = doctor(page(sites, snippet(sites)))
    assert (code, problems(report)) == (0, {})
    assert report["facts"]["isLoaded"] is True
    assert (report["facts"]["accounts"], report["facts"]["sdk"], report["facts"]["profile"]) == (["acct"], True, True)
    assert [path for path in sites.asked if path.startswith("/c/")] == []
    [loaded] = [finding for finding in report["findings"] if finding["code"] == "loaded"]
    assert "jstag.isLoaded is true" in loaded["message"]


def test_a_tag_that_a_script_adds_is_not_missing(sites: Sites) -> None:
    text = json.dumps(snippet(sites)[len("<script>") : -len("</script>\n")]).replace("api/tag", "api/' + 'tag")
    text = text.replace('"', "'", 1)[:-1] + "'"
    html = f"<script>const s = document.createElement('script'); s.text = {text}; document.head.append(s);</script>"
    code, report = doctor(page(sites, html), "--allow", sites.host.removeprefix("http://"))
    assert (code, problems(report)) == (0, {})


def test_a_page_without_the_tag(sites: Sites) -> None:
    code, report = doctor(page(sites, "<script src=/other.js></script>"))
    assert code == 1
    assert set(problems(report)) == {"tag-missing"}


def test_a_script_that_is_not_there(sites: Sites) -> None:
    html = snippet(sites).replace("latest.min.js", "latest.js")
    code, report = doctor(page(sites, html))
    assert code == 1
    found = problems(report)
    assert set(found) == {"script-failed", "not-loaded"}
    assert "latest.js answered 404" in found["script-failed"]["message"]
    assert found["script-failed"]["line"] == 1


def test_8_3_a_script_that_is_not_the_one_of_its_integrity(sites: Sites) -> None:
    _, report = doctor(page(sites, snippet(sites, integrity="sha384-" + "A" * 64)))
    found = problems(report)
    assert set(found) == {"script-failed", "not-loaded"}
    assert "integrity" in found["script-failed"]["message"]


@pytest.mark.parametrize(
    ("policy", "code", "fix"),
    [
        ("script-src 'unsafe-inline'", "csp-script", "script-src 'unsafe-inline' HOST"),
        ("script-src HOST", "csp-inline", None),
        ("style-src 'self'; connect-src 'self'", "csp-style", "style-src 'self' HOST"),
        ("connect-src 'self'", "csp-connect", "connect-src 'self' HOST"),
    ],
)
def test_what_the_doctor_predicts_of_a_policy_is_what_the_browser_does(
    sites: Sites, policy: str, code: str, fix: str | None
) -> None:
    html = snippet(sites)
    exit_code, report = doctor(page(sites, html, Content_Security_Policy=policy.replace("HOST", sites.host)))
    assert exit_code == 1
    found = problems(report)[code]
    if fix:
        assert found["fix"] == fix.replace("HOST", sites.host)
    repaired = f"{found['fix']}; {policy.replace('HOST', sites.host)}"
    _, after = doctor(page(sites, html, Content_Security_Policy=repaired))
    assert code not in problems(after)


def test_a_policy_in_the_markup_is_followed_too(sites: Sites) -> None:
    meta = '<meta http-equiv="Content-Security-Policy" content="script-src \'unsafe-inline\'">'
    _, report = doctor(page(sites, f"\n{meta}{snippet(sites)}"))
    assert problems(report)["csp-script"]["line"] == 2


def test_a_policy_that_only_the_browser_sees_at_work(sites: Sites) -> None:
    """The tag's files may lie where the vendor's layout does not have them."""
    html = snippet(
        sites, settings={"pathfora": {"install": {"sdk": {"src": f"{sites.host}/sdk/static/pathfora.min.js"}}}}
    )
    policy = f"script-src 'unsafe-inline' {sites.host}/api/ {sites.host}/static/"
    _, report = doctor(page(sites, html, Content_Security_Policy=policy))
    found = problems(report)
    assert found["csp-script"]["fix"] == f"{policy} {sites.host}"
    assert "sdk-missing" in found


def test_an_sdk_and_a_stylesheet_that_are_not_there(sites: Sites) -> None:
    html = snippet(sites, settings={"pathfora": {"install": {"sdk": {"src": "/nowhere/pathfora.min.js"}}}})
    found = problems(doctor(page(sites, html))[1])
    assert set(found) == {"sdk-failed", "sdk-missing"}
    css = '<script>window.PathforaCSS = "/nowhere/pathfora.min.css"</script>'
    found = problems(doctor(page(sites, css + snippet(sites)))[1])
    assert set(found) == {"stylesheet-blocked"}
    assert "answered 404" in found["stylesheet-blocked"]["message"]


def test_a_tag_that_is_never_started(sites: Sites) -> None:
    html = f'<script src="{sites.host}/api/tag/acct/latest.min.js"></script>'
    found = problems(doctor(page(sites, html))[1])
    assert set(found) == {"init-missing", "not-loaded"}


def test_8_6_a_tag_that_waits_for_the_visitor_s_consent_is_installed_right(sites: Sites) -> None:
    waits = snippet(sites, settings={"consent": {"required": True}})
    code, report = doctor(page(sites, waits))
    assert (code, problems(report)) == (0, {})
    assert report["facts"]["isLoaded"] is False
    assert [finding["code"] for finding in report["findings"]] == ["consent-gate"]
    agreed = waits + "<script>jstag.call('consent', true)</script>"
    code, report = doctor(page(sites, agreed))
    assert (code, report["facts"]["isLoaded"], problems(report)) == (0, True, {})


def test_other_hosts_are_not_asked(sites: Sites) -> None:
    html = snippet(sites) + '<script src="http://ads.example/ad.js"></script><img src="http://pixel.example/p.gif">'
    code, report = doctor(page(sites, html))
    assert (code, problems(report)) == (0, {})
    assert report["facts"]["withheld"] == ["ads.example", "pixel.example"]


def test_a_file_of_a_workspace_is_run_with_what_the_workspace_makes(tmp_path: Path) -> None:
    shop = copy_storefront(tmp_path / "shop")
    index = shop / "pages" / "index.html"
    code, report = doctor(str(index), "--workspace", str(shop))
    assert (code, problems(report)) == (0, {})
    assert report["facts"]["isLoaded"] is True
    (shop / "understudy.toml").write_text('account = "other"\n')
    assert "wrong-account" in problems(doctor(str(index), "--workspace", str(shop))[1])
    code, alone = doctor(str(index))
    assert (code, problems(alone)) == (0, {})
    assert "not-checked" in {finding["code"] for finding in alone["findings"]}


def test_the_storefront_as_it_is_served(tmp_path: Path) -> None:
    shop = copy_storefront(tmp_path / "shop")
    with Serving(shop) as serving:
        code, report = doctor(serving.url, "--workspace", str(shop))
    assert (code, problems(report)) == (0, {})
    assert report["facts"]["profile"] is True


def processes_with(mark: bytes) -> list[str]:
    """The processes, not this one, that have a mark in their environment."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if folder.name != str(os.getpid()) and mark in (folder / "environ").read_bytes():
                found.append(folder.name)
    return found


def test_a_page_that_never_comes_to_rest_is_a_finding(sites: Sites) -> None:
    code, report = doctor(page(sites, snippet(sites) + "<script>for (;;);</script>"), "--timeout", "2")
    assert code == 1
    assert set(problems(report)) == {"page-stuck"}
    assert report["facts"]["browser"] is True
    assert "isLoaded" not in report["facts"]


def test_a_page_that_blocks_the_browser_later_is_ended_with_all_that_belongs_to_it(
    sites: Sites, monkeypatch: pytest.MonkeyPatch
) -> None:
    mark = f"understudy-{os.getpid()}-{time.monotonic_ns()}"
    monkeypatch.setenv("UNDERSTUDY_MARK", mark)
    monkeypatch.setattr(child, "START_SECONDS", 4)
    html = "<script>addEventListener('load', () => { for (;;); })</script>"
    code, report = doctor(page(sites, snippet(sites) + html), "--timeout", "1")
    assert (code, set(problems(report))) == (1, {"page-stuck"})
    deadline = time.monotonic() + 20
    while (left := processes_with(mark.encode())) and time.monotonic() < deadline:
        os.sched_yield()
    assert left == []
