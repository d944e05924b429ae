"""The one thing that changes anything: a transaction, with a store for each noun."""

from buddybot.store.audit import Audit
from buddybot.store.cases import Cases
from buddybot.store.channels import Channels
from buddybot.store.db import Db
from buddybot.store.desk import DeskKeys
from buddybot.store.flows import Flows
from buddybot.store.gatherings import Gatherings
from buddybot.store.inbox import Inbox
from buddybot.store.members import Members
from buddybot.store.offers import Offers
from buddybot.store.oncall import OnCall
from buddybot.store.outbox import Outbox
from buddybot.store.outcomes import Outcomes
from buddybot.store.passes import Passes
from buddybot.store.pending import Pending
from buddybot.store.places import Places
from buddybot.store.receipts import Receipts
from buddybot.store.records import Records
from buddybot.store.rooms import Rooms
from buddybot.store.sanctions import Sanctions
from buddybot.store.staff import Staff
from buddybot.store.tags import Tags
from buddybot.store.ties import Ties
from buddybot.store.timers import Timers


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
