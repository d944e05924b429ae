"""Offer to be a mentor: who may, the training card by card, and the case that a lead decides."""

from dataclasses import replace
from datetime import timedelta

from buddybot.content.words import Argument
from buddybot.domain.care.mentors import Mentor, MentorState
from buddybot.domain.dialog.questions import Unfit
from buddybot.domain.kernel.messages import Content
from buddybot.domain.kernel.rich_text import marked
from buddybot.domain.kernel.tokens import Token
from buddybot.domain.kernel.verdicts import Outcome, Screening
from buddybot.domain.people.members import Member, Stage, Talk
from buddybot.service.crisis import conversation
from buddybot.service.intake.profiles import candidate_of
from buddybot.service.kernel import standing
from buddybot.service.kernel.moments import local_day
from buddybot.service.kernel.turn import APPEAL, FIND, HELP, Turn
from buddybot.service.moderation.review import mentors
from buddybot.store.kernel.timers import Timer

SAID = 500
"""Characters of an answer to a lead."""
ANEW = frozenset({MentorState.HELD, MentorState.STOPPED, MentorState.LATER})
DAY = timedelta(days=1)


def show_offer(turn: Turn, member: Member, mentor: Mentor | None) -> None:
    """Show where somebody stands on the way to being a mentor; whoever never offered is asked which they mean."""
    if mentor is None:
        _ask(turn, member, "mentor-which", ("mentee-ask", "mentor-be", "mentor-no"))
    elif mentor.state is MentorState.READING:
        _go_on(turn, member, mentor)
    elif mentor.state is MentorState.APPLIED:
        _ask(turn, member, "mentor-waits", ("mentor-withdraw",))
    else:
        _introduce(turn, member, mentor)


def press_offer(turn: Turn, member: Member, mentor: Mentor | None, subject: str, verb: str) -> None:
    """Button handler of the offer: the training, how many at once, sending it, and what a lead asked."""
    state = None if mentor is None else mentor.state
    match verb:
        case "be" if state is not MentorState.APPLIED:
            _introduce(turn, member, mentor)
        case "read" if state is not MentorState.APPLIED:
            _begin(turn, member, mentor)
        case "withdraw" if mentor is not None and state is MentorState.APPLIED:
            mentors.withdraw_offer(turn, member.id)
            turn.tx.mentors.save(mentor.moved(MentorState.STOPPED, turn.now))
            turn.say(member, "mentor-withdrawn")
        case "answer" | "skip" if mentor is not None and mentor.asked:
            _take_question(turn, member, mentor, verb)
        case "no":
            _rest(turn, member)
            turn.say(member, "mentor-left-open")
        case _ if mentor is not None and state is MentorState.READING:
            _press_reading(turn, member, mentor, subject, verb)
        case _:
            turn.say(member, "stale-button")


def _press_reading(turn: Turn, member: Member, mentor: Mentor, subject: str, verb: str) -> None:
    match verb:
        case "steady":
            _go_on(turn, member, mentor)
        case "unsteady":
            turn.tx.mentors.drop(member.id)
            turn.say(member, "mentor-not-steady")
        case "many" if subject in _numbers(turn):
            mentor = replace(mentor, most=int(subject))
            turn.tx.mentors.save(mentor)
            _go_on(turn, member, mentor, sure=True)
        case "send":
            _send(turn, member, mentor)
        case _ if turn.book.mentoring.card(subject) is not None:
            _take_card(turn, member, mentor, subject, verb)
        case _:
            turn.say(member, "stale-button")


def _ask(turn: Turn, member: Member, key: str, rows: tuple[str, ...], **words: Argument) -> None:
    """Say something with the buttons of these labels; each label names its noun and its verb."""
    buttons = tuple((row, Token(row.partition("-")[0], verb=row.partition("-")[2])) for row in rows)
    turn.show(member, Content(marked(turn.words(member, key, **words)), choices=turn.choices(member, buttons)))


# ── Who may ─────────────────────────────────────────────────────────────────────────────


def _introduce(turn: Turn, member: Member, mentor: Mentor | None) -> None:
    if _refused(turn, member, mentor):
        return
    known = mentor is not None and mentor.state in ANEW and mentor.read >= len(turn.book.mentoring.cards)
    _ask(turn, member, "mentor-again" if known else "mentor-intro", ("mentor-read", "mentor-no"))


def _refused(turn: Turn, member: Member, mentor: Mentor | None) -> bool:
    """Say why somebody can't offer now, kindly and with the door open; return whether they can't."""
    rules, one = turn.book.mentoring, candidate_of(turn, member)
    if not standing.may_match(turn, member):
        turn.say(member, "mentor-held", buttons=(APPEAL,))
    elif member.stage is Stage.INTAKE or not one.lane:
        turn.say(member, "mentor-answers-first", buttons=(FIND,))
    elif conversation.cried_last(member, None, turn.now):
        turn.say(member, "mentor-you-first", buttons=(HELP,))
    elif turn.now - member.joined_at < rules.here:
        turn.say(member, "mentor-too-new", day=local_day(member, member.joined_at + rules.here))
    elif one.lane == "self" and one.now in rules.unsteady:
        turn.say(member, "mentor-not-steady")
    elif mentor is not None and mentor.state is MentorState.LATER and turn.now - mentor.changed_at < rules.again:
        turn.say(member, "mentor-later-wait", day=local_day(member, mentor.changed_at + rules.again))
    else:
        return False
    return True


# ── The training ────────────────────────────────────────────────────────────────────────


def _begin(turn: Turn, member: Member, mentor: Mentor | None) -> None:
    """Begin or go on; what was read before counts, but whether this is a steady time is asked anew."""
    if mentor is not None and mentor.state is MentorState.APPROVED:
        turn.say(member, "stale-button")
    elif not _refused(turn, member, mentor):
        mentor = mentor or Mentor(member.id, MentorState.READING, turn.now)
        turn.tx.mentors.save(replace(mentor.moved(MentorState.READING, turn.now), resting=False))
        _ask(turn, member, "mentor-steady-ask", ("mentor-steady", "mentor-unsteady"))


def _go_on(turn: Turn, member: Member, mentor: Mentor, *, sure: bool = False) -> None:
    """Show the card that comes next; after the last one ask how many at once, then whether to send it."""
    cards = turn.book.mentoring.cards
    if mentor.read < len(cards):
        _show_card(turn, member, mentor.read)
    elif not sure:
        rows = tuple((f"mentor-many-{one}", Token("mentor", one, "many")) for one in _numbers(turn))
        turn.say(member, "mentor-many-ask", buttons=rows)
    else:
        _ask(turn, member, "mentor-sure", ("mentor-send", "mentor-no"), count=mentor.most)


def _numbers(turn: Turn) -> tuple[str, ...]:
    return tuple(str(one) for one in range(1, turn.book.mentoring.at_most + 1))


def _show_card(turn: Turn, member: Member, place: int) -> None:
    cards = turn.book.mentoring.cards
    card = cards[place]
    rows = tuple((f"mentor-card-{card.key}-{one}", Token("mentor", card.key, one)) for one in card.choices)
    turn.say(member, f"mentor-card-{card.key}", buttons=rows, number=place + 1, total=len(cards))


def _take_card(turn: Turn, member: Member, mentor: Mentor, key: str, choice: str) -> None:
    """Take an answer: the right one leads on, another is explained and asked again. A card can be read again."""
    rules = turn.book.mentoring
    card, place = rules.card(key), [one.key for one in rules.cards].index(key)
    if card is None or choice not in card.choices or place > mentor.read:
        turn.say(member, "stale-button")
    elif choice != card.right:
        turn.say(member, f"mentor-card-{key}-why")
        _show_card(turn, member, place)
    elif place == mentor.read:
        mentor = replace(mentor, read=mentor.read + 1)
        turn.tx.mentors.save(mentor)
        _go_on(turn, member, mentor)
    else:
        _go_on(turn, member, mentor)


# ── The lead ────────────────────────────────────────────────────────────────────────────


def _send(turn: Turn, member: Member, mentor: Mentor) -> None:
    rules = turn.book.mentoring
    if _refused(turn, member, mentor):
        return
    if mentor.read < len(rules.cards):
        _go_on(turn, member, mentor)
        return
    mentor = replace(mentor.moved(MentorState.APPLIED, turn.now), lane=candidate_of(turn, member).lane)
    turn.tx.mentors.save(mentor)
    turn.tx.timers.set(Timer(mentors.UNREAD, member.id, turn.now + rules.unread, member.id))
    there = mentors.open_offer(turn, member)
    turn.say(member, "mentor-sent" if there else "mentor-sent-no-lead", days=rules.unread // DAY)


def expire_offer(turn: Turn, timer: Timer) -> None:
    """Let an offer go that no lead found time for; its person hears it."""
    member = None if timer.member is None else turn.tx.members.by_id(timer.member)
    mentor = None if member is None else turn.tx.mentors.of(member.id)
    if member is None or mentor is None or mentor.state is not MentorState.APPLIED:
        return
    mentors.withdraw_offer(turn, member.id)
    turn.tx.mentors.save(mentor.moved(MentorState.STOPPED, turn.now))
    turn.say(member, "mentor-unread", due=mentors.told_when(turn, member))


def _take_question(turn: Turn, member: Member, mentor: Mentor, verb: str) -> None:
    if verb == "skip":
        _rest(turn, member)
        turn.tx.mentors.save(replace(mentor, asked=""))
        mentors.tell_answered(turn, member.id)
        turn.say(member, "mentor-skipped")
        return
    turn.tx.members.save(replace(member, private=replace(member.private, talk=Talk.MENTOR, subject="")))
    cancel = (("mentor-skip", Token("mentor", verb="skip")), ("mentor-cancel", Token("mentor", verb="cancel")))
    turn.ask(member, f"mentor-question-{mentor.asked}", buttons=cancel, again="mentor-answer-again", unfit=Unfit.TEXT)


def receive_mentor_answer(turn: Turn, member: Member, text: str, screening: Screening | None) -> bool:
    """Take the words for a lead: kept sealed until the decision; a cry for help is left to the crisis conversation.

    Return whether they were nothing but an answer.
    """
    _rest(turn, member)
    mentor = turn.tx.mentors.of(member.id)
    if conversation.cries(turn, member, text, screening):
        turn.say(member, "mentor-answer-not-kept")
        return False
    if mentor is None or not mentor.asked:
        turn.say(member, "stale-button")
    elif len(text) > SAID or screening is None or screening.contacts or screening.verdict.outcome >= Outcome.NUDGE:
        _ask(turn, member, "mentor-answer-wrong", ("mentor-answer", "mentor-skip"), limit=SAID)
    else:
        turn.tx.mentors.save(replace(mentor, said=text))
        mentors.tell_answered(turn, member.id)
        turn.say(member, "mentor-answered")
    return True


def stop_answering(turn: Turn, member: Member) -> None:
    """Leave the prompt for an answer; the question stays, and can be answered later."""
    _rest(turn, member)
    turn.say(member, "mentor-left-open")


def _rest(turn: Turn, member: Member) -> None:
    if member.private.talk is Talk.MENTOR:
        turn.tx.members.save(replace(member, private=replace(member.private, talk=Talk.NONE)))
