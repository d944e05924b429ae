"""Which other bot account a newcomer is told of."""

import pytest

from buddybot.domain.people.bot_accounts import BotAccount, roomier

LARGE, SMALL, EMPTY = BotAccount("1", "a", 100), BotAccount("2", "b", 60), BotAccount("3", "c", 0)
NEARLY = BotAccount("4", "d", 90)
LATE_LARGE, LATE_EMPTY = BotAccount("1", "a", 100, late=True), BotAccount("3", "c", 0, late=True)


@pytest.mark.parametrize(
    ("here", "others", "full_at", "expected"),
    [
        (LARGE, (), 1, None),
        (LARGE, (SMALL,), 100, SMALL),
        (LARGE, (SMALL, EMPTY), 100, EMPTY),
        (LARGE, (SMALL,), 101, None),
        (LARGE, (SMALL,), 0, None),
        (LARGE, (NEARLY,), 1, None),
        (LARGE, (LATE_EMPTY, SMALL), 1, SMALL),
        (LARGE, (LATE_EMPTY,), 1, None),
        (EMPTY, (LARGE,), 0, None),
        (LATE_LARGE, (NEARLY,), 0, NEARLY),
        (LATE_EMPTY, (LARGE,), 0, LARGE),
        (LATE_EMPTY, (LATE_LARGE,), 0, None),
    ],
)
def test_the_emptiest_that_keeps_up_is_named_where_this_one_is_full_or_late(
    here: BotAccount, others: tuple[BotAccount, ...], full_at: int, expected: BotAccount | None
) -> None:
    assert roomier(here, others, full_at) == expected
