from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postpurchase.domain.decision import Declined, Granted
from postpurchase.domain.event import (
    MessageReplied,
    MessageSent,
    Resolution,
    ReturnOpened,
    ReviewPosted,
    SurveyAnswered,
    TicketAnswered,
    TicketClosed,
    TicketOpened,
    TicketReplied,
    Visited,
)
from postpurchase.domain.fact import Fact
from postpurchase.domain.history import History
from postpurchase.domain.order import Order, Promise
from postpurchase.domain.shipment import Direction, Scan, Shipment
from postpurchase.domain.shipment import Stage as Moved
from postpurchase.errors import InvalidSegment
from postpurchase.segments import (
    PLAYS,
    Cause,
    Leaving,
    Weights,
    WhyLeaving,
    leaving_report,
)
from postpurchase.segments.evidence import (
    CameLate,
    LeftUnsolved,
    LowScore,
    NotAnswered,
    NoWordSince,
    PoorReview,
    SentBack,
    Told,
    VisitsEnded,
)
from postpurchase.segments.leaving import NothingSpeaks

AT = datetime(2026, 5, 1, tzinfo=UTC)
WHY = WhyLeaving()


def ago(days: float) -> datetime:
    return AT - timedelta(days=days)


PROMISE = Promise(start=ago(30), end=ago(20))
ORDER = Order(id="7", at=ago(35), currency="EUR", lines=(), promise=PROMISE)


def parcel(number: int, *, delivered: float | None = None, **more: object) -> Shipment:
    scans: tuple[Scan, ...] = ()
    if delivered is not None:
        scans = (Scan(stage=Moved.DELIVERED, at=ago(delivered), recorded_at=ago(delivered)),)
    return Shipment(id=f"p{number}", at=ago(33), order="7", scans=scans, **more)  # type: ignore[arg-type]  # see cases


def scores(*facts: Fact) -> Leaving:
    return WHY.scores(History.of(*facts), at=AT)


@pytest.mark.parametrize(
    ("fact", "cause", "reason", "score"),
    [
        (parcel(1, delivered=10), Cause.DISSATISFIED, CameLate("p1", "7"), 0.25),
        (parcel(1), Cause.DISSATISFIED, CameLate("p1", "7"), 0.25),
        (
            ReturnOpened(id="b", at=ago(9), order="7", reason="damaged"),
            Cause.DISSATISFIED,
            SentBack("b", "7", "damaged"),
            0.3,
        ),
        (
            SurveyAnswered(id="s", at=ago(9), survey="nps", score=6),
            Cause.DISSATISFIED,
            LowScore("s", 6, 0, 10),
            0.4,
        ),
        (
            ReviewPosted(id="v", at=ago(9), rating=2),
            Cause.DISSATISFIED,
            PoorReview("v", 2, 5),
            0.5,
        ),
        (
            TicketClosed(id="c", at=ago(9), ticket="t", resolution=Resolution.UNSOLVED),
            Cause.DISSATISFIED,
            LeftUnsolved("t"),
            0.5,
        ),
        (
            TicketOpened(id="t", at=ago(9)),
            Cause.FEELS_UNCARED,
            NotAnswered("ticket", "t", 9),
            0.5,
        ),
        (
            MessageReplied(id="m", at=ago(9), message="x"),
            Cause.FEELS_UNCARED,
            NotAnswered("reply", "m", 9),
            0.5,
        ),
        (MessageSent(id="x", at=ago(99)), Cause.FEELS_UNCARED, NoWordSince("7"), 0.2),
        (
            SurveyAnswered(id="s", at=ago(9), survey="exit", topics=("competitor",)),
            Cause.COMPETITOR,
            Told("s", "competitor"),
            0.8,
        ),
        (
            SurveyAnswered(id="s", at=ago(9), survey="exit", topics=("moved",)),
            Cause.LEFT_MARKET,
            Told("s", "moved"),
            0.8,
        ),
    ],
)
def test_each_fact_speaks_for_its_cause(
    fact: Fact, cause: Cause, reason: object, score: float
) -> None:
    found = scores(ORDER, fact).of(cause)
    assert [each.reason for each in found.evidence] == [reason]
    assert found.score == pytest.approx(score)


@pytest.mark.parametrize(
    "fact",
    [
        parcel(1, delivered=25),
        parcel(1, delivered=10, direction=Direction.RETURN),
        parcel(1, delivered=10, promise=Promise(start=ago(20), end=ago(5))),
        ReturnOpened(id="b", at=ago(9), order="7", reason="size"),
        SurveyAnswered(id="s", at=ago(9), survey="nps", score=7),
        SurveyAnswered(id="s", at=ago(9), survey="open", topics=("delivery",)),
        ReviewPosted(id="v", at=ago(9), rating=3),
        ReviewPosted(id="v", at=ago(9)),
        TicketClosed(id="c", at=ago(9), ticket="t"),
        TicketOpened(id="t", at=ago(1)),
        MessageReplied(id="m", at=ago(1), message="x"),
        MessageSent(id="x", at=ago(30)),
        Visited(id="w", at=ago(40)),
    ],
)
def test_what_is_in_order_speaks_for_nothing_but_is_known(fact: Fact) -> None:
    found = scores(ORDER, fact)
    assert found.main is None
    assert any(each.score == 0 for each in found.scores)
    assert WHY.decide(History.of(ORDER, fact), at=AT) == Declined((NothingSpeaks(),))


def test_answers_end_the_waiting() -> None:
    ticket = TicketOpened(id="t", at=ago(9))
    for end in (
        TicketAnswered(id="a", at=ago(8), ticket="t"),
        TicketClosed(id="a", at=ago(8), ticket="t"),
    ):
        assert scores(ticket, end).of(Cause.FEELS_UNCARED).score == 0
        early = TicketReplied(id="r", at=ago(8.5), ticket="t")
        assert scores(ticket, early, end).of(Cause.FEELS_UNCARED).score == 0
        again = TicketReplied(id="r", at=ago(7), ticket="t")
        waits = scores(ticket, end, again).of(Cause.FEELS_UNCARED)
        assert [each.reason for each in waits.evidence] == [NotAnswered("ticket", "t", 7)]
        other = TicketReplied(id="r", at=ago(7), ticket="another")
        assert scores(ticket, end, other).of(Cause.FEELS_UNCARED).score == 0
    reply = MessageReplied(id="m", at=ago(9), message="x")
    assert scores(reply, MessageSent(id="y", at=ago(8))).of(Cause.FEELS_UNCARED).score == 0


def test_visits_that_stopped_with_the_orders() -> None:
    looked = (Visited(id="v", at=ago(60)), Visited(id="w", at=ago(36)))
    found = scores(ORDER, *looked).of(Cause.LEFT_MARKET)
    assert [each.reason for each in found.evidence] == [VisitsEnded(36, 2)]
    while_patient = Visited(id="y", at=ago(32))
    just = scores(ORDER, *looked, while_patient).of(Cause.LEFT_MARKET)
    assert [each.reason for each in just.evidence] == [VisitsEnded(32, 3)]
    still = scores(ORDER, *looked, Visited(id="x", at=ago(5))).of(Cause.LEFT_MARKET)
    assert still.score == 0
    today = WHY.scores(History.of(ORDER, *looked), at=ago(35)).of(Cause.LEFT_MARKET)
    assert today.score == 0


def test_unknown_is_not_zero() -> None:
    nothing = scores(ORDER)
    assert [each.score for each in nothing.scores] == [None] * 4
    assert nothing.main is None
    assert str(nothing.of(Cause.COMPETITOR)) == "competitor: not known"
    assert str(scores(ORDER, parcel(1, delivered=25)).scores[0]) == "dissatisfied: 0.00"


def test_no_cause_is_known_of_a_parcel_without_a_promise() -> None:
    alone = Shipment(id="p", at=ago(33), order="unknown")
    assert scores(alone).of(Cause.DISSATISFIED).score == 0


def test_the_strongest_cause_comes_first_with_its_facts() -> None:
    decision = WHY.decide(
        History.of(
            ORDER,
            parcel(1),
            parcel(2),
            SurveyAnswered(id="s", at=ago(9), survey="exit", topics=("price",)),
        ),
        at=AT,
    )
    assert isinstance(decision, Granted)
    assert decision.value.main is Cause.COMPETITOR
    assert decision.reasons == (Told("s", "price"),)
    late = decision.value.of(Cause.DISSATISFIED)
    assert late.score == pytest.approx(1 - 0.75**2)
    assert str(late) == (
        "dissatisfied: 0.44 (parcel p1 of order 7 was late; parcel p2 of order 7 was late)"
    )
    assert "<li>dissatisfied: 0.44" in decision.value._repr_html_()


def test_what_was_not_known_then_does_not_count() -> None:
    later = SurveyAnswered(
        id="s", at=ago(9), recorded_at=AT + timedelta(days=1), survey="exit", topics=("price",)
    )
    assert scores(ORDER, later).main is None


@given(late=st.integers(0, 8), returns=st.integers(0, 4))
def test_one_more_late_parcel_never_lowers_dissatisfaction(late: int, returns: int) -> None:
    backs = [
        ReturnOpened(id=f"b{i}", at=ago(9), order="7", reason="defect") for i in range(returns)
    ]
    one = scores(ORDER, *backs, *(parcel(i) for i in range(late))).of(Cause.DISSATISFIED).score
    more = scores(ORDER, *backs, *(parcel(i) for i in range(late + 1))).of(Cause.DISSATISFIED).score
    assert more is not None
    assert (one or 0) < more <= 1


def test_weights_are_the_shop_s() -> None:
    strict = WhyLeaving(weights=Weights(late=1.0))
    found = strict.scores(History.of(ORDER, parcel(1)), at=AT)
    assert found.of(Cause.DISSATISFIED).score == 1


def test_every_cause_has_a_play() -> None:
    assert set(PLAYS) == set(Cause)
    assert len({play.name for play in PLAYS.values()}) == 4
    assert all(play.does for play in PLAYS.values())


def test_a_report_by_segment() -> None:
    late, quiet = scores(ORDER, parcel(1)), scores(ORDER)
    report = leaving_report([("dormant", late), ("dormant", quiet), ("lost", quiet)])
    assert report.count("dormant", Cause.DISSATISFIED) == 1
    assert report.count("dormant", None) == 1
    assert report.count("nobody", None) == report.count("lost", Cause.COMPETITOR) == 0
    assert "<tr><th>lost</th><td>0</td><td>0</td><td>0</td><td>0</td><td>1</td></tr>" in (
        report._repr_html_()
    )


@pytest.mark.parametrize("weight", [-0.1, 1.1, float("nan")])
def test_a_weight_lies_between_not_at_all_and_beyond_doubt(weight: float) -> None:
    with pytest.raises(InvalidSegment, match="a weight from 0 to 1 for late"):
        Weights(late=weight)


def test_patience_does_not_run_backwards() -> None:
    with pytest.raises(InvalidSegment, match="patience"):
        Weights(patience=timedelta(days=-1))
