"""The menu of the moment: at most six rows that fit, the others under "More", and none that leads nowhere."""

import pytest

from buddybot.testing import Person, TestBot


def rows(person: Person) -> list[str]:
    return [one.label for one in person.last().content.choices]


async def resting(bot: TestBot) -> Person:
    ann = bot.person("ann")
    await ann.joins(lane="self")
    await ann.sends_token("home.stop")
    return ann


async def test_each_moment_has_six_rows_at_most_and_the_way_to_the_others(bot: TestBot) -> None:
    ann = bot.person("ann")
    seen = []
    for go in (None, "Find a buddy"):
        await (ann.says("hi") if go is None else ann.presses(go))
        await ann.says("/help")
        seen.append(rows(ann))
    await ann.joins(lane="self")
    await ann.says("/help")
    seen.append(rows(ann))
    await ann.says("/pause")
    await ann.says("/help")
    seen.append(rows(ann))
    assert all(len(one) <= 6 and one[-1] == "More" and "I need help right now" in one[:-1] for one in seen[:2])
    assert [one[0] for one in seen] == ["Find a buddy", "Go on", "Where things stand", "End your break"]


async def test_in_a_talk_the_rows_are_those_of_a_talk(bot: TestBot) -> None:
    ann, _ = await bot.pair("ann", "ben")
    await ann.says("/help")
    assert rows(ann) == [
        "Take a break",
        "Leave your buddy kindly",
        "Tell a moderator about something",
        "Leave, and never meet them again",
        "I need help right now",
        "More",
    ]
    await ann.presses("More")
    assert "/find" not in ann.sees()[-1]
    assert "/unsend" in ann.sees()[-1]


async def test_no_row_leads_nowhere(bot: TestBot) -> None:
    ann = await resting(bot)
    await ann.says("/help")
    await ann.says("more")
    more = ann.sees()[-1]
    for dead in ("/goodbye", "/block", "/unsend", "/unlink", "/link", "/resume", "/appeal", "/help", "/find"):
        assert f"{dead}:" not in more, dead
    assert "/forget:" in more


async def test_the_welcome_offers_each_other_language_in_one_tap(bot: TestBot) -> None:
    ann = bot.person("ann")
    await ann.says("hi")
    await ann.presses("Español")
    assert "Soy BuddyBot" in ann.sees()[-1]
    assert "English" in rows(ann)
    await ann.presses("Buscar a alguien")
    await ann.uses("language", language="en")
    assert "18 or older" in ann.sees()[-1]


@pytest.mark.parametrize("name", ["es", "español", "Espanol", "spanish", "spansh", "castellano", "ESPAÑOL"])
async def test_a_language_is_known_by_its_name_in_any_language_and_spelling(bot: TestBot, name: str) -> None:
    ann = await resting(bot)
    await ann.says(f"/language {name}")
    assert "Te hablaré en español" in ann.sees()[-1]
    await ann.says("/language english")
    assert "I'll use English" in ann.sees()[-1]
