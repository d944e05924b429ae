"""Offers of a match: the instant match on arrival, the pairs of a round, and what each person says to an offer."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from buddybot.domain.kernel.ids import MemberId, OfferId
from buddybot.domain.kernel.messages import Content, OfferCard, Span
from buddybot.domain.kernel.tokens import Token
from buddybot.domain.matching.candidate import Candidate
from buddybot.domain.matching.compatibility import DIGITS, factors
from buddybot.domain.matching.limits import feasible
from buddybot.domain.matching.offers import AskedParty, Offer, OfferFate, OfferReply
from buddybot.domain.matching.pairing import Edge, Pairing, edge
from buddybot.domain.matching.reasons import shared_interests, shared_life, shared_place, shared_wishes
from buddybot.domain.people.members import Member, Stage
from buddybot.domain.talk.rooms import RoomKind, fresh_alias
from buddybot.service.crisis import naloxone
from buddybot.service.intake.profiles import is_thin
from buddybot.service.kernel import standing
from buddybot.service.kernel.moments import quiet_end
from buddybot.service.kernel.quiet import deadline
from buddybot.service.kernel.turn import APPEAL, FIND, Buttons, Turn
from buddybot.service.matching import pool, waits
from buddybot.service.talk import callbacks, rooms
from buddybot.store.kernel.timers import Timer
from buddybot.store.matching.ties import TieKind

EXPIRY, ROUND = "offer-expiry", "round"
AT_LEAST = timedelta(hours=12)
"""So long an offer that is shown again in the morning can be answered."""
MENTOR = "mentor"
PROPOSALS = 8
"""So many who turn out not to be free any more an arrival passes over; after that the next round decides."""
HOME = (FIND, ("home-rest", Token("home", verb="rest")))


def is_engaged(turn: Turn, member: Member) -> bool:
    """Return whether they are in a talk already, and say in which: an hour with somebody on call is no buddy.

    A mentor may look for somebody of their own: talks with mentees are none of these.
    """
    found = [room for room in turn.tx.rooms.open_of(member.id) if room.mentor != member.id]
    lasting = [room for room in found if room.kind is not RoomKind.TALK]
    if found:
        key = "looking-room" if lasting else "looking-talk"
        turn.say(member, key, alias=rooms.names((lasting or found)[-1], member.id))
    return bool(found)


def look(turn: Turn, member: Member) -> None:
    """Put a member into the pool, and offer someone at once if somebody fits well."""
    if not standing.may_match(turn, member):
        turn.say(member, "looking-held", buttons=(APPEAL,))
    elif is_engaged(turn, member):
        return
    elif turn.tx.offers.open_for(member.id) is not None:
        turn.say(member, "looking-offer")
    elif turn.book.company.rests_until(member.private.silent_endings, turn.now) is not None:
        turn.say(member, "looking-rests", buttons=(("return-retry", Token("return", verb="retry")),))
    elif pool.week_is_full(turn, member.id):
        turn.say(member, "looking-limit")
    elif member.stage is Stage.LOOKING:
        waits.show_waiting(turn, member, "looking-mentor" if member.private.wants_mentor else "looking-already")
    else:
        member = replace(member, stage=Stage.LOOKING, looking_since=turn.now, paused_until=None)
        turn.tx.members.save(member)
        waits.show_waiting(turn, member, _beginning(turn, member))
        waits.expect_fit(turn, member)
        match_on_arrival(turn, member.id)
        _offer_calls(turn, member.id)
        # Last, so that a bare yes or no is read as its answer, which loses nothing, and never as that to an offer.
        naloxone.ask_once(turn, member.id)


def _beginning(turn: Turn, member: Member) -> str:
    """Return the key of what somebody hears who begins to look."""
    if member.private.wants_mentor:
        return "looking-mentor"
    return "looking-few-answers" if is_thin(turn, member) else "looking"


def _offer_calls(turn: Turn, member_id: MemberId) -> None:
    """Ask somebody who begins to wait for leave to call their devices."""
    member = turn.tx.members.by_id(member_id)
    if member is not None and turn.tx.offers.open_for(member_id) is None:
        callbacks.offer_calls(turn, member, callbacks.WHEN_WAITING)


def stop_looking(turn: Turn, member: Member) -> None:
    """Take a member out of the pool."""
    waits.count_given_up(turn, member)
    turn.tx.members.save(replace(member, stage=Stage.HOME, looking_since=None))
    turn.say(member, "looking-stopped")


def match_on_arrival(turn: Turn, member: MemberId) -> None:
    """Offer the best partner to someone who just came, if there is a good one.

    The crowd in memory proposes; whoever it proposes is read anew here, and only what still holds is offered.
    """
    pool.catch_up(turn)
    if (newcomer := pool.matchable(turn, member)) is None:
        return
    for _ in range(PROPOSALS):
        proposed = turn.crowd.best_partner(newcomer, turn.now)
        if proposed is None:
            return
        name = MemberId(next(one for one in proposed.members if one != newcomer.id))
        if (found := _still(turn, newcomer, pool.matchable(turn, name))) is not None:
            _offer(turn, found.pairing(turn.book.weights), (newcomer, found.b))
            return
        turn.crowd.moved((name,))


def _still(turn: Turn, newcomer: Candidate, other: Candidate | None) -> Edge | None:
    """Work one proposed pair out as both are now."""
    weights = turn.book.weights
    found = other and edge(newcomer, other, turn.now, weights, turn.crowd.rarity(newcomer))
    return found if found and round(found.score, DIGITS) >= weights.policy.instant_at else None


def offer_pairs(turn: Turn, pairs: Sequence[Pairing]) -> None:
    """Offer some of the pairs that a round found: those whose two are both still free, with no limit between them."""
    for pairing in pairs:
        a, b = (pool.matchable(turn, MemberId(name)) for name in pairing.members)
        if a is not None and b is not None and feasible(a, b, turn.book.weights):
            _offer(turn, pairing, (a, b))


def set_next_round(turn: Turn) -> None:
    """Set the next round."""
    turn.tx.timers.set(Timer(ROUND, "all", turn.now + turn.book.practice.round_every))


def _offer(turn: Turn, pairing: Pairing, pair: tuple[Candidate, Candidate]) -> None:
    a, b = (turn.tx.members.by_id(MemberId(one.id)) for one in pair)
    if a is None or b is None:
        return
    alias_a = fresh_alias(turn.world.rng, *turn.book.aliases, taken=a.private.used_aliases)
    alias_b = fresh_alias(turn.world.rng, *turn.book.aliases, taken=(*b.private.used_aliases, alias_a))
    expires = deadline(turn.now, (a, b), turn.book.practice.offer_lasts)
    offer = Offer(
        id=OfferId(turn.world.new_id()),
        asked=(
            AskedParty(a.id, alias_a, mentor=pair[0].role == MENTOR),
            AskedParty(b.id, alias_b, mentor=pair[1].role == MENTOR),
        ),
        score=pairing.score,
        reasons=_named(turn, pairing, *pair),
        weights=turn.book.weights.version,
        made_at=turn.now,
        expires_at=expires,
    )
    turn.tx.offers.add(offer)
    known = factors(*pair, turn.book.weights, turn.crowd.rarity(*pair))
    turn.tx.outcomes.offered(offer.id, {one.name: one.value for one in known}, turn.now)
    turn.tx.timers.set(Timer(EXPIRY, offer.id, expires))
    for member, mine, other in ((a, alias_a, alias_b), (b, alias_b, alias_a)):
        waits.count_first_offer(turn, member, offer.id)
        used = (*member.private.used_aliases, mine)
        turn.tx.members.save(replace(member, private=replace(member.private, used_aliases=used)))
        _reveal(turn, member, offer, mine, other)


def _named(turn: Turn, pairing: Pairing, a: Candidate, b: Candidate) -> tuple[str, ...]:
    """Add to each reason what of it may be named: which wish, which interests, which pace."""
    detail = {
        "pace": a.pace or "",
        "help_wanted": next(iter(shared_wishes(a, b)), ""),
        "same_place": shared_place(a, b),
        "life": next(iter(shared_life(a, b, turn.book.weights)), ""),
        "interests": "+".join(shared_interests(a, b, turn.book.weights)),
    }
    return tuple(f"{reason}:{detail.get(reason, '')}" for reason in pairing.reasons)


def _reveal(turn: Turn, member: Member, offer: Offer, mine: str, other: str) -> None:
    head = "offer" if offer.reasons else "offer-plain"
    reasons = tuple(reason_words(turn, member, name) for name in offer.reasons)
    after = "\n".join((*_role_words(turn, member, offer, other), turn.words(member, "offer-end")))
    lines = [turn.words(member, head, alias=other, mine=mine)]
    lines += [turn.words(member, "offer-reason", reason=reason) for reason in reasons]
    card = OfferCard(other, mine, reasons, after)
    content = Content((Span("\n".join((*lines, after))),), choices=turn.choices(member, _buttons(offer)), offer=card)
    turn.show(member, content)


def _role_words(turn: Turn, member: Member, offer: Offer, other: str) -> tuple[str, ...]:
    """Say what it means that one of the two would be the other's mentor."""
    if offer.mentor is None:
        return ()
    return (turn.words(member, "offer-to-mentor" if offer.mentor == member.id else "offer-of-mentor", alias=other),)


def _buttons(offer: Offer) -> Buttons:
    return tuple((f"offer-{verb}", Token("offer", offer.id, verb)) for verb in ("yes", "pass", "known", "tomorrow"))


def reason_words(turn: Turn, member: Member, named: str) -> str:
    """Say one reason of an offer in words."""
    reason, _, detail = named.partition(":")
    if reason == "interests":
        return turn.words(member, "reason-interests", items=_listed(turn, member, detail.split("+")))
    return turn.words(member, f"reason-{reason}-{detail}" if detail else f"reason-{reason}")


def _listed(turn: Turn, member: Member, items: list[str]) -> str:
    names = [turn.words(member, f"interest-{item}") for item in items]
    if len(names) == 1:
        return names[0]
    return turn.words(member, "reason-and", rest=", ".join(names[:-1]), last=names[-1])


def answer(turn: Turn, member: Member, offer_id: OfferId, verb: str) -> None:
    """Take what a member says to an offer; a second press changes nothing."""
    offer = turn.tx.offers.by_id(offer_id)
    mine = None if offer is None else offer.seat(member.id)
    if offer is None or mine is None or offer.closed or offer.fate(turn.now) is OfferFate.EXPIRED:
        turn.say(member, "offer-gone")
    elif mine.reply in {OfferReply.PASS, OfferReply.KNOWN}:
        turn.say(member, "offer-passed" if mine.reply is OfferReply.PASS else "offer-not-you")
    elif verb == "tomorrow":
        _postpone(turn, member, offer)
    elif verb in {"pass", "known"}:
        _decline(turn, member, offer, OfferReply(verb))
    elif verb == "yes":
        _accept(turn, member, offer)


def _accept(turn: Turn, member: Member, offer: Offer) -> None:
    offer = offer.answered(member.id, OfferReply.YES)
    if offer.fate(turn.now) is OfferFate.MADE:
        _close(turn, replace(offer, closed=True))
        rooms.open_pair(turn, offer)
    else:
        turn.tx.offers.save(offer)
        turn.say(member, "offer-thanks", alias=offer.other(member.id).alias)


def _decline(turn: Turn, member: Member, offer: Offer, reply: OfferReply) -> None:
    """Take a no. The other hears one neutral line when the offer would have run out, so nobody can tell a pass."""
    offer = offer.answered(member.id, reply)
    turn.tx.offers.save(offer)
    _keep_apart(turn, member.id, offer, TieKind.PASSED if reply is OfferReply.PASS else TieKind.KNOWN)
    turn.say(member, "offer-passed" if reply is OfferReply.PASS else "offer-not-you")
    match_on_arrival(turn, member.id)


def _keep_apart(turn: Turn, member: MemberId, offer: Offer, kind: TieKind) -> None:
    """Do not propose this pair again: half a year after a no or no answer, never where they may know each other."""
    other = turn.tx.members.hash_of(offer.other(member).member)
    if other is not None:
        until = turn.now + turn.book.retention.ties if kind is TieKind.PASSED else None
        turn.tx.ties.add(member, other, kind, turn.now, until)


def _postpone(turn: Turn, member: Member, offer: Offer) -> None:
    later = offer.postponed(member.id, turn.book.practice.postpone)
    if later is None:
        turn.say(member, "offer-later-once", buttons=_buttons(offer)[:3])
        return
    turn.tx.offers.save(later)
    turn.tx.timers.set(Timer(EXPIRY, offer.id, later.expires_at))
    turn.tx.timers.set(
        Timer("offer-again", f"{offer.id}:{member.id}", turn.now + turn.book.practice.postpone, member.id)
    )
    turn.say(member, "offer-later")


def ask_again(turn: Turn, subject: str) -> None:
    """Ask someone who wanted to be asked tomorrow, if the offer still stands."""
    offer_id, _, member_id = subject.partition(":")
    offer, member = turn.tx.offers.by_id(OfferId(offer_id)), turn.tx.members.by_id(MemberId(member_id))
    if offer is None or member is None or offer.closed:
        return
    mine = offer.seat(member.id)
    if mine is not None and mine.reply is OfferReply.NONE:
        if (quiet := quiet_end(member, turn.now)) is not None and quiet + AT_LEAST > offer.expires_at:
            turn.tx.offers.save(replace(offer, expires_at=quiet + AT_LEAST))
            turn.tx.timers.set(Timer(EXPIRY, offer.id, quiet + AT_LEAST))
        alias = offer.other(member.id).alias
        turn.say(member, "offer-again", buttons=_buttons(offer)[:3], alias=alias)


def expire(turn: Turn, offer_id: OfferId) -> None:
    """End an offer that ran out or was passed: everyone who has not passed hears the same line."""
    offer = turn.tx.offers.by_id(offer_id)
    if offer is None:
        # One of the two is gone without a word (a crash in the middle of erasing): the other must not stay reserved.
        turn.tx.offers.drop(offer_id)
        return
    if offer.closed:
        return
    _close(turn, replace(offer, closed=True))
    waiting = [one for one in offer.asked if one.reply not in {OfferReply.PASS, OfferReply.KNOWN}]
    for one in waiting:
        if one.reply is OfferReply.NONE:
            _keep_apart(turn, one.member, offer, TieKind.PASSED)
        if (member := turn.tx.members.by_id(one.member)) is not None:
            turn.say(member, "offer-ended")
    for one in waiting:
        match_on_arrival(turn, one.member)


def withdraw(turn: Turn, offer: Offer, leaver: MemberId) -> None:
    """End an offer because one of its two is erased: the other hears the usual line and waits on."""
    _close(turn, replace(offer, closed=True))
    other = turn.tx.members.by_id(offer.other(leaver).member)
    if other is not None and offer.other(leaver).reply not in {OfferReply.PASS, OfferReply.KNOWN}:
        turn.say(other, "offer-ended")
    turn.tx.offers.drop(offer.id)


def _close(turn: Turn, offer: Offer) -> None:
    turn.tx.offers.save(offer)
    turn.tx.timers.cancel(EXPIRY, offer.id)
    for one in offer.asked:
        turn.tx.timers.cancel("offer-again", f"{offer.id}:{one.member}")
