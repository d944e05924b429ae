"""Deep links behind the buttons of places: an answer comes in private, and the link takes people there.

The bot may write to nobody who never opened its chat. Telegram shows them a Start button there; with it comes the press
again. Only buttons that the core calls lasting can be followed so: a link must not press what somebody else made up.
"""

from collections.abc import MutableMapping
from dataclasses import dataclass, field, replace

from telegram import CallbackQuery

from buddybot.adapter import Content, Inbound, Joined, MessageId, Place, Pressed, lru
from buddybot_telegram.content import ephemeral_number

MOST = 4096
HERE = "here"
"""What a link brings that only opens the chat."""
"""People remembered at once; who is forgotten may read an answer twice."""


@dataclass(slots=True)
class DeepLinks:
    """Links to `bot`, by the word that stands for each button. `reached` is who saw the answer to a press."""

    bot: str = ""
    buttons: dict[str, tuple[str, Place]] = field(default_factory=dict)
    forms: set[str] = field(default_factory=set)
    reached: MutableMapping[str, bool] = field(default_factory=lambda: lru(MOST), repr=False)

    def learn(self, place: Place, pinned: Content) -> None:
        """Remember what is pinned in a place."""
        lasting = [each for each in pinned.choices if each.lasting]
        self.buttons |= {_word(each.token): (each.token, place) for each in lasting}
        self.forms |= {_word(each.token) for each in lasting if each.form}

    def asks_for_words(self, query: CallbackQuery) -> bool:
        """Return whether a button asks for words: what is typed in a group, everybody reads."""
        return _word(query.data or "") in self.forms

    @property
    def door(self) -> str:
        """The link that opens the private chat."""
        return f"https://t.me/{self.bot}?start={HERE}"

    def link(self, query: CallbackQuery) -> str | None:
        """Return the link to answer a press in a place with."""
        if (word := _word(query.data or "")) not in self.buttons:
            return self.door if ephemeral_number(query.message) else None
        self.reached[str(query.from_user.id)] = False
        message = query.message.message_id if query.message else 0
        return f"https://t.me/{self.bot}?start={word}-{message}"

    def arrived(self, account: str) -> None:
        """Note that somebody can be written to."""
        if account in self.reached:
            self.reached[account] = True

    def followed(self, event: Inbound) -> Inbound | None:
        """Return what an event means: after a link of ours the press again, or nothing if its answer arrived."""
        if isinstance(event, Joined) and event.invite == HERE:
            return Joined(event.origin)
        word, _, message = (event.invite if isinstance(event, Joined) else "").rpartition("-")
        if word not in self.buttons or not message.isdecimal():
            return event
        if self.reached.pop(event.origin.address.account, False):
            return None
        token, place = self.buttons[word]
        return Pressed(replace(event.origin, place=place), (token,), MessageId(message) if int(message) else None)


def _word(token: str) -> str:
    # A link takes no dots; no token of a channel has a low line.
    return token.replace(".", "_")
