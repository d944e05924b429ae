"""What every place of keys promises, whether it is a file or a database that several processes share."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from buddybot.runtime.key_server.server import KeyServer
from buddybot.store.kernel.errors import KeyTrouble
from buddybot.store.kernel.keys import LOOKUP, NAME, OURS, KeyFile, Lasts, hour_name, member_name
from buddybot.store.key_store import KeyStore

OPERATOR, OTHER, NEW = bytes(range(32)), bytes(32), b"n" * 32
ANN, BEN, CASE = member_name("ann"), member_name("ben"), member_name("case:1")
KEY = bytes(range(100, 132))
Opening = Callable[..., KeyStore]  # type: ignore[explicit-any]  # bytes, and `fresh`


@pytest.fixture(params=["file", "server"])
def opening(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Opening]:
    """Yield what opens the same keys again and again; everything is closed at the end."""
    opened: list[KeyStore] = []
    url = request.getfixturevalue("database") if request.param == "server" else ""

    def again(operator: bytes = OPERATOR, *, fresh: bool = True) -> KeyStore:
        opened.append(
            KeyServer(url, operator, tmp_path, fresh=fresh)
            if url
            else KeyFile(tmp_path / "keys", tmp_path / "copy", operator, fresh=fresh)
        )
        return opened[-1]

    yield again
    for keys in opened:
        with suppress(Exception):
            keys.close()


@pytest.fixture
def keys(opening: Opening) -> KeyStore:
    return opening()


def test_keys_outlive_the_process(opening: Opening) -> None:
    keys = opening()
    keys.change({ANN: KEY, CASE: OTHER})
    name = keys.need(NAME)
    keys.close()
    keys = opening(fresh=False)
    assert (keys.find(ANN), keys.find(BEN), keys.need(NAME)) == (KEY, None, name)
    assert sorted(keys.members()) == ["ann", "case:1"]
    assert keys.inhabited()


def test_the_bots_own_keys_are_made_once_and_only_where_there_is_no_data(opening: Opening) -> None:
    with pytest.raises(KeyTrouble, match=r"missing|no keys in this database"):
        opening(fresh=False)
    keys = opening()
    own = [keys.need(name) for name in (LOOKUP, OURS, NAME)]
    assert len(set(own)) == 3
    assert not keys.inhabited()
    keys.close()
    again = opening()
    assert [again.need(name) for name in (LOOKUP, OURS, NAME)] == own


def test_another_operators_key_is_refused_in_a_sentence(opening: Opening) -> None:
    opening().close()
    with pytest.raises(KeyTrouble, match="the operator's key does not fit"):
        opening(OTHER)


def test_a_destroyed_key_is_gone_listed_and_can_be_put_back_while_nothing_is_settled(keys: KeyStore) -> None:
    keys.change({ANN: KEY, BEN: OTHER})
    before = keys.turn
    assert keys.change({}, [ANN, member_name("nobody")]) == {ANN: KEY}
    assert keys.turn == before + 1
    assert (keys.find(ANN), keys.find(BEN), len(keys.erased())) == (None, OTHER, 1)
    keys.undo({ANN: KEY}, ())
    assert (keys.find(ANN), keys.erased()) == (KEY, set())
    keys.change({}, [ANN])
    keys.rest()
    assert (keys.find(ANN), len(keys.erased())) == (None, 1)


def test_what_was_made_in_vain_is_gone(keys: KeyStore) -> None:
    assert keys.change({ANN: KEY}) == {}
    keys.undo({}, [ANN])
    assert keys.find(ANN) is None
    assert keys.change({ANN: OTHER}) == {}
    assert keys.find(ANN) == OTHER


def test_names_are_listed_from_one_to_another(keys: KeyStore) -> None:
    keys.change(dict.fromkeys((ANN, BEN, CASE, member_name("zoe")), KEY))
    assert keys.between(ANN, CASE) == {ANN, BEN, CASE}
    assert keys.between(member_name("c"), member_name("d")) == {CASE}


def test_hours_get_a_key_once_and_lose_it_by_their_age(keys: KeyStore) -> None:
    seven, eight, waits = keys.hour(7), keys.hour(8), keys.hour(7, Lasts.UNDELIVERED)
    assert len({seven, eight, waits}) == 3
    assert (keys.hour(7), keys.find(hour_name(7))) == (seven, seven)
    assert (keys.hours(Lasts.A_DAY), keys.hours(Lasts.UNDELIVERED)) == ([7, 8], [7])
    before = keys.turn
    assert (keys.drop_hours((), Lasts.A_DAY), keys.drop_hours([7], Lasts.A_DAY)) == (0, 1)
    assert (keys.find(hour_name(7)), keys.find(hour_name(8)), keys.turn) == (None, eight, before)
    assert keys.find(hour_name(7, Lasts.UNDELIVERED)) == waits


def test_whoever_was_erased_elsewhere_is_erased_here_too(opening: Opening) -> None:
    keys = opening()
    keys.change({ANN: KEY, BEN: OTHER})
    keys.change({}, [ANN])
    hashes = keys.erased()
    keys.undo({ANN: KEY}, ())
    assert keys.erase_again(hashes) == 1
    assert (keys.find(ANN), keys.find(BEN), keys.erased()) == (None, OTHER, hashes)


def test_a_new_operators_key_takes_over_piece_by_piece(opening: Opening) -> None:
    keys = opening()
    keys.change(dict.fromkeys((ANN, BEN, CASE), KEY))
    keys.wrap_by(NEW)
    assert keys.settle_wrapping() > 0
    after = ""
    while (piece := keys.rewrap(after, 2)) is not None:
        after = piece[0]
    assert keys.settle_wrapping() == 0
    assert keys.find(ANN) == KEY
    assert keys.others() == 0
    keys.close()
    assert opening(NEW, fresh=False).find(CASE) == KEY


def test_alone_nobody_has_to_be_waited_for(keys: KeyStore) -> None:
    keys.change({ANN: KEY})
    keys.change({}, [ANN])
    keys.rest()
    number = keys.awaited(None)
    while number is not None:
        number = keys.awaited(number)
    assert keys.find(ANN) is None
