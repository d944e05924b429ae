"""Who a browser is: a random secret, and nothing that the server would have to remember.

Everything follows from the 128-bit secret in the cookie: the account (a hash, so that a stolen database opens no
browser), the token that proves a request came from our own page, and the recovery phrase. Nothing is stored here, so a
restart changes nothing.
"""

import hashlib
import hmac
import re
import secrets

SECRET_BYTES = 16

# Proquints (D. S. Wilkerson, arXiv:0901.4016): 16 bits as consonant, vowel, consonant, vowel, consonant.
_CONSONANTS = "bdfghjklmnprstvz"
_VOWELS = "aiou"
_WORD = re.compile(f"[{_CONSONANTS}][{_VOWELS}][{_CONSONANTS}][{_VOWELS}][{_CONSONANTS}]")
_WORDS = SECRET_BYTES // 2 + 1


def new_secret() -> bytes:
    """Draw a secret nobody can guess."""
    return secrets.token_bytes(SECRET_BYTES)


def secret_in(cookie: str) -> bytes | None:
    """Return the secret a cookie holds, or None for anything a browser of ours would not send."""
    return bytes.fromhex(cookie) if re.fullmatch(rf"[0-9a-f]{{{2 * SECRET_BYTES}}}", cookie) else None


def account(secret: bytes) -> str:
    """Return the account of this secret: it can't be turned back."""
    return hashlib.sha256(b"buddybot web account\0" + secret).hexdigest()[:32]


def token(secret: bytes) -> str:
    """Return what our own page must send along: another site can neither read nor compute it."""
    return _keyed(secret, b"page token")


def same(given: str, wanted: str) -> bool:
    """Compare without telling by the time it takes how much was right; any text may be given."""
    return hmac.compare_digest(given.encode(errors="replace"), wanted.encode())


def badge(secret: bytes) -> str:
    """Return a mark by which a tab notices that the browser now belongs to somebody else."""
    return _keyed(secret, b"tab badge")[:16]


def phrase(secret: bytes) -> str:
    """Write the secret as eight words that can be read aloud, and a ninth that catches a slip."""
    numbers = [int.from_bytes(secret[at : at + 2], "big") for at in range(0, SECRET_BYTES, 2)]
    return " ".join(_word(number) for number in [*numbers, _check(secret)])


def secret_of(words: str) -> bytes | None:
    """Read a phrase back, however it was spaced, cased or hyphenated; None when it is not one."""
    found = re.findall(r"[a-z]+", words.lower())
    if len(found) != _WORDS or not all(_WORD.fullmatch(word) for word in found):
        return None
    *numbers, check = [_number(word) for word in found]
    secret = b"".join(number.to_bytes(2, "big") for number in numbers)
    return secret if check == _check(secret) else None


def _keyed(secret: bytes, purpose: bytes) -> str:
    return hmac.new(secret, b"buddybot web " + purpose, hashlib.sha256).hexdigest()


def _check(secret: bytes) -> int:
    return int.from_bytes(hashlib.sha256(b"buddybot web phrase\0" + secret).digest()[:2], "big")


def _word(number: int) -> str:
    return (
        _CONSONANTS[number >> 12]
        + _VOWELS[number >> 10 & 3]
        + _CONSONANTS[number >> 6 & 15]
        + _VOWELS[number >> 4 & 3]
        + _CONSONANTS[number & 15]
    )


def _number(word: str) -> int:
    number = 0
    for letter in word:
        table, bits = (_VOWELS, 2) if letter in _VOWELS else (_CONSONANTS, 4)
        number = number << bits | table.index(letter)
    return number
