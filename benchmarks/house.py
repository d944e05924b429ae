"""The shape of the product, to be set beside another day's; prints one line of JSON.

Code lines are lines without blanks, comments and docstrings. `files_in_largest_folder` leaves `__init__.py` out;
`classes_twice` counts public names that more than one class has. `tokens_built` counts places in the service that write
the token of a button by hand, as in f"offer.{id}.yes"; `tokens_cut` those that cut a text in parts, as in
`token.partition(".")`. The one argument is the root of another checkout, so that both are measured by the same rules.
"""

import ast
import io
import json
import re
import sys
import tokenize
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

PACKAGES = ("buddybot", "adapters")
ORGANS = {
    "talking": (
        *("adapter", "inbound", "outbound", "commands", "interactions", "deep_links", "markup", "translate"),
        *("clicks", "directs", "post", "text", "menu", "orders", "deeds", "doors"),
    ),
    "connection": (
        *("connection", "listening", "updates", "catchup", "errors"),
        *("gateway", "session", "online", "receive", "hear", "wire", "trouble"),
    ),
    "places": (
        *("places", "enforcement", "permissions", "addresses"),
        *("keeper", "overwrites", "automod", "rights", "rooms", "spots", "team"),
    ),
    "settings": ("settings",),
}
CARD = re.compile(r"\b(?:care|conversation|hearing)\.(?:listen|follow)\(|(?<!def )_help_beside\(")


def modules(root: Path, package: str) -> Iterator[tuple[Path, str]]:
    for path in sorted((root / package).rglob("*.py")):
        yield path, path.read_text(encoding="utf-8")


def docstrings(tree: ast.AST) -> set[int]:
    """Return the lines that belong to strings which stand alone."""
    alone = (node for node in ast.walk(tree) if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant))
    return {line for node in alone for line in range(node.lineno, (node.end_lineno or node.lineno) + 1)}


def code_lines(source: str) -> int:
    empty = {tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER}
    lines: set[int] = set()
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type not in empty:
            lines.update(range(token.start[0], token.end[0] + 1))
    return len(lines - docstrings(ast.parse(source)))


def token_builders(tree: ast.AST) -> int:
    """Count f-strings such as f"offer.{id}.yes"."""
    found = 0
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            shape = "".join(str(part.value) if isinstance(part, ast.Constant) else "*" for part in node.values)
            found += bool(re.fullmatch(r"[a-z]+\.\*(?:\.[a-z*]+)*", shape))
    return found


def token_cutters(tree: ast.AST) -> int:
    """Count cuts of a text."""
    names = {"partition", "rpartition", "split", "rsplit"}
    return sum(isinstance(node, ast.Attribute) and node.attr in names for node in ast.walk(tree))


def organ(name: str) -> str:
    return next((organ for organ, names in ORGANS.items() if name.strip("_") in names), "else")


def functions(trees: Iterable[ast.Module]) -> Counter[str]:
    """Count the modules that have a public function of each name; every command has a `main`."""
    found = (node.name for tree in trees for node in tree.body if isinstance(node, ast.FunctionDef))
    return Counter(name for name in found if not name.startswith("_") and name != "main")


def measured(root: Path) -> dict[str, object]:
    sources = {path: source for package in PACKAGES for path, source in modules(root, package)}
    trees = {path: ast.parse(source) for path, source in sources.items()}
    folders = Counter(path.parent for path in sources if path.name != "__init__.py")
    classes = Counter(node.name for tree in trees.values() for node in ast.walk(tree) if isinstance(node, ast.ClassDef))
    errors = {
        node.name
        for path, tree in trees.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
        and any(isinstance(base, ast.Name) and base.id in {"Exception", "ValueError"} for base in node.bases)
        and re.search(r"Fault|Unsound|ContentError", node.name)
        and path.is_relative_to(root / "buddybot")
    }
    core = [trees[path] for path in trees if path.is_relative_to(root / "buddybot")]
    inner = [trees[path] for path in trees if path.is_relative_to(root / "buddybot" / "service")]
    service = [source for path, source in sources.items() if path.is_relative_to(root / "buddybot" / "service")]
    lines = {path: code_lines(source) for path, source in sources.items()}
    organs: dict[str, Counter[str]] = {}
    for path, count in lines.items():
        if path.is_relative_to(root / "adapters"):
            organs.setdefault(path.relative_to(root / "adapters").parts[0], Counter())[organ(path.stem)] += count
    return {
        "files_in_largest_folder": max(folders.values()),
        "largest_folder": str(folders.most_common(1)[0][0].relative_to(root)),
        "classes_twice": sum(count > 1 for name, count in classes.items() if not name.startswith("_")),
        "functions_twice": sum(count > 1 for count in functions(core).values()),
        "tokens_built": sum(map(token_builders, inner)),
        "tokens_cut": sum(map(token_cutters, inner)),
        "calls_of_crisis_help": sum(len(CARD.findall(source)) for source in service),
        "families_of_content_errors": sorted(errors),
        "lines_buddybot": sum(count for path, count in lines.items() if path.is_relative_to(root / "buddybot")),
        "lines_adapters": sum(count for path, count in lines.items() if path.is_relative_to(root / "adapters")),
        "organs": {name: dict(found) for name, found in sorted(organs.items())},
    }


if __name__ == "__main__":
    print(json.dumps(measured(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parents[1])))
