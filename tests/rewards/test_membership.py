"""Paid membership: when it holds, what comes back, from when on it pays."""

from datetime import UTC, date, datetime

import pytest
from attrs import evolve

from members import START, day, order
from postpurchase.domain.decision import Declined, Granted
from postpurchase.domain.history import History
from postpurchase.domain.money import Money
from postpurchase.domain.offer import FreeShipping
from postpurchase.domain.rule import Known, Verdict
from postpurchase.errors import InvalidProgramme
from postpurchase.rewards import (
    FeeBack,
    MemberOf,
    MembershipCancelled,
    MembershipStarted,
    Plan,
    Renewal,
)
from postpurchase.rewards.membership import (
    EndedAt,
    LastsUntil,
    NeverJoined,
    NoFreeShipping,
    ReachedMinimum,
    RenewsAt,
    SpendMoreForShipping,
)
from till import eur

PLAN = Plan(name="prime", fee=eur("99.00"), minimum=eur("25.00"))


STARTED = MembershipStarted(id="m1", at=START, plan="prime")


def cancelled(on: float) -> MembershipCancelled:
    return MembershipCancelled(id="x", at=day(on), membership="m1")


def test_a_membership_lasts_a_year_and_renews() -> None:
    member = PLAN.decide(History.of(STARTED), at=day(10))
    assert isinstance(member, Granted)
    ends = datetime(2027, 1, 31, tzinfo=UTC)
    assert (member.value.starts, member.value.ends) == (START, ends)
    assert (member.value.period, member.value.fee_due) == (0, eur("99.00"))
    assert member.reasons == (RenewsAt(ends),)
    next_year = PLAN.decide(History.of(STARTED), at=ends)
    assert isinstance(next_year, Granted)
    assert (next_year.value.period, next_year.value.starts) == (1, ends)
    nobody = Declined((NeverJoined("prime"),))
    assert PLAN.decide(History.of(), at=day(1)) == nobody
    assert PLAN.decide(History.of(evolve(STARTED, plan="other")), at=day(1)) == nobody
    assert PLAN.decide(History.of(STARTED), at=day(-1)) == nobody


def test_months_are_counted_from_the_day_of_joining() -> None:
    monthly = evolve(PLAN, months=1)
    ends = []
    for at in (0, 30, 60):
        member = monthly.decide(History.of(STARTED), at=day(at))
        assert isinstance(member, Granted)
        ends.append(member.value.ends.date())
    assert ends == [date(2026, 2, 28), date(2026, 3, 31), date(2026, 4, 30)]


def test_without_renewal_it_ends() -> None:
    once = evolve(PLAN, renewal=Renewal.NONE)
    ends = datetime(2027, 1, 31, tzinfo=UTC)
    member = once.decide(History.of(STARTED), at=day(1))
    assert isinstance(member, Granted)
    assert member.value.fee_due is None
    assert member.reasons == (LastsUntil(ends),)
    assert once.decide(History.of(STARTED), at=ends) == Declined((EndedAt("prime", ends),))
    again = MembershipStarted(id="m2", at=ends, plan="prime")
    assert once.decide(History.of(STARTED, again), at=ends)


def test_an_unused_period_is_paid_back_whole() -> None:
    unused = History.of(STARTED, cancelled(20), order("9.00", 5))
    assert PLAN.returned(STARTED, unused) == eur("99.00")
    assert PLAN.decide(unused, at=day(20)) == Declined((EndedAt("prime", day(20)),))
    assert PLAN.decide(unused, at=day(19))
    used = History.of(STARTED, cancelled(20), order("25.00", 5))
    assert PLAN.returned(STARTED, used) == eur("0.00")
    ends = datetime(2027, 1, 31, tzinfo=UTC)
    member = PLAN.decide(used, at=day(21))
    assert isinstance(member, Granted)
    assert member.reasons == (LastsUntil(ends),)
    assert PLAN.returned(STARTED, History.of(STARTED)) == eur("0.00")


def test_a_fee_comes_back_as_stated() -> None:
    history = History.of(STARTED, cancelled(64))
    rata = evolve(PLAN, fee_back=FeeBack.PRO_RATA, fee=eur("365.00"))
    assert rata.returned(STARTED, history) == eur("300.00")
    none = evolve(PLAN, fee_back=FeeBack.NOTHING)
    assert none.returned(STARTED, history) == eur("0.00")
    assert none.decide(history, at=day(65))


def test_shipping_is_free_from_the_minimum_on() -> None:
    assert PLAN.ships_free(order("25.00")) == Granted(
        FreeShipping(minimum=eur("25.00")), (ReachedMinimum(eur("25.00")),)
    )
    assert PLAN.ships_free(order("17.00")) == Declined((SpendMoreForShipping(eur("8.00")),))
    assert evolve(PLAN, minimum=None).ships_free(order("99.00")) == Declined(
        (NoFreeShipping("prime"),)
    )
    dollars = evolve(PLAN, minimum=Money.parse("25.00 USD"))
    assert not dollars.ships_free(order("99.00"))


def test_a_membership_pays_from_so_many_orders_on() -> None:
    pays = PLAN.pays_from(shipping=eur("4.95"), costs=eur("6.00"), margin=eur("2.00"))
    assert (pays.customer, pays.shop) == (20, 24)
    good = PLAN.pays_from(shipping=eur("5.00"), costs=eur("6.00"), margin=eur("6.00"))
    assert (good.customer, good.shop) == (20, None)
    with pytest.raises(InvalidProgramme, match="pays for shipping"):
        PLAN.pays_from(shipping=eur("0"), costs=eur("1"), margin=eur("1"))
    with pytest.raises(InvalidProgramme, match="a fee above zero"):
        evolve(PLAN, fee=eur("0"))


def test_rules_see_a_membership() -> None:
    member = PLAN.decide(History.of(STARTED), at=day(1))
    assert isinstance(member, Granted)
    assert MemberOf("prime").check(Known(member.value))
    assert MemberOf("other").check(Known(member.value)).verdict is Verdict.NO
    assert MemberOf("prime").check(Known()).verdict is Verdict.UNKNOWN
