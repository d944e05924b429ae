"""What is never punished (docs/rules.md): the shipped screener lets it pass as it is, live, and no case is opened."""

import pytest

from buddybot.testing import TestBot

EXEMPT = {
    "telling that one used": (
        "i slipped last night and used again",
        "i stopped my suboxone a month ago and lied to you about it",
        "this is the tenth time i relapsed, i feel so stupid",
    ),
    "being high or sick while talking": (
        "im so dopesick rn i cant stop shaking",
        "sory im prety hgih right now cant tpye",
    ),
    "craving": (
        "i want to use so bad",
        "all i can think about is the rush, every vein in my arm is asking for it",
    ),
    "what one bought or holds": (
        "I bought some yesterday",
        "I have it in my hand right now",
        "my plug died and i deleted my dealer's number",
    ),
    "staying alive": (
        "where can i get naloxone for free",
        "keep narcan in sight and never use alone, there is a line you can call",
        "the van on 5th has clean works and test strips",
    ),
    "medicine or none": (
        "i take methadone every morning and it keeps me alive",
        "i left the program, it wasn't for me",
        "na never worked for me",
    ),
    "swearing and dark humour about oneself": (
        "i'm such a fucking idiot lol",
        "my life is a shit show and i am the clown",
    ),
    "anger at the bot and its rules": (
        "this bot is fucking useless",
        "your rules are bullshit and your moderators are asleep",
    ),
    "slang": (
        "i used to do blues all day, fetty ruined me",
        "went from percs to dope in a year",
    ),
    "grief": (
        "my brother died of an overdose last year and i miss him",
        "we buried my best friend in march",
    ),
}
CRIES = (
    "i want to die",
    "i keep thinking about killing myself",
    "i cut myself again last night",
    "i think i overdosed, i took all of it",
)


@pytest.mark.parametrize("words", [words for row in EXEMPT.values() for words in row])
async def test_it_is_delivered_as_it_is_and_costs_nothing(bot: TestBot, words: str) -> None:
    ann, ben = await bot.pair("ann", "ben")
    await ann.says(words)
    assert ben.hears()[-1:] != []
    assert ben.hears()[-1].endswith(words)
    assert await held_against(bot) == []


@pytest.mark.parametrize("words", CRIES)
async def test_a_disclosure_is_delivered_again_and_again_and_is_never_held_against_anyone(
    bot: TestBot, words: str
) -> None:
    ann, ben = await bot.pair("ann", "ben")
    for _ in range(3):
        await ann.says(words)
    assert [text.endswith(words) for text in ben.hears()] == [True, True, True]
    assert await held_against(bot) == []


@pytest.mark.parametrize("command", ["/pause 7", "/block", "/goodbye", "/status", "/find"])
async def test_leaving_pausing_and_silence_open_no_case(bot: TestBot, command: str) -> None:
    ann, _ = await bot.pair("ann", "ben")
    await ann.says(command)
    await bot.wait(days=3)
    assert await held_against(bot) == []


async def test_appealing_opens_a_case_for_a_person_to_look_at_and_no_action(bot: TestBot) -> None:
    ann, ben = await bot.pair("ann", "ben")
    await ann.says("got oxys for sale 20 each dm me")
    await ann.presses("I think this is a mistake")
    await ann.says("sorry, i was quoting somebody")
    assert ben.hears()[-1].endswith("quoting somebody")


async def held_against(bot: TestBot) -> list[str]:
    """Return the cases that are not care."""
    rows = await bot.house.store.read(lambda tx: tx.db.rows("SELECT concern FROM case_file WHERE concern <> 'crisis'"))
    return [row[0] for row in rows]
