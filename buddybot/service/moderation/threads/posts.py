"""Declaration of a case's thread where the team is, said anew whenever the case changes, wherever that was.

No word of a member stands in it: what was shared is shown to whoever opens it, to them alone.
"""

from dataclasses import replace

from buddybot.domain.kernel.ids import CaseId, MemberId
from buddybot.domain.kernel.messages import Choice, Content, MessageId, Span, Style, ThreadPost
from buddybot.domain.kernel.tokens import Token
from buddybot.domain.moderation.cases import Case, State
from buddybot.domain.moderation.sanctions import Sanction, Step
from buddybot.domain.moderation.threads import CALLED, ThreadLabel, calls, label_of
from buddybot.domain.people.members import Member
from buddybot.service.kernel.turn import Turn
from buddybot.service.kernel.wording import moment_in_words
from buddybot.service.moderation import casework, conflicts, removal
from buddybot.service.moderation.threads.reach import is_for_all, threaded_places
from buddybot.service.moderation.voice import talks
from buddybot.store.kernel.outbox import Parcel
from buddybot.store.kernel.timers import Timer
from buddybot.store.moderation.threads import case_of_thread, note_of_case

THREAD = "case-thread"
MOST = 100
"""Open cases whose threads are looked at when the bot starts."""
LOST = 3
"""How often a thread that was deleted by hand is made again."""


def note_changes(turn: Turn) -> None:
    """Set a timer for each case that changed in this transaction: no fault of a thread may undo what was done."""
    for case_id in sorted(turn.tx.changed_cases) if turn.threaded else ():
        turn.tx.timers.set(Timer(THREAD, case_id, turn.now))


def follow_case(turn: Turn, case_id: CaseId) -> None:
    """Declare the threads of a case that changed."""
    case = turn.tx.cases.by_id(case_id)
    if case is not None:
        for place in threaded_places(turn):
            _declare(turn, place, case)


def declare_open(turn: Turn) -> None:
    """Declare the threads of all open cases: what was missed while a place or its platform was not there."""
    for place in threaded_places(turn):
        for case in turn.tx.cases.waiting(MOST):
            _declare(turn, place, case)


def lost(turn: Turn, place_id: MemberId, message: MessageId) -> None:
    """Make a thread again that somebody deleted while its case is open; the third time, say that it stays away."""
    receipt, place = turn.tx.receipts.of_message(place_id, message), turn.tx.members.by_id(place_id)
    case_id = None if receipt is None else case_of_thread(receipt.note)
    case = None if case_id is None else turn.tx.cases.by_id(case_id)
    if place is None or case is None or case.state is State.CLOSED:
        return
    turn.tx.case_threads.lose(case.id, place.id, by_hand=True)
    before = turn.tx.case_threads.of(case.id, place.id)
    if before is not None and before.lost == LOST:
        turn.say(place, "case-post-lost", case=conflicts.code(case), alias=case.alias)
    elif before is not None and before.lost < LOST:
        _declare(turn, place, case)


def undelivered(turn: Turn, parcel: Parcel) -> None:
    """Forget a declaration that never arrived, so that the next change says it again."""
    case_id = case_of_thread(parcel.note) if parcel.kind == "thread" and parcel.note is not None else None
    if case_id is not None:
        turn.tx.case_threads.lose(case_id, parcel.recipient, by_hand=False)


def _declare(turn: Turn, place: Member, case: Case) -> None:
    """Enqueue what the thread is to be, where that is news; what it was to be before is dropped, its call is not."""
    before = turn.tx.case_threads.of(case.id, place.id)
    if before is None and (case.state is State.CLOSED or not is_for_all(turn, case)):
        return
    post = _post(turn, place, case) if is_for_all(turn, case) else _withdrawn(turn, place, case)
    tokens = [f"{one.token}={one.label}" for one in post.content.choices]
    declared = turn.tx.case_threads.digest(post.title, post.content.text, *post.tags, post.holder, *tokens)
    if before is not None and before.declared == declared:
        return
    called = None if before is None or turn.tx.outbox.drop_thread(place.id, post.note) else before.priority
    turn.tx.case_threads.keep(case.id, place.id, declared, case.priority)
    alarm = calls(case, called) and not post.closed
    turn.post(place.id, replace(post, alarm=alarm), crisis=case.priority in CALLED)


# ── What it says ────────────────────────────────────────────────────────────────────────


def _post(turn: Turn, place: Member, case: Case) -> ThreadPost:
    code, held = conflicts.code(case), _held(turn, case)
    watch = turn.tx.timers.find(casework.WATCH, case.id)
    second = turn.tx.records.proposed(removal.KIND, case.id) is not None
    label = label_of(case, held=held is not None, waits=watch is not None or second)
    level = turn.words(place, f"case-level-{case.priority.lower()}")
    kind = _kind(turn, place, case)
    lines = [turn.words(place, "case-post-who", alias=case.alias, at=moment_in_words(turn, place, case.opened_at))]
    if held is not None:
        lines.append(_until(turn, place, held))
    if watch is not None:
        lines.append(turn.words(place, "case-post-watch", at=moment_in_words(turn, place, watch.due)))
    if second:
        lines.append(turn.words(place, "case-post-second"))
    lines.append(_last(turn, place, case))
    head = Span(turn.words(place, "case-post-head", level=level, kind=kind), Style.STRONG)
    return ThreadPost(
        note_of_case(case.id),
        code,
        turn.words(place, "case-post-title", case=code, level=level, kind=kind),
        Content((head, Span("\n" + "\n".join(lines))), choices=_actions(turn, place, case), language=place.locale),
        (turn.words(place, f"case-label-{label}"), case.priority.value),
        closed=label is ThreadLabel.CLOSED,
        holder=_holder(turn, place, case),
    )


def _withdrawn(turn: Turn, place: Member, case: Case) -> ThreadPost:
    """Return what is left of a thread whose person has joined the team since: that it is with others now."""
    code = conflicts.code(case)
    text = turn.words(place, "case-post-withdrawn")
    closed = turn.words(place, f"case-label-{ThreadLabel.CLOSED}")
    return ThreadPost(note_of_case(case.id), code, code, Content((Span(text),)), (closed,), closed=True)


def _kind(turn: Turn, place: Member, case: Case) -> str:
    against = turn.tx.sanctions.by_id(case.sanction) if case.sanction else None
    if against is None:
        return turn.words(place, f"concern-{case.concern}")
    return turn.words(place, "mod-appeal-against", step=turn.words(place, f"step-{against.step}"))


def _last(turn: Turn, place: Member, case: Case) -> str:
    """Return the last line: who has it. The name of whoever has it is drawn behind it."""
    match case.state:
        case State.OPEN:
            return turn.words(place, "case-post-new", at=moment_in_words(turn, place, case.due_at()))
        case State.CLAIMED:
            return turn.words(place, "case-post-taken", at=moment_in_words(turn, place, case.due_at()))
        case State.CLOSED:
            return turn.words(place, "case-post-closed")


def _held(turn: Turn, case: Case) -> Sanction | None:
    """Return the step of this case that holds its person back now."""
    holding = {Step.MUTE, Step.QUARANTINE, Step.REMOVAL}
    found = [one for one in turn.tx.sanctions.of_case(case.id) if one.step in holding and one.runs(turn.now)]
    return found[-1] if found else None


def _until(turn: Turn, place: Member, held: Sanction) -> str:
    if held.until is None:
        return turn.words(place, "case-post-held-open")
    return turn.words(place, "case-post-held", until=moment_in_words(turn, place, held.until))


def _holder(turn: Turn, place: Member, case: Case) -> str:
    """Return the account of whoever has a case, where this very platform vouches for them; nobody else is named."""
    where = turn.tx.members.whole_address(place.id)
    if where is None or case.claimed_by is None:
        return ""
    theirs = (
        one
        for one in turn.tx.members.addresses(case.claimed_by)
        if (one.platform, one.identity) == (where.platform, where.identity)
    )
    return next((one.account for one in theirs if turn.tx.staff.is_vouched(one, turn.now)), "")


def _actions(turn: Turn, place: Member, case: Case) -> tuple[Choice, ...]:
    """Return the buttons that fit now; who presses one is checked then, like anybody who types the command."""
    if case.state is State.CLOSED:
        return ()
    code, is_new = conflicts.code(case), case.state is State.OPEN

    def choice(key: str, noun: str, verb: str, *, form: bool = False) -> Choice:
        return Choice(str(Token(noun, code, verb)), turn.words(place, key), form=form, main=verb == "claim")

    return (
        *((choice("mod-claim", "mod", "claim"),) if is_new else ()),
        choice("case-look", "mod", "case"),
        *((choice("mod-say-write", "voice", "write", form=True),) if talks.may_speak(case) else ()),
        *(() if removal.exempt(turn, case) else (choice("form-mute", "mod", "mute", form=True),)),
        *(() if is_new else (choice("case-hand-over", "mod", "release", form=True),)),
        *(() if is_new or case.concern in casework.ALONE else (choice("case-close", "mod", "close"),)),
    )
