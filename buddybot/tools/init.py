"""`buddybot init`: a set-up wizard, at a terminal or from the environment; writes config.toml and makes the keys."""

import asyncio
import os
import re
import secrets
import sys
from argparse import ArgumentParser
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.prompt import Prompt

from buddybot.adapter import AdapterError, signing_key
from buddybot.config import DEFAULT_FILE, DESK_PORT, METRICS_PORT, PUSH_KEY, ConfigError, Settings, load_settings
from buddybot.config.environment import PREFIX
from buddybot.domain.kernel.numbers import whole_number
from buddybot.runtime.plugins import load_adapters
from buddybot.runtime.storage.opening import open_store
from buddybot.runtime.world import system_world
from buddybot.store.kernel.errors import StoreError
from buddybot.tools.asking import ask_house
from buddybot.tools.server_files import ServerFiles, write_server_files

INIT = "BUDDYBOT_INIT_"
"""Answers of `init --yes`: this, and the name of the question in capitals."""
PLATFORMS = ("telegram", "discord")
YES = {"y", "yes", "j", "ja", "s", "si", "sí", "o", "oui"}
NO = {"n", "no", "nein", "non", ""}
HOST = re.compile(r"(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]")
HEAD = "# Written by `buddybot init`. Every key is explained in config.example.toml.\n"


class InputEnded(Exception):
    """The terminal has no more answers: closed input, or Ctrl-D."""


@dataclass(frozen=True, slots=True)
class Field:
    """One question of the wizard: its name in the environment, its words, its default, and what an answer must be."""

    name: str
    words: str
    default: str = ""
    fault: Callable[[str], str] = lambda _: ""
    secret: bool = False


def main(argv: Sequence[str] | None = None) -> int:
    """Run `buddybot init`; nothing that is there is overwritten, and nothing is half written."""
    parser = ArgumentParser(prog="buddybot init", description="Ask a few things, write config.toml, make the keys.")
    parser.add_argument("--config", type=Path, default=DEFAULT_FILE, help="where to write it (default: config.toml)")
    parser.add_argument("--yes", action="store_true", help=f"ask nothing: defaults, and answers in {INIT}* variables")
    parser.add_argument("--server", action="store_true", help="also write what a server needs, into deploy/")
    options = parser.parse_args(argv)
    if options.config.exists():
        sys.stderr.write(f"{options.config}: there is one already; move it away first, or edit it\n")
        return 1
    try:
        return _set_up(options.config, _Wizard(os.environ, asks=not options.yes), server=options.server)
    except InputEnded:
        sys.stderr.write(
            "the answers ended before the questions did, and no settings were written; run `buddybot init` at a "
            f"terminal, or `buddybot init --yes` with answers in {INIT}* variables\n"
        )
    except (AdapterError, ConfigError, StoreError) as fault:
        sys.stderr.write(f"{fault}\n")
    except OSError as error:
        sys.stderr.write(
            f"{error.filename or options.config}: it can't be written ({error.strerror}); nothing was set up\n"
        )
    return 1


class _Wizard:
    """Asks each question until the answer fits; without a terminal it reads the environment and never asks twice."""

    def __init__(self, environment: Mapping[str, str], *, asks: bool) -> None:
        self._environment = environment
        self._asks = asks

    def ask(self, field: Field) -> str:
        variable = f"{INIT}{field.name.upper()}"
        if not self._asks:
            return self._given(field, variable)
        while True:
            try:
                answer = Prompt.ask(field.words, default=field.default, password=field.secret).strip()
            except EOFError as ended:
                raise InputEnded from ended
            fault = field.fault(answer)
            if not fault:
                return answer
            sys.stdout.write(f"  {fault}\n")

    def agrees(self, name: str, words: str) -> bool:
        """Return whether the answer is a yes; a no is the default."""

        def fault(answer: str) -> str:
            return "" if answer.casefold() in YES | NO else "answer y or n"

        return self.ask(Field(name, f"{words} [y/N]", fault=fault)).casefold() in YES

    def _given(self, field: Field, variable: str) -> str:
        answer = self._environment.get(variable, field.default).strip()
        if fault := field.fault(answer):
            shown = "(hidden)" if field.secret else repr(answer)
            raise ConfigError(f"{variable} = {shown}: {fault}")
        return answer


def _set_up(path: Path, wizard: _Wizard, *, server: bool) -> int:
    contact = wizard.ask(
        Field("contact", "How can members reach you, the operator (shown by /privacy; may stay empty)")
    )
    chat = wizard.ask(_host("chat", "Public name of the chat, such as chat.example.org", needed=True)) if server else ""
    desk = wizard.ask(_host("desk", "Public name of the moderators' desk (empty: no desk)")) if server else ""
    leads = int(wizard.ask(LEADS)) if server else 0
    port = int(wizard.ask(Field("port", "Port of the web chat on this machine", "8080", _port)))
    tokens = {name: token for name in PLATFORMS if (token := _token(name, wizard))}
    text = _tables(contact, port, chat, desk) + "".join(_of_token(name) for name in tokens)
    for name, token in tokens.items():
        _keep_secret(_token_file(name), token)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    settings = load_settings(path, os.environ)
    asyncio.run(_open_once(settings))
    signing_key(settings.store.keys / PUSH_KEY)
    words = [str(asyncio.run(ask_house(settings, "staff-add", {"role": "lead"}))["word"]) for _ in range(leads)]
    written = [str(path)]
    if server:
        files = ServerFiles(path.absolute(), chat, desk, port, secrets.token_urlsafe(24), tokens)
        written += [str(each) for each in write_server_files(files)]
    sys.stdout.write("".join(f"wrote {each}\n" for each in written))
    sys.stdout.write("the keys are made; keep a copy of var/keys/operator.key at another place than the database\n")
    sys.stdout.write("".join(f"for a lead, once, within 72 hours: send the bot /link {word}\n" for word in words))
    sys.stdout.write("start with: buddybot run" + (", or as docs/deploy.md says\n" if server else "\n"))
    return 0


def _host(name: str, words: str, *, needed: bool = False) -> Field:
    def fault(answer: str) -> str:
        if (not answer and not needed) or HOST.fullmatch(answer):
            return ""
        return "write a host name such as chat.example.org, in small letters, without https:// and without a path"

    return Field(name, words, fault=fault)


def _port(answer: str) -> str:
    return "write a number from 1 to 65535" if whole_number(answer, 1, 65535) is None else ""


def _few(answer: str) -> str:
    return "write a number from 0 to 9" if whole_number(answer, 0, 9) is None else ""


LEADS = Field("leads", "How many leads of the team shall get a word for their role now (0: later)", "0", _few)


def _token(name: str, wizard: _Wizard) -> str:
    """Return the platform's token, once its adapter takes it; empty where the platform is not wanted."""

    def fault(answer: str) -> str:
        if not answer:
            return ""
        try:
            load_adapters({name: {"token": answer}}, DEFAULT_FILE)
        except AdapterError:
            return f"this does not look like a token of {name.title()}; copy it whole, or leave it empty"
        return ""

    field = Field(
        f"{name}_token", f"Token of your {name.title()} bot (not shown as you type)", fault=fault, secret=True
    )
    if f"{INIT}{name.upper()}_TOKEN" in os.environ or wizard.agrees(name, f"Serve {name.title()} too"):
        return wizard.ask(field)
    return ""


def _token_file(name: str) -> Path:
    return Path("var/secrets") / f"{name}.token"


def _keep_secret(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    path.touch(mode=0o600)
    path.write_text(f"{text}\n", encoding="utf-8")


def _of_token(name: str) -> str:
    return f"\n[adapters.{name}]\ntoken_file = {_quoted(str(_token_file(name)))}\n"


def _tables(contact: str, port: int, chat: str, desk: str) -> str:
    """Return the settings as TOML: a server listens on this machine alone, behind a proxy that is believed."""
    public = '\npublic_url = "https://{}"\nproxy = "127.0.0.1"\n'
    text = f"{HEAD}\n[operator]\ncontact = {_quoted(contact)}\n\n[adapters.web]\nport = {port}"
    text += public.format(chat) if chat else "\n"
    if desk:
        text += f"\n[adapters.desk]\nport = {DESK_PORT}" + public.format(desk)
    if chat:
        text += f"\n[metrics]\nport = {METRICS_PORT}\n"
    return text


def _quoted(text: str) -> str:
    escaped = "".join(char for char in text if char.isprintable()).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


async def _open_once(settings: Settings) -> None:
    store = await open_store(settings.store, system_world().now(), os.environ.get(f"{PREFIX}OPERATOR_KEY"))
    await store.close()
