"""Yearly remembrance reminders, opt-in: a day that somebody lost a person on, or any other, spoken of gently and once.

On the day at an hour of theirs or the evening before; skipped or stopped in one tap, silent while a crisis is near.
"""

from dataclasses import replace
from datetime import date, timedelta

from buddybot.domain.care.milestones import LONGEST
from buddybot.domain.care.remembrance import MOST, WHENS, Remembrance, next_day, next_spoken, parse_when, spoken_at
from buddybot.domain.care.rhythm import MINUTES
from buddybot.domain.dialog.questions import Unfit
from buddybot.domain.kernel.ids import MemberId
from buddybot.domain.kernel.messages import Choice, Content, Span
from buddybot.domain.kernel.plaintext import plain
from buddybot.domain.kernel.tokens import Token
from buddybot.domain.kernel.verdicts import Screening
from buddybot.domain.people.members import Member, Talk
from buddybot.service.care.dates.asking import (
    await_nothing,
    await_words,
    is_kept_out,
    read_day,
    tapped_day,
)
from buddybot.service.care.own_days import tender
from buddybot.service.care.pairs import left_in_peace_until
from buddybot.service.crisis import conversation
from buddybot.service.kernel.moments import clock, local_day
from buddybot.service.kernel.turn import Buttons, Turn
from buddybot.store.kernel.timers import Timer

DAY = "remembrance"
NEW = ("remember-new", Token("remember", verb="new"))
NO = ("remember-no", Token("remember", verb="no"))
_NOBODY = "new"
"""Stands for the id of a day that is not kept yet."""
_PUT_OFF = ":quiet"


def run_remember(turn: Turn, member: Member, words: str) -> None:
    """Command handler: show the days that are kept, or keep the one that was typed."""
    if plain(words):
        _take_day(turn, member, _NOBODY, words, turn.screening)
    else:
        _show_all(turn, member)


def offer_instead(turn: Turn, member: Member) -> None:
    """Say that nothing is counted in the bereaved lane, and what there is in its place."""
    kept = "yes" if turn.tx.own_dates.milestones(member.id) else "no"
    turn.say(member, "remember-instead", buttons=(NEW, NO), kept=kept)


def press_remember(turn: Turn, member: Member, subject: str, verb: str) -> None:
    """Button handler: without a subject of the whole, else of one day."""
    member = await_nothing(turn, member, Talk.REMEMBRANCE)
    if verb == "no":
        turn.say(member, "remember-fine")
    elif verb == "new":
        _ask_day(turn, member, _NOBODY)
    elif (day := tapped_day(turn, member, verb)) is not None:
        _keep_day(turn, member, subject, day)
    elif (one := turn.tx.own_dates.remembrance(member.id, subject)) is None:
        turn.say(member, "remember-fine" if verb == "later" else "stale-button")
    else:
        _press_one(turn, member, one, verb)


def _press_one(turn: Turn, member: Member, one: Remembrance, verb: str) -> None:
    match verb:
        case "show":
            _show_one(turn, member, one)
        case "day":
            _ask_day(turn, member, one.id)
        case "word":
            _ask_word(turn, member, one)
        case "wordless":
            _worded(turn, member, replace(one, word=""))
        case "hour":
            _ask_when(turn, member, one)
        case "skip":
            turn.say(member, "remember-skipped")
        case "stop" | "later":
            turn.tx.own_dates.keep(member.id, replace(one, minute=None if verb == "stop" else one.minute))
            _set_next(turn, member, replace(one, minute=None if verb == "stop" else one.minute))
            turn.say(member, "remember-stopped" if verb == "stop" else "remember-fine")
        case "remove" | "yes" | "stay":
            _press_remove(turn, member, one, verb)
        case _ if verb in WHENS:
            _timed(turn, member, one, *WHENS[verb])
        case _:
            turn.say(member, "stale-button")


# ── Keeping a day ───────────────────────────────────────────────────────────────────────


def _ask_day(turn: Turn, member: Member, key: str) -> None:
    if key == _NOBODY and len(turn.tx.own_dates.remembrances(member.id)) >= MOST:
        turn.say(member, "remember-many", most=MOST)
        return
    later: Buttons = (("date-later", Token("remember", key, "later")),)
    await_words(turn, member, (Talk.REMEMBRANCE, f"day:{key}"), "remember-day", buttons=later)


def _ask_word(turn: Turn, member: Member, one: Remembrance) -> None:
    buttons: Buttons = (("remember-wordless", Token("remember", one.id, "wordless")),)
    await_words(turn, member, (Talk.REMEMBRANCE, f"word:{one.id}"), "remember-word", buttons=buttons)


def _ask_when(turn: Turn, member: Member, one: Remembrance) -> None:
    rows = tuple((f"remember-when-{when}", Token("remember", one.id, when)) for when in WHENS)
    buttons = (*rows, ("remember-silent", Token("remember", one.id, "stop")))
    await_words(turn, member, (Talk.REMEMBRANCE, f"when:{one.id}"), "remember-when", buttons=buttons)


def receive_remembrance_words(turn: Turn, member: Member, text: str, screening: Screening | None) -> bool:
    """Take the words that were asked for: a day, a word for it, an hour; return whether they were nothing but that."""
    how, _, key = member.private.subject.partition(":")
    one = turn.tx.own_dates.remembrance(member.id, key)
    if conversation.cries(turn, member, text, screening):
        member = await_nothing(turn, member, Talk.REMEMBRANCE)
        turn.say(member, "date-not-kept")
        return False
    if how == "day":
        _take_day(turn, member, key, text, screening)
    elif one is None:
        await_nothing(turn, member, Talk.REMEMBRANCE)
        turn.say(member, "stale-button")
    elif how == "word":
        _take_word(turn, member, one, text, screening)
    else:
        _take_when(turn, member, one, text)
    return True


def _take_day(turn: Turn, member: Member, key: str, text: str, screening: Screening | None) -> None:
    if conversation.cries(turn, member, text, screening):
        turn.say(member, "date-not-kept")
        return
    awaiting = replace(member, private=replace(member.private, talk=Talk.REMEMBRANCE, subject=f"day:{key}"))
    turn.tx.members.save(awaiting)
    day = read_day(turn, awaiting, text, lambda verb: Token("remember", key, verb))
    if day is not None:
        _keep_day(turn, await_nothing(turn, awaiting, Talk.REMEMBRANCE), key, day)


def _keep_day(turn: Turn, member: Member, key: str, day: date) -> None:
    kept = turn.tx.own_dates.remembrance(member.id, key)
    if kept is None and key != _NOBODY:
        turn.say(member, "stale-button")
    elif kept is None and len(turn.tx.own_dates.remembrances(member.id)) >= MOST:
        turn.say(member, "remember-many", most=MOST)
    elif kept is None:
        one = Remembrance(turn.world.new_id(), day.month, day.day)
        turn.tx.own_dates.keep(member.id, one)
        _ask_word(turn, member, one)
    else:
        one = replace(kept, month=day.month, day=day.day, told=None)
        turn.tx.own_dates.keep(member.id, one)
        _set_next(turn, member, one)
        _show_one(turn, member, one)


def _take_word(turn: Turn, member: Member, one: Remembrance, text: str, screening: Screening | None) -> None:
    if is_kept_out(screening) or len(text) > LONGEST or not plain(text):
        turn.say(member, "date-words" if len(text) <= LONGEST else "date-long", longest=LONGEST)
        _ask_word(turn, member, one)
    else:
        _worded(turn, await_nothing(turn, member, Talk.REMEMBRANCE), replace(one, word=" ".join(text.split())))


def _worded(turn: Turn, member: Member, one: Remembrance) -> None:
    turn.tx.own_dates.keep(member.id, one)
    if one.minute is None:
        _ask_when(turn, member, one)
    else:
        _show_one(turn, member, one)


def _take_when(turn: Turn, member: Member, one: Remembrance, text: str) -> None:
    if (found := parse_when(text)) is None:
        turn.say(member, "remember-when-unread")
        _ask_when(turn, member, one)
    else:
        _timed(turn, await_nothing(turn, member, Talk.REMEMBRANCE), one, *found)


def _timed(turn: Turn, member: Member, one: Remembrance, minute: int, eve: bool) -> None:  # noqa: FBT001 - a pair of a table
    one = replace(one, minute=minute, eve=eve)
    turn.tx.own_dates.keep(member.id, one)
    _set_next(turn, member, one)
    if clock(member) is None:
        turn.say(member, "remember-no-clock")
    _show_one(turn, member, one)


# ── Seeing them ─────────────────────────────────────────────────────────────────────────


def _name_of(turn: Turn, member: Member, one: Remembrance) -> str:
    return one.word or turn.words(member, "remember-a-day")


def _line_of(turn: Turn, member: Member, one: Remembrance) -> str:
    """Return a day in one line: what it is called, when it is next, and when it is spoken of."""
    day = next_day(one, local_day(member, turn.now) - timedelta(days=1))
    name = _name_of(turn, member, one)
    if one.minute is None:
        return turn.words(member, "remember-line-silent", name=name, day=day)
    key = "remember-line-eve" if one.eve else "remember-line"
    time = f"{one.minute // MINUTES}:{one.minute % MINUTES:02}"
    return turn.words(member, key, name=name, day=day, time=time)


def _show_all(turn: Turn, member: Member) -> None:
    kept = turn.tx.own_dates.remembrances(member.id)
    if not kept:
        turn.say(member, "remember-none", buttons=(NEW, NO))
        return
    lines = [turn.words(member, "remember-yours"), *(_line_of(turn, member, one) for one in kept)]
    rows = [Choice(str(Token("remember", one.id, "show")), _name_of(turn, member, one)) for one in kept]
    turn.show(member, Content((Span("\n".join(lines)),), choices=(*rows, *turn.choices(member, (NEW,)))))


def _show_one(turn: Turn, member: Member, one: Remembrance) -> None:
    rows = [("remember-hour", "hour"), ("remember-reword", "word"), ("remember-redate", "day")]
    rows += [] if one.minute is None else [("remember-stop", "stop")]
    rows += [("remember-remove", "remove")]
    buttons = (*((key, Token("remember", one.id, verb)) for key, verb in rows), NO)
    turn.show(member, Content((Span(_line_of(turn, member, one)),), choices=turn.choices(member, buttons)))


def _press_remove(turn: Turn, member: Member, one: Remembrance, verb: str) -> None:
    name = _name_of(turn, member, one)
    if verb == "remove":
        rows = (("remember-remove-yes", "yes"), ("remember-stay", "stay"))
        buttons = tuple((key, Token("remember", one.id, verb)) for key, verb in rows)
        again = "remember-remove-again"
        turn.ask(member, "remember-remove-sure", buttons=buttons, again=again, unfit=Unfit.EXCLUSIVE, name=name)
    elif verb == "yes":
        turn.tx.own_dates.drop(member.id, one.id)
        turn.tx.timers.cancel(DAY, one.id)
        turn.say(member, "remember-removed")
    else:
        turn.say(member, "remember-stays")


# ── The day ─────────────────────────────────────────────────────────────────────────────


def _set_next(turn: Turn, member: Member, one: Remembrance) -> None:
    if one.minute is None:
        turn.tx.timers.cancel(DAY, one.id)
        return
    day, due = next_spoken(one, clock(member), turn.now)
    turn.tx.timers.set(Timer(DAY, one.id, due, member.id, payload=day.isoformat()))


def speak_of(turn: Turn, timer: Timer) -> None:
    """Timer: speak of the day, once a year; not in quiet hours, on a break, or while a crisis is near."""
    member = turn.tx.members.by_id(MemberId(timer.member or ""))
    one = None if member is None else turn.tx.own_dates.remembrance(member.id, timer.subject)
    if member is None or one is None or one.minute is None:
        return
    day = date.fromisoformat(timer.payload.removesuffix(_PUT_OFF))
    wanted, later = spoken_at(one, day, clock(member)), left_in_peace_until(turn, member)
    if wanted > turn.now and not timer.payload.endswith(_PUT_OFF):
        turn.tx.timers.set(replace(timer, due=wanted))  # they crossed a zone
    elif later is not None and local_day(member, later) <= day:
        turn.tx.timers.set(replace(timer, due=later, payload=f"{day.isoformat()}{_PUT_OFF}"))
    else:
        near = tender(turn, member) or conversation.shielded(turn, member, None)
        if later is None and not near and local_day(member, turn.now) <= day:
            _speak(turn, member, one, day)
        one = replace(one, told=day)
        turn.tx.own_dates.keep(member.id, one)
        _set_next(turn, member, one)


def _speak(turn: Turn, member: Member, one: Remembrance, day: date) -> None:
    rows = (("remember-skip", "skip"), ("remember-stop", "stop"))
    talk = ("remember-someone", Token("command", verb="now"))
    buttons = (talk, *((key, Token("remember", one.id, verb)) for key, verb in rows))
    key = "remember-today" if local_day(member, turn.now) == day else "remember-tomorrow"
    turn.say(member, key, buttons=buttons, name=one.word or "none")
