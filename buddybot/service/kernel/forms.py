"""Forms as use cases see them: who opens one, and how answers that can't be taken are handed back."""

from dataclasses import dataclass, field, replace

from buddybot.domain.kernel.messages import Choice, Content, Pressed, Span
from buddybot.domain.kernel.messages.forms import WORDS, FilledForm, Form, FormField, FormLimits, validate_answers
from buddybot.domain.kernel.rich_text import marked
from buddybot.domain.kernel.tokens import Token
from buddybot.domain.people.members import Member
from buddybot.service.kernel.turn import Turn


@dataclass(frozen=True, slots=True)
class FormPress:
    """Press of a button that may open a form: by whom (None: somebody new), and what the platform can show."""

    turn: Turn
    token: Token
    event: Pressed
    member: Member | None
    locale: str
    limits: FormLimits = field(default_factory=FormLimits)

    def say(self, key: str, **arguments: str | int) -> str:
        """Return a string in the language of whoever pressed."""
        return self.turn.book.words.say(self.locale, key, **arguments)

    def asking_words(self, key: str, longest: int) -> Form:
        """Return a form with one box for words; it is called as the button."""
        return Form("", (FormField(WORDS, self.say(key), long=True, longest=longest),))


def taken_form(press: FormPress, member: Member, form: Form, again: Token) -> FilledForm | None:
    """Validate what was filled in; None after having said what is wrong: `again` opens it once more."""
    turn, filled = press.turn, validate_answers(form, press.event.answers)
    if not filled.mistakes:
        return filled
    lines = [
        turn.words(member, f"form-mistake-{one.what}", field=one.field, limit=one.limit) for one in filled.mistakes
    ]
    why = turn.words(member, "form-not-taken", list="\n".join(lines))
    hand_back(turn, member, why, press.event, (reopening(turn, member, again),))
    return None


def reopening(turn: Turn, member: Member, token: Token) -> Choice:
    """Return the button that opens a form once more."""
    (choice,) = turn.choices(member, (("form-again", token),))
    return replace(choice, form=True)


def hand_back(turn: Turn, member: Member, why: str, event: Pressed, choices: tuple[Choice, ...] = ()) -> None:
    """Say why a form was not taken, and give back what they wrote into it: nobody writes it twice."""
    spans = marked(why)
    if event.text.strip():
        spans = (*spans, Span(f"\n{turn.words(member, 'form-your-words')}\n"), Span(event.text.strip()))
    turn.show(member, Content(spans, choices=choices))
