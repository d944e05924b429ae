import pytest

from buddybot.domain.kernel.ephemeral import Ephemeral, ephemeral_of
from buddybot.domain.kernel.messages import Content, Document, Span, Voice

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
