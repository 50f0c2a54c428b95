"""Who is offered what, and what comes regularly."""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import ClassVar
from zoneinfo import ZoneInfo

import pytest
from attrs import evolve, frozen
from typing_extensions import override

from postpurchase.domain.customer import Customer
from postpurchase.domain.decision import Declined, Granted, Reason, Says, says
from postpurchase.domain.history import History
from postpurchase.domain.moment import Duration, Frequency, Interval, Recurrence, Spell
from postpurchase.domain.money import Money
from postpurchase.domain.offer import Coupon, Percent, StoreCredit
from postpurchase.domain.order import Line, Order, Refund, RefundLine
from postpurchase.domain.pairs import Pairs
from postpurchase.domain.product import Catalog, Product, Variant
from postpurchase.domain.rule import Finding, Known, Rule, Verdict
from postpurchase.errors import InvalidProgramme
from postpurchase.offers import (
    Aim,
    OfferCalendar,
    PercentOff,
    Personal,
    Promotion,
    Regular,
    Sale,
    behaviour,
)
from postpurchase.offers.calendar import NothingOn, NothingToCome, OnNow
from postpurchase.offers.personal import (
    ForEverybody,
    LastBought,
    MostlyBuys,
    NothingBought,
    OrderedSoFar,
    TypicalPrice,
    WorthSoFar,
)
from till import START, day, eur


def coupon(code: str) -> Coupon:
    return Coupon(code=code, off=Percent(Decimal(10)))


def order(id: str, on: float, *lines: Line, currency: str = "EUR") -> Order:
    return Order(id=id, at=day(on), currency=currency, lines=lines)


def line(amount: str, id: str, category: str = "", quantity: int = 1) -> Line:
    return Line(id=id, sku=id, unit_price=eur(amount), category=category, quantity=quantity)


CATALOG = Catalog(
    products=(
        Product(id="K", title="Knife", category="knives", variants=(Variant(sku="knife"),)),
        Product(id="T", title="Towel", category="linen", variants=(Variant(sku="towel"),)),
    ),
    parents=Pairs(knives="kitchen"),
)
HISTORY = History.of(
    Customer(id="C1", at=START),
    order("1", 0, line("80.00", "knife", quantity=2), line("9.00", "towel")),
    order("2", 10, line("20.00", "towel")),
)


def test_behaviour_is_what_was_kept() -> None:
    seen = behaviour(HISTORY, at=day(12), catalog=CATALOG)
    assert seen is not None
    assert (seen.category, seen.price, seen.days) == ("knives", eur("20.00"), 2)
    assert (seen.value, seen.orders, seen.last_at) == (eur("189.00"), 2, day(10))
    refund = Refund(
        id="r",
        at=day(11),
        amount=eur("160.00"),
        lines=(RefundLine(line="knife", quantity=2, amount=eur("160.00")),),
    )
    returned = evolve(HISTORY.orders[0], refunds=(refund,), recorded_at=day(11))
    after = behaviour(HISTORY.add(returned), at=day(12), catalog=CATALOG)
    assert after is not None
    assert (after.category, after.value) == ("linen", eur("29.00"))
    assert behaviour(History.of(), at=day(1)) is None
    unknown = behaviour(HISTORY, at=day(12))
    assert unknown is not None
    assert unknown.category == ""
    dollars = Order(
        id="3",
        at=day(11),
        currency="USD",
        lines=(Line(id="x", unit_price=Money.parse("5.00 USD"), category="toys"),),
    )
    there = behaviour(HISTORY.add(dollars), at=day(12), catalog=CATALOG)
    assert there is not None
    assert (there.category, there.value, there.orders) == ("toys", Money.parse("5.00 USD"), 1)


KNIVES = Aim(name="knives", offer=coupon("KNIFE"), categories=("kitchen",), until=14)
RECENT = Aim(name="recent", offer=coupon("AGAIN"), until=14, lasts=Duration(days=30))


def offered(at: float, *aims: Aim, fallback: StoreCredit | None = None) -> object:
    policy = Personal(aims=aims, fallback=fallback)
    decision = policy.decide(HISTORY, at=day(at), known=Known(CATALOG))
    return (decision.value.name, decision.reasons) if decision else decision.reasons


def test_the_offer_with_most_conditions_wins() -> None:
    assert offered(12, RECENT, KNIVES) == ("knives", (MostlyBuys("knives"), LastBought(2)))
    assert offered(12, RECENT) == ("recent", (LastBought(2),))
    assert offered(12, evolve(RECENT, name="a"), RECENT) == ("a", (LastBought(2),))


def test_every_condition_is_judged() -> None:
    for aim, reason in (
        (Aim(name="x", offer=coupon("X"), at_least=eur("20.00")), TypicalPrice(eur("20.00"))),
        (Aim(name="x", offer=coupon("X"), at_most=eur("20.00")), TypicalPrice(eur("20.00"))),
        (Aim(name="x", offer=coupon("X"), since=2), LastBought(2)),
        (Aim(name="x", offer=coupon("X"), until=2), LastBought(2)),
        (Aim(name="x", offer=coupon("X"), worth=eur("189.00")), WorthSoFar(eur("189.00"))),
        (Aim(name="x", offer=coupon("X"), orders=2), OrderedSoFar(2)),
    ):
        assert offered(12, aim) == ("x", (reason,))
    for aim in (
        Aim(name="x", offer=coupon("X"), categories=("linen",)),
        Aim(name="x", offer=coupon("X"), at_least=eur("20.01")),
        Aim(name="x", offer=coupon("X"), at_most=eur("19.99")),
        Aim(name="x", offer=coupon("X"), since=3),
        Aim(name="x", offer=coupon("X"), until=1),
        Aim(name="x", offer=coupon("X"), worth=eur("189.01")),
        Aim(name="x", offer=coupon("X"), worth=Money.parse("1 USD")),
        Aim(name="x", offer=coupon("X"), orders=3),
        Aim(name="x", offer=coupon("X")),
    ):
        assert offered(12, aim) == (NothingBought(),)
    assert str(LastBought(1)) == "bought one day ago"


def test_a_general_offer_is_only_the_last_resort() -> None:
    general = StoreCredit(amount=eur("5.00"))
    assert offered(40, KNIVES, fallback=general) == ("", (ForEverybody(),))
    assert offered(12, KNIVES, fallback=general) == (
        "knives",
        (MostlyBuys("knives"), LastBought(2)),
    )
    nobody = Personal(aims=(KNIVES,), fallback=general).decide(History.of(), at=day(1))
    assert isinstance(nobody, Granted)
    assert (nobody.value.grant, nobody.value.offer) == ("offer::", general)


def test_an_offer_after_a_purchase_has_an_end_and_a_key_of_its_own() -> None:
    decision = Personal(aims=(RECENT,)).decide(HISTORY, at=day(12))
    assert isinstance(decision, Granted)
    assert decision.value.offer.ends == day(40)
    assert decision.value.grant == "offer:recent:C1:20260111T120000"
    before = Personal(aims=(RECENT,)).decide(HISTORY, at=day(5))
    assert isinstance(before, Granted)
    assert before.value.grant == "offer:recent:C1:20260101T120000"


# ---------------------------------------------------------------- what comes regularly


def sale(id: str, priority: int = 0) -> Promotion:
    return Promotion(id=id, gives=PercentOff(percent=Decimal(10)), priority=priority)


def monthly(on: int) -> Spell:
    starts = Recurrence(
        first=date(2026, 1, 1), at=time(0), frequency=Frequency.MONTHLY, month_days=(on,)
    )
    return Spell(starts, Duration(days=2))


BEGINS = datetime(2026, 1, 1, tzinfo=UTC)


def calendar(*regulars: Regular) -> OfferCalendar:
    return OfferCalendar(regulars=regulars, begins=BEGINS)


def test_a_regular_offer_holds_in_its_days() -> None:
    offers = calendar(Regular(sale("payday"), monthly(28)))
    during = Interval(datetime(2026, 1, 28, tzinfo=UTC), datetime(2026, 1, 30, tzinfo=UTC))
    now = offers.decide(at=datetime(2026, 1, 29, tzinfo=UTC))
    assert now == Granted(Sale(sale("payday"), during), (OnNow("payday", during.end),))
    starts = datetime(2026, 2, 28, tzinfo=UTC)
    assert offers.decide(at=during.end) == Declined((NothingOn(starts),))
    other = offers.decide(sale("x"), at=datetime(2026, 1, 29, tzinfo=UTC))
    assert other == Declined((NothingToCome(),))
    assert offers.decide(sale("payday"), at=datetime(2026, 1, 29, tzinfo=UTC))


def test_regular_offers_keep_apart() -> None:
    both = (Regular(sale("a"), monthly(1)), Regular(sale("b", 5), monthly(1)))
    spread = evolve(calendar(*both, Regular(sale("c"), monthly(10))), apart=Duration(days=10))
    until = datetime(2026, 2, 15, tzinfo=UTC)
    assert [(s.offer.id, s.during.start.day) for s in spread.sales(until)] == [("b", 1), ("b", 1)]
    close = evolve(spread, apart=Duration(days=7))
    assert [s.offer.id for s in close.sales(until)] == ["b", "c", "b", "c"]
    free = calendar(*both)
    assert [s.offer.id for s in free.sales(until)] == ["b", "a", "b", "a"]


def test_no_more_than_so_many_begin_in_a_stretch_of_time() -> None:
    weekly = Recurrence(first=date(2026, 1, 1), at=time(0), frequency=Frequency.WEEKLY)
    offers = evolve(
        calendar(Regular(sale("w"), Spell(weekly, Duration(days=1)))),
        within=Duration(days=28),
        most=2,
    )
    days = [s.during.start.day for s in offers.sales(datetime(2026, 2, 6, tzinfo=UTC))]
    assert days == [1, 8, 29, 5]
    for most, within in ((None, Duration(days=1)), (1, None), (0, Duration(days=1))):
        with pytest.raises(InvalidProgramme, match="go with a stretch of time"):
            OfferCalendar(regulars=(), begins=BEGINS, most=most, within=within)


def test_a_category_counts_all_that_was_bought_of_it() -> None:
    history = History.of(
        order("1", 0, line("6.00", "a", "tea"), line("10.00", "b", "cups")),
        order("2", 1, line("6.00", "c", "tea"), line("99.00", "d")),
    )
    seen = behaviour(history, at=day(2))
    assert seen is not None
    assert seen.category == "tea"
    even = History.of(order("1", 0, line("6.00", "a", "tea"), line("6.00", "b", "cups")))
    first = behaviour(even, at=day(2))
    assert first is not None
    assert first.category == "cups"


@frozen
class Segment:
    name: str


@frozen
class IsIn(Reason):
    says: ClassVar[Says] = says("is one of %(segment)s")
    segment: str


@frozen
class InSegment(Rule):
    """A stand-in for the rule of the room that sorts customers."""

    segment: str

    @override
    def check(self, known: Known, /) -> Finding:
        found = known.find(Segment)
        if found is None:
            return Finding(self, Verdict.UNKNOWN)
        verdict = Verdict.YES if found.name == self.segment else Verdict.NO
        return Finding(self, verdict, IsIn(found.name))


def test_a_coupon_for_a_segment() -> None:
    loyal = Aim(name="loyal", offer=coupon("LOYAL"), when=InSegment("loyal"), until=14)
    policy = Personal(aims=(loyal, RECENT))

    def named(*known: object) -> tuple[str, tuple[Reason, ...]]:
        decision = policy.decide(HISTORY, at=day(12), known=Known(*known))
        assert isinstance(decision, Granted)
        return decision.value.name, decision.reasons

    assert named(Segment("loyal")) == ("loyal", (LastBought(2), IsIn("loyal")))
    assert named(Segment("asleep")) == ("recent", (LastBought(2),))
    assert named() == ("recent", (LastBought(2),))
    only = Personal(aims=(evolve(loyal, until=None),))
    decision = only.decide(HISTORY, at=day(12), known=Known(Segment("loyal")))
    assert isinstance(decision, Granted)
    assert decision.reasons == (IsIn("loyal"),)


BERLIN = ZoneInfo("Europe/Berlin")


def test_a_calendar_goes_by_the_clock_of_its_shop() -> None:
    """The clocks go forward on 29 March 2026, so that day has 23 hours."""
    daily = Recurrence(first=date(2026, 3, 28), at=time(20), frequency=Frequency.DAILY)
    every = OfferCalendar(
        regulars=(Regular(sale("d"), Spell(daily, Duration(days=1))),),
        begins=datetime(2026, 3, 28, tzinfo=UTC),
        zone=BERLIN,
    )
    until = datetime(2026, 3, 30, tzinfo=UTC)
    starts = (datetime(2026, 3, 28, 19, tzinfo=UTC), datetime(2026, 3, 29, 18, tzinfo=UTC))
    assert tuple(each.during.start for each in every.sales(until)) == starts
    assert every.sales(until)[0].during.end == starts[1]
    two_hours = evolve(
        every, regulars=(Regular(sale("d"), Spell(daily, Duration(hours=2))),), apart=None
    )
    spread = evolve(two_hours, within=Duration(days=1), most=1)
    assert len(spread.sales(until)) == 2
    assert len(evolve(two_hours, within=Duration(hours=24), most=1).sales(until)) == 1
    short = evolve(
        two_hours,
        regulars=(Regular(sale("d"), Spell(daily, Duration(minutes=1))),),
        apart=Duration(days=1),
    )
    assert len(short.sales(until)) == 1
    kept = evolve(short, regulars=(Regular(sale("d"), Spell(daily, Duration(hours=0))),))
    assert len(kept.sales(until)) == 2


def test_what_comes_in_more_than_a_year_is_not_told() -> None:
    yearly = Recurrence(first=date(2027, 3, 1), at=time(0), frequency=Frequency.YEARLY)
    offers = evolve(
        calendar(Regular(sale("y"), Spell(yearly, Duration(days=1)))), zone=ZoneInfo("Asia/Tokyo")
    )
    starts = datetime(2027, 2, 28, 15, tzinfo=UTC)
    before = starts - timedelta(days=364)
    assert offers.decide(at=before) == Declined((NothingOn(starts),))
    early = starts - timedelta(days=366)
    assert offers.decide(at=early) == Declined((NothingToCome(),))


def test_one_in_a_stretch_of_time_is_a_frequency() -> None:
    assert OfferCalendar(regulars=(), begins=BEGINS, most=1, within=Duration(days=1)).most == 1
