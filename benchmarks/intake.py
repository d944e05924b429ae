"""How long one typed answer of the intake takes to be understood and applied; prints one line of JSON.

Realistic answers (plain, slang, typos, several at once, noise) are each typed into the question they belong to, with
the shipped questions and vocabulary, many times over. Wanted: median <= 2 ms, p99 <= 10 ms.
"""

import json
import statistics
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from random import Random

sys.path.pop(0)  # this folder, where a file may stand in for a library of the same name
sys.path.insert(0, str(Path(__file__).parent.parent))

from buddybot.content import content_dir, read_toml
from buddybot.content.tables.questions import parse_questions
from buddybot.content.tables.vocabulary import parse_vocabulary
from buddybot.domain.intake.flow import apply_reply, begin
from buddybot.domain.intake.progress import Answer, from_json, to_json
from buddybot.domain.intake.replies import Moment, Typed

ROUNDS = 60
NOW = datetime(2026, 11, 24, 4, 31, tzinfo=UTC)
ANSWERS = {
    "nickname": ["jessica_m92", "harbor", "Little Owl", "whatever", "my name is jess"],
    "lane": [
        "me lol",
        "my brother od'd",
        "I lost my mom last year",
        "my son and me",
        "its for myself i guess",
        "reovery",
    ],
    "now": [
        "been on saboxone like 8 months, off fetty. mostly up late",
        "clean 2 yrs",
        "day 3 of withdrawl",
        "kinda going back and forth with it, some days good some days bad, you know how it is",
        "i relapsed last week after 6 monhts and im tryng to get back",
    ],
    "help_wanted": [
        "1 and normal stuff",
        "someone to vent to and acountability",
        "just someone to talk to when i cant sleep",
    ],
    "not_ok": [
        "no anti sub ppl",
        "no religous stuff, no AA",
        "dont want somone who preaches at me or tells me to quit",
    ],
    "local_time": ["1130pm", "EST", "manila time", "9", "its about quarter past something"],
    "hours": ["nights and weekends", "after the kids are in bed", "mornigns mostly before work"],
    "medicine": [
        "on subs 6 months, mostly free at nights",
        "methodone",
        "the shot",
        "not on anything but thinking about vivitrol",
    ],
    "life": ["single mom, 2 kids, gym, dogs and vidoe games", "fishing, cars, living alone, chronik back pain"],
    "pace": ["every other day", "whenever really", "not too often maybe once a week"],
    "substances": [
        "used to be dope now just subs",
        "herion, percs and fentynal",
        "blues mostly",
        "qwrtyuiop asdfghjkl zxcvbnm",
    ],
    "language": ["english and spanish", "deustch"],
    "age_band": ["33", "im in my thirties"],
    "gender_pref": ["doesnt matter", "prefferably women"],
}


def main() -> None:
    """Type every answer many times and print the figures."""
    flows = parse_questions(read_toml(content_dir() / "questions.toml"))
    began = time.perf_counter()
    vocabulary = parse_vocabulary(read_toml(content_dir() / "vocabulary.toml"), flows)
    load = time.perf_counter() - began
    flow, moment = flows["intake"], Moment(NOW, Random(1), ("jessica_m92", "Jessica"))
    start = begin(flow, vocabulary, moment)
    took = []
    for _ in range(ROUNDS):
        for key, texts in ANSWERS.items():
            earlier = [question for question in flow.questions if question.number < flow.by_key[key].number]
            given = tuple(Answer(one.key, ("self",) if one.key == "lane" else None) for one in earlier)
            held = to_json(type(start)(flow.key, flow.version, given, offers=start.offers, reviewed=True))
            for text in texts:
                before = time.perf_counter()
                to_json(apply_reply(flow, from_json(held), Typed(text), vocabulary, moment).progress)
                took.append((time.perf_counter() - before) * 1000)
    took.sort()
    figures = {
        "answers": len(took),
        "median_ms": round(statistics.median(took), 3),
        "p99_ms": round(took[int(len(took) * 0.99)], 3),
        "max_ms": round(took[-1], 3),
        "vocabulary_load_ms": round(load * 1000, 1),
    }
    print(json.dumps({"benchmark": "intake", **figures}))


if __name__ == "__main__":
    main()
