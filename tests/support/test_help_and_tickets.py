"""One worked case for each way in which a shop helps."""

from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from attrs import evolve

from postpurchase.domain.customer import Customer, Interest, Shop, Source, Stance
from postpurchase.domain.decision import Declined
from postpurchase.domain.event import (
    Agent,
    ContentShared,
    MessageClicked,
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
from postpurchase.domain.message import Channel, Kind, Purpose
from postpurchase.domain.moment import Days, Window
from postpurchase.domain.money import Money
from postpurchase.domain.offer import Percent
from postpurchase.domain.order import Cancellation, Line, Order, Payment, PaymentState
from postpurchase.domain.pairs import Pairs
from postpurchase.domain.product import Catalog, Product
from postpurchase.domain.rule import Known
from postpurchase.domain.selection import Selection
from postpurchase.domain.shipment import Direction, Flag, Scan, Shipment, Stage
from postpurchase.errors import InvalidSupport
from postpurchase.support import (
    About,
    AboveLimit,
    AlwaysThere,
    Article,
    AskAboutPage,
    AskAboutProblem,
    BackAt,
    Blocked,
    ChatOffer,
    ClaimedOften,
    Doing,
    FitsPurchase,
    Guides,
    Help,
    HelpsWith,
    Hour,
    Hours,
    Idea,
    Ideas,
    InTheWay,
    InTouch,
    Level,
    Library,
    Limits,
    Lingering,
    MarketplaceLimits,
    Medium,
    Met,
    Next,
    NobodyThere,
    NoGuide,
    NoIdea,
    NoLibrary,
    NoNeed,
    NoRule,
    NoSuchOrder,
    NotForThat,
    NotHere,
    NothingInTheWay,
    NotThatKind,
    NotThatWay,
    OfferChat,
    OfferedLately,
    OwnOrder,
    PreferredMedium,
    Problem,
    ProofNeeded,
    Remedies,
    Remedy,
    RemedyRule,
    Response,
    Responses,
    Roadblocks,
    Searching,
    ServiceLevels,
    SettledBy,
    Step,
    ThereNow,
    Ticket,
    TicketEnded,
    TooLate,
    Topic,
    UnknownMarketplace,
    WithinLimits,
    availability,
    best_channel,
    best_hour,
    channel_responses,
    guides_for,
    next_at,
    problems,
    reply,
    responses,
    rude,
    tickets,
    topics,
)
from postpurchase.support.remedy import USUAL
from postpurchase.support.reply import UNDERSTOOD
from postpurchase.support.roadblock import PATHS

BERLIN = ZoneInfo("Europe/Berlin")
AT = datetime(2026, 5, 11, 8, tzinfo=UTC)  # a Monday, 10:00 in Berlin
DAY = timedelta(days=1)
HOURS = Hours(
    window=Window(time(9), time(17), closed_weekdays=frozenset({5, 6}), is_holiday=Days.of()),
    zone=BERLIN,
)
PRICE = Money.parse("80.00 EUR")
HALF = Decimal(50)


def order(*products: str, id: str = "1001", at: datetime = AT - 9 * DAY) -> Order:
    return Order(
        id=id,
        at=at,
        currency="EUR",
        lines=tuple(
            Line(sku=each, product=each, title=each.title(), unit_price=PRICE) for each in products
        ),
    )


def parcel(stage: Stage, id: str = "p1") -> Shipment:
    scans = (Scan(stage=stage, at=AT - DAY, recorded_at=AT - DAY),)
    return Shipment(id=id, at=AT - 5 * DAY, order="1001", number="X1", scans=scans)


def opened(
    type_: TicketType = TicketType.DAMAGED, at: datetime = AT, text: str = "", id: str = "t1"
) -> TicketOpened:
    return TicketOpened(id=id, at=at, type=type_, order="1001", text=text)


# ---------------------------------------------------------------- problems and paths


@pytest.mark.parametrize(
    ("stage", "problem"),
    [
        (Stage.CUSTOMS, Problem.IN_CUSTOMS),
        (Stage.ATTEMPT_FAILED, Problem.ATTEMPT_FAILED),
        (Stage.AVAILABLE_FOR_PICKUP, Problem.WAITS_FOR_PICKUP),
        (Stage.RETURNING, Problem.COMES_BACK),
        (Stage.RETURNED, Problem.CAME_BACK),
        (Stage.LOST, Problem.LOST),
        (Stage.DISPOSED, Problem.DISPOSED),
        (Stage.CANCELLED, Problem.STOPPED),
        (Stage.EXCEPTION, Problem.EXCEPTION),
    ],
)
def test_every_bad_stage_of_a_parcel_is_a_problem_with_a_way_out(
    stage: Stage, problem: Problem
) -> None:
    history = History.of(order("pan"), parcel(stage))
    assert problems(history, at=AT) == (Met(problem=problem, order="1001", shipment="p1"),)
    decision = Roadblocks().decide(history, at=AT)
    assert decision
    assert decision.value.problem is problem
    assert decision.value.steps[-1] is Help.CONTACT
    assert decision.reasons == (InTheWay("1001", problem),)


def test_every_problem_has_a_path_that_ends_with_a_person() -> None:
    assert set(PATHS) == set(Problem)
    assert all(len(path.steps) > 1 for path in PATHS.values())
    assert all(path.steps[-1] is Help.CONTACT for path in PATHS.values())


def test_late_held_and_silent_parcels_are_problems_and_returns_are_not() -> None:
    late = Shipment(
        id="p1",
        at=AT - 9 * DAY,
        order="1001",
        scans=(
            Scan(stage=Stage.IN_TRANSIT, at=AT - 8 * DAY, recorded_at=AT - 8 * DAY),
            Scan(stage=Stage.IN_TRANSIT, at=AT - 7.5 * DAY, flag=Flag.DELAYED),
            Scan(stage=Stage.IN_TRANSIT, at=AT - 7 * DAY, flag=Flag.HELD),
        ),
    )
    met = [each.problem for each in problems(History.of(order("pan"), late), at=AT)]
    assert met == [Problem.DELAYED, Problem.HELD, Problem.SILENT]
    back = evolve(parcel(Stage.LOST), direction=Direction.RETURN)
    assert problems(History.of(back), at=AT) == ()


def test_orders_and_open_tickets_are_in_the_way_too_and_the_gravest_comes_first() -> None:
    failed = Payment(id="y", at=AT - DAY, amount=PRICE, state=PaymentState.FAILED)
    unpaid = evolve(order("pan"), payments=(failed,))
    paid = evolve(
        order("pan", id="1002"),
        payments=(failed, Payment(id="z", at=AT - DAY, amount=PRICE)),
    )
    gone = evolve(order("pan", id="1003"), cancellations=(Cancellation(id="c", at=AT - DAY),))
    half = evolve(
        order("pan", "lid", id="1004"),
        cancellations=(Cancellation(id="d", at=AT - DAY, lines=Pairs(lid=1)),),
    )
    closed = TicketClosed(id="e", at=AT, ticket="t2")
    history = History.of(
        unpaid,
        paid,
        gone,
        half,
        opened(),
        opened(id="t2"),
        opened(TicketType.OTHER, id="t3"),
        closed,
    )
    met = problems(history, at=AT)
    assert [(each.order, each.problem) for each in met] == [
        ("1001", Problem.PAYMENT_FAILED),
        ("1003", Problem.CANCELLED),
        ("1004", Problem.PARTLY_CANCELLED),
        ("1001", Problem.DAMAGED),
    ]
    picture = Article(id="a", title="How to photograph damage", problems=(Problem.DAMAGED,))
    decision = Roadblocks().decide(history, at=AT, known=Known(Library((picture,))))
    assert decision
    assert decision.value.problem is Problem.DAMAGED
    assert decision.value.articles == (picture,)
    assert Roadblocks().decide(History.of(order("pan")), at=AT) == Declined((NothingInTheWay(),))


# ---------------------------------------------------------------- guides, media, channels

WORKOUT = Article(
    id="workout",
    title="A workout for your dumbbells",
    medium=Medium.VIDEO,
    about=Selection(products=("dumbbells",)),
)
CARE = Article(id="care", title="Care", about=Selection(tags=("running",)), medium=Medium.GUIDE)
LATE = Article(id="late", title="My parcel is late", problems=(Problem.LOST,), medium=Medium.FAQ)
MUSCLES = Article(
    id="muscles",
    title="Muscles",
    about=Selection(products=("dumbbells",)),
    medium=Medium.INFOGRAPHIC,
)
LIBRARY = Library((WORKOUT, CARE, LATE, MUSCLES))
CATALOG = Catalog((Product(id="shoes", title="Shoes", tags=("running",)),))


def test_dumbbells_bring_their_workout_and_running_shoes_their_care() -> None:
    known = Known(LIBRARY, CATALOG)
    decision = guides_for(History.of(order("dumbbells")), at=AT, known=known)
    assert decision
    assert [each.article.id for each in decision.value.items] == ["workout", "muscles"]
    assert decision.reasons == (About("Dumbbells"),)
    shoes = guides_for(History.of(order("shoes")), at=AT, known=known)
    assert shoes
    assert [each.article.id for each in shoes.value.items] == ["care"]
    two = Guides(orders=2, limit=2).decide(
        History.of(order("shoes"), order("dumbbells", id="2", at=AT - DAY)), at=AT, known=known
    )
    assert two
    assert [each.article.id for each in two.value.items] == ["workout", "muscles"]


def test_a_lost_parcel_brings_what_to_do_now_first() -> None:
    history = History.of(order("dumbbells"), parcel(Stage.LOST))
    decision = guides_for(history, at=AT, known=Known(LIBRARY))
    assert decision
    assert [each.article.id for each in decision.value.items] == ["late", "workout", "muscles"]
    assert decision.reasons == (HelpsWith(Problem.LOST, "1001"), About("Dumbbells"))


def sent(id: str, about: str, channel: Channel = Channel.EMAIL) -> MessageSent:
    return MessageSent(id=id, at=AT - 2 * DAY, about=about, channel=channel)


def clicked(id: str, by: Agent = Agent.HUMAN, at: datetime = AT - DAY) -> MessageClicked:
    return MessageClicked(id=f"{id}-{by}-{at}", at=at, message=id, by=by)


def test_the_medium_that_they_use_comes_first_and_the_reason_says_how_often() -> None:
    history = History.of(
        order("dumbbells"),
        sent("m1", "article:workout"),
        sent("m2", "article:muscles"),
        sent("m3", "article:muscles"),
        sent("m4", "article:gone"),
        sent("m5", "order:1001"),
        clicked("m2"),
        clicked("m1", Agent.MACHINE),
    )
    assert responses(history, LIBRARY) == Responses(
        (
            Response(name="infographic", shown=2, used=1),
            Response(name="video", shown=1, used=0),
        )
    )
    decision = guides_for(history, at=AT, known=Known(LIBRARY), limit=1)
    assert decision
    assert decision.reasons == (About("Dumbbells"), PreferredMedium("infographic", 1, 2))
    rates = responses(history, LIBRARY)
    assert rates.rate("infographic") == pytest.approx(1.4 / 6)
    assert rates.rate("podcast") == pytest.approx(0.1)
    assert rates.of("podcast") is None


def test_the_best_channel_is_the_one_they_use_and_ties_go_to_the_first() -> None:
    both = (Channel.EMAIL, Channel.PUSH)
    history = History.of(
        sent("m1", "x"), sent("m2", "x", Channel.PUSH), clicked("m2", Agent.UNKNOWN)
    )
    assert best_channel(history, both) is Channel.PUSH
    assert best_channel(History(), both) is Channel.EMAIL
    assert best_channel(history, ()) is None
    assert channel_responses(history).of("push") == Response(name="push", shown=1, used=1)


def test_the_best_hour_is_their_commute_in_their_own_zone() -> None:
    commute = [
        Visited(id=f"v{day}", at=datetime(2026, 5, day, 6, 20, tzinfo=UTC)) for day in (4, 5, 6)
    ]
    evening = clicked("m", at=datetime(2026, 5, 4, 19, tzinfo=UTC))
    scanner = [
        clicked(f"s{day}", Agent.MACHINE, datetime(2026, 5, day, 1, tzinfo=UTC))
        for day in range(1, 9)
    ]
    history = History.of(*commute, evening, *scanner)
    hour = best_hour(history, zone=BERLIN)
    assert hour == Hour(hour=8, days=3, of=3)
    assert best_hour(history, zone=BERLIN, least=4) is None
    assert best_hour(History(), zone=BERLIN) is None
    assert next_at(hour, AT, BERLIN) == datetime(2026, 5, 12, 6, tzinfo=UTC)
    early = datetime(2026, 5, 11, 5, 59, tzinfo=UTC)
    assert next_at(hour, early, BERLIN) == datetime(2026, 5, 11, 6, tzinfo=UTC)


def test_guides_speak_the_language_of_the_customer_the_order_or_the_shop() -> None:
    bengali = Article(
        id="workout-bn", piece="workout", locale="bn", title="ব্যায়াম", about=WORKOUT.about
    )
    library = Library((WORKOUT, bengali))

    def first(*facts: Fact, known: Known = Known(library)) -> str:  # noqa: B008 - a frozen value
        decision = guides_for(History.of(*facts), at=AT, known=known)
        assert decision
        return decision.value.items[0].article.id

    bought = order("dumbbells")
    shop = Shop(name="S", zone=BERLIN, locale="bn-BD")
    assert first(bought) == "workout"
    assert first(bought, known=Known(library, shop)) == "workout-bn"
    assert first(evolve(bought, locale="bn")) == "workout-bn"
    reader = Customer(id="c", at=AT - DAY, locale="en")
    assert first(evolve(bought, locale="bn"), reader) == "workout"


def test_without_articles_there_is_nothing_to_read() -> None:
    assert Guides().decide(History.of(order("pan")), at=AT) == Declined((NoLibrary(),))
    known = Known(LIBRARY)
    assert Guides().decide(History.of(order("pan")), at=AT, known=known) == Declined((NoGuide(),))


# ---------------------------------------------------------------- hours


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
    assert str(shut.statement) == "we are back on 2026-05-12 at 09:00"
    assert shut.changes == datetime(2026, 5, 12, 7, tzinfo=UTC)
    there = availability(HOURS, at=AT)
    assert (there.open, there.statement) == (True, ThereNow("17:00"))
    assert there.changes == datetime(2026, 5, 11, 15, tzinfo=UTC)


# ---------------------------------------------------------------- tickets

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


# ---------------------------------------------------------------- remedies and replies

PICTURE = ContentShared(id="s", at=AT, url="https://example.com/p.jpg", order="1001")


def test_a_damaged_thing_is_replaced_once_a_picture_came() -> None:
    history = History.of(order("pan"), opened())
    assert Remedies().decide(history, at=AT) == Declined((ProofNeeded(),))
    decision = Remedies().decide(history.add(PICTURE), at=AT)
    assert decision
    assert decision.value == Remedy(ticket="t1", doing=Doing.REPLACE, otherwise=(Doing.REFUND,))
    assert decision.reasons == (SettledBy(TicketType.DAMAGED, Doing.REPLACE),)


def test_a_person_decides_where_no_rule_limit_or_order_lets_us() -> None:
    late = opened(TicketType.DELAYED)
    rules = (
        RemedyRule(problem=TicketType.DELAYED, doing=Doing.CREDIT, most=Money.parse("79.99 EUR")),
    )
    strict = Remedies(rules=rules)
    history = History.of(order("pan"), late)
    assert strict.decide(history, at=AT) == Declined(
        (AboveLimit("1001", PRICE, Money.parse("79.99 EUR")),)
    )
    dollars = (evolve(rules[0], most=Money.parse("500.00 USD")),)
    assert not Remedies(rules=dollars).decide(history, at=AT)
    enough = (evolve(rules[0], most=PRICE),)
    assert Remedies(rules=enough).decide(history, at=AT)
    other = History.of(order("pan"), opened(TicketType.OTHER))
    assert strict.decide(other, at=AT) == Declined((NoRule(TicketType.OTHER),))
    assert strict.decide(History.of(late), at=AT) == Declined((NoSuchOrder(),))
    assert strict.decide(History(), at=AT) == Declined((TicketEnded(""),))
    had = [
        TicketClosed(id=f"x{n}", at=AT - n * DAY, ticket=f"old{n}", remedy="refund")
        for n in (1, 364, 365)
    ]
    assert Remedies(rules=enough, often=2).decide(history.add(*had), at=AT) == Declined(
        (ClaimedOften(2, 365),)
    )
    assert Remedies(rules=enough).decide(history.add(*had), at=AT)


def test_the_ticket_that_is_known_is_the_one_that_is_meant() -> None:
    history = History.of(
        order("pan"), opened(TicketType.DELAYED), opened(TicketType.MISSING, id="t2")
    )
    first, second = tickets(history, at=AT)
    decision = Remedies().decide(history, at=AT, known=Known(first))
    assert decision
    assert decision.value.ticket == "t1"
    newest = Remedies().decide(history, at=AT)
    assert newest
    assert newest.value.ticket == "t2"
    ended = evolve(second, closed=TicketClosed(id="x", at=AT, ticket="t2"))
    assert Remedies().decide(history, at=AT, known=Known(ended)) == Declined((TicketEnded("t2"),))


def test_every_type_of_ticket_is_understood_in_words() -> None:
    assert set(UNDERSTOOD) == set(TicketType)
    assert not any(rude(str(line)) for line in UNDERSTOOD.values())


def test_a_reply_says_again_what_was_said_then_the_facts_then_the_answer() -> None:
    text = "The pan  arrived with a dent.\nWhat now?"
    customer = Customer(id="c", at=AT - 30 * DAY, given_name="Asha", name="Asha Example")
    history = History.of(
        order("pan"), parcel(Stage.DELIVERED), opened(text=text), customer, PICTURE
    )
    (one,) = tickets(history, at=AT)
    remedy = Remedies().decide(history, at=AT)
    assert remedy
    skeleton = reply(
        one, history, at=AT, shop="Kitchen & Co", remedy=remedy.value, due="Tuesday noon"
    )
    assert skeleton.text.splitlines() == [
        "Dear Asha, thank you for writing to us.",
        "You wrote: “The pan arrived with a dent. What now?”",
        "We understand that it arrived damaged, and we are sorry for the trouble.",
        "It is about order 1001 of 2026-05-02 over 80.00 EUR: 1 × Pan.",
        "Parcel X1: delivered.",
        "This is what we do now: replace.",
        "If you prefer, we can also do this: refund.",
        "You will hear from us by Tuesday noon.",
        "Please write to us whenever we can help. Kind regards, Kitchen & Co",
    ]
    assert skeleton.path is not None
    assert skeleton.path.problem is Problem.DAMAGED
    assert rude(skeleton.text) == ()


def test_a_reply_without_facts_is_polite_all_the_same() -> None:
    long = opened(TicketType.OTHER, text="word " * 100)
    (one,) = tickets(History.of(evolve(long, order=None)), at=AT)
    skeleton = reply(one, History.of(long), at=AT, shop="Kitchen & Co")
    lines = skeleton.text.splitlines()
    assert lines[0] == "Hello, thank you for writing to us."
    assert len(lines[1]) <= len("You wrote: “”") + 160
    assert lines[1].endswith("word…”")
    assert lines[3:] == [
        "One of us is looking into it and will tell you what we can do.",
        "Please write to us whenever we can help. Kind regards, Kitchen & Co",
    ]
    assert skeleton.path is None
    named = History.of(Customer(id="c", at=AT - DAY, name="Lin Example"), order("pan", "lid"))
    (quiet,) = tickets(named.add(opened(TicketType.DELAYED)), at=AT)
    simple = Remedy(ticket="t1", doing=Doing.INFORM)
    short = reply(quiet, named, at=AT, shop="S", remedy=simple).text.splitlines()
    assert short[0].startswith("Dear Lin Example")
    assert short[-2] == "This is what we do now: inform."
    lost = named.add(parcel(Stage.LOST), evolve(parcel(Stage.LOST, "p2"), order="other"))
    with_path = reply(quiet, lost, at=AT, shop="S")
    assert with_path.path is not None
    assert with_path.path.problem is Problem.LOST


def test_what_is_not_polite_is_found() -> None:
    assert rude("Unfortunately YOU FAILED to read our POLICY!!") == (
        "unfortunately",
        "you failed",
        "policy",
        "!!",
        "FAILED",
        "POLICY!!",
    )
    assert rude("leider", phrases=("leider",)) == ("leider",)


# ---------------------------------------------------------------- chat

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


# ---------------------------------------------------------------- marketplaces, ideas

ASK = Kind(name="review_request", purpose=Purpose.SOLICITATION)
SHIPPED = Kind(name="shipped", purpose=Purpose.TRANSACTIONAL)


def test_a_marketplace_limits_what_its_buyers_are_sent() -> None:
    own = MarketplaceLimits(kind=ASK).decide(order("pan"), at=AT)
    assert own
    assert own.reasons == (OwnOrder(),)
    amazon = evolve(order("pan", at=AT - 31 * DAY), marketplace="Amazon")
    assert MarketplaceLimits(kind=ASK, channel=Channel.SMS).decide(amazon, at=AT) == Declined(
        (
            NotForThat("amazon", "solicitation"),
            NotThatWay("amazon", Channel.SMS),
            TooLate("amazon", 30),
        )
    )
    fresh = evolve(amazon, at=AT - 30 * DAY)
    assert MarketplaceLimits(kind=SHIPPED).decide(fresh, at=AT) == Declined(
        (NotThatKind("amazon", "shipped"),)
    )
    etsy = MarketplaceLimits(kind=SHIPPED).decide(evolve(fresh, marketplace="etsy"), at=AT)
    assert etsy
    assert etsy.reasons == (WithinLimits("etsy"),)
    unknown = evolve(fresh, marketplace="Bazaar")
    assert MarketplaceLimits(kind=SHIPPED).decide(unknown, at=AT) == Declined(
        (UnknownMarketplace("Bazaar"),)
    )
    described = MarketplaceLimits(kind=SHIPPED, limits=(Limits(marketplace="bazaar"),))
    assert described.decide(unknown, at=AT)


def test_sneakers_bring_an_unboxing_pans_a_recipe_and_outfits_a_photo() -> None:
    ideas = Ideas(
        (
            Idea(bought=Selection(products=("sneakers",)), what="unboxing_video"),
            Idea(bought=Selection(products=("pan",)), what="recipe"),
            Idea(bought=Selection(tags=("running",)), what="outfit_photo"),
        )
    )
    for product, what in (
        ("sneakers", "unboxing_video"),
        ("pan", "recipe"),
        ("shoes", "outfit_photo"),
    ):
        decision = ideas.decide(History.of(order("lamp", product)), at=AT, known=Known(CATALOG))
        assert decision
        assert decision.value.what == what
        assert decision.reasons == (FitsPurchase(product.title()),)
    assert ideas.decide(History.of(order("lamp")), at=AT) == Declined((NoIdea(),))


def test_topics_are_what_a_crowd_states_and_nobody_wrote_about() -> None:
    def fan(number: int, *interests: Interest) -> Customer:
        return Customer(id=str(number), at=AT, interests=interests)

    customers = [
        fan(
            number,
            Interest(tag="hiking"),
            Interest(tag="running"),
            Interest(tag="vegan", sensitive=True),
            Interest(tag="fish", stance=Stance.AVOIDS),
            Interest(tag="seen", source=Source.OBSERVED),
        )
        for number in range(10)
    ]
    customers.append(fan(11, Interest(tag="rare")))
    assert topics(customers, LIBRARY) == (
        Topic(tag="hiking", customers=10, articles=0),
        Topic(tag="running", customers=10, articles=1),
    )


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        (lambda: topics((), LIBRARY, crowd=1), "crowd must be 2 or more, got 1"),
        (lambda: Guides(limit=0), "limit must be 1 or more, got 0"),
        (lambda: Level(timedelta(0), DAY), "answer must be longer than nothing"),
        (lambda: OfferChat(hours=HOURS, pause=timedelta(0)), "pause must be longer than nothing"),
        (lambda: Limits(marketplace="x", days=0), "days must be 1 or more, got 0"),
        (lambda: Remedies(rules=(*USUAL, USUAL[0])), "one rule for each type of problem"),
        (
            lambda: RemedyRule(problem=TicketType.DEFECT, doing=Doing.PART_REFUND),
            "a refund in part, and nothing else, has a share",
        ),
        (
            lambda: RemedyRule(problem=TicketType.DEFECT, doing=Doing.REFUND, share=Percent(HALF)),
            "a refund in part, and nothing else, has a share",
        ),
    ],
)
def test_what_cannot_be_meant_is_refused(wrong: Callable[[], object], says: str) -> None:
    with pytest.raises(InvalidSupport, match=says):
        wrong()


def test_part_of_the_price_may_be_given_back() -> None:
    rule = RemedyRule(problem=TicketType.DELAYED, doing=Doing.PART_REFUND, share=Percent(HALF))
    decision = Remedies(rules=(rule,)).decide(
        History.of(order("pan"), opened(TicketType.DELAYED)), at=AT
    )
    assert decision
    assert decision.value.share == Percent(HALF)
