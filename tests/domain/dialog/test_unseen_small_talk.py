"""Small talk on phrases that stand in no list: of each intent at least four in five are heard, in both languages."""
# ruff: noqa: E501 - a table is read by its rows

import pytest

from buddybot.service.kernel.book import Book

EN = {
    "hello": ("heyyy", "hi again bot", "good mornin", "hey everyone", "hello im new here"),
    "bye": ("ok gotta go now", "good nite", "see you tomorrow", "talk to you later", "heading to bed, night"),
    "thanks": ("thanks man", "thank you very much", "thanks a bunch", "ok thx", "thank u so much"),
    "sorry": ("oh sorry", "im so sorry", "sorry i typed wrong", "my bad lol", "sorry about before"),
    "how-are-you": ("how are you today", "hey how are you doing", "hows it going bot", "how r u today", "and how are u"),
    "there": ("is there anyone there?", "hello is anybody there", "anyone there tonight", "are you there bot", "is someone there pls"),
    "real": ("is there anyone real in here", "are you a real human", "are there any real people", "so are you real", "real person or not"),
    "bot": ("so youre a bot", "wait are you a bot", "am i talking to a robot", "is this just a bot", "are you some kind of ai"),
    "who": ("hey who are you", "so who is this", "who made this thing", "what are you exactly", "who runs this place"),
    "what": ("how does this thing work", "what do you do here", "what is this for", "what can u do", "explain this to me"),
    "legit": ("is this place legit", "is it a scam", "how do i know i can trust you", "are u a cop", "is this site safe"),
    "privacy": ("who else sees this", "is it all anonymous", "can my wife see this", "are my messages private", "do you store my messages"),
    "cost": ("is this thing free", "do i need to pay", "how much does this cost", "does this cost money", "what do you charge"),
    "time": ("how long does this usually take", "how many questions are there", "how long till i get somebody", "will this take long", "when will you find someone"),
    "doctor": ("are you an actual doctor", "where do i get treatment", "i want to get clean", "can you get me into rehab", "i need to get into detox"),
    "advise": ("im a nurse and want to help", "im a doctor btw", "i would like to volunteer here", "i want to help other people", "im a therapist myself"),
    "sleep": ("i cant sleep again", "cant sleep at all tonight", "im still awake", "havent slept in days", "no sleep again"),
    "scared": ("im really scared rn", "i am so afraid", "im having a panic attack", "im so anxious today", "kind of scared"),
    "lonely": ("im so lonely tonight", "i feel so alone", "i dont have anyone to talk to", "just need someone to talk to", "i need to talk to somebody"),
    "hard": ("today was a hard day", "im really struggling", "i feel terrible today", "im so tired of this day", "having a rough night"),
    "family": ("my son uses fentanyl", "my daughter is using heroin", "im worried about my brother", "my husband is using again", "my mom has a drug problem"),
    "how-to-say": ("i really dont know what to say", "i dont know where to begin", "idk tbh", "not sure what to say", "i dont know honestly"),
    "dose": ("how much oxy can i take", "whats a safe amount", "how many mg should i take", "how much can i take with subs", "should i jump at 2 mg"),
    "plug": ("know a plug in cleveland", "anyone got a plug", "where can i buy pills", "know where to cop", "does anyone know a dealer"),
    "craving": ("the cravings are killing me tonight lol", "im craving so bad", "i really want to use", "i wanna get high so bad", "feel tempted"),
    "slipped": ("i relapsed last night", "so i slipped", "i used again yesterday", "i messed up last night", "had another relapse"),
    "high": ("im high af", "im pretty high rn", "lol im high", "i just used an hour ago", "im kinda buzzed"),
    "grief": ("i lost my brother", "my son died in june", "my best friend passed away", "we lost my sister", "i lost my mom to this"),
    "angry": ("man you suck", "this bot is useless", "you are so stupid", "youre not helping me", "stop saying that"),
    "person": ("can i talk to a real person", "i want to speak to a human", "give me a human", "let me talk to a person", "i need a human"),
    "start": ("ok lets start", "im ready to start", "find me somebody", "i want to find a buddy", "sign me up please"),
    "news": ("any news for me", "did you find anybody", "found someone yet?", "is there any update", "do i have a match"),
    "erase": ("please delete everything", "delete all my data", "erase my account", "i want to be deleted", "remove my account"),
    "spanish": ("do you guys speak spanish", "can we do spanish", "in spanish please", "my english is not good", "i only speak spanish"),
}  # fmt: skip
ES = {
    "hello": ("holaaa", "hola buenas", "buenos días a todos", "hola soy nueva", "hola otra vez"),
    "bye": ("bueno adiós", "ya me voy", "hasta mañana", "nos vemos luego", "chao bot"),
    "thanks": ("gracias de verdad", "muchísimas gracias", "ok gracias", "mil gracias de nuevo", "gracias por todo"),
    "there": ("¿hay alguien por aquí?", "hola hay alguien", "estás ahí?", "alguien me lee", "hay alguien despierto"),
    "real": ("eres una persona real", "¿hay gente real aquí?", "de verdad eres una persona", "eres humano o no", "hay personas reales aquí"),
    "bot": ("¿eres un robot?", "entonces eres un bot", "eres una IA", "hablo con una máquina", "es esto un bot"),
    "privacy": ("¿quién puede ver esto?", "esto es anónimo?", "¿es privado todo?", "ven mi nombre aquí", "quién lee mis mensajes"),
    "cost": ("¿esto es gratis?", "cuánto cuesta esto", "hay que pagar algo", "tengo que pagar?", "¿es gratis de verdad?"),
    "time": ("¿cuánto tarda esto?", "cuánto tiempo hay que esperar", "cuántas preguntas son", "tarda mucho?", "por qué tarda tanto"),
    "sleep": ("no puedo dormir otra vez", "hoy no duermo", "no he dormido nada", "otra vez sin dormir", "sigo despierta"),
    "scared": ("tengo mucho miedo hoy", "me da miedo", "tengo ansiedad", "estoy muy nerviosa", "un ataque de pánico"),
    "lonely": ("me siento muy sola", "no tengo a nadie aquí", "necesito hablar con alguien", "quiero hablar", "me siento solo hoy"),
    "hard": ("estoy muy triste", "hoy fue un mal día", "no estoy bien", "me siento muy mal", "estoy agotada de todo"),
    "family": ("mi hijo está consumiendo", "mi hermano recayó", "mi esposo se droga", "estoy preocupada por mi hija", "mi mamá toma pastillas"),
    "dose": ("¿cuánto puedo tomar?", "qué dosis tomo", "cuántas pastillas puedo tomar", "¿puedo mezclar esto?", "cuál es la dosis segura"),
    "plug": ("dónde compro", "¿quién vende aquí?", "conoces a alguien que venda", "dónde consigo", "me vendes algo"),
    "craving": ("tengo muchas ganas de consumir", "quiero consumir", "creo que voy a recaer", "tengo ganas de drogarme", "voy a recaer"),
    "slipped": ("recaí anoche", "volví a consumir", "consumí ayer", "tuve una recaída", "volví a caer"),
    "high": ("estoy drogado ahora", "acabo de consumir", "estoy muy borracho", "ando drogada", "estoy colocado"),
    "grief": ("perdí a mi hermano", "mi hijo murió", "se murió mi mamá", "mi esposo falleció", "perdí a alguien"),
    "angry": ("no me entiendes", "eres un inútil", "no me ayudas", "cállate ya", "no sirves para nada"),
    "english": ("¿hablas inglés?", "en inglés por favor", "inglés", "no hablo español", "podemos en inglés"),
}  # fmt: skip
ROWS = [("en", *row) for row in EN.items()] + [("es", *row) for row in ES.items()]


@pytest.mark.parametrize(("language", "intent", "texts"), ROWS, ids=[f"{one}-{two}" for one, two, _ in ROWS])
def test_of_what_nobody_listed_four_in_five_are_heard(
    book: Book, language: str, intent: str, texts: tuple[str, ...]
) -> None:
    heard = [book.small_talk.meant(text, language) for text in texts]
    wrong = [text for text, one in zip(texts, heard, strict=True) if one is None or one.name != intent]
    assert len(wrong) <= 1, wrong


def test_most_of_all_of_it_is_heard(book: Book) -> None:
    rows = [(text, language, intent) for language, intent, texts in ROWS for text in texts]
    right = [
        (one := book.small_talk.meant(text, language)) is not None and one.name == intent
        for text, language, intent in rows
    ]
    assert sum(right) >= 0.9 * len(rows)
