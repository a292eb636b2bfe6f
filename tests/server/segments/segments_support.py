"""What the tests of audiences by the API share."""

from typing import Any

PAGE = "127.0.0.1:8765/product.html"


def data(response: Any, status: int = 200) -> Any:
    """What an answer says; of a refusal its message."""
    body = response.json()
    assert (response.status_code, body["status"]) == (status, status), response.text
    assert body["message"] == "success" if status == 200 else body["data"] is None
    return body["data"] if status == 200 else body["message"]
