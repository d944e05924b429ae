"""What Telegram and Discord do unlike each other, between two buddies and in a channel that both show."""

from pathlib import Path

from buddybot.domain.kernel.verdicts import Label, Outcome, Verdict
from buddybot.service.kernel.book import Book
from tests.stories.bridging import bridged
from tests.stories.moderating import cases
from tests.stories.on_wires import on_wires, reads, times
from tests.stories.reading import asks_for
from tests.stories.wires import until

ASK = "who's got blues, dm me"
SCRIPT = {ASK: asks_for(Verdict(Outcome.HOLD, "sourcing_ask"), Label.SOURCING)}
SEED, HEART = "\N{SEEDLING}", "\N{HEAVY BLACK HEART}"


async def test_a_note_as_long_as_telegram_lets_it_be_arrives_whole_on_discord_and_equal_ones_stay_apart(
    tmp_path: Path,
) -> None:
    async with on_wires(tmp_path) as wires:
        ann, ben = wires.telegram("ann"), wires.discord("ben")
        await wires.meet(ann, ben)
        words = [f"word{number}" for number in range(600)]
        long = " ".join(words)[:4000]
        before = len(reads(ben))
        ann.person.says(long)
        await until(lambda: any(long[-12:] in one for one in reads(ben)))
        parts = reads(ben)[before:]
        assert all(len(one) <= 2000 for one in parts)
        told = " ".join(one.partition(":** ")[2] or one for one in parts)
        assert [one for one in told.split() if one.startswith("word")] == long.split()
        for _ in range(3):
            ann.person.says("still here")
        await until(lambda: times(ben, "still here") == 3)
        for _ in range(2):
            await ben.says("still here")
        await until(lambda: sum("still here" in one.text for one in ann.person.notes() if one.by_bot) == 2)
        last = next(one for one in reversed(ben.person.inbox()) if "still here" in one.content)
        await ben.person.reacts(last, HEART)
        own = [one for one in ann.person.notes() if one.text == "still here" and not one.by_bot]
        await until(lambda: any(one.reaction == HEART for one in own))
        assert own[-1].reaction == HEART, "the last of three equal notes is the one that was meant"


async def test_a_note_that_goes_takes_its_copies_and_their_reactions_along(tmp_path: Path, book: Book) -> None:
    async with bridged(tmp_path, book, SCRIPT) as bridge:
        ann, ben = bridge.fake.person("ann"), await bridge.on_discord("ben")
        said = await ben.says_in(bridge.room("lobby"), "good evening")
        await until(lambda: any("good evening" in one for one in bridge.forum.sees("Lobby")))
        copy = bridge.forum.finds("good evening", "Lobby")
        ann.reacts_in(bridge.forum, copy, SEED)
        await until(lambda: any(who for who in said.reactions.values()))
        await ben.edits(said, ASK)
        await until(lambda: said.id not in bridge.wire.world.written)
        await until(lambda: copy.deleted)
        ann.reacts_in(bridge.forum, copy, "\N{THUMBS UP SIGN}")
        again = await ben.says_in(bridge.room("lobby"), "good evening")
        await until(lambda: any("good evening" in one for one in bridge.forum.sees("Lobby")))
        assert not any(again.reactions.values()), "a reaction to what is gone is nobody's"
        assert not any(ASK in one for one in (*bridge.shown("lobby"), *bridge.forum.sees("Lobby")))


async def test_who_is_reported_on_a_form_and_muted_on_discord_is_told_and_held_back_on_telegram(
    tmp_path: Path, book: Book
) -> None:
    async with bridged(tmp_path, book, SCRIPT) as bridge:
        ann, ben = bridge.fake.person("ann"), await bridge.on_discord("ben")
        mo = bridge.wire.person("mo")
        mods = bridge.guild.role("Mods")
        await bridge.wire.sessions.dispatch(
            "GUILD_ROLE_CREATE", {"guild_id": str(bridge.guild.id), "role": mods.json()}
        )
        await mo.comes(mods)
        ann.starts()
        ann.posts(bridge.forum, "sour words about you", "Lobby")
        await until(lambda: any("sour words" in one for one in bridge.shown("lobby")))
        post = next(one for one in bridge.written("lobby") if "sour words" in one.content)
        form = await ben.opens_report(post, bridge.room("lobby"))
        await until(lambda: form.answers)
        await ben.submits(form, "that was sour", what="mean")
        await until(lambda: any("Sent." in one for one in (*ben.whispers(), *ben.sees())))
        (case,) = await cases(bridge.bot)
        await mo.uses("mod mute", room=bridge.room("lobby"), case=case.id[:8], rule="1", hours="24", reason="be kind")
        await until(lambda: any("Done" in one for one in (*mo.whispers(), *mo.sees())))
        await bridge.bot.wait(minutes=21)
        await until(lambda: any("be kind" in one for one in ann.sees()))
        assert not any("ben" in one.lower().split() for one in ann.sees())
        await until(lambda: bridge.fake.asked("restrictChatMember"))
