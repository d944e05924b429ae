"""Cases where the team is: a topic of the moderators' forum for each, a message where there can be none."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from buddybot.adapter import (
    Address,
    Choice,
    Content,
    Delivery,
    MessageId,
    NoteId,
    Pressed,
    RetryLater,
    Said,
    Span,
    ThreadPost,
)
from buddybot.testing.contract import Recorder
from tests.telegram.faults import Fault, Rejected, broken, too_many
from tests.telegram.groups import Group
from tests.telegram.town import LOBBY, OFFICE, ROOM, STAFF, Town, remarks, town
from tests.telegram.wire import FakeTelegram, until
from tests.telegram.world import Note, Topic

CODE = "3f9c01ab"
OTHER = "77aa12cd"


@pytest.fixture
async def fake() -> AsyncIterator[FakeTelegram]:
    async with FakeTelegram() as server:
        yield server


@asynccontextmanager
async def office(fake: FakeTelegram, *, forum: bool = True, inbox: Recorder | None = None) -> AsyncIterator[Town]:
    """Open the moderators' group, and one of members."""
    if OFFICE not in fake.world.groups:
        fake.group(OFFICE, forum=forum)
    async with town(fake, LOBBY, STAFF, inbox=inbox) as there:
        yield there


@pytest.fixture
async def there(fake: FakeTelegram) -> AsyncIterator[Town]:
    async with office(fake) as made:
        yield made


def post(
    state: str = "New", *, closed: bool = False, alarm: bool = False, holder: str = "", code: str = CODE
) -> ThreadPost:
    buttons = () if closed else (Choice(f"mod.{code}.claim", "I take it"),)
    content = Content((Span("P1: a case"), Span(f"\n{state}")), choices=buttons)
    return ThreadPost(NoteId(f"case-{code}"), code, f"{code} P1: threat", content, (state, "P1"), closed, alarm, holder)


def staff(there: Town) -> str:
    """The account of the moderators' place."""
    forum = there.office.forum
    return f"{OFFICE}/{there.office.topic('staff').id}" if forum else str(OFFICE)


async def shows(there: Town, wanted: ThreadPost, message: MessageId | None = None) -> MessageId:
    assert there.adapter._places is not None
    where = next(place for place in there.adapter._places.book.all() if place.key == "staff")
    return await there.adapter.deliver(Delivery(1, Address("telegram", "4242", where.account), wanted, message))


def topics(group: Group) -> list[Topic]:
    """The topics of cases that are there."""
    return [one for one in group.topics.values() if not one.deleted and one.name.startswith((CODE, OTHER))]


def standing(there: Town, topic: Topic | None = None) -> list[Note]:
    thread = None if topic is None else topic.id
    found = [one for one in there.fake.world.notes if one.chat["id"] == OFFICE and one.thread == thread]
    return [one for one in found if not one.deleted and "a case" in one.text]


async def test_a_case_has_a_topic_that_follows_it_and_is_closed_with_it(there: Town) -> None:
    made = await shows(there, post(alarm=True))
    (topic,) = topics(there.office)
    (first,) = standing(there, topic)
    assert topic.name == f"{CODE} P1: threat (New)"
    assert (first.labels, first.silent, first.protected) == (["I take it"], False, True)
    assert await shows(there, post("Taken"), made) == made
    assert topic.name.endswith("(Taken)")
    assert first.text.endswith("Taken")
    assert await shows(there, post("Closed", closed=True), made) == made
    assert (topic.closed, first.labels) == (True, [])
    assert await shows(there, post("New"), made) == made
    assert (topic.closed, topic.name.endswith("(New)")) == (False, True)
    assert (len(topics(there.office)), len(standing(there, topic))) == (1, 1)


async def test_only_what_calls_the_team_makes_a_sound(there: Town) -> None:
    made = await shows(there, post())
    (topic,) = topics(there.office)
    await shows(there, post("Taken"), made)
    assert [one.silent for one in standing(there, topic)] == [True]
    await shows(there, post("Taken", alarm=True), made)
    assert [(one.silent, one.text) for one in standing(there, topic)][1:] == [(False, "P1: a case")]


async def test_who_has_it_is_named_and_not_called(there: Town) -> None:
    mia = there.fake.person("mia")
    mia.comes_to(there.office)
    await shows(there, post("Taken", holder=str(mia.account)))
    (first,) = standing(there, topics(there.office)[0])
    assert first.text.endswith("Taken X")
    assert not first.marked("text_mention")
    there.fake.faults.next("getChatMember", broken())
    await shows(there, post("Taken", holder=str(mia.account), code=OTHER))
    assert standing(there, topics(there.office)[1])[0].text.endswith("Taken")


async def test_buttons_and_commands_in_its_topic_are_the_teams_and_words_there_nobodys(there: Town) -> None:
    await shows(there, post())
    (topic,) = topics(there.office)
    (first,) = standing(there, topic)
    mia = there.fake.person("mia")
    mia.comes_to(there.office)
    mia.presses_in(first, "I take it")
    mia.posts(there.office, "what do you all think of this one?", topic.name)
    mia.posts(there.office, f"/mod case {CODE}", topic.name)
    await until(lambda: there.heard(Said))
    (pressed,), (typed,) = there.heard(Pressed), there.heard(Said)
    assert isinstance(typed, Said)
    assert typed.text == f"/mod case {CODE}"
    for event in (pressed, typed):
        assert event.origin.place is not None
        assert (event.origin.place.key, event.origin.roles) == ("staff", ("moderator",))


async def test_a_topic_or_a_message_deleted_by_hand_is_made_again(there: Town) -> None:
    made = await shows(there, post())
    (topic,) = topics(there.office)
    topic.deleted = True
    again = await shows(there, post("Taken"), made)
    (second,) = topics(there.office)
    assert again != made
    standing(there, second)[0].deleted = True
    third = await shows(there, post("Held back"), again)
    assert third != again
    assert [one.text for one in standing(there, second)] == ["P1: a case\nHeld back"]
    assert len(topics(there.office)) == 1
    second.deleted = True
    assert await shows(there, post("Closed", closed=True), third) == third
    assert topics(there.office) == [], "nothing is made for what is over"


@pytest.mark.parametrize("fault", [too_many(3), broken(502)])
async def test_what_breaks_off_between_topic_and_message_leaves_one_topic(
    fake: FakeTelegram, fault: Fault, caplog: pytest.LogCaptureFixture
) -> None:
    inbox = Recorder()
    async with office(fake, inbox=inbox) as there:
        fake.faults.next("sendMessage", fault)
        with pytest.raises(RetryLater):
            await shows(there, post())
    async with office(fake, inbox=inbox) as there:
        made = await shows(there, post())
        (topic,) = topics(there.office)
        assert len(standing(there, topic)) == 1
        await shows(there, post("Closed", closed=True), made)
    assert not any(thread for (_, key), thread in inbox.kept.items() if key.startswith("case-"))
    assert remarks(caplog.records) == []


@pytest.mark.parametrize("why", ["no forum", "no right"])
async def test_where_no_topic_can_be_made_it_is_a_message_and_that_is_said_once(
    fake: FakeTelegram, why: str, caplog: pytest.LogCaptureFixture
) -> None:
    async with office(fake, forum=why != "no forum") as there:
        there.office.rights -= {"can_manage_topics"} if why == "no right" else set()
        made = await shows(there, post())
        await shows(there, post(code=OTHER))
        shown = [one for one in fake.world.notes if one.chat["id"] == OFFICE and "a case" in one.text]
        assert len(shown) == 2
        assert await shows(there, post("Closed", closed=True), made) == made
        assert (shown[0].text, shown[0].labels) == ("P1: a case\nClosed", [])
        shown[1].deleted = True
        assert topics(there.office) == []
        assert len(fake.asked("createForumTopic")) <= 3, "asked once, beside the topics of the channels"
    told = [one for one in remarks(caplog.records) if "no topic can be made for a case" in one]
    assert len(told) == 1
    assert 'give the bot the right "Manage topics"' in told[0]


async def test_where_members_are_too_no_topic_is_made(fake: FakeTelegram, caplog: pytest.LogCaptureFixture) -> None:
    async with town(fake, LOBBY, STAFF, moderators_group=str(ROOM)) as there:
        await shows(there, post())
        assert topics(there.room) == []
        assert [one.text for one in fake.world.notes if "a case" in one.text] == ["P1: a case\nNew"]
    assert any("has channels of members too" in one for one in remarks(caplog.records))


async def test_long_names_are_cut_and_what_telegram_refuses_is_no_endless_try(there: Town) -> None:
    wanted = post()
    long = ThreadPost(wanted.note, CODE, f"{CODE} {'x' * 300}", wanted.content, ("Held back", "P1"))
    await shows(there, long)
    (topic,) = topics(there.office)
    assert len(topic.name) == 128
    assert topic.name.endswith("x (Held back)")
    there.fake.faults.next("sendMessage", *[Fault(Rejected(400, "Bad Request: message thread not found"))] * 2)
    with pytest.raises(RetryLater):
        await shows(there, post(code=OTHER))


@pytest.mark.parametrize(("wanted", "keeps"), [("topics", True), ("messages", True), ("off", False)])
async def test_the_setting_says_what_a_case_is(fake: FakeTelegram, wanted: str, *, keeps: bool) -> None:
    fake.group(OFFICE)
    async with town(fake, LOBBY, STAFF, cases=wanted) as there:
        assert there.adapter.capabilities.case_threads is keeps
        if keeps:
            await shows(there, post())
        assert len(topics(there.office)) == (wanted == "topics")
