"""The experience library: shared with care, read by a moderator, found by topic, gone with its author."""

import pytest

from buddybot.domain.care.stories import Story, StoryState
from buddybot.testing import Person, TestBot
from tests.stories.moderating import audit, staffed
from tests.stories.people.test_privacy import erase, export_of

SLEEP = "What helped me sleep was a walk after dinner and no phone in bed, every night for weeks."
WORK = "At work I told one person I trust, and on bad days she covered my shift without asking."


async def stories(bot: TestBot) -> list[Story]:
    return await bot.house.store.read(lambda tx: [*tx.stories.for_review(), *tx.stories.shown()])


async def shared(
    bot: TestBot, name: str = "ann", text: str = SLEEP, choice: str = "Share it, it goes when I go"
) -> Person:
    """Let somebody share a story, to the end."""
    person = bot.person(name)
    await person.joins(lane="self")
    await person.uses("wisdom", topic="share")
    await person.says(text)
    await person.presses(choice)
    return person


async def approved(
    bot: TestBot, name: str = "ann", text: str = SLEEP, choice: str = "Share it, it goes when I go"
) -> Person:
    """Let somebody share a story that a moderator then lets members find."""
    person = await shared(bot, name, text, choice)
    mod = staffed(bot, f"mod-{name}")
    await mod.says("/casework review")
    await mod.presses("Let members find it")
    return person


async def reader(bot: TestBot, words: str = "/wisdom sleep") -> Person:
    ben = bot.person("ben")
    await ben.joins(lane="self")
    await ben.says(words)
    return ben


async def test_a_story_is_read_by_a_moderator_before_anybody_finds_it(bot: TestBot) -> None:
    ann = await shared(bot)
    assert "A moderator reads it first" in ann.sees()[-1]
    ben = await reader(bot)
    assert "found no story" in ben.sees()[-1]
    mod = staffed(bot, "mod")
    await mod.says("/casework review")
    assert SLEEP in mod.sees()[-1]
    await mod.presses("Let members find it")
    assert "can be found now" in ann.sees()[-1]
    await ben.says("/wisdom sleep")
    assert "One person's story" in ben.sees()[-1]
    assert SLEEP in ben.sees()[-1]
    assert "story-approved" in await audit(bot)


@pytest.mark.parametrize("words", ["sleep", "sleap", "insomia", "dormir", "sueño", "a walk dinner", "diner"])
async def test_a_story_is_found_by_topic_and_word_misspelt_and_in_spanish(bot: TestBot, words: str) -> None:
    await approved(bot)
    ben = await reader(bot, f"/wisdom {words}")
    assert SLEEP in ben.sees()[-1]


@pytest.mark.parametrize("words", ["football", "is", "zzzz"])
async def test_what_nobody_wrote_of_is_not_found(bot: TestBot, words: str) -> None:
    await approved(bot)
    ben = await reader(bot, f"/wisdom {words}")
    assert "found no story" in ben.sees()[-1]


async def test_stories_come_one_at_a_time_until_the_last(bot: TestBot) -> None:
    await approved(bot)
    other = "I slept better when I got up at the same hour each day, also after a bad night."
    await approved(bot, "cleo", other)
    ben = await reader(bot)
    await ben.presses("Another")
    found = [one for one in ben.sees() if "One person's story" in one]
    assert {text for text in (SLEEP, other) if any(text in one for one in found)} == {SLEEP, other}
    await ben.presses("Another")
    assert "last story" in ben.sees()[-1]
    await ben.presses("All topics")
    await ben.presses("Sleep")
    assert "One person's story" in ben.sees()[-1]


async def test_nothing_is_kept_before_the_author_chose(bot: TestBot) -> None:
    ann = bot.person("ann")
    await ann.joins(lane="self")
    await ann.says(f"/wisdom share {WORK}")
    assert WORK in ann.sees()[-1]
    assert await stories(bot) == []
    await ann.presses("Cancel")
    assert await stories(bot) == []
    await ann.sends_token("wisdom.leaves")
    assert await stories(bot) == []


@pytest.mark.parametrize(
    ("text", "then"),
    [
        ("call me at 212-555-0143 and I tell you all that helped me sleep", "kept nothing"),
        ("too short", "30 to 600 characters"),
        ("sleep " * 200, "30 to 600 characters"),
    ],
)
async def test_contacts_and_wrong_lengths_are_sent_back(bot: TestBot, text: str, then: str) -> None:
    ann = bot.person("ann")
    await ann.joins(lane="self")
    await ann.uses("wisdom", topic="share")
    await ann.says(text)
    assert then in ann.sees()[-1]
    assert await stories(bot) == []


async def test_what_is_written_again_goes_to_the_library_and_never_to_a_buddy(bot: TestBot) -> None:
    ann, ben = await bot.pair("ann", "ben")
    await ann.uses("wisdom", topic="share")
    await ann.says("call me at 212-555-0143 and I tell you all that helped me sleep")
    await ann.says("a walk")
    assert "30 to 600 characters" in ann.sees()[-1]
    await ann.says(SLEEP)
    assert "should it go too" in ann.sees()[-1]
    await ann.presses("Share it, it goes when I go")
    assert [one.text for one in await stories(bot)] == [SLEEP]
    assert ben.hears() == []


OVER = {
    "grief": "What helped me in grief was to light a candle each evening and say his name aloud.",
    "slip": "I slipped last winter. What helped was to tell my sister the same day, and go back to my clinic.",
    "cravings": "When cravings came I walked around the block and called a friend until it passed.",
    "duelo": "Cuando murió mi madre, me ayudó hablar con ella en voz alta al caminar por las tardes.",
    "ganas": "Contra las ganas de consumir me ayudó salir a caminar y llamar a un amigo, hasta que pasaron.",
}


@pytest.mark.parametrize("way", ["/wisdom share ", ""])
@pytest.mark.parametrize("text", OVER.values(), ids=OVER)
async def test_a_story_of_what_is_over_is_a_story_and_no_cry(bot: TestBot, text: str, way: str) -> None:
    ann = bot.person("ann")
    await ann.joins(lane="self")
    await ann.uses("wisdom", topic="share")
    await ann.says(f"{way}{text}")
    assert ann.sees()[-1].endswith(text)
    assert "should it go too" in ann.sees()[-1], "and nothing is asked beside it"
    await ann.presses("Share it, it may stay")
    assert [one.text for one in await stories(bot)] == [text]


@pytest.mark.parametrize("way", ["/wisdom share ", ""])
async def test_a_cry_in_place_of_a_story_goes_the_crisis_way_and_nothing_is_kept(bot: TestBot, way: str) -> None:
    ann = bot.person("ann")
    await ann.joins(lane="self")
    await ann.uses("wisdom", topic="share")
    await ann.says(f"{way}i want to kill myself tonight, i have the pills in my hand")
    seen = " ".join(ann.sees()[-4:])
    assert "988" in seen
    assert "did not keep that" in seen
    assert not any("should it go too" in one for one in ann.sees())
    assert await stories(bot) == []
    await ann.says("i took nothing yet")
    assert not any("should it go too" in one for one in ann.sees())


async def test_only_one_story_waits_and_its_author_can_take_it_back(bot: TestBot) -> None:
    ann = await shared(bot)
    await ann.uses("wisdom", topic="share")
    assert "still waits" in ann.sees()[-1]
    await ann.uses("wisdom", topic="mine")
    assert SLEEP in ann.sees()[-1]
    await ann.presses("Take my story back")
    assert await stories(bot) == []
    await ann.sends_token("wisdom.x.withdraw")
    assert "not here any more" in ann.sees()[-1]


async def test_nobody_takes_back_the_story_of_another(bot: TestBot) -> None:
    await approved(bot)
    (story,) = await stories(bot)
    ben = await reader(bot)
    await ben.sends_token(f"wisdom.{story.id}.withdraw")
    assert len(await stories(bot)) == 1


@pytest.mark.parametrize(("choice", "left"), [("Share it, it goes when I go", 0), ("Share it, it may stay", 1)])
async def test_forgetting_takes_the_story_along_unless_it_may_stay(bot: TestBot, choice: str, left: int) -> None:
    ann = await approved(bot, choice=choice)
    ben = await reader(bot)
    assert SLEEP in ben.sees()[-1]
    await erase(ann)
    found = await stories(bot)
    assert [(one.author, one.text) for one in found] == [(None, SLEEP)] * left
    await ben.says("/wisdom sleep")
    assert (SLEEP in ben.sees()[-1]) is bool(left)


async def test_a_story_nobody_read_goes_with_its_author_whatever_they_chose(bot: TestBot) -> None:
    ann = await shared(bot, choice="Share it, it may stay")
    await erase(ann)
    assert await stories(bot) == []


async def test_a_story_is_in_the_copy_of_its_author_and_sealed_at_rest(bot: TestBot) -> None:
    ann = await shared(bot)
    assert [one["text"] for one in (await export_of(ann))["stories_you_shared"]] == [SLEEP]  # type: ignore[attr-defined]  # a list, in JSON
    rows = await bot.house.store.read(lambda tx: tx.db.rows("SELECT sealed FROM story"))
    assert b"walk" not in bytes(rows[0][0])


async def test_a_reported_story_is_hidden_until_a_moderator_looked(bot: TestBot) -> None:
    ann = await approved(bot)
    ben = await reader(bot)
    await ben.presses("Report this story")
    assert [one.state for one in await stories(bot)] == [StoryState.REPORTED]
    await ben.says("/wisdom sleep")
    assert "found no story" in ben.sees()[-1]
    mod = staffed(bot, "mod")
    await mod.says("/casework review")
    assert "reported this one" in mod.sees()[-1]
    await mod.presses("Drop it kindly")
    assert "not about you" in ann.sees()[-1]
    assert await stories(bot) == []


async def test_a_claim_is_shown_with_its_sourced_card(bot: TestBot) -> None:
    await approved(bot, text="What helped me sleep was a quiet room. Put them in a cold shower. Then we all slept.")
    ben = await reader(bot)
    assert "Source:" in ben.sees()[-1]
    assert "One person's story" in ben.sees()[-2]


async def test_a_moderator_names_topics_and_never_reads_their_own(bot: TestBot) -> None:
    mod = staffed(bot, "mod")
    await mod.joins(lane="self")
    await mod.says(f"/wisdom share {WORK}")
    await mod.presses("Share it, it may stay")
    (story,) = await stories(bot)
    await mod.says("/casework review")
    assert "No story waits" in mod.sees()[-1]
    await mod.says(f"/casework approve {story.id[:8]} family")
    assert "your own" in mod.sees()[-1]
    other = staffed(bot, "other")
    await other.says(f"/casework approve {story.id[:8]} family grief")
    assert [one.topics for one in await stories(bot)] == [("family", "grief")]
    await other.says(f"/casework approve {story.id[:8]} family")
    assert "does not wait" in other.sees()[-1]


async def test_without_a_topic_no_story_is_let_through(bot: TestBot) -> None:
    await shared(bot, text="I wrote down three good things each day, and read them on the bad ones.")
    (story,) = await stories(bot)
    mod = staffed(bot, "mod")
    await mod.says(f"/casework approve {story.id[:8]}")
    assert "needs a topic" in mod.sees()[-1]
    assert [one.state for one in await stories(bot)] == [StoryState.WAITING]


async def test_a_story_that_nobody_looked_at_is_gone_after_a_month(bot: TestBot) -> None:
    await shared(bot)
    await bot.wait(days=31)
    assert await stories(bot) == []


async def test_a_member_is_no_moderator_of_stories(bot: TestBot) -> None:
    await shared(bot)
    (story,) = await stories(bot)
    ben = await reader(bot)
    await ben.sends_token(f"mod.{story.id}.approve")
    assert [one.state for one in await stories(bot)] == [StoryState.WAITING]


async def test_who_is_told_of_their_story_is_not_woken(bot: TestBot) -> None:
    ann = await shared(bot)
    await ann.says("/quiet 0-23")
    (story,) = await stories(bot)
    mod = staffed(bot, "mod")
    await mod.says(f"/casework approve {story.id[:8]}")
    assert not any("can be found now" in one for one in ann.sees())
