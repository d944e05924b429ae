"""What is to go wrong, request by request."""

from dataclasses import dataclass, field


class Refused(Exception):
    """An answer that is not ok, in Telegram's words."""

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.code, self.description, self.parameters = code, description, parameters


@dataclass(frozen=True, slots=True)
class Fault:
    """One failure: an answer (`refused`), or a connection that is reset, hangs or ends in the middle of its JSON.

    With `after` the request has its effect all the same. A `page` of this code comes from something in between.
    """

    refused: Refused | None = None
    line: str = ""
    after: bool = False
    page: int = 0


def too_many(seconds: int) -> Fault:
    return Fault(Refused(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds))


def broken(code: int = 502, *, after: bool = False) -> Fault:
    words = {500: "Internal Server Error", 502: "Bad Gateway", 504: "Gateway Timeout"}
    return Fault(Refused(code, words.get(code, "Error")), after=after)


def reset(*, after: bool) -> Fault:
    return Fault(line="reset", after=after)


def hang(*, after: bool) -> Fault:
    return Fault(line="hang", after=after)


def cut_json() -> Fault:
    return Fault(line="cut", after=True)


def proxied(code: int) -> Fault:
    return Fault(page=code)


BLOCKED = Fault(Refused(403, "Forbidden: bot was blocked by the user"))


@dataclass(slots=True)
class FaultPlan:
    """The next requests of a method (or of a method to one chat) meet these, in this order."""

    planned: list[tuple[str, int | None, Fault]] = field(default_factory=list)

    def next(self, method: str, *faults: Fault, chat: int | None = None) -> None:
        self.planned += [(method, chat, fault) for fault in faults]

    def meet(self, method: str, chat: int | None) -> Fault | None:
        for plan in self.planned:
            if plan[0] in {method, "*"} and plan[1] in {None, chat}:
                self.planned.remove(plan)
                return plan[2]
        return None
