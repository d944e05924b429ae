"""Pictures of the desk, for whoever asks for them with BUDDYBOT_SCREENSHOTS=some/folder."""

import os
from pathlib import Path

from playwright.async_api import Page

from tests.stories.browsing import SHOTS


async def picture(page: Page, name: str) -> None:
    """Photograph this moment on phone and desk, light and dark."""
    folder, size = os.environ.get("BUDDYBOT_SCREENSHOTS"), page.viewport_size
    if not folder or size is None:
        return
    for device, width, height in SHOTS:
        await page.set_viewport_size({"width": width, "height": height})
        for scheme in ("light", "dark"):
            await page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
            path = Path(folder) / f"moderate-{name}-{device}-{scheme}.png"
            await page.screenshot(path=path, animations="disabled")
    await page.emulate_media(color_scheme="light")
    await page.set_viewport_size(size)
