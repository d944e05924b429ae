"""Consent of two buddies to photos and voice notes: asked when one first sends one, taken back by either at any time.

Only two peers in a talk of their own can agree. In circles, channels, an hour with somebody on call and with a mentor
there are words alone: more eyes, or less time and less of a choice to say no.
"""

from dataclasses import replace

from buddybot.domain.care.pair_care import FileConsent
from buddybot.domain.kernel.ids import RoomId
from buddybot.domain.kernel.messages import Said
from buddybot.domain.kernel.tokens import Token
from buddybot.domain.people.members import Member
from buddybot.domain.talk.media import LONGEST_VOICE, MOST_IN, FileTrouble
from buddybot.domain.talk.rooms import Room
from buddybot.service.care.pairs import Pair, current_pair, pair_of
from buddybot.service.crisis.conversation import Uttered
from buddybot.service.kernel import files, standing
from buddybot.service.kernel.turn import FIND, HELP, MODERATOR, Buttons, Turn
from buddybot.service.talk import media, routing

WORDS_ONLY = "text-only"


def off_button(room: RoomId) -> Buttons:
    """Return the button that takes consent back."""
    return (("media-off", Token("media", room, "off")),)


def say_on(turn: Turn, member: Member, room: RoomId, key: str = "media-status", alias: str = "") -> None:
    """Say that files may cross in a room, with the button that stops it; a page of its own draws how to send one."""
    turn.say(member, key, buttons=off_button(room), takes=media.kinds(turn), alias=alias)


def is_possible(turn: Turn, member: Member) -> bool:
    """Return whether this member is in a talk in which the house lets photos or voice notes cross."""
    pair = current_pair(turn, member)
    return pair is not None and pair.room.mentor is None and bool(media.kinds(turn))


# ── A file comes ────────────────────────────────────────────────────────────────────────


def may_take(turn: Turn, event: Said) -> bool:
    """Return whether the house lets such a file cross at all; if not, it is refused as every other thing is."""
    file = event.file
    return file is not None and event.attachments == (file.kind,) and media.house_lets(turn, file.kind)


def take_file(turn: Turn, member: Member, event: Said, uttered: Uttered, *, worded: bool) -> None:
    """Expect the file of a message, where both agreed; else ask, or say why not. `uttered` are its own words."""
    room = _going_to(turn, member, event, uttered, worded=worded)
    pair = None if room is None else pair_of(turn, member.id, room.id)
    if room is None or event.file is None:
        return
    if pair is None or room.mentor is not None:
        _refuse(turn, member, event, WORDS_ONLY)
    elif standing.blocks_relay(turn, member, room):
        turn.say(member, "stopped", buttons=(HELP, MODERATOR))
    elif not media.both_agree(turn, room):
        # Together with what they said: once that has changed, the answer is another one.
        if files.is_first(turn, event, f"media-ask-{pair.mine.files}-{pair.theirs.files}"):
            _begin(turn, pair)
    elif event.file.size > MOST_IN or event.file.seconds > LONGEST_VOICE:
        why = FileTrouble.LARGE if event.file.size > MOST_IN else FileTrouble.LONG
        turn.say(member, f"media-trouble-{why}")
    else:
        media.expect(turn, member, room, event.message)


def _going_to(turn: Turn, member: Member, event: Said, uttered: Uttered, *, worded: bool) -> Room | None:
    """Return the room a file is for: the one its words went to, else the one that is meant. A guess is never made."""
    if worded:
        if uttered.room is None:
            _refuse(turn, member, event, "media-without-words")
        return uttered.room
    match routing.destination(turn, member, event.reply_to):
        case Room() as room:
            return room
        case routing.Ambiguous():
            _refuse(turn, member, event, "media-whom")
        case routing.Nowhere():
            routing.refuse(turn, member, event.message)
        case _:
            _refuse(turn, member, event, WORDS_ONLY)
    return None


def _refuse(turn: Turn, member: Member, event: Said, key: str) -> None:
    if files.is_first(turn, event, key):
        turn.say(member, key)


# ── Consent ─────────────────────────────────────────────────────────────────────────────


def run_photos(turn: Turn, member: Member, state: str) -> None:
    """Command handler: say yes or no to photos and voice notes in the present pair, or hear how it is."""
    pair = current_pair(turn, member)
    if pair is None:
        turn.say(member, "room-none", buttons=(FIND,))
    elif not is_possible(turn, member):
        turn.say(member, "media-not-here")
    elif state in {"on", "off"}:
        _answer(turn, pair, FileConsent.YES if state == "on" else FileConsent.NO)
    else:
        _begin(turn, pair)


def press_media(turn: Turn, member: Member, room_id: str, verb: str) -> None:
    """Button handler of the question and of taking back; a pair that is over has nothing to agree to."""
    pair = pair_of(turn, member.id, room_id)
    if pair is None or pair.room.mentor is not None or verb not in {"yes", "no", "off"} or not media.kinds(turn):
        turn.say(member, "stale-button")
    else:
        _answer(turn, pair, FileConsent.YES if verb == "yes" else FileConsent.NO)


def _begin(turn: Turn, pair: Pair) -> None:
    """Say how it is between the two, to one of them who sent a file or asked."""
    turn = turn.inside(pair.me.id, pair.room.id)
    if media.both_agree(turn, pair.room):
        say_on(turn, pair.me, pair.room.id)
    elif pair.theirs.files is FileConsent.NO:
        turn.say(pair.me, "media-words-only", alias=pair.alias)
    elif pair.mine.files is FileConsent.YES:
        turn.say(pair.me, "media-asked-already", alias=pair.alias, buttons=off_button(pair.room.id))
    else:
        _ask(turn, pair, "media-ask")


def _ask(turn: Turn, pair: Pair, key: str) -> None:
    rows = (("media-yes", "yes"), ("media-no", "no"))
    buttons = tuple((label, Token("media", pair.room.id, verb)) for label, verb in rows)
    turn.inside(pair.me.id, pair.room.id).say(pair.me, key, buttons=buttons, alias=pair.alias)


def _answer(turn: Turn, pair: Pair, said: FileConsent) -> None:
    was_on = media.both_agree(turn, pair.room)
    turn.tx.pair_care.save(pair.room.id, pair.me.id, replace(pair.mine, files=said))
    pair = replace(pair, mine=replace(pair.mine, files=said))
    if said is FileConsent.NO:
        _decline(turn, pair, was_on=was_on)
    elif media.both_agree(turn, pair.room):
        for one in (pair, pair.turned()):
            say_on(turn.inside(one.me.id, one.room.id), one.me, one.room.id, "media-on", alias=one.alias)
    elif pair.theirs.files is FileConsent.NO:
        turn.inside(pair.me.id, pair.room.id).say(pair.me, "media-words-only", alias=pair.alias)
    else:
        turn.inside(pair.me.id, pair.room.id).say(pair.me, "media-asked", alias=pair.alias)
        if pair.theirs.files is FileConsent.UNASKED:
            turn.tx.pair_care.save(pair.room.id, pair.other.id, replace(pair.theirs, files=FileConsent.ASKED))
            _ask(turn, pair.turned(), "media-asks")


def _decline(turn: Turn, pair: Pair, *, was_on: bool) -> None:
    """Say it to both, as little as can be: whoever waited for an answer, or could send files, must know."""
    turn.inside(pair.me.id, pair.room.id).say(pair.me, "media-is-off", takes=(), alias=pair.alias)
    if was_on:
        media.call_back(turn, pair.room)
    if was_on or pair.theirs.files is FileConsent.YES:
        inside = turn.inside(pair.other.id, pair.room.id)
        inside.say(pair.other, "media-words-only", takes=(), alias=pair.turned().alias)
