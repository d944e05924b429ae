"""Pictures of the desk, for whoever asks for them with BUDDYBOT_SCREENSHOTS=some/folder."""

from playwright.async_api import Page

from tests.web.pictures import photograph


async def picture(page: Page, name: str) -> None:
    """Photograph this moment on phone and desk, light and dark, and leave the page as it was."""
    size = page.viewport_size
    await photograph(page, f"moderate-{name}")
    if size is not None:
        await page.emulate_media(color_scheme="light")
        await page.set_viewport_size(size)
