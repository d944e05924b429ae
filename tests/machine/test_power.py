"""The state machine's own power cut, right after a note went out and before that is noted down."""

from buddybot.adapter import Voice
from tests.machine.beginnings import beginning, look
from tests.machine.driver import Driver
from tests.machine.model import NAMES
from tests.machine.test_machine import REPEAT


def test_a_note_that_went_out_before_the_cut_comes_again_and_says_so() -> None:
    driver = Driver(beginning(NAMES))
    try:
        sight = driver.read(lambda tx: look(tx, lambda tx, name: tx.members.by_address(driver.person(name).address)))
        author, reader = next(iter(sight.partners.items()))
        driver.say_and_lose_power(author, "are you there")
        shown = [one.text for one in driver.person(reader).chat() if one.content.voice is Voice.MEMBER]
        found = [text for text in shown if "are you there" in text]
        assert found
        assert len([text for text in found if REPEAT not in text]) <= 1, found
    finally:
        driver.end()
