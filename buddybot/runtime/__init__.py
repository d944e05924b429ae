"""The only asyncio: the engine, the writers, the dispatcher, the clockwork."""
