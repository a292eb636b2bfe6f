"""What the tests of things that outlive a server share."""

from typing import Any


def data(answer: Any, status: int = 200) -> Any:
    assert answer.status_code == status, answer.text
    return answer.json()["data"] if status < 400 else answer.json()["message"]
