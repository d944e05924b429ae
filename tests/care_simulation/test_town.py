"""The town: residents live with the real service, and every message they are shown keeps the promises of care."""

import random
from datetime import datetime, timedelta

import pytest

from buddybot.adapter import Choice, Content, Span, Voice
from buddybot.domain.kernel.conversations import Conversation, ConversationKind
from buddybot.domain.people.quiet_hours import QuietHours
from buddybot.service.kernel.book import Book
from buddybot.tools.care.assumptions import ASSUMED
from buddybot.tools.care.figures import CareFigures, care_table, figures
from buddybot.tools.care.residents import CRY, Resident, resident
from buddybot.tools.care.town import START, Days
from buddybot.tools.care.witness import ArrivedNote, Witness
from buddybot.tools.simulate import main

NOON = START + timedelta(hours=6)
NIGHT = NOON + timedelta(hours=12)
DAY = timedelta(days=1)
ROOM = Conversation(ConversationKind.BUDDY, "room")


async def test_three_weeks_keep_every_promise_on_every_message(book: Book) -> None:
    seen = await Days(book, 5, 30, 18, care=True).live()
    assert seen.broken == []
    assert {"room-open", "deal-pace", "going-ask", "checkin-felt_heard", "silence-ask", "own-mood"} <= set(seen.said)
    assert len(seen.notes) > 50


async def test_without_care_nothing_of_it_is_said_and_people_are_the_same(book: Book) -> None:
    seen = await Days(book, 5, 8, 4, care=False).live()
    assert seen.broken == []
    assert not [kind for kind in seen.said if kind.startswith(("deal-", "opener-", "going-", "checkin-", "silence-"))]
    assert seen.said["room-open"]
    again = [(one.zone, one.shy, one.quiet, one.fates) for one in (resident(5, 3, START, 4), resident(5, 3, START, 4))]
    assert again[0] == again[1]


def test_the_command_names_what_it_assumes_and_prints_both_arms(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["care", "--people", "4", "--days", "2", "--seeds", "1"]) == 0
    out = capsys.readouterr().out
    for one in ASSUMED.values():
        assert one.says in out
    for words in ("without", "alive on day 14", "ended in silence", "messages of the bot", "not that it helps anybody"):
        assert words in out


# ── The witness can say no ──────────────────────────────────────────────────────────────


def ann(**traits: object) -> Resident:
    found = Resident("ann", random.Random(1), START, 10, zone="Europe/London")
    for name, value in traits.items():
        setattr(found, name, value)
    return found


def said(text: str, *tokens: str, voice: Voice = Voice.BOT) -> Content:
    return Content((Span(text),), voice, choices=tuple(Choice(token, "label") for token in tokens), conversation=ROOM)


ASKED = said("how is it?", "going.room.good")
KINDS = {"how is it?": "going-ask", "90 days": "milestone-day"}


@pytest.mark.parametrize(
    ("traits", "content", "at", "promise"),
    [
        ({"quiet": QuietHours(22, 7)}, said("hello", voice=Voice.MEMBER), NIGHT, "in quiet hours"),
        ({"quiet": QuietHours(22, 7)}, said(CRY, voice=Voice.MEMBER), NIGHT, ""),
        ({"quiet": QuietHours(22, 7)}, said("call 988", voice=Voice.CRISIS), NIGHT, ""),
        ({"quiet": QuietHours(22, 7), "acted_at": NIGHT}, said("you asked"), NIGHT, ""),
        ({"quiet": QuietHours(22, 7)}, said("hello", voice=Voice.MEMBER), NOON, ""),
        ({"tender_at": NOON - 2 * DAY}, said("90 days"), NOON, "celebrates"),
        ({"tender_at": NOON - 4 * DAY}, said("90 days"), NOON, ""),
        ({"paused_until": NOON + DAY}, ASKED, NOON, "on a break"),
        ({"muted_until": NOON + DAY, "muted_in": "room"}, ASKED, NOON, "a pair that a sanction holds"),
        ({"muted_until": NOON + DAY, "muted_in": "other"}, ASKED, NOON, ""),
        ({"erased": True}, ASKED, NOON, "erased"),
    ],
)
def test_each_promise_is_checked(traits: dict[str, object], content: Content, at: datetime, promise: str) -> None:
    seen = Witness(KINDS)
    seen.show(ann(**traits), content, at)
    assert [promise in one for one in seen.broken] == [True] * bool(promise)


def test_what_is_asked_twice_or_at_once_is_seen() -> None:
    seen, one = Witness(KINDS), ann()
    seen.show(one, ASKED, NOON)
    seen.show(one, ASKED, NOON + DAY)
    assert [line.rpartition(": ")[2] for line in seen.broken] == ["asked twice"]
    seen.show(one, said("and today?", "own.1.mood:good"), NOON + DAY)
    assert [line.rpartition(": ")[2] for line in seen.broken] == ["asked twice", "two questions at once"]


def test_whoever_waits_on_is_asked_again_in_every_lane() -> None:
    for key in ("silence-told", "silence-told-bereaved"):
        seen, one = Witness({"they are quiet": key}), ann(waits_since=NOON)
        for day in range(3):
            seen.show(one, said("they are quiet", "silence.room.wait"), NOON + 3 * day * DAY)
            one.waits += day < 1
        assert [line.rpartition(": ")[2] for line in seen.broken] == ["asked twice"]


# ── Figures ─────────────────────────────────────────────────────────────────────────────


def pair_with(notes: list[tuple[float, str]], *, left: float | None = None) -> CareFigures:
    """Return the figures of a month with one pair, given on which day a note came for whom."""
    seen = Witness({})
    seen.opened["room"], seen.seats["room"], seen.person_days = START, {"ann", "ben"}, 60
    seen.notes = [ArrivedNote(START + day * DAY, "room", to) for day, to in notes]
    if left is not None:
        seen.left["room"] = START + left * DAY
    return figures(seen, START + 30 * DAY)


def test_a_pair_is_alive_while_both_write_and_silent_when_one_waits_in_vain() -> None:
    both = [(float(day), name) for day in range(0, 30, 2) for name in ("ann", "ben")]
    assert (pair_with(both).alive, pair_with(both).silent) == (100, 0)
    alone = [(0.0, "ann"), (1.0, "ben"), (2.0, "ann")]
    assert (pair_with(alone).alive, pair_with(alone).silent) == (0, 100)
    assert pair_with(alone).waiting == 30 - 2 - 7
    assert (pair_with(alone, left=3).silent, pair_with(alone, left=3).waiting) == (0, 0)
    assert pair_with([]).silent == 100
    assert pair_with([]).began == 0
    assert pair_with(alone).began == 100


def test_the_table_gives_an_interval_where_there_is_more_than_one_run() -> None:
    one = pair_with([(0.0, "ann")])
    assert "(" not in care_table([one], [one]).partition("pairs that met")[2].splitlines()[0]
    assert "+0.00 (+0.00 to +0.00)" in care_table([one, one], [one, one])
