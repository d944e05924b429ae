from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from buddybot.adapter import (
    UNPARSED,
    Address,
    Admit,
    Capabilities,
    Channel,
    ChannelKind,
    Closed,
    Content,
    MessageId,
    Origin,
    Place,
    Restrict,
    Restriction,
    RetryLater,
    Said,
    Span,
    Style,
    Tune,
    Unreachable,
)
from buddybot.domain.kernel.levels import Level
from buddybot.domain.kernel.verdicts import Certainty, Contact, Label, Outcome, Verdict
from buddybot.domain.moderation.cases import Concern
from buddybot.service.channels import pacing as channel_pacing
from buddybot.service.kernel.book import Book
from buddybot.store.moderation.desk import LINK
from buddybot.testing import FakePlace, FakePlatform, Person, ShownMessage, TestBot, running
from tests.stories.reading import asks_for, claims, cry, scripted

NIGHTS = Channel("nights", "Nights", "For those who are up late.")
LOBBY = Channel("lobby", "Lobby", kind=ChannelKind.OPEN)
DESK = Channel("desk", "Desk", kind=ChannelKind.MODERATORS)
FAMILY = Channel("family", "Families", lanes=("family",))
CAN = Capabilities(places=True)

ASK, ATTACK = "who's got blues, dm me", "you are a worthless idiot, shut up"
OFFER = "selling oxy 30s, 20 each, hit my telegram"
CALL, CALL_ME = "call me at 212 555 0147 any time", "call me at 212 555 0147"
GRAPHIC = "the needle was in his arm and blood everywhere"
DIE, ROPE = "i want to die", "i cant do this anymore, i want to kill myself with a rope tonight"
PILLS = "im going to take 40 pills and not wake up"
CLAIM = "narcan makes it worse"
PHONE = (Contact(11, 23, "phone", Certainty.VALIDATED),)
SCRIPT = {
    ASK: asks_for(Verdict(Outcome.HOLD, "sourcing_ask"), Label.SOURCING),
    ATTACK: asks_for(Verdict(Outcome.HOLD, "harassment"), Label.HARASSMENT),
    OFFER: asks_for(Verdict(Outcome.QUARANTINE, "sourcing_offer"), Label.SOURCING),
    CALL: asks_for(Verdict(Outcome.NUDGE, "pii"), Label.PII, contacts=PHONE),
    CALL_ME: asks_for(Verdict(Outcome.NUDGE, "pii"), Label.PII, contacts=PHONE),
    GRAPHIC: asks_for(Verdict(Outcome.NOTE, "graphic"), Label.GRAPHIC),
    DIE: cry(Level.L2),
    ROPE: cry(Level.L3),
    PILLS: cry(Level.L3),
    CLAIM: claims("naloxone_harms"),
}


@pytest.fixture
def book(book: Book) -> Book:
    return scripted(replace(book, channels=(NIGHTS, LOBBY, DESK, FAMILY)), SCRIPT)


@pytest.fixture
def other() -> FakePlatform:
    return FakePlatform("other", CAN)


@pytest.fixture
async def bot(tmp_path: Path, book: Book, other: FakePlatform) -> AsyncIterator[TestBot]:
    async with running(tmp_path, book=book, platform=FakePlatform(capabilities=CAN), others=(other,)) as made:
        yield made


async def joined(person: Person, lane: str = "self") -> None:
    await person.joins(lane=lane, now="thinking", help_wanted=("listen", "normal"), hours="evening", pace="few")


@pytest.fixture
async def lobby(bot: TestBot) -> FakePlace:
    return await bot.place("lobby")


@pytest.fixture
async def far(bot: TestBot, other: FakePlatform) -> FakePlace:
    return await bot.place("lobby", on=other)


@pytest.fixture
async def nights(bot: TestBot) -> FakePlace:
    return await bot.place("nights")


# ── Anonymous ───────────────────────────────────────────────────────────────────────────


async def test_words_of_a_form_are_posted_in_all_places_under_an_alias(
    bot: TestBot, nights: FakePlace, other: FakePlatform
) -> None:
    ann, far = bot.person("ann"), await bot.place("nights", on=other)
    await joined(ann)
    await ann.presses_in(nights, "channel.nights.write", "can't sleep again")
    (here,), (there,) = nights.sees(), far.sees()
    assert here == there
    assert here.endswith(": can't sleep again")
    assert "I posted it in Nights" in ann.sees()[-1]
    await ann.presses_in(nights, "channel.nights.write", "still up")
    assert nights.sees()[1].partition(":")[0] == here.partition(":")[0]


async def test_a_post_in_an_anonymous_channel_can_be_answered(
    bot: TestBot, nights: FakePlace, other: FakePlatform
) -> None:
    ann, ben, far = bot.person("ann"), bot.person("ben"), await bot.place("nights", on=other)
    for one in (ann, ben):
        await joined(one)
    await ann.presses_in(nights, "channel.nights.write", "can't sleep again")
    (post,) = nights.shown()
    (button,) = post.content.choices
    await ben.presses_in(nights, button.token, "me neither", under=post)
    await ben.presses_in(nights, button.token, under=post)
    await ben.says("tea?")
    for spot in (nights, far):
        first, *answers = spot.shown()
        assert [one.reply_to for one in answers] == [first.id, first.id]


async def test_without_a_form_the_bot_asks_for_the_words_in_private(bot: TestBot, nights: FakePlace) -> None:
    ann = bot.person("ann")
    await joined(ann)
    await ann.presses_in(nights, "channel.nights.write")
    assert "Write it here" in ann.sees()[-1]
    await ann.says("hello all")
    assert nights.sees()[-1].endswith(": hello all")
    await ann.says("and this is for the bot")
    assert len(nights.sees()) == 1


async def test_the_bot_stops_waiting_so_that_private_words_stay_private(bot: TestBot, nights: FakePlace) -> None:
    ann = bot.person("ann")
    await joined(ann)
    await ann.uses("write", channel="nights")
    await bot.wait(minutes=16)
    assert "I stopped waiting" in ann.sees()[-1]
    await ann.says("this is for one person")
    assert nights.sees() == []
    await ann.uses("write", channel="nights")
    await ann.says("this is for all")
    await bot.wait(minutes=16)
    assert len(nights.sees()) == 1
    assert "I stopped waiting" not in ann.sees()[-1]


async def test_who_may_not_write_any_more_can_not_send_what_waited(bot: TestBot, nights: FakePlace) -> None:
    ann = bot.person("ann")
    await joined(ann)
    await ann.presses_in(nights, "channel.nights.write", CALL)
    member = await bot.house.store.read(lambda tx: tx.members.by_address(ann.address))
    assert member is not None
    await bot.house.store.write(lambda tx: channel_pacing.cool_off(bot.house.engine.turn(tx), member, NIGHTS))
    await ann.presses("Send without it")
    assert nights.sees() == []
    assert "short break" in ann.sees()[-1]


async def test_somebody_may_think_better_of_it(bot: TestBot, nights: FakePlace) -> None:
    ann = bot.person("ann")
    await joined(ann)
    await ann.uses("write", channel="nights")
    await ann.presses("Don't write")
    await ann.says("hello all")
    assert nights.sees() == []


async def test_the_command_takes_a_channel_and_words(bot: TestBot, nights: FakePlace) -> None:
    ann = bot.person("ann")
    await joined(ann)
    await ann.says("/write nights good evening to you")
    assert nights.sees()[-1].endswith(": good evening to you")
    await ann.uses("write")
    assert [choice.label for choice in ann.last().content.choices] == ["Nights", "Families"]
    await ann.uses("write", channel="lobby", words="hi")
    assert "Where would you like" in ann.sees()[-1]
    await ann.presses("Nights")
    assert "Write it here" in ann.sees()[-1]


async def test_who_never_agreed_to_anything_is_asked_that_first(bot: TestBot, nights: FakePlace) -> None:
    ann = bot.person("ann")
    await ann.presses_in(nights, "channel.nights.write", "hello")
    await ann.presses_in(nights, "channel.nights.write")
    assert nights.sees() == []
    assert any("Let's first do two short questions" in text for text in ann.sees())
    assert "Welcome back." not in ann.sees()


async def test_a_contact_in_an_anonymous_channel_is_asked_about_before_anyone_sees_it(
    bot: TestBot, nights: FakePlace
) -> None:
    ann = bot.person("ann")
    await joined(ann)
    await ann.presses_in(nights, "channel.nights.write", CALL)
    assert nights.sees() == []
    await ann.presses("Send without it")
    assert nights.sees()[-1].endswith(": call me at […] any time")


async def test_who_posts_by_mistake_as_themselves_is_covered(bot: TestBot, nights: FakePlace) -> None:
    ann = bot.person("ann")
    await ann.posts(nights, "oh, here I am")
    (only,) = nights.shown()
    assert not only.own
    assert only.text.endswith(": oh, here I am")
    assert any("nobody shows who they are" in text for text in ann.sees())


async def test_a_channel_for_a_lane_is_for_that_lane(bot: TestBot) -> None:
    family, ann, ben = await bot.place("family"), bot.person("ann"), bot.person("ben")
    await joined(ann)
    await ben.joins(lane="family")
    await ann.uses("write", channel="family", words="hello")
    await ben.uses("write", channel="family", words="hi, my son is not home yet")
    assert [text.partition(": ")[2] for text in family.sees()] == ["hi, my son is not home yet"]


# ── Open ────────────────────────────────────────────────────────────────────────────────


async def test_what_is_fine_stays_and_crosses_under_an_alias(bot: TestBot, lobby: FakePlace, far: FakePlace) -> None:
    ann = bot.person("ann")
    first = await ann.posts(lobby, "good evening")
    assert lobby.sees() == ["good evening"]
    (copy,) = far.shown()
    assert copy.text.endswith(": good evening")
    ben = bot.person("ben", on=far.platform)
    answer = await ben.posts(far, "evening to you", copy.id)
    assert lobby.shown()[-1].reply_to == first
    await ben.rewrites(far, answer, "and a good one to you")
    assert lobby.sees()[-1].endswith(": and a good one to you (edited)")
    await ann.reacts_in(lobby, lobby.shown()[-1].id, "❤")
    await ben.removes(far, answer)
    assert lobby.sees() == ["good evening"]


async def test_a_newcomer_who_writes_is_welcomed_once_and_in_private(bot: TestBot, lobby: FakePlace) -> None:
    ann = bot.person("ann")
    await ann.posts(lobby, "hi all")
    await ann.posts(lobby, "me again")
    assert [text for text in ann.sees() if "I look after Lobby" in text] == ann.sees()
    assert lobby.sees() == ["hi all", "me again"]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (ASK, "asking for drugs"),
        (ATTACK, "attack on a person"),
        (OFFER, "offer to sell"),
    ],
)
async def test_what_breaks_a_rule_goes_and_the_author_hears_why(
    bot: TestBot, lobby: FakePlace, far: FakePlace, text: str, why: str
) -> None:
    ann = bot.person("ann")
    await ann.posts(lobby, text)
    assert lobby.sees() == far.sees() == []
    assert any(why in told for told in ann.sees())
    await ann.presses("I think this is a mistake")
    cases = await bot.house.store.read(lambda tx: tx.db.rows("SELECT concern, rule FROM case_file"))
    assert Concern.APPEAL in [row[0] for row in cases]


async def test_a_contact_goes_and_the_rest_comes_back_under_the_alias(
    bot: TestBot, lobby: FakePlace, far: FakePlace
) -> None:
    ann = bot.person("ann")
    await ann.posts(lobby, CALL)
    assert lobby.sees() == far.sees()
    assert lobby.sees()[0].endswith(": call me at […] any time")
    assert any("That keeps you safe" in told for told in ann.sees())


async def test_what_is_graphic_comes_back_behind_a_tap(bot: TestBot, lobby: FakePlace) -> None:
    ann = bot.person("ann")
    await ann.posts(lobby, GRAPHIC)
    (only,) = lobby.shown()
    assert only.content.spans[0].style is Style.HIDDEN
    assert any("so people can choose" in told for told in ann.sees())


async def test_what_can_not_be_read_does_not_stay(bot: TestBot, lobby: FakePlace) -> None:
    ann = bot.person("ann")
    await ann.posts(lobby, "look", None, "photo")
    await ann.posts(lobby, "x" * 5000)
    assert lobby.sees() == []
    assert any("I can only check words" in told for told in ann.sees())


async def test_who_posts_what_the_platform_can_not_read_is_told_whom_to_call(bot: TestBot, lobby: FakePlace) -> None:
    ann = bot.person("ann")
    await ann.posts(lobby, "", None, UNPARSED)
    assert lobby.sees() == []
    assert any("could not read" in told for told in ann.sees())


async def test_an_album_goes_whole_and_is_explained_once(bot: TestBot, lobby: FakePlace) -> None:
    ann = bot.person("ann")
    for _ in range(4):
        await ann.posts(lobby, "", None, "photo")
    assert lobby.sees() == []
    assert len([told for told in ann.sees() if "I can only check words" in told]) == 1
    await ann.posts(lobby, "x" * 5000)
    assert len([told for told in ann.sees() if "I can only check words" in told]) == 2


async def test_a_cry_in_what_nobody_can_read_stays_and_nothing_empty_is_carried_over(
    bot: TestBot, lobby: FakePlace, far: FakePlace, nights: FakePlace
) -> None:
    desk, ann = await bot.place("desk"), bot.person("ann")
    for spot in (lobby, nights):
        message = MessageId(f"poll-{spot.place.key}")
        spot.keep(ShownMessage(message, Content((Span("a poll"),)), own=True))
        origin = Origin(bot.platform.next_id(), ann.address, place=spot.place)
        await ann.does(Said(origin, "", message, attachments=("poll",), beside=DIE))
    assert (lobby.sees(), nights.sees(), far.sees()) == (["a poll"], [], [])
    assert len(desk.sees()) == 1
    assert any("plan" in told or "Help" in told for told in ann.sees())


async def test_a_forwarded_cry_begins_no_conversation_with_who_forwards_it(bot: TestBot, lobby: FakePlace) -> None:
    ann, cat = bot.person("ann"), bot.person("cat")
    await ann.posts(lobby, DIE)
    await cat.posts(lobby, DIE, None, "forward")
    assert lobby.sees() == [DIE, DIE]
    assert any("Do you have a plan" in told for told in ann.sees())
    assert not any("Do you have a plan" in told for told in cat.sees())
    assert any(told.startswith("Help is here") for told in cat.sees())


async def test_an_edit_is_read_like_a_message(bot: TestBot, lobby: FakePlace, far: FakePlace) -> None:
    ann = bot.person("ann")
    message = await ann.posts(lobby, "good evening")
    await ann.rewrites(lobby, message, ASK)
    assert lobby.sees() == far.sees() == []


async def test_an_edit_of_a_message_nobody_knew_is_read_as_well(bot: TestBot, lobby: FakePlace, far: FakePlace) -> None:
    ann = bot.person("ann")
    message = await ann.posts(lobby, "good evening")
    await bot.wait(days=9)
    await ann.rewrites(lobby, message, "good night")
    assert far.sees()[0].endswith(": good evening")
    await ann.rewrites(lobby, message, ASK)
    assert "good night" not in lobby.sees()
    assert ASK not in lobby.sees()


async def test_a_closed_chat_leads_to_nothing_in_public(bot: TestBot, lobby: FakePlace) -> None:
    ann = bot.person("ann")
    bot.platform.loses(ann.address.account)
    await ann.posts(lobby, ASK)
    assert lobby.sees() == []


async def test_a_message_that_a_moderator_of_the_platform_removes_goes_everywhere(
    bot: TestBot, lobby: FakePlace, far: FakePlace
) -> None:
    ann, mod = bot.person("ann"), bot.person("mod", on=far.platform)
    await ann.posts(lobby, "good evening")
    await mod.removes(far, far.shown()[0].id)
    assert lobby.sees() == far.sees() == []
    assert any("A moderator took your post" in told for told in ann.sees())


async def test_the_words_of_a_moderator_stand(
    bot: TestBot, lobby: FakePlace, far: FakePlace, nights: FakePlace
) -> None:
    mod = bot.person("mod")
    mod.roles = ("moderator",)
    await mod.posts(lobby, OFFER)
    await mod.posts(nights, "the channel rests tonight")
    assert lobby.sees() == [OFFER]
    assert len(far.sees()) == 1
    assert nights.sees() == ["the channel rests tonight"]
    assert mod.chat() == []


# ── Danger ──────────────────────────────────────────────────────────────────────────────


async def test_a_cry_for_help_stays_and_help_comes_in_private(bot: TestBot, lobby: FakePlace, far: FakePlace) -> None:
    desk, ann = await bot.place("desk"), bot.person("ann")
    await ann.posts(lobby, DIE)
    assert lobby.sees() == [DIE]
    assert far.sees()[0].endswith(": i want to die")
    assert ann.chat()
    await ann.posts(lobby, DIE)
    assert len(desk.sees()) == 1
    assert "may be in danger" in desk.sees()[0]


async def test_the_means_are_left_out_and_the_cry_stays(bot: TestBot, lobby: FakePlace, nights: FakePlace) -> None:
    ann = bot.person("ann")
    await ann.posts(lobby, ROPE)
    assert lobby.sees()[0].endswith(": i cant do this anymore, i want to kill myself with a […] tonight")
    await joined(ann)
    await ann.presses_in(nights, "channel.nights.write", PILLS)
    assert nights.sees()[0].endswith(": im going to take […] and not wake up")


async def test_one_line_of_help_in_public_is_enough_for_some_minutes(bot: TestBot, lobby: FakePlace) -> None:
    for name in ("ann", "ben"):
        person = bot.person(name)
        bot.platform.loses(person.address.account)
        await person.posts(lobby, DIE)
    assert lobby.sees() == [DIE, "Help is here, day and night. Tap, and I show it to you alone.", DIE]


async def test_what_the_bot_posted_in_somebodys_place_can_be_taken_back(
    bot: TestBot, lobby: FakePlace, far: FakePlace
) -> None:
    ann = bot.person("ann")
    await joined(ann)
    await ann.posts(lobby, CALL)
    assert len(lobby.sees()) == len(far.sees()) == 1
    await ann.uses("unsend")
    assert lobby.sees() == far.sees() == []


async def test_a_long_message_stays_and_is_carried_over_shortened(
    bot: TestBot, lobby: FakePlace, far: FakePlace
) -> None:
    ann = bot.person("ann")
    await ann.posts(lobby, "x" * 3000)
    assert len(lobby.sees()[0]) == 3000
    assert far.shown()[0].content.text == "x" * 1799 + "…"


async def test_help_is_shown_in_public_only_where_it_can_not_come_in_private(bot: TestBot, lobby: FakePlace) -> None:
    ann = bot.person("ann")
    bot.platform.loses(ann.address.account)
    await ann.posts(lobby, DIE)
    assert lobby.sees() == [DIE, "Help is here, day and night. Tap, and I show it to you alone."]
    assert [choice.token for choice in lobby.shown()[-1].content.choices] == ["home.crisis"]


async def test_help_that_was_seen_where_they_wrote_needs_no_line_in_public(bot: TestBot, lobby: FakePlace) -> None:
    ann, desk = bot.person("ann"), await bot.place("desk")
    bot.platform.fails(ann.address.account, Unreachable(MessageId("there")))
    await ann.posts(lobby, DIE)
    assert lobby.sees() == [DIE]
    assert ["in danger" in desk.sees()[0], "for their eyes only" in desk.sees()[1]] == [True, True]
    assert ann.sees(), "what came after the first row was not dropped"


async def test_a_flood_is_slowed_but_never_a_cry_for_help(bot: TestBot, lobby: FakePlace) -> None:
    ann = bot.person("ann")
    for _ in range(45):
        await ann.posts(lobby, "hello")
    assert len(lobby.sees()) == 40
    await ann.posts(lobby, DIE)
    assert lobby.sees()[-1] == DIE


# ── Newcomers ───────────────────────────────────────────────────────────────────────────


async def test_a_newcomer_reads_first_and_writes_after_the_button(bot: TestBot, lobby: FakePlace) -> None:
    ann = bot.person("ann")
    await ann.comes_to(lobby)
    assert lobby.ruled() == [Restrict(ann.address.account, Restriction.MUTE)]
    assert "Welcome to Lobby" in lobby.sees()[0]
    await ann.presses_in(lobby, "channel.lobby.enter")
    assert lobby.ruled()[-1] == Restrict(ann.address.account, Restriction.ENTER)
    assert "You can write in Lobby now" in ann.sees()[-1]
    await ann.goes_from(lobby)
    await ann.comes_to(lobby)
    assert len(lobby.ruled()) == 2


async def test_many_newcomers_get_one_welcome(bot: TestBot, lobby: FakePlace) -> None:
    for number in range(5):
        await bot.person(f"p{number}").comes_to(lobby)
    assert len(lobby.sees()) == 1
    await bot.wait(minutes=11)
    await bot.person("late").comes_to(lobby)
    assert len(lobby.sees()) == 2


async def test_a_request_to_join_is_answered(bot: TestBot, lobby: FakePlace) -> None:
    ann = bot.person("ann")
    await ann.comes_to(lobby, asking=True)
    assert lobby.ruled() == [Admit(ann.address.account, welcome=True)]


async def test_a_raid_closes_the_place_and_it_opens_again(bot: TestBot, lobby: FakePlace) -> None:
    desk = await bot.place("desk")
    for number in range(12):
        await bot.person(f"p{number}").comes_to(lobby)
    tuned = [effect for effect in lobby.ruled() if isinstance(effect, Tune)]
    assert [one.locked for one in tuned] == [True]
    assert len(desk.sees()) == 1
    ann = bot.person("ann")
    await ann.comes_to(lobby, asking=True)
    await bot.wait(minutes=16)
    tuned = [effect for effect in lobby.ruled() if isinstance(effect, Tune)]
    assert tuned[-1] == Tune(0, locked=False)
    assert "open again" in desk.sees()[-1]


# ── Changes and commands ────────────────────────────────────────────────────────────────


async def test_a_post_written_in_private_can_be_changed_and_taken_back_there(bot: TestBot, nights: FakePlace) -> None:
    ann = bot.person("ann")
    await joined(ann)
    await ann.uses("write", channel="nights")
    message = await ann.says("hello all")
    await ann.edits(message, "hello everyone")
    assert nights.sees()[0].endswith(": hello everyone (edited)")
    await ann.edits(message, CALL_ME)
    assert "I did not pass on that change" in ann.sees()[-1]
    await ann.takes_back(message)
    assert nights.sees() == []
    assert "I took it back" in ann.sees()[-1]


@pytest.mark.parametrize("typed", ["/crisis", "/crisis!", "/crisis\nplease", "/crisis, please", "/crisis\u00a0now"])
async def test_a_command_typed_in_public_is_answered_in_private(bot: TestBot, lobby: FakePlace, typed: str) -> None:
    desk, ann = await bot.place("desk"), bot.person("ann")
    await ann.posts(lobby, typed)
    await ann.posts(desk, "/crisis")
    assert lobby.sees() == []
    assert desk.sees() == ["/crisis"]
    assert len(ann.sees()) == 2


async def test_two_who_are_at_odds_rest_for_some_minutes(bot: TestBot, lobby: FakePlace) -> None:
    ann, ben = bot.person("ann"), bot.person("ben")
    await ann.posts(lobby, ATTACK)
    await ben.posts(lobby, ATTACK)
    muted = [one.person for one in lobby.ruled() if isinstance(one, Restrict) and one.how is Restriction.MUTE]
    assert sorted(muted) == [ann.address.account, ben.address.account]
    await ann.posts(lobby, "hello")
    assert lobby.sees() == []
    await bot.wait(minutes=11)
    await ann.posts(lobby, "hello")
    assert lobby.sees() == ["hello"]


async def test_a_quiet_channel_gets_one_topic(bot: TestBot, nights: FakePlace) -> None:
    ann = bot.person("ann")
    await joined(ann)
    await ann.presses_in(nights, "channel.nights.write", "can't sleep again")
    await bot.wait(days=3)
    assert len(nights.sees()) == 2
    assert nights.sees()[-1].endswith("?")


async def test_who_is_forgotten_takes_their_posts_along(bot: TestBot, lobby: FakePlace, far: FakePlace) -> None:
    ann = bot.person("ann")
    await ann.posts(lobby, "good evening")
    await ann.uses("forget")
    await ann.presses("Erase all")
    await ann.presses("Yes, erase")
    assert lobby.sees() == far.sees() == []
    left = await bot.house.store.read(lambda tx: tx.db.rows("SELECT 1 FROM channel_seat"))
    assert left == []


# ── Reports, claims, odds and ends ──────────────────────────────────────────────────────


async def test_a_post_can_be_reported_where_it_stands(bot: TestBot, lobby: FakePlace) -> None:
    ann, ben = bot.person("ann"), bot.person("ben")
    message = await ann.posts(lobby, "good evening")
    await ben.reports_in(lobby, message)
    await ben.presses("Mean")
    (case,) = await bot.house.store.read(lambda tx: tx.db.rows("SELECT concern, room, rule, shared FROM case_file"))
    assert case[:2] == ("mean", "channel.lobby")
    assert case[2].startswith("note:")
    assert case[3] is None
    await ben.reports_in(lobby, message)
    await ben.presses("I'm worried about them")
    await ben.reports_in(lobby, message)
    await ben.presses("Cancel")
    (joined,) = await bot.house.store.read(lambda tx: tx.db.rows("SELECT id FROM case_file"))
    reports = await bot.house.store.read(lambda tx: tx.records.reports(joined[0]))
    assert [one.concern for one in reports] == [Concern.MEAN, Concern.WORRIED]
    await ben.reports_in(lobby, MessageId("unknown"))
    assert ben.sees()[-1] == bot.house.engine.words("en", "report-nothing")
    await ben.sends_token("flag.unknown.mean")
    assert ben.sees()[-1] == bot.house.engine.words("en", "report-nothing")


async def test_a_reported_post_is_found_from_its_case_and_taken_down_everywhere(
    bot: TestBot, lobby: FakePlace, far: FakePlace
) -> None:
    ann, ben, mo = bot.person("ann"), bot.person("ben"), bot.person("mo")
    mo.roles = ("moderator",)
    message = await ann.posts(lobby, "good evening")
    await ben.reports_in(lobby, message)
    await ben.presses("Mean")
    await mo.says("/mod queue")
    desk, store = bot.house.engine.desk(), bot.house.store
    member = await store.read(lambda tx: tx.members.by_address(mo.address))
    assert member is not None
    entered = await desk.enter(await store.write(lambda tx: tx.desk.fresh(LINK, member.id, bot.clock.at)))
    assert entered is not None
    (item,) = await desk.queue(entered.session)
    page = await desk.case(entered.session, item.case)
    assert page is not None
    assert page.post is not None
    assert (page.post.channel, page.post.said_at) == ("Lobby", bot.clock.at)
    assert page.post.alias in far.sees()[0]
    for told in ("Taken down everywhere", "no post that still stands"):
        (answer,) = (await desk.run(entered.session, "takedown", (("case", item.case),)))[-1:]
        assert told in answer.text
    await bot.settle()
    assert lobby.sees() == far.sees() == []
    page = await desk.case(entered.session, item.case)
    assert page is not None
    assert page.post is None
    assert page.lines[-1].kind == "taken-down"
    found = {one.key: (one.locked, one.places) for one in await desk.channels(entered.session)}
    assert (found["lobby"], "desk" in found) == ((False, 2), False)


async def test_a_post_can_be_reported_by_answering_it(bot: TestBot, lobby: FakePlace) -> None:
    ann, ben = bot.person("ann"), bot.person("ben")
    message = await ann.posts(lobby, "good evening")
    await ben.posts(lobby, "/report", message)
    assert lobby.sees() == ["good evening"]
    await ben.presses("Mean")
    assert len(await bot.house.store.read(lambda tx: tx.db.rows("SELECT 1 FROM case_file"))) == 1
    await ben.posts(lobby, "/report")
    assert lobby.sees() == ["good evening"]


async def test_a_claim_gets_one_card_a_day(bot: TestBot, lobby: FakePlace, far: FakePlace) -> None:
    ann = bot.person("ann")
    await ann.posts(lobby, CLAIM)
    assert len(lobby.sees()) == len(far.sees()) == 2
    assert "pharmacist" in far.sees()[-1]
    await ann.posts(lobby, CLAIM)
    assert len(lobby.sees()) == len(far.sees()) == 3


async def test_what_is_pinned_comes_from_the_core(bot: TestBot) -> None:
    anonymous, opened, desk = (bot.house.engine.pinned(key) for key in ("nights", "lobby", "desk"))
    assert "For those who are up late." in anonymous.text
    assert [(one.token, one.form) for one in anonymous.choices] == [
        ("channel.nights.write", True),
        ("home.crisis", False),
    ]
    assert [one.token for one in opened.choices] == ["channel.lobby.enter", "home.crisis"]
    assert all(one.lasting for one in (*anonymous.choices, *opened.choices))
    assert "1. Be kind." in opened.text
    assert desk.choices == ()


async def test_a_place_of_a_slow_channel_is_slow_from_the_start(tmp_path: Path, book: Book) -> None:
    slow = replace(book, channels=(replace(LOBBY, slow=30),))
    async with running(tmp_path, book=slow, platform=FakePlatform(capabilities=CAN)) as bot:
        assert (await bot.place("lobby")).ruled() == [Tune(30, locked=False)]
        assert (await bot.place("lobby")).ruled() == [Tune(30, locked=False)] * 2


async def test_a_channel_that_is_configured_no_more_is_silent(bot: TestBot) -> None:
    gone, ann = await bot.place("gone"), bot.person("ann")
    await ann.posts(gone, ASK)
    assert gone.sees() == [ASK]
    await joined(ann)
    await ann.presses_in(gone, "channel.gone.write", "hello")
    assert "That channel is gone" in ann.sees()[-1]


async def test_an_event_from_nowhere_does_nothing(bot: TestBot, lobby: FakePlace) -> None:
    nowhere, ann = FakePlace(bot.platform, Place("lobby", "unknown")), bot.person("ann")
    await ann.posts(nowhere, "hello")
    await ann.posts(nowhere, "/crisis")
    await ann.reacts_in(lobby, MessageId("unknown"), "❤")
    await ann.removes(lobby, MessageId("unknown"))
    assert lobby.sees() == []


async def test_a_copy_by_the_bot_can_not_be_edited_by_others(bot: TestBot, lobby: FakePlace, far: FakePlace) -> None:
    ann, ben = bot.person("ann"), bot.person("ben", on=far.platform)
    await ann.posts(lobby, "good evening")
    await ben.rewrites(far, far.shown()[0].id, "good night")
    assert lobby.sees() == ["good evening"]


async def test_a_post_that_waits_for_its_platform_is_changed_or_taken_back_unseen(
    bot: TestBot, lobby: FakePlace, far: FakePlace
) -> None:
    ann = bot.person("ann")
    far.platform.rate_limits(far.place.account, 60)
    await ann.posts(lobby, "first")
    second, third = await ann.posts(lobby, "secnd"), await ann.posts(lobby, "regretted")
    await ann.rewrites(lobby, second, "second")
    await ann.removes(lobby, third)
    assert far.sees() == []
    await bot.wait(seconds=61)
    assert [text.partition(": ")[2] for text in far.sees()] == ["first", "second"]


async def test_words_through_the_bot_may_be_empty_or_too_long(
    bot: TestBot, nights: FakePlace, lobby: FakePlace
) -> None:
    ann = bot.person("ann")
    await joined(ann)
    await ann.presses_in(nights, "channel.nights.write", "\u200b")
    await ann.presses_in(nights, "channel.nights.write", "x" * 5000)
    assert nights.sees() == []
    assert "That is too long" in ann.sees()[-1]
    await ann.presses_in(lobby, "channel.lobby.write", "hello")
    assert "people write for themselves" in ann.sees()[-1]
    await ann.presses_in(lobby, "channel.lobby.write")
    assert "people write for themselves" in ann.sees()[-1]
    assert lobby.sees() == []


async def test_who_rests_may_not_write_through_the_bot_either_but_may_cry(bot: TestBot, nights: FakePlace) -> None:
    ann = bot.person("ann")
    await joined(ann)
    member = await bot.house.store.read(lambda tx: tx.members.by_address(ann.address))
    assert member is not None
    await bot.house.store.write(lambda tx: channel_pacing.cool_off(bot.house.engine.turn(tx), member, NIGHTS))
    await ann.presses_in(nights, "channel.nights.write", "hello")
    await ann.presses_in(nights, "channel.nights.write")
    await ann.presses_in(nights, "channel.nights.enter")
    assert "short break" in ann.sees()[-1]
    await ann.presses_in(nights, "channel.nights.write", DIE)
    assert [text.partition(": ")[2] for text in nights.sees()] == [DIE]


async def test_a_post_that_one_platform_never_takes_is_told(bot: TestBot, nights: FakePlace) -> None:
    ann = bot.person("ann")
    await joined(ann)
    bot.platform.fails(nights.place.account, *[RetryLater() for _ in range(8)])
    await ann.presses_in(nights, "channel.nights.write", "hello")
    await bot.wait(hours=2)
    assert any("did not get to all the apps" in text for text in ann.sees())


async def test_the_channel_went_while_somebody_was_writing(tmp_path: Path, book: Book) -> None:
    async with running(tmp_path, book=book, platform=FakePlatform(capabilities=CAN)) as bot:
        ann = bot.person("ann")
        await joined(ann)
        await ann.uses("write", channel="nights")
    without = replace(book, channels=(LOBBY,))
    async with running(tmp_path, book=without, platform=bot.platform, clock=bot.clock, seed=2) as later:
        ann = later.person("ann")
        await ann.says("hello")
        assert "That channel is gone" in ann.sees()[-1]
        await ann.uses("write", channel="nights")
        assert "no channel here" in ann.sees()[-1]


async def test_a_raid_that_goes_on_keeps_the_place_slow(bot: TestBot, lobby: FakePlace) -> None:
    for number in range(80):
        await bot.person(f"p{number}").comes_to(lobby)
    await bot.wait(minutes=16)
    tuned = [effect for effect in lobby.ruled() if isinstance(effect, Tune)]
    assert tuned[-1] == Tune(30, locked=False)
    await bot.wait(minutes=31)
    tuned = [effect for effect in lobby.ruled() if isinstance(effect, Tune)]
    assert tuned[-1] == Tune(0, locked=False)


async def test_who_asked_during_a_raid_is_let_in_afterwards(bot: TestBot, lobby: FakePlace) -> None:
    for number in range(12):
        await bot.person(f"p{number}").comes_to(lobby)
    ann, ben = bot.person("ann"), bot.person("ben")
    await ann.comes_to(lobby, asking=True)
    await ben.comes_to(lobby, asking=True)
    await ben.uses("forget")
    await ben.presses("Erase all")
    await ben.presses("Yes, erase")
    await bot.wait(minutes=20)
    assert [one for one in lobby.ruled() if isinstance(one, Admit)] == [Admit(ann.address.account, welcome=True)]


async def test_a_place_that_closed_during_a_raid_is_left_alone(bot: TestBot, lobby: FakePlace) -> None:
    for number in range(12):
        await bot.person(f"p{number}").comes_to(lobby)
    await bot.person("ann").comes_to(lobby, asking=True)
    address = Address("fake", "main", lobby.place.account)
    await bot.door.put(Closed(Origin("closed", address, place=lobby.place)))
    before = len(lobby.ruled())
    await bot.wait(minutes=20)
    assert len(lobby.ruled()) == before


async def test_a_lock_outlives_a_restart_and_holds_words_but_never_a_cry(bot: TestBot, nights: FakePlace) -> None:
    ann, mo = bot.person("ann"), bot.person("mo")
    await joined(ann)
    mo.roles = ("moderator",)
    await mo.says("/mod slowmode nights 30")
    await mo.says("/mod lock nights on")
    assert nights.ruled()[-1] == Tune(30, locked=True)
    again = await bot.place("nights")
    assert again.ruled()[-1] == Tune(30, locked=True)
    await ann.uses("write", channel="nights", words="hello there")
    assert "closed for writing" in ann.sees()[-1]
    before = len(nights.sees())
    await ann.uses("write", channel="nights", words=DIE)
    assert len(nights.sees()) > before
    await mo.says("/mod lock nights off")
    assert nights.ruled()[-1] == Tune(30, locked=False)
    await ann.uses("write", channel="nights", words="hello again")
    assert any("hello again" in one for one in nights.sees())
