"""Folding keeps its promises at the edges."""

from buddybot.rules.normalise import _Table


def test_signs_beyond_what_is_remembered_are_still_folded() -> None:
    table = _Table({})
    table._room = 1
    assert [table[ord(sign)] for sign in "ÀÈÀ"] == ["a", "e", "a"]
    assert set(table) == {ord("À")}
