"""Policies of both rooms survive the way to a file and back."""

from datetime import time, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from postpurchase import plain
from postpurchase.domain.event import TicketType
from postpurchase.domain.moment import Window
from postpurchase.domain.money import Money
from postpurchase.domain.pairs import Pairs
from postpurchase.domain.selection import Selection
from postpurchase.recommend import (
    Bestsellers,
    Blend,
    BoughtTogether,
    Chain,
    Complement,
    Complements,
    Favourites,
    Filters,
    LittleExtra,
    Refill,
    Suggest,
    Taste,
    Upgrade,
)
from postpurchase.support import (
    Doing,
    Guides,
    Hours,
    Idea,
    Ideas,
    OfferChat,
    Remedies,
    RemedyRule,
    Roadblocks,
)

KNIVES = Complement(
    bought=Selection(categories=("knives",)), goes=Selection(products=("sharpener",))
)
POLICIES = (
    Suggest(
        policy=Chain(
            policies=(
                Complements(rules=(KNIVES,)),
                Blend(policies=(BoughtTogether(most=9), Taste(observed=0.2)), weights=(1.0, 0.5)),
                Refill(window=(Decimal("0.9"), Decimal("1.1"))),
                Upgrade(),
                Favourites(decay=0.5),
            ),
            quotas=(2, 2, 1, 1, 1),
        ),
        fallback=Bestsellers(categories=("kitchen",)),
        filters=Filters(sensitive=("food",), diets=Pairs(vegan=("meat", "egg")), per_category=2),
    ),
    LittleExtra(
        policy=Taste(),
        pool=("socks",),
        most=Money.parse("1.00 EUR"),
        abroad=Pairs(US=("food",)),
        share=Decimal("0.3"),
    ),
    Guides(limit=2),
    Ideas((Idea(bought=Selection(tags=("pan",)), what="recipe"),)),
    OfferChat(
        hours=Hours(window=Window(time(9), time(17)), zone=ZoneInfo("Asia/Kolkata")),
        pause=timedelta(hours=12),
    ),
    Remedies(rules=(RemedyRule(problem=TicketType.DELAYED, doing=Doing.INFORM),), often=2),
    Roadblocks(),
)


@pytest.mark.parametrize("policy", POLICIES, ids=lambda policy: type(policy).__name__)
def test_a_policy_survives_plain_data(policy: Any) -> None:  # noqa: ANN401 - any policy
    assert plain.load(type(policy), plain.dump(policy)) == policy
