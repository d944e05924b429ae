"""What is missing of a crisis policy is said loudly once people can come in, and never before."""

from datetime import date
from pathlib import Path

import pytest

from buddybot.config import ConfigError, Settings, load_settings
from buddybot.content.crisis_policy import policy_gaps
from buddybot.tools.setup import check

TODAY = date(2026, 11, 29)
WHOLE = '[crisis_policy]\non_call = "the list"\nlines_checked = 2026-11-01\nversion = "3"\n'
OPEN = '[adapters.web]\npublic_url = "https://chat.example.org"\n'


def settings(folder: Path, text: str) -> Settings:
    path = folder / "config.toml"
    path.write_text(text, encoding="utf-8")
    return load_settings(path, {})


@pytest.mark.parametrize("closed", ["", "[adapters.web]\n", "[adapters.web]\n[adapters.desk]\n"])
def test_on_one_s_own_machine_nothing_is_asked(tmp_path: Path, closed: str) -> None:
    assert list(policy_gaps(settings(tmp_path, closed), TODAY)) == []


@pytest.mark.parametrize("table", [OPEN, "[adapters.discord]\n", "[adapters.telegram]\n"])
def test_once_people_can_come_in_each_gap_is_a_sentence(tmp_path: Path, table: str) -> None:
    gaps = list(policy_gaps(settings(tmp_path, table), TODAY))
    assert [gap.split()[0] for gap in gaps] == [
        "crisis_policy.on_call",
        "crisis_policy.lines_checked",
        "crisis_policy.version",
    ]
    assert list(policy_gaps(settings(tmp_path, WHOLE + table), TODAY)) == []


@pytest.mark.parametrize(("day", "words"), [("2026-04-01", "over half a year ago"), ("2026-12-01", "has not come yet")])
def test_a_day_too_old_or_to_come_counts_as_none(tmp_path: Path, day: str, words: str) -> None:
    (gap,) = policy_gaps(settings(tmp_path, WHOLE.replace("2026-11-01", day) + OPEN), TODAY)
    assert words in gap


def test_no_day_at_all_is_a_fault_with_the_key(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"crisis_policy\.lines_checked.*write a day such as 2026-11-29"):
        settings(tmp_path, '[crisis_policy]\nlines_checked = "soon"\n')


def test_check_says_it_before_all_else(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    settings(tmp_path, f'{OPEN}[store]\nurl = "sqlite:{tmp_path / "none.db"}"\n')
    assert check(tmp_path / "config.toml", today=TODAY) == 0
    assert capsys.readouterr().out.startswith("look: crisis_policy.on_call is empty")
