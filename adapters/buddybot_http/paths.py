"""A path prefix for all routes of a server: where its pages begin on the operator's own site."""

from collections.abc import Iterable

from aiohttp import web


def below(prefix: str, routes: Iterable[web.AbstractRouteDef]) -> list[web.AbstractRouteDef]:
    """Return the same routes below a path; pages name what they load relative to themselves, so that it follows."""
    return [_moved(prefix, route) for route in routes]


def _moved(prefix: str, route: web.AbstractRouteDef) -> web.AbstractRouteDef:
    match route:
        case web.RouteDef():
            return web.RouteDef(route.method, prefix + route.path, route.handler, route.kwargs)
        case web.StaticDef():
            return web.StaticDef(prefix + route.prefix, route.path, route.kwargs)
    raise TypeError(route)
