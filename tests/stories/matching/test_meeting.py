import pytest

from buddybot.domain.people.members import Member, Stage
from buddybot.store.matching.ties import TieKind
from buddybot.testing import Person, TestBot

BUTTONS = ["Say hello", "Not this one", "I may know this person", "Ask me tomorrow"]
NEUTRAL = "That one didn't work out. I'm still looking."


async def member_of(bot: TestBot, person: Person) -> Member:
    member = await bot.house.store.read(lambda tx: tx.members.by_address(person.address))
    assert member is not None
    return member


async def joined(bot: TestBot, *names: str) -> tuple[Person, ...]:
    people = tuple(bot.person(name) for name in names)
    for one in people:
        await one.joins(lane="self", now="thinking", help_wanted=("listen", "normal"), hours="evening", pace="few")
    return people


async def offered(bot: TestBot, first: str = "ann", second: str = "ben") -> tuple[Person, Person]:
    ann, ben = await joined(bot, first, second)
    await bot.wait(hours=1, seconds=1)
    assert "I found someone" in ann.sees()[-1]
    assert "I found someone" in ben.sees()[-1]
    return ann, ben


async def test_whoever_fits_is_offered_on_arrival(bot: TestBot) -> None:
    ann, ben = bot.person("ann"), bot.person("ben")
    for one in (ann, ben):
        await one.joins(
            lane="self",
            now="thinking",
            help_wanted=("listen", "normal"),
            local_time="+00:00",
            hours=("evening", "late_night"),
            life=("games", "pets"),
            pace="few",
            substances=("heroin",),
            age_band="25-34",
        )
    assert "I found someone" in ann.sees()[-1]
    assert "I found someone" in ben.sees()[-1]


async def test_those_who_wait_are_matched_by_the_round(bot: TestBot) -> None:
    ann, ben = await offered(bot)
    assert [c.label for c in ann.last().content.choices] == BUTTONS
    assert ann.sees()[-1].count("\n- ") in {1, 2, 3}
    assert "you both want someone who listens" in ben.sees()[-1]


@pytest.mark.parametrize(("ben_says", "named"), [("yes", True), ("no", False)])
async def test_what_both_agreed_to_have_named_is_named(bot: TestBot, ben_says: str, *, named: bool) -> None:
    for name, says in (("ann", "yes"), ("ben", ben_says)):
        person = bot.person(name)
        answers = {"medicine": "methadone", "mention_medicine": says, "life": ("parent", "grief"), "mention_life": says}
        answers |= {"mention_now": says}
        await person.joins(lane="self", now="thinking", hours="evening", **answers)
    await bot.wait(hours=1, seconds=1)

    for person in bot.people.values():
        assert "I found someone" in person.sees()[-1]
        assert ("you both take medicine" in person.sees()[-1]) is named
        assert ("you both miss someone" in person.sees()[-1]) is named
        assert ("you both think about a change" in person.sees()[-1]) is named
        assert "thinking" not in person.sees()[-1]


async def test_two_yeses_open_a_room_under_fresh_aliases(bot: TestBot) -> None:
    ann, ben = await offered(bot)
    await ann.presses("Say hello")
    assert "If they pass, it's about fit, not you" in ann.sees()[-1]
    await ben.presses("Say hello")
    for one in (ann, ben):
        assert "Your chat is open here" in one.sees()[-1]
        assert (await member_of(bot, one)).stage is Stage.HOME
    await ann.says("hello")
    assert ben.hears()[-1].endswith(": hello")


async def test_a_second_yes_of_the_same_person_opens_nothing(bot: TestBot) -> None:
    ann, ben = await offered(bot)
    await ann.presses("Say hello")
    await ann.presses("Say hello")
    await ann.says("hello?")
    assert ben.hears() == []


async def test_a_pass_is_never_seen_before_the_offer_would_have_run_out(bot: TestBot) -> None:
    ann, ben = await offered(bot)
    seen = list(ben.sees())
    await ann.presses("Not this one")
    assert "I won't say why, or that you passed" in ann.sees()[-1]
    await bot.wait(hours=12)
    assert ben.sees() == seen
    await bot.wait(hours=12)
    assert ben.sees()[len(seen) :] == [NEUTRAL]


@pytest.mark.parametrize("ending", ["pass", "known", "expiry"])
async def test_the_other_hears_the_same_line_whatever_the_reason(bot: TestBot, ending: str) -> None:
    ann, ben = await offered(bot)
    await ben.presses("Say hello")
    if ending == "pass":
        await ann.presses("Not this one")
    if ending == "known":
        await ann.presses("I may know this person")
    await bot.wait(hours=24)
    assert ben.sees()[-1] == NEUTRAL


async def test_a_yes_after_the_others_pass_tells_nothing(bot: TestBot) -> None:
    ann, ben = await offered(bot)
    await ann.presses("Not this one")
    await ben.presses("Say hello")
    assert "I'm asking" in ben.sees()[-1]
    await bot.wait(hours=24)
    assert ben.sees()[-1] == NEUTRAL


async def test_a_second_thought_turns_a_yes_into_a_pass(bot: TestBot) -> None:
    ann, ben = await offered(bot)
    await ann.presses("Say hello")
    await ann.presses("Not this one")
    await ben.presses("Say hello")
    assert "Your chat is open" not in ben.sees()[-1]


async def test_pressing_pass_again_says_the_same(bot: TestBot) -> None:
    ann, _ = await offered(bot)
    await ann.presses("Not this one")
    await ann.presses("Say hello")
    assert "that you passed" in ann.sees()[-1]


async def test_someone_maybe_known_is_never_paired_again(bot: TestBot) -> None:
    ann, ben = await offered(bot)
    await ann.presses("I may know this person")
    assert "I won't pair you two, ever" in ann.sees()[-1]
    await ann.presses("Say hello")
    assert "I won't pair you two, ever" in ann.sees()[-1]
    await bot.sleep(days=170)
    await ann.says("hi")
    await ben.says("hi")
    await bot.sleep(days=100)
    assert sum("I found someone" in text for text in ann.sees()) == 1
    assert sum("I found someone" in text for text in ben.sees()) == 1


async def test_a_passed_pair_is_apart_for_180_days(bot: TestBot) -> None:
    ann, ben = await offered(bot)
    await ann.presses("Not this one")
    await bot.wait(hours=24)
    for _ in range(3):
        await bot.sleep(days=58)
        await ann.says("hi")
        await ben.says("hi")
    assert sum("I found someone" in text for text in ann.sees()) == 1
    await bot.sleep(days=8)
    await bot.wait(hours=2)
    assert sum("I found someone" in text for text in ann.sees()) == 2


async def test_tomorrow_is_granted_once_and_asked_again(bot: TestBot) -> None:
    ann, ben = await offered(bot)
    await ann.presses("Ask me tomorrow")
    assert "ask again tomorrow" in ann.sees()[-1]
    await ann.presses("Ask me tomorrow")
    assert "one day only" in ann.sees()[-1]
    await bot.wait(hours=24)
    assert "You asked me to ask again" in ann.sees()[-1]
    await ben.presses("Say hello")
    await bot.wait(hours=12)
    await ann.presses("Say hello")
    assert "Your chat is open" in ben.sees()[-1]


async def test_tomorrow_does_not_ask_who_has_answered_since(bot: TestBot) -> None:
    ann, _ = await offered(bot)
    await ann.presses("Ask me tomorrow")
    await ann.presses("Say hello")
    await bot.wait(hours=24)
    assert "You asked me to ask again" not in ann.sees()[-1]
    await bot.wait(hours=24)
    assert ann.sees()[-1] == NEUTRAL


async def test_tomorrow_does_not_ask_about_an_offer_that_is_over(bot: TestBot) -> None:
    ann, ben = await offered(bot)
    await ann.presses("Ask me tomorrow")
    await ben.says("/forget")
    await ben.presses("Erase all")
    await ben.presses("Yes, erase")
    assert ann.sees()[-1] == NEUTRAL
    await bot.wait(hours=25)
    assert ann.sees()[-1] == NEUTRAL


async def test_a_button_of_an_expired_offer_says_that_it_is_over(bot: TestBot) -> None:
    ann, _ = await offered(bot)
    await bot.wait(hours=25)
    await ann.presses("Say hello")
    assert "That offer is over" in ann.sees()[-1]
    await ann.sends_token("offer.no-such.yes")
    assert "That offer is over" in ann.sees()[-1]


async def test_nobody_answers_for_someone_else(bot: TestBot) -> None:
    ann, ben = await offered(bot)
    (cyn,) = await joined(bot, "cyn")
    token = next(c.token for c in ann.last().content.choices if c.token.endswith(".yes"))
    await cyn.sends_token(token)
    assert "That offer is over" in cyn.sees()[-1]
    await ben.presses("Say hello")
    assert "Your chat is open" not in ben.sees()[-1]


async def test_a_reserved_person_is_not_offered_to_a_third(bot: TestBot) -> None:
    ann, _ = await offered(bot)
    (cyn,) = await joined(bot, "cyn")
    await bot.wait(hours=3)
    assert "I found someone" not in cyn.sees()[-1]
    await ann.says("/find")
    assert "Please answer that first" in ann.sees()[-1]


async def test_a_pair_that_parted_is_not_made_again(bot: TestBot) -> None:
    ann, ben = await bot.pair("ann", "ben")
    await ann.says("/goodbye")
    await ann.presses("Just leave")
    for one in (ann, ben):
        await one.says("/find")
    await bot.sleep(days=7)
    assert sum("I found someone" in text for text in ann.sees()) == 1


async def test_three_new_pairs_a_week_are_enough(bot: TestBot) -> None:
    ann = bot.person("ann")
    for name in ("ben", "cyn", "dee"):
        if name == "ben":
            _, other = await bot.pair("ann", name)
        else:
            await ann.says("/find")
            (other,) = await joined(bot, name)
            await bot.wait(hours=1, seconds=1)
            await ann.presses("Say hello")
            await other.presses("Say hello")
        assert "Your chat is open" in ann.sees()[-1]
        await other.says("/goodbye")
        await other.presses("Just leave")
    await ann.says("/find")
    assert "three new people this week" in ann.sees()[-1]
    await bot.sleep(days=7)
    await ann.says("/find")
    assert "I'm looking" in ann.sees()[-1]


async def test_one_buddy_at_a_time(bot: TestBot) -> None:
    ann, _ = await bot.pair("ann", "ben")
    await ann.says("/find")
    assert "You already have a buddy here" in ann.sees()[-1]


async def test_looking_can_be_stopped_and_started_again(bot: TestBot) -> None:
    (ann,) = await joined(bot, "ann")
    await ann.says("/find")
    assert "I'm already looking" in ann.sees()[-1]
    await ann.presses("Stop looking")
    assert "I stopped looking" in ann.sees()[-1]
    await joined(bot, "ben")
    await bot.wait(hours=2)
    assert "I found someone" not in ann.sees()[-1]
    await ann.says("/find")
    await bot.wait(hours=2)
    assert "I found someone" in ann.sees()[-1]


async def test_whoever_takes_a_break_is_not_offered(bot: TestBot) -> None:
    (ann,) = await joined(bot, "ann")
    await ann.says("/pause 2")
    assert "I'll hold off until November 25, 2026" in ann.sees()[-1]
    await joined(bot, "ben")
    await bot.wait(hours=3)
    assert "I found someone" not in ann.sees()[-1]
    await bot.wait(days=2)
    assert "I found someone" in ann.sees()[-1]


async def test_people_who_rule_each_other_out_are_never_offered(bot: TestBot) -> None:
    ann, ben = bot.person("ann"), bot.person("ben")
    await ann.joins(lane="self", now="steady_year", help_wanted="listen", not_ok=("still_using",), pace="few")
    await ben.joins(lane="self", now="using", help_wanted="listen", pace="few")
    await bot.sleep(days=14)
    assert not any("I found someone" in text for one in (ann, ben) for text in one.sees())


async def test_answers_too_few_are_said_to_make_a_looser_match(bot: TestBot) -> None:
    ann, ben = bot.person("ann"), bot.person("ben")
    await ann.joins(lane="self")
    assert "looser match" in ann.sees()[-1]
    await ben.joins(lane="self")
    await bot.wait(days=4)
    assert any("I found someone" in text for text in ann.sees())


async def test_an_erased_person_frees_the_other_of_the_offer_at_once(bot: TestBot) -> None:
    ann, ben = await offered(bot)
    await ann.says("/forget")
    await ann.presses("Erase all")
    await ann.presses("Yes, erase")
    assert ben.sees()[-1] == NEUTRAL
    await joined(bot, "cyn")
    await bot.wait(hours=2)
    assert "I found someone" in ben.sees()[-1]


async def test_a_key_lost_to_a_crash_leaves_nobody_reserved_and_no_room_half_open(bot: TestBot) -> None:
    ann, ben = await offered(bot)
    gone = (await member_of(bot, ann)).id
    await bot.house.store.write(lambda tx: tx.vault.destroy(gone))
    await bot.wait(hours=26)
    (cyn,) = await joined(bot, "cyn")
    await bot.wait(hours=2)
    assert "I found someone" in ben.sees()[-1]
    for one in (ben, cyn):
        await one.presses("Say hello")
    gone = (await member_of(bot, cyn)).id
    await bot.house.store.write(lambda tx: tx.vault.destroy(gone))
    await bot.wait(hours=2)
    assert any("Your buddy has moved on" in text for text in ben.sees())
    await ben.says("/status")
    assert "not looking" in ben.sees()[-1]
    await ben.says("hello")
    left = await bot.house.store.read(lambda tx: tx.members.all_ids())
    assert left == [(await member_of(bot, ben)).id]


async def test_blocked_by_one_is_apart_for_both_and_for_good(bot: TestBot) -> None:
    ann, ben = await bot.pair("ann", "ben")
    await ann.says("/block")
    await ann.presses("Yes, block")
    me, other = (await member_of(bot, ann)).id, (await member_of(bot, ben)).id
    kept = await bot.house.store.read(lambda tx: [set(tx.ties.apart(one)) for one in (me, other)])
    assert kept == [{other}, {me}]
    assert len(await bot.house.store.read(lambda tx: tx.ties.made_since(me, TieKind.BLOCKED, bot.clock.now()))) == 1
    for one in (ann, ben):
        await one.says("/find")
    for _ in range(3):
        await bot.sleep(days=90)
        await ann.says("hi")
        await ben.says("hi")
    assert sum("I found someone" in text for text in ann.sees()) == 1
