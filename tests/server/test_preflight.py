"""The third-party id (tag.md 5.8)."""

from starlette.testclient import TestClient

from understudy.server.preflight import COOKIE


def test_5_8_a_browser_has_one_id(client: TestClient, account: str) -> None:
    first = client.get(f"/cid/{account}?callback=jstag_jsonp_1_0")
    assert first.status_code == 200
    known = client.cookies[COOKIE]
    assert len(known) == 36
    assert first.text == f'/**/jstag_jsonp_1_0("{known}");'
    assert "httponly" in first.headers["set-cookie"].lower()
    assert client.get(f"/cid/{account}?callback=again").text == f'/**/again("{known}");'


def test_5_8_not_for_every_page_and_not_for_every_callback(client: TestClient, account: str) -> None:
    foreign = {"sec-fetch-site": "cross-site", "referer": "https://evil.test/"}
    assert client.get(f"/cid/{account}?callback=cb", headers=foreign).status_code == 403
    for callback in ("", "alert(1)", "a b", "</script>"):
        assert client.get(f"/cid/{account}", params={"callback": callback}).status_code == 400
    assert client.get("/cid/nobody?callback=cb").status_code == 404
    client.cookies[COOKIE] = "</script>"
    assert "<" not in client.get(f"/cid/{account}?callback=cb").text
