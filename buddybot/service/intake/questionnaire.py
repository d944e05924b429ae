"""Questionnaire dialog: takes what a person typed or pressed, keeps keys only, shows the next step."""

from dataclasses import replace
from datetime import timedelta

from buddybot.domain.crisis.state_text import care_from
from buddybot.domain.crisis.steps import shields
from buddybot.domain.dialog.small_talk import BUTTONS
from buddybot.domain.intake.flow import apply_reply, begin, keep_going, offer_again, reopen
from buddybot.domain.intake.next_step import next_step
from buddybot.domain.intake.path import path, step_position
from buddybot.domain.intake.pressed import name_of
from buddybot.domain.intake.profile import zone_of
from buddybot.domain.intake.progress import Progress
from buddybot.domain.intake.questions import Flow
from buddybot.domain.intake.replies import (
    MISSES,
    Aside,
    AsideWord,
    Ask,
    Confirm,
    Done,
    FlowOutcome,
    Notice,
    Picked,
    Reply,
    Stop,
    Ticked,
    Typed,
)
from buddybot.domain.kernel.messages import MessageId, Origin, Send
from buddybot.domain.kernel.tokens import Token
from buddybot.domain.people.members import Loss, Member, Private, Stage, Talk
from buddybot.domain.people.zones import OFFSET, clock_of, offset_at
from buddybot.service.crisis import rendering
from buddybot.service.intake import card, prompts
from buddybot.service.kernel.turn import Buttons, Turn
from buddybot.service.matching import offers
from buddybot.service.people import erasure

LIMITS = frozenset(
    {"lane", "lane_first", "not_ok", "statements", "medicine_views", "near_age", "gender_pref", "gender"}
)
"""Answers that decide whom one can meet at all: changing them often would be fishing for somebody."""
LIMIT_CHANGES, A_WEEK = 3, timedelta(days=7)
TICK = "tick"


def begin_gates(turn: Turn, member: Member) -> None:
    """Start the gates: what is needed to be safe, before anything else."""
    progress = begin(turn.book.gates, turn.book.vocabulary, card.moment_of_reply(turn, None))
    private = replace(member.private, lost=Loss.NONE)
    card.save_progress(turn, replace(member, stage=Stage.GATES, private=private), progress)
    card.draw_step(turn, member, next_step(turn.book.gates, progress))


def begin_with(turn: Turn, member: Member, origin: Origin, text: str) -> None:
    """Start the gates with the first question answered already: they told it before it was asked."""
    begun = begin(turn.book.gates, turn.book.vocabulary, card.moment_of_reply(turn, None))
    take_typed(turn, card.save_progress(turn, replace(member, stage=Stage.GATES), begun), origin, text)


def take_typed(turn: Turn, member: Member, origin: Origin, text: str) -> AsideWord | None:
    """Parse a typed answer; the words are dropped at once. Return a word that asks for something else."""
    return _take(turn, member, origin, Typed(text))


def tell_about_questions(turn: Turn, member: Member, origin: Origin, word: AsideWord) -> None:
    """Answer a question about the questions, however it was worded, and ask on."""
    step = next_step(*card.flow_of(turn, member))
    _take(turn, member, origin, Picked(name_of(step), (word.value,)))


def take_choices(
    turn: Turn, member: Member, origin: Origin, tokens: tuple[str, ...], message: MessageId | None
) -> AsideWord | None:
    """Take pressed buttons: `ask.QUESTION.KEY`, one or several of a list. Return a word like `take_typed`."""
    parts = [token for text in tokens if (token := Token.parse(text)) is not None]
    if not parts or any(not one.subject or one.subject != parts[0].subject for one in parts):
        turn.say(member, "stale-button")
        return None
    reply = Picked(parts[0].subject, tuple(one.verb for one in parts if one.verb))
    return _take(turn, member, origin, reply, message)


def toggle_choice(turn: Turn, member: Member, origin: Origin, token: Token, message: MessageId | None) -> None:
    """Toggle one choice where the platform draws ticks one by one, and redraw the list in place."""
    question, _, key = token.verb.partition(".")
    flow, progress = card.flow_of(turn, member)
    outcome = apply_reply(
        flow, progress, Ticked(question, key), turn.book.vocabulary, card.moment_of_reply(turn, origin)
    )
    card.save_progress(turn, member, outcome.progress)
    lead = "" if outcome.notice is None else prompts.notice_words(turn, member, outcome.notice, outcome.about)
    if outcome.notice is Notice.STALE:
        if not card.is_on_card(turn, member, message):
            turn.post(member.id, Send(prompts.plain_content(lead)))
            return  # a list of an earlier question: what is asked now stands further down
        lead = ""
    card.draw_step(turn, member, outcome.step, left=outcome.step, pressed=message, lead=lead)


def show_again(turn: Turn, member: Member, lead: str = "", beside: Buttons = ()) -> None:
    """Reprompt the open question, for someone who did something else or comes back; `beside` are ways to help."""
    step = next_step(*card.flow_of(turn, member))
    card.draw_step(turn, member, step, left=step, lead=lead, again=bool(lead), beside=beside)


def welcome_back(turn: Turn, member: Member) -> None:
    """Reprompt the open question for someone who comes back: where they stopped, and past the offer that once more."""
    flow, progress = card.flow_of(turn, member)
    left, (number, _) = next_step(flow, progress), step_position(flow, progress)
    asked = flow is turn.book.intake and isinstance(left, Ask)
    lead = turn.words(member, "welcome-back-at", number=number) if asked else turn.words(member, "welcome-back")
    if asked and progress.reviewed:
        progress = offer_again(progress)
        card.save_progress(turn, member, progress)
    card.draw_step(turn, member, next_step(flow, progress), left=left, lead=lead)


def go_on(turn: Turn, member: Member, progress: Progress, lead: str) -> None:
    """Keep what was answered on a page, and show what comes next, with the button of the next page."""
    flow, before = card.flow_of(turn, member)
    left = next_step(flow, before)
    member, step = card.save_progress(turn, member, progress), next_step(flow, progress)
    if isinstance(step, Done):
        card.close_card(turn, member, left, lead)
        _done(turn, member, flow)
    else:
        card.draw_step(turn, member, step, left=left, lead=lead, sheet=True)


def _take(
    turn: Turn, member: Member, origin: Origin, reply: Reply, message: MessageId | None = None
) -> AsideWord | None:
    flow, progress = card.flow_of(turn, member)
    outcome, left = _outcome(turn, member, origin, reply), next_step(flow, progress)
    if isinstance(outcome.step, Stop):
        card.take_buttons_off(turn, member, flow, progress, None if message else left)
        _stop(turn, member, outcome.step.reason)
        return None
    repeated = outcome.notice in MISSES and member.private.chatted == f"notice-{outcome.notice}"
    member = card.save_progress(turn, _remembering(member, outcome.notice, repeated=repeated), outcome.progress)
    echo = isinstance(reply, Typed) and flow is turn.book.intake and not isinstance(left, Confirm)
    doubled = outcome.notice is Notice.STALE and card.is_on_card(turn, member, message)
    lead = "" if doubled else _lead(turn, member, outcome, echo=echo, repeated=repeated)
    if isinstance(outcome.step, Aside):
        return outcome.step.word
    if member.private.talk is Talk.EDITING and not outcome.progress.changing:
        card.close_card(turn, member, left, lead)
        _changed(turn, member)
        return None
    if isinstance(outcome.step, Done):
        card.close_card(turn, member, None if message else left, lead)
        _done(turn, member, flow)
        return None
    again = isinstance(outcome.step, Ask) and isinstance(left, Ask) and outcome.step.question == left.question
    again = again and outcome.notice is not Notice.ONCE_MORE
    card.draw_step(turn, member, outcome.step, left=left, pressed=message, lead=lead, again=again)
    return None


def _outcome(turn: Turn, member: Member, origin: Origin, reply: Reply) -> FlowOutcome:
    flow, progress = card.flow_of(turn, member)
    return apply_reply(flow, progress, reply, turn.book.vocabulary, card.moment_of_reply(turn, origin, member))


def _remembering(member: Member, notice: Notice | None, *, repeated: bool) -> Member:
    """Return a member with the key of the line that is said to what was not understood, as small talk keeps it."""
    said = BUTTONS if repeated else f"notice-{notice}" if notice in MISSES else ""
    return replace(member, private=replace(member.private, chatted=said))


def _lead(turn: Turn, member: Member, outcome: FlowOutcome, *, echo: bool, repeated: bool) -> str:
    """Return what is said before the next step; in place of the same line once more, that buttons may be easier.

    What was understood of typed words is always shown, so that a wrong reading can be put right: never a silent guess.
    """
    lines = []
    if repeated:
        lines.append(turn.words(member, BUTTONS))
    elif outcome.notice is not None:
        lines.append(prompts.notice_words(turn, member, outcome.notice, outcome.about))
    if echo and outcome.understood:
        lines.append(prompts.echo_words(turn, member, outcome.understood))
    return "\n".join(lines)


def _done(turn: Turn, member: Member, flow: Flow) -> None:
    """Go on from a flow in which nothing is left to ask."""
    member = turn.tx.members.by_id(member.id) or member
    _, progress = card.flow_of(turn, member)
    if flow is turn.book.gates:
        _agreed(turn, member, progress)
    elif flow is turn.book.card:
        _show_youth_lines(turn, member, _country_in(progress))
    else:
        _finished(turn, member, progress)


def _stop(turn: Turn, member: Member, reason: str) -> None:
    """Abort for someone who may not or does not want to go on: nothing of them is kept.

    Who is under 18 is asked for their country first, so that the lines for young people there can be shown.
    """
    if reason != "under_age":
        erasure.farewell(turn, member, "declined")
        return
    turn.say(member, "too-young")
    if member.private.country:
        _show_youth_lines(turn, member, member.private.country)
        return
    private = Private(care=member.private.care, chatted=member.private.chatted)
    begun = begin(turn.book.card, turn.book.vocabulary, card.moment_of_reply(turn, None))
    member = card.save_progress(turn, replace(member, stage=Stage.GATES, private=private), begun)
    card.draw_step(turn, member, next_step(turn.book.card, begun))


def _show_youth_lines(turn: Turn, member: Member, code: str) -> None:
    """Show who talks with young people in a country, and erase what was needed for it.

    A crisis that is open is not closed on somebody because of their age: it goes on until it is over.
    """
    private = Private(care=member.private.care, country=code)
    member = replace(member, stage=Stage.GREETED, private=private)
    card, address = rendering.youth(turn, member), turn.tx.members.whole_address(member.id)
    if shields(care_from(private.care), rendering.scene(turn, member), turn.book.pace):
        turn.tx.members.save(member)
        turn.show(member, card, crisis=True)
        return
    erasure.erase_member(turn, member.id)
    if address is not None:
        last = erasure.last_word(turn, member, address)
        turn.say(last, "young-farewell")
        turn.show(last, card)


def _country_in(progress: Progress) -> str:
    country = progress.answer_to("country")
    return country.keys[0] if country is not None and country.keys else ""


def _agreed(turn: Turn, member: Member, progress: Progress) -> None:
    """Record consent with its version, keep the country, and start the questions."""
    consent, code = progress.answer_to("consent"), _country_in(progress)
    member = replace(
        member,
        stage=Stage.INTAKE,
        consent=consent.version if consent is not None else "",
        consent_at=turn.now,
        private=replace(member.private, country=code),
    )
    first = begin(turn.book.intake, turn.book.vocabulary, card.moment_of_reply(turn, None), (member.locale,))
    member = card.save_progress(turn, member, first)
    card.draw_step(turn, member, next_step(turn.book.intake, first))


def _finished(turn: Turn, member: Member, progress: Progress) -> None:
    """Complete the questionnaire: start looking."""
    member = _derive(turn, replace(member, stage=Stage.HOME), progress)
    offers.look(turn, member)


def _derive(turn: Turn, member: Member, progress: Progress) -> Member:
    """Copy what other use cases need out of the answers: nickname, and time zone for quiet hours."""
    nickname, zone = progress.answer_to("nickname"), zone_of(progress)
    name = nickname.keys[0] if nickname is not None and nickname.keys else member.private.nickname
    ahead = offset_at(clock_of(zone), turn.now)
    offset = member.private.utc_offset if zone and ahead is None else ahead  # a zone that is known no more
    named = "" if OFFSET.fullmatch(zone) else zone
    member = replace(member, private=replace(member.private, nickname=name, zone=named, utc_offset=offset))
    turn.tx.members.save(member)
    return member


# ── Answers, later ──────────────────────────────────────────────────────────────────────


def show_answers(turn: Turn, member: Member) -> None:
    """Show the profile, each answer with an edit button; unfinished people go on where they are."""
    if member.stage is Stage.GREETED or member.private.lost is not Loss.NONE:
        begin_gates(turn, member)
        return
    if member.stage in {Stage.GATES, Stage.INTAKE}:
        show_again(turn, member)
        return
    flow, progress = card.flow_of(turn, member)
    prompts.answers(turn, member, flow, progress)


def reopen_answer(turn: Turn, member: Member, question: str) -> None:
    """Edit one answer. Limits are rate-limited to three changes a week, so that nobody can fish for a person."""
    if member.private.lost is not Loss.NONE:
        begin_gates(turn, member)
        return
    flow, progress = card.flow_of(turn, member)
    if question == "more":
        progress = keep_going(progress)
        member = card.save_progress(turn, replace(member, stage=Stage.INTAKE, looking_since=None), progress)
        step = next_step(flow, progress)
        if isinstance(step, Done):
            _done(turn, member, flow)
        else:
            card.draw_step(turn, member, step)
        return
    if question not in {place.question.key for place in path(flow, progress)}:
        turn.say(member, "stale-button")
        return
    recent = tuple(at for at in member.private.limit_changes if at > turn.now - A_WEEK)
    if question in LIMITS and len(recent) >= LIMIT_CHANGES:
        turn.say(member, "answers-limit")
        return
    changes = (*recent, turn.now) if question in LIMITS else recent
    _reopen(turn, replace(member, private=replace(member.private, limit_changes=changes)), progress, question)


def _reopen(turn: Turn, member: Member, progress: Progress, question: str) -> None:
    private = replace(member.private, talk=Talk.EDITING, subject=question)
    progress = reopen(progress, question)
    member = card.save_progress(turn, replace(member, private=private), progress)
    card.draw_step(turn, member, next_step(turn.book.intake, progress))


def _changed(turn: Turn, member: Member) -> None:
    """Record an edited answer, which counts from the next match on; ask what depends on it."""
    member = turn.tx.members.by_id(member.id) or member
    flow, progress = card.flow_of(turn, member)
    private = replace(member.private, talk=Talk.NONE, subject="")
    member = _derive(turn, replace(member, private=private), progress)
    follow = next((place.question for place in path(flow, progress) if place.open and place.question.follows), None)
    if follow is not None:
        # What follows from a changed answer is part of the same change, and does not count as one more.
        _reopen(turn, member, progress, follow.key)
        return
    turn.say(member, "answers-changed", buttons=(("home-answers", Token("home", verb="answers")),))
    if member.stage is Stage.LOOKING:
        offers.match_on_arrival(turn, member.id)
