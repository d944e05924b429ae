"""The one thing that changes anything: a transaction, with a store for each noun."""

from buddybot.store.channels.channels import Channels
from buddybot.store.channels.places import Places
from buddybot.store.kernel.db import Db
from buddybot.store.kernel.inbox import Inbox
from buddybot.store.kernel.outbox import Outbox
from buddybot.store.kernel.receipts import Receipts
from buddybot.store.kernel.timers import Timers
from buddybot.store.matching.gatherings import Gatherings
from buddybot.store.matching.offers import Offers
from buddybot.store.matching.outcomes import Outcomes
from buddybot.store.matching.ties import Ties
from buddybot.store.moderation.audit import Audit
from buddybot.store.moderation.cases import Cases
from buddybot.store.moderation.desk import DeskKeys
from buddybot.store.moderation.records import Records
from buddybot.store.moderation.sanctions import Sanctions
from buddybot.store.moderation.staff import Staff
from buddybot.store.people.members import Members
from buddybot.store.people.one_time_words import Passes
from buddybot.store.talk.on_call import OnCall
from buddybot.store.talk.pending import Pending
from buddybot.store.talk.rooms import Rooms
from buddybot.store.talk.send_rates import Flows
from buddybot.store.talk.tags import Tags


class Tx:
    """What a closure gets. It commits or vanishes as a whole; a closure may run twice, so it touches nothing else."""

    def __init__(self, db: Db) -> None:
        self.db = db
        self.vault = db.vault
        self.audit = Audit(db)
        self.desk = DeskKeys(db)
        self.records = Records(db)
        self.sanctions = Sanctions(db)
        self.staff = Staff(db)
        self.tags = Tags(db)
        self.cases = Cases(db)
        self.channels = Channels(db)
        self.flows = Flows(db)
        self.gatherings = Gatherings(db)
        self.inbox = Inbox(db)
        self.members = Members(db)
        self.offers = Offers(db)
        self.oncall = OnCall(db)
        self.outbox = Outbox(db)
        self.outcomes = Outcomes(db)
        self.passes = Passes(db)
        self.pending = Pending(db)
        self.places = Places(db, self.members)
        self.receipts = Receipts(db)
        self.rooms = Rooms(db)
        self.ties = Ties(db)
        self.timers = Timers(db)
