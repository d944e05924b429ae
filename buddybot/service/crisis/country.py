"""The country of somebody in a crisis, named by a tap or a word: what was shown last comes again with its numbers."""

from dataclasses import replace

from buddybot.domain.crisis.cards import crisis_card
from buddybot.domain.crisis.conversation import CrisisReply, CrisisState, Say, Scene
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
AMBIGUOUS = frozenset({"us", "usa"})
AROUND = AMBIGUOUS | frozenset(
    "the in im i am from its here yes ok please pls en de la los soy estoy vivo aqui si".split()
)
"""A country is meant by "the us" and "vivo en usa", not by "shes with us" or "como se usa"."""


def named(turn: Turn, member: Member, text: str) -> str:
    """Return the country that these words name, where a card asked for it; "" for none."""
    state, scene = care_from(member.private.care), rendering.scene(turn, member)
    asked = is_open(state, scene, turn.book.pace) or recent(state.carded, turn.book.pace.open, scene)
    words = plain(text).split()
    if (
        scene.placed
        or not asked
        or len(words) > LONGEST
        or (AMBIGUOUS.intersection(words) and not AROUND.issuperset(words))
    ):
        return ""
    moment = Moment(turn.now, turn.world.rng)
    begun = begin(turn.book.card, turn.book.vocabulary, moment)
    heard = apply_reply(turn.book.card, begun, Typed(text), turn.book.vocabulary, moment).progress.answer_to("country")
    return heard.keys[0] if heard is not None and heard.keys else ""


def learn(turn: Turn, member: Member, code: str) -> None:
    """Keep the country, and show again what was said last: now with the right numbers."""
    member = turn.tx.members.by_id(member.id) or member
    member = replace(member, private=replace(member.private, country=code))
    turn.tx.members.save(member)
    state, scene = care_from(member.private.care), rendering.scene(turn, member)
    effects.carry_out(turn, member, CrisisReply(state, (_again(state, scene),)))


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
