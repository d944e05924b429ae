"""The one place that reads SQL as text: our `:name` parameters for psycopg, and scripts cut into statements.

It knows string literals, quoted identifiers, comments, dollar quotes and `::casts`, so that a colon, a per cent sign
or a semicolon inside one of them stays what it is.
"""

import re
from functools import lru_cache

_TOKEN = re.compile(
    r"""
      (?P<opaque>
          (?<!\w)[eE]'(?:[^'\\]|\\.|'')*'     # escape string of PostgreSQL
        | '(?:[^']|'')*'                      # string literal
        | "(?:[^"]|"")*"                      # quoted identifier
        | --[^\n]*                            # comment to the end of the line
        | /\*.*?\*/                           # block comment
        | (?P<dollar>\$(?:[A-Za-z_]\w*)?\$).*?(?P=dollar)
        | ::                                  # cast
      )
    | :(?P<name>[A-Za-z_]\w*)
    | (?P<end>;)
    """,
    re.VERBOSE | re.DOTALL,
)


@lru_cache(maxsize=1024)
def for_psycopg(sql: str) -> str:
    """Write `:name` as `%(name)s` and double every per cent sign, which psycopg would read as a placeholder."""
    parts: list[str] = []
    done = 0
    for token in _TOKEN.finditer(sql):
        name = token["name"]
        if name is not None:
            parts += [sql[done : token.start()].replace("%", "%%"), f"%({name})s"]
            done = token.end()
    parts.append(sql[done:].replace("%", "%%"))
    return "".join(parts)


def statements(script: str) -> list[str]:
    """Cut a script at the semicolons that end a statement; what is only comment or blank is left out.

    Triggers, whose bodies hold semicolons, are not for these scripts.
    """
    found: list[str] = []
    bare = start = 0
    said = False
    for token in _TOKEN.finditer(script):
        said = said or bool(script[bare : token.start()].strip())
        bare = token.end()
        text = token[0]
        if token["end"] is None:
            said = said or not text.startswith(("--", "/*"))
            continue
        if said:
            found.append(script[start : token.start()].strip())
        start, said = token.end(), False
    if said or script[bare:].strip():
        found.append(script[start:].strip())
    return found
