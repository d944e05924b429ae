"""The one thing that changes anything: a transaction, with a store for each noun."""

from collections.abc import Callable
from functools import cached_property
from typing import Generic, TypeVar

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
from buddybot.store.lines import LineStore
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
from buddybot.store.people.bot_accounts import BotAccountStore
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
from buddybot.store.uploads import UploadStore
from buddybot.store.vitals import VitalsStore

S = TypeVar("S")


class _Made(Generic[S]):
    """Lazy attribute (non-data descriptor): a store is made when it is first asked for on a connection.

    One that notes something of its own unit is not `kept`, and made for each.
    """

    def __init__(self, make: Callable[[Db], S], *, kept: bool = True) -> None:
        self._make, self._kept, self._name = make, kept, ""

    def __set_name__(self, owner: "type[Tx]", name: str) -> None:
        self._name = name

    def __get__(self, tx: "Tx", owner: "type[Tx]") -> S:
        store = self._make(tx.db)
        tx.__dict__[self._name] = store
        if self._kept:
            tx.db.stores[self._name] = store
        return store


class Tx:
    """Open transaction of a closure, which may run twice and touches nothing else: commits or vanishes as a whole."""

    accounts = _Made(BotAccountStore)
    audit = _Made(AuditStore)
    buckets = _Made(SharedBucketStore)
    desk = _Made(DeskKeys)
    staff = _Made(StaffStore)
    tags = _Made(TagStore)
    case_threads = _Made(CaseThreadStore)
    channels = _Made(ChannelStore)
    clock = _Made(ClockStore)
    counted = _Made(CountedStore)
    flows = _Made(SendRateStore)
    gatherings = _Made(GatheringStore)
    inbox = _Made(InboxStore)
    invites = _Made(InviteStore)
    lines = _Made(LineStore)
    members = _Made(MemberStore)
    mentors = _Made(MentorStore)
    offers = _Made(OfferStore)
    oncall = _Made(OnCallStore)
    outbox = _Made(OutboxStore, kept=False)
    outcomes = _Made(OutcomeStore)
    own = _Made(OwnDayStore)
    own_dates = _Made(OwnDateStore)
    pair_care = _Made(PairCareStore)
    passes = _Made(PassStore)
    pending = _Made(PendingStore)
    pool = _Made(PoolStore)
    published = _Made(PublishedStore)
    push = _Made(PushStore)
    questions = _Made(QuestionStore)
    receipts = _Made(ReceiptStore)
    rooms = _Made(RoomStore)
    stories = _Made(StoryStore)
    ties = _Made(TieStore)
    timers = _Made(TimerStore, kept=False)
    uploads = _Made(UploadStore)
    waits = _Made(WaitStore)
    vitals = _Made(VitalsStore)

    def __init__(self, db: Db) -> None:
        self.__dict__.update(db.stores)
        self.db = db
        self.vault = db.vault
        self.changed_cases: set[CaseId] = set()
        """Cases that were changed in it, or whose record was."""
        db.memo.begin()

    @cached_property
    def records(self) -> RecordStore:
        """Rows of what moderators wrote down of cases."""
        return RecordStore(self.db, self.changed_cases)

    @cached_property
    def sanctions(self) -> SanctionStore:
        """Rows of what was done to whom."""
        return SanctionStore(self.db, self.changed_cases)

    @cached_property
    def cases(self) -> CaseStore:
        """Rows of what was reported."""
        return CaseStore(self.db, self.changed_cases)

    @cached_property
    def places(self) -> PlaceStore:
        """The places of platforms."""
        return PlaceStore(self.db, self.members)

    @cached_property
    def threads(self) -> ThreadStore:
        """Which thread of a chat shows which conversation."""
        return ThreadStore(self.db, self.members)
