"""Answers of the house to what its adapters may ask."""

from datetime import UTC, date, datetime

from buddybot.domain.channels.platform_filters import Filter
from buddybot.domain.kernel.commands import BY_WORD
from buddybot.domain.kernel.messages import Address, Choice, Content, Pressed
from buddybot.domain.kernel.messages.forms import Form, FormLimits
from buddybot.domain.kernel.note_text import command_in
from buddybot.domain.kernel.places import Channel, Place
from buddybot.domain.moderation.vitals import StoredVitals
from buddybot.runtime.engine.turns import TurnMaker
from buddybot.service import commands, forms
from buddybot.service.channels import entry
from buddybot.service.vitals import stored_vitals


class HouseReads(TurnMaker):
    """What can be answered from the configuration, the book and the database."""

    shared = False
    """Whether other processes run this house too: then what protects it is counted together."""
    leaving = False
    """Whether this process is about to stop: others take those who come."""

    def words(self, locale: str, key: str) -> str:
        """Return one string of the interface."""
        return self._book.words.say(locale, key)

    def moment(self, locale: str, at: date) -> str:
        """Return a day in words, or a moment in UTC."""
        if isinstance(at, datetime):
            return self._book.words.say(locale, "moment-utc", at=at.astimezone(UTC))
        return self._book.words.say(locale, "moment-here", at=at)

    def locales(self) -> tuple[str, ...]:
        """Return the languages shipped."""
        return self._book.words.locales()

    def standing(self) -> bool:
        """Return whether people are to come to this process, as far as the others know."""
        membership = self.store.membership
        return not self.leaving and (membership is None or membership.own.standing)

    def calls_for_help(self, text: str) -> bool:
        """Return whether these words are the crisis command, or one of the calls in data/care.toml."""
        word, _ = command_in(text.strip()) or (text, "")
        command = BY_WORD.get(word.casefold().strip(" .!?¡¿"))
        return (command is not None and command.name == "crisis") or self._book.pace.called(text)

    async def paced(self, kind: str, whose: str, burst: float, per_second: float) -> float:
        """Take a token of a bucket that all processes share; one process alone has counted for itself."""
        if not self.shared:
            return 0
        now = self._world.now()
        return await self.store.write(lambda tx: tx.buckets.take(kind, whose, burst, per_second, now))

    def channels(self) -> tuple[Channel, ...]:
        """Return the channels of the configuration."""
        return self._book.channels

    def pinned(self, key: str, locale: str = "") -> Content:
        """Return what is pinned in a channel."""
        return entry.pinned(self._book, key, locale)

    def filters(self) -> tuple[Filter, ...]:
        """Return what a platform's own filter should hold back."""
        return self._book.filters

    async def stored_vitals(self) -> StoredVitals:
        """Return how the house is, as far as the database knows."""
        return await self.store.read(lambda tx: stored_vitals(tx, self._book, self._world.now()))

    async def places(self, platform: str, identity: str) -> tuple[Place, ...]:
        """Return the places known of this bot account."""
        return await self.store.read(lambda tx: tx.places.on(platform, identity))

    async def suggest(self, address: Address, command: str, parameter: str, typed: str) -> tuple[Choice, ...]:
        """Return what may stand in a parameter."""
        return await self.store.read(lambda tx: commands.suggest(self.turn(tx), address, command, parameter, typed))

    async def form(self, press: Pressed, limits: FormLimits) -> Form | None:
        """Return the form that a press opens now."""
        return await self.store.read(lambda tx: forms.opened_form(self.turn(tx), press, limits))
