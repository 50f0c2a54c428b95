"""Every complaint of this room, word for word: what was wrong, what was given, what to do."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from postpurchase.domain.money import Money
from postpurchase.errors import PostPurchaseError
from postpurchase.offers import (
    AmountOff,
    Attempts,
    BuyGet,
    Lane,
    Limit,
    OfferCalendar,
    Pattern,
    PercentOff,
    Signer,
    Source,
    Stacking,
    Validity,
)

AT = datetime(2026, 1, 1, tzinfo=UTC)
EUR = Money.parse("1.00 EUR")
SOURCE: Source = bytes

CASES: list[tuple[Callable[[], object], str]] = [
    (
        lambda: PercentOff(percent=Decimal(0)),
        (
            "PercentOff: a percentage is a Decimal above 0 and at most 100, got "
            "Decimal('0'): use Decimal(10) for ten per cent"
        ),
    ),
    (
        lambda: AmountOff(amounts=()),
        (
            "AmountOff: amounts are above zero, one for each currency, got none: use "
            "(Money.parse('5.00 EUR'), Money.parse('5.00 USD'))"
        ),
    ),
    (
        lambda: AmountOff(amounts=(EUR, EUR)),
        (
            "AmountOff: amounts are above zero, one for each currency, got 1.00 EUR, 1.00 "
            "EUR: use (Money.parse('5.00 EUR'), Money.parse('5.00 USD'))"
        ),
    ),
    (
        lambda: BuyGet(buy=0),
        "BuyGet: units are one or more, got 0: leave the offer out",
    ),
    (
        lambda: Validity(first=date(2026, 1, 2), last=date(2026, 1, 1)),
        (
            "Validity: an offer ends on the day it begins or later, got 2026-01-02 to "
            "2026-01-01: swap them"
        ),
    ),
    (
        lambda: Limit(each=0),
        "Limit: an offer can be used once or more, got 0: leave the offer out",
    ),
    (
        lambda: Stacking((Lane("a"), Lane("a"))),
        "Stacking: each lane stands once, got a, a: lanes run in this order",
    ),
    (
        lambda: Attempts(most=0),
        "Attempts: one wrong code or more may be entered, got 0: use 5",
    ),
    (
        lambda: OfferCalendar(regulars=(), begins=AT, most=1),
        (
            "OfferCalendar: so many times (one or more) go with a stretch of time, got 1 "
            "within None: pass most=2, within=Duration(months=1), or neither"
        ),
    ),
    (
        lambda: Pattern(length=3),
        (
            "Pattern: a code has 4 random symbols or more, five bits each, got 3: use 12 "
            "for a code that is worth money to whoever has it"
        ),
    ),
    (
        lambda: Pattern(length=4).batch(600_000, SOURCE),
        (
            "Pattern: at most half of all possible codes are in use, got 600000 of "
            "1048576: use longer codes"
        ),
    ),
    (
        lambda: Signer(()),
        (
            "Signer: a signer has keys of 16 bytes or more with names of letters and "
            "digits, got none: pass (('k1', secret),), the newest first"
        ),
    ),
    (
        lambda: Signer((("a", b"x" * 16), ("a", b"y" * 16))),
        (
            "Signer: a signer has keys of 16 bytes or more with names of letters and "
            "digits, got a, a: pass (('k1', secret),), the newest first"
        ),
    ),
    (
        lambda: Signer((("k", b"short"),)),
        (
            "Signer: a signer has keys of 16 bytes or more with names of letters and "
            "digits, got k: pass (('k1', secret),), the newest first"
        ),
    ),
]


@pytest.mark.parametrize(("wrong", "complaint"), CASES, ids=[text[:60] for _, text in CASES])
def test_a_complaint_says_everything(wrong: Callable[[], object], complaint: str) -> None:
    with pytest.raises(PostPurchaseError) as caught:
        wrong()
    assert str(caught.value) == complaint
