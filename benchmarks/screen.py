"""Measures the screener on one core: microseconds a message, messages a second, 64 kB messages; one line of JSON.

Beside it, in the same run, the standard library's `re` with one pattern of all the lexicon's words. Times
are the processor's own, so that a busy machine does not count.
"""

import json
import re
import sys
import time
import tomllib
from collections.abc import Callable

from buddybot.content import content_dir
from buddybot.content.screening import load_screener
from buddybot.content.tables.lexicon import words_in_line


def messages() -> list[str]:
    path = content_dir() / "training" / "dev2.jsonl"
    return [json.loads(line)["text"] for line in path.read_text("utf-8").splitlines()]


def each(read: Callable[[str], object], texts: list[str]) -> list[float]:
    for text in texts:
        read(text)
    times = []
    for text in texts:
        start = time.process_time_ns()
        read(text)
        times.append((time.process_time_ns() - start) / 1000)
    return sorted(times)


def main() -> None:
    screener = load_screener(content_dir())
    texts = messages()
    kinds = tomllib.loads((content_dir() / "lexicon/en.toml").read_text("utf-8"))["kinds"]
    words = sorted({word for line in kinds.values() for word in words_in_line(line)})
    pattern = re.compile(r"\b(?:" + "|".join(map(re.escape, words)) + r")\b")
    ours, plain = each(screener.screen, texts), each(pattern.findall, texts)
    big = {
        "words": ("please call me back " * 3300)[:65536],
        "x": "x" * 65536,
        "new": " ".join(map(hex, range(8000)))[:65536],
        "links": ("é a.co " * 10_000)[:65536],
        "handles": ("é @ab_c1 " * 10_000)[:65536],
        "streets": ("12 a b c d street " * 4_000)[:65536],
        "cries": ("i used to want to die " * 3_000)[:65536],
    }
    slow = {}
    for name, text in big.items():
        start = time.process_time_ns()
        screener.screen(text)
        slow[name] = round((time.process_time_ns() - start) / 1e6, 1)
    middle, high = len(ours) // 2, int(len(ours) * 0.99)
    figures = {
        "mean_length": round(sum(map(len, texts)) / len(texts)),
        "median_us": round(ours[middle], 1),
        "p99_us": round(ours[high], 1),
        "messages_per_s": round(1e6 * len(ours) / sum(ours)),
        "stdlib_re_median_us": round(plain[middle], 1),
        "ms_for_64_kB": slow,
    }
    sys.stdout.write(json.dumps(figures) + "\n")


if __name__ == "__main__":
    main()
