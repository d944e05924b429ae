"""Module bundler: one script of the page's ES modules, and one style sheet that stands in the page itself.

On a slow line each file costs a round trip of its own before anybody can write. The sources stay as they are, one
module a file; this knows only the forms of import and export they are written in, and refuses all others.
"""

import re
from base64 import b64encode
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

_IMPORT = re.compile(r'^import \{ (\w+(?:, \w+)*) \} from "\./(\w+)\.js";$', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?(?:function|const) (\w+))", re.MULTILINE)
_UNKNOWN = re.compile(r"^(?:import|export)\b.*$|\bimport\(.*$", re.MULTILINE)
"""What is left of both when all known forms are gone."""
_COMMENT = re.compile(r"^ *//.*\n|^ */\*\*.*\*/\n|^\n", re.MULTILINE)


class BundlingError(Exception):
    """A module is written in a form that the bundler doesn't know, or two import each other."""


@dataclass(frozen=True, slots=True)
class Bundle:
    """Several files as one."""

    text: str

    @property
    def mark(self) -> str:
        """Return what changes with each letter in it: browsers may keep for good what they asked for by this."""
        return sha256(self.text.encode()).hexdigest()[:12]

    @property
    def source(self) -> str:
        """Return what a Content-Security-Policy allows it by where it stands inside a page."""
        return f"'sha256-{b64encode(sha256(self.text.encode()).digest()).decode()}'"


def script_of(entry: Path) -> Bundle:
    """Return the module and all that it imports as one script, each in a function of its own, in the order of need."""
    parts: dict[str, str] = {}
    _add(entry, parts, ())
    return Bundle("".join(['"use strict";\n', *parts.values()]))


def style_of(*sheets: str) -> Bundle:
    """Return style sheets as one, in this order."""
    return Bundle("\n".join(sheets))


def _add(file: Path, parts: dict[str, str], above: tuple[str, ...]) -> None:
    if file.stem in above:
        raise BundlingError(f"{' -> '.join((*above, file.stem))}: modules may not import each other in a circle")
    text = file.read_text("utf-8")
    for _, name in _IMPORT.findall(text):
        if name not in parts:
            _add(file.with_stem(name), parts, (*above, file.stem))
    parts[file.stem] = _as_function(file.stem, text)


def _as_function(name: str, text: str) -> str:
    """Wrap a module: what it imports comes from those before it, what it exports is put where those after it look."""
    exports = ", ".join(_EXPORT.findall(text))
    body = _EXPORT.sub("", _IMPORT.sub(r"const { \1 } = $$\2;", text))
    if unknown := _UNKNOWN.search(body):
        raise BundlingError(f'{name}.js: the bundler does not know this form: "{unknown[0]}"')
    return f"const $${name} = (() => {{\n{_COMMENT.sub('', body)}return {{ {exports} }};\n}})();\n"
