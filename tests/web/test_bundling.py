"""Modules that become one script: what the bundler makes of them, and what it refuses."""

from pathlib import Path

import pytest
from buddybot_web.bundling import BundlingError, script_of
from buddybot_web.pages import STATIC


def written(folder: Path, **modules: str) -> Path:
    for name, text in modules.items():
        (folder / f"{name}.js").write_text(text, "utf-8")
    return folder / "chat.js"


def test_a_module_stands_after_those_it_imports_and_each_once(tmp_path: Path) -> None:
    entry = written(
        tmp_path,
        chat='import { show } from "./log.js";\nimport { keep } from "./memory.js";\nshow(keep);\n',
        log='import { keep } from "./memory.js";\n\n// A note.\nexport async function show() {\n  keep();\n}\n',
        memory="export const keep = () => 1;\nconst hidden = 2;\n",
    )
    assert script_of(entry).text == (
        '"use strict";\n'
        "const $$memory = (() => {\nconst keep = () => 1;\nconst hidden = 2;\nreturn { keep };\n})();\n"
        "const $$log = (() => {\nconst { keep } = $$memory;\nasync function show() {\n  keep();\n}\n"
        "return { show };\n})();\n"
        "const $$chat = (() => {\nconst { show } = $$log;\nconst { keep } = $$memory;\nshow(keep);\n"
        "return {  };\n})();\n"
    )


@pytest.mark.parametrize(
    "line",
    [
        'import log from "./log.js";',
        'import * as log from "./log.js";',
        'import { show as draw } from "./log.js";',
        'import "./log.js";',
        'const log = await import("./log.js");',
        "export let count = 0;",
        "export default 1;",
        "export { show };",
    ],
)
def test_a_form_that_it_does_not_know_is_refused_by_name(tmp_path: Path, line: str) -> None:
    with pytest.raises(BundlingError, match=r"chat\.js: the bundler does not know"):
        script_of(written(tmp_path, chat=f"{line}\n", log="export const show = 1;\n"))


def test_modules_that_import_each_other_are_refused(tmp_path: Path) -> None:
    modules = {
        "chat": 'import { one } from "./log.js";\n',
        "log": 'import { two } from "./rooms.js";\nexport const one = 1;\n',
        "rooms": 'import { one } from "./log.js";\nexport const two = 2;\n',
    }
    with pytest.raises(BundlingError, match=r"chat -> log -> rooms -> log"):
        script_of(written(tmp_path, **modules))


def test_every_module_of_the_page_is_in_its_script() -> None:
    text = script_of(STATIC / "chat.js").text
    assert [name for file in sorted(STATIC.glob("*.js")) if f"const $${(name := file.stem)} =" not in text] == [
        "files",
        "sw",
    ]
