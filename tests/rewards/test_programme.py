"""A programme over a customer's life: what is due, and what a refund takes back."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from attrs import evolve

from loyalty import BASE, due, order, refund
from postpurchase.domain.decision import Declined, Granted
from postpurchase.domain.fact import Fact
from postpurchase.domain.history import History
from postpurchase.domain.moment import Duration, Leap, MonthDay
from postpurchase.domain.order import Cancellation
from postpurchase.domain.rule import Known
from postpurchase.domain.shipment import Scan, Shipment, Stage
from postpurchase.errors import InvalidProgramme
from postpurchase.rewards import (
    After,
    Clawback,
    Earn,
    Earning,
    Entry,
    EntryKind,
    Ledger,
    LedgerState,
    Never,
    OnDays,
    Posting,
    Programme,
    RoundTo,
    Terms,
    UntilReturnWindow,
    UntilShipped,
    WaitFor,
    fold,
)
from postpurchase.rewards.programme import (
    CanBeUsed,
    NotRecovered,
    TakenBack,
    UpToDate,
)
from till import START, day, eur


def written(programme: Programme, *facts: Fact, until: float) -> tuple[Entry, ...]:
    """The whole ledger of somebody who is asked about once a day."""
    entries: tuple[Entry, ...] = ()
    for number in range(int(until) + 1):
        entries += due(programme, History.of(*facts), day(number), entries)
    return entries


def test_what_is_earned_is_written_once() -> None:
    programme = Programme(name="club", earning=BASE)
    history = History.of(order("19.99"))
    decision = programme.decide(history, at=day(1))
    assert isinstance(decision, Granted)
    assert isinstance(decision.value, Posting)
    (entry,) = decision.value.entries
    assert (entry.key, entry.points, entry.at) == ("earn:order:1", 19, START)
    assert entry.available_at == START
    assert entry.rule == "base"
    assert decision.value.awards[0].points == 19
    again = programme.decide(history, at=day(2), known=Known(Ledger((entry,))))
    assert again == Declined((UpToDate(),))
    assert due(programme, history, day(9)) == (entry,)


def test_points_expire_as_the_terms_say() -> None:
    terms = Terms(zone=ZoneInfo("Europe/Berlin"), expiry=After(Duration(months=12)))
    programme = Programme(name="club", terms=terms, earning=evolve(BASE, zone=terms.zone))
    (entry,) = due(programme, History.of(order("10.00")), day(0))
    assert entry.expires_at == datetime(2027, 1, 1, 23, tzinfo=UTC)


@pytest.mark.parametrize(
    ("round_to", "last"),
    [
        (RoundTo.DAY, "2026-05-15"),
        (RoundTo.MONTH, "2026-05-31"),
        (RoundTo.QUARTER, "2026-06-30"),
        (RoundTo.HALF_YEAR, "2026-06-30"),
        (RoundTo.YEAR, "2026-12-31"),
    ],
)
def test_an_expiry_is_completed_to_the_calendar(round_to: RoundTo, last: str) -> None:
    ends = After(Duration(months=1), round_to).ends(datetime(2026, 4, 15, 9, tzinfo=UTC), UTC)
    assert ends - timedelta(days=1) == datetime.fromisoformat(f"{last}T00:00+00:00")


def test_the_second_half_of_a_year_ends_in_december() -> None:
    ends = After(Duration(), RoundTo.HALF_YEAR).ends(datetime(2026, 7, 1, tzinfo=UTC), UTC)
    assert ends == datetime(2027, 1, 1, tzinfo=UTC)


def test_points_run_out_on_the_next_of_stated_days() -> None:
    days = OnDays((MonthDay(6, 30), MonthDay(12, 31)))
    assert days.ends(datetime(2026, 3, 1, tzinfo=UTC), UTC) == datetime(2026, 7, 1, tzinfo=UTC)
    assert days.ends(datetime(2026, 6, 30, tzinfo=UTC), UTC) == datetime(2026, 7, 1, tzinfo=UTC)
    assert days.ends(datetime(2026, 7, 1, tzinfo=UTC), UTC) == datetime(2027, 1, 1, tzinfo=UTC)
    leap = OnDays((MonthDay(2, 29),), Leap.MAR1)
    assert leap.ends(datetime(2026, 1, 1, tzinfo=UTC), UTC) == datetime(2026, 3, 2, tzinfo=UTC)
    assert Never().ends(START, UTC) is None


def test_terms_that_cannot_be_meant_are_refused() -> None:
    with pytest.raises(InvalidProgramme, match="one day of the year or more"):
        OnDays(())
    with pytest.raises(InvalidProgramme, match="more than a day after"):
        Terms(idle=After(Duration()))
    with pytest.raises(InvalidProgramme, match="count days in one zone"):
        Programme(name="club", terms=Terms(zone=ZoneInfo("Asia/Kolkata")), earning=BASE)


def test_points_wait_for_a_time() -> None:
    programme = Programme(name="club", earning=BASE, waiting=WaitFor(Duration(days=14)))
    (entry,) = due(programme, History.of(order("10.00")), day(0))
    assert entry.available_at == day(14)


def parcel(*scans: Scan, on: float = 1) -> Shipment:
    return Shipment(id="s1", at=day(on), order="1", scans=scans)


def test_points_wait_until_everything_is_on_its_way() -> None:
    programme = Programme(name="club", earning=BASE, waiting=UntilShipped())
    (earned,) = due(programme, History.of(order("10.00")), day(0))
    assert earned.available_at is None
    assert due(programme, History.of(order("10.00")), day(9), (earned,)) == ()
    history = History.of(order("10.00"), parcel(on=3))
    decision = programme.decide(history, at=day(4), known=Known(Ledger((earned,))))
    assert isinstance(decision, Granted)
    (go,) = decision.value.entries
    assert (go.kind, go.ref, go.available_at) == (EntryKind.ACTIVATE, "earn:order:1", day(4))
    assert decision.reasons == (CanBeUsed("order:1", day(4)),)
    assert due(programme, history, day(5), (earned, go)) == ()


def test_points_wait_until_the_return_window_has_closed() -> None:
    terms = Terms(expiry=After(Duration(days=10)))
    programme = Programme(
        name="club", earning=BASE, terms=terms, waiting=UntilReturnWindow(Duration(days=30))
    )
    history = History.of(
        order("10.00"), parcel(Scan(at=day(5), stage=Stage.DELIVERED, recorded_at=day(5)))
    )
    assert [entry.kind for entry in due(programme, history, day(4))] == [EntryKind.EARN]
    entries = due(programme, history, day(5))
    assert entries[1].available_at == day(35)
    state = fold(entries, at=day(35))
    assert state.available == 10
    assert state.expiries[0].at == datetime(2026, 2, 16, tzinfo=UTC)
    refunded = History.of(order("10.00", refund("10.00", 4)), *history.shipments)
    assert [e.kind for e in due(programme, refunded, day(4), entries[:1])] == [EntryKind.CLAWBACK]


@pytest.mark.parametrize(
    ("policy", "taken", "balance"),
    [
        (Clawback.ONLY_PENDING, 0, 50),
        (Clawback.WITHIN_BALANCE, 50, 0),
        (Clawback.ALLOW_NEGATIVE, 150, -100),
    ],
)
def test_a_refund_takes_back_what_its_policy_allows(
    policy: Clawback, taken: int, balance: int
) -> None:
    programme = Programme(name="club", earning=BASE, clawback=policy)
    (earned,) = due(programme, History.of(order("150.00")), day(0))
    before = (earned, Entry(key="s", kind=EntryKind.SPEND, points=100, at=day(1)))
    history = History.of(order("150.00", refund("150.00", 2)))
    decision = programme.decide(history, at=day(2), known=Known(Ledger(before)))
    assert isinstance(decision, Granted)
    (claw,) = decision.value.entries
    assert (claw.key, claw.points, claw.ref) == ("clawback:order:1:r1", taken, "earn:order:1")
    assert fold((*before, claw), at=day(2)).balance == balance
    missing = (NotRecovered("order:1", 150 - taken),) if taken < 150 else ()
    back = (TakenBack("order:1", taken),) if taken else ()
    assert decision.reasons == (*back, *missing)
    assert due(programme, history, day(3), (*before, claw)) == ()


def test_pending_points_are_taken_back_first() -> None:
    programme = Programme(
        name="club", earning=BASE, clawback=Clawback.ONLY_PENDING, waiting=UntilShipped()
    )
    entries = written(programme, order("100.00", refund("30.00", 2)), until=3)
    assert [entry.points for entry in entries] == [100, 30]


def test_refunds_in_parts_take_back_what_one_refund_does() -> None:
    programme = Programme(
        name="club", earning=Earning(rules=(Earn(name="b", points=1, per=eur("10.00")),))
    )
    parts = (refund("9.00", 1, "a"), refund("9.00", 2, "b"), refund("3.90", 3, "c"))
    entries = written(programme, order("21.90", *parts), until=4)
    assert [entry.points for entry in entries] == [2, 1, 1]
    whole = written(programme, order("21.90", refund("21.90", 1)), until=4)
    assert fold(entries, at=day(4)).available == fold(whole, at=day(4)).available == 0


def test_a_cancelled_order_keeps_nothing() -> None:
    programme = Programme(name="club", earning=BASE)
    gone = evolve(order("10.00"), cancellations=(Cancellation(id="c", at=day(1)),))
    assert fold(written(programme, gone, until=2), at=day(2)).available == 0


def state(points: int) -> LedgerState:
    return LedgerState(at=START, available=points)
