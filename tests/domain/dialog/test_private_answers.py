"""What people type about a pair and about their own day answers the bot: said otherwise it would reach their buddy."""

import pytest

from buddybot.domain.dialog.choice_index import Readable
from buddybot.domain.dialog.typed_choices import Match, Reach, Unclear, read_choice
from tests.domain.dialog.test_typed_choices import BOOK, WORDS


def asked(noun: str, step: str, keys: str, *verbs: str) -> tuple[Readable, ...]:
    """Return the choices of a question, with their labels in every language."""
    return tuple(
        Readable(f"{noun}.x.{step}{verb}", tuple(WORDS.say(locale, keys.format(verb)) for locale in WORDS.locales()))
        for verb in verbs
    )


SKIP = Readable("deal.x.skip", ("Skip", "Saltar"))
PACE = (*asked("deal", "pace:", "deal-pace-{}", "many", "daily", "few", "weekly", "loose"), SKIP)
HOURS = (*asked("deal", "hours:", "deal-hours-{}", "mornings", "days", "evenings", "nights", "any"), SKIP)
KINDS = asked("deal", "limits:", "deal-limits-{}", "using", "faith", "family", "medicine")
LIMITS = (*KINDS, Readable("deal.x.limits:skip", ("Nothing", "Nada"), "deal.nothing"))
MORE = (
    *KINDS,
    Readable("deal.x.limits:done", ("That's all", "Eso es todo")),
    Readable("deal.x.limits:skip", ("Leave nothing out", "No dejar nada fuera"), "deal.clear"),
)
CHECK = (*asked("deal", "check:", "deal-check-{}", "soon", "later", "week", "leave"), SKIP)
GOING = asked("going", "", "going-{}", "good", "okay", "unsure", "bad")
WHY = asked("going", "", "going-{}", "slow", "much", "kind", "unsafe")
MOOD = asked("own", "mood:", "own-mood-{}", "okay", "meh", "hard", "awful")
CRAVING = asked("own", "craving:", "own-craving-{}", "none", "some", "strong")
EASE = asked("own", "ease:", "own-ease-{}", "company", "distraction", "quiet")


@pytest.mark.parametrize(
    ("choices", "meant", "texts"),
    [
        (PACE, "many", "a lot | several times a day | varias veces al día"),
        (PACE, "daily", "daily | every day | once a day | todos los días | a diario"),
        (PACE, "few", "a couple times a week | every other day | un par de veces por semana"),
        (PACE, "weekly", "weekly | once a week | cada semana | una vez a la semana"),
        (PACE, "loose", "whenever | now and then | no pressure | de vez en cuando | cuando pueda"),
        (PACE, "skip", "idk | rather not say | no sé"),
        (HOURS, "mornings", "in the morning | mornings are best | por las mañanas | temprano"),
        (HOURS, "days", "daytime | afternoons | de día"),
        (HOURS, "evenings", "evening | after work | en la tarde"),
        (HOURS, "nights", "nights | at night | late | de noche | por la noche | madrugada"),
        (HOURS, "any", "anytime | i don't mind | me da igual | whenever"),
        (LIMITS, "faith", "religion | god | dios"),
        (LIMITS, "family", "my kids | mis hijos"),
        (LIMITS, "medicine", "meds | methadone | metadona"),
        (LIMITS, "using", "war stories | drugs | hablar de drogas"),
        (LIMITS, "skip", "no | none | nothing | nada | ninguno"),
        (MORE, "done", "no | nothing | nothing else | that's it | nada más | no, nada"),
        (MORE, "skip", "leave nothing out | nada fuera"),
        (CHECK, "soon", "2 days | two days | dos días"),
        (CHECK, "week", "a week | 7 days | una semana"),
        (CHECK, "leave", "nothing | don't | no | leave me alone | no hagas nada"),
        (GOING, "good", "really well | it's going well | muy bien"),
        (GOING, "bad", "bad | not great | mal | no muy bien"),
        (GOING, "unsure", "idk | too early to say | no sé"),
        (WHY, "slow", "they don't answer | no contesta"),
        (WHY, "unsafe", "creepy | i don't feel safe | me da miedo"),
        (MOOD, "okay", "fine | good | i'm okay | estoy bien"),
        (MOOD, "meh", "so so | not great | regular"),
        (MOOD, "hard", "bad day | rough | struggling | mal"),
        (MOOD, "awful", "terrible | really bad | muy mal"),
        (CRAVING, "none", "no | not today | hoy no"),
        (CRAVING, "strong", "strong | lots | muchas"),
        (EASE, "company", "someone to talk to | alguien con quien hablar"),
        (EASE, "quiet", "to be alone | paz"),
    ],
)
def test_plain_words_answer(choices: tuple[Readable, ...], meant: str, texts: str) -> None:
    for text in texts.split(" | "):
        found = read_choice(text, choices, BOOK, reach=Reach.WHOLE)
        assert isinstance(found, Match), (text, found)
        assert found.token.rpartition(".")[2].rpartition(":")[2] == meant, (text, found)


@pytest.mark.parametrize(
    "text", ["in the evening", "my kids", "a lot", "so so", "not good", "two days", "de noche", "my meds"]
)
def test_while_two_talk_what_people_say_to_each_other_answers_nobody_else(text: str) -> None:
    for choices in (PACE, HOURS, LIMITS, CHECK, GOING, WHY, MOOD, CRAVING, EASE):
        assert read_choice(text, choices, BOOK, reach=Reach.WHOLE, everyday=False) is None


def test_what_may_mean_three_things_is_asked_back() -> None:
    assert isinstance(read_choice("check on me", CHECK, BOOK, reach=Reach.WHOLE), Unclear)
