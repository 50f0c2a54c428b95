"""The worked cases of other systems and of published figures: programmes."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from postpurchase.domain.customer import Birthday, Customer
from postpurchase.domain.history import History
from postpurchase.domain.moment import Periods
from postpurchase.domain.money import Money
from postpurchase.domain.offer import StoreCredit
from postpurchase.domain.order import (
    Order,
)
from postpurchase.domain.pairs import Pairs
from postpurchase.domain.rule import Known
from postpurchase.offers import (
    AmountOff,
    Limit,
    Promotion,
    Usage,
    Used,
    quote,
)
from postpurchase.rewards import (
    Boost,
    Budget,
    Budgets,
    Combine,
    Deed,
    Earn,
    Earning,
    Entry,
    EntryKind,
    Fall,
    Ladder,
    Occasions,
    Orders,
    Referral,
    ReferralCase,
    Round,
    Short,
    Tier,
    Trigger,
    allocated,
    fold,
    recognised,
)
from worked import CASES, NOON, Case, Checks, checked, eur, major, named, order, paid


def allocate(given: Case, expected: Case) -> None:
    parts = eur(given["amount_minor"]).allocate(given["weights"])
    assert [part.minor for part in parts] == expected["parts"]


def budget(given: Case, expected: Case) -> None:
    if "policies" in given:
        for name, points in zip(given["policies"], expected["granted"], strict=True):
            short = Short.PART if name == "partial" else Short.NOTHING
            rule = Earn(name="r", points=given["desired"], on=Trigger.REVIEW)
            decision = Earning(rules=(rule,)).decide(
                Deed(trigger=Trigger.REVIEW, id="1", at=NOON),
                at=NOON,
                known=Known(Budgets((("r", Budget(given["remaining"], short)),))),
            )
            assert (decision.value.points if decision else 0) == points
            if decision:
                assert decision.value.desired == expected["desired_value"]
        return
    limit = Limit(budget=eur(given["limit"]))
    for amount, result in zip(given["amounts"], expected["results"], strict=True):
        spent = given["used"] if result == "granted" else given["limit"]
        offer = Promotion(id="b", gives=AmountOff(amounts=(eur(amount),)), limit=limit)
        known = Known(Usage(Pairs(b=Used(spent=(eur(spent),)))))
        made = quote(order(eur(9999)), offers=(offer,), at=NOON, known=known)
        assert bool(made.why("b")) is (result == "granted")


def rules_of(given: Case) -> tuple[Earn, ...]:
    return tuple(
        Earn(
            name=f"r{n}",
            points=each.get("points") or each["fixed"],
            per=eur(each["per_minor"]) if "per_minor" in each else None,
            alone=0 if each.get("stackable", True) else each["priority"],
        )
        for n, each in enumerate(given["rules"])
    )


def points_of(earning: Earning, bought: Order) -> int:
    deed = Deed(trigger=Trigger.ORDER, id="1", at=NOON, order=bought, number=1)
    decision = earning.decide(deed, at=NOON)
    return decision.value.points if decision else 0


def earn(given: Case, expected: Case) -> None:
    if "cases" in given:
        for case, points in zip(given["cases"], expected["points"], strict=True):
            rounding = {"ceil": Round.CEILING, "floor": Round.FLOOR}[case["round"]]
            earning = Earning(
                rules=(Earn(name="r", points=case["base_points"]),),
                boosts=(Boost(name="b", factor=Decimal(case["multiplier"])),),
                rounding=rounding,
            )
            assert points_of(earning, paid(100)) == points
    elif "candidate_points" in given:
        rules = tuple(
            Earn(name=f"r{n}", points=each) for n, each in enumerate(given["candidate_points"])
        )
        best = Earning(rules=rules, combine=Combine.BEST)
        assert points_of(best, paid(100)) == expected["points"]
    else:
        net = given.get("basis_minor") or given["pre_tax_subtotal_minor"]
        tax = given.get("total_minor", net) - net
        assert points_of(Earning(rules=rules_of(given)), paid(net, tax=tax)) == expected["points"]


def tier_by_balance(given: Case, expected: Case) -> None:
    tiers = tuple(Tier(name=name, at_least=low) for name, (low, _) in given["ranges"].items())
    ladder = Ladder(tiers=tiers, measure=Orders())
    rows: list[Entry] = []
    for place, (on, points) in enumerate(given["events"]):
        kind = EntryKind.EARN if points > 0 else EntryKind.SPEND
        at = datetime.fromisoformat(f"{on}T00:00:00+00:00")
        rows.append(Entry(key=str(place), kind=kind, points=abs(points), at=at))
        balance = fold(rows, at=at).balance
        assert balance == expected["balances"][place]
        assert ladder.reached(balance).name == expected["tiers"][place]


def tier_reevaluate(given: Case, expected: Case) -> None:
    tiers = tuple(Tier(name=name, at_least=low) for name, low in given["thresholds"].items())
    for fall, name in ((Fall.ONE_STEP, "one_down"), (Fall.TO_EARNED, "balance_based")):
        ladder = Ladder(tiers=tiers, measure=Orders(), fall=fall)
        assert ladder.fallen(given["current"], given["active_points"]).name == expected[name]


def birthday_guard(given: Case, expected: Case) -> None:
    entered = datetime.fromisoformat(f"{given['today']}T12:00:00+00:00")
    days = Occasions(notice=given["min_days_notice"])
    for text, granted in zip(given["birthday_entered"], expected["granted_this_year"], strict=True):
        month, day = map(int, text.split("-"))
        customer = Customer(id="c", at=entered, birthday=Birthday(month, day))
        end = datetime(entered.year, 12, 31, 23, tzinfo=UTC)
        assert bool(days.deeds(History.of(customer), end, UTC)) is granted


def referral(given: Case, expected: Case) -> None:
    advocate, friend = Customer(id="A", at=NOON), Customer(id="B", at=NOON)
    late = NOON + timedelta(days=99)
    credit = StoreCredit(amount=eur(1000))
    policy = Referral(advocate=credit, friend=credit, most=1, ends=late)
    cases = {
        "friend == advocate": ReferralCase(advocate=advocate, friend=advocate, brought_at=NOON),
        "friend was referred before": ReferralCase(
            advocate=advocate, friend=friend, brought_at=NOON, by_others=1
        ),
        "code past its end": ReferralCase(advocate=advocate, friend=friend, brought_at=late),
        "advocate over the per-profile limit": ReferralCase(
            advocate=advocate, friend=friend, brought_at=NOON, by_advocate=1
        ),
    }
    names = {
        "recipient_same_as_advocate": "SamePerson",
        "customer_already_referred": "ReferredBefore",
        "expired": "ReferralEnded",
        "profile_limit_reached": "AdvocateLimit",
    }
    for case, reason in zip(given["cases"], expected["reasons"], strict=True):
        decision = policy.decide(cases[case], at=NOON)
        assert type(decision.reasons[0]).__name__ == names[reason]


def billing_dates(given: Case, expected: Case) -> None:
    periods = Periods(date.fromisoformat(given["anchor"]), given["period_months"])
    dates = [periods.start(n).isoformat() for n in range(1, given["count"] + 1)]
    assert dates == expected["dates"]


def deferred_revenue(given: Case, expected: Case) -> None:
    price = Money(given["allocated_to_points"], "USD")
    made = recognised(price, given["redeemed"], given["expected_total"])
    assert [each.minor for each in made] == expected["revenue"]
    fewer = [given["expected_total"][0], given["alternative_expected_total_year3"]]
    assert recognised(price, given["redeemed"], fewer)[1].minor == expected["alternative_year3"]


def allocate_price(given: Case, expected: Case) -> None:
    made = allocated(
        major(given["price"]),
        given["points"],
        each=Decimal(given["value_per_point"]),
        redemption=Decimal(given["expected_redemption"]),
    )
    assert made.standalone == major(expected["points_ssp"])
    assert made.to_points == major(expected["to_points"])
    assert made.to_goods == major(expected["to_goods"])


CHECKS: Checks = {
    "allocate": allocate,
    "allocate_price": allocate_price,
    "billing_dates": billing_dates,
    "birthday_guard": birthday_guard,
    "budget": budget,
    "deferred_revenue": deferred_revenue,
    "earn": earn,
    "referral": referral,
    "tier_by_balance": tier_by_balance,
    "tier_reevaluate": tier_reevaluate,
}


@pytest.mark.parametrize("case", checked(CHECKS), ids=named)
def test_a_worked_case(case: Case) -> None:
    CHECKS[case["given"]["op"]](case["given"], case["expected"])


def test_no_case_is_left_out() -> None:
    """The other cases are those of the ledger and of offers."""
    others = {
        "allocate_with_floors",
        "buy_3_cheapest_free",
        "buy_x_get_x",
        "clawback",
        "coupon_valid_through_date",
        "expiry",
        "fixed_on_items",
        "fixed_order",
        "gift_quantity",
        "idempotency",
        "inactivity_expiry",
        "percent",
        "redeem",
        "redeem_catalog",
        "refund_clawback",
        "replay",
        "stack",
        "step_percent",
        "usage",
    }
    assert len(CASES) == 68
    assert {case["given"]["op"] for case in CASES} - set(CHECKS) == others
