"""What users write must be understood by type checkers: both read this file, and it runs."""

from datetime import UTC, datetime
from typing import assert_type
from zoneinfo import ZoneInfo

from attrs import frozen

import postpurchase as pp

AT = datetime(2026, 5, 1, tzinfo=UTC)
SHOP = pp.Shop(name="Kitchen & Co", zone=ZoneInfo("Asia/Kolkata"))
LINE = pp.Line(sku="CUP", unit_price=pp.Money.of("9.50", "EUR"))
ORDER = pp.Order(id="1", at=AT, customer="c", currency="EUR", lines=(LINE,))


@frozen
class Spent(pp.Reason):
    says = pp.says("spent %(total)s")
    total: pp.Money


@frozen
class Least:
    """A shop's own policy: no base class, a method is enough."""

    total: pp.Money

    def decide(
        self, subject: pp.Order, /, *, at: datetime, known: pp.Known = pp.NOTHING
    ) -> pp.Decision[pp.Money]:
        """Grant a tenth of what was spent, from a least total on."""
        reasons = (Spent(subject.total),)
        if subject.at <= at and subject.total >= self.total and not known.find(Least):
            return pp.Granted(subject.total.split(10)[0], reasons)
        return pp.Declined(reasons)


def test_a_policy_of_the_shops_own_fits() -> None:
    policy: pp.Policy[pp.Order, pp.Money] = Least(pp.Money.of("5", "EUR"))
    decision = policy.decide(ORDER, at=AT)
    if decision:
        assert_type(decision.value, pp.Money)
        assert decision == pp.Granted(pp.Money.of("0.95", "EUR"), (Spent(ORDER.total),))
    else:
        assert_type(decision, pp.Declined)
    assert isinstance(decision, pp.Granted)


def test_what_a_history_holds_keeps_its_type() -> None:
    history = pp.History.of(ORDER)
    assert_type(history.all(pp.Order), tuple[pp.Order, ...])
    assert_type(history.all(pp.ReviewPosted), tuple[pp.ReviewPosted, ...])
    assert_type(history.customer, pp.Customer | None)
    assert_type(history.until(AT), pp.History)
    assert history.orders == (ORDER,)


def test_what_is_known_keeps_its_type() -> None:
    known = pp.Known(SHOP, ORDER)
    assert_type(known.find(pp.Shop), pp.Shop | None)
    assert known.find(pp.Shop) == SHOP


def test_a_plan_leads_to_a_message() -> None:
    history = pp.History.of(pp.Customer(id="c", at=AT, email="sam@example.com"), ORDER)
    plan = pp.journey.decide(history, at=AT, shop=SHOP)
    assert_type(plan.due, tuple[pp.Action, ...])
    assert_type(plan.next_wakeup, datetime | None)
    voice = pp.messages.Voice(shop=SHOP, sender="shop@example.com")
    message = voice.compose(plan.due[0], history)
    assert_type(message.sent(at=AT), pp.MessageSent)
    assert message.to == "sam@example.com"


def test_money_keeps_its_type() -> None:
    assert_type(LINE.unit_price * 3, pp.Money)
    assert_type(LINE.unit_price.allocate((1, 2)), tuple[pp.Money, ...])
    assert sum(LINE.unit_price.allocate((1, 2)), pp.Money.zero("EUR")) == LINE.unit_price


def test_rules_join_to_rules() -> None:
    rule = pp.rewards.TierIs("gold") & ~pp.rewards.TierIs("silver")
    assert_type(rule, pp.AllOf)
    assert_type(rule.check(pp.NOTHING), pp.Finding)
    assert rule.check(pp.NOTHING).verdict is pp.Verdict.UNKNOWN
