"""Three taps on day 3 and day 14, and what they and the offers tell the matcher."""

import json
from pathlib import Path

import pytest

from buddybot.testing import Person, TestBot
from buddybot.tools.outcomes import main, written

HEARD = "Do you feel heard"


def told(person: Person, words: str) -> int:
    return sum(words in one for one in person.sees())


async def lines(bot: TestBot) -> list[dict[str, object]]:
    found = await bot.house.store.read(lambda tx: list(written(tx, bot.clock.at)))
    return [json.loads(one) for one in found]


async def test_three_taps_in_a_pause_on_both_days(bot: TestBot) -> None:
    ann, ben = await bot.pair("ann", "ben")
    await ann.says("hello")
    await ben.says("hi")
    await bot.wait(days=3, minutes=1)
    assert (told(ann, HEARD), told(ben, HEARD)) == (1, 1)
    await ann.presses("Yes")
    await ann.presses("Yes")
    await ann.presses("Some")
    assert "Nobody else sees that" in ann.sees()[-1]
    await ben.presses("Some")
    await bot.wait(days=11, minutes=1)
    assert told(ann, HEARD) == 2
    (row,) = await lines(bot)
    assert (row["accepted"], row["days"], row["talked"], row["ending"]) == (True, 14, True, "open")
    assert (row["felt_heard"], row["safe"], row["keep_going"]) == (0.75, 1.0, 0.5)
    assert isinstance(row["factors"], dict)
    assert set(row["factors"]) >= {"hours", "now"}
    await ann.uses("export")
    document = ann.last().content.document
    assert document is not None
    assert '"felt_heard"' in document.text


async def test_a_talk_that_flows_is_not_broken_into(bot: TestBot) -> None:
    ann, _ = await bot.pair("ann", "ben")
    await bot.wait(days=2, hours=23)
    await ann.says("and then she said")
    await bot.wait(hours=1, minutes=5)
    assert told(ann, HEARD) == 0
    await bot.wait(hours=4)
    assert told(ann, HEARD) == 1


async def test_nobody_is_asked_on_a_break_or_after_the_end(bot: TestBot) -> None:
    ann, ben = await bot.pair("ann", "ben")
    await ann.uses("pause", days="5")
    await bot.wait(days=4)
    assert (told(ann, HEARD), told(ben, HEARD)) == (0, 1)
    await ben.uses("goodbye")
    await ben.presses("Just leave")
    await bot.wait(days=14)
    assert (told(ann, HEARD), told(ben, HEARD)) == (0, 1)
    (row,) = await lines(bot)
    assert (row["ending"], row["days"], row["talked"]) == ("goodbye", 4, False)


async def test_who_does_not_feel_safe_is_shown_the_way_out(bot: TestBot) -> None:
    ann, ben = await bot.pair("ann", "ben")
    await bot.wait(days=3, minutes=1)
    await ann.presses("Yes")
    await ann.presses("No")
    assert "You don't have to stay" in ann.sees()[-1]
    await ann.presses("Close it for good")
    await ben.says("hello?")
    assert not any("hello?" in text for text in ann.hears())
    (row,) = await lines(bot)
    assert (row["ending"], row["safe"]) == ("silent", 0.0)


async def test_taps_about_somebody_who_erased_themselves_are_thanked_for(bot: TestBot) -> None:
    ann, ben = await bot.pair("ann", "ben")
    await bot.wait(days=3, minutes=1)
    await ben.says("/forget")
    await ben.presses("Erase all")
    await ben.presses("Yes, erase")
    await ann.presses("Yes")
    assert "Thank you. Nobody else sees that." in ann.sees()[-1]


async def test_who_does_not_want_to_go_on_may_end_it_kindly(bot: TestBot) -> None:
    ann, ben = await bot.pair("ann", "ben")
    await bot.wait(days=3, minutes=1)
    for answer in ("Some", "Yes", "No"):
        await ann.presses(answer)
    await ann.presses("End it kindly")
    assert told(ben, "goodbye") or told(ben, "ended")


@pytest.mark.parametrize("verb", ["3:felt_heard:often", "4:safe:yes", "3:rich:yes", "", "14"])
async def test_a_forged_tap_is_stale(bot: TestBot, verb: str) -> None:
    ann, _ = await bot.pair("ann", "ben")
    member = await bot.house.store.read(lambda tx: tx.members.by_address(ann.address))
    assert member is not None
    (room,) = await bot.house.store.read(lambda tx: tx.rooms.open_of(member.id))
    for place in (room.id, "nowhere"):
        await ann.sends_token(f"checkin.{place}.{verb}")
        assert await bot.house.store.read(lambda tx: tx.outcomes.ratings(member.id)) == []


async def test_an_offer_that_led_nowhere_counts_after_two_days(bot: TestBot) -> None:
    ann, ben = bot.person("ann"), bot.person("ben")
    for one in (ann, ben):
        await one.joins(lane="self", now="thinking", help_wanted=("listen", "normal"), hours="evening", pace="few")
    await bot.wait(hours=1, seconds=1)
    assert await lines(bot) == []
    await bot.wait(days=3)
    (row,) = await lines(bot)
    assert row["accepted"] is False
    assert set(row) == {"accepted", "factors"}


async def test_a_young_pair_is_too_early_and_an_old_offer_is_forgotten(bot: TestBot) -> None:
    await bot.pair("ann", "ben")
    assert await lines(bot) == []
    await bot.house.store.write(lambda tx: tx.outcomes.expire(bot.clock.at, 9))
    assert await bot.house.store.read(lambda tx: tx.outcomes.all()) == []


def test_the_command_writes_lines_or_says_what_is_wrong(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    config = tmp_path / "config.toml"
    config.write_text(f'[store]\nurl = "sqlite:///{tmp_path}/bot.db"\nkeys = "{tmp_path}/keys"\n', encoding="utf-8")
    assert main(["--config", str(config)]) == 0
    assert capsys.readouterr().out == ""
    config.write_text("[store]\nurls = 1\n", encoding="utf-8")
    assert main(["--config", str(config)]) == 1
    assert "urls" in capsys.readouterr().err
