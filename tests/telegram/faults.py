"""What is to go wrong, request by request."""

from dataclasses import dataclass, field


class Rejected(Exception):
    """An answer that is not ok, in Telegram's words."""

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.code, self.description, self.parameters = code, description, parameters


@dataclass(frozen=True, slots=True)
class Fault:
    """One failure: an answer (`refused`), or a connection that is reset, hangs or ends in the middle of its JSON.

    With `after` the request has its effect all the same. A `page` of this code comes from something in between.
    """

    refused: Rejected | None = None
    line: str = ""
    after: bool = False
    page: int = 0


def too_many(seconds: int) -> Fault:
    return Fault(Rejected(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds))


def broken(code: int = 502, *, after: bool = False) -> Fault:
    words = {500: "Internal Server Error", 502: "Bad Gateway", 504: "Gateway Timeout"}
    return Fault(Rejected(code, words.get(code, "Error")), after=after)


def reset(*, after: bool) -> Fault:
    return Fault(line="reset", after=after)


def hang(*, after: bool) -> Fault:
    return Fault(line="hang", after=after)


def cut_json() -> Fault:
    return Fault(line="cut", after=True)


def proxied(code: int) -> Fault:
    return Fault(page=code)


DOCUMENTED = (
    Rejected(400, "Bad Request: message text is empty"),
    Rejected(400, "Bad Request: message is too long"),
    Rejected(400, "Bad Request: chat not found"),
    Rejected(400, "Bad Request: BUTTON_DATA_INVALID"),
    Rejected(400, "Bad Request: REACTION_INVALID"),
    Rejected(400, "Bad Request: MESSAGE_ID_INVALID"),
    Rejected(400, "Bad Request: message can't be edited"),
    Rejected(400, "Bad Request: there is no text in the message to edit"),
    Rejected(400, "Bad Request: not enough rights to send text messages to the chat"),
    Rejected(400, "Bad Request: group chat was upgraded to a supergroup chat", migrate_to_chat_id=-1007),
    Rejected(401, "Unauthorized"),
    Rejected(403, "Forbidden: bot was blocked by the user"),
    Rejected(403, "Forbidden: user is deactivated"),
    Rejected(403, "Forbidden: bot can't initiate conversation with a user"),
    Rejected(404, "Not Found"),
    Rejected(406, "Not Acceptable: CHANNEL_PRIVATE"),
    Rejected(409, "Conflict: terminated by other getUpdates request"),
    Rejected(413, "Request Entity Too Large"),
    Rejected(420, "FLOOD_WAIT_7"),
    Rejected(429, "Too Many Requests: retry after 7", retry_after=7),
    Rejected(429, "Too Many Requests"),
    *(Rejected(code, "Internal Server Error") for code in (500, 502, 503, 504)),
)
"""What the Bot API may answer, in its own words."""
BLOCKED = Fault(Rejected(403, "Forbidden: bot was blocked by the user"))


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
