"""Link detector: addresses with a scheme, bare hosts under any top-level domain, and hosts whose dot is written out.

The top-level domains are those that `linkify-it-py` bundles. Its own matcher is not used: it takes a second for 64 kB
of dots, and can't tell `ok.so tired`, where a blank was forgotten, from a host.
"""

import re
from collections.abc import Container, Iterator
from itertools import pairwise

from linkify_it.tlds import TLDS

from buddybot.domain.kernel.verdicts import Certainty
from buddybot.rules.contact.help_lines import HelpLines

Found = tuple[int, int, Certainty]

# Reserved for examples and tests, and those of hidden services, which no registry lists.
_TLDS = frozenset(map(str.lower, TLDS)) | {"example", "test", "onion", "eth"}
# What ends the name of a file far more often than a host.
_FILES = frozenset({"md", "mov", "ps", "py", "rs", "sh", "zip", "cab", "app", "so", "pm", "am"})
# Words of every day that hardly begin a sentence: "signal.group" is a host, "tired.today was hard" a forgotten blank.
_FOR_SITES = frozenset({
    "agency", "app", "blog", "center", "club", "community", "email", "forum", "group", "health", "link",
    "media", "network", "online", "org", "page", "shop", "site", "social", "space", "store", "support", "team",
    "website", "works", "zone",
})  # fmt: skip
# What a sentence begins with, or ends a very short one ("bed.now"), where a blank was forgotten.
_OPENERS = frozenset({
    "am", "as", "at", "be", "by", "call", "de", "do", "es", "he", "help", "here", "hi", "how", "id", "in", "is",
    "it", "la", "life", "live", "love", "me", "my", "new", "no", "now", "one", "re", "se", "si", "so", "to",
    "today", "tv", "us", "ya", "you",
})  # fmt: skip
_WELL_KNOWN = frozenset({"com", "net", "org", "io", "gg", "example", "onion", "ly", "co", "ru", "uk"})

_SERVICES = frozenset({
    "paypal", "venmo", "cashapp", "telegram", "signal", "snapchat", "instagram", "discord", "wa", "linktr",
    "linktree", "onlyfans", "facebook",
})  # fmt: skip

_SCHEME = re.compile(
    r"(?<![a-z0-9])(?:(?:https?|ftp|tg|discord|sgnl|whatsapp|tel|sms):/{0,2}(?=[^\s/])[^\s]{3,300}|h(?:xx"
    r"|tt)ps?:?/{1,2}[^\s]{3,300}"
    r"|hxxps?[^\s]{3,300}|https? ?: ?/ ?/ ?[^\s]{3,300})"
)
_HOST = re.compile(r"(?<![\w@.\-])[a-z0-9_-]++(?:\.[a-z0-9_-]++)++(?![@\w])(?::[0-9]{2,5})?(?:[/?#][^\s]{0,300})?")
_DOT = r"(?: ?[(\[{] ?(?:dot|punto|\.|point|ponto|punkt) ?[)\]}] ?| (?:dot|punto|ponto|punkt) )"
_WRITTEN_OUT = re.compile(rf"(?<![\w.])[a-z0-9-]{{2,40}}(?:{_DOT}[a-z0-9-]{{2,40}}){{1,3}}(?:/[^\s]{{0,200}})?")
_SPACED = re.compile(r"(?<![\w.])[a-z0-9-]{3,40}(?: \. ?|\. )(?:com|net|org)(?![\w.])(?:/[^\s]{0,200})?")
_SPLIT = re.compile(_DOT)
_END = re.compile(r"[.,;:!?)\]}'\"]+$")
_CUES = re.compile(
    r"(?<![a-z])(?:visit|site|link|website|join|url|over at|talk on|chat on|app is|called|enlace|pagina) (?:is "
    r"|es )?$|: ?$"
)
_PATH = re.compile(r"[/?#:]")


def schemes_in(text: str, lines: HelpLines) -> Iterator[Found]:
    """Find links that say what they are; those to help lines are none."""
    for match in _SCHEME.finditer(text):
        if not lines.covers_site(match[0]):
            yield match.start(), match.start() + len(_END.sub("", match[0])), Certainty.VALIDATED


def hosts_in(text: str, lines: HelpLines, ordinary: Container[str]) -> Iterator[Found]:
    """Find hosts without a scheme; those of help lines are none."""
    for match in _HOST.finditer(text):
        host, path = _parted(match[0])
        sure = bool(path) or _is_told(text, match.start(), match.end())
        if is_host(host.split("."), ordinary, sure=sure) and not lines.covers_site(match[0]):
            end = match.start() + len(_END.sub("", match[0]))
            yield match.start(), end, Certainty.VALIDATED if "/" in path else Certainty.DOUBTFUL
    for match in _WRITTEN_OUT.finditer(text):
        host, path = _parted(_SPLIT.sub(".", match[0]))
        labels = host.split(".")
        if _is_a_phrase(match[0], labels, ordinary):
            continue
        if is_host(labels, ordinary, sure=bool(path)) and not lines.covers_site(host):
            yield *match.span(), Certainty.DOUBTFUL
    for match in _SPACED.finditer(text):
        if not lines.covers_site(match[0].replace(" ", "")):
            yield *match.span(), Certainty.DOUBTFUL


def _is_a_phrase(written: str, labels: list[str], ordinary: Container[str]) -> bool:
    """Return whether "dot" stands among everyday words without any bracket, as in "a polka dot in the row"."""
    bare = not any(sign in written for sign in "([{")
    word = labels[-1] in ordinary and labels[-1] not in _FOR_SITES | _WELL_KNOWN
    return bare and word and labels[-2] not in _SERVICES


def _is_told(text: str, start: int, end: int) -> bool:
    """Return whether words before a host say that it is one, or nothing stands beside it."""
    if _CUES.search(text[max(0, start - 24) : start]) is not None:
        return True
    return text.strip() == text[start:end] and text[start:end].rpartition(".")[2] not in _OPENERS


def _parted(link: str) -> tuple[str, str]:
    """Part a link without scheme into its host and what follows it."""
    cut = _PATH.search(link)
    return (link, "") if cut is None else (link[: cut.start()], link[cut.start() :])


def is_host(labels: list[str], ordinary: Container[str], *, sure: bool = False) -> bool:
    """Return whether labels between dots are a host, and no abbreviation, file name, hour or forgotten blank.

    `sure`: a path follows, so that the top-level domain alone decides.
    """
    top, name = labels[-1], labels[-2]
    if labels[0] == "www":
        return len(labels) > 2 and top.isalpha()  # noqa: PLR2004 - www, a name and a top-level domain
    if top not in _TLDS:
        return any(label in _WELL_KNOWN and len(before) > 1 for before, label in pairwise(labels))
    if sure or top in _WELL_KNOWN or name in _SERVICES:
        return len(name) > 1 or sure
    if top in _FILES or len(name) < 2:  # noqa: PLR2004 - one letter is an abbreviation
        return False
    if top in ordinary and top not in _FOR_SITES:
        return not name[0].isdigit() and not all(label in ordinary for label in labels[:-1])
    return True
