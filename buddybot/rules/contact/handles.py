"""Patterns for names of accounts: e-mail addresses, handles, tags of payment apps."""

import re
from collections.abc import Container, Iterator

from buddybot.domain.kernel.verdicts import Certainty

Found = tuple[str, int, int, Certainty]

_EMAIL = re.compile(
    r"(?<![\w.])[\w.+-]{1,64} ?@ ?[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,4}"
    r"|(?<![\w.])[\w.]{2,40} (?:at|arroba) [a-z0-9-]{2,40} (?:dot|punto) [a-z]{2,10}\b"
    r"|(?<![\w.])[\w.]{2,40}\]? ?(?:\(at\)|\[at\]|\[@\]|\(a\)|at sign) ?\[?[a-z0-9-]{2,40}\]? ?"
    r"(?:dot|punto|period|[(\[](?:dot|punto|period)[)\]]|\.) ?\[?[a-z]{2,10}\b"
)
_HANDLE = re.compile(
    r"(?<![\w.@])@(?: ?(?=[a-z0-9]{0,30}[_.][a-z0-9])| ?(?=[a-z]{3,30}[0-9]{2})|(?=[a-z]{4}))[a-z0-9_.\-]{3,40}"
    r"|(?<![\w/])u/[\w-]{3,30}|(?<![\w.@/'])(?=[a-z]{1,20}[a-z0-9]{0,20}_)(?!(?:[a-z0-9]{1,2}_){2})"
    r"[a-z0-9]{2,12}_(?=[a-z0-9_]{0,20}[a-z0-9]{2})(?:[a-z0-9]{1,12}_?){1,3}(?!\w)"
    r"|(?<![a-z])arroba (?=[a-z]{0,30}[0-9_])[a-z0-9_.]{4,40}"
)
# A name with four digits behind #: how accounts used to be told apart. Orders and rooms have such numbers, too.
_TAG = re.compile(
    r"(?<![\w#])(?!(?:order|room|case|ticket|track|bus|day|step|route|lot|unit|page|pedido"
    r"|folio)#)[a-z][a-z0-9_.]{2,31}#[0-9]{4}(?!\w)"
)
_APP = (
    r"snapp?(?:chat)?|sc|insta(?:gram)?|the gram|ig|yt|gt|ps5|the bird app|the clock app|tele(?:gram)?"
    r"|tg|kik|wickr|signal|sgnl|whats?app|wasap|disc(?:ord)?|fb|facebook|skype|zoom"
    r"|tik ?tok|twitter|twt|reddit|psn|xbox|steam|gamertag|threema|session|user(?:name)?|usuario|handle|tag"
)
# Words that one of the patterns for apps and codes begins with.
_APP_WORDS = frozenset({
    "snap", "snapp", "snapchat", "snappchat", "sc", "insta", "instagram", "gram", "ig", "yt", "gt", "ps",
    "bird", "clock", "tele", "telegram", "tg", "kik", "wickr", "signal", "sgnl", "whatsapp", "whatapp", "whats",
    "wasap", "disc", "discord", "fb", "facebook", "skype", "zoom", "tik", "tiktok", "twitter", "twt", "reddit",
    "psn", "xbox", "steam", "gamertag", "threema", "session", "user", "username", "usuario", "handle", "tag",
    "code", "codigo", "meeting",
})  # fmt: skip
_NAMED = re.compile(
    rf"\b(?:{_APP})\b"
    r"(?: name| tag| id)?(?: is| its| it's|'s| es| as| im| i'm|[:=.,]| [:=]| -)? ?@?"
    r"(?=[a-z0-9.\-]{0,30}(?:[_0-9]|\.[a-z0-9]))(?=[\w.\-]{3})[a-z0-9]+(?:[_.\-][a-z0-9]+)*[0-9_]*"
)
# "my snap is annriver": a name without any sign, told by the words around it.
_TOLD = re.compile(
    rf"(?<![a-z])(?:my|mi|add my|mine on|add me on|find me on) (?:{_APP})"
    r"(?: name| tag| id| user| handle)?(?: is| its| it's|'s| es|[:=]| [:=]| -) ?@?([a-z][a-z0-9.\-]{4,30})(?![\w'])"
)
# Numbers by which people are found in games and calls.
_CODE = re.compile(
    r"(?<![a-z])(?:friend code|codigo de amigo|zoom (?:code|id)|meeting id|party code|invite code)(?:'s| is| es"
    r"| number|:)*"
    r" ?((?=[a-z \-]{0,20}[0-9])[a-z0-9][a-z0-9 \-]{3,18}[a-z0-9])(?![a-z0-9])"
)
_PAYMENT = re.compile(
    r"(?<![\w$])\$(?=[a-z0-9._-]{0,40}[a-z]{3})[a-z][a-z0-9._-]{2,40}"
    r"|\b(?:venmo|cash ?app|zelle|paypal|bizum)(?: me)?(?: is| at|:| @| -)? ?[@$][\w.-]{3,40}"
)
_PAYING = re.compile(r"cash|venmo|pay|send|tag|zelle|money|tip\b")


def emails_in(text: str) -> Iterator[Found]:
    """Find e-mail addresses; one whose signs are written out is doubtful."""
    for match in _EMAIL.finditer(text):
        yield "email", *match.span(), Certainty.VALIDATED if "@" in match[0] else Certainty.DOUBTFUL


def handles_in(text: str, words: frozenset[str], ordinary: Container[str]) -> Iterator[Found]:
    """Find handles and payment tags, all doubtful; `words` are the text's, so that no pattern runs in vain."""
    if "@" in text or "_" in text or "/" in text or "arroba" in words:
        for match in _HANDLE.finditer(text):
            yield "handle", *match.span(), Certainty.DOUBTFUL
    if "#" in text:
        for match in _TAG.finditer(text):
            yield "handle", *match.span(), Certainty.DOUBTFUL
    if ("$" in text or "@" in text) and _PAYING.search(text) is not None:
        for match in _PAYMENT.finditer(text):
            yield "payment", *match.span(), Certainty.DOUBTFUL
    if not words.isdisjoint(_APP_WORDS):
        yield from _named(text, ordinary)


def _named(text: str, ordinary: Container[str]) -> Iterator[Found]:
    """Find names of accounts that stand behind the name of an app."""
    for match in _NAMED.finditer(text):
        yield "handle", *match.span(), Certainty.DOUBTFUL
    for pattern in (_CODE, _TOLD):
        for match in pattern.finditer(text):
            if match[1].strip(".-") not in ordinary:
                yield "handle", *match.span(1), Certainty.DOUBTFUL
