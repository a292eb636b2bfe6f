"""What experiences are called (platform.md 2.6)."""

import pytest

from understudy.server.experiences.names import slug_of


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("Spring sale, 20 %", "spring-sale-20"),
        ("\u00dcn\u00efcode \u2603 offer", "unicode-offer"),
        ("\u65e5\u672c", "experience"),
        ("Offer", "offer-3"),
    ],
)
def test_2_6_a_name_is_made_of_a_label(label: str, name: str) -> None:
    assert slug_of(label, {"offer", "offer-2"}) == name
