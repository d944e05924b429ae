"""Do-not-disturb gate: which messages spare a sleeping reader, until when, and what becomes of deadlines meanwhile.

Nobody who sends decides this. What a message is decides: who says it, in which conversation, and what its buttons do.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from buddybot.domain.dialog.questions import Unfit
from buddybot.domain.kernel.conversations import Conversation, ConversationKind
from buddybot.domain.kernel.messages import Content, Voice
from buddybot.domain.kernel.tokens import Token
from buddybot.domain.people.members import Member
from buddybot.service.kernel.moments import quiet_end
from buddybot.store.kernel.outbox import Spares
from buddybot.store.tx import Tx

ANY_HOUR_VOICES = frozenset({Voice.CRISIS, Voice.MODERATOR})
"""Help, and a moderator who looks after somebody."""
ANY_HOUR_TALKS = frozenset({ConversationKind.TALK, ConversationKind.MODERATOR, ConversationKind.CHANNEL})
"""Talks for which people are up: with somebody on call, and with a moderator."""
ANY_HOUR_NOUNS = frozenset({"call"})
"""Buttons of the on-call list: its people said at which hours they may be asked, and whoever asked is waiting."""
ONE_AT_A_TIME = frozenset({"offer", "deal", "going", "checkin", "silence", "own", "milestone", "remember", "goodbye"})
"""Buttons of what the bot asks of its own accord, and of a goodbye: the next such question waits while one is fresh."""
FRESH = timedelta(hours=1)
HALF_DAY = timedelta(hours=12)


def spares(content: Content, where: Conversation) -> Spares:
    """Classify a message by what it is: it goes at any hour, once its reader is awake, or when the hours are over.

    What somebody said and what became of things is given to a reader who is up after all. What the bot itself asks
    waits for the morning: who is awake at three has something else on their mind.
    """
    choices = (*content.choices, *content.extra)
    nouns = {token.noun for one in choices if (token := Token.parse(one.token)) is not None}
    if content.voice in ANY_HOUR_VOICES or where.kind in ANY_HOUR_TALKS or nouns & ANY_HOUR_NOUNS:
        return Spares.NOBODY
    return Spares.UNTIL_MORNING if choices and where.kind is ConversationKind.BOT else Spares.UNTIL_AWAKE


def is_on_duty(tx: Tx, member: Member, now: datetime) -> bool:
    """Return whether a shift of theirs runs: whoever is on duty is up."""
    return member.id in tx.staff.on_shift(now)


def give_held(tx: Tx, member: Member, now: datetime) -> None:
    """Release to somebody who is up in their quiet hours what others said, and what became of things."""
    if quiet_end(member, now) is not None:
        tx.outbox.release(member.id, now)
        tx.questions.open_held(member.id, now)


def hours_changed(tx: Tx, member: Member, now: datetime) -> None:
    """Reschedule what waits for somebody who changed their quiet hours just now."""
    until = quiet_end(member, now) or now
    tx.outbox.release(member.id, now)
    tx.outbox.put_off(member.id, now, until)
    tx.questions.open_held(member.id, now)
    tx.questions.put_off(member.id, now, until)


def asked_lately(tx: Tx, member: Member, now: datetime) -> datetime | None:
    """Return until when the bot asks nothing more of its own accord: one question at a time.

    Whoever reports or blocks somebody, or writes down what the bot waits for, is not asked something else meanwhile.
    """
    asked = [
        one.asked_at
        for one in tx.questions.open_of(member.id, now)
        if one.unfit is not Unfit.PASSING or one.name.partition(".")[0] in ONE_AT_A_TIME
    ]
    latest = max(asked, default=None)
    return None if latest is None or latest + FRESH <= now else latest + FRESH


def deadline(now: datetime, readers: Sequence[Member], lasts: timedelta) -> datetime:
    """Return when something ends that its readers are asked now: all have the whole time from when they can see it.

    Counted in half days, so that nobody can read another's hours off the end.
    """
    wait = max(((quiet_end(one, now) or now) - now for one in readers), default=timedelta())
    return now + lasts + HALF_DAY * -(-wait // HALF_DAY)
