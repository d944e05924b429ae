"""Abuse reports: one reason, the evidence that the reporter shares, a case. The reporter is never named."""

from dataclasses import dataclass, replace

from buddybot.domain.dialog.questions import Unfit
from buddybot.domain.kernel.ids import RoomId
from buddybot.domain.kernel.messages import Choice, Content, MessageId, Span
from buddybot.domain.kernel.messages.forms import WORDS, FieldKind, Form, FormField, FormOption
from buddybot.domain.kernel.tokens import Token
from buddybot.domain.moderation import file_evidence
from buddybot.domain.moderation.cases import Concern, State
from buddybot.domain.people.members import Member, Stage, Talk
from buddybot.domain.talk.rooms import Room, RoomKind, Seat
from buddybot.service.crisis import conversation
from buddybot.service.kernel import staff, standing
from buddybot.service.kernel.forms import FormPress, hand_back, taken_form
from buddybot.service.kernel.turn import Asking, Buttons, Turn
from buddybot.service.moderation import casework
from buddybot.service.moderation.casework import CaseReport
from buddybot.service.moderation.desk import reported_files
from buddybot.service.talk import endings, franking
from buddybot.store.matching.ties import TieKind

NEVER_PRESSED = frozenset({Concern.RULE, Concern.APPEAL, Concern.CRISIS, Concern.MENTOR})
CONCERNS = tuple(concern for concern in Concern if concern not in NEVER_PRESSED)
"""What a member may pick; the others are opened by the bot."""
SHARES = (("one", 1), ("six", 6))
WHAT = "what"
"""Field of a report's form: its concern."""
AIM = "~"
"""Between a circle and a place in it."""


@dataclass(frozen=True, slots=True)
class Aim:
    """Target of a report: the buddy of a pair, one of a circle. `token` names them in buttons.

    A buddy who erased themselves has no seat. They are reported as anybody is: it must not show, and the team must
    hear of it.
    """

    token: str
    room: Room
    seats: tuple[Seat, ...]

    @property
    def asks_whom(self) -> bool:
        """Return whether nobody is named yet, of several."""
        return self.room.kind is RoomKind.CIRCLE and not self.seats


def begin_report(turn: Turn, member: Member, message: MessageId | None, words: str = "") -> None:
    """Start a report; in a circle ask for the target, which a message replied to names by its author.

    `words` came with the command: they wait for the concern, and nobody is asked for them twice.
    """
    aim = _meant(turn, member, message)
    if message is None and not words and endings.is_open_which(turn, member):
        endings.ask_which(turn, member, "report", "report-which")
    elif aim is None:
        turn.say(member, "report-nothing")
    else:
        _what(turn, member, aim, words)


def _what(turn: Turn, member: Member, aim: Aim, words: str) -> None:
    cancel = ("report-cancel", Token("report", aim.token, "cancel"))
    if aim.asks_whom:
        seats = aim.room.others(member.id)
        whom = [Choice(str(Token("report", f"{aim.room.id}{AIM}{seat.place}", "whom")), seat.alias) for seat in seats]
        content = Content(
            (Span(turn.words(member, "circle-report-whom")),), choices=(*whom, *turn.choices(member, (cancel,)))
        )
        asking = Asking(Unfit.EXCLUSIVE, "circle-report-whom-again", aim.room.id, words=words)
        turn.show(member, content, asking=asking)
        return
    options = [(f"report-{concern}", Token("report", aim.token, concern)) for concern in CONCERNS]
    ask_concern(turn, member, (*options, cancel), about=aim.room.id, words=words)


def ask_concern(turn: Turn, member: Member, buttons: Buttons, *, about: str = "", words: str = "") -> None:
    """Ask what a report is about; the last button leaves it, and so may "nothing" and "I don't know"."""
    reads = ((str(buttons[-1][1]), "report.leave"),)
    turn.ask(member, "report-ask", buttons=buttons, again="report-ask-again", about=about, words=words, reads=reads)


def _meant(turn: Turn, member: Member, message: MessageId | None) -> Aim | None:
    receipt = turn.tx.receipts.of_message(member.id, message) if message else None
    found = None if receipt is None else turn.tx.rooms.room_of_note(receipt.note)
    if found is not None:
        room, author = found
        seat = next((one for one in (*room.seats, *room.left) if one.member == author), None)
        place = f"{AIM}{seat.place}" if room.kind is RoomKind.CIRCLE and seat is not None else ""
        return _aim(turn, member, f"{room.id}{place}")
    last = endings.last_room_of(turn, member)
    return None if last is None else _aim(turn, member, last.id)


def _aim(turn: Turn, member: Member, token: str) -> Aim | None:
    """Resolve the target that a button names; None where this member has not been."""
    room_id, _, place = token.partition(AIM)
    room = turn.tx.rooms.by_id(RoomId(room_id))
    if room is None or not room.saw(member.id):
        return None
    if room.kind is not RoomKind.CIRCLE:
        return Aim(token, room, room.others(member.id))
    seat = room.at(place, member.id)
    return Aim(token, room, () if seat is None else (seat,))


def press_report(turn: Turn, member: Member, token: str, verb: str, words: str = "") -> None:
    """Button handler of a report; `words` waited for it."""
    aim = _aim(turn, member, token)
    if aim is None:
        turn.say(member, "report-nothing")
    elif verb in {"whom", "which"} or (verb in set(CONCERNS) and aim.asks_whom):
        _what(turn, member, aim, words)
    elif verb in set(CONCERNS):
        _choose(turn, member, aim, Concern(verb), words)
    else:
        _step(turn, member, aim, verb)


def _step(turn: Turn, member: Member, aim: Aim, verb: str) -> None:
    if verb == "none" and member.private.talk is Talk.REPORT:
        receive_evidence(turn, member, "")
    elif verb in dict(SHARES) and member.private.talk is Talk.REPORT:
        # Their platform can't hand over what they saw: they paste it.
        turn.ask(member, "report-paste", buttons=_ways_out(aim), again="report-paste", unfit=Unfit.TEXT)
    elif verb == "end":
        endings.block(turn, member, aim.room.id, aim.token.partition(AIM)[2] or "yes")
    elif verb == "keep":
        turn.say(member, "report-kept")
    else:
        _settle(turn, member)
        turn.say(member, "report-cancelled")


def _ways_out(aim: Aim) -> Buttons:
    verbs = ("none", "cancel")
    return tuple((f"report-{verb}", Token("report", aim.token, verb)) for verb in verbs)


def _choose(turn: Turn, member: Member, aim: Aim, concern: Concern, words: str) -> None:
    private = replace(member.private, talk=Talk.REPORT, subject=f"{aim.token}.{concern}")
    member = replace(member, private=private)
    turn.tx.members.save(member)
    if concern is Concern.WORRIED:
        conversation.worried(turn, member)
        member = turn.tx.members.by_id(member.id) or member
    if words:
        receive_evidence(turn, member, words)
        return
    named = tuple((f"report-{verb}", Token("report", aim.token, verb)) for verb, _ in SHARES)
    shares = zip(turn.choices(member, named), SHARES, strict=True)
    choices = (
        *(replace(choice, share=count) for choice, (_, count) in shares),
        *turn.choices(member, _ways_out(aim)),
    )
    content = Content((Span(turn.words(member, "report-share")),), choices=choices)
    turn.show(member, content, asking=Asking(Unfit.TEXT))


def receive_quoted(turn: Turn, member: Member, token: str, text: str, file: bytes = b"") -> None:
    """Take evidence that the reporter's client handed over with the press of a button."""
    if member.private.talk is Talk.REPORT and member.private.subject.startswith(f"{token}."):
        receive_evidence(turn, member, text, file)
    else:
        turn.say(member, "report-nothing")


def receive_evidence(turn: Turn, member: Member, text: str, file: bytes = b"") -> None:
    """Open the case with the evidence that the reporter wrote or pasted, and a file that was proven to be theirs."""
    token, _, concern_name = member.private.subject.partition(".")
    aim, concern = _aim(turn, member, token), Concern(concern_name)
    _settle(turn, member)
    if aim is None:
        turn.say(member, "report-nothing")
        return
    for about in tuple(seat.member for seat in aim.seats) or (None,):
        texts = franking.checked(turn, aim.room.id, about, text)
        if franking.is_file_of(turn, aim.room.id, about, file):
            texts = (*texts, (file_evidence.as_text(file), True))
        case = casework.open_case(turn, CaseReport(concern, about, aim.room.id, member.id, texts=texts))
        if any(verified for _, verified in texts) and not file:
            # What they chose to share was said here; if it was a file, their platform may have its bytes.
            reported_files.await_file(turn, member, case)
    if concern is not Concern.WORRIED:
        endings.keep_apart(turn, member, aim.seats, TieKind.REPORTED)
    key = "report-sent" if staff.anyone(turn) else "report-sent-nobody"
    after = (("report-end", Token("report", token, "end")), ("report-keep", Token("report", token, "keep")))
    still = aim.room.ending is None and aim.room.holds(member.id)
    if still and concern is not Concern.WORRIED:
        turn.ask(member, key, buttons=after, again="report-after-again")
    else:
        # Whoever is worried about their buddy may have to write to them at once.
        turn.say(member, key, buttons=after if still else ())


# ── On one form ─────────────────────────────────────────────────────────────────────────


def concern_form(press: FormPress) -> Form:
    """Return the form of a report: what it is about, and words if they like."""
    options = tuple(FormOption(concern.value, press.say(f"report-{concern}")) for concern in CONCERNS)
    what = FormField(WHAT, press.say("form-report-what"), FieldKind.ONE, options=options)
    longest = press.turn.book.practice.max_text
    words = FormField(
        WORDS,
        press.say("form-report-words"),
        help=press.say("form-optional"),
        required=False,
        long=True,
        longest=longest,
    )
    return Form(press.say("form-report"), (what, words))


def report_form(press: FormPress) -> Form | None:
    """Return the form for a report of a note in the private chat; None where there is nobody to report for them."""
    turn, member = press.turn, press.member
    if member is None or member.stage in {Stage.GREETED, Stage.GATES} or standing.is_suspended(turn, member):
        return None
    aim = _meant(turn, member, MessageId(press.token.subject) or press.event.message)
    return concern_form(press) if aim is not None and not aim.asks_whom else None


def receive_report(press: FormPress, member: Member) -> None:
    """Take a report that came on a form: one that was sent before, or has no target any more, is said so."""
    turn, event, message = press.turn, press.event, MessageId(press.token.subject) or press.event.message
    aim, form = _meant(turn, member, message), report_form(press)
    if form is None or aim is None:
        hand_back(turn, member, turn.words(member, "report-nothing"), event)
        return
    filled = taken_form(press, member, form, Token("form", message or "", "report"))
    if filled is None:
        return
    concern, words = Concern(filled.words(WHAT)), filled.words(WORDS)
    if any(
        is_known(turn, CaseReport(concern, one.member, reporter=member.id, texts=((words, True),))) for one in aim.seats
    ):
        turn.say(member, "report-known")
    else:
        _choose(turn, member, aim, concern, words)


def is_known(turn: Turn, told: CaseReport) -> bool:
    """Return whether an open case holds exactly this already: the same form came twice."""
    said = [text for text, _ in told.texts]
    return any(
        (one.reporter, one.concern, [one.text]) == (told.reporter, told.concern, said)
        for case in turn.tx.cases.about(told.about)
        if case.state is not State.CLOSED
        for one in turn.tx.records.reports(case.id)
    )


def _settle(turn: Turn, member: Member) -> None:
    turn.tx.members.save(replace(member, private=replace(member.private, talk=Talk.NONE, subject="")))
