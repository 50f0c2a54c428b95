"""One worked case for every way in which an order or a parcel stands in somebody's way."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from attrs import evolve

from help_desk import AT, DAY, PRICE
from postpurchase.domain.event import TicketClosed, TicketOpened, TicketType
from postpurchase.domain.history import History
from postpurchase.domain.order import (
    Cancellation,
    Line,
    Order,
    Payment,
    PaymentState,
    Promise,
    Refund,
)
from postpurchase.domain.pairs import Pairs
from postpurchase.domain.shipment import Eta, Flag, Scan, Shipment, Stage
from postpurchase.support import AskAboutProblem, Help, Met, Problem, Roadblocks, problems
from postpurchase.support.problem import RECENT

ORDER = Order(
    id="1001",
    at=AT - 9 * DAY,
    currency="EUR",
    lines=(Line(sku="pan", unit_price=PRICE), Line(sku="lid", unit_price=PRICE)),
)


def scan(stage: Stage, days: float = 1, flag: Flag | None = None) -> Scan:
    at = AT - days * DAY
    return Scan(stage=stage, at=at, recorded_at=at, flag=flag)


def parcel(*scans: Scan) -> Shipment:
    return Shipment(id="p1", at=AT - 8 * DAY, order="1001", scans=scans)


def at(stage: Stage) -> Callable[[], History]:
    return lambda: History.of(ORDER, parcel(scan(stage)))


def ticket(type_: TicketType) -> Callable[[], History]:
    opened = TicketOpened(id="t1", at=AT - DAY, type=type_, order="1001")
    return lambda: History.of(ORDER, opened)


def flagged(flag: Flag) -> Callable[[], History]:
    moving = scan(Stage.IN_TRANSIT, 2)
    return lambda: History.of(ORDER, parcel(moving, scan(Stage.IN_TRANSIT, 1, flag)))


def paid_with(state: PaymentState) -> History:
    payment = Payment(id="y", at=AT - DAY, amount=PRICE, state=state)
    return History.of(evolve(ORDER, payments=(payment,)))


def cancelled(**lines: int) -> History:
    gone = Cancellation(id="c", at=AT - DAY, lines=Pairs(lines))
    return History.of(evolve(ORDER, cancellations=(gone,)))


CASES: dict[Problem, tuple[Callable[[], History], str, tuple[Help, ...]]] = {
    Problem.PAYMENT_FAILED: (
        lambda: paid_with(PaymentState.FAILED),
        "the payment failed",
        (Help.PAY_AGAIN, Help.CONTACT),
    ),
    Problem.CANCELLED: (
        cancelled,
        "it was cancelled",
        (Help.AWAIT_REFUND, Help.ORDER_AGAIN, Help.CONTACT),
    ),
    Problem.PARTLY_CANCELLED: (
        lambda: cancelled(lid=1),
        "part of it was cancelled",
        (Help.AWAIT_REFUND, Help.ORDER_AGAIN, Help.CONTACT),
    ),
    Problem.DELAYED: (
        flagged(Flag.DELAYED),
        "the parcel is late",
        (Help.TRACK, Help.WAIT, Help.CONTACT),
    ),
    Problem.SILENT: (
        lambda: History.of(ORDER, parcel(scan(Stage.IN_TRANSIT, 4))),
        "there has been no news of the parcel for days",
        (Help.TRACK, Help.WAIT, Help.CONTACT),
    ),
    Problem.HELD: (
        flagged(Flag.HELD),
        "the parcel is held back",
        (Help.TRACK, Help.CHECK_ADDRESS, Help.CONTACT),
    ),
    Problem.IN_CUSTOMS: (
        at(Stage.CUSTOMS),
        "the parcel is at customs",
        (Help.TRACK, Help.PAY_CUSTOMS, Help.WAIT, Help.CONTACT),
    ),
    Problem.ATTEMPT_FAILED: (
        at(Stage.ATTEMPT_FAILED),
        "nobody was there to take the parcel",
        (Help.REBOOK, Help.CHECK_ADDRESS, Help.CONTACT),
    ),
    Problem.WAITS_FOR_PICKUP: (
        at(Stage.AVAILABLE_FOR_PICKUP),
        "the parcel waits to be picked up",
        (Help.COLLECT, Help.CONTACT),
    ),
    Problem.COMES_BACK: (
        at(Stage.RETURNING),
        "the parcel is on its way back to us",
        (Help.CHECK_ADDRESS, Help.AWAIT_REFUND, Help.CONTACT),
    ),
    Problem.CAME_BACK: (
        at(Stage.RETURNED),
        "the parcel came back to us",
        (Help.CHECK_ADDRESS, Help.AWAIT_REFUND, Help.ORDER_AGAIN, Help.CONTACT),
    ),
    Problem.LOST: (
        at(Stage.LOST),
        "the parcel is lost",
        (Help.AWAIT_REFUND, Help.ORDER_AGAIN, Help.CONTACT),
    ),
    Problem.DISPOSED: (
        at(Stage.DISPOSED),
        "the parcel could not be delivered",
        (Help.AWAIT_REFUND, Help.ORDER_AGAIN, Help.CONTACT),
    ),
    Problem.STOPPED: (
        at(Stage.CANCELLED),
        "the parcel was stopped",
        (Help.TRACK, Help.ORDER_AGAIN, Help.CONTACT),
    ),
    Problem.EXCEPTION: (
        at(Stage.EXCEPTION),
        "something went wrong with the parcel",
        (Help.TRACK, Help.CHECK_ADDRESS, Help.CONTACT),
    ),
    Problem.MISSING: (
        ticket(TicketType.MISSING),
        "something is missing",
        (Help.TRACK, Help.LOOK_AROUND, Help.CONTACT),
    ),
    Problem.DAMAGED: (
        ticket(TicketType.DAMAGED),
        "it arrived damaged",
        (Help.SEND_PICTURE, Help.CONTACT),
    ),
    Problem.WRONG_ITEM: (
        ticket(TicketType.WRONG_ITEM),
        "the wrong thing arrived",
        (Help.SEND_PICTURE, Help.CONTACT),
    ),
    Problem.DEFECT: (
        ticket(TicketType.DEFECT),
        "it does not work",
        (Help.TRY_GUIDE, Help.SEND_PICTURE, Help.CONTACT),
    ),
}


def test_there_is_a_case_for_every_problem() -> None:
    assert set(CASES) == set(Problem)


@pytest.mark.parametrize("problem", CASES, ids=str)
def test_every_problem_is_met_named_and_has_its_way_out(problem: Problem) -> None:
    build, words, steps = CASES[problem]
    decision = Roadblocks().decide(build(), at=AT)
    assert decision
    assert (decision.value.problem, decision.value.steps) == (problem, steps)
    assert str(decision.reasons[0]) == f"order 1001: {words}"
    assert str(AskAboutProblem("1001", problem)).startswith(
        f"We have looked at order 1001: {words}"
    )


@pytest.mark.parametrize("step", Help, ids=str)
def test_every_step_is_a_sentence(step: Help) -> None:
    assert step.says.one.endswith(".")


def test_what_had_no_news_for_two_months_is_past() -> None:
    lost = History.of(ORDER, parcel(scan(Stage.LOST)))
    assert [each.problem for each in problems(lost, at=AT - DAY + RECENT)] == [Problem.LOST]
    assert problems(lost, at=AT - DAY + RECENT + DAY) == ()
    gone = cancelled()
    assert [each.problem for each in problems(gone, at=AT - DAY + RECENT)] == [Problem.CANCELLED]
    assert problems(gone, at=AT + RECENT) == ()
    assert timedelta(days=60) == RECENT
    undated = evolve(
        parcel(scan(Stage.LOST)),
        scans=(scan(Stage.LOST), Scan(stage=Stage.LOST, recorded_at=AT - DAY)),
    )
    assert problems(History.of(ORDER, undated), at=AT - DAY + RECENT + DAY) == ()
    still = ticket(TicketType.DAMAGED)()
    assert [each.problem for each in problems(still, at=AT + 400 * DAY)] == [Problem.DAMAGED]
    ended = still.add(TicketClosed(id="x", at=AT, ticket="t1"))
    assert problems(ended, at=AT) == ()


def test_a_ticket_names_its_order_and_its_parcel() -> None:
    opened = TicketOpened(id="t1", at=AT, type=TicketType.MISSING, order="1001", shipment="p1")
    met = Met(problem=Problem.MISSING, order="1001", shipment="p1", ticket="t1")
    assert problems(History.of(opened), at=AT) == (met,)
    bare = TicketOpened(id="t1", at=AT, type=TicketType.MISSING)
    assert problems(History.of(bare), at=AT) == (
        Met(problem=Problem.MISSING, order="", ticket="t1"),
    )


def test_an_order_whose_money_went_back_is_settled() -> None:
    refund = Refund(id="r", at=AT - DAY, amount=PRICE + PRICE)
    settled = evolve(ORDER, refunds=(refund,))
    assert problems(History.of(settled, parcel(scan(Stage.LOST))), at=AT) == ()
    gone = evolve(settled, cancellations=(Cancellation(id="c", at=AT - DAY),))
    assert problems(History.of(gone), at=AT) == ()
    other = evolve(parcel(scan(Stage.LOST)), order="elsewhere")
    assert problems(History.of(settled, other), at=AT) == (
        Met(problem=Problem.LOST, order="elsewhere", shipment="p1"),
    )


PROMISED = evolve(ORDER, promise=Promise(start=AT - 2 * DAY, end=AT - DAY))


def late(*facts: Order | Shipment, when: datetime = AT) -> list[tuple[Problem, str]]:
    return [(each.problem, each.shipment) for each in problems(History.of(*facts), at=when)]


def test_a_broken_promise_is_a_delay_whoever_says_so() -> None:
    moving = parcel(scan(Stage.IN_TRANSIT))
    assert late(PROMISED, moving) == [(Problem.DELAYED, "p1")]
    assert late(PROMISED, moving, when=AT - DAY) == [(Problem.DELAYED, "p1")]
    assert late(PROMISED, moving, when=AT - DAY - timedelta(hours=1)) == []
    assert late(PROMISED, parcel(scan(Stage.DELIVERED))) == []
    assert late(PROMISED, parcel(scan(Stage.AVAILABLE_FOR_PICKUP))) == [
        (Problem.WAITS_FOR_PICKUP, "p1")
    ]
    expected = Eta(as_of=AT - DAY, start=AT, end=AT + DAY)
    assert late(PROMISED, evolve(moving, etas=(expected,))) == []
    own = evolve(moving, promise=Promise(start=AT - 3 * DAY, end=AT - 2 * DAY))
    assert late(ORDER, own) == [(Problem.DELAYED, "p1")]
    assert late(evolve(moving, promise=own.promise)) == [(Problem.DELAYED, "p1")]
    assert late(moving) == []


def test_an_order_that_never_left_is_late_when_its_promise_is_broken() -> None:
    assert late(PROMISED) == [(Problem.DELAYED, "")]
    assert late(PROMISED, when=AT - DAY) == [(Problem.DELAYED, "")]
    assert late(PROMISED, when=AT - 2 * DAY) == []
    void = parcel(scan(Stage.CANCELLED))
    assert late(PROMISED, void) == [(Problem.DELAYED, ""), (Problem.STOPPED, "p1")]
    lines = tuple(evolve(line, requires_shipping=False) for line in PROMISED.lines)
    assert late(evolve(PROMISED, lines=lines)) == []
