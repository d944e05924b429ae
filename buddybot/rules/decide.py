"""Decision over a message: joins phrases, contacts, frames and the classifier into one result.

The order is the promise: what is exempt comes first, a cry for help is always delivered, and nothing harsher than a
nudge happens unless a frame agrees with the opinion. Pure: the same text gives the same screening.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from math import inf

from buddybot.domain.crisis.conversation import Gentle
from buddybot.domain.kernel.levels import Level, SideLane
from buddybot.domain.kernel.verdicts import EvidenceSpan, Label, Outcome, Screening, Severity, Verdict, harshest
from buddybot.rules.contact import is_grammars
from buddybot.rules.danger import Danger, distress, joined_danger, told_plainly, weighed_danger
from buddybot.rules.opinion import Opinion
from buddybot.rules.phrases.phrase import Urging
from buddybot.rules.policy import Bars, Claim, Policy
from buddybot.rules.second import SecondOpinion
from buddybot.rules.sight import Glance, Read, Seen, Sight
from buddybot.rules.words import plain_words

__all__ = ["Read", "Screener"]

_RULED: tuple[Label, ...] = tuple(label for label in Label if label is not Label.CRISIS)
# What pictures alone can say: a row of faces is no contact and no attack.
_TOLD_BY_PICTURES = frozenset({Label.CRISIS, Label.SOURCING})
# What somebody asks, refutes, warns of or stands up against is not said by them: these labels are not given at all.
# Talk about drugs that is exempt keeps its label, for tuning, and costs nothing.
_BY_STANCE = frozenset({Label.MISINFO, Label.HARASSMENT, Label.EXPLOIT})
_NO_LANES: frozenset[SideLane] = frozenset()
# Log-odds of danger below which a line is an everyday one, by one classifier and by two.
_CALM, _CALM_TWICE = -1.0, -4.0
# Kinds of words that name somebody else.
_ANYBODY = frozenset({"person", "third", "child"})
# How many sentences are read for themselves.
_MOST_CLOSER = 4


@dataclass(frozen=True, slots=True)
class Screener:
    """Message classifier under one policy; `buddybot.content.screening.load_screener` makes one from data."""

    sight: Sight
    policy: Policy
    opinion: Opinion
    claims: tuple[Claim, ...] = ()
    stock: Collection[str] = frozenset()
    """Stock answers ("myself", "not tonight"): as a whole message none is danger by weighing alone."""

    def screen(self, text: str) -> Screening:
        """Classify one message; any text is answered, none raises."""
        return self.decide(self.read(text))

    def hears_cry(self, text: str) -> bool:
        """Return whether a phrase tells of danger, which no frame and no score is needed for."""
        return self.sight.hears_cry(text)

    def explain(self, text: str) -> Screening:
        """Classify and highlight the evidence: for people who look at the rules."""
        read = self.read(text)
        said = self.decide(read)
        return replace(said, evidence=self._evidence(said.labels, read)) if said.labels else said

    def read(self, text: str) -> Read:
        """Look at a message without deciding anything."""
        whole = self._glance(self.sight.see(text))
        words = whole.seen.words.words
        hearing = self.sight.hear(text, whole.seen)
        rest = self._read_again(hearing.rest(words)) if hearing.spoken or hearing.idioms else None
        closer = () if hearing.is_cry else tuple(map(self._read_again, hearing.doubtful(words, _MOST_CLOSER)))
        return Read(whole.seen, whole.scores, hearing, rest, closer)

    def decide(self, read: Read, second: SecondOpinion | None = None) -> Screening:
        """Apply the policy to features, with the scores of a second classifier for `read.parts` added."""
        bars = self.policy.first if second is None else self.policy.second
        scores = read.scores if second is None else second.added(0, read.scores)
        labels = self._ruled(read.seen, scores, bars.whole)
        phrases = read.hearing.phrases
        urging, means, aimed = read.hearing.urging, False, False
        if phrases:
            means, aimed = any(phrase.means for phrase in phrases), any(phrase.aimed for phrase in phrases)
        if means and not aimed and not any(frame.label == Label.SOURCING for frame in read.seen.frames):
            labels -= {Label.SOURCING}  # having something is not offering it
        danger = self._danger(read, second, bars, cautious=bool(labels) and not aimed)
        if danger is not None and self._is_nothing(danger, read, means=means):
            danger = None
        if danger is not None:
            labels |= {Label.CRISIS}
        elif urging is Urging.SURE:
            labels |= {Label.HARASSMENT}
        if labels and not any(map(str.isalnum, read.seen.folded.original)):
            labels &= _TOLD_BY_PICTURES
        verdict = self._verdict(labels, read.seen, scores, urging)
        weighed = danger is not None and not _told(danger, read)
        gentle = None if danger is not None or _yields(danger, read) else _soft(read)
        level = _low(read) if danger is None else danger.level
        return Screening(
            labels=labels,
            level=level,
            lanes=_NO_LANES if danger is None else danger.lanes,
            verdict=verdict,
            evidence=(),
            contacts=read.seen.contacts,
            claim=self._claim(read) if Label.MISINFO in labels else None,
            explanation=self.policy.rules[verdict.rule].why,
            gentle=gentle,
            means=means,
            urging=urging is not Urging.NO,
            urging_sure=urging is Urging.SURE,
            aimed=aimed,
            first_person=means or (danger is not None and danger.is_own),
            weighed=weighed,
            hunch=danger is not None and _is_hunch(danger, read),
            yielding=_yields(danger, read),
            calm=danger is None and level is None and gentle is None and not means and self._is_calm(read, second),
            language=read.hearing.language,
        )

    def strength(self, label: Label, read: Read) -> float:
        """Return the confidence in a label: the classifier's score, or certainty where words alone are proof."""
        if label is Label.CRISIS and read.hearing.is_cry:
            return inf
        glance = read.weighed if label is Label.CRISIS else read
        return inf if label in _certain(glance.seen, glance.scores) else glance.scores[label]

    def _ruled(self, seen: Seen, scores: Mapping[str, float], bars: Mapping[Label, float]) -> frozenset[Label]:
        """Return the labels that are scored above their bars, or certain, unless what is seen speaks against them."""
        certain = _certain(seen, scores)
        labels = frozenset([label for label in _RULED if scores[label] > bars[label] or label in certain])
        if labels:
            labels -= {label for label in labels & _BY_STANCE if _exempt(label, seen)}
        if Label.PII in labels and not seen.contacts and is_grammars(seen.folded.original.lower()):
            labels -= {Label.PII}
        return labels

    def _is_calm(self, read: Read, second: SecondOpinion | None) -> bool:
        """Return whether danger is unlikely by the scores: those of two classifiers lie further apart."""
        scores = read.weighed.scores if second is None else second.added(0, read.weighed.scores)
        return scores[Label.CRISIS] < (_CALM if second is None else _CALM_TWICE)

    def _is_nothing(self, danger: Danger, read: Read, *, means: bool) -> bool:
        """Return whether what only weighs as danger is none: an answer that the bot asked for, or means at hand."""
        if danger.level is not None and not _told(danger, read) and self._is_stock(read):
            return True
        return means and _is_hunch(danger, read)  # what is at hand is asked about straight, whatever the scores say

    def _is_stock(self, read: Read) -> bool:
        return plain_words(read.seen.words.words) in self.stock

    def _glance(self, seen: Seen) -> Glance:
        scores = self.opinion.scores(seen.words, seen.typed, seen.signs())
        return Glance(seen, dict(zip(self.opinion.labels, scores, strict=True)))

    def _read_again(self, text: str) -> Glance:
        return self._glance(self.sight.see_part(text))

    def _danger(self, read: Read, second: SecondOpinion | None, bars: Bars, *, cautious: bool) -> Danger | None:
        """Return the danger that is told plainly or weighs enough; telling another to die is no danger of one's own."""
        hearing, whole = read.hearing, read.weighed
        if not hearing.is_cry and hearing.urging is Urging.SURE:
            return None
        found = [told_plainly(hearing)] if hearing.is_cry else []
        closer = read.closer
        if second is not None:
            whole = Glance(whole.seen, second.added(0, whole.scores))
            again = map(self._read_again, read.parts[1 : len(second.logits)])
            closer = tuple(Glance(part.seen, second.added(row, part.scores)) for row, part in enumerate(again, 1))
        if self._cries(whole, bars.whole[Label.CRISIS], bars.overdose) or (cautious and _may_be_a_cry(whole)):
            found.append(weighed_danger(whole, hearing))
        found += [weighed_danger(part, hearing) for part in closer if self._cries(part, bars.part[Label.CRISIS], inf)]
        return joined_danger(found) if found else None

    def _cries(self, glance: Glance, bar: float, overdose: float) -> bool:
        scores = glance.scores
        if scores[Label.CRISIS] > bar or scores.get(SideLane.OVERDOSE, -inf) > overdose:
            return True
        return Label.CRISIS in _certain(glance.seen, scores)

    def _verdict(self, labels: frozenset[Label], seen: Seen, scores: Mapping[str, float], urging: Urging) -> Verdict:
        rules = self.policy.rules
        if Label.CRISIS in labels:
            return rules["crisis"].verdict
        if not labels:
            return rules["none"].verdict
        found = [self._asked(label, seen, scores[label]) for label in _RULED if label in labels]
        if urging is Urging.SURE and Label.HARASSMENT in labels:
            found.append(rules["threat"].verdict)
        return found[0] if len(found) == 1 else harshest(found)

    def _asked(self, label: Label, seen: Seen, score: float) -> Verdict:
        """Return what one label asks for; without a frame that agrees, or when exempt, never more than a nudge."""
        rules, policy = self.policy.rules, self.policy
        if _exempt(label, seen):
            return rules["unsure"].verdict
        frames = [frame for frame in seen.frames if frame.label == label]
        severity = max((frame.severity for frame in frames), default=Severity.S0)
        verdict = rules[_rule_of(label, severity)].verdict
        if verdict.outcome <= Outcome.NOTE:
            return verdict
        if label is Label.PII:
            sure = bool(seen.contacts) or score > policy.firm[label]
        else:
            sure = bool(frames) and score > policy.firm[label]
        return verdict if sure else rules["unsure"].verdict

    def _claim(self, read: Read) -> str | None:
        return next((claim.name for claim in self.claims if claim.made_in(read.seen.words.joined)), None)

    def _evidence(self, labels: frozenset[Label], read: Read) -> tuple[EvidenceSpan, ...]:
        """Point at the contacts and at the words that spoke most, in the text as written."""
        spans = [EvidenceSpan(contact.start, contact.end, contact.kind) for contact in read.seen.contacts]
        places = read.seen.words.places(read.seen.folded.text)
        for label in sorted(labels):
            telling = self.opinion.telling(read.seen.words, label)
            for word, (start, end) in zip(read.seen.words.words, places, strict=True):
                if word in telling:
                    telling.remove(word)
                    spans.append(EvidenceSpan(*read.seen.folded.origin(start, end), label.value))
        return tuple(sorted(set(spans), key=lambda span: (span.start, span.end, span.kind)))


def _certain(seen: Seen, scores: Mapping[str, float]) -> Collection[str]:
    """Name the labels that words alone are proof of: a contact is there, or a frame fits that needs little more."""
    if not seen.frames and not seen.contacts:
        return ()
    certain = [frame.label for frame in seen.frames if scores.get(frame.label, -inf) > frame.alone]
    return [*certain, Label.PII] if seen.contacts else certain


def _may_be_a_cry(glance: Glance) -> bool:
    """Return whether a rule must not act: a crisis frame fits, and the opinion finds a cry more likely than not."""
    return glance.scores[Label.CRISIS] > 0 and any(frame.label == Label.CRISIS for frame in glance.seen.frames)


def _low(read: Read) -> Level | None:
    """Return L0 where a frame or a phrase tells of distress."""
    return Level.L0 if read.hearing.level is Level.L0 else distress(read.weighed)


def _told(danger: Danger, read: Read) -> bool:
    """Return whether a phrase or a frame tells this level, so that it is more than a guess."""
    level = danger.level
    framed = [frame.level for frame in read.weighed.seen.frames if frame.label == Label.CRISIS]
    told = [one for one in (read.hearing.level if read.hearing.is_cry else None, *framed) if one is not None]
    return level is None or any(one >= level for one in told)


def _yields(danger: Danger | None, read: Read) -> bool:
    """Return whether all that is told is a question that the bereaved ask about their dead."""
    if danger is None:
        return read.hearing.gentle is Gentle.FELT and not (read.hearing.softened or _soft_frame(read))
    cries = [phrase for phrase in read.hearing.phrases if phrase.is_cry]
    return bool(cries) and all(phrase.yields for phrase in cries) and _told(danger, read)


def _is_hunch(danger: Danger, read: Read) -> bool:
    """Return whether nothing but scores speaks of danger, and of nobody else's overdose."""
    framed = {frame.lane for frame in read.weighed.seen.frames if frame.lane is not None}
    if _told(danger, read) or not danger.lanes.isdisjoint(read.hearing.lanes | framed):
        return False
    # Somebody who is named beside signs of an overdose may have minutes: the steps come at once.
    return SideLane.OVERDOSE not in danger.lanes or _ANYBODY.isdisjoint(kind for kind, _ in read.seen.typed)


def _exempt(label: Label, seen: Seen) -> bool:
    """Return whether a frame protects from a label, and no contact, offer or threat that is plain stands beside it."""
    if label is Label.PII and seen.contacts:
        return False
    if any(frame.label == label and frame.severity is Severity.S4 for frame in seen.frames):
        return False
    return any(label in frame.exempt for frame in seen.frames)


def _soft(read: Read) -> Gentle | None:
    """Return the soft answer that a frame asks for: it is over, or somebody died."""
    return read.hearing.gentle or _soft_frame(read)


def _soft_frame(read: Read) -> Gentle | None:
    return next((frame.gentle for frame in read.seen.frames if frame.gentle is not None), None)


def _rule_of(label: Label, severity: Severity) -> str:
    if label is Label.SOURCING:
        return "sourcing_offer" if severity is Severity.S4 else "sourcing_ask"
    if label is Label.HARASSMENT:
        return "threat" if severity is Severity.S4 else "harassment"
    return label.value
