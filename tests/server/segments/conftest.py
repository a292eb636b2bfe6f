"""Seven visitors: three have gold, four tin."""

import pytest
from segments_support import PAGE
from starlette.testclient import TestClient


@pytest.fixture
def visitors(client: TestClient, account: str) -> None:
    for number in range(7):
        tier = "gold" if number % 2 else "tin"
        client.get(
            f"/c/{account}?_uid=v{number}&tier={tier}&points={number}"
            f"&_e=pv&utm_medium=mail&url={PAGE}&_ts=17000000{number}0000"
        )
