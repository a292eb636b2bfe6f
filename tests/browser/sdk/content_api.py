"""A recommendation API in the page's own `XMLHttpRequest`, answered by hand."""

from typing import Any

from sdk_shop import Shop

FAKE = """
window.requests = [];
window.XMLHttpRequest = class {
  open(method, url) { Object.assign(this, { method, url }); requests.push(this); }
  send() { this.sent = true; }
  answer(status, body) {
    const responseText = typeof body === 'string' ? body : JSON.stringify(body);
    Object.assign(this, { status, readyState: 4, responseText });
    if (status) this.onload(); else this.onerror();
  }
};
"""
API = "https://c.lytics.io/api/content/recommend/acc1/user/_uids/"


def document(name: str, **more: Any) -> dict[str, Any]:
    """A document as the API answers it."""
    return {
        "title": name,
        "description": f"About {name}",
        "url": f"https://shop.example/{name}",
        "primary_image": f"/{name}.png",
        "created": "2026-03-04T12:00:00Z",
        "author": "Ada",
        **more,
    }


def answer(shop: Shop, *documents: dict[str, Any], status: int = 200) -> None:
    """Answer the oldest open request."""
    shop.run("([status, data]) => requests.shift().answer(status, { data })", [status, list(documents)])


def asked_urls(shop: Shop) -> list[str]:
    """The addresses of the open requests."""
    return list(shop.run("requests.map(({ url, method, sent }) => (method === 'GET' && sent ? url : 'odd: ' + url))"))
