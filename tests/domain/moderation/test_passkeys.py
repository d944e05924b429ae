from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP384R1
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from hypothesis import given
from hypothesis import strategies as st

from buddybot.domain.moderation.passkeys import Assertion, Challenge, credential_of, proven
from tests.desk.device import Device

ASKED = Challenge("challenge", "https://desk.example", "desk.example")
OTHERS = (
    replace(ASKED, challenge="another"),
    replace(ASKED, origin="https://evil.example"),
    replace(ASKED, host="evil.example"),
)


def test_a_fresh_passkey_has_its_id_and_its_holder_is_proven() -> None:
    device = Device()
    assert credential_of(ASKED, device.made(ASKED)) == b"credential-of-mo"
    assert proven(ASKED, device.shown(ASKED), device.public())


@pytest.mark.parametrize("other", OTHERS)
def test_an_answer_to_another_page_or_challenge_is_none(other: Challenge) -> None:
    device = Device()
    assert credential_of(ASKED, device.made(other)) is None
    assert not proven(ASKED, device.shown(other), device.public())


@pytest.mark.parametrize("flags", [0x00, 0x01, 0x04, 0x40, 0x41, 0x44])
def test_somebody_has_to_be_there_and_proven_to_the_device(flags: int) -> None:
    device = Device()
    assert credential_of(ASKED, device.made(ASKED, flags)) is None
    assert not proven(ASKED, device.shown(ASKED, flags), device.public())


def test_a_making_is_no_coming_in_and_the_other_way_round() -> None:
    device = Device()
    assert credential_of(ASKED, device.made(ASKED, kind="webauthn.get")) is None
    assert not proven(ASKED, device.shown(ASKED, kind="webauthn.create"), device.public())


def test_only_keys_of_the_kind_asked_for_are_taken() -> None:
    ed25519 = Ed25519PrivateKey.generate().public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    other = Device(SECP384R1())
    assert credential_of(ASKED, other.made(ASKED)) is None
    for public in (ed25519, b"", b"no key"):
        assert credential_of(ASKED, replace(Device().made(ASKED), public=public)) is None
        assert not proven(ASKED, Device().shown(ASKED), public)


@pytest.mark.parametrize("credential", [b"", b"x" * 1024])
def test_an_id_of_no_length_or_too_long_is_none(credential: bytes) -> None:
    assert credential_of(ASKED, Device(credential=credential).made(ASKED)) is None


@given(st.binary(max_size=80))
def test_any_bytes_are_read_and_none_is_believed(noise: bytes) -> None:
    device = Device()
    good, made = device.shown(ASKED), device.made(ASKED)
    for shown in (
        replace(good, client=noise),
        replace(good, authenticator=noise),
        replace(good, signature=noise),
        Assertion(noise, noise, noise, noise),
    ):
        assert not proven(ASKED, shown, device.public())
    for fresh in (replace(made, client=noise), replace(made, authenticator=noise), replace(made, public=noise)):
        assert credential_of(ASKED, fresh) is None


def test_a_key_of_somebody_else_proves_nothing() -> None:
    assert not proven(ASKED, Device().shown(ASKED), Device().public())


def test_client_data_that_nests_too_deeply_is_none() -> None:
    deep = b"[" * 100_000
    assert not proven(ASKED, replace(Device().shown(ASKED), client=deep), Device().public())
