"""Joins contacts, frames and the opinion into one reading of a message.

The order is the promise: what is exempt comes first, a cry for help is always delivered, and nothing harsher than a
nudge happens unless a frame agrees with the opinion. Pure: the same text gives the same screening.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from buddybot.domain.levels import Level, SideLane
from buddybot.domain.verdicts import Contact, Label, Outcome, Screening, Severity, Span, Verdict, harshest
from buddybot.rules.contact import contacts_in
from buddybot.rules.frames import Frame, fitting, sentences
from buddybot.rules.lexicon import Lexicon
from buddybot.rules.normalise import Folded, Folding
from buddybot.rules.opinion import Opinion
from buddybot.rules.policy import Claim, Policy
from buddybot.rules.words import Words, cut

_LEVELS = (Level.L1, Level.L2, Level.L3, Level.L4)


@dataclass(frozen=True, slots=True)
class Read:
    """What was seen in one message, before anything is decided."""

    folded: Folded
    words: Words
    scores: Mapping[str, float]
    frames: tuple[Frame, ...]
    contacts: tuple[Contact, ...]


class Screener:
    """Reads messages by one policy; see the module for what is promised."""

    def __init__(
        self, folding: Folding, lexicon: Lexicon, policy: Policy, opinion: Opinion, claims: Sequence[Claim] = ()
    ) -> None:
        """Take the parts; `buddybot.screening.load_screener` makes them from data."""
        self._folding = folding
        self._lexicon = lexicon
        self._policy = policy
        self._opinion = opinion
        self._claims = tuple(claims)

    def screen(self, text: str) -> Screening:
        """Read one message."""
        read = self._read(text)
        labels = frozenset(label for label in Label if self._is(label, read))
        verdict = self._verdict(labels, read)
        level, lanes = self._danger(read) if Label.CRISIS in labels else (_distress(read), frozenset())
        return Screening(
            labels=labels,
            level=level,
            lanes=lanes,
            verdict=verdict,
            evidence=self._evidence(labels, read) if labels else (),
            contacts=read.contacts,
            claim=self._claim(read) if Label.MISINFO in labels else None,
            explanation=self._policy.rules[verdict.rule].why,
        )

    def _read(self, text: str) -> Read:
        folded = self._folding.fold(text)
        words = cut(folded.text)
        plain = folded if not folded.stages else self._folding.plain(text)
        typed = self._lexicon.typed(words.joined)
        spoken = sentences(typed, words.stops())
        scores = dict(zip(self._opinion.labels, self._opinion.scores(words), strict=True))
        contacts = contacts_in(plain, self._policy.help_lines)
        return Read(folded, words, scores, fitting(self._policy.frames, spoken), contacts)

    def _is(self, label: Label, read: Read) -> bool:
        """Whether the message has this label: the opinion is sure, or close while something else agrees."""
        need = self._policy.threshold[label]
        score = read.scores[label]
        if score > need:
            return True
        if score <= need - 2 * self._policy.agreement:
            return False
        agrees = any(frame.label == label for frame in read.frames) and not _exempt(label, read)
        if label is Label.PII and read.contacts:
            return score > need - 2 * self._policy.agreement
        near = 2 if any(frame.label == label and frame.alone for frame in read.frames) else 1
        return agrees and score > need - near * self._policy.agreement

    def _verdict(self, labels: frozenset[Label], read: Read) -> Verdict:
        rules = self._policy.rules
        if Label.CRISIS in labels:
            return rules["crisis"].verdict()
        found = [self._asked(label, read) for label in Label if label in labels]
        return harshest(found or [*found, rules["none"].verdict()])

    def _asked(self, label: Label, read: Read) -> Verdict:
        """Return what one label asks for; without a frame that agrees, or when exempt, never more than a nudge."""
        rules, policy = self._policy.rules, self._policy
        if _exempt(label, read):
            return rules["unsure"].verdict()
        frames = [frame for frame in read.frames if frame.label == label]
        severity = max((frame.severity for frame in frames), default=Severity.S0)
        verdict = rules[_rule_of(label, severity)].verdict()
        if verdict.outcome <= Outcome.NOTE:
            return verdict
        if label is Label.PII:
            sure = bool(read.contacts) or read.scores[label] > policy.firm[label]
        else:
            sure = bool(frames) and read.scores[label] > policy.firm[label]
        return verdict if sure else rules["unsure"].verdict()

    def _danger(self, read: Read) -> tuple[Level | None, frozenset[SideLane]]:
        """Return how much danger a cry for help shows, by the frames that fit and the opinion's levels."""
        framed = [frame.level for frame in read.frames if frame.label == Label.CRISIS and frame.level is not None]
        lanes = {frame.lane for frame in read.frames if frame.label == Label.CRISIS and frame.lane is not None}
        lanes |= {lane for lane in SideLane if read.scores.get(lane.value, -1.0) > 0}
        likely = max(_LEVELS, key=lambda level: read.scores[level.name])
        return max([likely, *framed]), frozenset(lanes)

    def _claim(self, read: Read) -> str | None:
        return next((claim.name for claim in self._claims if claim.made_in(read.words.joined)), None)

    def _evidence(self, labels: frozenset[Label], read: Read) -> tuple[Span, ...]:
        """Point at the contacts and at the words that spoke most, in the text as written."""
        spans = [Span(contact.start, contact.end, contact.kind) for contact in read.contacts]
        places = read.words.places(read.folded.text)
        for label in sorted(labels):
            telling = self._opinion.telling(read.words, label)
            for word, (start, end) in zip(read.words.words, places, strict=True):
                if word in telling:
                    telling.remove(word)
                    spans.append(Span(*read.folded.origin(start, end), label.value))
        return tuple(sorted(set(spans), key=lambda span: (span.start, span.end, span.kind)))


def _exempt(label: Label, read: Read) -> bool:
    return any(label in frame.exempt for frame in read.frames)


def _distress(read: Read) -> Level | None:
    return Level.L0 if any(frame.level is Level.L0 for frame in read.frames) else None


def _rule_of(label: Label, severity: Severity) -> str:
    if label is Label.SOURCING:
        return "sourcing_offer" if severity is Severity.S4 else "sourcing_ask"
    if label is Label.HARASSMENT:
        return "threat" if severity is Severity.S4 else "harassment"
    return label.value
