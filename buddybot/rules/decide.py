"""Joins contacts, frames and the opinion into one reading of a message.

The order is the promise: what is exempt comes first, a cry for help is always delivered, and nothing harsher than a
nudge happens unless a frame agrees with the opinion. Pure: the same text gives the same screening.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import inf

from buddybot.domain.crisis.conversation import Gentle
from buddybot.domain.kernel.levels import Level, SideLane
from buddybot.domain.kernel.verdicts import EvidenceSpan, Label, Outcome, Screening, Severity, Verdict, harshest
from buddybot.rules.opinion import Opinion
from buddybot.rules.policy import Claim, Policy
from buddybot.rules.sight import Seen, Sight

_LABELS = tuple(Label)
_LEVELS = (Level.L1, Level.L2, Level.L3, Level.L4)
# What pictures alone can say: a row of faces is no contact and no attack.
_TOLD_BY_PICTURES = frozenset({Label.CRISIS, Label.SOURCING})
# How likely a level must be before it is asked of somebody whose words say no more than that they are low.
SURE = 2.0


@dataclass(frozen=True, slots=True)
class Read:
    """What was seen in one message and how much it reads like each label, before anything is decided."""

    seen: Seen
    scores: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Screener:
    """Reads messages by one policy; `buddybot.content.screening.load_screener` makes one from data. See the module."""

    sight: Sight
    policy: Policy
    opinion: Opinion
    claims: tuple[Claim, ...] = ()

    def screen(self, text: str) -> Screening:
        """Read one message and decide; any text is answered, none raises."""
        return self.decide(self.read(text))

    def decide(self, read: Read) -> Screening:
        """Say what follows from what was seen."""
        threshold = self.policy.threshold
        labels = frozenset([label for label in _LABELS if self.strength(label, read) > threshold[label]])
        if labels and not any(map(str.isalnum, read.seen.folded.original)):
            labels &= _TOLD_BY_PICTURES
        if labels and _may_be_a_cry(read):
            labels |= {Label.CRISIS}
        verdict = self._verdict(labels, read)
        level, lanes = self._danger(read) if Label.CRISIS in labels else (_distress(read), frozenset())
        return Screening(
            labels=labels,
            level=level,
            lanes=lanes,
            verdict=verdict,
            evidence=self._evidence(labels, read) if labels else (),
            contacts=read.seen.contacts,
            claim=self._claim(read) if Label.MISINFO in labels else None,
            explanation=self.policy.rules[verdict.rule].why,
            gentle=None if Label.CRISIS in labels else _soft(read),
        )

    def read(self, text: str) -> Read:
        """Look at a message without deciding anything."""
        seen = self.sight.see(text)
        scores = self.opinion.scores(seen.words, seen.typed, seen.signs())
        return Read(seen, dict(zip(self.opinion.labels, scores, strict=True)))

    def strength(self, label: Label, read: Read) -> float:
        """Return how much speaks for a label: the opinion's score, or certainty where words alone are proof."""
        if label is Label.PII and read.seen.contacts:
            return inf
        score, frames = read.scores[label], read.seen.frames
        if frames and any(frame.label == label and score > frame.alone for frame in frames):
            return inf
        return score

    def _verdict(self, labels: frozenset[Label], read: Read) -> Verdict:
        rules = self.policy.rules
        if Label.CRISIS in labels:
            return rules["crisis"].verdict()
        found = [self._asked(label, read) for label in Label if label in labels]
        return harshest(found) if found else rules["none"].verdict()

    def _asked(self, label: Label, read: Read) -> Verdict:
        """Return what one label asks for; without a frame that agrees, or when exempt, never more than a nudge."""
        rules, policy = self.policy.rules, self.policy
        if _exempt(label, read):
            return rules["unsure"].verdict()
        frames = [frame for frame in read.seen.frames if frame.label == label]
        severity = max((frame.severity for frame in frames), default=Severity.S0)
        verdict = rules[_rule_of(label, severity)].verdict()
        if verdict.outcome <= Outcome.NOTE:
            return verdict
        if label is Label.PII:
            sure = bool(read.seen.contacts) or read.scores[label] > policy.firm[label]
        else:
            sure = bool(frames) and read.scores[label] > policy.firm[label]
        return verdict if sure else rules["unsure"].verdict()

    def _danger(self, read: Read) -> tuple[Level | None, frozenset[SideLane]]:
        """Return how much danger a cry for help shows, by the frames that fit and the opinion's levels."""
        framed = [frame.level for frame in read.seen.frames if frame.label == Label.CRISIS and frame.level is not None]
        lanes = {frame.lane for frame in read.seen.frames if frame.label == Label.CRISIS and frame.lane is not None}
        lanes |= {lane for lane in SideLane if read.scores.get(lane.value, -1.0) > 0}
        likely = max(_LEVELS, key=lambda level: read.scores[level.name])
        level = max(framed) if framed and read.scores[likely.name] < 0 else max([likely, *framed])
        if not framed and _distress(read) is not None and read.scores[likely.name] < SURE:
            level = Level.L1
        if _denied(read) and not lanes and max(framed, default=Level.L0) < Level.L3:
            level = level if read.scores[level.name] > 0 and level >= Level.L3 else Level.L1
        return level, frozenset(lanes)

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


def _may_be_a_cry(read: Read) -> bool:
    """Whether a rule must not act: a crisis frame fits, and the opinion finds a cry more likely than not."""
    return read.scores[Label.CRISIS] > 0 and any(frame.label == Label.CRISIS for frame in read.seen.frames)


def _denied(read: Read) -> bool:
    """Whether they say that they are not suicidal: then they are asked softly, unless a plan or an act is told, too."""
    return any(frame.name == "denied" for frame in read.seen.frames)


def _exempt(label: Label, read: Read) -> bool:
    return any(label in frame.exempt for frame in read.seen.frames)


def _distress(read: Read) -> Level | None:
    return Level.L0 if any(frame.level is Level.L0 for frame in read.seen.frames) else None


def _soft(read: Read) -> Gentle | None:
    """Return the soft answer that a frame asks for: it is over, or somebody died."""
    return next((frame.gentle for frame in read.seen.frames if frame.gentle is not None), None)


def _rule_of(label: Label, severity: Severity) -> str:
    if label is Label.SOURCING:
        return "sourcing_offer" if severity is Severity.S4 else "sourcing_ask"
    if label is Label.HARASSMENT:
        return "threat" if severity is Severity.S4 else "harassment"
    return label.value
