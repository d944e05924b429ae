"""How each question of the house comes about: one opening for each, which returns who was asked."""

from dataclasses import replace

from buddybot.domain.kernel.ids import RoomId
from buddybot.domain.talk.rooms import Room, RoomKind, Seat
from buddybot.testing import Person, TestBot
from tests.stories.care.test_mentors import applied, trained
from tests.stories.care.test_mentors import approved as approved_mentor
from tests.stories.care.test_mentors import settled as settled_here
from tests.stories.care.test_silence import told, waiting
from tests.stories.care.test_wisdom import SLEEP, approved, reader, shared
from tests.stories.matching.test_circles import circle, wishing
from tests.stories.matching.test_meeting import joined, offered
from tests.stories.matching.test_mentees import met, newcomer
from tests.stories.moderating import code, reported, staffed
from tests.stories.people.test_privacy import member_of
from tests.stories.programmes.inviting import code_of, settled
from tests.stories.talk.test_on_call import on_call

DANGER = "i want to kill myself tonight, i have the pills in my hand"
PHONE = "call me at 212-555-0143 tonight"


async def at_home(bot: TestBot, name: str = "ann") -> Person:
    (person,) = await joined(bot, name)
    await person.sends_token("home.stop")
    return person


async def with_buddy(bot: TestBot, command: str) -> Person:
    """Let somebody with a buddy use a command."""
    ann, _ = await bot.pair("ann", "ben")
    await ann.uses(command)
    return ann


async def in_circle(bot: TestBot, command: str) -> Person:
    """Let somebody in a circle use a command; the aliases there are names to type."""
    ann, *_ = await circle(bot, "ann", "ben", "cleo")
    await ann.uses(command)
    return ann


async def asked_who_sees(bot: TestBot) -> Person:
    ann = bot.person("ann")
    for text in ("hi", "who sees this"):
        await ann.says(text)
    return ann


async def not_understood_twice(bot: TestBot) -> Person:
    ann = bot.person("ann")
    for text in ("hi", "asdf", "the blue lamp"):
        await ann.says(text)
    return ann


# ── Reports and blocks ──────────────────────────────────────────────────────────────────


async def report(bot: TestBot) -> Person:
    return await with_buddy(bot, "report")


async def report_form(bot: TestBot) -> Person:
    """Let somebody send in a report's form that is not whole."""
    ann, ben = await bot.pair("ann", "ben")
    await ben.says("you are a mean person and I do not like you")
    heard = next(one.id for one in ann.chat() if "mean person" in one.text)
    await ann.fills_in("form.report", heard, words="this hurt")
    return ann


async def report_whom(bot: TestBot) -> Person:
    return await in_circle(bot, "report")


async def report_share(bot: TestBot) -> Person:
    ann = await report(bot)
    await ann.presses("Mean")
    return ann


async def report_paste(bot: TestBot) -> Person:
    ann = await report_share(bot)
    await ann.presses("Only this one")
    return ann


async def report_sent(bot: TestBot) -> Person:
    ann, _ = await reported(bot)
    return ann


async def report_of_post(bot: TestBot) -> Person:
    lobby = await bot.place("lobby")
    ann, _ = await bot.pair("ann", "ben")
    cleo = bot.person("cleo")
    post = await cleo.posts(lobby, "good evening all")
    await ann.reports_in(lobby, post)
    return ann


async def block(bot: TestBot) -> Person:
    return await with_buddy(bot, "block")


async def block_whom(bot: TestBot) -> Person:
    return await in_circle(bot, "block")


async def quarantined(bot: TestBot) -> Person:
    ann, _ = await reported(bot, "Sexual")
    await ann.presses("Keep it")
    mo = staffed(bot, "mo")
    await mo.says(f"/mod quarantine {await code(bot)} 8 You asked for photos.")
    return ann


# ── Erasing, linking ────────────────────────────────────────────────────────────────────


async def forget(bot: TestBot) -> Person:
    return await with_buddy(bot, "forget")


async def forget_sure(bot: TestBot) -> Person:
    ann = await forget(bot)
    await ann.presses("Erase all")
    return ann


async def link(bot: TestBot) -> Person:
    ann = await at_home(bot)
    await ann.uses("link")
    word = ann.sees()[-1].removeprefix("/link ")
    new = bot.person("ann2")
    await new.says(f"/link {word}")
    return new


# ── Words that are asked for ────────────────────────────────────────────────────────────


async def write(bot: TestBot) -> Person:
    await bot.place("nights")
    ann, _ = await bot.pair("ann", "ben")
    await ann.uses("write", channel="nights")
    return ann


async def write_where(bot: TestBot) -> Person:
    await bot.place("nights")
    ann = await at_home(bot)
    await ann.uses("write")
    return ann


async def muted(bot: TestBot, how: str = "mute") -> Person:
    """Let somebody hear of a step of moderators against them."""
    _, ben = await reported(bot)
    mo = staffed(bot, "mo")
    number = "1 48 " if how == "mute" else "1 "
    await mo.says(f"/mod {how} {await code(bot)} {number}You said that you do not like them.")
    await bot.wait(minutes=20)
    return ben


async def warned(bot: TestBot) -> Person:
    return await muted(bot, "warn")


async def appeal(bot: TestBot) -> Person:
    ben = await muted(bot)
    await ben.presses("Appeal")
    return ben


async def answer_moderator(bot: TestBot) -> Person:
    ann, _ = await bot.pair("ann", "ben")
    await ann.says(DANGER)
    mo = staffed(bot, "mo")
    await mo.says(f"/mod say {await code(bot)} Hi, are you alone right now?")
    await ann.presses("Answer the moderator")
    return ann


async def quiet(bot: TestBot) -> Person:
    return await with_buddy(bot, "quiet")


async def quiet_wrong(bot: TestBot) -> Person:
    ann = await at_home(bot)
    await ann.uses("quiet", hours="whenever")
    return ann


async def quiet_no_clock(bot: TestBot) -> Person:
    ann = await at_home(bot)
    await ann.uses("quiet", hours="22-7")
    return ann


async def oncall_no_clock(bot: TestBot) -> Person:
    ann = await at_home(bot)
    await ann.uses("oncall", hours="22-7")
    return ann


async def last_words(bot: TestBot) -> Person:
    ann = await goodbye(bot)
    await ann.presses("Say a few words")
    return ann


# ── Meeting ─────────────────────────────────────────────────────────────────────────────


async def offer(bot: TestBot) -> Person:
    ann, _ = await offered(bot)
    return ann


async def offer_again(bot: TestBot) -> Person:
    ann = await offer(bot)
    await ann.presses("Ask me tomorrow")
    await bot.wait(days=1, minutes=1)
    return ann


async def offer_later_once(bot: TestBot) -> Person:
    ann = await offer_again(bot)
    shown = next(one for one in ann.chat() if "I found someone" in one.text)
    await ann.sends_token(shown.content.choices[-1].token)
    return ann


async def circle_offer(bot: TestBot) -> Person:
    ann, *_ = await wishing(bot, "ann", "ben", "cleo")
    await bot.wait(hours=1, seconds=1)
    return ann


async def circle_wished(bot: TestBot) -> Person:
    (ann,) = await wishing(bot, "ann")
    return ann


async def looking(bot: TestBot) -> Person:
    ann = await at_home(bot)
    await ann.uses("find")
    return ann


async def naloxone(bot: TestBot) -> Person:
    ann = bot.person("ann")
    await ann.joins(lane="family")
    return ann


async def naloxone_told(bot: TestBot) -> Person:
    ann = await naloxone(bot)
    await ann.presses("What is it?")
    return ann


async def none_yet(bot: TestBot) -> Person:
    ann = await looking(bot)
    await bot.wait(hours=25)
    return ann


async def breathing(bot: TestBot) -> Person:
    ann = await looking(bot)
    await ann.presses("Breathe with me")
    return ann


async def expecting(bot: TestBot) -> Person:
    ann = await looking(bot)
    await ann.presses("What to expect")
    return ann


async def wanted(bot: TestBot) -> Person:
    (olga,) = await on_call(bot, "olga")
    ann = await at_home(bot)
    await ann.uses("now")
    return olga


async def between_two(bot: TestBot) -> Person:
    """Let somebody have a buddy and an hour with somebody on call, and the buddy write last."""
    (olga,) = await on_call(bot, "olga")
    ann = await with_buddy(bot, "status")
    await ann.uses("now")
    await olga.presses("I can")
    await bot.wait(minutes=1)
    await bot.person("ben").says("are you up")
    return ann


async def whom(bot: TestBot) -> Person:
    ann = await between_two(bot)
    await ann.says("i was in the garden")
    return ann


async def meant(bot: TestBot) -> Person:
    ann, _ = await bot.pair("ann", "ben")
    await ann.says("i need less")
    return ann


async def which(bot: TestBot) -> Person:
    ann = await between_two(bot)
    await ann.uses("goodbye")
    return ann


# ── In a room ───────────────────────────────────────────────────────────────────────────


async def goodbye(bot: TestBot) -> Person:
    return await with_buddy(bot, "goodbye")


# ── Being counted ───────────────────────────────────────────────────────────────────────


async def count_asked(bot: TestBot) -> Person:
    ann, _ = await settled(bot, await code_of(bot))
    await ann.uses("counted")
    return ann


async def count_on(bot: TestBot) -> Person:
    ann, _ = await settled(bot, await code_of(bot))
    await ann.uses("counted", state="on")
    await ann.uses("counted")
    return ann


async def research_asked(bot: TestBot) -> Person:
    return await with_buddy(bot, "research")


async def research_on(bot: TestBot) -> Person:
    ann, _ = await bot.pair("ann", "ben")
    await ann.uses("research", state="on")
    await ann.uses("research")
    return ann


async def checkin(bot: TestBot) -> Person:
    ann, _ = await bot.pair("ann", "ben")
    await bot.wait(days=3, minutes=1)
    return ann


async def checkin_unsafe(bot: TestBot) -> Person:
    ann = await checkin(bot)
    await ann.presses("Yes")
    await ann.presses("No")
    return ann


async def checkin_part(bot: TestBot) -> Person:
    ann = await checkin(bot)
    for label in ("Yes", "Yes", "No"):
        await ann.presses(label)
    return ann


async def contact_asked(bot: TestBot) -> Person:
    ann, _ = await bot.pair("ann", "ben")
    await ann.says(PHONE)
    return ann


async def note_held(bot: TestBot) -> Person:
    ann, _ = await bot.pair("ann", "ben")
    await ann.says("selling oxy 30s, 20 each")
    return ann


async def aimed_held(bot: TestBot) -> Person:
    ann, _ = await bot.pair("ann", "ben")
    await ann.says("kill yourself, nobody would miss you")
    return ann


async def post_taken(bot: TestBot) -> Person:
    lobby = await bot.place("lobby")
    ann = await at_home(bot)
    await ann.posts(lobby, "selling oxy 30s, 20 each")
    return ann


async def quiet_buddy(bot: TestBot) -> Person:
    ann, ben = await bot.pair("ann", "ben")
    await ben.uses("quiet", hours="0-23")
    await ann.says("are you there?")
    return ann


# ── Everything else ─────────────────────────────────────────────────────────────────────


async def language(bot: TestBot) -> Person:
    ann = await at_home(bot)
    await ann.uses("language")
    return ann


async def answers(bot: TestBot) -> Person:
    ann = await at_home(bot)
    await ann.uses("answers")
    return ann


async def answers_changed(bot: TestBot) -> Person:
    ann = await answers(bot)
    await ann.sends_token("answers.pace")
    await ann.sends_token("ask.pace.daily")
    return ann


async def intake_rest(bot: TestBot) -> Person:
    ann = bot.person("ann")
    await ann.says("hi")
    await ann.presses("Find a buddy")
    for question, key in {"age": "yes", "consent": "agree", "country": "US"}.items():
        await bot.answer(ann, question, (key,))
    await ann.says("stop")
    return ann


async def doubt(bot: TestBot) -> Person:
    ann = await block(bot)
    await ann.says("blok him")
    return ann


async def paged(bot: TestBot) -> Person:
    mo = staffed(bot, "mo")
    await mo.uses("shift", state="on")
    ann = await at_home(bot)
    await ann.says(DANGER)
    return mo


async def tired(bot: TestBot) -> Person:
    """Let a moderator take three heavy cases in one shift."""
    mo = staffed(bot, "mo")
    await mo.uses("shift", state="on")
    for name in ("ann", "ben", "cleo"):
        person = await at_home(bot, name)
        await bot.wait(seconds=1)
        await person.says(DANGER)
        await mo.says(f"/mod claim {await code(bot)}")
    return mo


# ── Rows of buttons under plain statements ──────────────────────────────────────────────


async def greeted(bot: TestBot) -> Person:
    ann = bot.person("ann")
    await ann.says("hi")
    return ann


async def menu(bot: TestBot) -> Person:
    ann = await at_home(bot)
    await ann.uses("status")
    return ann


async def helped(bot: TestBot) -> Person:
    ann = await at_home(bot)
    await ann.uses("help")
    return ann


async def misspelt(bot: TestBot) -> Person:
    ann = await at_home(bot)
    await ann.says("/setings")
    return ann


async def helped_more(bot: TestBot) -> Person:
    ann = await helped(bot)
    await ann.presses("More")
    return ann


async def without_room(bot: TestBot) -> Person:
    ann = await at_home(bot)
    await ann.uses("goodbye")
    return ann


async def parted(bot: TestBot) -> Person:
    ann = await goodbye(bot)
    await ann.presses("Just leave")
    return ann


async def nobody_on_call(bot: TestBot) -> Person:
    ann = await at_home(bot)
    await ann.uses("now")
    return ann


async def held_back(bot: TestBot) -> Person:
    _, ben = await reported(bot, "Sexual")
    mo = staffed(bot, "mo")
    await mo.says(f"/mod quarantine {await code(bot)} 8 You asked for photos.")
    await ben.uses("find")
    return ben


async def stopped(bot: TestBot) -> Person:
    ben = await held_back(bot)
    await ben.says("hey, are you there?")
    return ben


# ── Care of pairs ───────────────────────────────────────────────────────────────────────


async def deal(bot: TestBot) -> Person:
    ann, _ = await bot.pair("ann", "ben")
    await ann.uses("deal")
    return ann


async def starter(bot: TestBot) -> Person:
    ann = await deal(bot)
    for label in ("Skip", "Skip", "Nothing", "Skip"):
        await ann.presses(label)
    return ann


async def starters(bot: TestBot) -> Person:
    return await with_buddy(bot, "opener")


async def photo_sent(bot: TestBot) -> Person:
    ann, _ = await bot.pair("ann", "ben")
    await ann.shares("photo", b"a photo")
    return ann


async def photo_wished(bot: TestBot) -> Person:
    ann, ben = await bot.pair("ann", "ben")
    await ann.uses("photos", state="on")
    return ben


async def photos_wished_already(bot: TestBot) -> Person:
    ann, _ = await bot.pair("ann", "ben")
    await ann.uses("photos", state="on")
    await ann.uses("photos")
    return ann


async def photos_on(bot: TestBot) -> Person:
    ben = await photo_wished(bot)
    await ben.uses("photos", state="on")
    return ben


async def photos_in_status(bot: TestBot) -> Person:
    ben = await photos_on(bot)
    await ben.uses("status")
    return ben


async def photos_asked_about(bot: TestBot) -> Person:
    ben = await photos_on(bot)
    await ben.uses("photos")
    return ben


async def going(bot: TestBot) -> Person:
    ann, _ = await bot.pair("ann", "ben")
    await bot.wait(days=1)
    return ann


async def going_badly(bot: TestBot) -> Person:
    ann = await going(bot)
    await ann.presses("Not good")
    return ann


async def going_slowly(bot: TestBot) -> Person:
    ann = await going_badly(bot)
    await ann.presses("Too slow")
    return ann


async def lull(bot: TestBot) -> Person:
    ann, _ = await bot.pair("ann", "ben")
    await bot.wait(days=4, hours=1)
    return ann


async def asked_in_silence(bot: TestBot) -> Person:
    _, ben = await waiting(bot)
    await bot.wait(days=4, hours=1)
    return ben


async def told_in_silence(bot: TestBot) -> Person:
    ann, _ = await told(bot)
    return ann


async def ended_in_silence(bot: TestBot) -> Person:
    ann, ben = await told(bot)
    await ann.presses("Find someone new")
    return ben


async def welcomed(bot: TestBot) -> Person:
    ben = await ended_in_silence(bot)
    await ben.presses("I'm back")
    return ben


async def door(bot: TestBot) -> Person:
    ann, ben = await told(bot)
    await ann.presses("Find someone new, keep the door open")
    await ben.presses("I'm back")
    await ben.presses("Ask my old buddy")
    return ann


async def resting_search(bot: TestBot) -> Person:
    ann = await at_home(bot)
    member = await bot.house.store.read(lambda tx: tx.members.by_address(ann.address))
    assert member is not None
    private = replace(member.private, silent_endings=(bot.clock.at,) * 3)
    await bot.house.store.write(lambda tx: tx.members.save(replace(member, private=private)))
    await ann.uses("find")
    return ann


async def asked_to_call(bot: TestBot) -> Person:
    """Let the platform be one whose devices can be called."""
    ann = await at_home(bot)
    bot.house.engine.calling = frozenset({ann.address.platform})
    await ann.uses("notify", state="on")
    return ann


# ── One's own days ──────────────────────────────────────────────────────────────────────


async def own_rhythm(bot: TestBot) -> Person:
    ann = await at_home(bot)
    await ann.uses("checkin")
    return ann


async def own_rhythm_again(bot: TestBot) -> Person:
    ann = await at_home(bot)
    await ann.says("/checkin daily 7pm")
    await ann.uses("checkin")
    return ann


async def own_hour(bot: TestBot) -> Person:
    ann = await own_rhythm(bot)
    await ann.presses("Every day")
    return ann


async def own_no_clock(bot: TestBot) -> Person:
    ann = await at_home(bot)
    await ann.says("/checkin daily 7pm")
    return ann


async def own_day(bot: TestBot) -> Person:
    ann = await at_home(bot)
    await ann.says("/checkin daily 18:00")
    await bot.wait(days=1)
    return ann


async def own_company(bot: TestBot) -> Person:
    ann = await own_day(bot)
    await ann.presses("Hard")
    await ann.presses("Company")
    return ann


# ── The library of what helped ──────────────────────────────────────────────────────────


async def story_asked(bot: TestBot) -> Person:
    ann = await at_home(bot)
    await ann.uses("wisdom", topic="share")
    return ann


async def story_again(bot: TestBot) -> Person:
    ann = await story_asked(bot)
    await ann.says("too short")
    return ann


async def story_held(bot: TestBot) -> Person:
    ann = await story_asked(bot)
    await ann.says("call me at 212-555-0143 and I tell you all that helped me sleep")
    return ann


async def story_against_rules(bot: TestBot) -> Person:
    ann = await story_asked(bot)
    await ann.says("got percs for sale, 20 a pill, meet me behind the station tonight")
    return ann


async def story_sure(bot: TestBot) -> Person:
    ann = await story_asked(bot)
    await ann.says(SLEEP)
    return ann


async def story_kept(bot: TestBot) -> Person:
    return await shared(bot)


async def story_waits(bot: TestBot) -> Person:
    ann = await shared(bot)
    await ann.uses("wisdom", topic="share")
    return ann


async def own_stories(bot: TestBot) -> Person:
    ann = await shared(bot)
    await ann.uses("wisdom", topic="mine")
    return ann


async def no_own_stories(bot: TestBot) -> Person:
    return await reader(bot, "/wisdom mine")


async def story_topics(bot: TestBot) -> Person:
    await approved(bot)
    return await reader(bot, "/wisdom")


async def story_not_found(bot: TestBot) -> Person:
    return await reader(bot, "/wisdom football")


async def story_shown(bot: TestBot) -> Person:
    await approved(bot)
    return await reader(bot)


async def story_reported(bot: TestBot) -> Person:
    ben = await story_shown(bot)
    await ben.presses("Report this story")
    return ben


async def story_approved(bot: TestBot) -> Person:
    return await approved(bot)


async def story_new(bot: TestBot) -> Person:
    mod = staffed(bot, "mod")
    await mod.says("/mod shift on")
    await shared(bot)
    return mod


async def story_for_review(bot: TestBot) -> Person:
    mod = await story_new(bot)
    await mod.says("/casework review")
    return mod


async def story_in_queue(bot: TestBot) -> Person:
    mod = staffed(bot, "mod")
    await shared(bot)
    await mod.says("/mod queue")
    return mod


# ── Mentors ─────────────────────────────────────────────────────────────────────────────


async def mentor_which(bot: TestBot) -> Person:
    mia = await settled_here(bot)
    await mia.says("/mentor")
    return mia


async def mentor_card(bot: TestBot) -> Person:
    mia = await mentor_which(bot)
    for label in ("Be a mentor", "Yes, go on", "Yes, it is"):
        await mia.presses(label)
    return mia


async def mentor_many(bot: TestBot) -> Person:
    return await trained(bot)


async def mentor_asked(bot: TestBot) -> Person:
    mia = await applied(bot)
    lead = staffed(bot, "lead", "lead")
    await lead.says(f"/casework mentorship {await code(bot)} ask")
    return mia


async def mentor_answering(bot: TestBot) -> Person:
    mia = await mentor_asked(bot)
    await mia.presses("Write an answer")
    return mia


async def mentor_home(bot: TestBot) -> Person:
    mia = await approved_mentor(bot)
    await mia.says("/mentor")
    return mia


async def mentor_most(bot: TestBot) -> Person:
    mia = await mentor_home(bot)
    await mia.presses("How many at once")
    return mia


async def mentor_debrief(bot: TestBot) -> Person:
    mia = await mentor_of_one(bot)
    await bot.person("ann").uses("goodbye")
    await bot.person("ann").presses("Just leave")
    await bot.sleep(hours=2)
    return mia


async def mentor_heavy(bot: TestBot) -> Person:
    mia = await mentor_debrief(bot)
    await mia.presses("It was heavy")
    return mia


async def mentor_of_one(bot: TestBot) -> Person:
    mia = await approved_mentor(bot)
    await met(bot, mia)
    return mia


async def mentor_left(bot: TestBot) -> Person:
    mia = await mentor_of_one(bot)
    await mia.says("/mentor stop")
    await mia.presses("Step down now")
    return bot.person("ann")


async def mentee_what(bot: TestBot) -> Person:
    ann = await newcomer(bot)
    await ann.says("/find mentor")
    return ann


async def pair_which(bot: TestBot) -> Person:
    mia = await approved_mentor(bot)
    for name in ("ann", "ben"):
        await met(bot, mia, name)
    await mia.says("/less")
    return mia


async def mentor_new(bot: TestBot) -> Person:
    mia = await trained(bot)
    lead = staffed(bot, "lead", "lead")
    await lead.says("/help")
    await mia.presses("Two")
    await mia.presses("Send it")
    return lead


async def mentor_decided(bot: TestBot) -> Person:
    lead = await mentor_new(bot)
    await lead.presses("Show the offer")
    return lead


# ── Milestones and days to have in mind ─────────────────────────────────────────────────


async def milestone_unnamed(bot: TestBot) -> Person:
    ann = await milestone_kinds(bot)
    await ann.presses("In my own words")
    return ann


async def milestone_kinds(bot: TestBot) -> Person:
    ann = await no_milestones(bot)
    await ann.presses("Count something")
    return ann


async def no_milestones(bot: TestBot) -> Person:
    ann = await at_home(bot)
    await ann.uses("milestones")
    return ann


async def two_days_meant(bot: TestBot) -> Person:
    ann = await at_home(bot)
    await ann.uses("milestones", name="days since fent")
    await ann.says("5/3/2026")
    return ann


async def counted(ann: Person, day: str = "28 days ago") -> Person:
    """Let somebody count days without something."""
    await ann.uses("milestones", name="days since fent")
    await ann.says(day)
    return ann


async def one_milestone(bot: TestBot) -> Person:
    return await counted(await at_home(bot))


async def all_milestones(bot: TestBot) -> Person:
    ann = await one_milestone(bot)
    await ann.uses("milestones")
    return ann


async def milestone_changes(bot: TestBot) -> Person:
    ann = await one_milestone(bot)
    await ann.presses("Change it")
    return ann


async def milestone_to_go(bot: TestBot) -> Person:
    ann = await milestone_changes(bot)
    await ann.presses("Take it away")
    return ann


async def milestone_to_settle(bot: TestBot) -> Person:
    ann = await one_milestone(bot)
    await bot.sleep(hours=1)
    await ann.says("i relapsed last night")
    await bot.sleep(days=4)
    await ann.uses("milestones")
    return ann


async def milestone_noted(bot: TestBot) -> Person:
    ann = await one_milestone(bot)
    await ann.presses("A quiet note on the day")
    await bot.wait(days=2, hours=6)
    return ann


async def milestone_shown_first(bot: TestBot) -> Person:
    ann, _ = await bot.pair("ann", "ben")
    await counted(ann)
    await ann.presses("Tell my buddy")
    return ann


async def milestone_for_whom(bot: TestBot) -> Person:
    ann, _ = await bot.pair("ann", "ben")
    cleo = await at_home(bot, "cleo")
    members = [await member_of(bot, one) for one in (ann, cleo)]
    seats = tuple(Seat(one.id, alias) for one, alias in zip(members, ("Old Pine", "Green Lake"), strict=True) if one)
    second = Room(RoomId("second"), RoomKind.PAIR, seats, bot.clock.at)
    await bot.house.store.write(lambda tx: tx.rooms.add(second))
    await counted(ann)
    await ann.presses("Tell my buddy")
    return ann


async def no_remembrance(bot: TestBot) -> Person:
    ann = await at_home(bot)
    await ann.uses("remember")
    return ann


async def in_place_of_counting(bot: TestBot) -> Person:
    ann = bot.person("ann")
    await ann.joins(lane="bereaved")
    await ann.uses("milestones")
    return ann


async def one_remembrance(bot: TestBot) -> Person:
    ann = await at_home(bot)
    await ann.uses("remember", day="november 26")
    await ann.says("my brother")
    await ann.says("9am")
    return ann


async def all_remembrances(bot: TestBot) -> Person:
    ann = await one_remembrance(bot)
    await ann.uses("remember")
    return ann


async def remembrance_to_go(bot: TestBot) -> Person:
    ann = await one_remembrance(bot)
    await ann.presses("Take it away")
    return ann


async def remembered(bot: TestBot) -> Person:
    ann = await one_remembrance(bot)
    await bot.wait(days=3)
    return ann
