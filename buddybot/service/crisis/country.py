"""The country of somebody in a crisis, named by a tap or a word: what was shown last comes again with its numbers."""

from dataclasses import replace

from buddybot.domain.crisis.cards import crisis_card
from buddybot.domain.crisis.conversation import CrisisReply, CrisisState, Say, Scene
from buddybot.domain.crisis.regions import country_named, told_country
from buddybot.domain.crisis.scripts import SCRIPTS, script
from buddybot.domain.crisis.state_text import care_from
from buddybot.domain.crisis.steps import is_open, recent
from buddybot.domain.intake.flow import apply_reply, begin
from buddybot.domain.intake.replies import Moment, Typed
from buddybot.domain.kernel.plaintext import plain
from buddybot.domain.people.members import Member
from buddybot.service.crisis import effects, rendering
from buddybot.service.kernel.turn import Turn

CHOICES = "care.country."
LONGEST = 5
"""Words of a message that may be no more than a country."""


def named(turn: Turn, member: Member, text: str) -> str:
    """Return the country that these words name, where a card asked for it; "" for none."""
    state, scene = care_from(member.private.care), rendering.scene(turn, member)
    asked = is_open(state, scene, turn.book.pace) or recent(state.carded, turn.book.pace.open, scene)
    words, small = plain(text).split(), turn.book.whereabouts
    if scene.placed or not asked:
        return ""
    if told := told_country(text, turn.book.countries, turn.book.whereabouts) or _alone(turn, words):
        return told
    if len(words) > LONGEST or (
        small.everyday.intersection(words) and not small.around.union(small.everyday).issuperset(words)
    ):
        return ""
    rest = [word for word in words if word not in small.beside]
    if len(rest) > 1 and not turn.book.vocabulary.lexicons["country"].whole_message(" ".join(rest)):
        return ""  # among other words a slip is none: "se metio chiva" names neither China nor Chile
    moment = Moment(turn.now, turn.world.rng)
    begun = begin(turn.book.card, turn.book.vocabulary, moment)
    heard = apply_reply(turn.book.card, begun, Typed(text), turn.book.vocabulary, moment).progress.answer_to("country")
    return heard.keys[0] if heard is not None and heard.keys else ""


def keep_told(turn: Turn, member: Member, text: str) -> Member:
    """Keep the country that a cry itself names ("hes not breathing, were in leeds"), so that its number is shown."""
    if member.private.country or not (told := told_country(text, turn.book.countries, turn.book.whereabouts)):
        return member
    member = replace(member, private=replace(member.private, country=told))
    turn.tx.members.save(member)
    return member


def learn(turn: Turn, member: Member, code: str) -> None:
    """Keep the country, and show again what was said last: now with the right numbers."""
    member = turn.tx.members.by_id(member.id) or member
    member = replace(member, private=replace(member.private, country=code))
    turn.tx.members.save(member)
    state, scene = care_from(member.private.care), rendering.scene(turn, member)
    effects.carry_out(turn, member, CrisisReply(state, (_again(state, scene),)))


def _alone(turn: Turn, words: list[str]) -> str:
    """Return the country of a place that is all of a message, but for "in" and the like."""
    small = turn.book.whereabouts
    rest = [word for word in words if word not in small.beside]
    return country_named(rest, turn.book.countries) or country_named(words, turn.book.countries)


def press(turn: Turn, member: Member, token: str) -> None:
    """Take [My country], or one of the countries under it."""
    verb = token.removeprefix(CHOICES)
    if verb in turn.book.countries:
        learn(turn, member, verb)
        return
    name = "country-other" if verb == "other" else "country"
    scene = rendering.scene(turn, member)
    effects.carry_out(turn, member, CrisisReply(care_from(member.private.care), (script(name, scene),)))


def _again(state: CrisisState, scene: Scene) -> Say:
    if not scene.country.known:
        return Say("crisis-country-none")
    return script(state.last, scene) if state.last in SCRIPTS else crisis_card(scene)
