"""How much one browser may ask of the web chat. Crisis has its own bucket, so that no other talk can use it up."""

from buddybot_http.limits import Buckets, Networks


class Limits(Networks):
    """The buckets of the web chat."""

    def __init__(self) -> None:
        super().__init__()
        self.session, self.crisis, self.phrase = Buckets(60, 2), Buckets(20, 1), Buckets(8, 0.1)
