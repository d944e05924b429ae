"""View of the person of a case for whoever writes to them: their clock, the level, what was shown and tapped."""

from buddybot.domain.crisis.conversation import Option
from buddybot.domain.crisis.variables import words
from buddybot.domain.kernel.levels import Level
from buddybot.domain.moderation.cases import Case
from buddybot.domain.moderation.desk import PersonNow
from buddybot.domain.people.members import Member
from buddybot.service.kernel.moments import clock, local_moment
from buddybot.service.kernel.turn import Turn
from buddybot.service.moderation import casework
from buddybot.service.moderation.voice import speaking, talks


def person(turn: Turn, reader: Member, case: Case) -> PersonNow | None:
    """Return the view of the person, where a moderator may write to them."""
    about = None if case.about is None else turn.tx.members.by_id(case.about)
    if about is None or not talks.may_speak(case):
        return None
    state = talks.crisis_of(about)
    check = turn.tx.timers.find(casework.WATCH, case.id)
    return PersonNow(
        language=talks.locale_of(turn, about),
        sentences=tuple(speaking.sentence(turn, case, about, one) for one in speaking.SENTENCES),
        local=None if clock(about) is None else local_moment(about, turn.now),
        level="" if state.level is None else Level(state.level).name,
        lane="" if state.lane is None else state.lane.value,
        shown=state.last,
        tapped=tuple(_label(turn, reader, about, one) for one in state.tapped),
        next_check=None if check is None else check.due,
        second=talks.second_of(turn, case) == reader.id,
        ended=turn.tx.timers.find(talks.ENDED, case.id) is not None,
    )


def _label(turn: Turn, reader: Member, about: Member, token: str) -> str:
    """Return the label of a button, in the moderator's language."""
    key = Option(token).label
    known = turn.book.words.has(key)
    return turn.words(reader, key, **dict(words(talks.scene_of(turn, about)))) if known else token
