"""Review of the experience library: a moderator reads each story before any member does, and sees no author."""

from dataclasses import replace
from datetime import datetime

from buddybot.domain.care.stories import Story, StoryState
from buddybot.domain.kernel.messages import Content, Span
from buddybot.domain.kernel.plaintext import plain
from buddybot.domain.kernel.tokens import Token
from buddybot.domain.people.members import Member
from buddybot.service.kernel import staff
from buddybot.service.kernel.moments import quiet_end
from buddybot.service.kernel.turn import Turn

CODE = 8


def take_back_button(story: Story) -> tuple[str, Token]:
    """Return the button by which an author takes a story back."""
    return "wisdom-withdraw", Token("wisdom", story.id, "withdraw")


def tell_moderators(turn: Turn, story: Story) -> None:
    """Tell those on shift that a story waits; nobody is called from home for one."""
    for one in staff.on_shift(turn):
        if one.id != story.author:
            turn.say(one, "mod-story-new", buttons=(("mod-story-look", Token("mod", verb="stories")),))


def show_next_story(turn: Turn, me: Member) -> None:
    """Show a moderator the story that waits longest, but for their own."""
    found = [one for one in turn.tx.stories.for_review() if one.author != me.id]
    if not found:
        turn.say(me, "mod-story-none")
        return
    story = found[0]
    topics = ", ".join(turn.words(me, f"wisdom-topic-{one}") for one in story.topics) or "-"
    words = {"code": story.id[:CODE], "topics": topics, "list": ", ".join(turn.book.topics.words)}
    key = "mod-story-reported" if story.state is StoryState.REPORTED else "mod-story"
    spans = (Span(turn.words(me, key, count=len(found), **words)), Span(f"\n\n{story.text}"))
    verbs = ("approve", "decline") if story.topics else ("decline",)
    rows = [(f"mod-story-{verb}", Token("mod", story.id, verb)) for verb in verbs]
    turn.show(me, Content(spans, choices=turn.choices(me, rows)))
    if story.claim in turn.book.claims:
        turn.say(me, "mod-story-claim")


def approve_story(turn: Turn, me: Member, code: str, topics: str) -> None:
    """Let members find a story, under the topics named or those its words suggest."""
    story = _reviewable(turn, me, code)
    if story is None:
        return
    named = tuple(dict.fromkeys(one for word in plain(topics).split() if (one := turn.book.topics.meant(word))))
    tagged = named or story.topics
    if not tagged:
        turn.say(me, "mod-story-untagged", code=story.id[:CODE], list=", ".join(turn.book.topics.words))
        return
    turn.tx.stories.save(replace(story, state=StoryState.SHOWN, topics=tagged))
    turn.tx.audit.add(turn.now, me.id, "story-approved", story.id)
    if story.state is StoryState.WAITING:
        _tell_author(turn, story, "wisdom-approved")
    turn.say(me, "mod-story-approved", list=", ".join(turn.words(me, f"wisdom-topic-{one}") for one in tagged))


def decline_story(turn: Turn, me: Member, code: str) -> None:
    """Drop a story; its author hears it kindly."""
    story = _reviewable(turn, me, code)
    if story is None:
        return
    turn.tx.stories.drop(story.id)
    turn.tx.audit.add(turn.now, me.id, "story-declined", story.id)
    _tell_author(turn, story, "wisdom-declined")
    turn.say(me, "mod-story-declined")


def _reviewable(turn: Turn, me: Member, code: str) -> Story | None:
    story = turn.tx.stories.named(code.strip().lower())
    if story is None or story.state is StoryState.SHOWN:
        turn.say(me, "mod-story-gone")
        return None
    if story.author == me.id:
        turn.say(me, "mod-story-own")
        return None
    return story


def _tell_author(turn: Turn, story: Story, key: str) -> None:
    author = None if story.author is None else turn.tx.members.by_id(story.author)
    if author is not None:
        buttons = (take_back_button(story),) if key == "wisdom-approved" else ()
        turn.say(author, key, buttons=buttons, due=_when(turn, author))


def _when(turn: Turn, member: Member) -> datetime | None:
    """Return when this member may be told: after their quiet hours, and after a break."""
    paused = member.paused_until if member.paused(turn.now) else None
    quiet = quiet_end(member, turn.now)
    return max((one for one in (paused, quiet) if one is not None), default=None)
