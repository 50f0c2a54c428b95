"""What customers do beside buying, and what they are worth."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postpurchase.clv import (
    REFERRING,
    Benchmark,
    Engagement,
    SegmentEngagement,
    Standing,
    advocates,
    engagement_of,
    engagement_report,
)
from postpurchase.domain.customer import Customer
from postpurchase.domain.event import (
    Agent,
    ContentShared,
    CouponRedeemed,
    MessageClicked,
    MessageOpened,
    MessageReplied,
    MessageSent,
    Referred,
    ReviewPosted,
    SurveyAnswered,
)
from postpurchase.domain.fact import Fact
from postpurchase.domain.history import History
from postpurchase.domain.money import Money
from postpurchase.domain.order import Cancellation, Line, Order
from postpurchase.domain.shipment import Scan, Shipment, Stage
from postpurchase.errors import CurrencyMismatch, InvalidFigure

AT = datetime(2026, 5, 1, 12, tzinfo=UTC)


def ago(days: float) -> datetime:
    return AT - timedelta(days=days)


def bought(number: str, days: float, *parcels: str, cancelled: bool = False) -> tuple[Fact, ...]:
    """An order, and a parcel of it for each stage that one has reached."""
    gone = Cancellation(id=f"c{number}", at=ago(days - 1))
    order = Order(
        id=number,
        at=ago(days),
        currency="EUR",
        lines=(Line(sku="mug", unit_price=Money.parse("10.00 EUR")),),
        cancellations=(gone,) if cancelled else (),
    )
    return (
        order,
        *(
            Shipment(
                id=f"{number}-{place}",
                at=ago(days - 1),
                order=number,
                scans=(Scan(at=ago(days - 2), stage=Stage(stage)),),
            )
            for place, stage in enumerate(parcels)
        ),
    )


ANNA = History.of(
    Customer(id="anna", at=ago(99)),
    *bought("1", 90, "delivered"),
    *bought("2", 60, "delivered"),
    *bought("3", 9, "in_transit"),
    *bought("4", 8, cancelled=True),
    MessageSent(id="m1", at=ago(80)),
    MessageSent(id="m2", at=ago(50)),
    MessageOpened(id="o1", at=ago(79), message="m1"),
    MessageOpened(id="o2", at=ago(78), message="m1", by=Agent.HUMAN),
    MessageOpened(id="o3", at=ago(49), message="m2", by=Agent.MACHINE),
    MessageClicked(id="k1", at=ago(78), message="m1"),
    MessageReplied(id="r1", at=ago(77), message="m1"),
    ReviewPosted(id="v1", at=ago(70), order="1", rating=4),
    ReviewPosted(id="v2", at=ago(69), order="1", rating=3),
    ReviewPosted(id="v3", at=ago(68), product="mug", text="A mug."),
    SurveyAnswered(id="s1", at=ago(67), survey="nps", score=9),
    CouponRedeemed(id="x1", at=ago(60), code="THANKS", order="2"),
    Referred(id="f1", at=ago(40), friend="ben", order="77"),
    Referred(id="f2", at=ago(39), friend="ben"),
    Referred(id="f3", at=ago(38), friend="cleo"),
    ContentShared(id="p1", at=ago(30), url="https://example.com/p1"),
    ContentShared(id="p2", at=ago(-1), url="https://example.com/p2"),
)


def test_each_message_order_and_friend_counts_once() -> None:
    assert engagement_of(ANNA, at=AT) == Engagement(
        customer="anna",
        orders=3,
        delivered=2,
        reviewed=1,
        messages=2,
        opened=1,
        clicked=1,
        replies=1,
        reviews=3,
        rated=2,
        positive=1,
        answers=1,
        redemptions=1,
        referred=("ben", "cleo"),
        friends=("ben",),
        shared=1,
    )
    assert engagement_of(ANNA, at=AT).reactions == 11
    assert engagement_of(ANNA, at=AT).advocate


def test_what_was_not_known_then_does_not_count() -> None:
    then = engagement_of(ANNA, at=ago(75))
    assert (then.orders, then.opened, then.reviews, then.advocate) == (1, 1, 0, False)
    before = engagement_of(ANNA, at=ago(98))
    assert before == Engagement(customer="anna")
    assert before.reactions == 0
    ahead = Referred(id="f9", at=ago(-3), recorded_at=ago(5), friend="dora")
    assert engagement_of(History.of(ahead), at=AT, customer="anna").referred == ()


def test_somebody_says_who_it_is() -> None:
    nameless = History.of(*bought("1", 3))
    assert engagement_of(nameless, at=AT, customer="guest@example.com").orders == 1
    with pytest.raises(InvalidFigure, match="customer: need a history with a Customer"):
        engagement_of(nameless, at=AT)


def test_friends_are_worth_something_to_who_brought_them() -> None:
    values = {"ben": Money.parse("30.00 EUR"), "cleo": Money.parse("9.00 EUR")}
    anna = engagement_of(ANNA, at=AT)
    dora = Engagement(customer="dora", referred=("ben", "eve"), friends=("ben", "eve"))
    praise = Engagement(customer="fay", positive=1)
    silent = Engagement(customer="gus", opened=9)
    found = advocates([praise, silent, dora, anna], values, currency="EUR")
    assert [(each.engagement.customer, str(each.value)) for each in found] == [
        ("anna", "30.00 EUR"),
        ("dora", "30.00 EUR"),
        ("fay", "0.00 EUR"),
    ]
    with pytest.raises(CurrencyMismatch):
        advocates([anna], {"ben": Money.parse("30.00 USD")}, currency="EUR")


def euros(amount: str) -> Money:
    return Money.parse(f"{amount} EUR")


CUSTOMERS = [
    ("loyal", engagement_of(ANNA, at=AT), euros("200.00")),
    ("loyal", Engagement(customer="ben", messages=4, opened=2, referred=("ida",)), euros("80.00")),
    ("loyal", Engagement(customer="cleo", messages=4, delivered=2), euros("20.00")),
    ("lost", Engagement(customer="dora"), euros("1.00")),
    ("<lost>", Engagement(customer="eve", opened=1), euros("0.01")),
]


def test_engagement_beside_value_by_segment() -> None:
    report = engagement_report(CUSTOMERS)
    odd, lost, loyal = report.segments
    assert [each.segment for each in report.segments] == ["<lost>", "lost", "loyal"]
    assert loyal.size == 3
    assert loyal.value == euros("100.00")
    assert (loyal.engaged_value, loyal.silent_value) == (euros("140.00"), euros("20.00"))
    assert loyal.engaged_share == Decimal(2) / 3
    assert loyal.referral_rate == Decimal(2) / 3
    assert loyal.review_rate == Decimal(1) / 4
    assert loyal.positive_share == Decimal(1) / 2
    assert loyal.open_rate == Decimal(3) / 10
    assert loyal.link == pytest.approx(1)
    assert (lost.review_rate, lost.positive_share, lost.open_rate) == (None, None, None)
    assert (lost.engaged_value, lost.link) == (None, None)
    assert odd.silent_value is None
    assert report.all.size == 5
    assert str(loyal) == (
        "loyal: 3 customers worth 100.00 EUR each; 67% react; those who react are worth "
        "140.00 EUR, those who never do 20.00 EUR"
    )
    assert str(lost).endswith("0% react; those who never do 1.00 EUR")


def test_the_link_is_spearman_s_with_ties_at_their_mean_rank() -> None:
    stats = pytest.importorskip("scipy.stats")
    reactions, cents = [0, 0, 0, 1, 2, 2, 7], [5, 1, 3, 3, 9, 2, 9]
    report = engagement_report(
        [
            ("one", Engagement(customer=str(place), opened=opened), Money(value, "EUR"))
            for place, (opened, value) in enumerate(zip(reactions, cents, strict=True))
        ]
    )
    assert report.all.link == pytest.approx(stats.spearmanr(reactions, cents).statistic)


def test_a_fact_of_this_very_instant_counts() -> None:
    here = History.of(ReviewPosted(id="v", at=AT, rating=5))
    assert engagement_of(here, at=AT, customer="ida").positive == 1


def test_the_referral_rate_stands_beside_the_quoted_one() -> None:
    loyal = engagement_report(CUSTOMERS).segments[2]
    assert loyal.referring().benchmark is REFERRING
    assert loyal.referring().standing is Standing.BELOW
    ours = Benchmark(
        name="last year", says="ours", low=Decimal("0.1"), high=Decimal("0.2"), source="our shop"
    )
    assert loyal.referring(ours).standing is Standing.ABOVE


def test_rows_fit_any_frame() -> None:
    polars = pytest.importorskip("polars")
    pandas = pytest.importorskip("pandas")
    columns = engagement_report(CUSTOMERS).rows()
    assert columns["segment"] == ["<lost>", "lost", "loyal"]
    assert columns["value"] == [Decimal("0.01"), Decimal("1.00"), Decimal("100.00")]
    assert columns["silent_value"] == [None, Decimal("1.00"), Decimal("20.00")]
    assert columns["referrals"] == [0, 0, 1]
    assert columns["opens"] == [1, 0, 1]
    assert {len(column) for column in columns.values()} == {3}
    assert polars.DataFrame(columns, strict=False).height == 3
    assert len(pandas.DataFrame(columns)) == 3


def test_a_notebook_shows_all_together_last_and_escapes_names() -> None:
    shown = engagement_report(CUSTOMERS)._repr_html_()
    assert "<th>&lt;lost&gt;</th><td>1</td><td>0.01 EUR</td><td>0.01 EUR</td><td></td>" in shown
    assert shown.index("<th>loyal</th>") < shown.index("<th>all</th><td>5</td>")
    assert "<td>+1.00</td>" in shown


def test_nobody_and_two_currencies_are_refused() -> None:
    with pytest.raises(InvalidFigure, match="customers: need one or more"):
        engagement_report([])
    with pytest.raises(InvalidFigure, match="customers: need one or more"):
        SegmentEngagement(segment="empty", customers=())
    with pytest.raises(CurrencyMismatch):
        engagement_report([*CUSTOMERS, ("other", Engagement(customer="h"), Money.zero("USD"))])


@given(
    rows=st.lists(
        st.tuples(st.sampled_from("ab"), st.integers(0, 9), st.integers(-9, 99)), min_size=1
    )
)
def test_segments_add_up_to_all_and_the_link_lies_within_one(
    rows: list[tuple[str, int, int]],
) -> None:
    report = engagement_report(
        [
            (segment, Engagement(customer=str(place), opened=opened), Money(value, "EUR"))
            for place, (segment, opened, value) in enumerate(rows)
        ]
    )
    assert sum(each.size for each in report.segments) == report.all.size == len(rows)
    for each in (*report.segments, report.all):
        assert 0 <= each.engaged_share <= 1
        assert each.link is None or -1 - 1e-9 <= each.link <= 1 + 1e-9
        low, high = (pick(money.minor for _, money in each.customers) for pick in (min, max))
        assert low <= each.value.minor <= high
