"""Card of the questionnaire: one message that is edited in place step by step, and its stored progress.

Whoever presses a button of it sees the next step there. Whoever types gets it below their words, and the one above
loses its buttons: an answered question is no wall of them.
"""

from dataclasses import replace

from buddybot.domain.intake.flow import begin
from buddybot.domain.intake.path import open_lists
from buddybot.domain.intake.progress import Progress, from_json, to_json
from buddybot.domain.intake.questions import Flow
from buddybot.domain.intake.replies import Ask, Moment, Step
from buddybot.domain.kernel.messages import Edit, MessageId, NoteId, Origin, Send
from buddybot.domain.people.members import Member, Stage
from buddybot.service.intake import prompts
from buddybot.service.kernel.turn import Buttons, Turn


def flow_of(turn: Turn, member: Member) -> tuple[Flow, Progress]:
    """Return the flow that a member is in, and how far they are."""
    in_gates = member.stage in {Stage.GREETED, Stage.GATES}
    flow, kept = (turn.book.gates, member.private.gates) if in_gates else (turn.book.intake, member.private.intake)
    if not kept:
        return flow, begin(flow, turn.book.vocabulary, moment_of_reply(turn, None), (member.locale,))
    progress = from_json(kept)
    return turn.book.card if progress.flow == turn.book.card.key else flow, progress


def moment_of_reply(turn: Turn, origin: Origin | None, member: Member | None = None) -> Moment:
    """Return the context of a reply."""
    names = () if origin is None else origin.names
    if member is None:
        return Moment(turn.now, turn.world.rng, names)
    return Moment(turn.now, turn.world.rng, names, member.private.country, turn.zones.get(member.id, ""))


def save_progress(turn: Turn, member: Member, progress: Progress) -> Member:
    """Store how far a member is, and the member; return them as they are now."""
    kept, gates = to_json(progress), progress.flow != turn.book.intake.key
    private = replace(member.private, gates=kept) if gates else replace(member.private, intake=kept)
    member = replace(member, private=private)
    turn.tx.members.save(member)
    return member


def draw_step(
    turn: Turn,
    member: Member,
    step: Step,
    *,
    left: Step | None = None,
    pressed: MessageId | None = None,
    lead: str = "",
    again: bool = False,
    sheet: bool = False,
    beside: Buttons = (),
) -> None:
    """Show a step: in the place of the card that was pressed, else below, with no buttons on what was `left`.

    `lead` is said before it; `again` asks a long question in fewer words; `sheet` goes on with a page of a form;
    `beside` are buttons that answer nothing.
    """
    member = turn.tx.members.by_id(member.id) or member
    flow, progress = flow_of(turn, member)
    content = prompts.step_content(turn, member, (flow, progress), step, lead=lead, again=again, beside=beside)
    if content is None:
        return
    first = isinstance(step, Ask) and step.number == 1
    if flow is turn.book.intake and (sheet or first) and turn.has_forms(member) and open_lists(flow, progress):
        content = prompts.with_sheet(turn, member, content)
    turn.tx.questions.age(member.id, turn.now)  # a bare "2" now answers this step, and nothing that was asked before it
    content = replace(content, language=member.locale)
    here = _note_of(turn, member, pressed)
    if here is not None and here == progress.shown and flow is turn.book.intake:
        turn.post(member.id, Edit(here, content))
        return
    note = NoteId(turn.world.new_id())
    turn.post(member.id, Send(content, note))
    if here != progress.shown or here is None:
        take_buttons_off(turn, member, flow, progress, left)
    save_progress(turn, member, replace(progress, shown=note))


def take_buttons_off(turn: Turn, member: Member, flow: Flow, progress: Progress, left: Step | None) -> None:
    """Take the buttons off the message that showed a step."""
    if not progress.shown or left is None:
        return
    content = prompts.content_left(turn, member, flow, left)
    if content is not None:
        turn.post(member.id, Edit(NoteId(progress.shown), content, tidies=True))


def close_card(turn: Turn, member: Member, left: Step | None, lead: str) -> None:
    """Say what was understood last; the card that nothing more is asked on keeps the answers, and no buttons.

    What was `left` in the gates by typing loses its buttons.
    """
    member = turn.tx.members.by_id(member.id) or member
    flow, progress = flow_of(turn, member)
    if lead:
        turn.post(member.id, Send(prompts.plain_content(lead)))
    if progress.shown and flow is turn.book.intake:
        done = prompts.finished_content(turn, member, flow, progress)
        turn.post(member.id, Edit(NoteId(progress.shown), done, tidies=True))
        save_progress(turn, member, replace(progress, shown=""))
    else:
        take_buttons_off(turn, member, flow, progress, left)


def is_on_card(turn: Turn, member: Member, message: MessageId | None) -> bool:
    """Return whether a pressed message is the one that shows the open question: a second tap on it is no mistake."""
    _, progress = flow_of(turn, member)
    return bool(progress.shown) and _note_of(turn, member, message) == progress.shown


def _note_of(turn: Turn, member: Member, message: MessageId | None) -> NoteId | None:
    """Return what a pressed message is to us."""
    receipt = turn.tx.receipts.of_message(member.id, message) if message else None
    return None if receipt is None else receipt.note
