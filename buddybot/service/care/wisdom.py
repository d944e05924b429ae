"""Experience library: members share what helped them, and find what helped others, one story at a time.

Nothing is stored until the author has seen the words again and said what becomes of them; nobody else reads them before
a moderator did.
"""

import re
from dataclasses import replace

from buddybot.domain.care.stories import Story, StoryState, ranked
from buddybot.domain.dialog.questions import Unfit
from buddybot.domain.kernel.messages import Content, Span, Style
from buddybot.domain.kernel.note_text import tidy
from buddybot.domain.kernel.tokens import Token
from buddybot.domain.kernel.verdicts import Outcome, Screening
from buddybot.domain.people.members import Member, Talk
from buddybot.service.crisis import conversation
from buddybot.service.kernel import standing
from buddybot.service.kernel.turn import APPEAL, HELP, Asking, Turn
from buddybot.service.moderation import stories

WRITE = ("wisdom-share", Token("wisdom", verb="write"))
SENTENCE = re.compile(r"[.!?\n]+")
TOPICS = ("wisdom-topics", Token("wisdom", verb="topics"))


def run_wisdom(turn: Turn, member: Member, words: str) -> None:
    """Command handler of the library: share, see one's own, or search; without words the topics."""
    first, _, rest = words.strip().partition(" ")
    if turn.book.replies.argument("wisdom", first) == "share":
        if rest.strip():
            _consider(turn, member, tidy(rest), turn.screening)
        else:
            _ask_for_story(turn, member)
    elif turn.book.replies.argument("wisdom", words) == "mine":
        _show_own(turn, member)
    elif words.strip():
        _show_after(turn, member, words.strip(), "")
    else:
        _show_topics(turn, member)


def press_wisdom(turn: Turn, member: Member, subject: str, verb: str, words: str) -> None:
    """Button handler of the library; `words` are a search, or the story that waits for its author's yes."""
    match verb:
        case "write" | "leaves" | "stays" | "report" if standing.is_suspended(turn, member):
            turn.say(member, "held-back", buttons=(HELP, APPEAL))
        case "write":
            _ask_for_story(turn, member)
        case "cancel":
            _rest(turn, member)
            turn.say(member, "wisdom-cancelled")
        case "leaves" | "stays" if words:
            _keep(turn, member, words, stays=verb == "stays")
        case "about" if subject in turn.book.topics.words:
            _show_after(turn, member, subject, "")
        case "another" if words:
            _show_after(turn, member, words, subject)
        case "another" | "topics":
            _show_topics(turn, member)
        case "report":
            _report(turn, member, subject)
        case "withdraw":
            _withdraw(turn, member, subject)
        case _:
            turn.say(member, "stale-button")


# ── Sharing ─────────────────────────────────────────────────────────────────────────────


def _ask_for_story(turn: Turn, member: Member) -> None:
    if not _one_waits(turn, member):
        _await_story(turn, member, "wisdom-ask")


def _await_story(turn: Turn, member: Member, key: str) -> None:
    """Ask for a story, for the first time or without what was in it: what is typed next goes nowhere else.

    Who reads the same twice running is told in other words.
    """
    said = {one.again for one in turn.tx.questions.open_of(member.id, turn.now) if one.unfit is Unfit.TEXT}
    key = "wisdom-again" if key in said else key
    turn.tx.members.save(replace(member, private=replace(member.private, talk=Talk.WISDOM, subject="")))
    cancel = ("wisdom-cancel", Token("wisdom", verb="cancel"))
    longest, shortest = turn.book.topics.longest, turn.book.topics.shortest
    turn.ask(member, key, buttons=(cancel,), again=key, unfit=Unfit.TEXT, longest=longest, shortest=shortest)


def receive_story(turn: Turn, member: Member, text: str, screening: Screening | None) -> bool:
    """Take the words that were asked for; return whether they were nothing but that."""
    _rest(turn, member)
    return _consider(turn, turn.tx.members.by_id(member.id) or member, text, screening)


def _consider(turn: Turn, member: Member, text: str, screening: Screening | None) -> bool:
    """Screen a story like a note; words that may be a cry for help are left to the crisis conversation."""
    if conversation.cries(turn, member, text, screening):
        turn.say(member, "wisdom-not-kept")
        return False
    if not _one_waits(turn, member):
        _weigh(turn, member, text, screening)
    return True


def _weigh(turn: Turn, member: Member, text: str, screening: Screening | None) -> None:
    if not turn.book.topics.shortest <= len(text) <= turn.book.topics.longest:
        _await_story(turn, member, "wisdom-length")
    elif screening is None or screening.contacts:
        _await_story(turn, member, "wisdom-contact")
    elif screening.verdict.outcome >= Outcome.NUDGE:
        _await_story(turn, member, "wisdom-rules")
    else:
        _ask_what_becomes(turn, member, text)


def _ask_what_becomes(turn: Turn, member: Member, text: str) -> None:
    """Show the words again and ask the one question about them; they wait with it for a day at most."""
    buttons = tuple((f"wisdom-{verb}", Token("wisdom", verb=verb)) for verb in ("leaves", "stays", "cancel"))
    spans = (Span(turn.words(member, "wisdom-sure")), Span(f"\n\n{text}"))
    turn.show(member, Content(spans, choices=turn.choices(member, buttons)), asking=Asking(words=text))


def _one_waits(turn: Turn, member: Member) -> bool:
    found = [one for one in turn.tx.stories.of_author(member.id) if one.state is StoryState.WAITING]
    if found:
        turn.say(member, "wisdom-waits", buttons=(stories.take_back_button(found[0]),))
    return bool(found)


def _keep(turn: Turn, member: Member, text: str, *, stays: bool) -> None:
    if _one_waits(turn, member):
        return
    story = Story(
        id=turn.world.new_id(),
        author=member.id,
        state=StoryState.WAITING,
        made_at=turn.now,
        text=text,
        locale=member.locale,
        topics=turn.book.topics.within(text),
        claim=_claim_in(turn, text),
        stays=stays,
    )
    turn.tx.stories.save(story)
    turn.say(member, "wisdom-kept", buttons=(stories.take_back_button(story),))
    stories.tell_moderators(turn, story)


def _claim_in(turn: Turn, text: str) -> str:
    """Return the medical claim of a story: one sentence is lost among the others, so each is read alone as well."""
    read = (turn.book.screen(one).claim for one in (text, *SENTENCE.split(text)) if one.strip())
    return next((claim for claim in read if claim), "")


def _rest(turn: Turn, member: Member) -> None:
    if member.private.talk is Talk.WISDOM:
        turn.tx.members.save(replace(member, private=replace(member.private, talk=Talk.NONE)))


def _withdraw(turn: Turn, member: Member, story_id: str) -> None:
    story = turn.tx.stories.by_id(story_id)
    if story is None or story.author != member.id:
        turn.say(member, "wisdom-gone")
        return
    turn.tx.stories.drop(story.id)
    turn.say(member, "wisdom-withdrawn")


def _show_own(turn: Turn, member: Member) -> None:
    found = turn.tx.stories.of_author(member.id)
    if not found:
        turn.say(member, "wisdom-none-yours", buttons=(WRITE,))
    for one in found:
        head = turn.words(member, f"wisdom-state-{one.state}")
        choices = turn.choices(member, (stories.take_back_button(one),))
        turn.show(member, Content((Span(head, Style.STRONG), Span(f"\n{one.text}")), choices=choices))


# ── Finding ─────────────────────────────────────────────────────────────────────────────


def _show_topics(turn: Turn, member: Member) -> None:
    there = {topic for one in turn.tx.stories.shown() for topic in one.topics}
    rows = [(f"wisdom-topic-{one}", Token("wisdom", one, "about")) for one in turn.book.topics.words if one in there]
    turn.say(member, "wisdom-which" if rows else "wisdom-empty", buttons=(*rows, WRITE))


def _show_after(turn: Turn, member: Member, query: str, shown: str) -> None:
    """Show the story that comes after the one shown last, in the order of a search."""
    found = ranked(turn.tx.stories.shown(), turn.book.topics, query, member.locale)
    place = next((number for number, one in enumerate(found) if one.id == shown), -1) + 1
    if place >= len(found):
        turn.say(member, "wisdom-end" if found else "wisdom-nothing", buttons=(TOPICS, WRITE))
        return
    story = found[place]
    rows = [(f"wisdom-{verb}", Token("wisdom", story.id, verb)) for verb in ("another", "report")]
    spans = (Span(turn.words(member, "wisdom-story"), Style.STRONG), Span(f"\n{story.text}"))
    turn.show(member, Content(spans, choices=turn.choices(member, rows)), asking=Asking(words=query))
    if (known := turn.book.claims.get(story.claim)) is not None:
        turn.say(member, "claim-card", known=known.told(member.locale), source=known.source, checked=known.checked)


def _report(turn: Turn, member: Member, story_id: str) -> None:
    """Hide a story until a moderator has looked at it again."""
    story = turn.tx.stories.by_id(story_id)
    if story is not None and story.state is StoryState.SHOWN:
        reported = replace(story, state=StoryState.REPORTED, made_at=turn.now)
        turn.tx.stories.save(reported)
        turn.tx.audit.add(turn.now, "member", "story-reported", story.id)
        stories.tell_moderators(turn, reported)
    turn.say(member, "wisdom-reported", buttons=(TOPICS,))


def exported_stories(turn: Turn, member: Member) -> list[dict[str, object]]:
    """Return for the export what this member shared."""
    return [
        {
            "shared_at": one.made_at.isoformat(),
            "text": one.text,
            "topics": list(one.topics),
            "state": one.state.value,
            "may_stay_without_you": one.stays,
        }
        for one in turn.tx.stories.of_author(member.id)
    ]
