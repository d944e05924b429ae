"""Writes docs/crisis-paths.md from the crisis scripts: `python -m tests.docs_crisis_paths [--write]`.

The page is for clinicians and people with lived experience who review it: every message, every button, every path.
"""

import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from buddybot.content import content_dir, read_toml
from buddybot.content.tables.care import parse_pace
from buddybot.content.tables.crisis_replies import parse_crisis_replies
from buddybot.content.tables.help_lines import parse_countries
from buddybot.content.words import Words, load_words
from buddybot.domain.crisis.conversation import CrisisState, Press, Say, Scene
from buddybot.domain.crisis.help_lines import country_of
from buddybot.domain.crisis.replies import Replies
from buddybot.domain.crisis.respond import respond
from buddybot.domain.crisis.scripts import BUDDY, CHECKS, GENTLE, LANES, LEVELS, SCRIPTS, STILL, script

PAGE = Path(__file__).resolve().parent.parent / "docs" / "crisis-paths.md"
GROUPS = {
    "Levels": LEVELS,
    "Side lanes": LANES,
    "Check-ins": CHECKS,
    "Soft answers": GENTLE,
    "To the buddy": BUDDY,
    "Words that are no answer": STILL,
}
PHRASES = 4
HEAD = """\
# Crisis paths

<!-- Written by `python -m tests.docs_crisis_paths --write`; a test says when it is out of date. -->

For clinicians, and for people who have been there: every message of the crisis conversation as somebody in the US
reads it in English, what can be tapped under it, and where each answer leads. Whatever can be tapped can be typed,
misspelt too; the table at the end shows some of the words that are understood. The same page in code:
`buddybot/domain/crisis/scripts.py` (messages and buttons), `presses.py` (where they lead), `typed.py` and
`intents.py` (typed words), `data/locales/en/crisis.ftl` (every sentence). How to change them, and who has looked at
them: [Crisis content](crisis-content.md).

Which message comes first follows from what was heard: L0 *distress*, L1 *wish*, L2 *active*, L3 *danger*, L4 *now*;
the lanes *overdose*, *alone*, *withdrawal*, *violence*, *child*, *silent*. While a conversation is open (a day after
the last sign, or until it is taken back) typed words are read as part of it: a new sign first, then an answer to the
open question, then a reply that fits the lane or level, then the conversation's own next line, never the same twice
running. Beside a buddy the last one is left out.

Before the country is known, first cards show emergency numbers with the part of the world where each is right, the
region of the browser or app first and called a guess, and [My country] under them; typed or tapped, the card comes
again with that country's own lines.
"""


def main() -> int:
    if "--write" in sys.argv:
        PAGE.write_text(page(), encoding="utf-8")
        return 0
    if PAGE.read_text(encoding="utf-8") != page():
        sys.stderr.write("docs/crisis-paths.md is stale; run: python -m tests.docs_crisis_paths --write\n")
        return 1
    return 0


def page() -> str:
    """Return the whole page as it should be."""
    words, scene = load_words(content_dir() / "locales"), _scene()
    lines = [HEAD]
    for title, group in GROUPS.items():
        lines.append(f"\n## {title}\n")
        for name in group:
            lines.extend(_script(words, scene, name))
    replies = parse_crisis_replies(read_toml(content_dir() / "crisis_replies.toml"))
    return "\n".join([*lines, *_typed(replies), ""])


def _scene() -> Scene:
    countries = parse_countries(read_toml(path) for path in sorted((content_dir() / "crisis").glob("*.toml")))
    return Scene(datetime(2026, 11, 29, 12, tzinfo=UTC), country_of(countries, "US"), on_shift=True, in_chat=True)


def _script(words: Words, scene: Scene, name: str) -> Iterator[str]:
    yield f"### {name}\n"
    said = script(name, scene)
    yield "".join(f"> {line}\n" for line in _text(words, said).splitlines())
    for option in said.choices:
        label = words.say("en", option.label, **dict(said.args))
        yield f"- **{label}** leads to {_leads_to(scene, name, option.token)}"
    yield ""


def _text(words: Words, said: Say) -> str:
    dialed = "".join(f" [{words.say('en', link.label, number=link.number)}]" for link in said.links)
    return words.say("en", said.key, **dict(said.args)) + dialed


def _leads_to(scene: Scene, name: str, token: str) -> str:
    if token.startswith("care.country."):
        asks = "[country-other](#country-other)"
        return asks if token.endswith(".other") else "the card shown before, with that country's own lines"
    state = CrisisState(asked=name, last=name, opened_at=scene.now, signed_at=scene.now)
    pace = parse_pace(read_toml(content_dir() / "care.toml"))
    reply = respond(state, Press(token), scene, pace)
    found = [said.key.removeprefix("crisis-") for said in reply.say]
    known = [f"[{key}](#{key})" if key in SCRIPTS else f"*{key}*" for key in found]
    alert = "" if reply.alert is None else f"; moderators are told ({reply.alert.priority})"
    relayed = "; sent to the buddy as their own words" if reply.relay else ""
    return (", ".join(known) or "nothing more") + alert + relayed


def _typed(replies: Replies) -> Iterator[str]:
    yield "\n## Words that are understood\n"
    yield "| meaning | for example |\n|---|---|"
    found: dict[str, list[str]] = {}
    for phrase, meaning in replies.phrases.items():
        found.setdefault(meaning, []).append(" ".join(phrase))
    for meaning, phrases in found.items():
        yield f"| {meaning} | {', '.join(phrases[:PHRASES])} |"


if __name__ == "__main__":
    sys.exit(main())
