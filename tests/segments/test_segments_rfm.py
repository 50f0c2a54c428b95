from datetime import UTC, datetime, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postpurchase.domain.money import Money
from postpurchase.domain.order import Cancellation, Line, Order, Refund
from postpurchase.domain.rule import Known, Verdict
from postpurchase.errors import CurrencyMismatch, InvalidMoment, InvalidSegment
from postpurchase.segments import (
    RFM_SEGMENTS,
    CutPoints,
    InSegment,
    Membership,
    Quantiles,
    RfmScore,
    RfmSegment,
    RfmValues,
    Scheme,
    Segments,
    Ties,
    rfm_scores,
    rfm_segments,
    rfm_values,
    transitions,
)
from postpurchase.segments.membership import InNone, IsIn

AT = datetime(2026, 5, 1, tzinfo=UTC)


def order(
    number: int, who: str | None, days_ago: int, price: str = "10.00 EUR", **more: object
) -> Order:
    money = Money.parse(price)
    return Order(
        id=str(number),
        at=AT - timedelta(days=days_ago),
        customer=who,
        currency=money.currency,
        lines=(Line(sku="mug", unit_price=money),),
        **more,  # type: ignore[arg-type]  # the fields that a case is about
    )


def refund(days_ago: int) -> Refund:
    return Refund(id="r", at=AT - timedelta(days=days_ago), amount=Money.parse("4.00 EUR"))


def values(customer: str, days: int, orders: int = 1, minor: int = 1000) -> RfmValues:
    return RfmValues(customer=customer, days=days, orders=orders, spent=Money(minor, "EUR"))


def test_what_customers_did_by_local_days_and_net_of_refunds() -> None:
    gone = (Cancellation(id="c", at=AT),)
    rows = rfm_values(
        [
            order(1, "ann", 9),
            order(2, "ann", 30, refunds=(refund(3),)),
            order(3, "ann", 1, cancellations=gone),
            order(4, None, 2, email="Bob@example.com"),
            order(5, None, 3, email="bob@example.com"),
            order(6, None, 3),
            order(7, "ann", -1),
        ],
        at=AT,
        zone=UTC,
    )
    assert rows == (values("ann", 9, 2, 1600), values("bob@example.com", 2, 2, 2000))


def test_a_refund_that_is_not_known_yet_takes_nothing_away() -> None:
    (row,) = rfm_values([order(1, "ann", 9, refunds=(refund(-3),))], at=AT, zone=UTC)
    assert row.spent == Money.parse("10.00 EUR")


def test_two_currencies_are_never_added() -> None:
    with pytest.raises(CurrencyMismatch):
        rfm_values([order(1, "ann", 9), order(2, "ann", 9, "3.00 USD")], at=AT, zone=UTC)
    with pytest.raises(CurrencyMismatch):
        rfm_values([order(1, "ann", 9), order(2, "bob", 9, "3.00 USD")], at=AT, zone=UTC)


def test_cut_points_include_their_limit() -> None:
    assert CutPoints((2, 5, 10)).scores([1, 2, 4, 5, 10, 99]) == (1, 2, 2, 3, 4, 4)
    for wrong in ((), (2, 2), (3, 1)):
        with pytest.raises(InvalidSegment, match="cut points that rise"):
            CutPoints(wrong)


def test_fifths_of_different_values() -> None:
    assert Quantiles().scores(list(range(10))) == (1, 1, 2, 2, 3, 3, 4, 4, 5, 5)
    assert Quantiles(1).scores([3, 4]) == (1, 1)
    assert Quantiles().scores([]) == ()
    with pytest.raises(InvalidSegment, match="one group or more"):
        Quantiles(0)


def test_ties_stay_together_where_it_is_said() -> None:
    many_once = [1, 1, 1, 1, 1, 1, 2, 3, 4, 5]
    assert Quantiles(ties=Ties.LOW).scores(many_once) == (1,) * 6 + (4, 4, 5, 5)
    assert Quantiles(ties=Ties.MIDDLE).scores(many_once) == (2,) * 6 + (4, 4, 5, 5)
    assert Quantiles(ties=Ties.HIGH).scores(many_once) == (3,) * 6 + (4, 4, 5, 5)


@given(
    numbers=st.lists(st.integers(-50, 50), min_size=1, max_size=40),
    groups=st.integers(1, 9),
    ties=st.sampled_from(Ties),
)
def test_scores_go_by_value_and_never_by_position(
    numbers: list[int], groups: int, ties: Ties
) -> None:
    scores = dict(zip(numbers, Quantiles(groups, ties).scores(numbers), strict=True))
    again = dict(zip(numbers[::-1], Quantiles(groups, ties).scores(numbers[::-1]), strict=True))
    assert scores == again
    ordered = [scores[number] for number in sorted(scores)]
    assert ordered == sorted(ordered)
    assert all(1 <= score <= groups for score in ordered)


def test_recent_frequent_and_dear_score_high_and_say_why() -> None:
    rows = [values(f"c{i}", days=50 - 10 * i, orders=i + 1, minor=100 * i) for i in range(5)]
    scores = rfm_scores(rows)
    assert [str(score) for score in scores] == ["111", "222", "333", "444", "555"]
    assert str(scores[4].reason) == "last order 10 days ago (5), 5 orders (5), 4.00 EUR spent (5)"
    fixed = Scheme(recency=CutPoints((-30, -7)), frequency=CutPoints((2,)), money=CutPoints((100,)))
    assert next(str(score) for score in rfm_scores(rows, scheme=fixed)) == "111"
    assert [str(score) for score in rfm_scores(rows, scheme=fixed)][4] == "222"


def score(recency: int, frequency: int, money: int) -> RfmScore:
    return RfmScore(values=values("ann", 1), recency=recency, frequency=frequency, money=money)


def test_every_score_in_fifths_has_a_name() -> None:
    for three in product(range(1, 6), repeat=3):
        (segments,) = rfm_segments([score(*three)]).values()
        assert len(segments.memberships) == 1
    assert len({each.name for each in RFM_SEGMENTS}) == len(RFM_SEGMENTS)


@pytest.mark.parametrize(
    ("three", "name"),
    [
        ((5, 5, 5), "champions"),
        ((3, 5, 1), "loyal"),
        ((3, 1, 5), "big_spenders"),
        ((4, 3, 1), "potential_loyal"),
        ((5, 1, 1), "new"),
        ((4, 1, 4), "promising"),
        ((3, 2, 4), "needs_attention"),
        ((3, 1, 4), "about_to_sleep"),
        ((1, 5, 4), "must_not_lose"),
        ((2, 3, 1), "at_risk"),
        ((2, 2, 5), "hibernating"),
        ((1, 1, 1), "lost"),
    ],
)
def test_named_segments(three: tuple[int, int, int], name: str) -> None:
    segments = rfm_segments([score(*three)])["ann"]
    assert segments.names == {name}
    assert segments.why(name) == (score(*three).reason,)


def test_boxes_of_one_s_own_may_leave_somebody_out() -> None:
    only = (RfmSegment(name="best", recency=(5, 5)),)
    assert rfm_segments([score(4, 5, 5)], segments=only)["ann"] == Segments(())


MEMBER = Segments((Membership("loyal", (IsIn(("x",)),)), Membership("vip", (InNone(),))))


def test_a_rule_asks_for_a_segment() -> None:
    assert InSegment("loyal").check(Known(MEMBER)).verdict is Verdict.YES
    assert InSegment("lost").check(Known(MEMBER)).actual == IsIn(("loyal", "vip"))
    assert (~InSegment("lost")).check(Known(MEMBER))
    nobody = InSegment("lost").check(Known(Segments(())))
    assert (nobody.verdict, nobody.actual) == (Verdict.NO, InNone())
    unknown = InSegment("lost").check(Known())
    assert unknown.verdict is Verdict.UNKNOWN
    assert str(unknown.reasons()[0]) == "whether the customer is in lost is not known"


def test_segments_join_and_explain() -> None:
    more = Segments((Membership("vip", (IsIn(("y",)),)), Membership("new", (InNone(),))))
    both = MEMBER | more
    assert both.names == {"loyal", "vip", "new"}
    assert both.why("vip") == (InNone(),)
    assert both.why("nothing") == ()
    assert str(both.memberships[0]) == "loyal: in the segments x"
    with pytest.raises(InvalidSegment, match="a reason for everyone"):
        Membership("vip", ())


def test_who_moved_between_two_dates() -> None:
    moved = transitions(
        {"a": "loyal", "b": "loyal", "c": "new", "d": "lost"},
        {"a": "loyal", "b": "lost", "c": "loyal", "e": "new"},
    )
    assert moved.count("loyal", "lost") == 1
    assert moved.count(None, "new") == moved.count("lost", None) == 1
    assert (moved.left("loyal"), moved.entered("loyal")) == (1, 1)
    assert moved.share("loyal", "loyal") == 0.5
    assert moved.share("vip", "loyal") is None
    assert moved.names == ("lost", "loyal", "new")
    assert moved.counts[-1] == (None, "new", 1)
    html = moved._repr_html_()
    assert "<tr><th>loyal</th><td>1</td><td>1</td><td>0</td><td>0</td></tr>" in html
    assert "<th>—</th>" in html


@given(
    before=st.dictionaries(st.integers(0, 9).map(str), st.sampled_from("xyz")),
    after=st.dictionaries(st.integers(0, 9).map(str), st.sampled_from("xyz")),
)
def test_nobody_is_lost_in_transition(before: dict[str, str], after: dict[str, str]) -> None:
    moved = transitions(before, after)
    assert sum(n for _, _, n in moved.counts) == len({*before, *after})
    for name in moved.names:
        stayed = moved.count(name, name)
        assert stayed + moved.left(name) == list(before.values()).count(name)
        assert stayed + moved.entered(name) == list(after.values()).count(name)


def test_a_box_that_holds_nobody_and_an_instant_without_a_zone_are_refused() -> None:
    with pytest.raises(InvalidSegment, match="the lower score first"):
        RfmSegment(name="upside down", money=(5, 1))
    naive = datetime(2026, 1, 1)  # noqa: DTZ001  # that is the point
    with pytest.raises(InvalidMoment):
        rfm_values([], at=naive, zone=UTC)
