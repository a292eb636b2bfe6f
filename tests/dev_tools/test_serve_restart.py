"""What the API did is there when a server that was killed starts again, which says so and how to drop it."""

from pathlib import Path
from typing import Any

import httpx2
from support.serving import Serving, copy_storefront

EXPERIENCE = {"label": "Spring sale", "vehicle": {"provider_id": "pathfora", "tactic": "present_message"}}
CURL = {"Content-Type": "application/x-www-form-urlencoded"}  # what `curl -d` says of any text


def ask(serving: Serving, method: str, path: str, **more: Any) -> Any:
    answer = httpx2.request(method, serving.url + path, timeout=30, **more)
    assert answer.status_code < 300, answer.text
    return answer.json().get("data")


def test_2_6_a_killed_server_starts_again_with_what_the_api_did(tmp_path: Path) -> None:
    root = copy_storefront(tmp_path / "storefront")
    with Serving(root) as serving:
        made = ask(serving, "POST", "api/experience", json={"experience": EXPERIENCE})
        ask(serving, "PUT", "api/account/setting/entity_timeout", json=250)
        ask(serving, "POST", "api/content/corpus", json=[{"url": "news.example/tea", "topics": ["Tea"]}])
        serving.process.kill()
        serving.process.wait()
        assert "laid over" not in "".join(serving.printed) + serving.rest()
    with Serving(root) as serving:
        said = serving.wait_for("laid over the files, as the API left it")
        assert "1 setting (entity_timeout); 1 document (news.example/tea); 1 experience (spring-sale)" in said
        drop = serving.wait_for("to drop that")
        assert f"curl -d '{{\"all\": true}}' {serving.url}__understudy__/api/reset" in drop
        assert ask(serving, "GET", f"api/experience/{made['id']}") == made
        ask(serving, "POST", "__understudy__/api/reset", content='{"all": true}', headers=CURL)
        serving.stop()
    with Serving(root) as serving:
        assert not any(one["changed"] for one in ask(serving, "GET", "api/account/setting"))
        serving.stop()
        assert "laid over" not in "".join(serving.printed) + serving.rest()
