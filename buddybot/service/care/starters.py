"""First words to tap: three that fit the pair, each once; a tapped one is sent as the member's own words."""

from dataclasses import replace
from datetime import timedelta

from buddybot.domain.care.openers import Meeting, pick
from buddybot.domain.kernel.messages import Choice, Content, Span
from buddybot.domain.kernel.tokens import Token
from buddybot.domain.people.members import Member
from buddybot.service.care.pairs import Pair, current_pair, pair_of
from buddybot.service.crisis import conversation
from buddybot.service.intake.profiles import candidate_of
from buddybot.service.kernel import standing
from buddybot.service.kernel.moments import clock, local_moment
from buddybot.service.kernel.turn import FIND, HELP, Turn
from buddybot.service.talk import rooms

TENDER = timedelta(days=3)
"""So long after a sign of danger nothing light is offered."""


def offer_starter(turn: Turn, pair: Pair) -> None:
    """Ask somebody who has not written in this pair yet whether they would like first words to tap."""
    if pair.mine.no_openers or pair.me.id in turn.tx.rooms.spoke(pair.room.id):
        return
    rows = (("opener-show", "show"), ("opener-own", "own"))
    turn.inside(pair.me.id, pair.room.id).say(
        pair.me, "opener-ask", buttons=tuple((key, Token("opener", pair.room.id, verb)) for key, verb in rows)
    )


def show_openers(turn: Turn, member: Member) -> None:
    """Command handler: show first words for the present pair; who asks for them wants them again."""
    pair = current_pair(turn, member)
    if pair is None:
        turn.say(member, "room-none", buttons=(FIND,))
        return
    _offer(turn, replace(pair, mine=replace(pair.mine, no_openers=False)))


def press_opener(turn: Turn, member: Member, room_id: str, verb: str) -> None:
    """Button handler of first words: show some, others, or none; or send the one that was tapped."""
    pair = pair_of(turn, member.id, room_id)
    if pair is None:
        turn.say(member, "stale-button")
    elif verb in {"show", "another"}:
        _offer(turn, pair)
    elif verb == "own":
        turn.say(member, "opener-own-words", alias=pair.alias)
    elif verb == "stop":
        turn.tx.pair_care.save(pair.room.id, member.id, replace(pair.mine, no_openers=True))
        turn.say(member, "opener-stopped")
    else:
        _send(turn, pair, verb)


def _offer(turn: Turn, pair: Pair) -> None:
    turn = turn.inside(pair.me.id, pair.room.id)
    found = pick(turn.book.openers, meeting_of(turn, pair), turn.world.rng)
    shown = (*pair.mine.openers, *(one.key for one in found))
    turn.tx.pair_care.save(pair.room.id, pair.me.id, replace(pair.mine, openers=shown))
    if not found:
        turn.say(pair.me, "opener-none", alias=pair.alias)
        return
    own = [Choice(str(_token(pair, one.key)), one.said(pair.me.locale)) for one in found]
    rows = turn.choices(pair.me, (("opener-another", _token(pair, "another")), ("opener-stop", _token(pair, "stop"))))
    turn.show(pair.me, Content((Span(turn.words(pair.me, "opener-pick")),), choices=(*own, *rows)))


def _token(pair: Pair, verb: str) -> Token:
    return Token("opener", pair.room.id, verb)


def _send(turn: Turn, pair: Pair, key: str) -> None:
    """Send a tapped question as the member's own words; only one that was shown to them, and only once."""
    opener = next((one for one in turn.book.openers if one.key == key), None)
    if opener is None or key not in pair.mine.openers or key in pair.mine.sent:
        turn.say(pair.me, "stale-button")
    elif standing.blocks_relay(turn, pair.me, pair.room):
        turn.say(pair.me, "stopped", buttons=(HELP,))
    elif pair.other.paused(turn.now):
        turn.say(pair.me, "room-waiting-paused")
    else:
        turn.tx.pair_care.save(pair.room.id, pair.me.id, replace(pair.mine, sent=(*pair.mine.sent, key)))
        words = opener.said(pair.me.locale)
        turn = turn.inside(pair.me.id, pair.room.id)
        gone = rooms.write_for(turn, pair.me, pair.room, words)
        turn.say(pair.me, "opener-sent" if gone else "opener-held", words=words)


def meeting_of(turn: Turn, pair: Pair) -> Meeting:
    """Return what decides which first words fit these two now."""
    spoke = turn.tx.rooms.spoke(pair.room.id)
    known = clock(pair.me) is not None
    signs = [conversation.state_of(one).signed_at for one in (pair.me, pair.other)]
    return Meeting(
        lane=candidate_of(turn, pair.me).lane,
        hour=local_moment(pair.me, turn.now).hour if known else None,
        avoid=frozenset((*pair.mine.limits, *pair.theirs.limits)),
        shown=frozenset((*pair.mine.openers, *pair.theirs.openers)),
        talked=len(spoke) > 1,
        tender=any(at is not None and at > turn.now - TENDER for at in signs),
    )
