"""Points wait, begin, are taken back and come back, for one order and for many."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from attrs import evolve

from postpurchase.domain.customer import Birthday, Customer
from postpurchase.domain.decision import Declined, Granted
from postpurchase.domain.event import ReviewPosted, SignedUp
from postpurchase.domain.fact import Fact
from postpurchase.domain.history import History
from postpurchase.domain.moment import Duration
from postpurchase.domain.order import Cancellation, Line, Payment
from postpurchase.domain.pairs import Pairs
from postpurchase.domain.rule import Known
from postpurchase.domain.shipment import Direction, Scan, Shipment, Stage
from postpurchase.rewards import (
    After,
    Clawback,
    Earn,
    Earning,
    Entry,
    EntryKind,
    Ledger,
    Occasions,
    Programme,
    Terms,
    Trigger,
    UntilReturnWindow,
    UntilShipped,
    WaitFor,
    fold,
    hold,
    spend,
)
from postpurchase.rewards.programme import GivenBack, NotRecovered, TakenBack, UpToDate
from till import BASE, START, back, club, day, eur, ledger, order, points

AUCKLAND = ZoneInfo("Pacific/Auckland")


# ---------------------------------------------------------------- instants and zones


def test_points_wait_and_end_by_the_days_of_the_zone() -> None:
    """In Auckland it is the second of January already."""
    terms = Terms(zone=AUCKLAND, expiry=After(Duration(days=1)))
    earning = Earning(rules=(BASE,), zone=AUCKLAND)
    late = evolve(order("1", "9.00", 0), at=datetime(2026, 4, 3, 12, tzinfo=UTC))
    programme = Programme(
        name="nz", terms=terms, earning=earning, waiting=WaitFor(Duration(days=2))
    )
    (row,) = ledger(programme, History.of(late), [200])
    assert row.available_at == START + timedelta(days=2)
    assert row.expires_at == datetime(2026, 1, 5, 11, tzinfo=UTC)
    fall = Payment(id="p", at=datetime(2026, 4, 3, 12, tzinfo=UTC), amount=eur("9.00"))
    (row,) = ledger(programme, History.of(evolve(late, payments=(fall,))), [200])
    assert row.available_at == datetime(2026, 4, 5, 13, tzinfo=UTC)
    assert row.expires_at == datetime(2026, 4, 7, 12, tzinfo=UTC)


def test_only_orders_wait() -> None:
    programme = evolve(
        club(BASE, Earn(name="news", points=5, on=Trigger.SIGN_UP)), waiting=UntilShipped()
    )
    facts = (SignedUp(id="s", at=day(0), what="newsletter"), order("1", "9.00", 1))
    news, bought = ledger(programme, History.of(*facts), [2])
    assert (news.available_at, bought.available_at) == (day(0), None)
    assert (news.rule, bought.rule) == ("news", "base")
    both = club(BASE, Earn(name="more", points=2), Earn(name="none", points=1, minimum=eur("99")))
    assert [row.rule for row in ledger(both, History.of(facts[1]), [2])] == ["base+more"]


def test_days_of_the_year_are_those_of_the_zone_of_the_programme() -> None:
    programme = Programme(
        name="nz",
        terms=Terms(zone=AUCKLAND),
        earning=Earning(rules=(Earn(name="cake", points=50, on=Trigger.BIRTHDAY),), zone=AUCKLAND),
        occasions=Occasions(),
    )
    her = Customer(id="C1", at=day(0), birthday=Birthday(month=3, day=5))
    (row,) = ledger(programme, History.of(her), [200])
    assert (row.key, row.at) == ("earn:birthday:2026", datetime(2026, 3, 4, 11, tzinfo=UTC))


# ---------------------------------------------------------------- activation and refunds


def delivered(id: str, on: float) -> tuple[Fact, ...]:
    scan = Scan(id=f"d{id}", at=day(on), stage=Stage.DELIVERED)
    return (Shipment(id=f"s{id}", at=day(on - 1), order=id, scans=(scan,)),)


def test_every_order_that_is_there_begins_by_itself() -> None:
    programme = evolve(
        club(BASE),
        waiting=UntilReturnWindow(Duration(days=2)),
        terms=Terms(expiry=After(Duration(days=9))),
    )
    facts = (
        SignedUp(id="s", at=day(0), what="newsletter"),
        order("1", "9.00", 0),
        order("2", "8.00", 0),
        order("3", "7.00", 0, back("7.00", 1)),
        order("4", "6.00", 0),
        *delivered("2", 3),
        *delivered("3", 3),
        *delivered("4", 4),
    )
    rows = ledger(programme, History.of(*facts), [0, 2, 5, 9])
    begun = {row.key: row.available_at for row in rows if row.kind is EntryKind.ACTIVATE}
    assert begun == {"activate:earn:order:2": day(5), "activate:earn:order:4": day(6)}
    assert fold(rows, at=day(9)).available == 14
    assert fold(rows, at=day(9)).pending == 9
    known = Known(Ledger(rows))
    assert programme.decide(History.of(*facts), at=day(20), known=known) == Declined((UpToDate(),))


def test_points_wait_for_the_last_parcel_of_their_own_order() -> None:
    def parcel(id: str, order: str, on: float, direction: Direction) -> Shipment:
        scan = Scan(id=f"x{id}", at=day(on), stage=Stage.IN_TRANSIT)
        return Shipment(id=id, at=day(on), order=order, scans=(scan,), direction=direction)

    facts = (
        order("1", "9.00", 0),
        order("2", "9.00", 0),
        parcel("a", "1", 2, Direction.OUTBOUND),
        parcel("b", "2", 4, Direction.OUTBOUND),
        parcel("c", "1", 5, Direction.RETURN),
    )
    waiting = UntilShipped()
    history = History.of(*facts)
    assert [waiting.later(each, history, AUCKLAND) for each in history.orders] == [day(2), day(4)]


def test_a_deed_that_is_no_order_does_not_stop_the_others() -> None:
    programme = club(BASE, Earn(name="words", points=2, on=Trigger.REVIEW))
    said = ReviewPosted(id="a", at=day(0), rating=1, best=5, product="p")
    facts = History.of(said, order("1", "9.00", 1, back("4.00", 2)))
    assert points(ledger(programme, facts, [3])) == {
        "earn:review:a": 2,
        "earn:order:1": 9,
        "clawback:order:1:r1": 4,
    }


def test_one_refund_gives_points_back_once_however_little() -> None:
    programme = Programme(name="none", earning=Earning(rules=()))
    paid_with = (
        Entry(key="gift", kind=EntryKind.ADJUST, points=100, at=day(0)),
        spend(10, order="1", at=day(0)),
    )
    bought = order("1", "100.00", 0)
    for amount, points_back in (("5.00", 0), ("10.00", 1), ("15.00", 1), ("100.00", 10)):
        refunded = History.of(evolve(bought, refunds=(back(amount, 5),)))
        decision = programme.decide(refunded, at=day(5), known=Known(Ledger(paid_with)))
        if not points_back:
            assert decision == Declined((UpToDate(),))
            continue
        assert isinstance(decision, Granted)
        assert decision.reasons == (GivenBack("1", points_back),)
        rows = (*paid_with, *decision.value.entries)
        assert points(decision.value.entries) == {"restore:order:1:r1:gift": points_back}
        assert not programme.decide(refunded, at=day(6), known=Known(Ledger(rows)))
        larger = back("90.00", 5)
        changed = History.of(evolve(bought, refunds=(larger,)))
        assert not programme.decide(changed, at=day(6), known=Known(Ledger(rows)))
        by_hand = evolve(rows[-1], key="by hand", points=points_back)
        again = Known(Ledger((*paid_with, by_hand)))
        assert not programme.decide(refunded, at=day(6), known=again)


def test_orders_and_refunds_with_colons_in_their_ids_are_not_mixed_up() -> None:
    """Order 1:2 with its refund 3, and order 1 with its refund 2:3."""
    programme = club(BASE)
    one = order("1", "10.00", 0, back("4.00", 2, "2:3"))
    other = order("1:2", "20.00", 0, back("5.00", 2, "3"))
    rows: tuple[Entry, ...] = (
        Entry(key="gift", kind=EntryKind.ADJUST, points=100, at=day(0)),
        spend(10, order="1", at=day(0)),
        spend(20, order="1:2", at=day(0)),
    )
    decision = programme.decide(History.of(one, other), at=day(3), known=Known(Ledger(rows)))
    assert isinstance(decision, Granted)
    assert points(decision.value.entries) == {
        "earn:order:1": 10,
        "earn:order:1:2": 20,
        "clawback:order:1:2:3": 4,
        "clawback:order:1%3A2:3": 5,
        "restore:order:1:2%3A3:gift": 4,
        "restore:order:1%3A2:3:gift": 5,
    }
    rows += decision.value.entries
    again = programme.decide(History.of(one, other), at=day(4), known=Known(Ledger(rows)))
    assert again == Declined((UpToDate(),))


def test_units_that_were_cancelled_give_their_share_back() -> None:
    programme = Programme(name="none", earning=Earning(rules=()))
    paid_with = (
        Entry(key="gift", kind=EntryKind.ADJUST, points=10, at=day(0)),
        spend(10, order="1", at=day(0)),
    )
    bought = order("1", "50.00", 0)
    two = (*bought.lines, Line(id="l2", unit_price=eur("50.00")))
    one = Cancellation(id="c", at=day(2), order="1", lines=Pairs({"l2": 1}))
    gone = evolve(bought, lines=two, cancellations=(one,))
    decision = programme.decide(History.of(gone), at=day(3), known=Known(Ledger(paid_with)))
    assert isinstance(decision, Granted)
    assert points(decision.value.entries) == {"restore:order:1:c:gift": 5}


def test_what_was_not_spent_does_not_come_back() -> None:
    programme = Programme(name="none", earning=Earning(rules=()))
    refused = Known(Ledger((spend(10, order="1", at=day(0)),)))
    refunded = History.of(order("1", "50.00", 0, back("50.00", 2)))
    assert not programme.decide(refunded, at=day(3), known=refused)


def test_a_cancelled_order_gives_all_its_points_back() -> None:
    programme = Programme(name="none", earning=Earning(rules=()))
    paid_with = (
        Entry(key="gift", kind=EntryKind.ADJUST, points=10, at=day(0)),
        spend(10, order="1", at=day(0)),
    )
    gone = evolve(
        order("1", "50.00", 0), cancellations=(Cancellation(id="c", at=day(2), order="1"),)
    )
    decision = programme.decide(History.of(gone), at=day(3), known=Known(Ledger(paid_with)))
    assert isinstance(decision, Granted)
    assert points(decision.value.entries) == {"restore:order:1:c:gift": 10}


def test_a_refund_above_the_order_takes_no_more_than_was_given() -> None:
    much = evolve(back("9.00", 2), amount=eur("900.00"), lines=())
    rows = ledger(club(BASE), History.of(order("1", "9.00", 0, much)), [0, 3])
    assert points(rows) == {"earn:order:1": 9, "clawback:order:1:r1": 9}


def test_points_that_ran_out_idle_cannot_be_taken_back() -> None:
    programme = evolve(
        club(BASE),
        clawback=Clawback.WITHIN_BALANCE,
        terms=Terms(idle=After(Duration(days=9))),
    )
    refunded = History.of(order("1", "9.00", 0, back("9.00", 30)))
    rows = ledger(programme, refunded, [0])
    decision = programme.decide(refunded, at=day(31), known=Known(Ledger(rows)))
    assert isinstance(decision, Granted)
    assert decision.reasons == (NotRecovered("order:1", 9),)
    assert points(decision.value.entries) == {"clawback:order:1:r1": 0}


def test_points_on_hold_are_out_of_reach_of_a_refund_and_it_says_so() -> None:
    programme = evolve(club(BASE), clawback=Clawback.WITHIN_BALANCE)
    bought = order("1", "9.00", 0)
    rows = ledger(programme, History.of(bought), [0])
    rows += (hold(7, order="2", at=day(1), lasts=Duration(days=9)),)
    refunded = History.of(evolve(bought, refunds=(back("9.00", 2),)))
    decision = programme.decide(refunded, at=day(3), known=Known(Ledger(rows)))
    assert isinstance(decision, Granted)
    assert decision.reasons == (TakenBack("order:1", 2), NotRecovered("order:1", 7))
