import pytest
from buddybot_web import sessions
from hypothesis import given
from hypothesis import strategies as st

SECRETS = st.binary(min_size=16, max_size=16)


@given(SECRETS)
def test_a_phrase_gives_back_its_secret(secret: bytes) -> None:
    assert sessions.secret_of(sessions.phrase(secret)) == secret
    assert sessions.secret_in(secret.hex()) == secret


def test_words_are_those_of_the_proquint_specification() -> None:
    # The specification's own examples: 127.0.0.1 and 63.84.220.193.
    secret = bytes([127, 0, 0, 1, 63, 84, 220, 193]) * 2
    assert sessions.phrase(secret).split()[:4] == ["lusab", "babad", "gutih", "tugad"]


@given(SECRETS, st.integers(0, 8), st.integers(0, 65535))
def test_a_slip_in_one_word_is_nearly_always_noticed(secret: bytes, at: int, other: int) -> None:
    words = sessions.phrase(secret).split()
    swapped = sessions.phrase(other.to_bytes(2, "big") * 8).split()[0]
    slipped = [*words[:at], swapped, *words[at + 1 :]]
    found = sessions.secret_of(" ".join(slipped))
    # One in 65536 slips passes by chance; it must then be the phrase of that other secret.
    assert found is None or sessions.phrase(found).split() == slipped


@given(SECRETS)
def test_spaces_hyphens_capitals_and_commas_do_not_matter(secret: bytes) -> None:
    words = sessions.phrase(secret)
    for written in (words.upper(), words.replace(" ", "-"), f"  {words.replace(' ', ',  ')}.", words.title()):
        assert sessions.secret_of(written) == secret


@given(st.text(max_size=80))
def test_any_other_text_is_no_phrase(text: str) -> None:
    found = sessions.secret_of(text)
    assert found is None or sessions.phrase(found).split() == text.lower().split()


@pytest.mark.parametrize("cookie", ["", "00", "g" * 32, "0" * 31, "0" * 33, "A" * 32, "\u0660" * 32])
def test_a_forged_cookie_holds_no_secret(cookie: str) -> None:
    assert sessions.secret_in(cookie) is None


@given(SECRETS, SECRETS)
def test_what_follows_from_a_secret_tells_people_apart_and_not_the_secret(one: bytes, two: bytes) -> None:
    for made in (sessions.account, sessions.token, sessions.badge):
        assert made(one) == made(one)
        assert (made(one) == made(two)) == (one == two)
        assert one.hex() not in made(one)


def test_a_wrong_token_is_not_the_same_whatever_letters_it_has() -> None:
    right = sessions.token(bytes(16))
    assert sessions.same(right, right)
    assert not sessions.same("", right)
    assert not sessions.same("ü\ud800", right)


def test_secrets_are_drawn_anew() -> None:
    assert sessions.new_secret() != sessions.new_secret()
