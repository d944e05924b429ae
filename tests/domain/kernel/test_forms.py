"""Forms: cut to what a platform takes, and validated whatever it let through."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from buddybot.domain.kernel.messages.forms import (
    Answers,
    FieldKind,
    FieldMistake,
    Form,
    FormField,
    FormLimits,
    FormOption,
    Mistake,
    fitted_form,
    validate_answers,
)

WHAT = FormField("what", "What?", FieldKind.ONE, options=(FormOption("mean", "Mean"), FormOption("money", "Money")))
SOME = FormField(
    "some",
    "Which?",
    FieldKind.SEVERAL,
    options=tuple(FormOption(one, one.upper()) for one in "abc"),
    required=False,
    most=2,
)
WORDS = FormField("words", "Why?", shortest=2, longest=5)
FORM = Form("A form", (WHAT, SOME, WORDS))
GOOD: Answers = (("what", ("mean",)), ("some", ("a", "b")), ("words", (" four ",)))


def changed(name: str, *values: str) -> Answers:
    return (*(one for one in GOOD if one[0] != name), (name, values))


@pytest.mark.parametrize(
    ("answers", "mistake"),
    [
        (changed("what"), FieldMistake("What?", Mistake.MISSING)),
        (changed("what", " "), FieldMistake("What?", Mistake.MISSING)),
        (changed("what", "other"), FieldMistake("What?", Mistake.NO_OPTION)),
        (changed("what", "mean", "money"), FieldMistake("What?", Mistake.TOO_MANY, 1)),
        (changed("some", "a", "b", "c"), FieldMistake("Which?", Mistake.TOO_MANY, 2)),
        (changed("some", "a", "x"), FieldMistake("Which?", Mistake.NO_OPTION)),
        (changed("words"), FieldMistake("Why?", Mistake.MISSING)),
        (changed("words", "   "), FieldMistake("Why?", Mistake.MISSING)),
        (changed("words", "x"), FieldMistake("Why?", Mistake.TOO_SHORT, 2)),
        (changed("words", "sixsix"), FieldMistake("Why?", Mistake.TOO_LONG, 5)),
    ],
)
def test_what_can_t_be_taken_names_its_field(answers: Answers, mistake: FieldMistake) -> None:
    assert validate_answers(FORM, answers).mistakes == (mistake,)


def test_what_is_fine_comes_by_name_without_blanks() -> None:
    filled = validate_answers(FORM, (*GOOD, ("gone", ("of an older form",))))
    assert filled.mistakes == ()
    assert dict(filled.values) == {"what": ("mean",), "some": ("a", "b"), "words": ("four",)}
    assert (filled.words("words"), filled.words("gone")) == ("four", "")


def test_an_answer_by_its_label_and_one_given_twice_are_one_answer() -> None:
    assert validate_answers(FORM, changed("what", "MONEY", "money")).values["what"] == ("money",)


def test_every_mistake_is_named_at_once() -> None:
    assert [one.field for one in validate_answers(FORM, ()).mistakes] == ["What?", "Why?"]


def test_what_a_form_holds_is_in_no_repr() -> None:
    assert "four" not in repr(validate_answers(FORM, GOOD))
    assert "given before" not in repr(FormField("words", "Why?", given="given before"))


def test_a_list_that_is_too_long_asks_for_words_that_are_read_by_its_labels() -> None:
    many = FormField("n", "Number", FieldKind.ONE, options=tuple(FormOption(str(n), f"No. {n}") for n in range(40)))
    drawn = fitted_form(Form("", (many,)), FormLimits())
    assert drawn is not None
    assert (drawn.fields[0].kind, drawn.fields[0].options) == (FieldKind.WORDS, ())
    assert validate_answers(Form("", (many,)), (("n", ("no. 31",)),)).values["n"] == ("31",)


@pytest.mark.parametrize("count", [0, 3])
def test_a_form_that_does_not_fit_is_not_drawn(count: int) -> None:
    fields = tuple(FormField(f"f{number}", "x") for number in range(count))
    assert fitted_form(Form("", fields), FormLimits(fields=2)) is None


TEXT = st.text(max_size=80)
FIELD = st.builds(
    FormField,
    name=TEXT,
    label=TEXT,
    kind=st.sampled_from(FieldKind),
    help=TEXT,
    options=st.lists(st.builds(FormOption, TEXT, TEXT, TEXT), max_size=8).map(tuple),
    required=st.booleans(),
    shortest=st.integers(0, 30),
    longest=st.integers(0, 60),
    given=TEXT,
)
LIMITS = st.builds(
    FormLimits,
    fields=st.integers(1, 6),
    title=st.integers(1, 50),
    label=st.integers(1, 50),
    help=st.integers(1, 50),
    options=st.integers(1, 10),
    option=st.integers(1, 50),
    letters=st.integers(1, 60),
)


@given(st.builds(Form, TEXT, st.lists(FIELD, max_size=7).map(tuple)), LIMITS)
def test_a_drawn_form_is_within_all_limits(form: Form, limits: FormLimits) -> None:
    drawn = fitted_form(form, limits)
    if drawn is None:
        assert not 1 <= len(form.fields) <= limits.fields
        return
    assert len(drawn.title) <= limits.title
    for one in drawn.fields:
        assert len(one.label) <= limits.label
        assert len(one.help) <= limits.help
        assert len(one.given) <= one.longest <= limits.letters
        assert one.shortest <= one.longest
        assert (one.kind is FieldKind.WORDS) is (one.options == ())
        assert len(one.options) <= limits.options
        assert all(len(each.label) <= limits.option and len(each.help) <= limits.option for each in one.options)


@given(
    st.builds(Form, TEXT, st.lists(FIELD, max_size=4).map(tuple)),
    st.lists(st.tuples(TEXT, st.lists(TEXT, max_size=3).map(tuple)), max_size=5).map(tuple),
)
def test_broken_answers_are_mistakes_or_within_the_form(form: Form, answers: Answers) -> None:
    filled = validate_answers(form, answers)
    if filled.mistakes:
        return
    for one in form.fields:
        found = filled.values.get(one.name, ())
        assert found or not one.required
