"""The worked cases of other systems: the ledger."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from postpurchase.domain.history import History
from postpurchase.domain.moment import Duration
from postpurchase.domain.offer import Gift
from postpurchase.domain.order import (
    Refund,
    RefundLine,
)
from postpurchase.domain.rule import Known
from postpurchase.errors import InvalidProgramme
from postpurchase.integrations.memory import MemoryStore
from postpurchase.rewards import (
    After,
    Clawback,
    Earn,
    Earning,
    Entry,
    EntryKind,
    Ledger,
    LedgerState,
    Programme,
    Redemption,
    Request,
    Reward,
    Terms,
    fold,
)
from worked import CASES, NOON, Case, Checks, checked, eur, instant, named, paid

KINDS = {
    "earn": EntryKind.EARN,
    "spend": EntryKind.SPEND,
    "claw": EntryKind.CLAWBACK,
    "restore": EntryKind.RESTORE,
}


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


CHECKS: Checks = {
    "clawback": clawback,
    "expiry": expiry,
    "idempotency": idempotency,
    "inactivity_expiry": inactivity_expiry,
    "redeem": redeem,
    "redeem_catalog": redeem_catalog,
    "refund_clawback": refund_clawback,
    "replay": replay,
}


@pytest.mark.parametrize("case", checked(CHECKS), ids=named)
def test_a_worked_case(case: Case) -> None:
    CHECKS[case["given"]["op"]](case["given"], case["expected"])


def test_no_case_is_left_out() -> None:
    """The other cases are those of programmes and of offers."""
    others = {
        "allocate",
        "allocate_price",
        "allocate_with_floors",
        "billing_dates",
        "birthday_guard",
        "budget",
        "buy_3_cheapest_free",
        "buy_x_get_x",
        "coupon_valid_through_date",
        "deferred_revenue",
        "earn",
        "fixed_on_items",
        "fixed_order",
        "gift_quantity",
        "percent",
        "referral",
        "stack",
        "step_percent",
        "tier_by_balance",
        "tier_reevaluate",
        "usage",
    }
    assert len(CASES) == 68
    assert {case["given"]["op"] for case in CASES} - set(CHECKS) == others
