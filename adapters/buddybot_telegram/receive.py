"""How updates come in: by long polling, or at a webhook. Neither acknowledges one before it has been taken."""

import asyncio
import hmac
import json
import logging
from collections.abc import Awaitable, Callable, Iterator, Mapping
from typing import TypeAlias

from aiohttp import web
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError

from buddybot.adapter import AdapterError
from buddybot_telegram.settings import Settings
from buddybot_telegram.wire import ALLOWED, HOLD, Wire, seconds

Raw: TypeAlias = Mapping[str, object]
Take: TypeAlias = Callable[[Raw], Awaitable[None]]

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the name of a header, no secret
LARGEST_UPDATE = 4 * 1024 * 1024
log = logging.getLogger(__name__)


def pauses() -> Iterator[float]:
    """Yield how many seconds to wait after each failure in a row."""
    pause = 0.1
    while True:
        yield pause
        pause = min(pause * 2, 15.0)


async def patiently(
    wire: Wire, endpoint: str, arguments: Raw | None = None, *, refusals: tuple[type[TelegramError], ...] = ()
) -> object:
    """Call until Telegram answers; raise `AdapterError` where trying again can't help, and a refusal as it is."""
    for pause in pauses():
        try:
            return await wire.call(endpoint, arguments)
        except refusals:
            raise
        except InvalidToken:
            # Without its cause: the library writes tokens into some of these.
            raise AdapterError(
                "Telegram does not accept the bot's token: copy it again from @BotFather (/token), "
                "and check adapters.telegram.base_url if it is set."
            ) from None
        except Conflict:
            raise AdapterError(
                "Another program receives this bot's messages (Telegram answered 409): stop the other one, "
                "or give this one a bot of its own from @BotFather."
            ) from None
        except RetryAfter as error:
            await asyncio.sleep(seconds(error.retry_after))
        except TelegramError as error:
            log.warning("Telegram: %s failed (%s), again in %.1f s", endpoint, type(error).__name__, pause)
            await asyncio.sleep(pause)
    raise AssertionError("pauses never end")


async def poll(wire: Wire, take: Take) -> None:
    """Fetch updates for ever; an update is confirmed by the poll after the one that brought it, once taken."""
    await patiently(wire, "deleteWebhook", {"drop_pending_updates": False})
    offset = 0
    while True:
        found = await patiently(wire, "getUpdates", {"offset": offset, "timeout": HOLD, "allowed_updates": ALLOWED})
        assert isinstance(found, list)
        for update in found:
            await take(update)
            offset = update["update_id"] + 1


async def listen(wire: Wire, settings: Settings, take: Take) -> None:
    """Serve the webhook until cancelled; 200 says that the update has been taken."""

    async def receive(request: web.Request) -> web.Response:
        shown = request.headers.get(SECRET_HEADER, "").encode("utf-8", "surrogateescape")
        if not hmac.compare_digest(shown, settings.secret.encode()):
            raise web.HTTPForbidden
        try:
            update = json.loads(await request.read())
        except ValueError:
            update = None
        if not isinstance(update, dict):
            raise web.HTTPBadRequest
        await take(update)
        return web.Response()

    server = web.Application(client_max_size=LARGEST_UPDATE)
    server.router.add_post("/{path:.*}", receive)
    runner = web.AppRunner(server, access_log=None, handle_signals=False, shutdown_timeout=1)
    await runner.setup()
    # One connection keeps what one person does in its order.
    hook: Raw = {"url": settings.webhook_url, "secret_token": settings.secret, "max_connections": 1}
    try:
        await web.TCPSite(runner, settings.webhook_listen, settings.webhook_port).start()
        await patiently(wire, "setWebhook", {**hook, "allowed_updates": ALLOWED, "drop_pending_updates": False})
        await asyncio.Event().wait()
    except OSError as error:
        where = f"{settings.webhook_listen}:{settings.webhook_port}"
        raise AdapterError(f"The webhook can't listen on {where} ({error.strerror}): choose another port.") from None
    finally:
        await runner.cleanup()
