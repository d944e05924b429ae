"""Words that nothing asked for: each gets the answer that belongs to it, and no sentence comes twice running."""

from itertools import pairwise

import pytest

from buddybot.domain.dialog.misspelt_commands import misspelt_command
from buddybot.service.kernel.book import Book
from buddybot.testing import Person, TestBot
from tests.conversations.sights import shows

SAID = {
    "sleep": ("i cant sleep", "cant sleeep again", "up all night", "wide awake"),
    "there": ("is anyone there", "anybody here??", "hello? is anyone awake", "are you there"),
    "real": ("is anyone real here", "are you a real person", "r u real", "are there real people here"),
    "bot": ("are you a bot", "am i talking to a bot?", "is this chatgpt", "are u a robot"),
    "scared": ("im scared", "I am so scared", "im scard", "having a panic attack"),
    "family": (
        "my son is using and i dont know what to do",
        "my husband wont stop using",
        "worried about my daughter",
        "my brother is on fentanyl",
    ),
    "privacy": ("who sees this", "is this anonymous?", "who can read this", "can my boss see this"),
    "legit": ("is this legit", "is this a scam", "are you a cop", "can i trust you"),
    "time": ("how long does it take", "how many questions", "how long is the wait", "when do i get a buddy"),
    "thanks": ("thanks", "thank you so much", "ty", "thanks a lot"),
    "cost": ("is it free", "do i have to pay", "how much does it cost", "do i need insurance"),
    "doctor": ("are you a doctor", "is this rehab", "where can i get treatment", "i want to quit"),
    "advise": ("im a doctor ill advise people", "i want to volunteer", "im a nurse", "how can i help"),
    "lonely": ("i have no one to talk to", "im lonely", "nobody to talk to", "can we talk"),
    "hard": ("bad day", "im struggling", "i feel like shit", "im exhausted"),
    "how-to-say": ("i dont know what to say", "dont know how to begin, idk", "i dont know what to do", "idk"),
    "angry": ("you suck", "stupid bot", "you keep saying that", "this is not helping"),
    "who": ("who are you", "who runs this", "whats your name", "what are you"),
    "what": ("how do i use this", "i dont understand", "what can you do", "confused"),
    "nothing": ("just looking", "never mind", "nvm", "just testing"),
    "bye": ("good night", "gotta go", "see ya", "talk later"),
    "sorry": ("sorry", "my bad", "im sorry", "excuse me"),
    "how-are-you": ("how are you", "hows it going", "how r u", "how you doing"),
    "ok": ("ok", "cool", "got it", "makes sense"),
    "person": ("i want a human", "talk to a person", "human please", "get me a human"),
}
SPANISH = {
    "sleep": "no puedo dormir",
    "there": "hay alguien ahí?",
    "real": "¿eres una persona?",
    "bot": "eres un bot",
    "scared": "tengo mucho miedo",
    "family": "estoy preocupada por mi hija",
    "privacy": "¿quién ve esto?",
    "legit": "esto es confiable?",
    "time": "cuánto tarda",
    "thanks": "muchas gracias",
    "cost": "¿es gratis?",
}
ROWS = [(intent, text) for intent, texts in SAID.items() for text in texts]


async def stranger(bot: TestBot, locale: str = "en") -> Person:
    ann = bot.person("ann", locale=locale)
    await ann.says("hola" if locale == "es" else "hi")
    return ann


async def at_home(bot: TestBot, locale: str = "en") -> Person:
    ann = bot.person("ann", locale=locale)
    await ann.joins(lane="self")
    await ann.sends_token("home.stop")
    return ann


def labels(person: Person) -> list[str]:
    return [one.label for one in person.last().content.choices]


@pytest.mark.parametrize(("intent", "text"), ROWS)
async def test_a_stranger_who_was_greeted_gets_the_answer_that_belongs_to_it(
    bot: TestBot, intent: str, text: str
) -> None:
    ann = await stranger(bot)
    await ann.says(text)
    assert shows(ann.sees()[-1], f"small-{intent}"), ann.sees()[-1]
    assert labels(ann)


@pytest.mark.parametrize(("intent", "text"), ROWS[::3])
async def test_a_member_at_home_gets_it_too(bot: TestBot, intent: str, text: str) -> None:
    ann = await at_home(bot)
    await ann.says(text)
    assert shows(ann.sees()[-1], f"small-{intent}"), ann.sees()[-1]


@pytest.mark.parametrize(("intent", "text"), SPANISH.items())
@pytest.mark.parametrize("locale", ["en", "es"])
async def test_spanish_words_are_answered_in_spanish(
    bot: TestBot, book: Book, intent: str, text: str, locale: str
) -> None:
    ann = await stranger(bot, locale)
    await ann.says(text)
    answer = ann.sees()[-1]
    assert answer == book.words.say("es", f"small-{intent}")
    assert ("Español" in labels(ann)) is (locale == "en")


@pytest.mark.parametrize("text", ["hola", "¿hablas español?", "do you speak spanish", "buenos dias", "no hablo inglés"])
@pytest.mark.parametrize("place", [stranger, at_home])
async def test_spanish_is_offered_and_one_tap_changes_to_it(bot: TestBot, text: str, place: object) -> None:
    assert callable(place)
    ann: Person = await place(bot)
    await ann.says(text)
    assert ann.sees()[-1] == "Sí, hablo español. ¿Seguimos en español?"
    await ann.presses("Español")
    await ann.says("gracias")
    assert "De nada" in ann.sees()[-1]


async def test_the_first_words_of_a_stranger_are_answered_with_who_is_here(bot: TestBot) -> None:
    ann = bot.person("ann")
    await ann.says("my son is using and i dont know what to do")
    answer, _, introduction = ann.sees()[-1].partition("\n")
    assert "a lot to carry" in answer
    assert "I'm BuddyBot" in introduction
    assert "Find a buddy" in labels(ann)


async def test_no_sentence_comes_twice_running(bot: TestBot) -> None:
    ann = await stranger(bot)
    for text in (
        "im scared",
        "im scared",
        "im scared",
        "hi",
        "hi",
        "hi",
        "asdf",
        "qwer",
        "zxcv",
        "asdf",
        "thanks",
        "ty",
    ):
        await ann.says(text)
    seen = ann.sees()
    assert not [one for one, then in pairwise(seen) if one == then]


@pytest.mark.parametrize("place", [stranger, at_home])
async def test_after_two_misses_it_offers_buttons(bot: TestBot, place: object) -> None:
    assert callable(place)
    ann: Person = await place(bot)
    await ann.says("asdf")
    assert "I didn't get that" in ann.sees()[-1]
    await ann.says("the blue lamp of tuesday")
    assert "Let's use buttons for a bit" in ann.sees()[-1]
    assert {"Find a buddy", "I need help right now"} <= set(labels(ann))
    await ann.says("im scared")
    assert "sorry you're scared" in ann.sees()[-1]
    await ann.says("fjdksl")
    assert "I didn't get that" in ann.sees()[-1]


@pytest.mark.parametrize("text", ["yess im 29", "29", "im 31 years old", "I am 45"])
async def test_an_age_told_too_early_answers_the_first_question(bot: TestBot, text: str) -> None:
    ann = await stranger(bot)
    await ann.says(text)
    assert "in short" in ann.sees()[-1]
    assert any(choice.token.startswith("ask.consent") for choice in ann.last().content.choices)


async def test_an_age_below_18_told_too_early_ends_it_kindly(bot: TestBot) -> None:
    ann = await stranger(bot)
    await ann.says("im 15")
    assert any("This space is for adults" in text for text in ann.sees())


@pytest.mark.parametrize("text", ["yess im 29", "i agre", "im over 18"])
async def test_a_member_who_agrees_once_more_hears_that_it_is_done(bot: TestBot, text: str) -> None:
    ann = await at_home(bot)
    await ann.says(text)
    assert "You did that part" in ann.sees()[-1]


@pytest.mark.parametrize("text", ["i agre", "lets go", "find me someone", "im ready"])
async def test_a_yes_to_all_of_it_begins_the_questions(bot: TestBot, text: str) -> None:
    ann = await stranger(bot)
    await ann.says(text)
    assert "18 or older" in ann.sees()[-1]


async def test_a_name_told_too_early_is_kept_out(bot: TestBot) -> None:
    ann = await stranger(bot)
    await ann.says("call me sam")
    assert "don't use your real name" in ann.sees()[-1]
    ben = bot.person("ben")
    await ben.joins(lane="self")
    await ben.sends_token("home.stop")
    await ben.says("call me sam")
    assert "in your answers" in ben.sees()[-1]
    assert "sam" not in ben.sees()[-1]


@pytest.mark.parametrize(("text", "answer"), [("any news?", "looking for a buddy"), ("delete everything", "erase")])
async def test_words_that_mean_a_command_do_it(bot: TestBot, text: str, answer: str) -> None:
    ann = bot.person("ann")
    await ann.joins(lane="self")
    await ann.says(text)
    assert answer in ann.sees()[-1]


CRIES = (
    "im scared, i want to die",
    "thanks but i want to kill myself",
    "is anyone there my friend wont wake up",
    "im high and i took too many pills",
    "how much do i take to kill myself",
    "i lost my brother and i want to be with him, im going to kill myself",
    "are you a bot? i want to end my life",
    "i relapsed and i dont want to live anymore",
    "my son is using and he is blue and not breathing",
    "im so lonely i want to die",
    "sorry, i took all my pills",
    "bye, im going to kill myself tonight",
    "hola, me quiero morir",
    "no puedo dormir, me quiero matar",
)


@pytest.mark.parametrize("text", CRIES)
async def test_danger_is_heard_before_small_talk(bot: TestBot, text: str) -> None:
    ann = await stranger(bot)
    await ann.says(text)
    assert not any(shows(ann.sees()[-1], f"small-{intent}") for intent in SAID)
    assert ann.last().content.voice.value == "crisis"


async def test_in_an_open_crisis_it_does_not_chat(bot: TestBot) -> None:
    ann = await at_home(bot)
    await ann.says("i want to kill myself")
    for text in ("are you a bot", "is anyone there", "thanks", "how long does it take", "who sees this"):
        before = len(ann.chat())
        await ann.says(text)
        assert ann.chat()[before].content.voice.value == "crisis"


async def test_an_answer_to_an_open_question_is_not_small_talk(bot: TestBot) -> None:
    ann = await stranger(bot)
    await ann.presses("Find a buddy")
    await ann.says("yess im 29")
    assert "in short" in ann.sees()[-1]
    await ann.says("i agre")
    assert "What country" in ann.sees()[-1]


async def test_in_a_talk_every_word_is_for_the_buddy(bot: TestBot) -> None:
    ann, ben = await bot.pair("ann", "ben")
    before = len(ann.sees())
    for text in ("are you a bot", "i cant sleep", "thanks"):
        await ann.says(text)
    assert [text.partition(": ")[2] for text in ben.hears()] == ["are you a bot", "i cant sleep", "thanks"]
    assert len(ann.sees()) == before


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("is anyone reel here", "is a real person"),
        ("are you raelly a person", "is a real person"),
        ("mai son is usng", "also loves a person who uses"),
        ("how lnog dose it taek", "may take a few days"),
        ("pasue", "hold off until"),
        ("anwsers", "Your answers"),
        ("sorry", "Nothing to be sorry for"),
        ("sory", "Nothing to be sorry for"),
    ],
)
async def test_a_slip_of_the_fingers_is_forgiven(bot: TestBot, typed: str, answer: str) -> None:
    ann = bot.person("ann")
    await ann.joins(lane="self")
    await ann.says(typed)
    assert answer in ann.sees()[-1]


@pytest.mark.parametrize(
    ("typed", "name"),
    [("pasue", "pause"), ("answrs", "answers"), ("Forgett!", "forget"), ("black", ""), ("lock", ""), ("claimm", "")],
)
def test_a_name_with_a_slip_is_a_command_and_a_word_of_its_own_is_none(typed: str, name: str) -> None:
    found = misspelt_command(typed)
    assert (found.name if found else "") == name


@pytest.mark.parametrize("typed", ["story", "storry", "my stroy"])
async def test_a_word_of_the_open_question_wins_over_small_talk_that_is_as_far_away(bot: TestBot, typed: str) -> None:
    ann = bot.person("ann")
    await ann.joins(lane="self")
    await ann.says("/wisdom")
    await ann.says(typed)
    assert "one thing that helped you" in ann.sees()[-1] or "Did you mean" in ann.sees()[-1]


@pytest.mark.parametrize(("typed", "never"), [("skip", "not in trouble"), ("im so sad tonight", "Take care")])
async def test_everyday_words_are_no_slip_of_others(bot: TestBot, typed: str, never: str) -> None:
    ann = await at_home(bot)
    await ann.says(typed)
    assert never not in ann.sees()[-1]
    assert typed == "skip" or "That sounds hard" in ann.sees()[-1]
