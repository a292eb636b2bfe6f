"""A score that an event states is the number that scores are (platform.md 3.4, 4.1)."""

from platform_support import Send

from understudy.server.platform import Platform


def test_3_4_a_stated_score_is_a_whole_number_and_what_is_none_is_passed_over(platform: Platform, send: Send) -> None:
    send("_uid=ann&_e=pv&score_quantity=90&score_momentum=soon&score_own=7")
    profile = platform.profile("_uid", "ann")
    assert profile is not None
    fields = profile.fields
    assert (fields["score_quantity"], fields["score_own"]) == (90, "7")
    assert isinstance(fields["score_momentum"], int)  # as it was worked out
    send("_uid=ann&_e=pv&score_quantity=12")
    changed = platform.profile("_uid", "ann")
    assert changed is not None
    assert changed.fields["score_quantity"] == 12
