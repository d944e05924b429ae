import pytest

from buddybot.domain.kernel.ephemeral import Ephemeral, ephemeral_of
from buddybot.domain.kernel.messages import CardProgress, Content, Document, Span, Voice

FILE = Document("export.txt", "text/plain", "everything")


@pytest.mark.parametrize(
    ("voice", "may_be"),
    [
        (Voice.BOT, Ephemeral.ENOUGH),
        (Voice.MODERATOR, Ephemeral.ENOUGH),
        (Voice.CRISIS, Ephemeral.AS_WELL),
        (Voice.MEMBER, Ephemeral.NEVER),
    ],
)
def test_members_words_are_never_ephemeral_and_help_is_also_sent_to_stay(voice: Voice, may_be: Ephemeral) -> None:
    assert ephemeral_of(Content((Span("x"),), voice)) is may_be


@pytest.mark.parametrize("voice", Voice)
def test_a_file_is_never_ephemeral(voice: Voice) -> None:
    assert ephemeral_of(Content((Span("x"),), voice, document=FILE)) is Ephemeral.NEVER


@pytest.mark.parametrize(
    ("content", "may_be"),
    [
        (Content((Span("x"),)), Ephemeral.AS_WELL),
        (Content((Span("x"),), Voice.MODERATOR), Ephemeral.AS_WELL),
        (Content((Span("x"),), Voice.CRISIS), Ephemeral.AS_WELL),
        (Content((Span("x"),), Voice.MEMBER), Ephemeral.NEVER),
        (Content((Span("x"),), document=FILE), Ephemeral.NEVER),
        (Content((Span("x"),), progress=CardProgress("card", 1, 9)), Ephemeral.NEVER),
        (Content((Span("x"),), many=True), Ephemeral.NEVER),
    ],
)
def test_what_may_be_lost_is_never_the_only_copy_and_no_questionnaire(content: Content, may_be: Ephemeral) -> None:
    assert ephemeral_of(content, certain=False) is may_be
