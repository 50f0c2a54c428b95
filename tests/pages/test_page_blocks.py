"""Answers of other rooms on pages: each block that comes with the library has its place there."""

from datetime import timedelta
from decimal import Decimal

import pytest
from attrs import evolve

from postpurchase.domain.decision import Outcome
from postpurchase.domain.money import Money
from postpurchase.domain.offer import (
    Coupon,
    FreeShipping,
    Gift,
    Invitation,
    Percent,
    Perk,
    Points,
    StoreCredit,
)
from postpurchase.domain.pairs import Pairs
from postpurchase.domain.selection import Selection
from postpurchase.messages import BLOCKS, Block, Question, Voice
from postpurchase.offers import PersonalOffer
from postpurchase.pages import Pages
from postpurchase.rewards import Award, Standing
from postpurchase.support import (
    SERVICE,
    AlwaysThere,
    Answers,
    Article,
    Availability,
    Fitting,
    Help,
    Hit,
    Idea,
    Medium,
    Path,
    Problem,
    Reading,
)
from postpurchase.testing import sample

AT = sample.ORDERED + timedelta(days=5, hours=20)
INR = Money.of("7", "INR")
FAQ = Article(id="q", title="May I change it?", url="https://kitchen.example.com/faq")
ANSWERS: list[tuple[Outcome, str]] = [
    (Coupon(code="TEN", off=Percent(Decimal(10)), ends=AT), "10% off with this code"),
    (Gift(sku="G1", title="A towel"), "a gift: A towel"),
    (FreeShipping(minimum=INR), "free of charge"),
    (StoreCredit(amount=INR), "₹7.00"),
    (Perk(name="spa", partner="Spa", title="An hour", url="https://spa.example"), "An hour"),
    (Invitation(name="e", title="Tasting", held_at=AT, place="Pune", ends=AT), "Tasting"),
    (Points(count=1234), "1,234 points are added"),
    (Award(deed="order:1001", points=1, desired=1, shares=()), "1 point is added"),
    (
        Standing(tier="Gold", tiers=("Gold",), since=None, value=0, earned="Gold", until=None),
        "<bdi>Gold</bdi>",
    ),
    (sample.suggestions(), "₹899.00"),
    (
        Reading(items=(Fitting(article=evolve(FAQ, medium=Medium.VIDEO), reasons=()),)),
        "May I change it?</bdi></a> (video)",
    ),
    (
        Answers(question="change", hits=(Hit(article=FAQ, score=1.0, snippet="Yes.", matched=()),)),
        "<br><bdi>Yes.</bdi>",
    ),
    (PersonalOffer(grant="g1", name="", offer=Points(count=500)), "500"),
    (Idea(bought=Selection(), what="recipe"), "Please write to us with it."),
    (Question(url="https://kitchen.example.com/survey"), "How was it to buy from us?"),
    (Path(Problem.LOST, (Help.AWAIT_REFUND, Help.CONTACT)), "Wait for your money to come back."),
    (
        Availability(open=True, changes=None, statement=AlwaysThere()),
        "We answer at any hour.",
    ),
    (evolve(SERVICE, url="https://kitchen.example.com/s"), "Did we solve your problem?"),
]
PLAIN = Voice(shop=sample.shop(), sender="shop@kitchen.example.com")
OWN = evolve(PLAIN, templates=Pairs({"page/own.j2": ""}))  # any template: all run in the sandbox


def test_every_block_that_comes_with_the_library_is_here() -> None:
    for block in BLOCKS:
        assert isinstance(block, Block)
        assert any(isinstance(answer, block.shows) for answer, _ in ANSWERS), block.name


@pytest.mark.parametrize("voice", [PLAIN, OWN], ids=["plain", "sandbox"])
def test_answers_stand_on_both_pages(voice: Voice) -> None:
    pages = Pages(voice)
    shows = [answer for answer, _ in ANSWERS]
    for page in (
        pages.tracking(sample.history(), order="1001", at=AT, shows=shows),
        pages.thank_you(sample.history(), order="1001", at=AT, shows=shows),
    ):
        html = pages.html(page)
        for _, said in ANSWERS:
            assert said in html, said
        assert "style=" not in html.partition("</head>")[2]


def test_the_sandbox_writes_the_same_pages() -> None:
    history, end = sample.history(), AT + timedelta(days=20)
    bare, guarded = Pages(PLAIN), Pages(OWN)
    for page in (
        bare.tracking(history, order="1001", at=AT),
        bare.thank_you(history, order="1001", at=AT),
        bare.invoice(history, order="1001", number="1", at=end),
    ):
        assert guarded.html(page) == bare.html(page)


@pytest.mark.parametrize(
    ("what", "said"),
    [
        ("unboxing_video", "see how you unpack it?"),
        ("outfit_photo", "How do you wear it?"),
        ("anything", "Show others what you do with it"),
    ],
)
def test_an_idea_asks_for_something_to_show(what: str, said: str) -> None:
    pages = Pages(PLAIN)
    idea = Idea(bought=Selection(), what=what)

    def shown(asked: Idea) -> str:
        page = pages.thank_you(sample.history(), order="1001", at=AT, shows=(asked,))
        return pages.html(page)

    assert said in shown(idea)
    assert "Sing about it!" in shown(evolve(idea, prompt="Sing about it!"))
