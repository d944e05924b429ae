"""The one thing that changes anything: a transaction, with a store for each noun."""

from buddybot.domain.kernel.ids import CaseId
from buddybot.store.care.mentors import MentorStore
from buddybot.store.care.own_dates import OwnDateStore
from buddybot.store.care.own_days import OwnDayStore
from buddybot.store.care.pair_care import PairCareStore
from buddybot.store.care.stories import StoryStore
from buddybot.store.channels.channels import ChannelStore
from buddybot.store.channels.places import PlaceStore
from buddybot.store.clock import ClockStore
from buddybot.store.kernel.db import Db
from buddybot.store.kernel.inbox import InboxStore
from buddybot.store.kernel.outbox import OutboxStore
from buddybot.store.kernel.questions import QuestionStore
from buddybot.store.kernel.receipts import ReceiptStore
from buddybot.store.kernel.timers import TimerStore
from buddybot.store.matching.gatherings import GatheringStore
from buddybot.store.matching.offers import OfferStore
from buddybot.store.matching.outcomes import OutcomeStore
from buddybot.store.matching.pool import PoolStore
from buddybot.store.matching.ties import TieStore
from buddybot.store.matching.waits import WaitStore
from buddybot.store.moderation.audit import AuditStore
from buddybot.store.moderation.cases import CaseStore
from buddybot.store.moderation.desk import DeskKeys
from buddybot.store.moderation.records import RecordStore
from buddybot.store.moderation.sanctions import SanctionStore
from buddybot.store.moderation.staff import StaffStore
from buddybot.store.moderation.threads import CaseThreadStore
from buddybot.store.people.members import MemberStore
from buddybot.store.people.one_time_words import PassStore
from buddybot.store.programmes.counted import CountedStore
from buddybot.store.programmes.invites import InviteStore
from buddybot.store.programmes.published import PublishedStore
from buddybot.store.shared_buckets import SharedBucketStore
from buddybot.store.talk.on_call import OnCallStore
from buddybot.store.talk.pending import PendingStore
from buddybot.store.talk.push_addresses import PushStore
from buddybot.store.talk.rooms import RoomStore
from buddybot.store.talk.send_rates import SendRateStore
from buddybot.store.talk.tags import TagStore
from buddybot.store.talk.threads import ThreadStore
from buddybot.store.vitals import VitalsStore


class Tx:
    """What a closure gets. It commits or vanishes as a whole; a closure may run twice, so it touches nothing else."""

    def __init__(self, db: Db) -> None:
        self.db = db
        self.vault = db.vault
        changed: set[CaseId] = set()
        self.audit = AuditStore(db)
        self.desk = DeskKeys(db)
        self.records = RecordStore(db, changed)
        self.sanctions = SanctionStore(db, changed)
        self.staff = StaffStore(db)
        self.tags = TagStore(db)
        self.cases = CaseStore(db, changed)
        self.case_threads = CaseThreadStore(db)
        self.channels = ChannelStore(db)
        self.clock = ClockStore(db)
        self.buckets = SharedBucketStore(db)
        self.counted = CountedStore(db)
        self.flows = SendRateStore(db)
        self.gatherings = GatheringStore(db)
        self.inbox = InboxStore(db)
        self.invites = InviteStore(db)
        self.members = MemberStore(db)
        self.mentors = MentorStore(db)
        self.offers = OfferStore(db)
        self.oncall = OnCallStore(db)
        self.outbox = OutboxStore(db)
        self.outcomes = OutcomeStore(db)
        self.own = OwnDayStore(db)
        self.own_dates = OwnDateStore(db)
        self.pair_care = PairCareStore(db)
        self.passes = PassStore(db)
        self.pending = PendingStore(db)
        self.places = PlaceStore(db, self.members)
        self.pool = PoolStore(db)
        self.published = PublishedStore(db)
        self.push = PushStore(db)
        self.questions = QuestionStore(db)
        self.receipts = ReceiptStore(db)
        self.rooms = RoomStore(db)
        self.stories = StoryStore(db)
        self.threads = ThreadStore(db, self.members)
        self.ties = TieStore(db)
        self.timers = TimerStore(db)
        self.waits = WaitStore(db)
        self.vitals = VitalsStore(db)
