"""Discord's own filter: made, mended, limited to open channels, and never deaf to a cry."""

import pytest

from buddybot.adapter import Filter, Said
from tests.discord.faults import Fault
from tests.discord.guilds import CATEGORY
from tests.discord.house import Notebook
from tests.discord.town import LOBBY, NIGHTS, open_town
from tests.discord.wire import Wire, until


async def test_rules_are_made_for_open_channels_alone_and_spare_moderators(wire: Wire) -> None:
    async with open_town(wire, channels=(NIGHTS, LOBBY)) as town:
        await until(lambda: len(town.guild.automod) == 2)
        selling, contact = town.guild.automod.values()
    assert (selling["name"], contact["name"]) == ("BuddyBot: selling", "BuddyBot: contact")
    assert selling["trigger_metadata"] == {"keyword_filter": ["*dm for prices*"], "regex_patterns": [r"\$\d+"]}
    assert selling["actions"] == [{"type": 1, "metadata": {"custom_message": "Held back."}}]
    assert selling["exempt_channels"] == [str(town.room("nights").id)]
    assert selling["enabled"]


async def test_rules_are_mended_when_the_words_or_the_server_changed_and_else_left_alone(wire: Wire) -> None:
    inbox = Notebook()
    async with open_town(wire, inbox, (LOBBY,)) as town:
        await until(lambda: len(town.guild.automod) == 2)
        mods = await town.role("Mods")
    for rule in town.guild.automod.values():
        rule["enabled"] = False
    async with open_town(wire, inbox, (LOBBY,)) as town:
        await until(lambda: all(each["exempt_roles"] == [str(mods.id)] for each in town.guild.automod.values()))
    assert not any(rule["enabled"] for rule in town.guild.automod.values()), "the server switched them off"
    async with open_town(wire, inbox, (LOBBY,)) as town:
        ann = await town.person("ann")
        await ann.says_in(town.room("lobby"), "hello")
        await until(inbox.texts)
    assert len(wire.asked("POST", "/rules")) == 2
    assert len([each for each in wire.rest.log if each.method == "PATCH" and "/rules/" in each.path]) == 2


async def test_it_can_be_switched_off_and_needs_an_open_channel(wire: Wire) -> None:
    async with open_town(wire, channels=(NIGHTS,)):
        pass
    async with open_town(wire, channels=(NIGHTS, LOBBY), automod="none") as town:
        ann = await town.person("ann")
        await ann.says_in(town.room("lobby"), "hello")
        await until(town.inbox.texts)
    assert not [each for each in wire.rest.log if "auto-moderation" in each.path]


async def test_a_server_with_too_many_other_channels_is_named(wire: Wire, caplog: pytest.LogCaptureFixture) -> None:
    async with open_town(wire, channels=(NIGHTS,)) as town:
        for number in range(60):
            town.guild.room(f"c{number}")
        town.guild.room("more", CATEGORY)
    async with open_town(wire, channels=(LOBBY,)) as town:
        await until(lambda: "AutoMod can leave out 50 channels" in caplog.text)
    assert town.guild.automod == {}


async def test_what_was_held_back_is_still_read_for_there_may_be_a_cry_in_it(wire: Wire) -> None:
    async with open_town(wire, channels=(LOBBY,)) as town:
        ann, mods = await town.person("ann"), town.guild.room("elsewhere")
        await ann.is_held_back(town.room("lobby"), "add me on snap, I want to die", action=2)
        await ann.is_held_back(mods, "not here")
        await ann.is_held_back(town.room("lobby"), "add me on snap, I want to die")
        await until(town.inbox.texts)
        (said,) = [each for each in town.inbox.events if isinstance(each, Said)]
    assert said.text == "add me on snap, I want to die"
    assert said.origin.address.account == str(ann.user.id)
    assert said.origin.place is not None
    assert Filter("x").words == ()


async def test_a_server_without_room_for_a_rule_is_named(wire: Wire, caplog: pytest.LogCaptureFixture) -> None:
    wire.fails(Fault("POST /api/guilds/.*/rules", status=400, code=50035))
    async with open_town(wire, channels=(LOBBY,)):
        await until(lambda: "AutoMod refused a rule (code 50035)" in caplog.text)


@pytest.mark.parametrize(("without", "said"), [("manage_guild", "lacks the right Manage Server"), ("", "two-factor")])
async def test_a_refusal_names_the_right_only_where_it_is_missing(
    wire: Wire, caplog: pytest.LogCaptureFixture, without: str, said: str
) -> None:
    wire.fails(Fault("GET /api/guilds/.*/auto-moderation/rules", status=403, code=60003))
    async with open_town(wire, channels=(LOBBY,), without=without):
        await until(lambda: said in caplog.text)
    if not without:
        assert "lacks the right Manage Server" not in caplog.text
