"""Inbound half of the moderator relay: which of a person's words go to the moderator, and how they end it."""

from dataclasses import replace

from buddybot.domain.dialog.questions import Unfit
from buddybot.domain.kernel.messages import Content, MessageId, Span
from buddybot.domain.kernel.plaintext import plain
from buddybot.domain.kernel.tokens import Token
from buddybot.domain.moderation.cases import Case
from buddybot.domain.moderation.desk import LineKind
from buddybot.domain.people.members import Member, Talk
from buddybot.service.kernel import conversations, staff
from buddybot.service.kernel.turn import MODERATOR, Asking, Turn
from buddybot.service.moderation import casework, conflicts
from buddybot.service.moderation.voice import speaking, talks
from buddybot.store.kernel.timers import Timer


def answered(turn: Turn, member: Member, reply_to: MessageId | None) -> Case | None:
    """Return the case of the message that this one replies to."""
    receipt = turn.tx.receipts.of_message(member.id, reply_to) if reply_to else None
    case = None if receipt is None else talks.case_of_note(turn, receipt.note)
    return case if case is not None and (case.about != member.id or talks.is_talk_open(turn, case)) else None


def pass_to_moderator(turn: Turn, member: Member, case: Case, text: str) -> None:
    """Relay the person's words to the moderator, or their wish to end it. Nothing is moderated here."""
    if _ends(turn, text):
        end_talk(turn, member, case)
        return
    if _asks(turn, text):
        ask_for_answer(turn, member, case)
        return
    first = not any(one.kind is LineKind.ANSWERED for one in turn.tx.records.lines(case.id))
    casework.line(turn, case, LineKind.ANSWERED, None, text)
    talks.open_talk(turn, case)
    there = talks.listeners(turn, case) or _ready(turn, case)
    for one in there:
        speaking.show_moderator(turn, one, case, text, "mod-answered")
    if first and there:
        turn.say(member, "voice-passed", locale=talks.locale_of(turn, member))
    elif not there:
        talks.tell_with_numbers(turn, member, "voice-alone")


def talk_for(turn: Turn, member: Member, text: str, *, alone: bool) -> Case | None:
    """Return the talk that words are routed to: all of them alone with the bot, in a room its buttons' words."""
    case = talks.open_about(turn, member.id)
    return case if case is not None and (alone or _ends(turn, text) or _asks(turn, text)) else None


def _ready(turn: Turn, case: Case) -> list[Member]:
    """Return those on shift who may read it, where nobody has the case any more."""
    return [one for one in staff.on_shift(turn) if conflicts.refusal_for(turn, one, case) is None]


def _ends(turn: Turn, text: str) -> bool:
    """Return whether these words are the label that ends the talk, typed whole: a cry holds "end" as well."""
    return _is_label(turn, text, "voice-end")


def _asks(turn: Turn, text: str) -> bool:
    return _is_label(turn, text, "voice-answer")


def _is_label(turn: Turn, text: str, key: str) -> bool:
    words = turn.book.words
    return plain(text) in {plain(words.say(locale, key)) for locale in words.locales()}


def end_talk(turn: Turn, member: Member, case: Case) -> None:
    """Close the talk at the person's wish: the moderator is told, and can't reopen it by themselves."""
    listening = talks.listeners(turn, case)
    if not talks.is_talk_open(turn, case):
        turn.say(member, "stale-button")
        return
    turn.tx.timers.cancel(conversations.TALK, case.id)
    turn.tx.timers.set(Timer(talks.ENDED, case.id, turn.now + talks.RESTS, member.id))
    casework.line(turn, case, LineKind.ENDED)
    turn = turn.inside(member.id, conversations.key_of_case(case))
    turn.say(member, "voice-ended", buttons=(MODERATOR,), locale=talks.locale_of(turn, member))
    for one in listening:
        turn.say(one, "mod-ended", case=conflicts.code(case), alias=case.alias)


def ask_for_answer(turn: Turn, member: Member, case: Case) -> None:
    """Prompt for the text for the moderator: in a room what is typed goes to the buddy."""
    private = replace(member.private, talk=Talk.MODERATOR, subject=case.id)
    turn.tx.members.save(replace(member, private=private))
    reader = replace(member, locale=talks.locale_of(turn, member))
    cancel = turn.choices(reader, (("voice-cancel", Token("mod", verb="cancel")),))
    content = Content((Span(turn.words(reader, "voice-ask")),), choices=cancel)
    turn.show(member, content, asking=Asking(Unfit.TEXT, "voice-ask"), urgent=True)


def receive_answer(turn: Turn, member: Member, text: str) -> None:
    """Relay the text that was prompted for."""
    case = talks.open_about(turn, member.id)
    member = leave(turn, member)
    if case is None:
        turn.say(member, "voice-over", buttons=(MODERATOR,))
    else:
        pass_to_moderator(turn, member, case, text)


def leave(turn: Turn, member: Member) -> Member:
    """Cancel the prompt: no text is awaited any more."""
    if member.private.talk is Talk.MODERATOR:
        member = replace(member, private=replace(member.private, talk=Talk.NONE, subject=""))
        turn.tx.members.save(member)
    return member


def press_voice(turn: Turn, member: Member, code: str, verb: str, text: str) -> bool:
    """Button handler of the person's side; return whether it was one, and words with it are theirs."""
    case = turn.tx.cases.named(code)
    if case is None or case.about != member.id or not talks.is_talk_open(turn, case):
        return False
    if verb == "end":
        end_talk(turn, member, case)
    elif text.strip():
        pass_to_moderator(turn, member, case, text.strip())
    else:
        ask_for_answer(turn, member, case)
    return True
