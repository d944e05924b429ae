"""A path prefix for all routes of a server: where its pages begin on the operator's own site."""

from collections.abc import Iterable

from aiohttp import web

_LONGEST_PART, _LONGEST = 255, 1024
"""Bytes of one part of a path, and of all of it: a system's error about a longer one would hold it whole."""


def below(prefix: str, routes: Iterable[web.AbstractRouteDef]) -> list[web.AbstractRouteDef]:
    """Return the same routes below a path; pages name what they load relative to themselves, so that it follows."""
    return [_moved(prefix, route) for route in routes]


def nameable(request: web.BaseRequest) -> bool:
    """Return whether a file could be meant: to ask for a name that none can have is an error of the system."""
    path = request.path.encode(errors="replace")
    return len(path) <= _LONGEST and all(len(part) <= _LONGEST_PART for part in path.split(b"/"))


def _moved(prefix: str, route: web.AbstractRouteDef) -> web.AbstractRouteDef:
    match route:
        case web.RouteDef():
            return web.RouteDef(route.method, prefix + route.path, route.handler, route.kwargs)
        case web.StaticDef():
            return web.StaticDef(prefix + route.prefix, route.path, route.kwargs)
    raise TypeError(route)
