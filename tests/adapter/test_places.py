"""The state machine of places, once for all adapters: found or made, permitted, pinned, opened, moved, closed."""

import asyncio
import logging
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from buddybot.adapter import (
    Channel,
    ChannelKind,
    Ground,
    Notices,
    Opened,
    Place,
    PlaceBook,
    RetryLater,
    Unreachable,
)
from tests.adapter.village import HOME, Down, Ledger, Rejected, Village, book_of

NIGHTS = Channel("nights", "Nights", locale="es")
LOBBY = Channel("lobby", "Lobby", kind=ChannelKind.OPEN)


async def test_a_place_is_made_permitted_pinned_and_only_then_opened() -> None:
    village, ledger = Village(), Ledger(NIGHTS)
    book = book_of(village, ledger)
    assert not book.ready
    await book.build()
    assert village.calls == ["find nights", "make nights", "permit nights", "pin nights"]
    assert ledger.tale() == ["opened #1"]
    assert village.pins == {"#1": "rules of nights"}
    assert ledger.cursors == {"pin.nights": "#1"}
    assert ledger.told[0].origin.locale == "es"
    assert book.ready


async def test_a_place_that_is_there_is_adopted_instead_of_made() -> None:
    village, ledger = Village(), Ledger(NIGHTS)
    village.rooms["#7"] = "Nights"
    await book_of(village, ledger).build()
    assert ledger.tale() == ["opened #7"]
    assert "make nights" not in village.calls


@pytest.mark.parametrize(("repeats", "tale"), [(True, ["opened #1"] * 2), (False, ["opened #1"])])
async def test_a_restart_finds_places_again_and_reports_them_again_where_asked_to(
    *, repeats: bool, tale: list[str]
) -> None:
    village, ledger = Village(), Ledger(NIGHTS)
    await book_of(village, ledger).build()
    village.pins.clear()
    await book_of(village, ledger, repeats=repeats).build()
    assert ledger.tale() == tale
    assert village.pins == {"#1": "rules of nights"}, "what is pinned is kept up to date either way"
    assert len(village.rooms) == 1


async def test_before_anything_is_looked_for_the_places_of_before_are_known() -> None:
    village, ledger = Village(), Ledger(NIGHTS, LOBBY)
    await book_of(village, ledger).build()
    book = book_of(village, ledger)
    await book.load()
    assert book.at("#1") == Place("nights", "#1")
    assert book.channel_at("#2") is LOBBY
    assert (book.at("#3"), book.channel_at("#3")) == (None, None)
    assert [place.key for place in book.all()] == ["nights", "lobby"]
    assert [place.key for place in book.all(ChannelKind.OPEN)] == ["lobby"]
    assert book.of("nights") == ("#1",)
    assert not book.ready


async def test_what_is_for_an_unknown_place_waits_until_all_were_looked_for_and_then_goes_back() -> None:
    village, ledger = Village(), Ledger(NIGHTS)
    await book_of(village, ledger).build()
    book = book_of(village, ledger)
    with pytest.raises(RetryLater):
        book.channel_for("#1")
    await book.load()
    assert book.channel_for("#1") is NIGHTS
    with pytest.raises(RetryLater):
        book.channel_for("#9")
    await book.build()
    with pytest.raises(Unreachable):
        book.channel_for("#9")


async def test_the_place_of_a_channel_that_is_configured_no_more_is_closed() -> None:
    village, ledger = Village(), Ledger(NIGHTS, LOBBY)
    await book_of(village, ledger).build()
    ledger.configured = (LOBBY,)
    await book_of(village, ledger).build()
    assert ledger.tale()[2:] == ["closed #1", "opened #2"]


async def test_a_place_that_is_gone_is_closed_and_made_again() -> None:
    village, ledger = Village(), Ledger(NIGHTS)
    book = book_of(village, ledger)
    await book.build()
    village.rooms.clear()
    await book.build()
    assert ledger.tale() == ["opened #1", "closed #1", "opened #2"]
    assert book.of("nights") == ("#2",)


async def test_what_is_gone_stays_closed_where_it_can_t_be_made_again(caplog: pytest.LogCaptureFixture) -> None:
    village, ledger = Village(), Ledger(NIGHTS)
    book = book_of(village, ledger)
    await book.build()
    village.rooms.clear()
    village.trouble["make nights"] = Rejected("no room")
    await book.build()
    assert ledger.known == {}
    assert caplog.messages == ["village: nights: no room"]


@pytest.mark.parametrize("call", ["find", "permit", "pin"])
async def test_a_refusal_is_named_once_leaves_the_place_as_it_was_and_stops_no_other(
    caplog: pytest.LogCaptureFixture, call: str
) -> None:
    village, ledger = Village(), Ledger(NIGHTS, LOBBY)
    book = book_of(village, ledger)
    await book.build()
    for _ in range(2):
        village.trouble[f"{call} nights"] = Rejected("not now")
        await book.build()
    assert ledger.known.keys() == {"#1", "#2"}
    assert ledger.tale() == ["opened #1", "opened #2", "opened #2", "opened #2"]
    assert caplog.messages == ["village: nights: not now"]
    assert book.at("#1") is not None


async def test_trouble_that_will_pass_is_the_caller_s_to_try_again(caplog: pytest.LogCaptureFixture) -> None:
    village, ledger = Village(), Ledger(NIGHTS, LOBBY)
    book = book_of(village, ledger)
    village.trouble["permit lobby"] = Down()
    with pytest.raises(Down):
        await book.build()
    assert not book.ready
    await book.build()
    assert ledger.known.keys() == {"#1", "#2"}
    assert len(village.rooms) == 2, "what was made before the trouble is found again"
    assert caplog.messages == []


async def test_a_bug_of_the_driver_is_not_taken_for_a_refusal() -> None:
    village = Village()
    village.trouble["find nights"] = KeyError("x")
    with pytest.raises(KeyError):
        await book_of(village, Ledger(NIGHTS)).build()


async def test_a_channel_without_a_home_is_named_and_closed_where_it_had_one(caplog: pytest.LogCaptureFixture) -> None:
    village, ledger = Village(), Ledger(NIGHTS, LOBBY)
    await book_of(village, ledger).build()
    village.homeless.add("nights")
    await book_of(village, ledger).build()
    assert ledger.known.keys() == {"#2"}
    assert caplog.messages == ["village: nights has no home"]


async def test_two_channels_never_share_a_place(caplog: pytest.LogCaptureFixture) -> None:
    village, ledger = Village(), Ledger(NIGHTS, replace(LOBBY, title="Nights"))
    await book_of(village, ledger).build()
    assert list(ledger.known.values()) == [Place("nights", "#1")]
    assert caplog.messages == ["village: nights and lobby would share a room"]


async def test_a_place_that_was_renamed_is_followed_also_over_a_restart() -> None:
    village, ledger = Village(), Ledger(NIGHTS)
    await book_of(village, ledger).build()
    village.rooms = {"#9": "Nights"}
    village.renamed["#1"] = "#9"
    book = book_of(village, ledger)
    await book.build()
    opened = ledger.told[-1]
    assert isinstance(opened, Opened)
    assert (opened.moved_from, opened.origin.address.account) == ("#1", "#9")
    assert (book.at("#1"), book.of("nights")) == (None, ("#9",))
    assert "closed" not in " ".join(ledger.tale())


async def test_a_place_that_moves_while_the_bot_is_up_is_set_up_there_even_where_nothing_repeats() -> None:
    village, ledger = Village(), Ledger(NIGHTS)
    book = book_of(village, ledger, repeats=False)
    await book.build()
    await book.move("#1", "#9")
    await book.move("#404", "#5")
    assert ledger.tale() == ["opened #1", "opened #9"]
    assert {"#1", "#9"} == village.permitted == village.pins.keys()


async def test_a_move_that_is_refused_leaves_the_place_where_it_was(caplog: pytest.LogCaptureFixture) -> None:
    village, ledger = Village(), Ledger(NIGHTS)
    book = book_of(village, ledger)
    await book.build()
    village.trouble["permit nights"] = Rejected("out of sight")
    await book.move("#1", "#9")
    assert book.of("nights") == ("#1",)
    assert caplog.messages == ["village: nights: out of sight"]


async def test_a_channel_found_elsewhere_is_opened_there_before_its_old_place_closes() -> None:
    village, ledger = Village(), Ledger(NIGHTS)
    await book_of(village, ledger).build()
    village.rooms = {"#8": "Nights"}
    await book_of(village, ledger).build()
    assert ledger.tale() == ["opened #1", "opened #8", "closed #1"]


async def test_closing_is_reported_once_and_only_of_places() -> None:
    village, ledger = Village(), Ledger(NIGHTS, LOBBY)
    book = book_of(village, ledger)
    await book.build()
    for account in ("#1", "#1", "12345"):
        await book.close(account)
    assert ledger.tale()[2:] == ["closed #1"]
    await book.close_all(lambda place: place.account == "#3")
    assert ledger.known.keys() == {"#2"}
    await book.close_all()
    assert ledger.known == {}


async def test_only_the_places_asked_for_and_channels_without_one_are_looked_for_again() -> None:
    village, ledger = Village(), Ledger(NIGHTS, LOBBY)
    book = book_of(village, ledger)
    await book.build()
    await book.close("#1")
    village.calls.clear()
    await book.build(lambda _: False)
    assert {call.split()[1] for call in village.calls} == {"nights"}
    village.calls.clear()
    await book.build(lambda place: place.key == "lobby")
    assert {call.split()[1] for call in village.calls} == {"lobby"}


async def test_builds_at_the_same_moment_make_nothing_twice() -> None:
    village, ledger = Village(), Ledger(NIGHTS, LOBBY)
    book = book_of(village, ledger)
    await asyncio.gather(*(book.build() for _ in range(3)))
    assert len(village.rooms) == 2


async def test_on_each_ground_a_channel_has_a_place_of_its_own_where_it_is_shown_and_in_its_language() -> None:
    ledger = Ledger(NIGHTS, LOBBY)
    book = PlaceBook(None, HOME, ledger, ledger, Notices(logging.getLogger("village"), "village"), repeats=False)
    north, south = Village("n"), Village("s")
    grounds = {
        "n": Ground(north, has=lambda account: account.startswith("n"), language="fr"),
        "s": Ground(south, shows=lambda channel: channel is LOBBY, has=lambda account: account.startswith("s")),
    }
    for name in ("n", "s", "n"):
        await book.build(ground=grounds[name])
    assert ledger.tale() == ["opened n1", "opened n2", "opened s1"]
    assert book.of("lobby") == ("n2", "s1")
    assert [each.origin.locale for each in ledger.told] == ["fr", "fr", "en"]
    assert north.pins["n1"] == "rules of nights in fr"
    await book.build(ground=replace(grounds["n"], shows=lambda channel: channel is NIGHTS, language="es"))
    assert ledger.tale()[3:] == ["opened n1", "closed n2"], "in another language it is opened once more"
    assert book.of("lobby") == ("s1",), "what is shown no more is closed, and nothing of another ground"


STEPS = st.lists(
    st.sampled_from(["build", "restart", "lose nights", "lose lobby", "close", "move", "drop", "configure", "refuse"]),
    max_size=25,
)


@given(steps=STEPS, repeats=st.booleans())
async def test_whatever_happens_the_core_knows_the_same_places_as_the_book_and_one_a_channel(
    steps: list[str], *, repeats: bool
) -> None:
    village, ledger = Village(), Ledger(NIGHTS, LOBBY)
    book = book_of(village, ledger, repeats=repeats)
    for number, step in enumerate(steps):
        known = book.of("nights")
        match step.split():
            case ["restart"]:
                book = book_of(village, ledger, repeats=repeats)
            case ["lose", key]:
                village.rooms = {at: name for at, name in village.rooms.items() if name.lower() != key}
            case ["close"] if known:
                await book.close(known[0])
            case ["move"] if known and known[0] in village.rooms:
                village.rooms[f"@{number}"] = village.rooms.pop(known[0])
                await book.move(known[0], f"@{number}")
            case ["drop"]:
                ledger.configured = (NIGHTS,)
            case ["configure"]:
                ledger.configured = (NIGHTS, LOBBY)
            case ["refuse"]:
                village.trouble[f"{('find', 'make', 'permit', 'pin')[number % 4]} nights"] = Rejected("no")
        if step != "restart":
            await book.build()
            assert {at: place for at in ledger.known if (place := book.at(at))} == ledger.known
        assert all(len(book.of(channel.key)) <= 1 for channel in (NIGHTS, LOBBY))
    village.trouble.clear()
    ledger.configured = (NIGHTS, LOBBY)
    await book_of(village, ledger).build()
    assert sorted(place.key for place in ledger.known.values()) == ["lobby", "nights"]
    assert ledger.known.keys() <= village.rooms.keys()
