"""How much one browser may ask of the web chat. Crisis has its own bucket, so that no other talk can use it up."""

from buddybot_http.limits import Buckets, GuardBuckets, Networks

from buddybot.adapter import Reads


class Limits(Networks):
    """The buckets of the web chat."""

    def __init__(self, reads: Reads) -> None:
        super().__init__()
        self.session, self.crisis = Buckets(60, 2), Buckets(20, 1)
        self.phrase = GuardBuckets("phrase", 8, 0.1, reads)
