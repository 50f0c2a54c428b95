"""One customer, one year, two tiers, a refund, an expiry: printed as a statement of points.

    python examples/loyalty_year.py

Every evening the shop asks its programme what is due, and writes it down. Nothing else moves
points: what ran out, nobody has to sweep.
"""

import sys
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import postpurchase as pp
from postpurchase import rewards
from postpurchase.integrations.memory import MemoryStore

ZONE = ZoneInfo("Europe/Berlin")
EUR = pp.Money.parse("1.00 EUR")

PROGRAMME = rewards.Programme(
    name="kitchen-club",
    terms=rewards.Terms(
        zone=ZONE,
        expiry=rewards.After(pp.moment.Duration(months=6), rewards.RoundTo.MONTH),
    ),
    earning=rewards.Earning(
        zone=ZONE,
        rules=(
            rewards.Earn(name="base", points=1, per=EUR),
            rewards.Earn(name="welcome", points=100, numbers=(1,)),
            rewards.Earn(name="review", points=20, on=rewards.Trigger.REVIEW),
            rewards.Earn(name="birthday", points=50, on=rewards.Trigger.BIRTHDAY),
        ),
        boosts=(
            rewards.Boost(name="silver", factor=Decimal("1.5"), when=rewards.TierIs("silver")),
        ),
    ),
    occasions=rewards.Occasions(),
    ladder=rewards.Ladder(
        zone=ZONE,
        tiers=(
            rewards.Tier(name="member", at_least=0),
            rewards.Tier(name="silver", at_least=30000),
        ),
        measure=rewards.Spend(currency="EUR"),
    ),
    redemption=rewards.Redemption(points=100, worth=pp.Money.parse("5.00 EUR")),
)


def on(month: int, day: int) -> datetime:
    """Noon in Berlin, in the year of the story."""
    return datetime(2026, month, day, 12, tzinfo=ZONE).astimezone(UTC)


def order(id: str, at: datetime, amount: str, *refunds: pp.Refund) -> pp.Order:
    """An order of one line, paid at once."""
    price = pp.Money.parse(amount)
    return pp.Order(
        id=id,
        at=at,
        currency="EUR",
        lines=(pp.Line(id="pan", sku="PAN", unit_price=price),),
        payments=(pp.Payment(id=f"pay-{id}", at=at, amount=price),),
        refunds=refunds,
    )


BACK = pp.Money.parse("80.00 EUR")
FACTS = (
    pp.Customer(id="C1", at=on(1, 10), birthday=pp.Birthday(9, 10)),
    order("1001", on(1, 10), "120.00 EUR"),
    pp.ReviewPosted(id="R1", at=on(2, 1), rating=3),
    order(
        "1002",
        on(3, 5),
        "200.00 EUR",
        pp.Refund(
            id="F1", at=on(3, 20), amount=BACK, lines=(pp.RefundLine(line="pan", amount=BACK),)
        ),
    ),
    order("1003", on(4, 2), "50.00 EUR"),
)
HISTORY = pp.History.of(*FACTS)
STORE = MemoryStore()


def write(*entries: rewards.Entry) -> None:
    """Append to the one account of the story."""
    done = STORE.append("C1", entries, expected_seq=STORE.load("C1").seq)
    assert isinstance(done, rewards.Appended)  # noqa: S101 - nobody else writes here


def state(at: datetime) -> rewards.LedgerState:
    """What the account comes to."""
    return rewards.fold(STORE.load("C1").entries, at=at, terms=PROGRAMME.terms)


def pay_with_points(at: datetime, wish: int, total: str) -> None:
    """What the checkout does: ask what may be used, set it aside, use it."""
    redemption = PROGRAMME.redemption or sys.exit("no redemption")
    request = rewards.Request(points=wish, total=pp.Money.parse(total))
    decision = redemption.decide(request, at=at, known=pp.Known(state(at)))
    if decision:
        points = decision.value.points
        write(rewards.hold(points, order="1003", at=at))
        write(rewards.capture(points, order="1003", at=at))


def statement() -> None:
    """Live through the year, evening by evening, and print what moved."""
    print(f"{'date':10}  {'what':34} {'points':>7} {'balance':>8}  tier")
    expired, tier = 0, ""
    for number in range(366):
        night = datetime(2026, 1, 1, 23, tzinfo=ZONE) + timedelta(days=number)
        known = pp.Known(rewards.Ledger(STORE.load("C1").entries))
        decision = PROGRAMME.decide(HISTORY, at=night, known=known)
        posted = decision.value.entries if decision else ()
        write(*posted)
        if night.date() == on(4, 2).date():
            pay_with_points(on(4, 2), 250, "50.00 EUR")
            posted += tuple(
                row for row in STORE.load("C1").entries if row.key == "spend:order:1003"
            )
        now = state(night)
        standing = PROGRAMME.ladder and PROGRAMME.ladder.decide(HISTORY, at=night).value
        lines = [(row.rule or row.key, SIGNS.get(row.kind, 1) * row.points) for row in posted]
        if now.expired > expired:
            lines.append(("ran out", expired - now.expired))
        if standing and standing.tier != tier:
            lines.append((f"now {standing.tier}", 0))
        for what, points in lines:
            print(
                f"{night:%Y-%m-%d}  {what:34} {points:>+7} {now.balance:>8}  "
                f"{standing.tier if standing else ''}"
            )
        expired, tier = now.expired, standing.tier if standing else ""


SIGNS = {rewards.EntryKind.CAPTURE: -1, rewards.EntryKind.CLAWBACK: -1}
statement()
END = datetime(2026, 12, 31, 23, tzinfo=ZONE)
ACCOUNT = state(END)
print(f"to use: {ACCOUNT.available}, used: {ACCOUNT.spent}, ran out: {ACCOUNT.expired}")
for soon in ACCOUNT.expiries:
    print(f"{soon.points} points run out at {soon.at.astimezone(ZONE):%d %b %Y %H:%M}")
OWED = rewards.liability(
    [ACCOUNT], each=Decimal("0.05"), redemption=Decimal("0.80"), currency="EUR"
)
print(f"owed to this customer: {OWED.expected} of {OWED.worth}")
