"""The worked cases of other systems and of published figures, one by one."""

import json
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from postpurchase.domain.customer import Birthday, Customer
from postpurchase.domain.event import CouponRedeemed
from postpurchase.domain.history import History
from postpurchase.domain.moment import Duration, Periods
from postpurchase.domain.money import Money, Rounding
from postpurchase.domain.offer import Gift, StoreCredit
from postpurchase.domain.order import (
    Cancellation,
    Line,
    Order,
    Payment,
    Refund,
    RefundLine,
    Tax,
)
from postpurchase.domain.pairs import Pairs
from postpurchase.domain.rule import Known
from postpurchase.domain.selection import Selection
from postpurchase.errors import InvalidProgramme
from postpurchase.integrations.memory import MemoryStore
from postpurchase.offers import (
    AmountOff,
    BuyGet,
    GiftWith,
    Lane,
    Limit,
    Mode,
    PercentOff,
    Promotion,
    Quote,
    Scope,
    Stacking,
    StepPercent,
    Usage,
    Used,
    Validity,
    quote,
    usage,
)
from postpurchase.rewards import (
    After,
    Boost,
    Budget,
    Budgets,
    Clawback,
    Combine,
    Deed,
    Earn,
    Earning,
    Entry,
    EntryKind,
    Fall,
    Ladder,
    Ledger,
    LedgerState,
    Occasions,
    Orders,
    Programme,
    Redemption,
    Referral,
    ReferralCase,
    Request,
    Reward,
    Round,
    Short,
    Terms,
    Tier,
    Trigger,
    allocated,
    fold,
    recognised,
)

Case = Mapping[str, Any]
CASES: list[Case] = json.loads(
    (Path(__file__).parents[1] / "vectors" / "rewards.json").read_text(encoding="utf-8")
)["vectors"]
NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)
KINDS = {
    "earn": EntryKind.EARN,
    "spend": EntryKind.SPEND,
    "claw": EntryKind.CLAWBACK,
    "restore": EntryKind.RESTORE,
}


def eur(minor: int) -> Money:
    return Money(minor, "EUR")


def major(amount: str) -> Money:
    return Money.of(amount, "EUR")


def instant(text: str) -> datetime:
    return datetime.fromisoformat(text)


# ---------------------------------------------------------------- money


def allocate(given: Case, expected: Case) -> None:
    parts = eur(given["amount_minor"]).allocate(given["weights"])
    assert [part.minor for part in parts] == expected["parts"]


def allocate_with_floors(given: Case, expected: Case) -> None:
    made = asked(
        order(*[eur(each) for each in given["line_totals"]]),
        Promotion(id="a", gives=AmountOff(amounts=(eur(given["amount_minor"]),))),
        floors=Pairs({f"l{n}": eur(each) for n, each in enumerate(given["minimum_line_totals"])}),
    )
    assert parts_of(made, "a", len(given["line_totals"])) == expected["parts"]
    decision = made.why("a")
    assert decision
    cut = [reason for reason in decision.reasons if hasattr(reason, "left")]
    assert sum(reason.left.minor for reason in cut) == expected["unallocated"]


# ---------------------------------------------------------------- discounts


def order(*totals: Money, units: int | None = None) -> Order:
    lines = tuple(
        Line(id=f"l{n}", sku=f"s{n}", unit_price=each, quantity=units or 1)
        for n, each in enumerate(totals)
    )
    return Order(id="1", at=NOON, currency="EUR", lines=lines)


def lines_of(given: Case) -> Order:
    if isinstance(given["lines"][0], str):
        return order(*map(major, given["lines"]))
    return Order(
        id="1",
        at=NOON,
        currency="EUR",
        lines=tuple(
            Line(
                id=f"l{n}",
                sku=f"s{n}",
                unit_price=major(each["price"]),
                quantity=each["qty"],
            )
            for n, each in enumerate(given["lines"])
        ),
    )


def asked(
    bought: Order,
    *offers: Promotion,
    floors: Pairs[Money] = Pairs(),
    mode: Mode = Mode.ALL,
) -> Quote:
    stacking = Stacking((Lane("", mode),))
    return quote(bought, offers=offers, at=NOON, floors=floors, stacking=stacking)


def parts_of(made: Quote, offer: str, lines: int) -> list[int]:
    found = next(each for each in made.adjustments if each.offer == offer)
    parts = {id: part.minor for id, part in found.lines}
    return [parts.get(f"l{n}", 0) for n in range(lines)]


def percent_off(given: Case, expected: Case) -> None:
    scope = Scope.EACH_LINE if given.get("basis") == "each line" else Scope.TOGETHER
    offer = Promotion(id="p", gives=PercentOff(percent=Decimal(given["percent"]), scope=scope))
    if "unit_price" in given:
        bought = order(major(given["unit_price"]), units=given["quantity"])
        assert asked(bought, offer).discount == major(expected["discount"])
        even = Promotion(
            id="p",
            gives=PercentOff(percent=Decimal(given["percent"]), rounding=Rounding.HALF_EVEN),
        )
        assert asked(bought, even).discount == major("14.98")
        return
    bought = order(*map(eur, given["line_totals_minor"]))
    made = asked(bought, offer)
    assert parts_of(made, "p", len(bought.lines)) == expected["parts"]
    assert made.discount == eur(expected["total"])


def promotions(given: Case, rounding: Rounding = Rounding.HALF_UP) -> list[Promotion]:
    made = []
    for place, each in enumerate(given["promotions"]):
        rate = each.get("percent")
        scope = Scope.TOGETHER if each.get("allocation") == "across" else Scope.EACH_LINE
        gives = (
            PercentOff(
                percent=Decimal(rate), scope=scope, units=each.get("max_items"), rounding=rounding
            )
            if rate
            else AmountOff(amounts=(major(each["fixed"]),), scope=scope)
        )
        made.append(Promotion(id=f"p{place}", gives=gives, priority=-place))
    return made


def stack(given: Case, expected: Case) -> None:
    if "orders" in given:
        _by_priority(given, expected)
    elif "A" in given:
        _checked_again(expected)
    elif "list_total" in given:
        _both_levels(given, expected)
    elif "half_down" in expected:
        for name in ("half_down", "half_up"):
            offers = promotions(given, Rounding(name))
            assert asked(lines_of(given), *offers).discount == major(expected[name])
    else:
        _stacked(given, expected)


def _stacked(given: Case, expected: Case) -> None:
    mode = Mode.ALL_FROM_START if given["mode"].startswith("parallel") else Mode.ALL
    bought, offers = lines_of(given), promotions(given)
    made = asked(bought, *offers, mode=mode)
    if "total_discount" in expected:
        assert made.discount == major(expected["total_discount"])
    for place, parts in enumerate(expected.get("per_promotion", ())):
        wanted = [major(part).minor for part in parts]
        assert parts_of(made, f"p{place}", len(bought.lines)) == wanted
    for count, total in enumerate(expected.get("totals_after_each", ()), start=1):
        assert asked(bought, *offers[:count], mode=mode).total == major(total)


def _by_priority(given: Case, expected: Case) -> None:
    known = {
        "10%": PercentOff(percent=Decimal(10)),
        "290 off": AmountOff(amounts=(major("290"),)),
    }
    for names, total in zip(given["orders"], expected["totals"], strict=True):
        offers = [
            Promotion(id=name, gives=known[name], priority=-place)
            for place, name in enumerate(names)
        ]
        assert asked(lines_of(given), *offers).total == major(total)


def _checked_again(expected: Case) -> None:
    bought = order(eur(500), units=3)
    for name, a, b in (("A_then_B", 1, 0), ("B_then_A", 0, 1)):
        made = asked(
            bought,
            Promotion(id="A", gives=PercentOff(percent=Decimal(50)), units=3, priority=a),
            Promotion(id="B", gives=PercentOff(percent=Decimal(10)), minimum=eur(1000), priority=b),
        )
        assert made.total == eur(expected[name]["total"])
        assert [each.offer for each in made.adjustments] == expected[name]["applied"]


def _both_levels(given: Case, expected: Case) -> None:
    product = Decimal(given["product_promotion_percent"])
    voucher = Decimal(given["order_voucher_percent"])
    made = asked(
        order(major(given["list_total"])),
        Promotion(id="product", gives=PercentOff(percent=product, scope=Scope.EACH_LINE)),
        Promotion(id="voucher", gives=PercentOff(percent=voucher)),
    )
    assert made.total == major(expected["total"])


def fixed_order(given: Case, expected: Case) -> None:
    offer = Promotion(id="f", gives=AmountOff(amounts=(major(given["amount"]),)))
    if "lines" in given:
        assert asked(lines_of(given), offer).discount == major(expected["discount"])
        return
    for case, total in zip(given["cases"], expected["totals"], strict=True):
        assert asked(order(major(case["subtotal"])), offer).total == major(total)


def step_percent(given: Case, expected: Case) -> None:
    steps = tuple((major(floor), Decimal(rate)) for floor, rate in given["steps"])
    offer = Promotion(id="s", gives=StepPercent(steps=steps))
    for units, total in zip(given["quantities"], expected["totals"], strict=True):
        bought = order(major(given["unit_price"]), units=units)
        assert asked(bought, offer).total == major(total)


def buy_3_cheapest_free(given: Case, expected: Case) -> None:
    gives = BuyGet(buy=2, get=1, times=given["applications"])
    bought = lines_of(given)
    assert asked(bought, Promotion(id="b", gives=gives)).discount == major(expected["discount"])
    consumed = (gives.buy + gives.get) * given["applications"]
    units = sum(line.quantity for line in bought.lines)
    assert (consumed, units - consumed) == (expected["items_consumed"], expected["items_left"])


def buy_x_get_x(given: Case, expected: Case) -> None:
    units = given["line"]["qty"]
    total = Decimal(given["line"]["subtotal"])
    price = Money.of(total / units, "EUR", rounding=Rounding.DOWN)
    gives = BuyGet(buy=given["buy"], get=given["get"])
    made = asked(order(price, units=units), Promotion(id="b", gives=gives))
    assert made.discount == major(expected["discount"])


def fixed_on_items(given: Case, expected: Case) -> None:
    lines = tuple(
        Line(id=name, sku=name, unit_price=eur(price)) for name, price in given["lines"].items()
    )
    bought = Order(id="1", at=NOON, currency="EUR", lines=lines)
    selection = Selection(skus=tuple(given["eligible"]))
    gives = AmountOff(amounts=(eur(given["amount_minor"]),), selection=selection)
    made = asked(bought, Promotion(id="a", gives=gives))
    parts = dict(made.adjustments[0].lines)
    assert {line.id: parts.get(line.id, eur(0)).minor for line in lines} == expected["parts"]
    assert made.total == eur(expected["total"])


def gift_quantity(given: Case, expected: Case) -> None:
    offer = Promotion(id="g", gives=GiftWith(gift=Gift(sku="free"), per=3))
    for units, gifts in zip(given["paid_units"], expected["gifts"], strict=True):
        found = asked(order(eur(100), units=units), offer).gifts
        assert sum(times for _, times in found) == gifts


def coupon_valid_through_date(given: Case, expected: Case) -> None:
    last, zone = date.fromisoformat(given["date"]), ZoneInfo(given["timezone"])
    assert Validity(last=last, zone=zone).ends == instant(expected["ends_at"])


def usage_after_cancelling(_: Case, __: Case) -> None:
    redeemed = CouponRedeemed(id="r", at=NOON, code="ONCE", order="1")
    cancelled = Order(
        id="1",
        at=NOON,
        currency="EUR",
        lines=order(eur(100)).lines,
        cancellations=(Cancellation(id="c", at=NOON),),
    )
    customer = Customer(id="C1", at=NOON)
    offer = Promotion(
        id="once", code="ONCE", gives=PercentOff(percent=Decimal(10)), limit=Limit(each=1)
    )
    for history, holds in (
        (History.of(customer, redeemed, order(eur(100))), False),
        (History.of(customer, redeemed, cancelled), True),
    ):
        used = usage([history], scopes=Pairs(ONCE="once"), customer="C1")
        made = quote(order(eur(100)), offers=(offer,), at=NOON, codes=("once",), known=Known(used))
        assert bool(made.why("once")) is holds


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
        known = Known(Usage(Pairs(b=Used(spent=eur(spent)))))
        made = quote(order(eur(9999)), offers=(offer,), at=NOON, known=known)
        assert bool(made.why("b")) is (result == "granted")


# ---------------------------------------------------------------- earning


def paid(minor: int, *refunds: Refund, tax: int = 0, id: str = "1") -> Order:
    taxes = (Tax(amount=eur(tax)),) if tax else ()
    return Order(
        id=id,
        at=NOON,
        currency="EUR",
        lines=(Line(id="l1", sku="s", unit_price=eur(minor), taxes=taxes),),
        payments=(Payment(id="p", at=NOON, amount=eur(minor + tax)),),
        refunds=refunds,
    )


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


def refund_clawback(given: Case, expected: Case) -> None:
    earning = Earning(rules=(Earn(name="r", points=1, per=eur(given["rule"]["per_minor"])),))
    programme = Programme(name="club", earning=earning)
    refunds = tuple(
        Refund(
            id=f"r{n}",
            at=NOON + timedelta(days=n + 1),
            amount=eur(each),
            lines=(RefundLine(line="l1", amount=eur(each)),),
        )
        for n, each in enumerate(given["refunds_minor"])
    )
    history = History.of(paid(given["paid_minor"], *refunds))
    entries: tuple[Entry, ...] = ()
    taken = []
    for n in range(len(refunds) + 1):
        at = NOON + timedelta(days=n)
        decision = programme.decide(history, at=at, known=Known(Ledger(entries)))
        new = decision.value.entries if decision else ()
        entries += new
        taken.append(sum(e.points for e in new if e.kind is EntryKind.CLAWBACK))
    assert taken[1:] == expected["clawbacks"]
    assert fold(entries, at=NOON + timedelta(days=9)).available == expected["kept"]


def redeem(given: Case, expected: Case) -> None:
    """A step of no points is refused where it is stated; below a step nothing is redeemed."""
    with pytest.raises(InvalidProgramme):
        Redemption(worth=eur(given["conversion_amount_minor"]), points=given["conversion_points"])
    state = LedgerState(at=NOON, available=given["balance"])
    policy = Redemption(worth=eur(1), points=10**9, minimum=given["min_points"])
    wish = Request(points=given["requested"], total=eur(given["order_total_minor"]))
    decision = policy.decide(wish, at=NOON, known=Known(state))
    assert (decision.value.points if decision else 0) == expected["points"]


def redeem_catalog(given: Case, expected: Case) -> None:
    reward = Reward(name="mug", cost=given["required_points"], offer=Gift(sku="mug"))
    decision = reward.decide(LedgerState(at=NOON, available=given["balance"]), at=NOON)
    assert decision
    assert decision.value.points == expected["points_cost"]


# ---------------------------------------------------------------- the ledger


def replay(given: Case, expected: Case) -> None:
    if "story" in given:
        _loop(expected)
        return
    rows: list[Entry] = []
    for n, each in enumerate(given["events"]):
        spent = next((row.key for row in rows if row.kind is EntryKind.SPEND), "")
        rows.append(
            Entry(
                key=each.get("id", f"row{n}"),
                kind=KINDS[each["kind"]],
                points=each["pts"],
                at=instant(each["at"]),
                expires_at=instant(each["exp"]) if "exp" in each else None,
                ref=spent if each["kind"] == "restore" else "",
            )
        )
    at = instant(given["as_of"]) if "as_of" in given else max(row.at for row in rows)
    state = fold(rows, at=at)
    assert state.balance == expected.get("balance", state.balance)
    assert state.deficit == expected.get("deficit", state.deficit)
    assert state.expired == expected.get("expired", state.expired)
    left = {lot.key: lot.left for lot in state.lots}
    assert left == expected.get("lots", left)
    assert [each.key for each in state.ignored] == expected.get("refused", [])
    for by, points in expected.get("expiring_by", {}).items():
        assert fold(rows, at=instant("2026-01-04T00:00:00Z")).expiring_by(instant(by)) == points


def _loop(expected: Case) -> None:
    programme = Programme(
        name="club", earning=Earning(rules=(Earn(name="r", points=1, per=eur(100)),))
    )
    orders = [
        paid(10000, Refund(id=f"r{n}", at=NOON + timedelta(days=1), amount=eur(10000)), id=str(n))
        for n in range(10)
    ]
    entries: tuple[Entry, ...] = ()
    for days in range(3):
        at = NOON + timedelta(days=days)
        decision = programme.decide(History.of(*orders), at=at, known=Known(Ledger(entries)))
        entries += decision.value.entries if decision else ()
    assert fold(entries, at=NOON).available == 1000
    assert fold(entries, at=NOON + timedelta(days=3)).balance == expected["balance"]


def clawback(given: Case, expected: Case) -> None:
    rows = (
        Entry(key="e", kind=EntryKind.EARN, points=given["earned"], at=NOON),
        Entry(key="s", kind=EntryKind.SPEND, points=given["spent"], at=NOON),
    )
    policies = {"clamp_to_zero": Clawback.WITHIN_BALANCE, "allow_negative": Clawback.ALLOW_NEGATIVE}
    state = fold(rows, at=NOON)
    for name, debit, balance in zip(
        given["policies"], expected["debit"], expected["balance"], strict=True
    ):
        points = policies[name].of(given["clawback"], "e", state)
        assert points == debit
        row = Entry(key="c", kind=EntryKind.CLAWBACK, points=points, at=NOON, ref="e")
        assert fold((*rows, row), at=NOON).balance == balance


def idempotency(_: Case, expected: Case) -> None:
    store = MemoryStore()
    earned = Entry(key="earn:order:1", kind=EntryKind.EARN, points=150, at=NOON)
    taken = Entry(
        key="clawback:order:1", kind=EntryKind.CLAWBACK, points=150, at=NOON, ref=earned.key
    )
    for row, seq in ((earned, 0), (earned, 0), (taken, 1), (taken, 1)):
        store.append("a", (row,), expected_seq=seq)
    loaded = store.load("a")
    assert fold(loaded.entries, at=NOON).balance == expected["balance"]
    kinds = [row.kind.value for row in loaded.entries]
    assert {kind: kinds.count(kind) for kind in kinds} == expected["rows"]


def inactivity_expiry(given: Case, expected: Case) -> None:
    terms = Terms(idle=After(Duration(years=1)))
    rows = [
        Entry(
            key=str(n),
            kind=KINDS[kind],
            points=points,
            at=datetime.fromisoformat(f"{on}T00:00:00+00:00"),
        )
        for n, (on, kind, points) in enumerate(given["events"])
    ]
    state = fold(rows, at=rows[-1].at, terms=terms)
    assert state.available == expected["whole_balance"]
    (expiring,) = state.expiries
    last_day = (expiring.at - timedelta(microseconds=1)).date()
    assert last_day.isoformat() == expected["expires_on"]


def expiry(given: Case, expected: Case) -> None:
    after = After(Duration(months=given["months"]))
    ends = after.ends(instant(given["earned_at"]), ZoneInfo(given["timezone"]))
    assert ends == instant(expected["expires_at"])


# ---------------------------------------------------------------- tiers, days, friends, members


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


# ---------------------------------------------------------------- what points owe


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


CHECKS: Mapping[str, Callable[[Case, Case], None]] = {
    "allocate": allocate,
    "allocate_price": allocate_price,
    "allocate_with_floors": allocate_with_floors,
    "billing_dates": billing_dates,
    "birthday_guard": birthday_guard,
    "budget": budget,
    "buy_3_cheapest_free": buy_3_cheapest_free,
    "buy_x_get_x": buy_x_get_x,
    "clawback": clawback,
    "coupon_valid_through_date": coupon_valid_through_date,
    "deferred_revenue": deferred_revenue,
    "earn": earn,
    "expiry": expiry,
    "fixed_on_items": fixed_on_items,
    "fixed_order": fixed_order,
    "gift_quantity": gift_quantity,
    "idempotency": idempotency,
    "inactivity_expiry": inactivity_expiry,
    "percent": percent_off,
    "redeem": redeem,
    "redeem_catalog": redeem_catalog,
    "referral": referral,
    "refund_clawback": refund_clawback,
    "replay": replay,
    "stack": stack,
    "step_percent": step_percent,
    "tier_by_balance": tier_by_balance,
    "tier_reevaluate": tier_reevaluate,
    "usage": usage_after_cancelling,
}


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["id"]))
def test_a_worked_case(case: Case) -> None:
    CHECKS[case["given"]["op"]](case["given"], case["expected"])


def test_there_are_as_many_cases_as_there_were() -> None:
    assert len(CASES) == 68
    assert {case["given"]["op"] for case in CASES} == set(CHECKS)
