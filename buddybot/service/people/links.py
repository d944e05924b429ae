"""Account linking by one-time code: one person on several platforms; and invite codes."""

from dataclasses import replace
from datetime import timedelta

from buddybot.domain.kernel.ids import MemberId
from buddybot.domain.kernel.messages import Address, Content, Joined, Origin, Span
from buddybot.domain.kernel.tokens import Token
from buddybot.domain.people.members import Member, Stage
from buddybot.service.kernel import staff
from buddybot.service.kernel.turn import Turn
from buddybot.service.moderation import sanctions
from buddybot.service.people import erasure, home
from buddybot.service.programmes import invitations
from buddybot.store.people.one_time_words import Pass

LASTS = timedelta(minutes=10)
LONGEST = 50
"""A word is part of a button's token, which may be 64 bytes long."""


def run_link(turn: Turn, member: Member, word: str) -> None:
    """Run /link: redeem a code at this address; without one, issue one."""
    address = turn.tx.members.address(member.id)
    if word and address is not None:
        redeem(turn, member, address, word)
    else:
        issue_code(turn, member)


def run_join(turn: Turn, member: Member, code: str) -> None:
    """Run /join: redeem the code of an invite; without one, say how it is used."""
    address = turn.tx.members.address(member.id)
    if code and address is not None:
        redeem(turn, member, address, code)
    else:
        turn.say(member, "join-how")


def issue_code(turn: Turn, member: Member) -> None:
    """Issue a one-time code, and say how it is used elsewhere."""
    word = turn.world.new_id()
    turn.tx.passes.give(word, Pass(member.id), turn.now + LASTS)
    minutes = int(LASTS.total_seconds()) // 60
    turn.say(member, "link-how", minutes=minutes)
    # On its own, so that it can be copied whole.
    turn.show(member, Content((Span(f"/link {word}"),)))


def opened(turn: Turn, event: Joined, member: Member) -> None:
    """Handle a deep link: greet somebody who opened the chat, and redeem its code."""
    if event.invite:
        redeem(turn, member, event.origin.address, event.invite)
    else:
        home.arrive(turn, member, back=True)


def redeem(turn: Turn, member: Member, address: Address, word: str, *, sure: bool = False) -> None:
    """Redeem a code, once; `member` is whoever is known at this address so far.

    Two addresses are joined only when the one who is here is sure: somebody else may have sent them the word.
    """
    found = turn.tx.passes.find(word, turn.now) if len(word) <= LONGEST else None
    owner = None if found is None or found.member is None else turn.tx.members.by_id(found.member)
    if found is not None and found.role is not None:
        turn.tx.passes.use(word)
        staff.appoint(turn, member, address, found.role)
    elif found is not None and found.label:
        turn.tx.passes.use(word)
        turn.say(member, "invite-welcome", label=found.label)
        home.arrive(turn, member)
    elif found is None and invitations.take_invite(turn, member, word):
        home.arrive(turn, member)
    elif owner is None:
        turn.say(member, "link-gone")
        home.arrive(turn, member)
    elif owner.id == member.id:
        turn.say(member, "link-self")
    elif member.stage not in {Stage.GREETED, Stage.GATES}:
        turn.say(member, "link-taken")
    elif not sure:
        buttons = tuple((f"link-{verb}", Token("link", word, verb)) for verb in ("yes", "no"))
        turn.ask(member, "link-sure", buttons=buttons, again="link-sure-again", lasts=LASTS)
    else:
        turn.tx.passes.use(word)
        _merge(turn, owner, member, address)


def press_link(turn: Turn, member: Member, word: str, verb: str) -> None:
    """Button handler of the confirmation: link the two accounts, or leave them apart."""
    address = turn.tx.members.address(member.id)
    if verb == "yes" and address is not None:
        redeem(turn, member, address, word, sure=True)
    else:
        turn.say(member, "link-not")
        home.arrive(turn, member)


def _merge(turn: Turn, owner: Member, newcomer: Member, address: Address) -> None:
    """Merge the newcomer's account into the owner's; posts in channels move along."""
    tx, seats, before = turn.tx, turn.tx.channels.seats_of(newcomer.id), turn.tx.members.whole_address(owner.id)
    for channel, alias in seats:
        tx.channels.hand_over(channel, alias, newcomer.id, owner.id, turn.now)
    tx.rooms.hand_over(newcomer.id, owner.id)
    tx.cases.hand_over(newcomer.id, owner.id)
    sanctions.keep_after_erasure(turn, newcomer.id)
    tx.outbox.forget(newcomer.id)
    tx.receipts.forget(newcomer.id)
    tx.timers.forget(newcomer.id)
    tx.members.forget(newcomer.id)
    tx.members.link(owner.id, address)
    tx.outbox.seen_at[owner.id] = address
    used_aliases = (*owner.private.used_aliases, *(alias for _, alias in seats))
    tx.members.save(replace(owner, private=replace(owner.private, linked=True, used_aliases=used_aliases)))
    replace(turn, awake=turn.awake | {owner.id}).say(owner, "link-done", buttons=home.MENU)
    if before is not None:
        # In case it was not them: said where they were until now, and that is no longer where they are written to.
        turn.say(erasure.last_word(turn, owner, before), "link-elsewhere")


def used(turn: Turn, member: Member, origin: Origin) -> None:
    """Switch delivery to the address that somebody uses now."""
    if member.private.linked:
        turn.tx.members.used(origin.address)
        turn.tx.outbox.seen_at[member.id] = origin.address


def unlink(turn: Turn, member: Member) -> None:
    """Unlink all addresses but the one that somebody is at."""
    others = turn.tx.members.addresses(member.id)[1:]
    for address in others:
        drop(turn, member.id, address)
    turn.say(member, "unlink-done" if others else "unlink-none")


def drop(turn: Turn, member: MemberId, address: Address) -> None:
    """Forget one of several addresses; exclusions of it hold for the others."""
    sanctions.keep_after_erasure(turn, member)
    gone = turn.tx.members.person(address)
    turn.tx.members.unlink(address)
    for other in turn.tx.members.addresses(member):
        turn.tx.ties.follow(gone, turn.tx.members.person(other))
