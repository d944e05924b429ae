"""Care on both platforms at once, at the level of the wire: tapped on Discord, typed in Spanish on Telegram."""

from pathlib import Path

from tests.stories.care.test_wisdom import SLEEP
from tests.stories.moderating import staffed
from tests.stories.on_wires import gets, on_wires, reads, taps, times
from tests.stories.programmes.inviting import CLINIC, code_of
from tests.stories.wires import comes_in, until


async def test_a_first_week_a_silence_and_a_kind_goodbye(tmp_path: Path) -> None:
    async with on_wires(tmp_path) as town:
        ann, luz = town.discord("ann"), town.telegram("luz")
        await town.meet(ann, luz)
        await gets(luz, luz.says("/language es"), "español")
        await town.wait(seconds=1)
        await taps(ann, "A few times a week", "Late at night", "Stories of using", "That's all")
        await gets(ann, ann.presses("Leave me be"), "Want a starter")
        for typed, then in (
            ("unas veces por semana", "te viene bien hablar"),
            ("de noche", "prefieras dejar fuera"),
            ("hablar de drogas", "fuera por ahora: Historias de consumo"),
            ("nada más", "te quedas en silencio"),
            ("dos días", "Los dos dijeron"),
        ):
            await gets(luz, luz.says(typed), then)
        assert "- to leave out: Stories of using" in reads(ann)[-1]
        await gets(ann, ann.presses("Yes"), "Tap one")
        first = ann.labels()[0]
        await gets(ann, ann.presses(first), f": {first}", to=luz)
        await town.wait(seconds=1)  # said in one instant, neither would be the last word, and either the silent one
        await gets(luz, luz.says("yo tomo café y miro la lluvia"), "lluvia", to=ann)
        await town.wait(days=1)
        await gets(ann, ann.presses("Good"), "Thank you")
        await gets(luz, luz.says("muy bien"), "Gracias")
        await town.wait(days=2)
        await taps(ann, "Yes", "Yes", "Yes")
        for typed, then in (("sí", "a salvo"), ("un poco", "seguir con"), ("no sé", "Nadie más lo ve")):
            await gets(luz, luz.says(typed), then)
        await gets(ann, ann.says("how was your week"), "how was your week", to=luz)
        await town.wait(days=2, hours=1)
        assert "hace 2 días. Sin presión" in reads(luz)[-1]
        await gets(luz, luz.says("recuérdamelo mañana"), "Mañana pregunto una vez más")
        await town.wait(days=1, hours=1)
        assert times(luz, "Sin presión") == 2
        assert times(ann, "has been quiet") == 0
        await gets(luz, luz.says("estoy bien, con mucho lio"), "okay, just busy", to=ann)
        await town.wait(days=5)
        await gets(ann, ann.presses("Wait 3 more days"), "I'll ask you again in 3 days")
        await gets(ann, ann.says("/goodbye"), "How would you like to leave")
        await gets(ann, ann.presses("Say a few words"), "Write your last words")
        note = "thank you for the rain and the coffee, go gently"
        await gets(ann, ann.says(note), note, to=luz)
        before = len(reads(luz))
        await town.wait(days=9)
        assert not any("Sin presión" in one for one in reads(luz)[before:])


async def test_by_an_invite_to_a_picture_of_the_weeks_and_days_that_count(tmp_path: Path) -> None:
    async with on_wires(tmp_path) as town:
        ann, ben = town.discord("ann"), town.telegram("ben")
        code = await code_of(town.bot)
        await gets(ann, ann.person.uses("me join", code=code), f"{CLINIC} sent you here. They can't see")
        ben.person.starts(code.replace("-", ""))
        await until(lambda: times(ben, f"{CLINIC} sent you here"))
        await town.meet(ann, ben)
        await town.wait(seconds=1)
        for one in (ann, ben):
            await taps(one, "Skip", "Skip", "Nothing")
            await gets(one, one.presses("Skip"), "Want a starter")
        await gets(ben, ben.says("/language es"), "español")
        await gets(ann, ann.says("hello there"), "hello there", to=ben)
        await gets(ben, ben.says("hola, que tal"), "que tal", to=ann)
        await gets(ann, ann.says("/checkin daily 10:00"), "Every day, at 10:00")
        await gets(ben, ben.says("/chart"), "nada que dibujar")
        await town.wait(hours=3)
        await gets(ann, ann.presses("Okay"), "Any craving")
        await gets(ann, ann.says("none"), "Do you feel safe")
        await gets(ann, ann.says("yes"), "Only you can see this")
        assert "Okay 1" in await gets(ann, ann.says("/chart"), "for your eyes only")
        shown = ann.person.inbox()[-1]
        assert "Okay 1" in str(shown.body["attachments"]), "the words for a screen reader"
        assert list(shown.files) == ["my-weeks.png"]
        await gets(ann, ann.says("/milestones"), "no day of it can be lost")
        await taps(ann, "Count something", "Days on my medicine", "Days on my medicine")
        await gets(ann, ann.says("29 days ago"), "29 days in all")
        await gets(ann, ann.presses("Tell my buddy"), "Shall I")
        await gets(ann, ann.presses("Send it"), "29 days in all", to=ben)
        await gets(ann, ann.says("i used again last night"), "not in trouble here")
        await town.wait(days=3, hours=4)
        assert times(ann, "Something you asked me to note") == 0, "nothing is celebrated after a slip"
        await gets(ann, ann.says("/counted"), "count")
        await gets(ben, ben.says("/counted on"), "una persona entre muchas")
        await gets(ben, ben.says("/counted off"), "")


async def test_a_day_to_remember_a_picture_and_a_story_of_what_helped(tmp_path: Path) -> None:
    async with on_wires(tmp_path) as town:
        ann, luz = town.discord("ann"), town.telegram("luz")
        for one in (ann, luz):
            await comes_in(one)
        await gets(luz, luz.says("/language es"), "español")
        for typed, then in (
            ("/remember", "Si un día del año te pesa"),
            ("nombrar un día", "Qué día es"),
            ("24 de noviembre", "un nombre o una palabra"),
            ("mi hermano", "Cuándo te hablo de él"),
            ("por la mañana, 9:00", "mi hermano: 24 de noviembre"),
            ("/checkin daily 10:00", "10:00"),
        ):
            await gets(luz, luz.says(typed), then)
        await gets(ann, ann.says("/wisdom share"), "one thing that helped")
        await gets(ann, ann.says(SLEEP), SLEEP)
        await gets(ann, ann.presses("Share it, it goes when I go"), "A moderator reads it first")
        await gets(luz, luz.says("/wisdom sueño"), "No encontré ninguna historia")
        mod = staffed(town.bot, "mod")
        await mod.says("/casework review")
        await mod.presses("Let members find it")
        await until(lambda: times(ann, "can be found now"))
        found = await gets(luz, luz.says("/wisdom sueño"), SLEEP)
        assert "La historia de una persona" in found
        await town.wait(days=1, hours=4)
        assert times(luz, "me pediste tener presente: mi hermano") == 1
        await gets(luz, luz.presses("Bien"), "Ganas de consumir")
        await gets(luz, luz.says("ninguna"), "a salvo")
        await gets(luz, luz.says("sí"), "")
        shown = await gets(luz, luz.says("/chart"), "8 semanas")
        picture = luz.person.last()
        assert picture.file is not None
        assert picture.file[0] == "my-weeks.png"
        assert "photo" in picture.extra
        assert "Bien 1" in shown


async def test_who_loves_somebody_that_uses_is_asked_about_naloxone_once(tmp_path: Path) -> None:
    async with on_wires(tmp_path) as town:
        ann, luz = town.discord("ann"), town.telegram("luz")
        for one in (ann, luz):
            await comes_in(one, family=True)
            await until(lambda: times(one, "do you have naloxone at home") == 1)
        await gets(ann, ann.presses("What is it?"), "a nose spray or a shot")
        assert "Open NEXT Distro" in await gets(ann, ann.presses("No, how?"), "Ask at a drug store")
        await gets(luz, luz.says("/language es"), "español")
        await gets(luz, luz.says("no, como la consigo"), "Pregunta en una farmacia")
        await town.wait(hours=1, seconds=1)
        assert times(ann, "do you have naloxone at home") == times(luz, "do you have naloxone at home") == 1
        assert times(luz, "tienes naloxona en casa") == 0
