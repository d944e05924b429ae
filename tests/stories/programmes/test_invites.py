"""Somebody comes by an invite: what they hear, on whatever way the code reached them, and when it does not work."""

import pytest

from buddybot.testing import Person, TestBot
from tests.stories.programmes.inviting import CLINIC, code_of, operate

WELCOME = f"{CLINIC} sent you here. They can't see"


async def comes(person: Person, code: str, way: str) -> None:
    match way:
        case "link":
            await person.opens(code.replace("-", ""))
        case "command":
            await person.uses("join", code=code)
        case _:
            await person.says(way.format(code=code, small=code.lower().replace("-", " ")))


@pytest.mark.parametrize("way", ["link", "command", "/join {code}", "/join {small}", "/link {code}", "/invite {code}"])
async def test_who_comes_by_an_invite_is_welcomed_in_its_name_and_goes_on_as_everybody(bot: TestBot, way: str) -> None:
    ann = bot.person("ann")
    await comes(ann, await code_of(bot), way)
    assert any(WELCOME in one for one in ann.sees())
    assert "I'm BuddyBot" in ann.sees()[-1]
    await ann.presses("Find a buddy")
    assert "18" in ann.sees()[-1]


async def test_in_spanish_too(bot: TestBot) -> None:
    ann = bot.person("ann", locale="es")
    await ann.opens((await code_of(bot)).replace("-", ""))
    assert f"Te invitó {CLINIC}" in ann.sees()[0]


@pytest.mark.parametrize("locale", ["en", "es"])
async def test_an_invite_that_does_not_work_says_so_and_loses_nothing(bot: TestBot, locale: str) -> None:
    cancelled, old, full = [await code_of(bot, uses=10, days=days) for days in (90, 5, 90)]
    listed = (await operate(bot, "programme-list"))["programmes"]
    assert isinstance(listed, list)
    gone = {one["reference"] for one in listed[0]["invites"]}
    for number in range(10):
        await bot.person(f"guest{number}").opens(full.replace("-", ""))
    await bot.wait(days=6)
    for reference in gone:
        await operate(bot, "programme-cancel", programme=CLINIC, reference=reference)
    over = {"en": f"This invite of {CLINIC} does not work any more", "es": f"Esta invitación de {CLINIC} ya no sirve"}
    unknown = {"en": "I don't know this invite", "es": "No conozco esta invitación"}
    said = [(cancelled, over), (old, over), (full, over), ("0000-1111-2222", unknown)]
    for place, (code, sentence) in enumerate(said):
        late = bot.person(f"late{place}", locale=locale)
        await late.opens(code.replace("-", ""))
        assert sentence[locale] in late.sees()[0]
        assert "BuddyBot" in late.sees()[-1]


async def test_used_up_is_not_cancelled_yet(bot: TestBot) -> None:
    code = await code_of(bot, uses=10)
    for number in range(11):
        person = bot.person(f"guest{number}")
        await person.opens(code.replace("-", ""))
        assert (WELCOME in person.sees()[0]) is (number < 10)


async def test_coming_twice_costs_no_second_place(bot: TestBot) -> None:
    code = await code_of(bot, uses=10)
    ann = bot.person("ann")
    for _ in range(12):
        await ann.opens(code.replace("-", ""))
    assert "You came by an invite of" in ann.sees()[-2]
    for number in range(9):
        ben = bot.person(f"ben{number}")
        await ben.opens(code.replace("-", ""))
        assert WELCOME in ben.sees()[0]


async def test_in_the_middle_of_the_questions_an_invite_loses_no_answer(bot: TestBot) -> None:
    ann = bot.person("ann")
    await ann.says("hi")
    await ann.presses("Find a buddy")
    asked = ann.sees()[-1]
    await ann.says(f"/join {await code_of(bot)}")
    assert any(WELCOME in one for one in ann.sees())
    assert asked in ann.sees()[-1]


async def test_without_a_code_the_command_says_how(bot: TestBot) -> None:
    ann = bot.person("ann")
    await ann.says("/join")
    assert "You need no invite to be here" in ann.sees()[-1]


async def test_an_ended_programme_invites_nobody(bot: TestBot) -> None:
    code = await code_of(bot)
    assert await operate(bot, "programme-end", programme="harbour CLINIC") == {"name": CLINIC}
    ann = bot.person("ann")
    await ann.opens(code.replace("-", ""))
    assert "does not work any more" in ann.sees()[0]
    assert "has ended" in str((await operate(bot, "programme-invite", programme=CLINIC, uses=50, days=9))["fault"])
    assert "has ended already" in str((await operate(bot, "programme-end", programme=CLINIC))["fault"])
    assert "fault" not in await operate(bot, "programme-add", name=CLINIC)


async def test_neither_the_list_nor_the_audit_says_who_came_or_how_many(bot: TestBot) -> None:
    code = await code_of(bot)
    before = await operate(bot, "programme-list"), await bot.house.store.read(lambda tx: tx.audit.entries())
    for number in range(3):
        await bot.person(f"guest{number}").opens(code.replace("-", ""))
    after = await operate(bot, "programme-list"), await bot.house.store.read(lambda tx: tx.audit.entries())
    assert before == after
    assert [one.what for one in after[1]] == ["programme-add", "programme-invite"]
    assert all(CLINIC not in (one.item, one.detail) and code not in one.detail for one in after[1])


@pytest.mark.parametrize(
    ("request_name", "asked", "why"),
    [
        ("programme-add", {"name": " "}, "1 to 60 letters"),
        ("programme-add", {"name": CLINIC.upper()}, "already"),
        ("programme-invite", {"programme": CLINIC, "uses": 9, "days": 9}, "which of a few people came"),
        ("programme-invite", {"programme": CLINIC, "uses": 50, "days": 999}, "1 to 365 days"),
        ("programme-invite", {"programme": "Nowhere", "uses": 50, "days": 9}, "there is no programme 'Nowhere'"),
        ("programme-cancel", {"programme": CLINIC, "reference": "zz"}, "has no invite 'zz'"),
        ("programme-end", {"programme": "Nowhere"}, CLINIC),
    ],
)
async def test_what_an_operator_asks_wrongly_is_a_sentence(
    bot: TestBot, request_name: str, asked: dict[str, object], why: str
) -> None:
    await code_of(bot)
    assert why in str((await operate(bot, request_name, **asked))["fault"])
