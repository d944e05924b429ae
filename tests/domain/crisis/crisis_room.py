"""A person in the care conversation, for tests: writes, presses, waits, and remembers what the bot did."""

from datetime import UTC, datetime, timedelta, timezone, tzinfo

from buddybot.content import content_dir, read_toml
from buddybot.content.tables.care import parse_pace
from buddybot.content.tables.help_lines import parse_countries
from buddybot.domain.crisis.conversation import (
    Check,
    CrisisReply,
    CrisisState,
    Due,
    Gentle,
    Input,
    Press,
    Scene,
    Signal,
)
from buddybot.domain.crisis.help_lines import country_of
from buddybot.domain.crisis.respond import respond
from buddybot.domain.kernel.levels import Level, SideLane

COUNTRIES = parse_countries(read_toml(path) for path in sorted((content_dir() / "crisis").glob("*.toml")))
PACE = parse_pace(read_toml(content_dir() / "care.toml"))
EVENING = datetime(2026, 11, 23, 20, tzinfo=UTC)


class Person:
    """One person; `reply` is what followed from the last thing that happened."""

    def __init__(self, *, country: str = "US", in_chat: bool = False, on_shift: bool = False) -> None:
        self.now = EVENING
        self.country, self.in_chat, self.on_shift = country, in_chat, on_shift
        self.clock: tzinfo | None = timezone(timedelta(hours=-5))
        self.state = CrisisState()
        self.reply = CrisisReply(self.state)

    @property
    def scene(self) -> Scene:
        country = country_of(COUNTRIES, self.country)
        return Scene(self.now, country, self.on_shift, self.in_chat, self.clock)

    def writes(self, level: Level | None = None, *lanes: SideLane, gentle: Gentle | None = None) -> CrisisReply:
        return self.happens(Signal(level, frozenset(lanes), gentle, delivered=self.in_chat))

    def presses(self, *tokens: str) -> CrisisReply:
        for token in tokens:
            self.happens(Press(token))
        return self.reply

    def is_due(self, check: Check) -> CrisisReply:
        return self.happens(Due(check))

    def waits(self, **span: float) -> None:
        self.now += timedelta(**span)

    def happens(self, what: Input) -> CrisisReply:
        self.reply = respond(self.state, what, self.scene, PACE)
        self.state = self.reply.state
        return self.reply

    @property
    def told(self) -> list[str]:
        """The keys of what the bot just said, without their prefix."""
        return [said.key.removeprefix("crisis-") for said in self.reply.say]

    @property
    def offered(self) -> list[str]:
        """The buttons of the last message."""
        return [choice.token for choice in self.reply.say[-1].choices]

    @property
    def planned(self) -> list[Check]:
        return [later.check for later in self.reply.later]
