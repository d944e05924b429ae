"""Dispatch of typed words: to an open question, a moderator, the questionnaire, a room, else to small talk."""

from typing import assert_never

from buddybot.domain.dialog.misspelt_commands import misspelt_command
from buddybot.domain.kernel.commands import BY_WORD, Command, Scope
from buddybot.domain.kernel.ids import RoomId
from buddybot.domain.kernel.messages import (
    FOREIGN,
    UNPARSED,
    MessageId,
    Pressed,
    Said,
)
from buddybot.domain.kernel.note_text import command_in, tidy
from buddybot.domain.kernel.verdicts import Screening
from buddybot.domain.moderation.cases import Case
from buddybot.domain.people.members import Member, Stage, Talk
from buddybot.domain.talk.rooms import Room
from buddybot.service import bot_words, buttons, commands, relaying
from buddybot.service.care import sharing, wisdom
from buddybot.service.care.dates import milestones, remembrance
from buddybot.service.care.mentoring import offering
from buddybot.service.channels import entry
from buddybot.service.crisis import conversation, unparsed
from buddybot.service.crisis.conversation import SILENCE, Uttered, Whose
from buddybot.service.intake import dry_run, questionnaire
from buddybot.service.kernel import files, questions
from buddybot.service.kernel.turn import Turn
from buddybot.service.moderation import appeals, reports, staff_commands
from buddybot.service.moderation.voice import answering, asking, talks
from buddybot.service.people import home, small_talk
from buddybot.service.talk import endings, routing

STAYING = ("care.", "home.crisis", "pending.", "note.", "report.", "block.", "voice.", "mod.")
"""Buttons that belong to a crisis, or beside it: whoever presses another one changes the subject."""


def take_press(turn: Turn, member: Member, event: Pressed, screening: Screening | None) -> Uttered:
    """Press a button, tapped or typed; one that does not belong to a crisis puts an open one aside."""
    if not event.tokens or not event.tokens[0].startswith(STAYING):
        member = conversation.set_aside(turn, member)
    return buttons.press(turn, member, event, screening)


def hear_words(turn: Turn, member: Member, event: Said, screening: Screening | None, *, known: bool) -> Uttered:
    """Take the words of a message, or say why not; return what was uttered, for the crisis to follow."""
    text, foreign = tidy(event.text), bool(FOREIGN & set(event.attachments))
    taken = sharing.may_take(turn, event)
    if UNPARSED in event.attachments:
        unparsed.tell_unparsed(turn, member, event)
    elif event.attachments and not taken:
        key = "own-words-only" if foreign else "text-only"
        if files.is_first(turn, event, key):
            turn.say(member, key)
    elif not text and not taken:
        turn.say(member, "empty-note")
    if foreign:
        return Uttered(text, Whose.QUOTED)
    if len(text) > turn.book.practice.max_text:
        # Even a note that is too long to pass on may be a cry for help: the bot itself still answers it.
        turn.say(member, "too-long", limit=turn.book.practice.max_text)
        if taken:
            sharing.take_file(turn, member, event, SILENCE, worded=True)
        return Uttered(text)
    uttered = Uttered(tidy(event.beside)) if event.beside else SILENCE
    if text:
        uttered = _worded(turn, member, event, text, screening, known=known)
    if taken:
        sharing.take_file(turn, member, event, uttered, worded=bool(text))
    return uttered


def _worded(turn: Turn, member: Member, event: Said, text: str, screening: Screening | None, *, known: bool) -> Uttered:
    typed = command_in(text) or staff_commands.slashless(turn, member, text)
    if typed is not None and typed[0] not in BY_WORD and questions.is_going_back(turn, typed[0]):
        text, typed = typed[0], None  # "/cancel" is no command of ours, and what was asked knows the word
    if typed is not None:
        bot_words.settle_held(turn, member, typed[0])
        return commands.run_typed(turn, member, *typed, reply_to=event.reply_to, screening=screening)
    there = routing.destination(turn, member, event.reply_to)
    if isinstance(there, routing.Nowhere | Case):
        return _elsewhere(turn, member, event, text, there)
    room = there.likely if isinstance(there, routing.Ambiguous) else there
    taken = (
        _replied(turn, member, event, text)
        or _answered(turn, member, event, text, screening, room=room)
        or _heard_by_moderator(turn, member, event, text, alone=room is None)
        or _awaited(turn, member, event, text, screening, room=room)
    )
    if taken is not None:
        return taken
    if there is None:
        return _at_home(turn, member, event, text, screening, known=known)
    beside = bool(event.attachments)
    note = relaying.Note(text, event.message, event.reply_to, event.quote, beside_file=beside)
    return _to_room(turn, member, there, note, screening)


def _elsewhere(turn: Turn, member: Member, event: Said, text: str, there: routing.Nowhere | Case) -> Uttered:
    """Take words that were written to a moderator, or into a conversation that is over."""
    if isinstance(there, Case):
        answering.pass_to_moderator(turn, member, there, text)
    else:
        routing.refuse(turn, member, event.message)
    return Uttered(text)


def _to_room(
    turn: Turn, member: Member, there: Room | routing.Ambiguous, note: relaying.Note, screening: Screening | None
) -> Uttered:
    """Relay a note to the room that is meant; where that is not clear, ask first, but never while danger speaks."""
    likely = there if isinstance(there, Room) else there.likely
    urgent = _may_be_urgent(turn, member, likely, note.text, screening)
    if not urgent and bot_words.hold_for_bot(turn, member, there, note, screening):
        return Uttered(note.text, answered=True)
    bot_words.release_held(turn, member, there)
    if isinstance(there, Room):
        return relaying.into_room(turn, member, there, note, screening)
    if urgent:
        turn.say(member, "whom-urgent", name=routing.title(turn, member, there.likely))
        return relaying.into_room(turn, member, there.likely, note, screening)
    routing.ask_whom(turn, member, there, note.text, message=note.message, screening=screening)
    return Uttered(note.text, answered=True)


def _awaited(
    turn: Turn, member: Member, event: Said, text: str, screening: Screening | None, *, room: Room | None
) -> Uttered | None:
    """Take words that the bot waits for, where it waits for them: no others may land there."""
    if member.private.talk is Talk.GOODBYE and questions.waited_long(turn, member):
        member = endings.stop_waiting_for_words(turn, member)
    if member.private.talk is not Talk.NONE and questions.is_awaited(turn, member):
        return _continue(turn, member, event, text, screening)
    if member.stage in {Stage.GATES, Stage.INTAKE} and (room is None or turn.at is None):
        return _in_questions(turn, member, event, text, screening)
    return None


def _may_be_urgent(turn: Turn, member: Member, room: Room, text: str, screening: Screening | None) -> bool:
    """Return whether words must not wait for the answer to "to whom?": they show danger, or a crisis is open."""
    danger = screening is None or screening.shows_danger or turn.is_call(text)
    return danger or conversation.shielded(turn, member, room)


def _replied(turn: Turn, member: Member, event: Said, text: str) -> Uttered | None:
    """Take a reply to something said in a moderator's talk; from a moderator it is no utterance of their own."""
    case = answering.answered(turn, member, event.reply_to)
    if case is None:
        return None
    return Uttered(text, Whose.OWN if staff_commands.reply(turn, member, case, text) else Whose.QUOTED)


def _heard_by_moderator(turn: Turn, member: Member, event: Said, text: str, *, alone: bool) -> Uttered | None:
    """Take words alone with the bot to the moderator who talks with them; answers to the questionnaire stay there."""
    if member.private.talk is not Talk.NONE:
        return None
    if alone and asking.wanted(turn, text):
        asking.talk(turn, member)
        return Uttered(text, answered=True)
    talk = answering.talk_for(turn, member, text, alone=alone and not _has_room_of_its_own(turn, member))
    asked = member.stage in {Stage.GATES, Stage.INTAKE}
    if talk is None or (asked and dry_run.understands(turn, member, event.origin, text)):
        return None
    answering.pass_to_moderator(turn, member, talk, text)
    if not asked and alone and (command := _bare_command(text)) is not None:
        commands.run(turn, member, command.name, {}, None)
    return Uttered(text)


def _has_room_of_its_own(turn: Turn, member: Member) -> bool:
    """Return whether their page shows the moderator's talk apart: words to the bot are none for the moderator then."""
    case = None if turn.at is None else talks.open_about(turn, member.id)
    danger = turn.screening is not None and turn.screening.shows_danger
    return case is not None and talks.has_spoken(turn, case) and not danger


def _at_home(
    turn: Turn, member: Member, event: Said, text: str, screening: Screening | None, *, known: bool
) -> Uttered:
    """Take words that nothing asked for: for the crisis conversation where one is open, else for small talk.

    Who tells of another's wish to die, in words that there is an answer for, is told what to say to them: the crisis
    conversation asks whoever writes about themselves.
    """
    command = _bare_command(text)
    if screening is not None and not screening.first_person and not screening.lanes:
        screening = None if small_talk.fears_for_another(turn, member, text) else screening
    # Where danger is open, "help" is a call for it, and no wish for the list of commands.
    chatting = small_talk.is_small_talk(turn, member, text) or (command is not None and command.name != "help")
    if conversation.takes(turn, member, text, screening, chatting=chatting) or turn.is_call(text):
        return Uttered(text)
    if not questions.say_once_more(turn, member, text):
        _small_talk(turn, member, event, text, known=known)
    return Uttered(text, answered=True)


def _in_questions(turn: Turn, member: Member, event: Said, text: str, screening: Screening | None) -> Uttered:
    """Take words for an answer to the open question, unless somebody in danger speaks.

    Where danger is only a statistical guess, words that answer the question do so, and help is shown beside it. What
    stands on a button of it ("help when cravings hit") does, whatever it would tell of elsewhere.
    """
    busy, called = dry_run.understands(turn, member, event.origin, text), turn.is_call(text)
    guess = busy and not called and screening is not None and screening.weighed
    guess = guess or (not conversation.shielded(turn, member, None) and dry_run.is_label(turn, member, text))
    if not guess and (called or conversation.takes(turn, member, text, screening, busy=busy)):
        return Uttered(text)
    if not busy and member.private.talk is Talk.NONE and small_talk.is_greeting(turn, member, text):
        home.arrive(turn, member, back=True)
        return Uttered(text, answered=True)
    if not busy and small_talk.answer_beside(turn, member, event.origin, text):
        return Uttered(text, answered=True)
    answers = guess or dry_run.answers_open(turn, member, event.origin, text)
    if not answers and small_talk.hear_bad_moment(turn, member, text):
        return Uttered(text, answered=True)
    commands.aside(turn, member, questionnaire.take_typed(turn, member, event.origin, text))
    return Uttered(text, answered=True)


def _answered(
    turn: Turn, member: Member, event: Said, text: str, screening: Screening | None, *, room: Room | None
) -> Uttered | None:
    """Read words as the answer to what was asked; None where they are none.

    Words of danger are heard first, and never by whom an open question is about.
    """
    called = turn.is_call(text)
    danger = called or (screening is not None and screening.shows_danger)
    guess = danger and screening is not None and screening.weighed and not called
    fits = guess and questions.fits_plainly(turn, member, text)
    if danger and not fits:
        if not questions.is_exclusive(turn, member):
            return None
        return Uttered(text)  # the question stays as it is: to repeat it now would be cold
    alone = room is None and member.private.talk is Talk.NONE
    if alone and not fits:
        busy = questions.fits_plainly(turn, member, text)
        if conversation.takes(turn, member, text, screening, busy=busy):
            return None
    match questions.read_answer(turn, member, text, room):
        case questions.Chosen(token):
            return take_press(turn, member, Pressed(event.origin, (token,)), screening)
        case questions.AskedAgain():
            return Uttered(text, answered=True)
        case questions.NotTaken():
            return None


def _continue(turn: Turn, member: Member, event: Said, text: str, screening: Screening | None) -> Uttered:
    """Take words for what the bot asked beside the intake."""
    uttered = Uttered(text, answered=True)
    match member.private.talk:
        case Talk.EDITING:
            uttered = _in_questions(turn, member, event, text, screening)
        case Talk.GOODBYE:
            uttered = hear_last_words(turn, member, event.message, text, screening)
        case Talk.REPORT:
            reports.receive_evidence(turn, member, text)
            uttered = Uttered(text, Whose.QUOTED)
        case Talk.APPEAL:
            appeals.receive_appeal(turn, member, text)
        case Talk.QUIET if conversation.takes(turn, member, text, screening, busy=True):
            uttered = Uttered(text)
        case Talk.QUIET:
            commands.set_quiet(turn, member, text)
        case Talk.CHANNEL:
            uttered = entry.receive_post(turn, member, event, text, screening)
        case Talk.MODERATOR | Talk.WISDOM | Talk.MENTOR | Talk.MILESTONE | Talk.REMEMBRANCE:
            uttered = _for_the_house(turn, member, text, screening)
        case Talk.NONE:
            uttered = SILENCE
        case _:
            assert_never(member.private.talk)
    return uttered


def _for_the_house(turn: Turn, member: Member, text: str, screening: Screening | None) -> Uttered:
    """Take words that no buddy is to read: for a moderator or a lead, the library, or a day of one's own.

    Words that were nothing but what was asked for tell of something: only danger in them is answered.
    """
    answered = False
    match member.private.talk:
        case Talk.MILESTONE:
            answered = milestones.receive_milestone_words(turn, member, text, screening)
        case Talk.REMEMBRANCE:
            answered = remembrance.receive_remembrance_words(turn, member, text, screening)
        case Talk.WISDOM:
            answered = wisdom.receive_story(turn, member, text, screening)
        case Talk.MENTOR:
            answered = offering.receive_mentor_answer(turn, member, text, screening)
        case _:
            answering.receive_answer(turn, member, text)
    return Uttered(text, Whose.QUOTED if answered else Whose.OWN, answered=answered)


def hear_last_words(turn: Turn, member: Member, message: MessageId, text: str, screening: Screening | None) -> Uttered:
    """Relay the last words of a goodbye, and leave the room with them unless they show danger."""
    room = turn.tx.rooms.by_id(RoomId(member.private.subject))
    if room is None or room.ending is not None or not room.holds(member.id):
        return Uttered(text)
    uttered = relaying.into_room(turn, member, room, relaying.Note(text, message), screening)
    if uttered.room is None:
        return uttered
    if screening is None or not screening.shows_danger:
        endings.leave_with_words(turn, member, room)
    return uttered


def _small_talk(turn: Turn, member: Member, event: Said, text: str, *, known: bool) -> None:
    command = _bare_command(text)
    if command is None and not turn.book.small_talk.meant(text, member.locale, slips=False):
        command = misspelt_command(text)  # the name of a command wins over a phrase that is as far away
    if command is not None and known:
        commands.run(turn, member, command.name, {}, None)
    elif meant := small_talk.answer_small_talk(turn, member, event.origin, text, known=known):
        commands.run(turn, turn.tx.members.by_id(member.id) or member, meant, {}, None)


def _bare_command(text: str) -> Command | None:
    """Return the command whose name is all that was typed, without a slash."""
    command = BY_WORD.get(text.casefold().strip(".!? "))
    return command if command is not None and command.scope is not Scope.MODERATOR else None
