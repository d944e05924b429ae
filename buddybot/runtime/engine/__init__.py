"""The engine: takes in what people do, answers adapters, and lets time pass."""

from buddybot.runtime.engine.engine import Engine
from buddybot.runtime.engine.fault_names import describe
from buddybot.runtime.engine.inbox import AdapterInbox

__all__ = ["AdapterInbox", "Engine", "describe"]
