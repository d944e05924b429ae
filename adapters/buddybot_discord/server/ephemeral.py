"""Ephemeral answers: where somebody just pressed, or where they asked in a server while their DM is closed."""

from discord.http import Route

from buddybot import adapter as core
from buddybot_discord.errors import FAILURES
from buddybot_discord.markup import EPHEMERAL, message
from buddybot_discord.server.listening import DiscordListener


class EphemeralAnswers:
    """Follow-ups of the last click of each person, for their eyes only."""

    def __init__(self, client: DiscordListener) -> None:
        self._client = client

    async def where_they_pressed(self, delivery: core.Delivery, content: core.Content) -> core.MessageId | None:
        """Answer a press in a place right there; None where that fails, and their DM is the way."""
        recent = self._client.clicks.get(delivery.address.account)
        if recent is None or not recent.is_held:
            return None
        await recent.answered.wait()
        try:
            return await self.follow_up(delivery, content)
        except (*FAILURES, core.Unreachable):
            return None

    async def follow_up(self, delivery: core.Delivery, content: core.Content) -> core.MessageId:
        """Answer where they asked; raise `Unreachable` where no click of theirs can be followed up any more."""
        recent = self._client.clicks.get(delivery.address.account)
        if recent is None or recent.click.is_expired() or core.ephemeral_of(content) is core.Ephemeral.NEVER:
            raise core.Unreachable
        click, body = recent.click, message(content) | {"flags": EPHEMERAL}
        path = "/webhooks/{webhook_id}/{webhook_token}"
        route = Route("POST", path, webhook_id=click.application_id, webhook_token=click.token)
        return core.MessageId(str((await self._client.http.request(route, json=body))["id"]))
