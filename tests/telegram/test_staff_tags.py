"""Tags beside moderators' names: who has one, where, for how long, and what stands in the way."""

import pytest

from tests.telegram.faults import broken
from tests.telegram.people import Person
from tests.telegram.town import LOBBY, STAFF, Town, remarks, town
from tests.telegram.wire import FakeTelegram, until


async def team(there: Town) -> tuple[Person, Person]:
    """A moderator and a member, both in the members' group, both of whom did something there."""
    mia, ann = there.fake.person("mia"), there.fake.person("ann")
    mia.comes_to(there.office)
    for one in (mia, ann):
        one.comes_to(there.room)
        there.room.members[one.account] = "member"
        one.posts(there.room, f"hello from {one.account}", "Lobby")
    await there.fake.settled()
    return mia, ann


def tags(there: Town) -> dict[int, str]:
    return {account: tag for account, tag in there.room.tags.items() if tag}


async def test_a_moderator_has_a_tag_in_the_members_group_until_they_are_none() -> None:
    async with FakeTelegram() as fake, town(fake, LOBBY, STAFF, tags="team") as there:
        mia, _ = await team(there)
        await until(lambda: tags(there))
        assert tags(there) == {mia.account: "moderator"}
        assert there.office.tags == {}, "the team knows"
        asked = len(fake.asked("setChatMemberTag"))
        mia.posts(there.room, "still here", "Lobby")
        await fake.settled()
        assert len(fake.asked("setChatMemberTag")) == asked, "set once"
        mia.goes_from(there.office)
        await until(lambda: not tags(there))


async def test_nobody_has_one_unless_the_operator_wants_it() -> None:
    async with FakeTelegram() as fake, town(fake, LOBBY, STAFF) as there:
        await team(there)
        assert fake.asked("setChatMemberTag") == []


@pytest.mark.parametrize(
    ("trouble", "words"),
    [("right", 'has no right "Manage tags"'), ("old", "older than 9.5"), ("admin", ""), ("line", "")],
)
async def test_what_stands_in_the_way_is_said_once_and_holds_nothing_up(
    trouble: str, words: str, caplog: pytest.LogCaptureFixture
) -> None:
    async with FakeTelegram() as fake, town(fake, LOBBY, STAFF, tags="team") as there:
        there.room.rights -= {"can_manage_tags"} if trouble == "right" else set()
        fake.world.api = (9, 4) if trouble == "old" else fake.world.api
        if trouble == "line":
            fake.faults.next("setChatMemberTag", broken())
        caplog.clear()
        mia, _ = await team(there)
        if trouble == "admin":
            there.room.members[mia.account] = "administrator"
            there.room.tags.clear()
        await until(lambda: fake.asked("setChatMemberTag"))
        for number in range(2):
            mia.posts(there.room, f"again {number}", "Lobby")
        await fake.settled()
        if trouble == "line":
            await until(lambda: tags(there))
    told = [one for one in remarks(caplog.records) if "tag" in one.lower()]
    assert len(told) == bool(words)
    assert not words or words in told[0]
