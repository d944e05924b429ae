"""Telegram, on python-telegram-bot: private chats with inline keyboards, by long polling or a webhook."""

import logging
import os
from collections.abc import Mapping

from buddybot.adapter import Adapter
from buddybot_telegram.adapter import Telegram
from buddybot_telegram.settings import read_settings

__all__ = ["create"]


def create(settings: Mapping[str, str]) -> Adapter:
    """Check the settings and return the adapter; raise `AdapterError` with a sentence on a bad one."""
    # The token is in every URL, and an answer holds what people wrote: neither is logged, whatever level is asked for.
    for name in ("httpx", "httpcore", "telegram"):
        logging.getLogger(name).setLevel(logging.WARNING)
    # On an answer that is cut short this one writes the whole answer as an error.
    logging.getLogger("telegram.request.BaseRequest").setLevel(logging.CRITICAL)
    # The library's own switch for spans of time as timedelta; without it every 429 is a warning as well.
    os.environ.setdefault("PTB_TIMEDELTA", "true")
    return Telegram(read_settings(settings))
