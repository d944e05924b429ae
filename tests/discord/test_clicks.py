"""Commands, buttons, lists and forms."""

import pytest

from buddybot.adapter import Choice, Content, FieldKind, Form, FormField, FormOption, Invoked, Pressed, Span
from tests.discord.faults import Fault
from tests.discord.house import House, Notebook, open_house, text
from tests.discord.modals import fields_of
from tests.discord.wire import Wire, until


async def test_a_button_reports_its_token_and_is_answered_at_once(wire: Wire, house: House) -> None:
    ann = wire.person("ann", locale="es-419")
    shown = await house.shows(ann, text("ready?", "yes", "no"))
    click = await ann.presses("yes")
    await until(lambda: click.answers)
    (event,) = house.inbox.events
    assert isinstance(event, Pressed)
    assert (event.tokens, event.message, event.origin.locale) == (("t-yes",), shown, "es-419")
    assert [each["type"] for each in click.answers] == [6]


async def test_a_double_click_is_two_presses_of_one_token(wire: Wire, house: House) -> None:
    ann = wire.person("ann")
    await house.shows(ann, text("ready?", "yes"))
    await ann.presses("yes", times=2)
    await until(lambda: len(house.inbox.events) == 2)
    assert {each.tokens for each in house.inbox.events if isinstance(each, Pressed)} == {("t-yes",)}


async def test_a_button_made_before_a_restart_still_works(wire: Wire) -> None:
    ann, inbox = wire.person("ann"), Notebook()
    async with open_house(wire, inbox) as before:
        await before.shows(ann, text("ready?", "yes"))
    async with open_house(wire, inbox):
        click = await ann.presses("yes")
        await until(lambda: click.answers)
    assert [each.tokens for each in inbox.events if isinstance(each, Pressed)] == [("t-yes",)]


async def test_a_list_reports_all_that_were_ticked(wire: Wire, house: House) -> None:
    ann = wire.person("ann")
    choices = tuple(Choice(f"t-{name}", name, chosen=name == "sleep") for name in ("sleep", "family", "work"))
    await house.shows(ann, Content((Span("what weighs on you?"),), choices=choices, many=True, limit=2))
    await ann.chooses("family", "work")
    await until(lambda: house.inbox.events)
    assert [each.tokens for each in house.inbox.events if isinstance(each, Pressed)] == [("t-family", "t-work")]


async def test_a_long_label_makes_a_list_of_one(wire: Wire, house: House) -> None:
    ann = wire.person("ann")
    await house.shows(ann, text("which?", "x" * 81, "short"))
    await ann.chooses("short")
    await until(lambda: house.inbox.events)
    assert [each.tokens for each in house.inbox.events if isinstance(each, Pressed)] == [("t-short",)]


async def test_a_slash_command_in_private_comes_with_its_arguments_and_leaves_nothing_behind(
    wire: Wire, house: House
) -> None:
    click = await wire.person("ann").uses("buddy pause", days="3")
    await until(lambda: len(click.answers) == 2)
    (event,) = house.inbox.events
    assert isinstance(event, Invoked)
    assert (event.command, event.arguments) == ("pause", (("days", "3"),))
    assert [each["type"] for each in click.answers] == [5, "deleted"]


@pytest.mark.parametrize(
    ("locale", "words"), [("es-ES", "Te escribí en privado."), ("fr", "I wrote to you in private.")]
)
async def test_a_slash_command_in_a_server_is_answered_for_the_callers_eyes(
    wire: Wire, house: House, locale: str, words: str
) -> None:
    ann = wire.person("ann", locale)
    await ann.uses("help", guild=True)
    await until(ann.whispers)
    assert ann.whispers() == [words]
    assert ann.clicks[0].shown[0].flags & 64
    assert [each.command for each in house.inbox.events if isinstance(each, Invoked)] == ["help"]


async def test_what_is_private_is_not_done_in_a_server(wire: Wire, house: House) -> None:
    ann = wire.person("ann")
    await ann.uses("me export", guild=True)
    await until(ann.whispers)
    assert ann.whispers() == ["Ask me that in private."]
    assert house.inbox.events == []


async def test_a_message_is_reported_through_a_form_that_outlives_a_restart(wire: Wire) -> None:
    ann, inbox = wire.person("ann"), Notebook()
    async with open_house(wire, inbox) as house:
        await house.shows(ann, "a nasty note")
        form = await ann.opens_report(ann.inbox()[0])
        await until(lambda: form.answers)
    async with open_house(wire, inbox):
        sent = await ann.submits(form, " it was rude ")
        await until(lambda: len(sent.answers) == 2)
        await ann.submits(form, "like this", legacy=True)
        await until(lambda: len(inbox.events) == 2)
    new, old = [each for each in inbox.events if isinstance(each, Pressed)]
    assert {(each.tokens, each.message) for each in (new, old)} == {(("form.report",), str(ann.inbox()[0].id))}
    assert (new.text, new.answers) == ("it was rude", (("words", (" it was rude ",)),))
    assert old.text == "like this"


async def test_where_no_form_opens_the_press_is_reported_as_any_other(wire: Wire, house: House) -> None:
    house.library.forms["form.report"] = house.library.forms["t.gone"] = None
    ann = wire.person("ann")
    await house.shows(ann, Content((Span("a note"),), choices=(Choice("t.gone", "Mute", form=True),)))
    click = await ann.presses("Mute")
    await until(lambda: click.answers)
    menu = await ann.opens_report(ann.inbox()[0])
    await until(lambda: len(menu.answers) == 2)
    press, report = [each for each in house.inbox.events if isinstance(each, Pressed)]
    assert (press.tokens, press.answers) == (("t.gone",), ())
    assert (report.tokens, report.message, report.answers) == (("form.report",), str(ann.inbox()[0].id), ())


async def test_a_form_that_takes_too_long_to_make_is_asked_step_by_step(wire: Wire, house: House) -> None:
    house.library.slow.clear()
    ann = wire.person("ann")
    await house.shows(ann, Content((Span("a note"),), choices=(Choice("t.slow", "Mute", form=True),)))
    click = await ann.presses("Mute")
    await until(lambda: house.inbox.events)
    await until(lambda: click.answers)
    assert [each["type"] for each in click.answers] == [6]


EVERY_KIND = Form(
    "T" * 60,
    (
        FormField("few", "L" * 60, FieldKind.ONE, "h" * 120, tuple(FormOption(n, n, "x" * 120) for n in "ab")),
        FormField("long", "Rule", FieldKind.ONE, options=tuple(FormOption(str(n), f"{n}" * 60) for n in range(1, 13))),
        FormField(
            "boxes",
            "Some",
            FieldKind.SEVERAL,
            options=(FormOption("y", "y", chosen=True), FormOption("z", "z")),
            most=2,
        ),
        FormField(
            "many",
            "Many",
            FieldKind.SEVERAL,
            options=tuple(FormOption(f"m{n}", "m") for n in range(25)),
            required=False,
        ),
        FormField("why", "Why", long=True, shortest=2, longest=9000, given="w" * 5000),
    ),
)


async def test_each_kind_of_field_is_drawn_within_discords_limits_and_comes_back_by_its_name(
    wire: Wire, house: House
) -> None:
    house.library.forms["t.all"] = EVERY_KIND
    ann = wire.person("ann")
    await house.shows(ann, Content((Span("a note"),), choices=(Choice("t.all", "Open", form=True),)))
    form = await ann.presses("Open")
    await until(lambda: form.answers)
    drawn = form.answers[0]["data"]
    assert isinstance(drawn, dict)
    kinds = {name: part["type"] for name, part in fields_of(drawn).items()}
    assert kinds == {"few": 21, "long": 3, "boxes": 22, "many": 3, "why": 4}
    sent = await ann.submits(form, "<@77> because\nof *this*", few="b", long="12", boxes=["y", "z"], many=[])
    await until(lambda: sent.answers)
    (event,) = house.inbox.events
    assert isinstance(event, Pressed)
    assert event.text == "@… because\nof *this*"
    assert dict(event.answers) == {
        "few": ("b",),
        "long": ("12",),
        "boxes": ("y", "z"),
        "many": (),
        "why": (event.text,),
    }


async def test_a_form_with_more_fields_than_discord_takes_is_not_opened(wire: Wire, house: House) -> None:
    house.library.forms["t.six"] = Form("six", tuple(FormField(f"f{n}", "x") for n in range(6)))
    ann = wire.person("ann")
    await house.shows(ann, Content((Span("a note"),), choices=(Choice("t.six", "Open", form=True),)))
    click = await ann.presses("Open")
    await until(lambda: click.answers)
    assert [each["type"] for each in click.answers] == [6]
    assert [each.tokens for each in house.inbox.events if isinstance(each, Pressed)] == [("t.six",)]


async def test_a_form_of_somebody_else_and_an_unknown_kind_of_click_change_nothing(wire: Wire, house: House) -> None:
    ann = wire.person("ann")
    form = await ann.opens_report(await ann.says("x", live=False))
    await until(lambda: form.answers)
    drawn = form.answers[0]["data"]
    assert isinstance(drawn, dict)
    form.answers[0]["data"] = drawn | {"custom_id": "other:1"}
    sent = await ann.submits(form, "words")
    await until(lambda: len(sent.answers) == 2)
    assert house.inbox.events == []


async def test_recording_that_takes_long_is_answered_before_it_is_done(wire: Wire, house: House) -> None:
    ann = wire.person("ann")
    await house.shows(ann, text("ready?", "yes"))
    house.inbox.slow.clear()
    click = await ann.presses("yes")
    await until(lambda: click.answers)
    assert house.inbox.events == []
    house.inbox.slow.set()
    await until(lambda: house.inbox.events)


async def test_a_click_that_can_no_longer_be_answered_is_recorded_all_the_same(wire: Wire, house: House) -> None:
    ann = wire.person("ann")
    await house.shows(ann, text("ready?", "yes"))
    wire.fails(Fault("POST /api/interactions/.*", status=404, code=10062))
    await ann.presses("yes")
    await until(lambda: wire.asked("POST", "/callback"))
    assert len(house.inbox.events) == 1
    await ann.says("still there?")
    await until(lambda: len(house.inbox.events) == 2)


async def test_commands_are_told_to_discord_when_they_changed_and_not_at_every_start(wire: Wire) -> None:
    ann, inbox = wire.person("ann"), Notebook()
    for _ in range(2):
        async with open_house(wire, inbox):
            click = await ann.uses("help")
            await until(lambda: len(click.answers) == 2)
    assert len(wire.asked("PUT", "/commands")) == 1
