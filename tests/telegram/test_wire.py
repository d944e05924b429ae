from collections.abc import AsyncIterator

import pytest
from aiohttp import ClientSession, FormData
from telegram import Bot, ChatFullInfo, ChatMemberRestricted, Message, ReplyKeyboardMarkup

from tests.telegram.faults import Rejected
from tests.telegram.limits import Limits
from tests.telegram.objects import Json
from tests.telegram.wire import FakeTelegram


@pytest.fixture
async def fake() -> AsyncIterator[FakeTelegram]:
    async with FakeTelegram() as server:
        yield server


async def ask(fake: FakeTelegram, method: str, **how: object) -> Json:
    """One request as any client might make it."""
    form, body = how.get("form"), how.get("body")
    assert form is None or isinstance(form, FormData | dict)
    url = f"{fake.url}/bot{how.get('token', fake.world.token)}/{method}"
    async with ClientSession() as session, session.post(url, data=form, json=body) as answer:
        told: Json = await answer.json()
        return told


async def test_a_request_is_read_in_each_of_telegrams_encodings(fake: FakeTelegram) -> None:
    ann = fake.person("ann")
    multipart = FormData({"chat_id": str(ann.account), "caption": "three"}, default_to_multipart=True)
    multipart.add_field("document", b"{}", filename="a.json")

    await ask(fake, "sendMessage", form={"chat_id": str(ann.account), "text": "one"})
    await ask(fake, "sendMessage", body={"chat_id": ann.account, "text": "two"})
    await ask(fake, "sendDocument", form=multipart)
    await ask(fake, f"sendMessage?chat_id={ann.account}&text=four")

    assert ann.sees() == ["one", "two", "three", "four"]
    assert ann.notes()[2].file == ("a.json", "{}")


@pytest.mark.parametrize(
    ("method", "body", "code", "words"),
    [
        ("sendMessage", {"chat_id": 1000, "text": " "}, 400, "Bad Request: message text is empty"),
        ("sendMessage", {"chat_id": 5, "text": "x"}, 400, "Bad Request: chat not found"),
        ("deleteMessage", {"chat_id": 1000, "message_id": 5}, 400, "Bad Request: message to delete not found"),
        ("answerCallbackQuery", {"callback_query_id": "9"}, 400, "Bad Request: query is too old"),
        ("setMyCommands", {"commands": [{"command": "Bad", "description": "x"}]}, 400, "BOT_COMMAND_INVALID"),
        ("setMyCommands", {"commands": [{"command": "ok", "description": ""}]}, 400, "BOT_COMMAND_DESCRIPTION_INVALID"),
        ("launchRocket", {}, 404, "Not Found"),
        (
            "sendMessage",
            {"chat_id": 1000, "text": "🦦", "entities": [{"type": "bold", "offset": 0, "length": 1}]},
            400,
            "in a middle of a UTF-16 symbol",
        ),
        (
            "sendMessage",
            {"chat_id": 1000, "text": "x", "entities": [{"type": "bold", "offset": 0, "length": 2}]},
            400,
            "out of the text",
        ),
        (
            "sendMessage",
            {
                "chat_id": 1000,
                "text": "x",
                "reply_markup": {"inline_keyboard": [[{"text": "x", "callback_data": "é" * 33}]]},
            },
            400,
            "BUTTON_DATA_INVALID",
        ),
    ],
)
async def test_a_mistake_is_answered_in_telegrams_words(
    fake: FakeTelegram, method: str, body: Json, code: int, words: str
) -> None:
    fake.person("ann")

    told = await ask(fake, method, body=body)

    assert (told["ok"], told["error_code"]) == (False, code)
    assert words in str(told["description"])
    assert fake.asked(method)[0].took_effect is False


@pytest.mark.parametrize(("token", "code"), [("nonsense", 404), ("1:wrong", 401)])
async def test_a_token_is_checked(fake: FakeTelegram, token: str, code: int) -> None:
    assert (await ask(fake, "getMe", token=token))["error_code"] == code


async def test_the_objects_satisfy_the_library(fake: FakeTelegram) -> None:
    ann = fake.person("ann")
    async with Bot(fake.world.token, base_url=f"{fake.url}/bot") as bot:
        chat = await bot.get_chat(ann.account)
        member = await bot.get_chat_member(ann.account, ann.account)
        sent = await bot.send_message(ann.account, "hi", reply_markup=ReplyKeyboardMarkup([["x"]]))
        info = await bot.get_webhook_info()

    assert isinstance(chat, ChatFullInfo)
    assert isinstance(member, ChatMemberRestricted)
    assert isinstance(sent, Message)
    assert (sent.reply_markup, info.url) == (None, "")


def refusals(limits: Limits, chat: int, times: list[float]) -> list[int]:
    """Send at these times; return at which places a refusal came."""
    refused = []
    for place, at in enumerate(times):
        try:
            limits.count("sendMessage", chat or 1000 + place, at)
        except Rejected:
            refused.append(place)
    return refused


@pytest.mark.parametrize(
    ("chat", "times", "refused"),
    [
        (0, [0.0] * 31, [30]),
        (0, [number / 28 for number in range(90)], []),
        (7, [0.0, 0.5, 1.0], [1]),
        (-7, [number * 1.0 for number in range(22)], [20, 21]),
        (-7, [number * 3.1 for number in range(40)], []),
    ],
)
def test_the_documented_limits_are_kept(chat: int, times: list[float], refused: list[int]) -> None:
    assert refusals(Limits(), chat, times) == refused


def test_a_harsh_server_shuts_everybody_out_for_a_while() -> None:
    assert refusals(Limits(overall=1, harsh=2), 0, [0.0, 0.1, 1.5, 2.0, 2.2]) == [1, 2, 3]


def test_only_what_is_sent_to_a_chat_counts() -> None:
    limits = Limits(overall=0)

    limits.count("setMessageReaction", 7, 0.0)
    limits.count("sendMessage", None, 0.0)
