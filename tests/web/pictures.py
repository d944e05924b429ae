"""Pictures for the docs, for whoever asks for them with BUDDYBOT_SCREENSHOTS=some/folder: small ones, as WebP."""

import base64
import os
from pathlib import Path

from playwright.async_api import Page

from tests.browser import SCHEMES

SHOTS = (("phone", 390, 844), ("desk", 1280, 800))
AS_WEBP = """async (png) => {
  const image = new Image();
  image.src = `data:image/png;base64,${png}`;
  await image.decode();
  const canvas = Object.assign(document.createElement("canvas"), { width: image.width, height: image.height });
  canvas.getContext("2d").drawImage(image, 0, 0);
  return canvas.toDataURL("image/webp", 0.8).split(",")[1];
}"""


async def photograph(page: Page, name: str) -> None:
    """Photograph this moment on phone and desk, light and dark, the newest at the end."""
    if not (folder := os.environ.get("BUDDYBOT_SCREENSHOTS")):
        return
    developer = await page.context.new_page()
    for device, width, height in SHOTS:
        await page.set_viewport_size({"width": width, "height": height})
        for scheme in SCHEMES:
            await page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
            taken = await page.screenshot(animations="disabled")
            made = await developer.evaluate(AS_WEBP, base64.b64encode(taken).decode())
            (Path(folder) / f"{name}-{device}-{scheme}.webp").write_bytes(base64.b64decode(made))
    await developer.close()
