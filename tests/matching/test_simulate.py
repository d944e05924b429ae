"""The simulation: the same town for every policy, figures that add up, a plot that a browser can read."""

from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from buddybot.tools.matching.simulation import SimulatedPolicy, Town, policies, simulate
from buddybot.tools.matching.weights_file import read_weights
from buddybot.tools.simulate import main

WEIGHTS = read_weights()
SMALL = Town(arrivals=30, days=3, seed=4)


def test_the_same_town_gives_the_same_figures() -> None:
    policy = policies(WEIGHTS)["as set"]
    found = simulate(SMALL, policy, WEIGHTS)
    assert found == simulate(SMALL, policy, WEIGHTS)
    assert 0 < found.talking <= found.matched <= 1
    assert found.matched + found.gave_up <= 1
    assert found.wait_half <= found.wait_most


def test_where_nobody_says_yes_nobody_is_matched() -> None:
    found = simulate(Town(arrivals=30, days=2, acceptance=0.0), policies(WEIGHTS)["as set"], WEIGHTS)
    assert (found.matched, found.score) == (0, 0)


def test_rounds_once_a_day_keep_people_waiting_longer() -> None:
    found = {name: simulate(SMALL, policy, WEIGHTS) for name, policy in policies(WEIGHTS).items()}
    assert found["daily rounds"].wait_half > found["at once"].wait_half
    assert {one.arrived for one in found.values()} == {found["as set"].arrived}


def test_a_town_in_which_nothing_happens() -> None:
    assert simulate(Town(arrivals=1e-6, days=1), SimulatedPolicy(0.7, 1), WEIGHTS).arrived == 0


def test_the_command_prints_and_plots(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plot = tmp_path / "policies.svg"
    assert main(["--arrivals", "10", "--days", "2", "--plot", str(plot)]) == 0
    assert "daily rounds" in capsys.readouterr().out
    assert len(ET.parse(plot).findall(".//{http://www.w3.org/2000/svg}rect")) == 17  # noqa: S314 - our own file
    assert main(["--days", "1", "--plot", str(tmp_path)]) == 2
    assert main(["--days", "1", "--weights", str(tmp_path / "none.toml")]) == 2


@pytest.mark.parametrize("bad", [["--acceptance", "2"], ["--arrivals", "x"], ["--days", "0"], ["--patience", "nan"]])
def test_options_that_make_no_sense_are_refused(bad: list[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(bad)
