"""What the store keeps of moderation, and for how long, on both databases."""

from dataclasses import replace
from datetime import timedelta

import pytest

from buddybot.domain.kernel.ids import CaseId, RoomId
from buddybot.domain.kernel.messages import Address
from buddybot.domain.kernel.verdicts import Severity
from buddybot.domain.moderation.cases import Case, CasePriority, Concern, State
from buddybot.domain.moderation.desk import LineKind
from buddybot.domain.moderation.sanctions import Sanction, Step
from buddybot.domain.moderation.staff import Role, Shift
from buddybot.domain.moderation.workload import Course
from buddybot.runtime.storage.group_commit import GroupStore
from buddybot.store.moderation.desk import LINK, SESSION
from buddybot.store.moderation.records import CaseEntry, Proposal, Report
from buddybot.store.tx import Tx
from tests.store.cast import ANN, BEN, NOW, admit

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
CASE = Case(CaseId("0123456789ab"), Concern.MEAN, CasePriority.P3, RoomId("room"), ANN, BEN, NOW, alias="Tall Pine")
MUTE = Sanction("mute", CASE.id, BEN, ANN, Step.MUTE, 8, Severity.S3, 6, NOW, NOW + DAY)


@pytest.fixture
async def met(store: GroupStore) -> GroupStore:
    def meet(tx: Tx) -> None:
        admit(ANN, tx)
        admit(BEN, tx)
        tx.cases.add(CASE)

    await store.write(meet)
    return store


async def test_a_case_is_found_by_its_code_and_alias_and_changes(met: GroupStore) -> None:
    assert await met.read(lambda tx: tx.cases.named("01234567")) == CASE
    assert await met.read(lambda tx: tx.cases.named("0123")) is None
    twin = replace(CASE, id=CaseId("0123456789ff"), priority=CasePriority.P0)
    await met.write(lambda tx: tx.cases.add(twin))
    assert await met.read(lambda tx: tx.cases.named("01234567")) is None
    assert await met.read(lambda tx: [one.id for one in tx.cases.waiting(9)]) == [twin.id, CASE.id]
    assert await met.read(lambda tx: tx.cases.count_waiting()) == {"P0": 1, "P3": 1}
    assert await met.read(lambda tx: len(tx.cases.of_alias("Tall Pine"))) == 2
    closed = replace(twin, state=State.CLOSED, claimed_by=ANN, closed_at=NOW, appealed=True, verified=True)
    await met.write(lambda tx: tx.cases.save(closed))
    assert await met.read(lambda tx: tx.cases.about(BEN)) == [CASE, closed]
    assert await met.read(lambda tx: tx.cases.aliases()) == ["Tall Pine"]


async def test_what_was_shared_goes_on_its_own_clock(met: GroupStore) -> None:
    def share(tx: Tx) -> None:
        tx.records.report(CASE.id, Report(ANN, Concern.MEAN, NOW, verified=True, text="words"))
        tx.records.report(CASE.id, Report(None, Concern.MEAN, NOW, verified=False))

    async def texts() -> list[str]:
        return await met.read(lambda tx: [one.text for one in tx.records.reports(CASE.id)])

    await met.write(share)
    assert await met.write(lambda tx: tx.cases.expire_shared(NOW, NOW, NOW)) == 0
    await met.write(lambda tx: tx.cases.save(replace(CASE, closed_at=NOW, appealed=True)))
    assert await met.write(lambda tx: tx.cases.expire_shared(NOW + DAY, NOW, NOW)) == 0
    assert await texts() == ["words", ""]
    assert await met.write(lambda tx: tx.cases.expire_shared(NOW + DAY, NOW + DAY, NOW)) == 1
    assert await texts() == ["", ""]


async def test_a_record_is_added_to_and_its_words_can_be_erased(met: GroupStore) -> None:
    def write(tx: Tx) -> None:
        tx.records.add(CASE.id, CaseEntry(LineKind.NOTE, NOW, ANN, Role.LEAD, "a note"))
        tx.records.add(CASE.id, CaseEntry(LineKind.OPENED, NOW, None, Role.MEMBER))
        tx.sanctions.add(MUTE, "told")

    await met.write(write)
    assert await met.read(lambda tx: tx.sanctions.told(MUTE)) == "told"
    await met.write(lambda tx: tx.records.erase_notes(CASE.id))
    lines = await met.read(lambda tx: tx.records.lines(CASE.id))
    assert lines == [CaseEntry(LineKind.NOTE, NOW, ANN, Role.LEAD), CaseEntry(LineKind.OPENED, NOW, None, Role.MEMBER)]
    assert await met.read(lambda tx: tx.sanctions.told(MUTE)) == ""
    await met.write(lambda tx: tx.records.recuse(CASE.id, ANN))
    assert await met.read(lambda tx: (tx.records.recused(CASE.id, ANN), tx.records.recused(CASE.id, BEN))) == (
        True,
        False,
    )


async def test_sanctions_are_kept_changed_counted_and_dropped(met: GroupStore) -> None:
    await met.write(lambda tx: tx.sanctions.add(MUTE, "told"))
    assert await met.read(lambda tx: tx.sanctions.by_id("mute")) == MUTE
    assert await met.read(lambda tx: tx.sanctions.by_id("none")) is None
    undone = replace(MUTE, read_at=NOW, lifted_at=NOW, overturned_at=NOW, points=0, until=None)
    await met.write(lambda tx: tx.sanctions.save(undone))
    assert await met.read(lambda tx: tx.sanctions.of_member(BEN)) == [undone]
    assert await met.read(lambda tx: tx.sanctions.counted("step", NOW)) == {"mute": 1}
    assert await met.read(lambda tx: tx.sanctions.counted("rule", NOW, overturned=True)) == {"8": 1}
    assert await met.read(lambda tx: tx.sanctions.counted("detector", NOW + DAY)) == {}
    await met.write(lambda tx: tx.members.forget(BEN))
    (left,) = await met.read(lambda tx: tx.sanctions.of_case(CASE.id))
    assert left.about is None
    await met.write(lambda tx: tx.members.forget(ANN))
    (left,) = await met.read(lambda tx: tx.sanctions.of_case(CASE.id))
    assert left.by is None
    assert await met.write(lambda tx: tx.sanctions.expire(NOW + DAY)) == 1


async def test_what_holds_an_account_ends(met: GroupStore) -> None:
    await met.write(lambda tx: tx.sanctions.hold(b"hash", MUTE, NOW + DAY))
    await met.write(lambda tx: tx.sanctions.hold(b"hash", MUTE, NOW + 2 * DAY))
    assert await met.read(lambda tx: tx.sanctions.held(b"hash", NOW)) == {Step.MUTE: NOW + 2 * DAY}
    assert await met.read(lambda tx: tx.sanctions.held(b"hash", NOW + 2 * DAY)) == {}
    assert await met.write(lambda tx: tx.sanctions.expire_removals(NOW)) == 0
    await met.write(lambda tx: tx.sanctions.release("mute"))
    assert await met.write(lambda tx: tx.sanctions.expire_removals(NOW + 3 * DAY)) == 0


async def test_a_proposal_waits_for_a_week(met: GroupStore) -> None:
    await met.write(lambda tx: tx.records.propose("remove", CASE.id, Proposal(ANN, NOW, "8 30")))
    await met.write(lambda tx: tx.records.propose("remove", CASE.id, Proposal(BEN, NOW, "8 60")))
    assert await met.read(lambda tx: tx.records.proposed("remove", CASE.id)) == Proposal(BEN, NOW, "8 60")
    assert await met.write(lambda tx: tx.records.expire(NOW)) == 0
    await met.write(lambda tx: tx.records.settle("remove", CASE.id))
    assert await met.read(lambda tx: tx.records.proposed("remove", CASE.id)) is None


async def test_roles_come_and_go(met: GroupStore) -> None:
    here = Address("web", "main", "account")
    await met.write(lambda tx: tx.members.move(ANN, here))
    await met.write(lambda tx: tx.staff.appoint([(here, Role.LEAD)]))
    await met.write(lambda tx: tx.staff.vouch(here, Role.MODERATOR, NOW + HOUR))
    assert set(await met.read(lambda tx: tx.staff.roles(ANN, NOW))) == {Role.LEAD, Role.MODERATOR}
    assert await met.read(lambda tx: tx.staff.all(NOW)) == [ANN]
    assert await met.read(lambda tx: tx.staff.roles(ANN, NOW + HOUR)) == [Role.LEAD]
    await met.write(lambda tx: tx.staff.vouch(here, None, NOW))
    await met.write(lambda tx: tx.staff.appoint([]))
    assert await met.read(lambda tx: tx.staff.all(NOW)) == []


async def test_shifts_and_what_was_taken_on(met: GroupStore) -> None:
    await met.write(lambda tx: tx.staff.begin(ANN, NOW))
    assert await met.read(lambda tx: tx.staff.on_shift(NOW)) == [ANN]
    assert await met.read(lambda tx: tx.staff.on_shift(NOW + 4 * HOUR)) == []
    assert await met.write(lambda tx: tx.staff.end(ANN, NOW + HOUR)) == 1
    assert await met.write(lambda tx: tx.staff.end(ANN, NOW + HOUR)) == 0
    shift = Shift(NOW, NOW + HOUR)
    await met.write(lambda tx: tx.staff.begin(BEN, NOW))
    assert await met.read(lambda tx: tx.staff.shifts(ANN)) == [shift]
    assert set(await met.read(lambda tx: tx.staff.spans(NOW))) == {shift, Shift(NOW)}
    await met.write(lambda tx: tx.staff.look(ANN, CASE.id, NOW))
    await met.write(lambda tx: tx.staff.look(ANN, CASE.id, NOW + HOUR))
    assert await met.read(lambda tx: tx.staff.looked(ANN, NOW)) == 1
    await met.write(lambda tx: tx.staff.expire(NOW + DAY, NOW + DAY))
    assert await met.read(lambda tx: (tx.staff.looked(ANN, NOW), tx.staff.spans(NOW))) == (0, [])


async def test_doors_of_the_desk(met: GroupStore) -> None:
    link = await met.write(lambda tx: tx.desk.fresh(LINK, ANN, NOW))
    session = await met.write(lambda tx: tx.desk.fresh(SESSION, ANN, NOW))
    assert await met.write(lambda tx: tx.desk.take(session, NOW)) is None
    assert await met.write(lambda tx: tx.desk.take(link, NOW - HOUR)) is None
    assert await met.write(lambda tx: tx.desk.take(link, NOW)) is None
    whose = await met.read(lambda tx: tx.desk.whose(session, NOW))
    assert whose is not None
    assert whose[0] == ANN
    assert await met.read(lambda tx: tx.desk.whose(session, NOW - HOUR)) is None
    await met.write(lambda tx: tx.desk.seen(session, NOW + HOUR))
    assert await met.write(lambda tx: tx.desk.expire(NOW + HOUR)) == 0
    assert await met.write(lambda tx: tx.desk.expire(NOW + DAY)) == 1
    await met.write(lambda tx: tx.desk.end(session))
    assert await met.write(lambda tx: tx.desk.revoke(ANN)) == 0


async def test_a_case_that_ends_takes_all_its_words_along(met: GroupStore) -> None:
    def write(tx: Tx) -> None:
        tx.records.add(CASE.id, CaseEntry(LineKind.NOTE, NOW, ANN, Role.LEAD, "a note"))
        tx.sanctions.add(MUTE, "told")

    await met.write(write)
    assert await met.write(lambda tx: tx.cases.expire(NOW + DAY)) == 1
    assert await met.read(lambda tx: (tx.records.lines(CASE.id), tx.sanctions.of_member(BEN))) == ([], [])


async def test_the_desk_asks_for_ones_own_cases_kinds_left_out_and_how_cases_went(met: GroupStore) -> None:
    money = replace(CASE, id=CaseId("money-case-1"), concern=Concern.MONEY, priority=CasePriority.P2)

    def write(tx: Tx) -> None:
        tx.cases.add(money)
        tx.cases.save(replace(money, state=State.CLAIMED, claimed_by=ANN))
        for at in (HOUR, 2 * HOUR):
            tx.records.add(money.id, CaseEntry(LineKind.CLAIMED, NOW + at, ANN, Role.MODERATOR))
        tx.records.report(money.id, Report(BEN, Concern.MONEY, NOW, verified=True, text="words"))
        tx.records.report(money.id, Report(None, Concern.MONEY, NOW, verified=True))
        for number in range(3):
            tx.staff.look(ANN if number else BEN, CaseId(str(number)), NOW)

    await met.write(write)
    assert await met.read(lambda tx: [one.id for one in tx.cases.claimed_by(ANN)]) == [money.id]
    assert await met.read(lambda tx: [one.id for one in tx.cases.waiting(9, (Concern.MONEY,))]) == [CASE.id]
    assert await met.read(lambda tx: tx.cases.waiting(9, (Concern.MONEY, Concern.MEAN))) == []
    assert await met.read(lambda tx: len(tx.cases.waiting(9, ()))) == 2
    went = await met.read(lambda tx: tx.cases.courses(NOW + DAY))
    assert sorted(went, key=lambda one: one.priority) == [
        Course(CasePriority.P2, NOW, NOW + HOUR, None),
        Course(CasePriority.P3, NOW, None, None),
    ]
    await met.write(lambda tx: tx.cases.save(replace(CASE, state=State.CLOSED, closed_at=NOW + HOUR)))
    assert await met.read(lambda tx: len(tx.cases.courses(NOW + DAY))) == 1
    assert NOW + HOUR in await met.read(lambda tx: [one.closed_at for one in tx.cases.courses(NOW)])
    assert await met.read(lambda tx: tx.records.reporters(money.id)) == {BEN}
    assert await met.read(lambda tx: tx.records.length(money.id)) == 2
    assert await met.read(lambda tx: tx.staff.shares(NOW)) == [2, 1]
    assert await met.read(lambda tx: tx.staff.shares(NOW + HOUR)) == []


async def test_a_passkey_is_found_by_its_id_belongs_to_the_first_and_goes_unused(met: GroupStore) -> None:
    def keep(tx: Tx) -> None:
        tx.desk.keep_passkey(ANN, b"id", b"public", NOW)
        tx.desk.keep_passkey(BEN, b"id", b"other", NOW)
        tx.desk.keep_passkey(BEN, b"two", b"more", NOW)

    await met.write(keep)
    assert await met.read(lambda tx: tx.desk.passkey(b"id", NOW)) == (ANN, b"public")
    assert await met.read(lambda tx: tx.desk.passkey(b"none", NOW)) is None
    assert await met.read(lambda tx: [tx.desk.passkeys(one) for one in (ANN, BEN)]) == [1, 1]
    later = NOW + 89 * DAY
    await met.write(lambda tx: tx.desk.used_passkey(b"id", later))
    assert await met.read(lambda tx: tx.desk.passkey(b"two", NOW + 90 * DAY)) is None
    await met.write(lambda tx: tx.desk.expire(NOW + 91 * DAY))
    assert await met.read(lambda tx: [tx.desk.passkeys(one) for one in (ANN, BEN)]) == [1, 0]
    await met.write(lambda tx: tx.desk.drop_passkeys(ANN))
    assert await met.read(lambda tx: tx.desk.passkeys(ANN)) == 0
    await met.write(lambda tx: tx.desk.keep_passkey(ANN, b"id", b"public", NOW))
    assert await met.write(lambda tx: tx.desk.revoke(ANN)) == 0
    assert await met.read(lambda tx: tx.desk.passkey(b"id", NOW)) is None
