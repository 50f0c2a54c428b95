"""Whether an offer holds, what a code tells, and how often it was used."""

from datetime import UTC, date, datetime, time
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from attrs import evolve, frozen
from typing_extensions import override

from postpurchase.domain.customer import Address
from postpurchase.domain.decision import Declined, Refused
from postpurchase.domain.event import CouponRedeemed
from postpurchase.domain.history import History
from postpurchase.domain.moment import Duration, Frequency, Recurrence, Spell
from postpurchase.domain.money import Money
from postpurchase.domain.order import (
    Cancellation,
    Line,
    Order,
    Payment,
    Refund,
    Shipping,
)
from postpurchase.domain.pairs import Pairs
from postpurchase.domain.rule import Finding, Known, NotKnown, Rule, Verdict
from postpurchase.domain.selection import Selection
from postpurchase.errors import InvalidProgramme
from postpurchase.offers import (
    AmountOff,
    Limit,
    PercentOff,
    Promotion,
    Quote,
    Scope,
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

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


def eur(amount: str) -> Money:
    return Money.of(amount, "EUR")


def line(amount: str, id: str = "l1", quantity: int = 1, category: str = "") -> Line:
    return Line(
        id=id, sku=f"sku-{id}", unit_price=eur(amount), quantity=quantity, category=category
    )


def order(*lines: Line, shipping: str = "") -> Order:
    ways = (Shipping(price=eur(shipping)),) if shipping else ()
    return Order(id="1", at=NOON, currency="EUR", lines=lines, shipping=ways, customer="C1")


def percent(value: str, id: str = "p", scope: Scope = Scope.TOGETHER) -> Promotion:
    return Promotion(id=id, gives=PercentOff(percent=Decimal(value), scope=scope))


def amount(value: str, id: str = "a") -> Promotion:
    return Promotion(id=id, gives=AmountOff(amounts=(eur(value),)))


def asked(bought: Order, *offers: Promotion, codes: tuple[str, ...] = ()) -> Quote:
    return quote(bought, offers=offers, at=NOON, codes=codes)


def reasons(bought: Order, offer: Promotion, *known: object) -> tuple[object, ...]:
    made = quote(bought, offers=(offer,), at=NOON, known=Known(*known))
    decision = made.why(offer.id)
    assert decision is not None
    return decision.reasons


TEN = order(line("10.00"))


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
    used = Used(total=1, by_customer=0, spent=eur("4.00"))
    assert reasons(TEN, offer, Usage(Pairs(p=used))) == (Saves(eur("1.00")),)
    assert reasons(TEN, offer, Usage(Pairs(p=evolve(used, total=2)))) == (UsedUp(2),)
    assert reasons(TEN, offer, Usage(Pairs(p=evolve(used, by_customer=1)))) == (UsedByYou(),)
    spent = Usage(Pairs(p=evolve(used, spent=eur("4.01"))))
    assert reasons(TEN, offer, spent) == (BudgetSpent(eur("0.99")),)
    assert reasons(TEN, offer) == (Saves(eur("1.00")),)
    shared = evolve(offer, limit=Limit(total=2, scope="spring"))
    assert reasons(TEN, shared, Usage(Pairs(spring=Used(total=2)))) == (UsedUp(2),)
    with pytest.raises(InvalidProgramme, match="once or more"):
        Limit(total=0)


def redeemed(id: str, on: str, off: str = "") -> CouponRedeemed:
    money = eur(off) if off else None
    return CouponRedeemed(id=id, at=NOON, code="SAVE", order=on, amount=money)


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
    assert usage([history], scopes=scopes).of("save") == Used(total=3, spent=eur("3.00"))
    both = frozenset(Undone)
    assert usage([history], scopes=scopes, undone=both).of("save").total == 2
    assert usage([history], scopes=scopes, undone=frozenset()).of("save").total == 4
    assert usage([History.of(redeemed("c", "x"))], scopes=scopes).of("save").spent is None
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
