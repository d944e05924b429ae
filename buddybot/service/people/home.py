"""Home state of the dialog: first contact, status, and the menu of what a person can do now."""

from dataclasses import replace

from buddybot.domain.care.mentors import MentorState, names_a_mentor
from buddybot.domain.dialog.small_talk import GREETED
from buddybot.domain.kernel.ids import MemberId
from buddybot.domain.kernel.messages import Origin
from buddybot.domain.kernel.tokens import Token
from buddybot.domain.people.members import Loss, Member, Stage
from buddybot.service.care import sharing
from buddybot.service.intake import questionnaire
from buddybot.service.kernel import standing
from buddybot.service.kernel.moments import told_day
from buddybot.service.kernel.turn import APPEAL, FIND, HELP, Buttons, Turn
from buddybot.service.matching import mentor_search, offers, waits
from buddybot.service.talk import media, mentor_rooms, rooms

FIRST: Buttons = (("greeting-find", Token("home", verb="find")), ("greeting-how", Token("home", verb="how")), HELP)
MENU: Buttons = (FIND, ("home-answers", Token("home", verb="answers")), HELP)


def meet(turn: Turn, origin: Origin) -> Member:
    """Create a member for an unknown address: nothing else is kept before they agree."""
    locale = turn.book.words.nearest(origin.locale)
    member = Member(MemberId(turn.world.new_id()), Stage.GREETED, locale, turn.now, turn.now)
    turn.tx.members.add(member, origin.address)
    return member


def arrive(turn: Turn, member: Member, *, back: bool = False) -> None:
    """Restore the dialog for someone who opened the chat: greet, or show again where they are.

    Who comes `back` to questions is welcomed; who only pressed something was never away.
    """
    if member.stage is Stage.GREETED:
        greet(turn, member)
    elif member.stage in {Stage.GATES, Stage.INTAKE}:
        (questionnaire.welcome_back if back else questionnaire.show_again)(turn, member)
    else:
        status(turn, member, arriving=True)


def greet(turn: Turn, member: Member) -> None:
    """Send the greeting with the first three steps, and one tap to each other language."""
    keep(turn, member, GREETED)
    others = [one for one in turn.book.words.locales() if one != member.locale]
    spoken = tuple((f"language-{one}", Token("command", "language", one)) for one in others)
    turn.say(member, GREETED, buttons=(*FIRST, *spoken))


def keep(turn: Turn, member: Member, line: str) -> None:
    """Remember the key of the line that is said, so that it does not come twice running."""
    member = turn.tx.members.by_id(member.id) or member
    if member.private.chatted != line:
        turn.tx.members.save(replace(member, private=replace(member.private, chatted=line)))


def tell_loss(turn: Turn, member: Member) -> Member:
    """Say once that what somebody told the bot was lost with a damaged row; return them as they are now."""
    if member.private.lost is not Loss.NEW or (turn.screening is not None and turn.screening.shows_danger):
        return member  # in danger only the answer to that counts: they hear of it another time
    member = replace(member, private=replace(member.private, lost=Loss.TOLD))
    turn.tx.members.save(member)
    turn.say(member, "record-lost", buttons=(FIND, HELP))
    return member


def tell_missed(turn: Turn, member: Member) -> Member:
    """Tell somebody who could not be reached for a while that things waited for them; return them as they are now."""
    if not member.private.missed or (turn.screening is not None and turn.screening.shows_danger):
        return member
    missed = member.private.missed
    member = replace(member, private=replace(member.private, missed=0))
    turn.tx.members.save(member)
    turn.say(member, "missed", count=missed)
    return member


def status(turn: Turn, member: Member, *, arriving: bool = False) -> None:
    """Show the current state; to who arrives each room speaks for itself, so that a page new to them can draw it."""
    found = turn.tx.rooms.open_of(member.id)
    mentor = turn.tx.mentors.of(member.id)
    for room in found:
        told = turn.inside(member.id, room.id) if arriving else turn
        key = mentor_rooms.standing_in(room, member.id)
        told.say(member, key, alias=rooms.names(room, member.id), mine=room.alias_of(member.id))
        if media.both_agree(turn, room):
            sharing.say_on(turn.inside(member.id, room.id), member, room.id)
    if not found or (member.stage is Stage.LOOKING and all(room.mentor == member.id for room in found)):
        _show_search(turn, member)
    if mentor is not None and mentor.state is MentorState.APPROVED:
        turn.say(member, "status-mentor", count=turn.tx.mentors.mentees(member.id), most=mentor.most)
    if member.paused(turn.now) and member.paused_until is not None:
        turn.say(member, "status-paused", day=told_day(member, member.paused_until))
    if (quiet := member.private.quiet) is not None:
        turn.say(member, "status-quiet", start=quiet.start, end=quiet.end)


def _show_search(turn: Turn, member: Member) -> None:
    if turn.tx.offers.open_for(member.id) is not None:
        turn.say(member, "status-offered")
    elif member.stage is Stage.LOOKING:
        waits.show_waiting(turn, member, "looking-mentor" if member.private.wants_mentor else "status-looking")
    elif name := member.private.nickname:
        turn.say(member, "status-home-named", name=name, buttons=MENU)
    else:
        turn.say(member, "status-home", buttons=MENU)


def press_home(turn: Turn, member: Member, verb: str) -> None:
    """Button handler of the greeting and the menu."""
    match verb:
        case "find":
            find_whom(turn, member, "")
        case "how":
            turn.say(member, "how-it-works", buttons=(FIRST[0], FIRST[2]))
        case "answers":
            questionnaire.show_answers(turn, member)
        case "stop" if member.stage is Stage.LOOKING:
            offers.stop_looking(turn, member)
        case "rest" | "stop":
            turn.say(member, "home-rested")
        case _:
            turn.say(member, "stale-button")
            arrive(turn, member)


def find_whom(turn: Turn, member: Member, who: str) -> None:
    """Command handler: look for a buddy, or hear first what a mentor is; who waits already goes on waiting."""
    inside = member.stage in {Stage.HOME, Stage.LOOKING} and member.private.lost is Loss.NONE
    if names_a_mentor(who) and inside and not standing.is_suspended(turn, member):
        mentor_search.explain_mentors(turn, member)
        return
    if member.stage in {Stage.INTAKE, Stage.HOME} or (who and inside):
        member = mentor_search.wish_for(turn, member, mentor=names_a_mentor(who))
    find(turn, member)


def find(turn: Turn, member: Member) -> None:
    """Route towards a buddy from wherever this person is: gates, questionnaire, or the pool."""
    if standing.is_suspended(turn, member):
        turn.say(member, "held-back", buttons=(FIRST[2], APPEAL))
    elif member.stage is Stage.GREETED or member.private.lost is not Loss.NONE:
        questionnaire.begin_gates(turn, member)
    elif member.stage in {Stage.GATES, Stage.INTAKE}:
        questionnaire.show_again(turn, member)
    else:
        offers.look(turn, member)
