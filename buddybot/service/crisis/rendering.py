"""Rendering of crisis messages: copy, numbers to tap and buttons, in the language the person wrote in."""

from dataclasses import replace

from buddybot.content.words import Words
from buddybot.domain.crisis.cards import crisis_card, youth_card
from buddybot.domain.crisis.conversation import Say, Scene
from buddybot.domain.crisis.help_lines import country_of
from buddybot.domain.crisis.regions import regional_numbers
from buddybot.domain.crisis.state_text import care_from, care_text
from buddybot.domain.kernel.messages import Choice, Content, NoteId, Send, Span, Style, Voice
from buddybot.domain.kernel.rich_text import spans_of
from buddybot.domain.people.members import Member
from buddybot.service.kernel import staff
from buddybot.service.kernel.moments import clock
from buddybot.service.kernel.turn import Turn
from buddybot.service.talk import rooms

REMEMBERED = 100
"""How many of the bot's own messages of a conversation can be taken back."""


def scene(turn: Turn, member: Member) -> Scene:
    """Return what the crisis conversation needs to know at this moment."""
    region = turn.regions.get(member.id, "")
    numbers = regional_numbers(turn.book.countries, region, turn.now.date())
    return Scene(
        now=turn.now,
        country=country_of(turn.book.countries, member.private.country),
        on_shift=staff.anyone(turn),
        in_chat=rooms.company_of(turn, member) is not None,
        clock=clock(member),
        regions=numbers,
        guessed=region in turn.book.countries,
        placed=bool(member.private.country),
        near=None if member.private.country else turn.book.countries.get(region),
    )


def card(turn: Turn, member: Member) -> None:
    """Show the country's help lines, as a note that [No, hide] takes back with the rest of the conversation."""
    member = turn.tx.members.by_id(member.id) or member
    note = NoteId(turn.world.new_id())
    shown = content(turn, member.locale, crisis_card(scene(turn, member)))
    turn.show_note(member, Send(replace(shown, voice=Voice.CRISIS), note))
    _remember(turn, member, note)


def _remember(turn: Turn, member: Member, note: str) -> None:
    """Keep which note the card is, so that it can be taken back, and that it was shown, so that a country is heard."""
    state = care_from(member.private.care)
    kept = care_text(replace(state, notes=(*state.notes, note)[-REMEMBERED:], carded=turn.now))
    turn.tx.members.save(replace(member, private=replace(member.private, care=kept)))


def youth(turn: Turn, member: Member) -> Content:
    """Return the card for people under 18."""
    return content(turn, member.locale, youth_card(scene(turn, member)))


def content(turn: Turn, locale: str, say: Say) -> Content:
    """Put one message of the conversation into words, with its numbers to tap."""
    return say_in_words(turn.book.words, locale, say)


def say_in_words(words: Words, locale: str, say: Say) -> Content:
    """Put one message of the conversation into words, by the words of a language alone."""
    lines = "\n".join(words.say(locale, one.key, **dict(one.args)) for one in (say, *say.rows))
    links = [Span(words.say(locale, link.label, number=link.number), Style.LINK, link.target) for link in say.links]
    spaced = [span for link in links for span in (Span("\n"), link)]
    choices = tuple(Choice(option.token, words.say(locale, option.label, **dict(say.args))) for option in say.choices)
    return Content((*spans_of(lines), *spaced), choices=choices)
