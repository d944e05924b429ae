import pytest
from buddybot_telegram.commands import by_word
from buddybot_telegram.inbound import UpdateReader
from hypothesis import given
from hypothesis import strategies as st
from telegram import Update

from buddybot.adapter import (
    COMMANDS,
    Command,
    Edited,
    Inbound,
    Invoked,
    Joined,
    Left,
    MessageId,
    Parameter,
    Place,
    Pressed,
    Reacted,
    Said,
)
from tests.telegram.objects import ATTACHMENTS, BOT_ID, ORIGINS, STRANGER, Json, bot_user
from tests.telegram.people import Person
from tests.telegram.world import ALWAYS, World

READER = UpdateReader("4242", by_word(COMMANDS))
GROUP: Json = {"id": -100500, "type": "supergroup", "title": "Room", "is_forum": True}


@pytest.fixture
def ann() -> Person:
    world = World(allowed=["message", "edited_message", "callback_query", "my_chat_member", *ALWAYS])
    return Person(world, "ann", 1000, "es")


def read(person: Person, reader: UpdateReader = READER) -> Inbound | None:
    return only(reader.read(update_of(person.world.pending[-1])))


def only(found: list[Inbound]) -> Inbound | None:
    return found[0] if found else None


def update_of(raw: Json) -> Update:
    return Update.de_json(raw, None)


def test_a_text_is_said_as_it_was_typed(ann: Person) -> None:
    note = ann.says("hello *there* <b>you</b>")

    event = read(ann)

    assert isinstance(event, Said)
    assert (event.text, event.message, event.reply_to, event.attachments) == (
        "hello *there* <b>you</b>",
        str(note.id),
        None,
        (),
    )


def test_the_origin_names_update_account_language_and_the_names_to_avoid(ann: Person) -> None:
    ann.says("hello")

    event = read(ann)

    assert event is not None
    assert (event.origin.event, event.origin.locale) == ("4242:501", "es")
    assert (event.origin.address.identity, event.origin.address.account) == ("4242", "1000")
    assert event.origin.names == ("Ann", "Annson", "Ann Annson", "ann_on_telegram")


def test_an_account_without_language_and_last_name_reads_as_english(ann: Person) -> None:
    for name in ("language_code", "last_name", "username"):
        del ann.user[name]
    ann.says("hello")

    event = read(ann)

    assert event is not None
    assert (event.origin.locale, event.origin.names) == ("en", ("Ann",))


def test_a_reply_names_the_message_it_answers(ann: Person) -> None:
    first = ann.world.say(ann.chat, ann.world.bot, "Otter: hi")
    ann.says("hi back", reply_to="Otter: hi")

    event = read(ann)

    assert isinstance(event, Said)
    assert event.reply_to == str(first.id)


def test_a_half_of_a_surrogate_pair_is_replaced(ann: Person) -> None:
    ann.says("broken")
    message = ann.world.pending[-1]["message"]
    assert isinstance(message, dict)
    message["text"] = "a\ud83d b"

    event = read(ann)

    assert isinstance(event, Said)
    assert event.text == "a\N{REPLACEMENT CHARACTER} b"


@pytest.mark.parametrize("kind", sorted(ATTACHMENTS))
def test_an_attachment_is_named_and_never_opened(ann: Person, kind: str) -> None:
    ann.sends(kind, caption="look")

    event = read(ann)

    assert isinstance(event, Said)
    assert kind in event.attachments
    assert event.text == "look"


def test_a_sticker_without_words_is_still_reported(ann: Person) -> None:
    ann.sends("sticker")

    event = read(ann)

    assert isinstance(event, Said)
    assert (event.text, event.attachments) == ("", ("sticker",))


@pytest.mark.parametrize("origin", sorted(ORIGINS))
def test_a_forward_is_named_whoever_wrote_it_first(ann: Person, origin: str) -> None:
    ann.forwards("/help someone else's words", origin)

    event = read(ann)

    assert isinstance(event, Said)
    assert event.attachments == ("forward",)


@pytest.mark.parametrize(
    ("typed", "command", "arguments"),
    [
        ("/find", "find", ()),
        ("/match", "find", ()),
        ("/SOS", "crisis", ()),
        ("/911 now", "crisis", ()),
        ("/pause 3", "pause", (("days", "3"),)),
        ("/quiet 10pm to 7am", "quiet", (("hours", "10pm to 7am"),)),
        ("/help@harbour_bot", "help", ()),
        ("/menu", "help", ()),
        ("/unsend", "unsend", ()),
        ("/crisis!", "crisis", ()),
        ("/crisis, please", "crisis", ()),
        ("/crisis\nplease", "crisis", ()),
        ("/crisis\u00a0now", "crisis", ()),
        ("/crisis@harbour_bot!", "crisis", ()),
        ("/pause:\n3", "pause", (("days", "3"),)),
    ],
)
def test_a_command_is_found_by_name_and_alias(
    ann: Person, typed: str, command: str, arguments: tuple[tuple[str, str], ...]
) -> None:
    ann.says(typed)

    event = read(ann)

    assert isinstance(event, Invoked)
    assert (event.command, event.arguments) == (command, arguments)


def test_the_last_of_two_parameters_takes_the_rest_and_a_hyphen_is_spelled_as_telegram_allows(ann: Person) -> None:
    command = Command("set-note", parameters=(Parameter("kind"), Parameter("words")))
    reader = UpdateReader("4242", by_word((command,)))
    ann.says("/set_note short two words ")

    event = read(ann, reader)

    assert isinstance(event, Invoked)
    assert (event.command, event.arguments) == ("set-note", (("kind", "short"), ("words", "two words")))


@pytest.mark.parametrize("typed", ["/nonsense", "say /find later", "/", "//find"])
def test_what_is_no_command_of_ours_is_said(ann: Person, typed: str) -> None:
    ann.says(typed)

    event = read(ann)

    assert isinstance(event, Said)
    assert event.text == typed


@pytest.mark.parametrize("payload", ["", "invite-123"])
def test_start_means_that_they_joined(ann: Person, payload: str) -> None:
    ann.starts(payload)

    assert isinstance(read(ann), Joined)


def test_unsend_as_a_reply_names_the_message(ann: Person) -> None:
    note = ann.says("too much")
    ann.says("/unsend", reply_to="too much")

    event = read(ann)

    assert isinstance(event, Invoked)
    assert dict(event.arguments)["message"] == str(note.id)


def test_report_as_a_reply_brings_the_exact_words_without_alias(ann: Person) -> None:
    note = ann.world.say(
        ann.chat, ann.world.bot, "Otter 🦦: text \N{FULLWIDTH COMMERCIAL AT}me or \N{DIVISION SLASH}go"
    )
    note.entities = [{"type": "bold", "offset": 0, "length": 8}, {"type": "spoiler", "offset": 10, "length": 4}]
    ann.says("/report", reply_to=note.text)

    event = read(ann)

    assert isinstance(event, Invoked)
    assert (event.command, dict(event.arguments)) == ("report", {"message": str(note.id), "text": "text @me or /go"})


def test_report_of_a_message_without_text_names_only_the_message(ann: Person) -> None:
    note = ann.sends("photo")
    ann.says("/report", reply_to="")
    message = ann.world.pending[-1]["message"]
    assert isinstance(message, dict)
    message["reply_to_message"] = note.json()

    event = read(ann)

    assert isinstance(event, Invoked)
    assert event.arguments == (("message", str(note.id)),)


def test_an_edit_brings_the_new_text(ann: Person) -> None:
    note = ann.says("helo")
    ann.edits("helo", "hello")

    event = read(ann)

    assert isinstance(event, Edited)
    assert (event.message, event.text) == (str(note.id), "hello")


def test_an_edit_without_text_is_nothing(ann: Person) -> None:
    ann.sends("location")
    ann.world.tell("edited_message", ann.notes()[-1].json())

    assert read(ann) is None


def test_a_press_brings_the_token_of_the_button(ann: Person) -> None:
    note = ann.world.say(ann.chat, ann.world.bot, "Ready?", keyboard=[[{"text": "Yes", "callback_data": "t-1"}]])
    ann.presses("Yes")

    event = read(ann)

    assert isinstance(event, Pressed)
    assert (event.tokens, event.message) == (("t-1",), str(note.id))


def test_a_press_under_a_message_too_old_to_be_shown_still_counts(ann: Person) -> None:
    note = ann.world.say(ann.chat, ann.world.bot, "Ready?")
    ann.presses_data("t-1", note)
    query = ann.world.pending[-1]["callback_query"]
    assert isinstance(query, dict)
    query["message"] = {"chat": ann.chat, "message_id": note.id, "date": 0}

    assert isinstance(read(ann), Pressed)


@pytest.mark.parametrize("missing", ["data", "message"])
def test_a_press_without_data_or_message_is_nothing(ann: Person, missing: str) -> None:
    ann.presses_data("t-1", ann.says("x"))
    query = ann.world.pending[-1]["callback_query"]
    assert isinstance(query, dict)
    del query[missing]

    assert read(ann) is None


@pytest.mark.parametrize(
    ("reactions", "emoji"),
    [
        ([{"type": "emoji", "emoji": "👍"}], "👍"),
        ([{"type": "emoji", "emoji": "👍"}, {"type": "emoji", "emoji": "❤"}], "❤"),
        ([{"type": "custom_emoji", "custom_emoji_id": "77"}], ""),
        ([{"type": "paid"}], ""),
        ([], ""),
    ],
)
def test_a_reaction_brings_its_newest_plain_emoji(ann: Person, reactions: list[Json], emoji: str) -> None:
    note = ann.says("hi")
    ann.reacts("hi", "👍")
    change = ann.world.pending[-1]["message_reaction"]
    assert isinstance(change, dict)
    change["new_reaction"] = reactions

    event = read(ann)

    assert isinstance(event, Reacted)
    assert (event.message, event.emoji) == (MessageId(str(note.id)), emoji)


def test_blocking_the_bot_means_that_they_left(ann: Person) -> None:
    ann.blocks()

    assert isinstance(read(ann), Left)


def test_unblocking_alone_is_nothing_for_start_follows(ann: Person) -> None:
    ann.unblocks()

    assert read(ann) is None


def _message(**fields: object) -> Json:
    return {"message_id": 1, "date": 1, "text": "x", **fields}


@pytest.mark.parametrize(
    "kind",
    [
        {"message": _message(chat=GROUP, **{"from": STRANGER})},
        {"message": _message(chat=GROUP, sender_chat=GROUP, **{"from": {**STRANGER, "is_bot": True}})},
        {"message": _message(chat={"id": 9, "type": "private"}, **{"from": bot_user()})},
        {"edited_message": _message(chat=GROUP, **{"from": STRANGER})},
        {"channel_post": _message(chat={"id": -1009, "type": "channel", "title": "News"})},
        {"message": _message(chat={"id": 9, "type": "private"}, text=None, new_chat_title="x", **{"from": STRANGER})},
        {
            "pre_checkout_query": {
                "id": "1",
                "from": STRANGER,
                "currency": "XTR",
                "total_amount": 1,
                "invoice_payload": "",
            }
        },
        {"some_kind_of_next_year": {}},
        {
            "message_reaction": {
                "chat": GROUP,
                "message_id": 1,
                "date": 1,
                "actor_chat": GROUP,
                "old_reaction": [],
                "new_reaction": [],
            }
        },
    ],
)
def test_groups_that_are_no_places_channels_bots_and_the_unknown_are_nothing(kind: Json) -> None:
    assert READER.read(update_of({"update_id": 1, **kind})) == []


def test_a_change_of_somebody_else_in_a_private_chat_is_nothing(ann: Person) -> None:
    ann.blocks()
    change = ann.world.pending[-1].pop("my_chat_member")
    ann.world.pending[-1]["chat_member"] = change

    assert read(ann) is None


def test_the_bot_knows_its_own_number_from_the_token() -> None:
    assert World().token.startswith(f"{BOT_ID}:")


PLACES = (Place("lobby", "-100500/7"), Place("hall", "-7"))
SENDERS: tuple[Json, ...] = (
    {},
    {"sender_chat": GROUP},
    {"sender_chat": {"id": -1009, "type": "channel", "title": "News"}},
    {"sender_chat": {"id": -1009, "type": "channel", "title": "News"}, "is_automatic_forward": True},
)


@given(
    chat=st.sampled_from([GROUP, {"id": -7, "type": "group", "title": "Hall"}, {"id": -8, "type": "group"}]),
    thread=st.sampled_from([{}, {"message_thread_id": 7}, {"message_thread_id": 7, "is_topic_message": True}]),
    kind=st.sampled_from([{}, *({name: value} for name, value in ATTACHMENTS.items())]),
    sender=st.sampled_from(SENDERS),
    text=st.one_of(st.none(), st.text(max_size=20)),
    edited=st.booleans(),
)
def test_whatever_is_written_in_a_group_is_told_once_of_a_place_of_ours_or_not_at_all(
    *, chat: Json, thread: Json, kind: Json, sender: Json, text: str | None, edited: bool
) -> None:
    field = "edited_message" if edited else "message"
    words: Json = {} if text is None else {"caption" if kind else "text": text}
    body: Json = {"message_id": 3, "date": 1, "chat": chat, "from": STRANGER, **thread, **kind, **sender, **words}
    found = UpdateReader("4242", by_word(COMMANDS), lambda: PLACES).read(
        update_of({"update_id": 1, field: body}), ("moderator",)
    )
    assert len(found) <= 1
    for event in found:
        assert isinstance(event, Said | Edited)
        assert event.origin.place in PLACES
        assert event.origin.address.account in {"9", "-1009"}
        assert (chat["id"] == -7) != ("is_topic_message" in thread and chat is GROUP)
        assert isinstance(event, Said) or event.text
