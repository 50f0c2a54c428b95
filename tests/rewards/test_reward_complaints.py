"""Every complaint of this room, word for word: what was wrong, what was given, what to do."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from postpurchase.domain.moment import Duration
from postpurchase.domain.money import Money
from postpurchase.domain.offer import Perk, StoreCredit
from postpurchase.errors import PostPurchaseError
from postpurchase.rewards import (
    After,
    Boost,
    Cap,
    ContentThanks,
    Earn,
    Earning,
    Entry,
    EntryKind,
    Ladder,
    LedgerState,
    OnDays,
    Orders,
    PartnerPerk,
    Plan,
    Programme,
    Redemption,
    Terms,
    Tier,
    TierIs,
    allocated,
    fold,
    recognised,
    restored,
)
from postpurchase.rewards.store import countable

AT = datetime(2026, 1, 1, tzinfo=UTC)
ROW = Entry(key="a", kind=EntryKind.EARN, points=5, at=AT)
EUR = Money.parse("1.00 EUR")


def row(key: str = "a", **more: object) -> Entry:
    made: dict[str, object] = {"kind": EntryKind.EARN, "points": 5, "at": AT, **more}
    return Entry(key=key, **made)  # type: ignore[arg-type]  # some of it is wrong on purpose


CASES: list[tuple[Callable[[], object], str]] = [
    (
        lambda: row(""),
        (
            "entry '': an entry needs a key, got an empty text: name what it is for, such "
            "as 'earn:order:1001'"
        ),
    ),
    (
        lambda: row(points=0),
        (
            "entry 'a': earn needs points above zero, got 0: the kind gives the sign; only "
            "adjust and transfer may be below zero"
        ),
    ),
    (
        lambda: row(points=1.5),
        (
            "points are whole and multipliers exact, got 1.5: pass an int for points, a "
            "Decimal for a multiplier"
        ),
    ),
    (
        lambda: row(kind=EntryKind.RELEASE, points=0),
        (
            "entry 'a': release answers another entry, got no ref: pass the key of the "
            "entry that it answers"
        ),
    ),
    (
        lambda: row(kind=EntryKind.HOLD),
        (
            "entry 'a': a hold has a time limit, got no expires_at: say until when the "
            "points are set aside"
        ),
    ),
    (
        lambda: row(expires_at=AT),
        (
            "entry 'a': points expire after they become usable, got "
            "2026-01-01T00:00:00+00:00, usable from 2026-01-01T00:00:00+00:00: count the "
            "expiry from the instant they become usable"
        ),
    ),
    (
        lambda: row(available_at=AT - timedelta(days=1)),
        (
            "entry 'a': points become usable at or after the entry itself, got "
            "2025-12-31T00:00:00+00:00, written 2026-01-01T00:00:00+00:00: date the entry "
            "by when it happened"
        ),
    ),
    (
        lambda: fold([ROW, row(points=6)], at=AT),
        (
            "'a' already stands for Entry(key='a', kind=<EntryKind.EARN: 'earn'>, "
            "points=5, at=datetime.datetime(2026, 1, 1, 0, 0, "
            "tzinfo=datetime.timezone.utc), available_at=datetime.datetime(2026, 1, 1, 0, "
            "0, tzinfo=datetime.timezone.utc), expires_at=None, ref='', rule=''), got "
            "Entry(key='a', kind=<EntryKind.EARN: 'earn'>, points=6, "
            "at=datetime.datetime(2026, 1, 1, 0, 0, tzinfo=datetime.timezone.utc), "
            "available_at=datetime.datetime(2026, 1, 1, 0, 0, "
            "tzinfo=datetime.timezone.utc), expires_at=None, ref='', rule=''): retry with "
            "the same content, or name another intent"
        ),
    ),
    (
        lambda: fold([], at=AT, onto=LedgerState(at=AT + timedelta(days=1))),
        (
            "entry 'at' is of 2026-01-01T00:00:00+00:00, the state of "
            "2026-01-02T00:00:00+00:00: fold all entries from the start"
        ),
    ),
    (
        lambda: fold([ROW], at=AT + timedelta(days=2), onto=LedgerState(at=AT + timedelta(days=1))),
        (
            "entry 'a' is of 2026-01-01T00:00:00+00:00, the state of "
            "2026-01-02T00:00:00+00:00: fold all entries from the start"
        ),
    ),
    (
        lambda: restored(LedgerState(at=AT), "s", 1, at=AT, terms=Terms(), mark="m"),
        (
            "entry 's': no more points come back than were spent, got 1, 0 are left: give "
            "back the rest"
        ),
    ),
    (
        lambda: Earn(name="a", points=0),
        "Earn: a rule gives one point or more, got 0: leave the rule out",
    ),
    (
        lambda: Earn(name="a", points=1, per=EUR * 0),
        ("Earn: points are given per amount above zero, got 0.00 EUR: use Money.parse('1.00 EUR')"),
    ),
    (
        lambda: Boost(name="a", factor=Decimal(-1)),
        (
            "Boost: a factor is a number of zero or more, got -1: use Decimal('1.5') for "
            "half as much again"
        ),
    ),
    (
        lambda: Earning(rules=(Earn(name="a", points=1), Earn(name="a", points=2))),
        (
            "Earning: each rule has a name of its own, got a, a: limits and budgets are "
            "counted by name"
        ),
    ),
    (
        lambda: Cap(most=0),
        ("a limit: most is one or more, got 0: leave the rule out where nothing may be given"),
    ),
    (
        lambda: OnDays(()),
        (
            "OnDays: points run out on one day of the year or more, got none: use Never() "
            "for points that do not run out"
        ),
    ),
    (
        lambda: Terms(idle=After(Duration())),
        (
            "Terms: points stay alive for more than a day after the last activity, got "
            "PT0S: use After(Duration(months=12)) for a year"
        ),
    ),
    (
        lambda: Programme(name="club", earning=Earning(rules=(), zone=ZoneInfo("Asia/Kolkata"))),
        (
            "club: earning and terms count days in one zone, got Asia/Kolkata and UTC: "
            "pass the shop's zone to both"
        ),
    ),
    (
        lambda: Redemption(worth=EUR, points=0),
        (
            "Redemption: a step has a point or more and is worth something, got 0 points "
            "for 1.00 EUR: use points=100, worth=Money.parse('1.00 EUR')"
        ),
    ),
    (
        lambda: Redemption(worth=EUR, most=Decimal(0)),
        (
            "Redemption: points pay for more than 0 and at most 100 per cent, got 0: use "
            "Decimal(50) for half of an order"
        ),
    ),
    (
        lambda: Ladder(tiers=(), measure=Orders()),
        (
            "Ladder: tiers begin at 0 and rise, got []: list the tier that everybody has "
            "first, with at_least=0"
        ),
    ),
    (
        lambda: Ladder(tiers=(Tier(name="a", at_least=0),), measure=Orders(), months=0),
        "Ladder: a period has a month or more, got 0: use 12 for a year",
    ),
    (
        lambda: Plan(name="plus", fee=EUR * 0),
        (
            "Plan: a paid membership has a fee above zero, got 0.00 EUR: use a Ladder for "
            "what is free"
        ),
    ),
    (
        lambda: Plan(name="plus", fee=EUR).pays_from(shipping=EUR * 0, costs=EUR, margin=EUR),
        (
            "plus: an order without the membership pays for shipping, got 0.00 EUR: pass "
            "what shipping costs the customer"
        ),
    ),
    (
        lambda: PartnerPerk(perk=Perk(name="spa", partner="x"), when=TierIs("gold"), times=0),
        "PartnerPerk: a perk is given once or more, got 0: leave it out",
    ),
    (
        lambda: ContentThanks(gives=StoreCredit(amount=EUR), disclosure=""),
        (
            "ContentThanks: what was given for a post or a review is told beside it, got "
            "no disclosure: write it in the shop's language, such as 'The writer received "
            "a coupon.'"
        ),
    ),
    (
        lambda: recognised(EUR, (2,), (1,)),
        (
            "recognised: each period has points used and at least as many expected, got "
            "(2,) of (1,): raise the estimate when more points are used"
        ),
    ),
    (
        lambda: allocated(EUR, 1, each=Decimal(1), redemption=Decimal(2)),
        ("a report: redemption is a share of 0 to 1, got 2: use Decimal('0.85') for 85 per cent"),
    ),
    (
        lambda: countable(0),
        "a limit: one or more is used at a time, got 0: release what is given back",
    ),
]


@pytest.mark.parametrize(("wrong", "complaint"), CASES, ids=[text[:60] for _, text in CASES])
def test_a_complaint_says_everything(wrong: Callable[[], object], complaint: str) -> None:
    with pytest.raises(PostPurchaseError) as caught:
        wrong()
    assert str(caught.value) == complaint
