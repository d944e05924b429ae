"""The pictures of README and docs: each is shown somewhere, is there, and is small."""

from tests.docs_pictures import IMAGES, MOST_BYTES, named


def test_each_picture_is_shown_somewhere_and_is_there() -> None:
    assert {file.name for file in IMAGES.iterdir() if file.suffix != ".svg"} == named()


def test_each_picture_is_small() -> None:
    assert [file.name for file in IMAGES.iterdir() if file.stat().st_size > MOST_BYTES] == []
