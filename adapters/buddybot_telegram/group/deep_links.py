"""Deep links behind the buttons of places: an answer comes in private, and the link takes people there.

The bot may write to nobody who never opened its chat. Telegram shows them a Start button there; with it comes the press
again. Only buttons that the core calls lasting can be followed so: a link must not press what somebody else made up.
"""

from collections.abc import MutableMapping
from dataclasses import dataclass, field, replace

from telegram import CallbackQuery

from buddybot.adapter import Content, Inbound, Joined, MessageId, Place, Pressed, lru
from buddybot_telegram.inbound import pressed_at

MOST = 4096
"""People remembered at once; who is forgotten may read an answer twice."""


@dataclass(slots=True)
class DeepLinks:
    """Links to `bot`, by the word that stands for each button. `reached` is who saw the answer to a press."""

    bot: str = ""
    buttons: dict[str, tuple[str, Place]] = field(default_factory=dict)
    reached: MutableMapping[str, bool] = field(default_factory=lambda: lru(MOST), repr=False)

    def learn(self, place: Place, pinned: Content) -> None:
        """Remember what is pinned in a place."""
        self.buttons |= {_word(each.token): (each.token, place) for each in pinned.choices if each.lasting}

    def link(self, query: CallbackQuery) -> str | None:
        """Return the link to answer a press in a place with."""
        if (word := _word(query.data or "")) not in self.buttons:
            return None
        self.reached[str(query.from_user.id)] = False
        return f"https://t.me/{self.bot}?start={word}-{pressed_at(query) or 0}"

    def arrived(self, account: str) -> None:
        """Note that somebody can be written to."""
        if account in self.reached:
            self.reached[account] = True

    def followed(self, event: Inbound) -> Inbound | None:
        """Return what an event means: after a link of ours the press again, or nothing if its answer arrived."""
        word, _, message = (event.invite if isinstance(event, Joined) else "").rpartition("-")
        if word not in self.buttons or not message.isdecimal():
            return event
        if self.reached.pop(event.origin.address.account, False):
            return None
        token, place = self.buttons[word]
        return Pressed(replace(event.origin, place=place), (token,), MessageId(message))


def _word(token: str) -> str:
    # A link takes no dots; no token of a channel has a low line.
    return token.replace(".", "_")
