"""Translator of effects: each becomes one call of the Bot API. Pure, so that tables and properties can test it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeAlias, assert_never

from telegram import InputFile
from telegram.constants import ReactionEmoji

from buddybot import adapter as core
from buddybot_telegram.addresses import chat_of, ephemeral_in, is_person, target
from buddybot_telegram.markup import DATE_TIME, Drawn, draw

Arguments: TypeAlias = Mapping[str, object]

REACTIONS = {emoji.value.replace("\N{VARIATION SELECTOR-16}", ""): emoji.value for emoji in ReactionEmoji}
# A tick that makes no sound. What was not passed on gets words from the core, and no tick.
TICKS = {core.Passage.PASSED_ON: ReactionEmoji.DOVE_OF_PEACE, core.Passage.WAITING: ReactionEmoji.OK_HAND_SIGN}
STYLES = {core.Purpose.HELP: "danger", core.Purpose.ERASE: "danger"}
MAIN = "primary"
"""The style of the button that most people come for."""
MOST_COPIED, MOST_BUTTONS, LONGEST_COPIED = 8, 100, 256
CHOSEN = "\N{CHECK MARK} "
ROW_CHARACTERS, ROW_BUTTONS = 32, 4
LONGEST_CAPTION = 1024 - 64
"""UTF-16 units under a file, less room for a word of the bot's own."""
NO_PREVIEW = {"is_disabled": True}


@dataclass(frozen=True, slots=True)
class ApiCall:
    """A method of the Bot API and its arguments."""

    endpoint: str
    arguments: Arguments = field(repr=False)


def in_pieces(delivery: core.Delivery) -> tuple[core.Delivery, ...]:
    """Return what must go out one after the other: what is said about a file may be longer than a caption."""
    effect = delivery.effect
    if not isinstance(effect, core.Send) or effect.content.document is None:
        return (delivery,)
    said = effect.content.text + effect.content.author
    if len(said.encode("utf-16-le", "surrogatepass")) // 2 <= LONGEST_CAPTION:
        return (delivery,)
    words = replace(effect.content, document=None, choices=())
    file = replace(effect.content, spans=(), author="")
    return tuple(replace(delivery, effect=core.Send(content, effect.note)) for content in (words, file))


def to_call(delivery: core.Delivery, repeat_note: str = "") -> ApiCall:
    """Return the call that carries this out. `repeat_note` marks a message that may have arrived already."""
    account = delivery.address.account
    message = None if ephemeral_in(delivery.message) else delivery.message
    there = {"chat_id": chat_of(account), "message_id": int(message or 0)}
    match delivery.effect:
        case core.Send(content):
            return _send(delivery, content, draw(content, repeat_note if delivery.repeat else ""))
        case core.Edit(_, content):
            return ApiCall("editMessageText", {**there, **body(content)})
        case core.Retract():
            return ApiCall("deleteMessage", there)
        case core.React(_, emoji):
            return _react(there, emoji, alone=is_person(account))
        case core.Mark(_, passage):
            return ApiCall("setMessageReaction", {**there, "reaction": _reaction(TICKS.get(passage, ""))})
        case core.Purge() | core.ThreadPost() | core.Restrict() | core.Admit() | core.Tune():
            raise AssertionError("what is done to a place has orders of its own")
        case unknown:
            assert_never(unknown)


def is_sign(call: ApiCall, effect: core.Effect) -> bool:
    """Return whether a reaction is shown as a message of its own."""
    return isinstance(effect, core.React) and call.endpoint == "sendMessage"


def within(call: ApiCall, thread: int) -> ApiCall:
    """Return the call that shows it in a topic of somebody's private chat."""
    return ApiCall(call.endpoint, {**call.arguments, "message_thread_id": thread})


def answering_nothing(call: ApiCall) -> ApiCall:
    """Return the call without the message that it answers."""
    return ApiCall(call.endpoint, {name: value for name, value in call.arguments.items() if name != "reply_parameters"})


def quoting_nothing(call: ApiCall) -> ApiCall:
    """Return the call without the quote of the message that it answers; itself where there is none."""
    answered = call.arguments.get("reply_parameters")
    if not isinstance(answered, dict) or "quote" not in answered:
        return call
    kept = {name: value for name, value in answered.items() if name != "quote"}
    return ApiCall(call.endpoint, {**call.arguments, "reply_parameters": kept})


def taken_back(call: ApiCall, words: str) -> ApiCall:
    """Return the call that empties a message that is too old to delete."""
    return ApiCall("editMessageText", {**call.arguments, "text": words})


def _send(delivery: core.Delivery, content: core.Content, drawn: Drawn) -> ApiCall:
    arguments: dict[str, object] = {**target(delivery.address.account), "protect_content": True}
    arguments["disable_notification"] = content.quiet
    if delivery.reply_to is not None and ephemeral_in(delivery.reply_to) is None:
        quote = {"quote": content.quote} if content.quote else {}
        arguments["reply_parameters"] = {**_reply(int(delivery.reply_to)), **quote}
    if content.media is not None:
        return _file(arguments, content.media, drawn)
    if (document := content.document) is None:
        return ApiCall("sendMessage", {**arguments, **body(content, drawn)})
    arguments |= {"caption": drawn.text, "caption_entities": drawn.entities, **_keyboard(content)}
    file = InputFile(document.payload, filename=document.name)
    if document.alt:
        return ApiCall("sendPhoto", {**arguments, "photo": file})
    arguments["document"] = file
    return ApiCall("sendDocument", arguments)


def _file(arguments: Arguments, media: core.MediaFile, drawn: Drawn) -> ApiCall:
    """Show a member's photo behind a spoiler, or a voice note, which plays at a tap; the names say nothing."""
    said = {**arguments, "caption": drawn.text, "caption_entities": drawn.entities}
    if media.kind == "photo":
        return ApiCall("sendPhoto", {**said, "photo": InputFile(media.data, filename="photo.jpg"), "has_spoiler": True})
    voice = InputFile(media.data, filename="voice.ogg")
    return ApiCall("sendVoice", {**said, "voice": voice, "duration": media.seconds})


def body(content: core.Content, drawn: Drawn | None = None) -> Arguments:
    """Return what a message shows."""
    drawn = drawn or draw(content)
    shown = {"text": drawn.text, "entities": drawn.entities, "link_preview_options": NO_PREVIEW}
    return {**shown, **_keyboard(content)}


def _react(there: Arguments, emoji: str, *, alone: bool) -> ApiCall:
    known = REACTIONS.get(emoji.replace("\N{VARIATION SELECTOR-16}", ""), "")
    if emoji and not known and alone:
        # Telegram lets a bot react with a short list only; any other sign becomes a silent reply, where few can see it.
        text = {"text": emoji, "disable_notification": True, "protect_content": True}
        reply = _reply(int(str(there["message_id"])))
        return ApiCall("sendMessage", {"chat_id": there["chat_id"], "reply_parameters": reply, **text})
    return ApiCall("setMessageReaction", {**there, "reaction": _reaction(known)})


def _reaction(emoji: str) -> Sequence[Arguments]:
    return [{"type": "emoji", "emoji": str(emoji)}] if emoji else []


def _reply(message: int) -> Arguments:
    return {"message_id": message, "allow_sending_without_reply": True}


def plainly(arguments: Arguments) -> Arguments:
    """Return arguments without what an older Bot API does not know: colours, buttons that copy, moments.

    Every one of these is said in words as well.
    """
    bare = dict(arguments)
    for name in ("entities", "caption_entities"):
        if isinstance(found := arguments.get(name), tuple):
            bare[name] = tuple(one for one in found if one["type"] != DATE_TIME)
    if isinstance(markup := arguments.get("reply_markup"), dict):
        rows = [[_plain_button(one) for one in row if "copy_text" not in one] for row in markup["inline_keyboard"]]
        bare["reply_markup"] = {**markup, "inline_keyboard": [row for row in rows if row]}
    return arguments if bare == arguments else bare


def _plain_button(button: Arguments) -> Arguments:
    return {name: value for name, value in button.items() if name != "style"}


def _keyboard(content: core.Content) -> Arguments:
    """Draw the numbers that a tap copies, and below them the choices."""
    choices = [(_label(choice), _pressed(choice)) for choice in content.choices]
    rows = [*_rows(_copied(content)), *_rows(choices)]
    return {"reply_markup": {"inline_keyboard": rows}} if rows else {}


def _rows(buttons: Sequence[tuple[str, Arguments]]) -> Sequence[Sequence[Arguments]]:
    """Put as many in a row as are read at a glance."""
    rows: list[list[Arguments]] = []
    room = 0
    for label, does in buttons:
        room -= len(label)
        if room < 0 or len(rows[-1]) == ROW_BUTTONS:
            rows.append([])
            room = ROW_CHARACTERS - len(label)
        rows[-1].append({"text": label, **does})
    return rows


def _copied(content: core.Content) -> Sequence[tuple[str, Arguments]]:
    """Return a button for each number to call or text: Telegram lets no link dial one, and nobody has to type it so."""
    numbers = dict.fromkeys(span.number for span in content.spans if 0 < len(span.number) <= LONGEST_COPIED)
    shown = list(numbers)[: min(MOST_COPIED, MOST_BUTTONS - len(content.choices))]
    return [(number, {"copy_text": {"text": number}}) for number in shown]


def _pressed(choice: core.Choice) -> Arguments:
    style = STYLES.get(choice.purpose, MAIN if choice.main else "")
    return {"callback_data": choice.token, **({"style": style} if style else {})}


def _label(choice: core.Choice) -> str:
    return CHOSEN + choice.label if choice.chosen else choice.label
