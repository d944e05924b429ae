"""The archive: what was put in comes out, and nothing that was cut, altered, swapped or guessed at does."""

import io
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from buddybot.runtime.keeping.archive import (
    CHUNK,
    MAGIC,
    MAGIC_SEALED,
    open_archive,
    read_head,
    write_archive,
)
from buddybot.runtime.keeping.locks import ArchiveFault, Identity, Passphrase, Recipients
from tests.keeping.crowded import CHEAP, LOCK, PHRASE

NOISE = bytes(range(256)) * 8


def sealed(folder: Path, content: bytes, name: str = "one") -> bytes:
    source = folder / "source"
    source.write_bytes(content)
    target = io.BytesIO()
    write_archive(source, target, LOCK, made_at="now", house=name)
    return target.getvalue()


def opened(folder: Path, archive: bytes, phrase: str = PHRASE) -> bytes:
    path = folder / "archive.bbk"
    path.write_bytes(archive)
    target = io.BytesIO()
    open_archive(path, target, Passphrase(phrase))
    return target.getvalue()


def incompressible(length: int) -> bytes:
    import hashlib

    blocks = (hashlib.sha256(number.to_bytes(4, "big")).digest() for number in range(length // 32 + 1))
    return b"".join(blocks)[:length]


@pytest.mark.parametrize("length", [0, 1, CHUNK - 64, CHUNK, 3 * CHUNK + 7])
def test_what_was_put_in_comes_out(tmp_path: Path, length: int) -> None:
    content = incompressible(length)
    archive = sealed(tmp_path, content)
    assert opened(tmp_path, archive) == content
    # A shorter content stands in any archive's random bytes by chance.
    assert len(content) < 32 or content[:32] not in archive


def test_two_archives_of_the_same_have_nothing_in_common_but_the_head(tmp_path: Path) -> None:
    one, other = sealed(tmp_path, NOISE), sealed(tmp_path, NOISE)
    assert one.partition(b"}\n")[2] != other.partition(b"}\n")[2]


def test_a_wrong_passphrase_is_told_from_an_altered_file(tmp_path: Path) -> None:
    archive = sealed(tmp_path, NOISE)
    with pytest.raises(ArchiveFault, match="the passphrase does not fit this backup"):
        opened(tmp_path, archive, PHRASE + ".")
    with pytest.raises(ArchiveFault, match="this backup is cut or altered"):
        opened(tmp_path, archive[:-1])


@settings(max_examples=60)
@given(where=st.integers(0), bit=st.integers(0, 7))
def test_no_bit_can_be_changed(tmp_path_factory: pytest.TempPathFactory, where: int, bit: int) -> None:
    folder = tmp_path_factory.mktemp("archive")
    archive = bytearray(sealed(folder, incompressible(2 * CHUNK)))
    archive[where % len(archive)] ^= 1 << bit
    with pytest.raises(ArchiveFault):
        opened(folder, bytes(archive))


def test_chunks_can_not_be_left_out_swapped_or_taken_from_another(tmp_path: Path) -> None:
    archive, other = sealed(tmp_path, incompressible(4 * CHUNK)), sealed(tmp_path, incompressible(4 * CHUNK))
    begin, size = archive.index(b"}\n") + 2, CHUNK + 16
    chunks = [archive[at : at + size] for at in range(begin, len(archive), size)]
    foreign = [other[at : at + size] for at in range(begin, len(other), size)]
    assert len(chunks) >= 4
    for wrong in (
        chunks[:-1],
        chunks[:2],
        chunks[1:],
        [chunks[1], chunks[0], *chunks[2:]],
        [*chunks, chunks[-1]],
        [foreign[0], *chunks[1:]],
        [],
    ):
        with pytest.raises(ArchiveFault, match="this backup is cut or altered"):
            opened(tmp_path, archive[:begin] + b"".join(wrong))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "no backup of this version"),
        (b"SQLite format 3\0", "no backup of this version"),
        (b"buddybot-backup 3\n{}\n", "no backup of this version"),
        (MAGIC, "the head of this backup is altered"),
        (MAGIC_SEALED + b"{}\n", "the head of this backup is altered"),
        (MAGIC_SEALED + b'{"made_at":"","house":"","check":"","sealed":[]}\n', "the head of this backup is altered"),
        (
            MAGIC_SEALED + b'{"made_at":"","house":"","check":"","sealed":["zz"]}\n',
            "the head of this backup is altered",
        ),
        (MAGIC + b'{"made_at":"","house":"","check":"","sealed":["00"]}\n', "the head of this backup is altered"),
        (b'"made_at"', "no backup of this version"),
        (MAGIC + b"{}\n", "the head of this backup is altered"),
        (MAGIC + b"[1]\n", "the head of this backup is altered"),
        (MAGIC + b"nonsense" * 2000, "the head of this backup is altered"),
        (MAGIC + b'{"made_at":"","house":"","salt":"zz","check":"","cost":4}\n', "the head of this backup is altered"),
        (MAGIC + b'{"made_at":"","house":"","salt":"00","check":"","cost":40}\n', "the head of this backup is altered"),
    ],
)
def test_what_is_no_archive_is_a_sentence(tmp_path: Path, content: bytes, said: str) -> None:
    with pytest.raises(ArchiveFault, match=said):
        opened(tmp_path, content)


def test_the_head_says_whose_it_is_and_nothing_of_anybody(tmp_path: Path) -> None:
    path = tmp_path / "archive.bbk"
    path.write_bytes(sealed(tmp_path, NOISE, "house"))
    with path.open("rb") as file:
        head, _ = read_head(file, path)
    assert (head.house, head.made_at, head.cost) == ("house", "now", CHEAP)


# ── For recipients ──────────────────────────────────────────────────────────────────────


def for_recipients(folder: Path, *keys: X25519PrivateKey) -> Path:
    (folder / "source").write_bytes(incompressible(CHUNK))
    path = folder / "archive.bbk"
    with path.open("wb") as target:
        lock = Recipients(tuple(key.public_key() for key in keys))
        write_archive(folder / "source", target, lock, made_at="now", house="house")
    return path


def test_each_recipient_opens_it_and_nobody_else(tmp_path: Path) -> None:
    ann, ben, eve = (X25519PrivateKey.generate() for _ in range(3))
    path = for_recipients(tmp_path, ann, ben)
    for key in (ann, ben):
        target = io.BytesIO()
        open_archive(path, target, Identity(key))
        assert target.getvalue() == incompressible(CHUNK)
    with pytest.raises(ArchiveFault, match="this identity does not fit this backup"):
        open_archive(path, io.BytesIO(), Identity(eve))
    with pytest.raises(ArchiveFault, match="made for a recipient: give their key with --identity"):
        open_archive(path, io.BytesIO(), LOCK)


def test_a_backup_with_a_passphrase_is_opened_by_no_identity(tmp_path: Path) -> None:
    path = tmp_path / "archive.bbk"
    path.write_bytes(sealed(tmp_path, NOISE))
    with pytest.raises(ArchiveFault, match="was made with a passphrase"):
        open_archive(path, io.BytesIO(), Identity(X25519PrivateKey.generate()))


def test_a_secret_for_a_recipient_fits_no_other_archive(tmp_path: Path) -> None:
    """Neither moved into another one's head, nor with another house or moment beside it."""
    key = X25519PrivateKey.generate()
    path = for_recipients(tmp_path, key)
    whole = path.read_bytes()
    for said, instead in ((b'"house": "house"', b'"house": "mouse"'), (b'"made_at": "now"', b'"made_at": "new"')):
        assert said in whole
        path.write_bytes(whole.replace(said, instead, 1))
        with pytest.raises(ArchiveFault, match="does not fit this backup"):
            open_archive(path, io.BytesIO(), Identity(key))
