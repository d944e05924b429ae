from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from buddybot.domain.kernel.ids import MemberId
from buddybot.store.kernel.errors import DamagedValueError, KeyTrouble
from buddybot.store.kernel.keys import KeyFile
from buddybot.store.kernel.sealing import Vault
from tests.store.cast import ANN, BEN, NOW

OPERATOR = bytes(range(32))
HOUR = timedelta(hours=1)


@pytest.fixture
def keys(tmp_path: Path) -> Iterator[KeyFile]:
    opened = KeyFile(tmp_path / "keys", tmp_path / "copy", OPERATOR, fresh=True)
    yield opened
    opened.close()


@pytest.fixture
def vault(keys: KeyFile) -> Vault:
    return Vault(keys)


def done(vault: Vault) -> None:
    vault.flush()
    vault.settle()


def test_what_is_sealed_opens_again_for_the_same_member_and_purpose(vault: Vault) -> None:
    sealed = vault.seal(ANN, "alias", b"canary")
    assert vault.open(ANN, "alias", sealed) == b"canary"
    assert b"canary" not in sealed
    assert vault.seal(ANN, "alias", b"canary") != sealed


@pytest.mark.parametrize(("member", "purpose"), [(BEN, "alias"), (ANN, "account")])
def test_moved_to_another_member_or_purpose_it_does_not_open(vault: Vault, member: MemberId, purpose: str) -> None:
    sealed = vault.seal(ANN, "alias", b"secret")
    vault.seal(BEN, "alias", b"has a key too")
    with pytest.raises(DamagedValueError, match="damaged"):
        vault.open(member, purpose, sealed)


@pytest.mark.parametrize("place", range(0, 34, 3))
def test_a_flipped_bit_is_noticed(vault: Vault, place: int) -> None:
    sealed = bytearray(vault.seal(ANN, "alias", b"secret"))
    sealed[place] ^= 1
    with pytest.raises(DamagedValueError, match=r"seat\.alias.* of ann is damaged"):
        vault.open(ANN, "alias", bytes(sealed))


@pytest.mark.parametrize("length", [0, 5, 12, 20])
def test_a_cut_off_value_is_noticed(vault: Vault, length: int) -> None:
    with pytest.raises(DamagedValueError, match=r"seat\.alias.* of ann is damaged"):
        vault.open(ANN, "alias", vault.seal(ANN, "alias", b"secret")[:length])


def test_an_erased_member_opens_nothing_and_gets_no_new_key_in_the_same_transaction(vault: Vault) -> None:
    sealed, passing = vault.seal(ANN, "alias", b"x"), vault.seal_passing(ANN, "note", NOW, b"y")
    done(vault)
    vault.destroy(ANN)
    assert not vault.knows(ANN)
    assert vault.open(ANN, "alias", sealed) is None
    assert vault.open_passing(ANN, "note", passing) is None
    with pytest.raises(KeyTrouble, match="same transaction"):
        vault.seal(ANN, "alias", b"again")
    with pytest.raises(KeyTrouble, match="no key"):
        vault.seal_passing(ANN, "note", NOW, b"again")
    vault.destroy(ANN)
    done(vault)
    assert not vault.knows(ANN)


def test_text_dies_with_its_hour(vault: Vault) -> None:
    old = vault.seal(ANN, "alias", b"stays")
    text = vault.seal_passing(ANN, "note", NOW, b"canary")
    later = vault.seal_passing(ANN, "note", NOW + HOUR, b"younger")
    assert vault.open_passing(ANN, "note", text) == b"canary"
    assert vault.drop_hours(NOW.replace(minute=0)) == 0
    assert vault.drop_hours(NOW.replace(minute=0, second=1)) == 1
    assert vault.open_passing(ANN, "note", text) is None
    assert vault.open_passing(ANN, "note", later) == b"younger"
    assert vault.open(ANN, "alias", old) == b"stays"


def test_what_belongs_to_nobody_is_sealed_too(vault: Vault) -> None:
    sealed = vault.seal_ours("cursor", b"canary")
    assert vault.open_ours("cursor", sealed) == b"canary"
    assert vault.open_ours("other", sealed) is None
    assert vault.damaged == {("other", "")}


def test_a_lookup_is_the_same_for_the_same_value_only(vault: Vault, keys: KeyFile) -> None:
    assert vault.lookup("person", "a") == Vault(keys).lookup("person", "a")
    hashes = {
        vault.lookup(kind, value)
        for kind, value in [("person", "a"), ("event", "a"), ("person", "b"), ("p", "erson:a")]
    }
    assert len(hashes) == 4


def test_a_unit_that_rolls_back_takes_its_keys_with_it_and_leaves_the_others(vault: Vault) -> None:
    done_before = vault.seal(ANN, "alias", b"kept")
    done(vault)
    vault.seal(BEN, "alias", b"of an earlier unit")
    mark = vault.mark()
    vault.destroy(ANN)
    vault.destroy(BEN)
    vault.seal(MemberId("cay"), "alias", b"x")
    vault.rewind(mark)
    done(vault)
    assert vault.open(ANN, "alias", done_before) == b"kept"
    assert vault.knows(BEN)
    assert not vault.knows(MemberId("cay"))


def test_a_transaction_that_fails_after_the_keys_were_written_restores_them(vault: Vault, keys: KeyFile) -> None:
    sealed = vault.seal(ANN, "alias", b"kept")
    done(vault)
    vault.destroy(ANN)
    vault.seal(BEN, "alias", b"never committed")
    assert vault.erasing
    vault.flush()
    assert not Vault(keys).knows(ANN)
    vault.revert()
    other = Vault(keys)
    assert other.open(ANN, "alias", sealed) == b"kept"
    assert not other.knows(BEN)
    assert not vault.erasing


def test_a_transaction_that_fails_before_the_keys_were_written_changes_nothing(vault: Vault, keys: KeyFile) -> None:
    vault.seal(ANN, "alias", b"never committed")
    vault.revert()
    done(vault)
    assert not Vault(keys).knows(ANN)
