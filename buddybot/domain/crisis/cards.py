"""Cards of help lines: /crisis, what stands behind [More], and the one for people under 18.

They need no member, no consent and no state: whoever asks gets them.
"""

from buddybot.domain.crisis.conversation import Option, Say, Scene
from buddybot.domain.crisis.help_lines import LineType, Resource, card_lines, more_lines, youth_lines
from buddybot.domain.crisis.variables import line_words, links, links_of, words

OKAY = Option("care.card.okay")


def crisis_card(scene: Scene) -> Say:
    """Return the answer to /crisis: one screen, the emergency number first."""
    lines = card_lines(scene.country, scene.today)
    return Say(
        "crisis-card",
        words(scene),
        choices=(Option("care.card.overdose"), Option("care.card.ending"), Option("care.card.lines"), OKAY),
        links=tuple(link for line in lines for link in links_of(line)),
        rows=tuple(_row(scene, line) for line in lines),
    )


def more_card(scene: Scene) -> Say:
    """Return every other line of the country, and the international one."""
    lines = more_lines(scene.country, scene.today)
    rows = tuple(_row(scene, line) for line in lines)
    return Say("crisis-more", words(scene), (OKAY,), links(scene, (LineType.EMERGENCY, LineType.CRISIS)), rows)


def youth_card(scene: Scene) -> Say:
    """Return whom a person under 18 can turn to."""
    lines = youth_lines(scene.country, scene.today)
    found = tuple(link for line in lines for link in links_of(line))
    return Say("crisis-youth", words(scene), (), found, tuple(_row(scene, line) for line in lines))


def _row(scene: Scene, line: Resource) -> Say:
    known = "" if line.kind is not LineType.EMERGENCY or scene.country.known else "-anywhere"
    return Say(f"crisis-row-{line.kind}{known}", line_words(line))
