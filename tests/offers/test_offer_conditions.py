"""Whether an offer holds, what a code tells, and how often it was used."""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from attrs import evolve, frozen
from typing_extensions import override

from checkout import NOON, TEN, asked, percent, reasons
from postpurchase.domain.customer import Address, Customer
from postpurchase.domain.decision import Declined, Refused
from postpurchase.domain.event import CouponRedeemed
from postpurchase.domain.history import History
from postpurchase.domain.moment import Duration, Frequency, Recurrence, Spell
from postpurchase.domain.money import Money
from postpurchase.domain.offer import Valid
from postpurchase.domain.order import (
    Cancellation,
    Line,
    Order,
    Payment,
    Refund,
)
from postpurchase.domain.pairs import Pairs
from postpurchase.domain.rule import Finding, Known, NotKnown, Rule, Verdict
from postpurchase.domain.selection import Selection
from postpurchase.errors import InvalidProgramme
from postpurchase.offers import (
    Limit,
    PercentOff,
    Undone,
    Usage,
    Used,
    Validity,
    quote,
    usage,
)
from postpurchase.offers.why import (
    AddMore,
    BudgetSpent,
    CodeNeeded,
    Ended,
    Foreign,
    NothingMeant,
    NotYet,
    OtherCountry,
    OtherHours,
    Saves,
    SpendMore,
    UnknownCode,
    UsedByYou,
    UsedUp,
)
from till import eur


@frozen
class Sunny(Rule):
    verdict: Verdict = Verdict.UNKNOWN

    @override
    def check(self, known: Known, /) -> Finding:
        return Finding(self, self.verdict)


def test_whether_an_offer_holds() -> None:
    base = percent("10")
    once = Recurrence(first=date(2026, 11, 24), at=time(13), frequency=Frequency.DAILY)
    for offer, reason in (
        (evolve(base, code="SAVE"), CodeNeeded()),
        (evolve(base, customer="C2"), Foreign()),
        (evolve(base, countries=("DE",)), OtherCountry()),
        (evolve(base, when=Sunny()), NotKnown("Sunny")),
        (evolve(base, units=3), AddMore(2)),
        (evolve(base, minimum=eur("18.00")), SpendMore(eur("8.00"))),
        (
            evolve(base, gives=PercentOff(percent=Decimal(10), selection=Selection(skus=("x",)))),
            NothingMeant(),
        ),
        (
            evolve(base, validity=Validity(first=date(2026, 11, 25))),
            NotYet(datetime(2026, 11, 25, tzinfo=UTC)),
        ),
        (
            evolve(base, validity=Validity(last=date(2026, 11, 23))),
            Ended(datetime(2026, 11, 24, tzinfo=UTC)),
        ),
        (evolve(base, validity=Validity(hours=Spell(once, Duration(hours=2)))), OtherHours()),
    ):
        assert reasons(TEN, offer) == (reason,)
    there = evolve(TEN, ship_to=Address(country="DE"))
    assert asked(there, evolve(base, countries=("DE",))).discount == eur("1.00")
    assert asked(TEN, evolve(base, customer="C1")).discount == eur("1.00")
    inside = Spell(evolve(once, at=time(11)), Duration(hours=2))
    assert asked(TEN, evolve(base, validity=Validity(hours=inside))).discount == eur("1.00")
    assert asked(TEN, evolve(base, when=~Sunny())).discount == eur("0.00")
    assert asked(TEN, evolve(base, when=Sunny(Verdict.YES))).discount == eur("1.00")
    assert str(SpendMore(eur("8.00"))) == "spend 8.00 EUR more"
    assert str(AddMore(1)) == "add one more"


def test_a_date_is_valid_through_the_end_of_its_local_day() -> None:
    validity = Validity(
        first=date(2026, 12, 1), last=date(2026, 12, 5), zone=ZoneInfo("America/New_York")
    )
    assert validity.starts == datetime(2026, 12, 1, 5, tzinfo=UTC)
    assert validity.ends == datetime(2026, 12, 6, 5, tzinfo=UTC)
    with pytest.raises(InvalidProgramme, match="ends on the day it begins or later"):
        Validity(first=date(2026, 12, 2), last=date(2026, 12, 1))


def test_uses_are_limited_and_the_limit_itself_is_allowed() -> None:
    offer = evolve(percent("10"), limit=Limit(total=2, each=1, budget=eur("5.00")))
    used = Used(total=1, by_customer=0, spent=(eur("4.00"),))
    assert reasons(TEN, offer, Usage(Pairs(p=used))) == (Saves(eur("1.00")),)
    assert reasons(TEN, offer, Usage(Pairs(p=evolve(used, total=2)))) == (UsedUp(2),)
    assert reasons(TEN, offer, Usage(Pairs(p=evolve(used, by_customer=1)))) == (UsedByYou(),)
    spent = Usage(Pairs(p=evolve(used, spent=(Money.parse("9 USD"), eur("4.01")))))
    assert reasons(TEN, offer, spent) == (BudgetSpent(eur("0.99")),)
    assert reasons(TEN, offer) == (Saves(eur("1.00")),)
    shared = evolve(offer, limit=Limit(total=2, scope="spring"))
    assert reasons(TEN, shared, Usage(Pairs(spring=Used(total=2)))) == (UsedUp(2),)
    with pytest.raises(InvalidProgramme, match="once or more"):
        Limit(total=0)


def redeemed(id: str, on: str, off: str = "") -> CouponRedeemed:
    money = eur(off) if off else None
    return CouponRedeemed(id=id, at=NOON, code="SAVE", order=on, amount=money)


def test_offers_that_share_a_limit_use_it_up_in_one_order_too() -> None:
    shared = Limit(total=3, scope="spring")
    one, two = evolve(percent("10", "a"), limit=shared), evolve(percent("10", "b"), limit=shared)
    made = quote(TEN, offers=(one, two), at=NOON, known=Known(Usage(Pairs(spring=Used(total=2)))))
    assert made.discount == eur("1.00")
    assert made.why("b") == Declined((UsedUp(3),))
    each = Limit(each=1, scope="spring")
    made = asked(TEN, evolve(one, limit=each), evolve(two, limit=each))
    assert made.why("b") == Declined((UsedByYou(),))
    money = Limit(budget=eur("1.50"), scope="spring")
    made = asked(TEN, evolve(one, limit=money), evolve(two, limit=money))
    assert made.why("b") == Declined((BudgetSpent(eur("0.50")),))
    assert asked(TEN, one, evolve(two, limit=Limit(total=3))).discount == eur("1.90")


def test_a_budget_counts_what_was_spent_in_its_currency() -> None:
    dollars = Usage(Pairs(p=Used(total=9, spent=(Money.parse("99.00 USD"),))))
    offer = evolve(percent("10"), limit=Limit(budget=eur("1.00")))
    assert reasons(TEN, offer, dollars) == (Saves(eur("1.00")),)
    there = Order(
        id="9", at=NOON, currency="USD", lines=(Line(id="x", unit_price=Money.parse("5 USD")),)
    )
    used = usage(
        [
            History.of(redeemed("a", "1", "1.00"), redeemed("b", "2", "2.50")),
            History.of(there, evolve(redeemed("c", "9"), amount=Money.parse("0.50 USD"))),
        ],
        scopes=Pairs(SAVE="save"),
    )
    assert used.of("save") == Used(total=3, spent=(eur("3.50"), Money.parse("0.50 USD")))


def test_a_use_counts_however_its_code_was_typed() -> None:
    typed = CouponRedeemed(id="a", at=NOON, code="sa-ve", order="1")
    known = History.of(Customer(id="C1", at=NOON), typed)
    used = usage([known], scopes=Pairs({"Save": "save"}), customer="C1")
    assert used.of("save") == Used(total=1, by_customer=1)
    assert usage([known], scopes=Pairs(SAVE="save")).of("save") == Used(total=1)
    assert usage([History.of(typed)], scopes=Pairs(SAVE="save")).of("save") == Used(total=1)
    own = History.of(Customer(id="C1", at=NOON), redeemed("b", "2", "1.00"))
    both = usage(
        [own, History.of(redeemed("c", "3", "2.00"))], scopes=Pairs(SAVE="save"), customer="C1"
    )
    assert both.of("save") == Used(total=2, by_customer=1, spent=(eur("3.00"),))


def test_uses_are_counted_and_a_cancelled_order_gives_its_use_back() -> None:
    paid = evolve(TEN, payments=(Payment(id="p", at=NOON, amount=eur("10.00")),))
    cancelled = evolve(paid, id="2", cancellations=(Cancellation(id="c", at=NOON),))
    refunded = evolve(paid, id="3", refunds=(Refund(id="r", at=NOON, amount=eur("10.00")),))
    history = History.of(
        paid,
        cancelled,
        refunded,
        redeemed("a", "1", "1.00"),
        redeemed("b", "2", "1.00"),
        redeemed("c", "3"),
        redeemed("d", "elsewhere", "2.00"),
        CouponRedeemed(id="e", at=NOON, code="OTHER", order="1"),
    )
    scopes = Pairs(SAVE="save")
    assert usage([history], scopes=scopes).of("save") == Used(total=3, spent=(eur("3.00"),))
    both = frozenset(Undone)
    assert usage([history], scopes=scopes, undone=both).of("save").total == 2
    assert usage([history], scopes=scopes, undone=frozenset()).of("save").total == 4
    assert usage([History.of(redeemed("c", "x"))], scopes=scopes).of("save").spent == ()
    assert usage([], scopes=scopes).of("save") == Used()


_WIDE = "".join(chr(ord(symbol) + 0xFEE0) for symbol in "spring-10")


def test_a_code_is_read_whatever_its_case_and_separators() -> None:
    offer = evolve(percent("10"), code="SPRING-10")
    for typed in ("SPRING-10", "spring 10", " sPring1o", _WIDE):
        made = asked(TEN, offer, codes=(typed,))
        assert made.discount == eur("1.00")
        assert made.codes[0].code == typed
        assert made.codes[0].decision
        assert made.codes[0].public == made.codes[0].decision


def test_a_guesser_learns_nothing() -> None:
    over = evolve(percent("10", "over"), code="OVER", validity=Validity(last=date(2026, 1, 1)))
    foreign = evolve(percent("10", "foreign"), code="HERS", customer="C2")
    used = evolve(percent("10", "used"), code="USED", limit=Limit(total=1))
    known = Known(Usage(Pairs(used=Used(total=1))))
    made = quote(
        TEN,
        offers=(over, foreign, used),
        at=NOON,
        codes=("OVER", "HERS", "USED", "NONE"),
        known=known,
    )
    assert {answer.public for answer in made.codes} == {Declined((Refused(),))}
    assert [answer.code for answer in made.codes] == ["OVER", "HERS", "USED", "NONE"]
    assert [answer.decision.reasons for answer in made.codes] == [
        (Ended(datetime(2026, 1, 2, tzinfo=UTC)),),
        (Foreign(),),
        (UsedUp(1),),
        (UnknownCode(),),
    ]


def test_a_holder_is_told_what_is_missing() -> None:
    offer = evolve(percent("10"), code="MORE", minimum=eur("18.00"))
    answer = asked(TEN, offer, codes=("more",)).codes[0]
    assert answer.public == answer.decision == Declined((SpendMore(eur("8.00")),))


def test_a_budget_that_is_spent_is_told_to_the_shop_alone() -> None:
    offer = evolve(percent("10"), code="SAVE", limit=Limit(budget=eur("0.99")))
    answer = asked(TEN, offer, codes=("save",)).codes[0]
    assert answer.decision == Declined((BudgetSpent(eur("0.99")),))
    assert answer.public == Declined((Refused(),))


def test_of_offers_with_one_code_the_one_that_its_holder_may_hear_of_answers() -> None:
    over = evolve(percent("10", "a"), code="SUN", validity=Validity(last=date(2026, 1, 1)))
    short = evolve(percent("10", "b"), code="SUN", minimum=eur("18.00"))
    applies = evolve(percent("10", "c"), code="SUN")
    more = Declined((SpendMore(eur("8.00")),))
    for offers in ((over, short), (short, over)):
        answer = asked(TEN, *offers, codes=("sun",)).codes[0]
        assert answer.decision == answer.public == more
    assert asked(TEN, over, short, applies, codes=("sun",)).codes[0].decision
    units = evolve(percent("10", "d"), code="SUN", units=2)
    for offers in ((units, short), (short, units)):
        assert asked(TEN, *offers, codes=("sun",)).codes[0].decision == more


def test_a_condition_is_asked_about_the_order_and_all_that_is_known() -> None:
    @frozen
    class Asks(Rule):
        @override
        def check(self, known: Known, /) -> Finding:
            there = known.find(Order) == TEN and known.find(str) == "known"
            return Finding(self, Verdict.YES if there else Verdict.NO)

    offer = evolve(percent("10"), when=Asks())
    assert reasons(TEN, offer, "known") == (Saves(eur("1.00")),)


def test_an_offer_begins_at_its_first_instant_and_has_hours_of_its_own_zone() -> None:
    begins = evolve(percent("10"), validity=Validity(exactly=Valid(starts=NOON)))
    assert asked(TEN, begins).discount == eur("1.00")
    daily = Recurrence(first=date(2026, 11, 1), at=time(17), frequency=Frequency.DAILY)
    spell = Spell(daily, Duration(hours=1))
    there = Validity(hours=spell, zone=ZoneInfo("Asia/Kolkata"))  # where it is half past five
    assert asked(TEN, evolve(percent("10"), validity=there)).discount == eur("1.00")
    assert reasons(TEN, evolve(percent("10"), validity=Validity(hours=spell))) == (OtherHours(),)


def test_a_single_day_is_a_validity() -> None:
    day = date(2026, 11, 24)
    assert asked(TEN, evolve(percent("10"), validity=Validity(first=day, last=day))).discount


@pytest.mark.parametrize(
    ("zone", "last", "ends"),
    [
        # The clocks go from midnight to one: the next day begins at one.
        ("Asia/Beirut", date(2026, 3, 28), datetime(2026, 3, 28, 22, tzinfo=UTC)),
        ("America/Havana", date(2026, 3, 7), datetime(2026, 3, 8, 5, tzinfo=UTC)),
        # They go back at midnight to eleven: that day has 25 hours.
        ("Asia/Beirut", date(2026, 10, 24), datetime(2026, 10, 24, 22, tzinfo=UTC)),
        ("America/Havana", date(2026, 10, 31), datetime(2026, 11, 1, 4, tzinfo=UTC)),
        # A whole day that the zone left out.
        ("Pacific/Apia", date(2011, 12, 29), datetime(2011, 12, 30, 10, tzinfo=UTC)),
    ],
)
def test_a_local_day_ends_where_clocks_change_at_midnight(
    zone: str, last: date, ends: datetime
) -> None:
    validity = Validity(last=last, zone=ZoneInfo(zone))
    assert validity.ends == ends
    offer = evolve(percent("10"), validity=validity)
    before = quote(TEN, offers=(offer,), at=ends - timedelta(seconds=1))
    assert before.discount == eur("1.00")
    assert (ends - timedelta(seconds=1)).astimezone(ZoneInfo(zone)).date() == last
    assert quote(TEN, offers=(offer,), at=ends).why("p") == Declined((Ended(ends),))
