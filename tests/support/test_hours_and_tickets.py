"""Open time, tickets, and who must know when it takes too long."""

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from help_desk import AT, BERLIN, DAY, HOURS, opened, order, parcel
from postpurchase.domain.decision import Declined
from postpurchase.domain.event import (
    Agent,
    MessageSent,
    Resolution,
    TicketAnswered,
    TicketClosed,
    TicketOpened,
    TicketReplied,
    TicketType,
    Visited,
)
from postpurchase.domain.fact import Fact
from postpurchase.domain.history import History
from postpurchase.domain.moment import Days, Window
from postpurchase.domain.pairs import Pairs
from postpurchase.domain.shipment import Stage
from postpurchase.support import (
    AlwaysThere,
    AskAboutPage,
    AskAboutProblem,
    BackAt,
    Blocked,
    ChatOffer,
    Hours,
    InTouch,
    Level,
    Lingering,
    Next,
    NobodyThere,
    NoNeed,
    NotHere,
    OfferChat,
    OfferedLately,
    Problem,
    Searching,
    ServiceLevels,
    Step,
    ThereNow,
    Ticket,
    availability,
    problems,
    tickets,
)


def test_open_time_stops_overnight_and_at_the_weekend() -> None:
    friday = datetime(2026, 5, 8, 14, tzinfo=UTC)  # 16:00 in Berlin
    due = HOURS.after(friday, timedelta(hours=4))
    assert due == datetime(2026, 5, 11, 10, tzinfo=UTC)
    assert HOURS.between(friday, due) == timedelta(hours=4)
    assert HOURS.between(due, friday) == timedelta(0)
    saturday = datetime(2026, 5, 9, 10, tzinfo=UTC)
    assert HOURS.between(saturday, saturday + timedelta(hours=3)) == timedelta(0)


def test_a_team_that_never_closes_counts_every_hour() -> None:
    always = Hours(window=Window(time(0), time(0)), zone=BERLIN)
    assert always.after(AT, timedelta(hours=30)) == AT + timedelta(hours=30)
    assert always.between(AT, AT + DAY) == DAY
    assert availability(always, at=AT).statement == AlwaysThere()


def test_an_availability_statement_knows_holidays_and_says_when_somebody_is_back() -> None:
    holiday = Hours(window=Window(time(9), time(17), is_holiday=Days.of(AT.date())), zone=BERLIN)
    shut = availability(holiday, at=AT, channels=(("phone", "030 0000"),))
    assert not shut.open
    assert shut.statement == BackAt("2026-05-12", "09:00")
    assert str(shut.statement) == "We are back on 2026-05-12 at 09:00."
    assert shut.changes == datetime(2026, 5, 12, 7, tzinfo=UTC)
    there = availability(HOURS, at=AT)
    assert (there.open, there.statement) == (True, ThereNow("17:00"))
    assert there.changes == datetime(2026, 5, 11, 15, tzinfo=UTC)


LEVELS = ServiceLevels(
    hours=HOURS, levels=Pairs(damaged=Level(timedelta(hours=2), timedelta(hours=8)))
)


def ticket(*facts: Fact, at: datetime = AT + 9 * DAY) -> Ticket:
    (one,) = tickets(History.of(opened(), *facts), at=at)
    return one


def answer(hours: float, by: Agent = Agent.HUMAN) -> TicketAnswered:
    at = AT + timedelta(hours=hours)
    return TicketAnswered(id=f"a{hours}", at=at, ticket="t1", by=by)


def written(hours: float) -> TicketReplied:
    return TicketReplied(id=f"r{hours}", at=AT + timedelta(hours=hours), ticket="t1")


def closing(hours: float, resolution: Resolution = Resolution.SOLVED) -> TicketClosed:
    return TicketClosed(id="x", at=AT + timedelta(hours=hours), ticket="t1", resolution=resolution)


def after(hours: float) -> datetime:
    return AT + timedelta(hours=hours)


def test_the_first_answer_is_due_in_open_hours_and_goes_up_when_it_is_late() -> None:
    fresh = LEVELS.next(ticket(), at=after(1))
    assert fresh == Next(ticket="t1", step=Step.ANSWER, due=after(2))
    late = LEVELS.next(ticket(), at=after(3))
    assert (late.overdue, late.escalation) == (timedelta(hours=1), 1)
    very = LEVELS.next(ticket(), at=after(4))
    assert (very.overdue, very.escalation) == (timedelta(hours=2), 2)


def test_an_automatic_answer_is_none() -> None:
    robot = ticket(answer(1, Agent.MACHINE))
    assert robot.first_answer is None
    assert LEVELS.kept(robot) is None
    assert LEVELS.next(robot, at=after(1.5)).step is Step.ANSWER


def test_the_solution_counts_only_the_shops_turns() -> None:
    waiting = ticket(answer(1))
    assert not waiting.waits_for_shop
    assert LEVELS.next(waiting, at=after(2)) == Next(
        ticket="t1", step=Step.ASK_AGAIN, due=after(1) + 3 * DAY
    )
    back = ticket(answer(1), written(24))
    assert back.turns() == ((AT, after(1)), (after(24), None))
    due = LEVELS.next(back, at=after(25))
    assert (due.step, due.due) == (Step.RESOLVE, after(24 + 7))
    assert LEVELS.solution_due(waiting, at=after(2)) == after(24 + 1)


def test_bounds_belong_to_the_later_side() -> None:
    at_once = LEVELS.next(ticket(), at=after(2))
    assert (at_once.overdue, at_once.escalation) == (timedelta(0), 1)
    assert LEVELS.kept(ticket(answer(2))) is True
    assert LEVELS.kept(ticket(answer(2.01))) is False
    same = ServiceLevels(hours=HOURS, usual=Level(timedelta(hours=4), timedelta(hours=4)))
    assert same.next(ticket(), at=after(1)).step is Step.ANSWER
    together = ticket(written(1), answer(1))
    assert not together.waits_for_shop
    assert together.turns() == ((AT, after(1)),)
    crossed = ticket(answer(1), written(1))
    assert crossed.turns() == ((AT, after(1)),)
    whole = ticket(answer(24), written(30))
    assert LEVELS.solution_due(whole, at=after(31)) == after(24)
    assert LEVELS.next(ticket(answer(1), answer(73)), at=after(74)).step is Step.CLOSE
    assert LEVELS.next(ticket(answer(1), answer(72.9)), at=after(74)).step is Step.ASK_AGAIN
    usual = ServiceLevels(hours=HOURS).usual
    assert usual == Level(timedelta(hours=4), timedelta(hours=24))


def test_each_ticket_has_its_own_words() -> None:
    other = opened(id="t2")
    reply = TicketReplied(id="r", at=after(1), ticket="t2")
    answered = TicketAnswered(id="a", at=after(2), ticket="t2")
    first, second = tickets(History.of(opened(), other, reply, answered), at=after(3))
    assert (first.asked, first.answered) == ((AT,), ())
    assert (second.asked, second.answered) == ((AT, after(1)), (after(2),))


def test_who_does_not_answer_is_asked_once_more_and_then_the_ticket_is_closed() -> None:
    silent = ticket(answer(1), answer(80))
    assert LEVELS.next(silent, at=after(81)) == Next(
        ticket="t1", step=Step.CLOSE, due=after(80) + 3 * DAY
    )
    twice_at_once = ticket(answer(1), answer(2))
    assert LEVELS.next(twice_at_once, at=after(3)).step is Step.ASK_AGAIN
    back = ticket(answer(1), answer(80), written(90), answer(91))
    assert LEVELS.next(back, at=after(92)).step is Step.ASK_AGAIN
    forgotten = LEVELS.next(ticket(answer(1)), at=after(1) + 4 * DAY)
    assert (forgotten.step, forgotten.escalation) == (Step.ASK_AGAIN, 1)


def test_the_agenda_has_every_open_ticket_once_and_the_most_urgent_first() -> None:
    def of(id: str, type_: TicketType, hours: float) -> TicketOpened:
        return TicketOpened(id=id, at=after(hours), type=type_)

    history = History.of(
        of("calm", TicketType.OTHER, 3),
        of("late", TicketType.DAMAGED, 0),
        of("soon", TicketType.DAMAGED, 2.5),
        of("done", TicketType.DAMAGED, 0),
        TicketClosed(id="x", at=after(1), ticket="done"),
    )
    agenda = LEVELS.agenda(tickets(history, at=after(3)), at=after(3))
    assert [(each.ticket, each.escalation) for each in agenda] == [
        ("late", 1),
        ("soon", 0),
        ("calm", 0),
    ]


turns = st.lists(st.tuples(st.sampled_from("acm"), st.integers(0, 300)), max_size=8)


@given(turns, st.integers(0, 400))
def test_no_ticket_is_left_without_a_next_action(said: list[tuple[str, int]], now: int) -> None:
    facts: list[Fact] = [opened()]
    for place, (who, hours) in enumerate(said):
        if who == "c":
            facts.append(TicketReplied(id=f"r{place}", at=after(hours), ticket="t1"))
        else:
            by = Agent.HUMAN if who == "a" else Agent.MACHINE
            facts.append(TicketAnswered(id=f"a{place}", at=after(hours), ticket="t1", by=by))
    (one,) = tickets(History.of(*facts), at=after(now))
    step = LEVELS.next(one, at=after(now))
    assert step.step is not Step.NONE
    assert step.due is not None
    assert step.step in (
        {Step.ANSWER, Step.RESOLVE} if one.waits_for_shop else {Step.ASK_AGAIN, Step.CLOSE}
    )
    assert LEVELS.agenda((one,), at=after(now)) == (step,)
    assert (step.overdue > timedelta(0)) <= (step.escalation > 0)


def test_a_customer_who_writes_twice_has_one_turn() -> None:
    twice = ticket(written(0.5), answer(1), written(0.7))
    assert twice.turns() == ((AT, after(1)),)
    impatient = ticket(written(0.5))
    assert impatient.turns() == ((AT, None),)


def test_a_solution_that_took_too_long_is_due_when_it_was() -> None:
    slow = ticket(answer(30), written(50))
    assert LEVELS.next(slow, at=after(51)).due == after(24)
    tight = ServiceLevels(hours=HOURS, usual=Level(timedelta(hours=4), timedelta(hours=1)))
    assert tight.next(ticket(), at=AT) == Next(ticket="t1", step=Step.RESOLVE, due=after(1))


def test_only_a_closed_ticket_needs_nothing() -> None:
    done = ticket(answer(1), closing(2))
    assert LEVELS.next(done, at=after(3)) == Next(ticket="t1", step=Step.NONE, due=None)
    assert done.solved
    assert LEVELS.kept(done) is True
    unanswered = ticket(closing(3, Resolution.UNSOLVED))
    assert unanswered.first_answer == after(3)
    assert unanswered.turns() == ((AT, after(3)),)
    assert LEVELS.kept(unanswered) is False
    assert not unanswered.solved


def test_who_writes_again_after_the_end_is_not_left_alone() -> None:
    again = ticket(answer(1), closing(2), written(24))
    assert (again.closed, again.waits_for_shop) == (None, True)
    assert again.answered == (after(1), after(2))
    assert LEVELS.next(again, at=after(25)) == Next(
        ticket="t1", step=Step.RESOLVE, due=after(24 + 7)
    )
    never_answered = ticket(closing(3), written(24))
    assert never_answered.turns() == ((AT, after(3)), (after(24), None))
    assert LEVELS.kept(never_answered) is False
    history = History.of(order("pan"), opened(at=AT), closing(2), written(24))
    assert [each.ticket for each in problems(history, at=after(25))] == ["t1"]
    assert problems(history, at=after(23)) == ()
    twice = TicketClosed(id="y", at=after(30), ticket="t1", remedy="resend")
    done = ticket(closing(2), written(24), twice)
    assert (done.closed, done.answered) == (twice, (after(2),))
    assert LEVELS.next(done, at=after(31)).step is Step.NONE
    crossed = ticket(written(2), closing(2))
    assert crossed.closed is not None


CHAT = OfferChat(hours=HOURS)


def visit(minutes: int, page: str = "/help/returns", seconds: int = 5) -> Visited:
    at = AT - timedelta(minutes=minutes)
    return Visited(id=f"v{minutes}", at=at, page=page, seconds=seconds)


def test_a_chat_is_offered_to_who_is_stuck_with_words_that_fit() -> None:
    lost = History.of(order("pan"), parcel(Stage.LOST), visit(1, "/"))
    decision = CHAT.decide(lost, at=AT)
    assert decision
    assert decision.value == ChatOffer(AskAboutProblem("1001", Problem.LOST))
    assert decision.reasons == (Blocked("1001", Problem.LOST),)
    searching = CHAT.decide(History.of(visit(1), visit(2), visit(14)), at=AT)
    assert searching
    assert searching.value == ChatOffer(AskAboutPage())
    assert searching.reasons == (Searching(3),)
    lingering = CHAT.decide(History.of(visit(1), visit(2, seconds=90)), at=AT)
    assert lingering
    assert lingering.reasons == (Lingering(90),)


@pytest.mark.parametrize(
    ("facts", "at", "reason"),
    [
        ((visit(15), visit(16)), AT, NotHere(15)),
        ((), AT, NotHere(15)),
        ((visit(1), visit(2)), AT, NoNeed()),
        ((visit(1, "/shop"), visit(2, "/shop"), visit(3, "/shop")), AT, NoNeed()),
        ((visit(1), opened(at=AT - DAY)), AT, InTouch("t1")),
        (
            (visit(1), MessageSent(id="m", at=AT - timedelta(hours=23), kind="chat_offer")),
            AT,
            OfferedLately(24),
        ),
        ((visit(181),), AT - timedelta(hours=3), NobodyThere()),
    ],
)
def test_nobody_is_asked_without_need_twice_or_when_nobody_is_there(
    facts: tuple[Fact, ...], at: datetime, reason: object
) -> None:
    assert CHAT.decide(History.of(*facts), at=at) == Declined((reason,))  # type: ignore[arg-type]  # a case


def test_an_old_offer_or_a_closed_ticket_is_no_hindrance() -> None:
    facts = (
        visit(1),
        visit(2),
        visit(3),
        opened(at=AT - 3 * DAY),
        TicketClosed(id="x", at=AT - 2 * DAY, ticket="t1"),
        MessageSent(id="m", at=AT - DAY, kind="chat_offer"),
        MessageSent(id="n", at=AT, kind="shipped"),
    )
    assert CHAT.decide(History.of(*facts), at=AT)
