import pytest
from buddybot_telegram.outbound import ROW_BUTTONS, ApiCall, taken_back, to_call
from hypothesis import given
from hypothesis import strategies as st
from telegram import InputFile
from telegram.constants import ReactionEmoji

from buddybot.adapter import (
    Address,
    Choice,
    Content,
    Delivery,
    Document,
    Edit,
    Effect,
    Mark,
    MessageId,
    NoteId,
    Passage,
    React,
    Retract,
    Send,
    Span,
    Style,
)

NOTE = NoteId("n")


def call(effect: Effect, *, reply_to: str = "", repeat: bool = False) -> ApiCall:
    reply = MessageId(reply_to) if reply_to else None
    there = Address("telegram", "4242", "1000")
    return to_call(Delivery(1, there, effect, MessageId("7"), reply, repeat), "(may be a repeat)")


def rows(made: ApiCall) -> list[list[str]]:
    markup = made.arguments["reply_markup"]
    assert isinstance(markup, dict)
    return [[button["text"] for button in row] for row in markup["inline_keyboard"]]


def test_a_message_is_protected_audible_plain_and_without_preview() -> None:
    made = call(Send(Content((Span("hi"),))))

    assert made.endpoint == "sendMessage"
    assert made.arguments == {
        "chat_id": 1000,
        "text": "hi",
        "entities": (),
        "protect_content": True,
        "disable_notification": False,
        "link_preview_options": {"is_disabled": True},
    }


def test_a_quiet_message_makes_no_sound() -> None:
    assert call(Send(Content((Span("hi"),), quiet=True))).arguments["disable_notification"] is True


def test_hidden_text_is_a_spoiler() -> None:
    made = call(Send(Content((Span("About loss. "), Span("He died.", Style.HIDDEN)))))

    assert made.arguments["entities"] == ({"type": "spoiler", "offset": 12, "length": 8},)


def test_an_answer_is_sent_even_if_the_other_message_is_gone() -> None:
    made = call(Send(Content((Span("hi"),))), reply_to="5")

    assert made.arguments["reply_parameters"] == {"message_id": 5, "allow_sending_without_reply": True}


def test_only_a_repeat_is_marked() -> None:
    effect = Send(Content((Span("hi"),)))

    assert call(effect, repeat=True).arguments["text"] == "hi\n(may be a repeat)"
    assert call(effect).arguments["text"] == "hi"
    assert call(Edit(NOTE, effect.content), repeat=True).arguments["text"] == "hi"


def test_short_choices_share_a_row_and_long_ones_stand_alone() -> None:
    labels = ("Yes", "No", "I would rather not say that", "a" * 60, "1", "2", "3", "4", "5")
    made = call(Send(Content((Span("?"),), choices=tuple(Choice(f"t{n}", word) for n, word in enumerate(labels)))))

    assert rows(made) == [
        ["Yes", "No", "I would rather not say that"],
        ["a" * 60],
        ["1", "2", "3", "4"],
        ["5"],
    ]


def test_a_chosen_choice_is_ticked() -> None:
    made = call(Edit(NOTE, Content((Span("?"),), choices=(Choice("a", "Music", chosen=True), Choice("b", "Walks")))))

    assert made.endpoint == "editMessageText"
    assert rows(made) == [["✓ Music", "Walks"]]


@given(st.lists(st.builds(Choice, st.text(), st.text(min_size=1, max_size=70), st.booleans()), max_size=25))
def test_no_choice_is_lost_or_moved_by_the_layout(choices: list[Choice]) -> None:
    made = call(Send(Content((Span("?"),), choices=tuple(choices))))
    markup = made.arguments.get("reply_markup", {"inline_keyboard": []})
    assert isinstance(markup, dict)
    keyboard = markup["inline_keyboard"]

    assert [button["callback_data"] for row in keyboard for button in row] == [choice.token for choice in choices]
    assert all(1 <= len(row) <= ROW_BUTTONS for row in keyboard)


def test_a_picture_goes_as_a_photo_with_its_words_as_caption() -> None:
    document = Document("my-weeks.png", "image/png", data=b"\x89PNG", alt="one row")
    made = call(Send(Content((Span("Your weeks."),), document=document)))

    file = made.arguments["photo"]
    assert isinstance(file, InputFile)
    assert (made.endpoint, file.filename, file.input_file_content) == ("sendPhoto", "my-weeks.png", b"\x89PNG")
    assert made.arguments["caption"] == "Your weeks."


def test_a_document_goes_as_a_file_with_its_text_as_caption() -> None:
    document = Document("my-data.json", "application/json", "{}")
    made = call(Send(Content((Span("Your copy."),), document=document, choices=(Choice("t", "Done"),))))

    file = made.arguments["document"]
    assert isinstance(file, InputFile)
    assert (made.endpoint, file.filename, file.input_file_content) == ("sendDocument", "my-data.json", b"{}")
    assert made.arguments["caption"] == "Your copy."
    assert rows(made) == [["Done"]]


def test_taking_back_deletes_and_empties_what_is_too_old() -> None:
    made = call(Retract(NOTE))

    assert (made.endpoint, made.arguments) == ("deleteMessage", {"chat_id": 1000, "message_id": 7})
    assert taken_back(made, "gone") == ApiCall("editMessageText", {"chat_id": 1000, "message_id": 7, "text": "gone"})


@pytest.mark.parametrize("emoji", [emoji.value for emoji in ReactionEmoji])
def test_every_reaction_telegram_allows_is_put_as_one(emoji: str) -> None:
    made = call(React(NOTE, emoji))

    assert made.endpoint == "setMessageReaction"
    assert made.arguments["reaction"] == [{"type": "emoji", "emoji": emoji}]


@pytest.mark.parametrize("emoji", ["❤\N{VARIATION SELECTOR-16}", "❤"])
def test_a_heart_is_a_heart_with_or_without_its_selector(emoji: str) -> None:
    assert call(React(NOTE, emoji)).arguments["reaction"] == [{"type": "emoji", "emoji": "❤"}]


def test_another_reaction_becomes_a_silent_reply() -> None:
    made = call(React(NOTE, "🫂"))

    assert made.endpoint == "sendMessage"
    assert made.arguments == {
        "chat_id": 1000,
        "text": "🫂",
        "disable_notification": True,
        "protect_content": True,
        "reply_parameters": {"message_id": 7, "allow_sending_without_reply": True},
    }


def test_an_empty_reaction_takes_it_away() -> None:
    assert call(React(NOTE, "")).arguments["reaction"] == []


@pytest.mark.parametrize(
    ("passage", "ticks"), [(Passage.PASSED_ON, ["🕊"]), (Passage.WAITING, ["👌"]), (Passage.NOT_SENT, [])]
)
def test_what_became_of_a_note_is_a_quiet_tick(passage: Passage, ticks: list[str]) -> None:
    made = call(Mark(NOTE, passage))

    assert made.endpoint == "setMessageReaction"
    assert made.arguments["reaction"] == [{"type": "emoji", "emoji": tick} for tick in ticks]


def test_a_call_never_shows_what_it_says() -> None:
    assert "canary" not in repr(call(Send(Content((Span("canary"),)))))
