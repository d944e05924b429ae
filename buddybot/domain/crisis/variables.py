"""The variables of crisis copy, and what can be dialled, from the lines of one country."""

from collections.abc import Iterable
from dataclasses import replace

from buddybot.domain.crisis.conversation import Args, Link, Scene
from buddybot.domain.crisis.help_lines import LineType, Resource
from buddybot.domain.crisis.regions import GUESSED, ISLANDS, NORTH, WIDE

REGIONAL = {
    NORTH: "care-link-north",
    ISLANDS: "care-link-islands",
    WIDE: "care-link-wide",
    GUESSED: "care-link-guessed",
}
NONE = "none"
"""Stands in a variable where the country has no such line; the copy has a wording for it."""


def words(scene: Scene, **more: str) -> Args:
    """Return the variables that any string of crisis.ftl may use, the same set for each, plus `more`.

    `emergency`, `poison`, `spotter` and `violence` are numbers or "none"; while the country is not known, `region` is
    the likeliest part of the world and `nearest` its number. `way`, `phone`, `sms`, `word` and `url`
    describe the crisis line, `land` and `elsewhere` where it is right and what is right in other places, if it is a
    guess; `buddy` and `shift` are yes or no.
    """
    near = _near(scene)
    crisis = _first(near, LineType.CRISIS)
    text = _first(near, LineType.TEXT)
    anywhere = _first(scene, LineType.CRISIS)
    found = {
        "emergency": _number(_first(scene, LineType.EMERGENCY)) if scene.country.known else NONE,
        "region": scene.regions[0].part if scene.guessed else NONE,
        "nearest": scene.regions[0].number if scene.guessed else NONE,
        "poison": _number(_first(scene, LineType.POISON)),
        "spotter": _number(_first(scene, LineType.SPOTTER)),
        "violence": _number(_first(scene, LineType.VIOLENCE)),
        "buddy": "yes" if scene.in_chat else "no",
        "shift": "yes" if scene.on_shift else "no",
    }
    site = "" if near is scene or anywhere is None else _shown(anywhere.url)
    land = near.country.code if site else NONE
    return (*found.items(), *line_words(crisis, text, land=land, elsewhere=site), *more.items())


def line_words(line: Resource | None, text: Resource | None = None, *, land: str = NONE, elsewhere: str = NONE) -> Args:
    """Return the variables that describe one line; `text` lends its number to a line that can't be texted.

    `land` is where the line is right, and `elsewhere` the site for other places, both "none" where it is no guess.
    """
    if line is None:
        return ()
    sender = line if line.sms or text is None or not line.phone else text
    return (
        ("name", line.name),
        ("way", _way(line.phone, sender.sms, sender.word)),
        ("phone", line.phone),
        ("sms", sender.sms),
        ("word", sender.word),
        ("url", _shown(line.url)),
        ("hours", line.hours),
        ("land", land),
        ("elsewhere", elsewhere),
    )


def links(scene: Scene, kinds: Iterable[LineType]) -> tuple[Link, ...]:
    """Return what can be dialled, texted or opened for these kinds: the best line of each, one link a way."""
    return tuple(link for kind in kinds for link in _links(scene, kind))


def emergency_links(scene: Scene) -> tuple[Link, ...]:
    """Return what to call while the country is not known: a number for each part of the world, the likeliest first."""
    return tuple(Link(REGIONAL[one.part], f"tel:{_digits(one.number)}", one.number) for one in scene.regions)


def _links(scene: Scene, kind: LineType) -> tuple[Link, ...]:
    if kind is LineType.EMERGENCY and not scene.country.known and scene.regions:
        return emergency_links(scene)
    if kind is LineType.CRISIS and (near := _near(scene)) is not scene:
        return (*(link for line in _best(near, kind) for link in links_of(line)), *_elsewhere(scene))
    return tuple(link for line in _best(scene, kind) for link in links_of(line))


def _elsewhere(scene: Scene) -> tuple[Link, ...]:
    """Return the international site, for those who are not where their app says."""
    return tuple(
        Link("care-link-open", line.url, line.name) for line in scene.country.lines(LineType.CRISIS, scene.today)[:1]
    )


def links_of(line: Resource) -> tuple[Link, ...]:
    """Return the ways to reach one line; its site only where it can be neither called nor texted."""
    call = (Link("care-link-call", f"tel:{_digits(line.phone)}", line.phone),) if line.phone else ()
    body = f"?body={line.word}" if line.word else ""
    text = (Link("care-link-text", f"sms:{_digits(line.sms)}{body}", line.sms),) if line.sms else ()
    site = (Link("care-link-open", line.url, line.name),)
    return (*call, *text) or site


def _way(phone: str, sms: str, word: str) -> str:
    match bool(phone), bool(sms), bool(word):
        case True, True, False if phone == sms:
            return "same"
        case True, False, _:
            return "call"
        case called, True, worded:
            return ("call-" if called else "") + ("word" if worded else "text")
        case _:
            return "web"


def _shown(url: str) -> str:
    return url.removeprefix("https://").removesuffix("/")


def _near(scene: Scene) -> Scene:
    """Return the scene as it is where their app says they are, if it says so and has a line of its own."""
    near = scene.near
    if near is None or scene.country.known or not any(line.phone for line in near.lines(LineType.CRISIS, scene.today)):
        return scene
    return replace(scene, country=near)


def _first(scene: Scene, kind: LineType) -> Resource | None:
    return next(iter(scene.country.lines(kind, scene.today)), None)


def _best(scene: Scene, kind: LineType) -> tuple[Resource, ...]:
    lines = scene.country.lines(kind, scene.today)[:1]
    if kind is LineType.VIOLENCE and not lines:
        return _best(scene, LineType.CRISIS)
    if kind is LineType.CRISIS and any(line.phone and not line.sms for line in lines):
        return (*lines, *scene.country.lines(LineType.TEXT, scene.today)[:1])
    return lines


def _number(line: Resource | None) -> str:
    return line.phone if line is not None and line.phone else NONE


def _digits(number: str) -> str:
    return number.replace(" ", "").replace("-", "")
