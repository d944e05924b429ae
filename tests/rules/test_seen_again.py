"""A picture that comes back of somebody who was found is grief; somebody who lies there now is an emergency."""

from functools import cache

import pytest

from buddybot.content import content_dir
from buddybot.content.screening import load_screener
from buddybot.domain.crisis.conversation import Gentle
from buddybot.domain.kernel.levels import SideLane
from buddybot.rules.decide import Screener

PICTURES = """i keep seeing him on the floor
i keep seeing her on the bathroom floor every night
i cant stop seeing his blue lips
every night i see her not breathing
when i close my eyes i see my son on the bathroom floor
i dream of him on the floor not breathing
i have nightmares of her cold in the tub
i keep picturing my brother slumped in the car
i cant unsee his face
i found him on the floor in march
i found my mom dead in 2019
last year i found my daughter cold in bed
found him cold three months ago
i see him lying there on the floor every time i close my eyes
i see her cold in the tub in my dreams
cuando cierro los ojos lo veo en el piso
lo sigo viendo tirado en el suelo
no puedo dejar de ver su cara azul
sueño con mi hermano muerto en la cama
la encontre fria en la cama hace dos meses
siempre lo veo tirado en el piso
"""
HAPPENING = """i found him on the floor hes not breathing
i found him on the bathroom floor
i keep seeing him nod off and now hes blue
i keep hearing him gurgle
i keep shaking him he wont wake up
i still see him on the floor not moving help
i found her cold on the floor what do i do
found my son unconscious in the bathroom
lo encontre en el piso no respira
esta tirado en el suelo y no despierta
sigo intentando despertarlo no respira
"""


@cache
def screener() -> Screener:
    return load_screener(content_dir())


@pytest.mark.parametrize("said", PICTURES.splitlines())
def test_a_picture_that_comes_back_is_grief(said: str) -> None:
    read = screener().screen(said)
    assert (read.level, read.lanes, read.gentle) == (None, frozenset(), Gentle.SEEN)


@pytest.mark.parametrize("said", HAPPENING.splitlines())
def test_what_happens_now_is_no_picture(said: str) -> None:
    assert SideLane.OVERDOSE in screener().screen(said).lanes


@pytest.mark.parametrize("told", ["i want to die", "hes not breathing", "i took all the pills", "quiero morirme"])
def test_a_cry_beside_a_picture_stands(told: str) -> None:
    read = screener().screen(f"i keep seeing him on the floor. {told}")
    assert read.shows_danger
    assert read.gentle is None
