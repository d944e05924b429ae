"""Tokens of buttons: what is on people's screens already stays readable, and nothing is lost on the way."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from buddybot.domain.kernel.tokens import LONGEST, Token

OLD = (
    ("home.find", Token("home", verb="find")),
    ("home.how", Token("home", verb="how")),
    ("home.crisis", Token("home", verb="crisis")),
    ("home.answers", Token("home", verb="answers")),
    ("home.stop", Token("home", verb="stop")),
    ("home.rest", Token("home", verb="rest")),
    ("answers.lane", Token("answers", verb="lane")),
    ("answers.more", Token("answers", verb="more")),
    ("appeal..ask", Token("appeal", verb="ask")),
    ("appeal.s1.ask", Token("appeal", "s1", "ask")),
    ("appeal.s1.read", Token("appeal", "s1", "read")),
    ("appeal.s1.cancel", Token("appeal", "s1", "cancel")),
    ("ask.lane.self", Token("ask", "lane", "self")),
    ("ask.review.keep", Token("ask", "review", "keep")),
    ("tick.ask.life.pets", Token("tick", "ask", "life.pets")),
    ("block.r1.yes", Token("block", "r1", "yes")),
    ("block.r1.2", Token("block", "r1", "2")),
    ("call..ask", Token("call", verb="ask")),
    ("call.c1.can", Token("call", "c1", "can")),
    ("care.wish.yes", Token("care", "wish", "yes")),
    ("care.over.no-naloxone", Token("care", "over", "no-naloxone")),
    ("channel.nights.write", Token("channel", "nights", "write")),
    ("checkin.r1.3:safe:no", Token("checkin", "r1", "3:safe:no")),
    ("circle..ask", Token("circle", verb="ask")),
    ("circle..unwish", Token("circle", verb="unwish")),
    ("circle.g1.pass", Token("circle", "g1", "pass")),
    ("command.language.es", Token("command", "language", "es")),
    ("flag.n1.mean", Token("flag", "n1", "mean")),
    ("forget.all", Token("forget", verb="all")),
    ("forget.yes", Token("forget", verb="yes")),
    ("goodbye.r1.standard", Token("goodbye", "r1", "standard")),
    ("link.word.yes", Token("link", "word", "yes")),
    ("mod..rest", Token("mod", verb="rest")),
    ("mod.abc.claim", Token("mod", "abc", "claim")),
    ("note.n1.now", Token("note", "n1", "now")),
    ("offer.o1.tomorrow", Token("offer", "o1", "tomorrow")),
    ("pending.p1.without", Token("pending", "p1", "without")),
    ("report.r1~2.whom", Token("report", "r1~2", "whom")),
    ("report.r1.worried", Token("report", "r1", "worried")),
)
PART = st.text(st.characters(min_codepoint=33, max_codepoint=126, exclude_characters="."), min_size=1, max_size=12)


@pytest.mark.parametrize(("wire", "token"), OLD, ids=[wire for wire, _ in OLD])
def test_every_button_that_is_out_there_is_read_as_before(wire: str, token: Token) -> None:
    assert Token.parse(wire) == token
    assert Token.parse(str(token)) == token


@given(noun=PART, subject=st.just("") | PART, verb=st.lists(PART, max_size=3).map(".".join))
def test_what_is_written_is_read_as_the_same(noun: str, subject: str, verb: str) -> None:
    token = Token(noun, subject, verb)
    assert Token.parse(str(token)) in {token, None}
    assert (Token.parse(str(token)) is None) is (len(str(token).encode()) > LONGEST)


@pytest.mark.parametrize("forged", ["", "x" * 65, "offer." + "ü" * 30 + ".yes"])
def test_what_no_button_can_hold_is_no_token(forged: str) -> None:
    assert Token.parse(forged) is None
