"""The page, rendered once per language: it is the same for everybody and knows nobody."""

import re
from pathlib import Path

from aiohttp import web
from buddybot_http import SHARED
from buddybot_http.language import locale_of, tag_of
from buddybot_http.templates import templates
from markupsafe import Markup, escape

from buddybot.adapter import Command, Reads
from buddybot_web.bundling import script_of, style_of
from buddybot_web.look import palette
from buddybot_web.settings import WebSettings
from buddybot_web.translate.inbound import MAX_CHOICES, MAX_TEXT, menu

HERE = Path(__file__).resolve().parent
STATIC = HERE / "static"

# The strings the scripts show; the template asks for its own.
SCRIPT_WORDS = (
    "actions", "back-online", "bot", "chosen", "close", "confirm", "cookies", "copied", "draft-kept", "edit",
    "edited", "editing", "elsewhere", "help-lines", "hidden", "mark-not-sent", "mark-passed-on", "mark-waiting",
    "new-messages", "not-sent", "offer-them", "offer-title", "offer-why", "offer-you", "offline", "phrase-wrong",
    "progress", "react", "react-more", "reaction-from", "reply", "replying", "report", "retracted", "room-about-bot",
    "room-about-buddy", "room-about-moderator", "room-about-talk", "room-circle", "room-heard", "room-look",
    "room-moderator", "room-over", "room-unread", "room-with", "save", "save-document", "send", "sending", "title",
    "title-unread", "too-long", "unsend", "use-here", "wait-house", "wait-long", "wait-next", "write-circle",
    "write-to", "you", "keep", "push-cannot", "photo", "voice", "show-photo", "show-voice", "add-photo", "record-voice",
    "no-voice", "stop-voice", "file-gone", "file-broken", "offline-112", "offline-911", "offline-988", "offline-999",
    "offline-danger", "offline-unread", "unsent-yours", "refused",
)  # fmt: skip

_NUMBER = re.compile(r"\b(\d{3})\b")
LANGUAGE_COOKIE = "language"
"""Set by the page itself once the bot speaks another language than the page: a language's tag, and nothing else."""
BUTTON_WORDS = ("button-open", "button-close", "button-frame")


class WebPages:
    """Renders, and picks the language."""

    def __init__(self, reads: Reads, commands: tuple[Command, ...], settings: WebSettings, push_key: str = "") -> None:
        self._reads, self._name, self._accent = reads, settings.name, settings.accent
        self._push_key = push_key
        sheets = (file.read_text("utf-8") for file in (SHARED / "palette.css", STATIC / "chat.css"))
        self.script, self.style = script_of(STATIC / "chat.js"), style_of(*sheets, settings.colors)
        self._script_name = f"page.{self.script.mark}.js"
        self._menu = menu(commands)
        self._rendered: dict[str, str] = {}
        self._environment = templates(HERE / "templates")
        self._environment.filters.update(dialed=_dialed)

    def words(self, locale: str, name: str) -> str:
        """Return one string of this page."""
        return self._reads.words(locale, f"web-{name}")

    def name(self, locale: str) -> str:
        """Return what stands over the chat: the operator's own name for it, else the bot's."""
        return self._name or self.words(locale, "name")

    def refusal(self, locale: str, name: str = "odd") -> str:
        """Return a refusal as plain text. Help lines come along: whoever is refused may be in danger."""
        return f"{self.words(locale, name)}\n\n{self.words(locale, 'help-lines')}\n"

    def locale_of(self, request: web.BaseRequest) -> str:
        """Return the language that the bot speaks with this person, else the first of the browser that is shipped."""
        shipped = self._reads.locales()
        chosen = request.cookies.get(LANGUAGE_COOKIE, "")
        return chosen if chosen in shipped else locale_of(request, shipped)

    def tag_of(self, request: web.BaseRequest) -> str:
        """Return the browser's language with its region, which hints at the country somebody is in."""
        return tag_of(request, self._reads.locales())

    def chat(self, locale: str) -> str:
        """Return the page."""
        if locale not in self._rendered:
            self._rendered[locale] = self._environment.get_template("chat.html").render(
                locale=locale,
                name=self.name(locale),
                script=self._script_name,
                style=self.style.text,
                w=lambda name: self.words(locale, name),
                command=lambda key: self._reads.words(locale, key),
                groups=self._groups(),
                config={
                    "words": {name: self.words(locale, name) for name in SCRIPT_WORDS},
                    "reactions": self.words(locale, "reactions").split(),
                    "moreReactions": self.words(locale, "reactions-more").split(),
                    "pushKey": self._push_key,
                    "maxText": MAX_TEXT,
                    "maxChoices": MAX_CHOICES,
                },
            )
        return self._rendered[locale]

    def button(self) -> str:
        """Return the script that puts a button on a page of the operator's."""
        words = {
            locale: {name.removeprefix("button-"): self.words(locale, name) for name in BUTTON_WORDS}
            for locale in self._reads.locales()
        }
        accent, ink = self._accent or palette("light")["leaf"], palette("light")["leaf-ink"]
        return self._environment.get_template("button.js").render(words=words, accent=accent, ink=ink)

    def offline(self, locale: str) -> str:
        """Return the page that an installed app shows without a network: numbers for help, by region."""
        template = self._environment.get_template("offline.html")
        return template.render(locale=locale, w=lambda name: self.words(locale, name))

    def manifest(self, locale: str) -> dict[str, object]:
        """Return what an installed app is called and looks like: nothing that tells what it is."""
        title = self.words(locale, "title")
        icons: list[dict[str, str]] = [
            {"src": "static/icon.svg", "sizes": "any", "type": "image/svg+xml"},
            {"src": "static/icon-192.png", "sizes": "192x192", "type": "image/png"},
            {"src": "static/icon-512.png", "sizes": "512x512", "type": "image/png"},
            {"src": "static/icon-512.png", "sizes": "512x512", "type": "image/png", "purpose": "maskable"},
        ]
        look = {"display": "standalone", "background_color": "#f5efe4", "theme_color": "#f5efe4"}
        where = {"id": "./", "start_url": "./", "scope": "./", "lang": locale, "dir": self.words(locale, "direction")}
        return {"name": self._name or title, "short_name": self._name or title, **where, **look, "icons": icons}

    def _groups(self) -> list[tuple[str, list[Command]]]:
        """Return the menu by groups, the general one last; crisis and help have places of their own."""
        names = sorted({c.group for c in self._menu}, key=lambda group: (not group, group))
        return [
            (name, [c for c in self._menu if c.group == name and c.name not in {"crisis", "help"}]) for name in names
        ]


def _dialed(sentence: str) -> Markup:
    """Make each number of three figures one to call."""
    return Markup(_NUMBER.sub(r'<a href="tel:\1">\1</a>', str(escape(sentence))))  # noqa: S704 - escaped just before
