import pytest

from buddybot.domain.kernel.graphemes import boundary

FAMILY, FLAG, THUMB, ACCENT = "👨‍👩‍👧", "🇮🇪", "👍🏽", "e\u0301"


@pytest.mark.parametrize("sign", [FAMILY, FLAG, THUMB, ACCENT, "❤️", "\r\n", "\u1112\u1161\u11ab"])
def test_no_sign_is_torn(sign: str) -> None:
    text = "ab" + sign + sign + "cd"
    whole = {0, 1, 2, 2 + len(sign), 2 + 2 * len(sign), 3 + 2 * len(sign), len(text)}
    for at in range(1, len(text) + 1):
        found = boundary(text, at)
        assert found in whole
        assert found == max(place for place in whole if place <= at)


def test_what_has_no_end_is_cut_where_it_is_asked() -> None:
    assert boundary("a" + "\u0301" * 100, 60) == 60
    assert boundary("plain", 3) == 3
    assert boundary("", 0) == 0
