"""Configuration snapshot: all content and policy, read once at start, the same for every turn."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from buddybot.content.words import Words
from buddybot.domain.care.company import Company
from buddybot.domain.care.mentors import MentorRules
from buddybot.domain.care.openers import Opener
from buddybot.domain.care.stories import Topics
from buddybot.domain.channels.pacing import Calm
from buddybot.domain.channels.platform_filters import Filter
from buddybot.domain.crisis.help_lines import Country
from buddybot.domain.crisis.pacing import CrisisPacing
from buddybot.domain.crisis.regions import Whereabouts
from buddybot.domain.crisis.replies import Replies
from buddybot.domain.dialog.bot_words import BotWords
from buddybot.domain.dialog.phrases import ReplyPhrases
from buddybot.domain.dialog.small_talk import SmallTalk
from buddybot.domain.intake.questions import Flow
from buddybot.domain.intake.vocabulary import Vocabulary
from buddybot.domain.kernel.messages import Address
from buddybot.domain.kernel.places import Channel
from buddybot.domain.kernel.verdicts import Screening
from buddybot.domain.matching.weights import MatchingWeights
from buddybot.domain.moderation.sanctions import Ladder
from buddybot.domain.moderation.staff import Role
from buddybot.domain.talk.claims import Known
from buddybot.domain.talk.rate_limits import RateLimits
from buddybot.rules.decide import Screener


@dataclass(frozen=True, slots=True)
class Retention:
    """Retention periods: how long each thing is kept (privacy.md, section 3)."""

    drafts: timedelta = timedelta(days=30)
    notes: timedelta = timedelta(days=8)
    """Whose a note was is known for a day longer than it may wait: its author is to hear what became of it."""
    rooms: timedelta = timedelta(days=365)
    ties: timedelta = timedelta(days=180)
    idle: timedelta = timedelta(days=180)
    idle_warning: timedelta = timedelta(days=14)
    evidence: timedelta = timedelta(days=30)
    evidence_appealed: timedelta = timedelta(days=90)
    evidence_open: timedelta = timedelta(days=120)
    cases: timedelta = timedelta(days=365)
    audit: timedelta = timedelta(days=730)
    shifts: timedelta = timedelta(days=28)
    proposals: timedelta = timedelta(days=7)
    undelivered: timedelta = timedelta(days=7)
    """What is on its way waits for so long: people come back after days."""
    text: timedelta = timedelta(hours=24)
    """What waits for its author's own decision, and the address for a last word."""
    crisis_words: timedelta = timedelta(hours=72)
    offers: timedelta = timedelta(days=30)
    stories: timedelta = timedelta(days=30)
    """A story that no moderator looked at."""
    mentors: timedelta = timedelta(days=180)
    """What is known of somebody who did not become a mentor, or stopped."""
    events: timedelta = timedelta(days=3)
    cursors: timedelta = timedelta(days=180)
    own_days: timedelta = timedelta(days=365)
    invites: timedelta = timedelta(days=90)
    """An invite that ran out: for so long whoever comes by it hears so, and not that it never was."""
    programmes: timedelta = timedelta(days=730)
    """A programme that ended."""

    @classmethod
    def waiting(cls, days: int) -> "Retention":
        """Return the periods where undelivered notes wait for so many days."""
        usual = cls()
        return replace(usual, undelivered=timedelta(days=days), notes=max(usual.notes, timedelta(days=days + 1)))


@dataclass(frozen=True, slots=True)
class OperatorChoices:
    """Deployment settings that a use case needs: the operator's choices."""

    round_every: timedelta = timedelta(hours=1)
    offer_lasts: timedelta = timedelta(hours=24)
    postpone: timedelta = timedelta(hours=24)
    new_pairs_a_week: int = 3
    max_text: int = 4000
    contact: str = ""
    staff: tuple[tuple[Address, Role], ...] = field(default=(), repr=False)
    desk_url: str = ""
    photos: bool = False
    voice: bool = False
    """Whether photos and voice notes may cross between two who agree."""
    research: bool = False
    """Whether there is a research export at all."""
    full_at: int = 100_000
    """Members whom a bot account serves before newcomers hear of another of its platform; 0: however many."""
    late: timedelta = timedelta(seconds=60)
    """How late an account's deliveries are before newcomers hear of another."""


@dataclass(frozen=True, slots=True)
class Book:
    """Immutable snapshot of content, thresholds and word lists."""

    words: Words
    gates: Flow
    intake: Flow
    card: Flow
    """The country alone, for the help lines of somebody of whom nothing else is asked."""
    vocabulary: Vocabulary
    countries: Mapping[str, Country]
    whereabouts: Whereabouts
    weights: MatchingWeights
    pace: CrisisPacing
    crisis_replies: Replies
    floods: RateLimits
    calm: Calm
    ladder: Ladder
    claims: Mapping[str, Known]
    screen: Callable[[str], Screening]
    aliases: tuple[tuple[str, ...], tuple[str, ...]]
    company: Company
    openers: tuple[Opener, ...]
    topics: Topics
    mentoring: MentorRules
    retention: Retention = Retention()
    practice: OperatorChoices = OperatorChoices()
    replies: ReplyPhrases = field(default_factory=ReplyPhrases)
    small_talk: SmallTalk = field(default_factory=SmallTalk)
    bot_words: BotWords = field(default_factory=BotWords)
    channels: tuple[Channel, ...] = ()
    filters: tuple[Filter, ...] = ()
    rules_checked: date | None = None
    screener: Screener | None = None
    """What `screen` asks, for whoever can wait for a second opinion on what was read."""
    warnings: Callable[[date], tuple[str, ...]] = lambda _: ()
