"""Forms, answers for one person's eyes, texts handed over, suggestions, reports: what people press in a server."""

from collections.abc import AsyncIterator

import pytest

from buddybot.adapter import SHARED, Choice, Content, Invoked, NoteId, Pressed, Send, Span, Style, Voice
from tests.discord.faults import Fault
from tests.discord.house import Notebook, sending, text
from tests.discord.town import NIGHTS, STAFF, Town, open_town
from tests.discord.wire import Wire, until


@pytest.fixture
async def town(wire: Wire) -> AsyncIterator[Town]:
    async with open_town(wire) as opened:
        yield opened


async def test_words_come_through_a_form_and_nobody_sees_who_wrote_them(town: Town) -> None:
    ann, nights = await town.person("ann"), town.room("nights")
    form = await ann.presses("Write", room=nights)
    await until(lambda: form.answers)
    assert form.answers[0]["type"] == 9
    assert "Write" in str(form.answers[0]["data"])
    sent = await ann.submits(form, "it is <@123> late")
    await until(lambda: sent.answers)
    (event,) = [each for each in town.inbox.events if isinstance(each, Pressed)]
    assert (event.tokens, event.text, event.message) == (
        ("channel.nights.write",),
        "it is @… late",
        str(nights.pins[0]),
    )
    assert event.origin.place is not None
    assert event.origin.place.key == "nights"
    assert event.origin.address.account == str(ann.user.id)
    assert sent.answers[0]["type"] == 6


async def test_a_form_opened_before_a_restart_is_taken_after_it(wire: Wire) -> None:
    inbox = Notebook()
    async with open_town(wire, inbox, (NIGHTS,)) as town:
        ann = await town.person("ann")
        form = await ann.presses("Write", room=town.room("nights"))
        await until(lambda: form.answers)
    async with open_town(wire, inbox, (NIGHTS,)):
        await ann.submits(form, "still here")
        await until(lambda: any(isinstance(each, Pressed) and each.text == "still here" for each in inbox.events))


async def test_an_answer_button_names_the_post_that_it_stands_under(town: Town) -> None:
    answer = (Choice("channel.nights.write", "Answer", form=True),)
    made = await town.does("nights", Send(Content((Span("hi"),), Voice.MEMBER, "Elm", answer), NoteId("n")))
    ann = await town.person("ann")
    form = await ann.presses("Answer", room=town.room("nights"))
    await until(lambda: form.answers)
    await ann.submits(form, "hello")
    await until(lambda: [each for each in town.inbox.events if isinstance(each, Pressed)])
    assert [each.message for each in town.inbox.events if isinstance(each, Pressed)] == [made]


async def test_the_answer_to_a_press_is_for_their_eyes_where_they_pressed_and_goes_on_in_private(town: Town) -> None:
    ann, nights = await town.person("ann"), town.room("nights")
    click = await ann.presses("Help", room=nights)
    await until(lambda: click.answers)
    shown = await town.house.shows(ann, text("what happened?", "more"))
    assert ann.whispers() == ["what happened?"]
    assert click.shown[0].flags & 64
    assert str(click.shown[0].id) == shown
    assert ann.sees() == []
    again = await ann.presses("more")
    await until(lambda: again.answers)
    await town.house.shows(ann, "the rest")
    assert ann.whispers()[1:] == ["I wrote to you in private."]
    assert ann.sees() == ["the rest"]


async def test_help_in_a_crisis_is_shown_at_once_and_kept_in_private_too(town: Town) -> None:
    ann = await town.person("ann")
    await ann.presses("Help", room=town.room("nights"))
    await until(lambda: [each for each in town.inbox.events if isinstance(each, Pressed)])
    await town.house.shows(ann, text("call 988", voice=Voice.CRISIS))
    assert (ann.whispers(), ann.sees()) == (["call 988"], ["call 988"])


async def test_words_of_others_documents_and_late_answers_come_in_private(town: Town) -> None:
    ann = await town.person("ann")
    click = await ann.presses("Help", room=town.room("nights"))
    await until(lambda: click.answers)
    await town.house.shows(ann, Content((Span("hello"),), Voice.MEMBER, "Elm"))
    town.wire.fails(Fault("POST /api/webhooks/.*", status=404, code=10015))
    await town.house.shows(ann, "too late")
    await town.house.adapter.deliver(sending(ann, "again", repeat=1))
    assert ann.whispers() == []
    assert ann.sees() == ["**Elm:** hello", "too late", "again"]


async def test_texts_that_a_buddy_sent_are_handed_over_newest_last(town: Town) -> None:
    ann = await town.person("ann")
    for number in range(1, 5):
        await town.house.shows(ann, Content((Span(f"no. {number} *x*"),), Voice.MEMBER, "Slow River"))
        await town.house.shows(ann, "**what** the bot says")
        await ann.says("mine")
    hidden = Content((Span("between", Style.HIDDEN),), Voice.MEMBER, "Slow River")
    await town.house.shows(ann, hidden)
    share = (Choice("report.r.six", "And 2 before", share=3), Choice("report.r.one", "This", share=1))
    await town.house.shows(ann, Content((Span("share?"),), choices=share))
    for label in ("And 2 before", "This"):
        await ann.presses(label)
    await until(lambda: len([each for each in town.inbox.events if isinstance(each, Pressed)]) == 2)
    six, one = [each for each in town.inbox.events if isinstance(each, Pressed)]
    assert (six.tokens, six.text) == (("report.r.six",), SHARED.join(("no. 3 *x*", "no. 4 *x*", "between")))
    assert (one.tokens, one.text) == (("report.r.one",), "between")


async def test_what_may_stand_in_a_parameter_is_suggested(town: Town) -> None:
    ann = await town.person("ann")
    click = await ann.types("mod claim", town.room("lobby"), "case", "ab")
    await until(lambda: click.answers)
    assert click.answers[0]["data"] == {"choices": [{"name": "P1 Tall Pine (threats)", "value": "ab12cd34"}]}
    assert town.library.asked == [(str(ann.user.id), "claim case", "ab")]


async def test_a_command_in_the_moderators_channel_carries_place_and_role(town: Town) -> None:
    mod, ann = await town.person("mo", await town.role("Mods")), await town.person("ann")
    for who in (mod, ann):
        await who.uses("mod queue", room=town.room("staff"))
    await until(lambda: len(town.origins(Invoked)) == 2)
    assert [origin.roles for origin in town.origins(Invoked)] == [("moderator",), ()]
    assert {origin.place and origin.place.key for origin in town.origins(Invoked)} == {"staff"}
    await until(mod.whispers)
    assert mod.whispers() == ["Only you see what follows."]


async def test_an_alert_is_claimed_by_its_button(wire: Wire) -> None:
    async with open_town(wire, channels=(STAFF,)) as town:
        claim = Content((Span("P0: Tall Pine"),), choices=(Choice("mod.ab12cd34.claim", "Claim"),))
        made = await town.does("staff", Send(claim))
        mods = await town.role("Mods")
    async with open_town(wire, channels=(STAFF,)) as town:
        mod = await town.person("mo", mods)
        await mod.presses("Claim", room=town.room("staff"))
        await until(lambda: town.origins(Pressed))
    (event,) = [each for each in town.inbox.events if isinstance(each, Pressed)]
    assert (event.tokens, event.message, event.origin.roles) == (("mod.ab12cd34.claim",), made, ("moderator",))


async def test_a_message_in_a_channel_is_reported_from_its_menu_also_where_no_form_opens(town: Town) -> None:
    town.library.forms["form.report"] = None
    ann = await town.person("ann")
    made = await town.does("nights", Send(Content((Span("nasty"),), Voice.MEMBER, "Elm"), NoteId("n")))
    await ann.opens_report(town.wire.world.written[int(made)], room=town.room("nights"))
    await until(lambda: town.origins(Pressed))
    (event,) = [each for each in town.inbox.events if isinstance(each, Pressed)]
    assert (event.tokens, event.message) == (("form.report",), made)
    assert event.origin.place is not None


async def test_moderators_entries_are_of_their_server_and_say_on_what_they_were_used(town: Town) -> None:
    mod, ann = await town.person("mo", await town.role("Mods")), await town.person("ann")
    made = await town.does("nights", Send(Content((Span("sour"),), Voice.MEMBER, "Elm"), NoteId("n")))
    shown, nights = town.wire.world.written[int(made)], town.room("nights")
    for name in ("Take down", "Look up alias", "Open case"):
        assert all(each["name"] != name for each in town.wire.world.commands)
    town.library.forms |= dict.fromkeys(("form.takedown", "form.lookup", "form.case"))
    for name in ("Take down", "Look up alias", "Open case"):
        await mod.opens_menu(name, shown, nights)
    town.library.forms[f"form.{ann.user.id}.person"] = None
    await mod.opens_menu("Report person", ann, nights)
    await until(lambda: len(town.origins(Pressed)) == 4)
    pressed = [(each.tokens[0], each.message) for each in town.inbox.events if isinstance(each, Pressed)]
    assert pressed == [
        ("form.takedown", made),
        ("form.lookup", made),
        ("form.case", made),
        (f"form.{ann.user.id}.person", None),
    ]
    assert {origin.roles for origin in town.origins(Pressed)} == {("moderator",)}


async def test_what_is_suggested_too_late_is_an_empty_list(town: Town) -> None:
    ann = await town.person("ann")
    town.library.slow.clear()
    click = await ann.types("mod claim", town.room("lobby"), "case", "ab")
    await until(lambda: click.answers)
    assert click.answers[0]["data"] == {"choices": []}


async def test_a_list_opens_a_form_too_and_names_it_after_what_was_chosen(town: Town) -> None:
    ann = await town.person("ann")
    choices = (Choice("channel.nights.write", "Nights " + "x" * 80, form=True), Choice("t", "Not now"))
    await town.house.shows(ann, Content((Span("Where?"),), choices=choices))
    form = await ann.chooses("Nights " + "x" * 80)
    await until(lambda: form.answers)
    assert form.answers[0]["type"] == 9
    assert "Nights xxx" in str(form.answers[0]["data"])
    sent = await ann.submits(form, "from the private chat")
    await until(lambda: len(sent.answers) == 2)
    (event,) = [each for each in town.inbox.events if isinstance(each, Pressed)]
    assert (event.tokens, event.text, event.origin.place) == (("channel.nights.write",), "from the private chat", None)


async def test_who_goes_on_in_private_is_answered_there(town: Town) -> None:
    ann = await town.person("ann")
    click = await ann.presses("Help", room=town.room("nights"))
    await until(lambda: click.answers)
    await ann.says("let us talk here")
    await until(town.inbox.texts)
    await town.house.shows(ann, text("gladly", "ok"))
    again = await ann.presses("Help", room=town.room("nights"))
    await until(lambda: again.answers)
    private = await ann.presses("ok")
    await until(lambda: private.answers)
    await town.house.shows(ann, "then we go on")
    assert ann.sees() == ["gladly", "then we go on"]
    assert ann.whispers() == []
