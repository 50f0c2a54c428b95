"""Why something is suggested, as the reader's language writes days, amounts and numbers."""

from datetime import UTC, date, datetime
from fractions import Fraction
from typing import ClassVar

import pytest
from attrs import evolve, frozen

from postpurchase.domain import kinds
from postpurchase.domain.decision import Reason, Says, says
from postpurchase.domain.message import Channel
from postpurchase.domain.money import Money
from postpurchase.messages import Digits, Voice
from postpurchase.offers.why import Ended, SpendMore
from postpurchase.recommend import BoughtOften, GoesWith, RunsOut
from postpurchase.testing import sample

VOICE = Voice(shop=sample.shop(), sender="shop@kitchen.example.com", link=sample.links)


@frozen
class Portion(Reason):
    """A fact of a type that nobody writes in a way of its own."""

    says: ClassVar[Says] = says("a portion is %(part)s")
    part: Fraction


@pytest.mark.parametrize(
    ("locale", "reason", "said"),
    [
        ("en-US", RunsOut(date(2026, 5, 3), "soap"), "runs out about May 3, 2026"),
        ("en-GB", RunsOut(date(2026, 5, 3), "soap"), "runs out about 3 May 2026"),
        ("hi", RunsOut(date(2026, 5, 3), "soap"), "3 मई 2026"),
        ("ur", RunsOut(date(2026, 5, 3), "soap"), "3 مئی، 2026"),
        ("bn", RunsOut(date(2026, 5, 3), "soap"), "৩ মে, ২০২৬"),
        ("bn", BoughtOften(12_345), "১২,৩৪৫"),
        ("en", GoesWith("Knife\u202eset"), "goes with your Knife set"),
        ("hi", SpendMore(Money.parse("2500.50 EUR")), "€2,500.50"),
        ("en", Ended(datetime(2026, 5, 3, 9, tzinfo=UTC)), "May 3, 2026"),
        ("en", Portion(Fraction(1, 3)), "a portion is 1/3"),
    ],
)
def test_what_a_reason_mentions_is_written_as_the_language_writes_it(
    locale: str, reason: Reason, said: str
) -> None:
    shown = sample.suggestions()
    item = evolve(shown.items[0], reasons=(reason,))
    action = sample.action(kinds.SHIPPED, Channel.EMAIL, evolve(shown, items=(item,)))
    voice = evolve(VOICE, digits=Digits.NATIVE if locale == "bn" else Digits.LATIN)
    assert said in voice.compose(action, sample.history(locale)).text
