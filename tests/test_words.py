import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from buddybot.content import ContentError, content_dir
from buddybot.content.words import Words, labels_in, load_words


def written(folder: Path, **languages: str) -> Path:
    for name, text in languages.items():
        (folder / name).mkdir(exist_ok=True)
        (folder / name / "bot.ftl").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def words(tmp_path: Path) -> Words:
    return load_words(
        written(
            tmp_path,
            en="hello = Hello, { $name }.\nonly-english = Yes.\nbare =\n    .label = x\n",
            es="hello = Hola, { $name }.\n",
            de="hello = Hallo.\n",
        )
    )


def test_a_word_is_said_in_the_language_asked_for(words: Words) -> None:
    assert words.say("es", "hello", name="Slow River") == "Hola, Slow River."
    assert words.say("es-MX", "hello", name="Slow River") == "Hola, Slow River."


def test_what_is_not_translated_or_not_shipped_is_said_in_english(words: Words) -> None:
    assert words.say("es", "only-english") == "Yes."
    assert words.say("xx", "hello", name="A") == "Hello, A."


def test_an_alias_is_never_read_as_markup_and_gets_no_invisible_marks(words: Words) -> None:
    assert words.say("en", "hello", name="{ $name } <b>") == "Hello, { $name } <b>."


def test_an_unknown_key_and_a_missing_argument_are_bugs(words: Words) -> None:
    with pytest.raises(KeyError):
        words.say("en", "nothing")
    with pytest.raises(KeyError):
        words.say("en", "bare")
    with pytest.raises(ValueError, match="hello"):
        words.say("en", "hello")


@pytest.mark.parametrize(
    ("hint", "found"), [("es-MX", "es"), ("es_419", "es"), ("ES", "es"), ("fr", "en"), ("", "en"), ("zh-Hant-TW", "en")]
)
def test_a_platforms_hint_finds_the_nearest_language(words: Words, hint: str, found: str) -> None:
    assert words.nearest(hint) == found


def test_english_comes_first_in_the_list(words: Words) -> None:
    assert words.locales() == ("en", "de", "es")
    assert words.has("hello")
    assert not words.has("nothing")


def test_a_broken_entry_is_named_with_its_file(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match=r"bot\.ftl: syntax = 'this is not fluent'"):
        load_words(written(tmp_path, en="this is not fluent\n"))


def test_a_key_said_twice_is_named_with_both_files(tmp_path: Path) -> None:
    written(tmp_path, en="hello = A\n")
    (tmp_path / "en" / "rooms.ftl").write_text("hello = B\n", encoding="utf-8")
    with pytest.raises(ContentError, match=r"rooms\.ftl: hello = 'said twice': keep it here or in bot\.ftl"):
        load_words(tmp_path)


def test_without_english_nothing_starts(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="put the English words back"):
        load_words(written(tmp_path, es="hello = Hola\n"))


def test_what_ships_can_be_read() -> None:
    assert load_words(content_dir() / "locales").has("greeting")


@pytest.mark.parametrize(
    ("locale", "said"), [("en", "until December 2, 2026"), ("es", "hasta el 2 de diciembre de 2026")]
)
def test_a_day_is_written_in_words(locale: str, said: str) -> None:
    assert said in load_words(content_dir() / "locales").say(locale, "paused-until", day=date(2026, 12, 2))


@pytest.mark.parametrize(
    ("locale", "said"), [("en", "December 2, 2026, 6:30"), ("es", "2 de diciembre de 2026, 18:30")]
)
def test_a_moment_is_written_in_words(locale: str, said: str) -> None:
    moment = datetime(2026, 12, 2, 18, 30, tzinfo=UTC)
    assert load_words(content_dir() / "locales").say(locale, "moment-utc", at=moment).startswith(said)


def test_an_entry_brings_what_it_refers_to_and_is_the_same_whether_all_was_read_or_only_it(tmp_path: Path) -> None:
    text = "-bot = Buddy\nlong =\n    { short }, says { -bot } { $n ->\n  [one] once\n *[other] often\n}\nshort = Hi\n"
    folder = written(tmp_path, en=f"# A note.\n\n{text}")
    for whole in (True, False):
        words = load_words(folder, whole=whole)
        assert words.say("en", "long", n=1) == "Hi, says Buddy once"
        assert words.say("en", "short") == "Hi"


def test_entries_that_refer_to_each_other_are_taken_in_once(tmp_path: Path) -> None:
    words = load_words(written(tmp_path, en="a = { $n ->\n  [one] A\n *[other] { b }\n}\nb = not { a }\n"))
    assert (words.say("en", "a", n=1), words.say("en", "b", n=1)) == ("A", "not A")


@pytest.mark.parametrize("slip", ["b = {\n", "b\n", "b = c\nd\n", "#note\n", "}\n"])
def test_each_kind_of_broken_entry_is_found_where_all_is_read(tmp_path: Path, slip: str) -> None:
    with pytest.raises(ContentError, match=r"bot\.ftl: syntax = .*: mend this entry"):
        load_words(written(tmp_path, en=f"a = a\n{slip}"))


@pytest.mark.parametrize(
    ("entry", "label"),
    [
        ("key = Yes\n", "Yes"),
        ("key =\n    On the next line \n\n", "On the next line"),
        ("key = with { $name }\n", ""),
        ("key =\n    Two\n    lines\n", ""),
        ("key =\n    .label = x\n", ""),
        ("key = A sentence.\n", ""),
        ("key = one two three four five six seven eight nine\n", ""),
        ("key =\n   \n", ""),
    ],
)
def test_what_may_stand_on_a_button_is_one_short_line(tmp_path: Path, entry: str, label: str) -> None:
    assert list(labels_in(written(tmp_path, en=entry))) == ([("key", label)] if label else [])


def test_numbers_days_and_times_are_said_as_with_all_locale_data(tmp_path: Path) -> None:
    said = "key = { $a }, { $b }, { $c ->\n  [one] { NUMBER($c, minimumFractionDigits: 1) }\n *[other] many\n}\n"
    script = (
        "import sys\nfrom datetime import UTC, datetime\nfrom fluent.runtime import FluentBundle, FluentResource\n"
        "from fluent.runtime.types import fluent_date as d\n"
        "from buddybot.content.locale_data import forget_unsaid\n"
        "found = []\n"
        "for forget in (lambda one: None, forget_unsaid):\n"
        "    for language in ('en', 'es', 'pt-BR', 'zh-Hant'):\n"
        "        bundle = FluentBundle([language])\n"
        "        forget(language)\n"
        "        bundle.add_resource(FluentResource(sys.argv[1]))\n"
        "        for day in range(1, 29):\n"
        "            at = datetime(2026, 1 + day % 12, day, day % 24, day, tzinfo=UTC)\n"
        "            given = {'a': d(at, dateStyle='long', timeStyle='short'), 'b': d(at.date(), dateStyle='full')}\n"
        "            found.append(bundle.format_pattern(bundle.get_message('key').value, given | {'c': day**4}))\n"
        "half = len(found) // 2\n"
        "assert found[:half] == found[half:] and not any(errors for _, errors in found), found\n"
    )
    subprocess.run([sys.executable, "-c", script, said], check=True, cwd=tmp_path)
