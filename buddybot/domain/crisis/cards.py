"""Cards of help lines: /crisis, what stands behind [More], and the one for people under 18.

They need no member, no consent and no state: whoever asks gets them.
"""

from collections.abc import Iterable

from buddybot.domain.crisis.conversation import Link, Option, Say, Scene
from buddybot.domain.crisis.help_lines import LineType, Resource, card_lines, more_lines, youth_lines
from buddybot.domain.crisis.scripts import COUNTRY, where
from buddybot.domain.crisis.variables import emergency_links, line_words, links, links_of, words

OKAY = Option("care.card.okay")


def crisis_card(scene: Scene) -> Say:
    """Return the answer to /crisis: one screen, the emergency number first."""
    lines = card_lines(scene.country, scene.today)
    return Say(
        "crisis-card",
        words(scene),
        choices=(
            *(Option("care.card.overdose"), Option("care.card.ending"), Option("care.card.lines")),
            *_asking(scene),
            OKAY,
        ),
        links=_links(scene, lines),
        rows=(*(_row(scene, line) for line in lines), *where(scene)),
    )


def more_card(scene: Scene) -> Say:
    """Return every other line of the country, and the international one."""
    lines = more_lines(scene.country, scene.today)
    rows = tuple(_row(scene, line) for line in lines)
    return Say("crisis-more", words(scene), (OKAY,), links(scene, (LineType.EMERGENCY, LineType.CRISIS)), rows)


def youth_card(scene: Scene) -> Say:
    """Return whom a person under 18 can turn to."""
    lines = youth_lines(scene.country, scene.today)
    return Say("crisis-youth", words(scene), (), _links(scene, lines), tuple(_row(scene, line) for line in lines))


def _links(scene: Scene, lines: Iterable[Resource]) -> tuple[Link, ...]:
    """Return the ways to reach lines; while the country is not known, those of the world's parts in place of one."""
    regional = scene.regions if not scene.country.known else ()
    return tuple(
        link
        for line in lines
        for link in (emergency_links(scene) if regional and line.kind is LineType.EMERGENCY else links_of(line))
    )


def _asking(scene: Scene) -> tuple[Option, ...]:
    return (COUNTRY,) if where(scene) else ()


def _row(scene: Scene, line: Resource) -> Say:
    if line.kind is LineType.EMERGENCY and not scene.country.known:
        return Say("crisis-row-emergency-anywhere", words(scene))
    return Say(f"crisis-row-{line.kind}", line_words(line))
