"""The arguments of one request, whichever of Telegram's ways it came in: query, urlencoded, multipart or JSON."""

import json
from dataclasses import dataclass, field

from aiohttp import BodyPartReader, web

from tests.telegram.objects import Json


@dataclass(frozen=True, slots=True)
class Arguments:
    values: Json
    files: dict[str, tuple[str, str]] = field(default_factory=dict)

    def number(self, name: str, default: int = 0) -> int:
        return int(str(self.values.get(name, default)))

    def text(self, name: str) -> str:
        return str(self.values.get(name, ""))

    def flag(self, name: str) -> bool:
        return str(self.values.get(name, "")).lower() == "true"

    def table(self, name: str) -> Json | None:
        value = self._decoded(name)
        return value if isinstance(value, dict) else None

    def tables(self, name: str) -> list[Json]:
        value = self._decoded(name)
        return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []

    def words(self, name: str) -> list[str] | None:
        value = self._decoded(name)
        return [str(each) for each in value] if isinstance(value, list) else None

    def _decoded(self, name: str) -> object:
        value = self.values.get(name)
        decoded: object = json.loads(value) if isinstance(value, str) else value
        return decoded


async def read_arguments(request: web.Request) -> Arguments:
    values: Json = dict(request.query)
    match request.content_type:
        case "application/json":
            values |= json.loads(await request.text() or "{}")
        case "multipart/form-data":
            return await _parts(request, values)
        case "application/x-www-form-urlencoded":
            values |= {name: str(value) for name, value in (await request.post()).items()}
    return Arguments(values)


async def _parts(request: web.Request, values: Json) -> Arguments:
    files = {}
    async for part in await request.multipart():
        assert isinstance(part, BodyPartReader)
        name, content = part.name or "", (await part.read()).decode(errors="surrogateescape")
        if part.filename is None:
            values[name] = content
        else:
            files[name] = (part.filename, content)
    return Arguments(values, files)
