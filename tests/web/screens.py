"""Moments of the web chat as a person sees them: each is brought about on an open page, by what the core would send."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from itertools import count

from playwright.async_api import Page

from buddybot.adapter import (
    Address,
    CardProgress,
    Choice,
    Content,
    Conversation,
    ConversationKind,
    NoteId,
    OfferCard,
    Purpose,
    Send,
    Span,
    Voice,
    WaitCard,
)
from buddybot.domain.kernel.rich_text import spans_of
from tests.web.house import House

PURPOSES = {"I need help right now": Purpose.HELP}
WITH_BOT = Conversation()
BUDDY = Conversation(ConversationKind.BUDDY, "r1", ("Clear Robin",), "Blue Harbor")
CIRCLE = Conversation(ConversationKind.CIRCLE, "r2", ("Tall Pine", "Night Owl", "Soft Rain"), "Quiet Fern")
TALK = Conversation(ConversationKind.TALK, "r3", ("Amber Field",), "Small Boat")


@dataclass(frozen=True)
class Screen:
    """A page that is open, and the person at it."""

    page: Page
    house: House
    who: Address
    numbers: "count[int]"

    async def bot(self, text: str, *labels: str, main: str = "", **made: object) -> None:
        """Show something the bot says, with buttons."""
        choices = tuple(
            Choice(f"t.{one}", one, main=one == main, purpose=PURPOSES.get(one, Purpose.PLAIN)) for one in labels
        )
        content = Content(spans_of(text), choices=choices, **made)  # type: ignore[arg-type]  # other fields by their names
        await self.house.show(self.who, Send(content))

    async def peer(self, where: Conversation, author: str, text: str, quote: str = "") -> None:
        """Show a note of somebody else, perhaps about some words of an earlier one."""
        content = Content((Span(text),), Voice.MEMBER, author, quote=quote, conversation=where)
        await self.house.show(self.who, Send(content, NoteId(f"n{next(self.numbers)}")))

    async def says(self, text: str) -> None:
        """Write a note."""
        await self.page.locator("#text").fill(text)
        await self.page.keyboard.press("Enter")


async def welcome(screen: Screen) -> None:
    await screen.bot(
        "Hi. I'm BuddyBot, a bot. I help people who use opioids, used to, or love someone who does, find one person to"
        " talk with. It's free, and your buddy sees a nickname, not you.",
        *("Find a buddy", "How it works", "I need help right now", "Español"),
        main="Find a buddy",
    )


async def intake(screen: Screen) -> None:
    answers = ("My own opioid use or recovery", "Using, thinking about a change")
    await screen.bot(
        "What would help most? Pick up to two.",
        *("Someone who listens", "Check in on each other", "Help when cravings hit", "Talk about normal life"),
        many=True,
        limit=2,
        done=Choice("t.done", "Done"),
        extra=(Choice("t.skip", "Skip"), Choice("t.back", "Back")),
        progress=CardProgress("card", 3, 7, answers),
    )


async def offer(screen: Screen) -> None:
    reasons = ("you both want someone who listens", "you both like music and pets", "you have hours in common")
    after = "They don't know anything else, and you choose what to share. If you both say hello, your talk opens here."
    labels = ("Say hello", "Not this one", "I may know this person", "Ask me tomorrow")
    card = OfferCard("Clear Robin", "Blue Harbor", reasons, after)
    await screen.bot("I found someone.", *labels, main="Say hello", offer=card)


async def waiting(screen: Screen) -> None:
    card = WaitCard(
        "I'm looking for one person who fits you.",
        "Most people here are asked about someone within three days.",
        "When I find someone, I ask you both. You don't have to stay: I write to you here.",
        "A moderator is here now.",
        "Until then:",
    )
    labels = ("Talk to someone now", "A small circle", "Breathe with me", "What to expect", "Stop looking")
    await screen.bot("I'm looking.", *labels, waiting=card)


async def talk(screen: Screen) -> None:
    await screen.bot("Clear Robin said hello too. Your chat is open here. You go by Blue Harbor.", conversation=BUDDY)
    await screen.peer(BUDDY, "Clear Robin", "hey. not good at starting these")
    await screen.says("same here. what keeps you up at night?")
    await screen.peer(BUDDY, "Clear Robin", "the quiet mostly. i listen to old radio plays. you?", "at night")


async def rooms(screen: Screen) -> None:
    await talk(screen)
    await screen.peer(CIRCLE, "Tall Pine", "morning all")
    await screen.peer(CIRCLE, "Night Owl", "rough night here")
    await screen.bot("Amber Field is here for up to 60 minutes. Say hi.", conversation=TALK)
    await screen.page.locator('.room[data-key="r2"]').click()
    await screen.says("hi both")


async def crisis(screen: Screen) -> None:
    await screen.bot(
        '**CALL 911 NOW.** Say "not breathing" and where you are. Put it on speaker.\n'
        "1) **Rub** hard: your knuckles on the breastbone.\n"
        "2) **Naloxone**: one spray in one nostril.\n"
        "3) **Breathe** for them: one breath every 5 seconds.",
        *("Done, next", "I called", "No naloxone", "They're breathing"),
        voice=Voice.CRISIS,
    )


async def report(screen: Screen) -> None:
    await talk(screen)
    note = screen.page.locator("article.member").last
    await note.get_by_role("button", name="More for this note").click()
    await note.get_by_role("button", name="Report this").click()
    await screen.bot(
        "What is it about? Your buddy won't be told.",
        *("Mean or hurtful", "Sexual", "Money", "Drugs for sale", "A threat", "Something else", "Cancel"),
        conversation=BUDDY,
    )


SCREENS: dict[str, Callable[[Screen], Awaitable[None]]] = {
    one.__name__: one for one in (welcome, intake, offer, waiting, talk, rooms, crisis, report)
}
